"""What must be asked before a plan is made: conditions in which needling may not be for this person.

The answers are attested and kept with the plan; the software passes no verdict of its own. What a yes leads to
depends on the needles: some conditions bar only a current through them (e-stim).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Effect = Literal["block", "refer", "caution"]
"""``block`` and ``refer`` (to whoever treats the condition) bar a plan until someone overrides them by name;
``caution`` is told wherever the plan is shown."""


@dataclass(frozen=True)
class Condition:
    """One condition of the screening: its code, what follows from a yes, and where that was found."""

    item: str
    effect: Effect
    source: str
    bars_stim: bool = False
    """With e-stim a yes blocks, whatever it leads to without."""
    stim_only: bool = False
    """Asked only where there is e-stim."""


TABLE = "PMC3924615 table 3"
STIM_REVIEW = "review of electro-acupuncture contraindications"
PHYSIOMAN = "physioman.in, list of precautions in dry needling"
COURSE_FORM = "a needling course's screening form; general practice"

THE_SEVEN = (
    Condition("first-trimester-pregnancy", "block", f"{TABLE}; APTA 2013 as quoted there"),
    Condition("anticoagulants", "caution", f"{TABLE}; Muñoz 2022"),
    Condition("compromised-immunity", "refer", TABLE),
    Condition("infection", "block", TABLE),
    Condition("active-tumour", "block", "general practice"),
    Condition("pacemaker", "caution", f"{STIM_REVIEW}; general practice", bars_stim=True),
    Condition("recent-surgery", "block", TABLE),
)
"""Never left out when a plan is made."""

THE_WIDER = (
    Condition("needle-phobia", "block", f"{TABLE}; {PHYSIOMAN}"),
    Condition("cannot-consent", "block", f"{TABLE}; {PHYSIOMAN}"),
    Condition("acute-emergency", "block", f"{TABLE}; {PHYSIOMAN}"),
    Condition("lymphoedema", "block", f"{TABLE}; {PHYSIOMAN}"),
    Condition("skin-lesion", "caution", TABLE),
    Condition("allodynia", "caution", TABLE),
    Condition("metal-allergy", "caution", TABLE),
    Condition("vascular-disease", "caution", TABLE),
    Condition("abnormal-bleeding", "caution", TABLE),
    Condition("later-pregnancy", "caution", f"APTA 2013 as quoted; {STIM_REVIEW}", bars_stim=True),
    Condition("seizures", "caution", f"{PHYSIOMAN}; {STIM_REVIEW}", bars_stim=True),
    Condition("diabetes", "caution", PHYSIOMAN),
    Condition("frailty", "caution", PHYSIOMAN),
    Condition("child", "caution", PHYSIOMAN),
    Condition("psychological", "caution", PHYSIOMAN),
    Condition("medicines", "caution", PHYSIOMAN),
    Condition("implants", "caution", COURSE_FORM),
    Condition("heart-valve", "caution", COURSE_FORM),
    Condition("hepatitis-hiv", "caution", COURSE_FORM),
    Condition("adverse-reaction", "caution", COURSE_FORM),
    Condition("faints", "caution", COURSE_FORM),
    Condition("stim-front-of-neck", "caution", STIM_REVIEW, bars_stim=True, stim_only=True),
    Condition("stim-across-chest", "caution", STIM_REVIEW, bars_stim=True, stim_only=True),
    Condition("stim-over-tumour", "caution", STIM_REVIEW, bars_stim=True, stim_only=True),
)
"""Asked too where someone asks; left unasked they say nothing."""

EXERCISE_ITEMS = (
    "osteoporosis",
    "vertebral-fracture",
    "falls",
    "joint-replacement",
    "recent-birth",
    "blood-pressure",
    "heart-failure",
    "later-pregnancy",
)
"""Asked for the exercises' sake, and never left out; what each of them bars stands in ``program/fitting``."""
ITEMS = tuple(condition.item for condition in THE_SEVEN)
NEVER_LEFT_OUT = (*ITEMS, *EXERCISE_ITEMS)
WIDER_ITEMS = tuple(condition.item for condition in THE_WIDER if condition.item not in EXERCISE_ITEMS)
_BY_ITEM = {condition.item: condition for condition in (*THE_SEVEN, *THE_WIDER)}


def wider_items(*, stim: bool) -> tuple[str, ...]:
    """The wider list for these needles: what is about e-stim only where there is any."""
    left_out = {condition.item for condition in THE_WIDER if condition.stim_only and not stim}
    return tuple(item for item in WIDER_ITEMS if item not in left_out)


def effect_of(item: str, *, stim: bool = False) -> Effect:
    """What follows from answering yes to ``item``; an item of the clinic's own is a caution."""
    condition = _BY_ITEM.get(item)
    if condition is None:
        return "caution"
    return "block" if stim and condition.bars_stim else condition.effect
