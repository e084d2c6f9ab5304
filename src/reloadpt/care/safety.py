"""Warning signs: which to ask about after a needling, what a yes means, and what stays locked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from reloadpt import wording
from reloadpt.program.plan import Contact

SignClass = Literal["emergency", "same_day", "faint"]

CLASSES: dict[str, SignClass] = {
    "ST": "emergency", "SN": "emergency", "SL": "emergency", "SV": "emergency",
    "SI": "same_day", "SA": "same_day", "SG": "same_day", "SP": "same_day", "SJ": "same_day", "SB": "same_day",
    "SF": "faint",
}  # fmt: skip
"""The class of each sign; S0 is of an exercise and is no sign of this list."""

EVERYWHERE = ("SI", "SB", "SF")
"""Asked whatever the muscle."""

WINDOWS = {
    "ST": timedelta(days=7), "SN": timedelta(hours=72), "SI": timedelta(days=14), "SF": timedelta(hours=2),
}  # fmt: skip
"""How long after a needling a sign is asked about; the others as long as the plan runs."""


def signs_to_ask(codes: Iterable[str], needled_at: datetime, at: datetime) -> tuple[str, ...]:
    """The signs to ask about at ``at`` for a muscle with these stop rules, gravest first."""
    asked = {*codes, *EVERYWHERE} & set(CLASSES)
    since = at - needled_at
    return tuple(code for code in CLASSES if code in asked and since <= WINDOWS.get(code, since))


def advice_for(code: str, contact: Contact) -> str:
    """What to do now after a yes to ``code``, with the plan's own numbers."""
    return wording.ADVICE[CLASSES.get(code, "emergency")](
        emergency=contact.emergency,
        phone=f": {contact.phone}" if contact.phone else "",
        out_of_hours=f": {contact.out_of_hours}" if contact.out_of_hours else "",
    )


def gravest(codes: Iterable[str]) -> str | None:
    """The code that decides what is shown, of those that were answered yes."""
    found = set(codes)
    return next((code for code in CLASSES if code in found), min(found, default=None))
