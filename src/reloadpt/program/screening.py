"""What must be asked before a plan is made: conditions in which needling may not be for this person.

The answers are attested and kept with the plan; the software passes no verdict of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Condition:
    """One condition of the screening: its code, what follows from a yes, and where that was found."""

    item: str
    effect: Literal["block", "caution", "refer"]
    source: str


THE_SEVEN = (
    Condition("first-trimester-pregnancy", "block", "PMC3924615 table 3; APTA 2013 as quoted there"),
    Condition("anticoagulants", "caution", "PMC3924615 table 3; Muñoz 2022"),
    Condition("compromised-immunity", "refer", "PMC3924615 table 3"),
    Condition("infection", "block", "PMC3924615 table 3"),
    Condition("active-tumour", "block", "general practice"),
    Condition("pacemaker", "block", "review of electro-acupuncture contraindications; general practice"),
    Condition("recent-surgery", "block", "PMC3924615 table 3"),
)
"""Never left out when a plan is made."""

ITEMS = tuple(condition.item for condition in THE_SEVEN)


def effect_of(item: str) -> Literal["block", "caution", "refer"]:
    """What follows from answering yes to ``item``; an item of the clinic's own is a caution."""
    return next((each.effect for each in THE_SEVEN if each.item == item), "caution")
