"""Whom to call and who prescribes, remembered from the last plan that was made here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from reloadpt.files import MEBIBYTE, UNREADABLE, Trouble, read_bytes, replace_file
from reloadpt.program.plan import Contact

NAME = "last-contact.json"


@dataclass(frozen=True, kw_only=True)
class NextPlanDefaults:
    """What the next plan begins with."""

    made_by: str = "the clinic"
    contact: Contact = field(default_factory=Contact)


def recall_defaults(folder: Path) -> NextPlanDefaults:
    """What was remembered in ``folder``; the plain beginning where there is nothing that can be read."""
    try:
        return msgspec.json.decode(read_bytes(folder / NAME, MEBIBYTE), type=NextPlanDefaults)
    except (Trouble, *UNREADABLE):
        return NextPlanDefaults()


def keep_defaults(folder: Path, made_by: str | None, contact: Contact) -> None:
    """Remember for the next plan; where that cannot be written nothing is lost but typing."""
    kept = NextPlanDefaults(made_by=made_by or NextPlanDefaults().made_by, contact=contact)
    try:
        replace_file(folder / NAME, msgspec.json.encode(kept) + b"\n")
    except Trouble:
        return
