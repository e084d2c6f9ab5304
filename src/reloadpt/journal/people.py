"""The people of one home: a journal each, that of the first at its top, that of any other in a folder of its own."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

import msgspec

from reloadpt.files import PERSON, Places, Trouble, open_to_read, replace_file
from reloadpt.journal.entries import LONGEST, Misfit, read_line
from reloadpt.journal.events import LogOpened, PlanStarted

ALONE = "me"
"""The alias of whoever made a plan without a therapist; a therapist's plan goes on in the same log."""
NOT_KNOWN = "unknown"
"""The alias of a log whose first line cannot be read, where no plan says it either."""
NAMELESS = ("", ALONE, NOT_KNOWN)
"""Aliases that name nobody."""
_NAMING = (b"log_opened", b"plan_started")


class Person(msgspec.Struct, frozen=True):
    """Somebody with a journal in this home: ``name`` is that of the folder, "" of the first, ``alias`` the patient's."""

    name: str
    alias: str


def people_in(home: Places) -> list[Person]:
    """Everybody with a journal in this home, whose turn it was last first."""
    names = [""]
    with suppress(OSError):
        names += sorted(folder.name for folder in home.people.iterdir() if PERSON.fullmatch(folder.name))
    found = [(name, msgspec.structs.replace(home, person=name).journal) for name in names]
    people = [Person(name, alias_of(journal)) for name, journal in found if journal.is_file()]
    return sorted(people, key=lambda person: person.name != home.person)


def turn_of(home: Places, name: str) -> Places:
    """Give the turn to one person of the home; where that cannot be kept it holds until the program ends."""
    turned = msgspec.structs.replace(home, person=name)
    if turned != home:
        with suppress(Trouble):
            replace_file(home.turn, f"{name}\n".encode())
    return turned


def newcomer(home: Places) -> Places:
    """The places of somebody new in this home, whose journal is still to begin; the turn is theirs."""
    return turn_of(home, secrets.token_hex(8))


def is_one_patient(alias: str, other: str) -> bool:
    """Whether two aliases may stand in one log: they are the same, or one of them names nobody."""
    return alias == other or alias in NAMELESS or other in NAMELESS


def alias_of(journal: Path) -> str:
    """The alias that a log names last, by its plans and its first line; "" where none can be read."""
    alias = ""
    with suppress(OSError), open_to_read(journal) as stream:
        while line := stream.readline(LONGEST + 2):
            if not any(kind in line for kind in _NAMING):
                continue
            with suppress(Misfit):
                alias = _named_in(line.removesuffix(b"\n")) or alias
    return alias


def _named_in(line: bytes) -> str:
    match read_line(line).event:
        case LogOpened(patient=alias):
            return alias
        case PlanStarted(plan=plan):
            return str(plan.get("patient") or "")
        case _:
            return ""
