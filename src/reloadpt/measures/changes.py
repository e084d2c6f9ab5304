"""What was changed: doses from one session to the next, and entries that were corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reloadpt.care.in_words import full_dose
from reloadpt.care.record import TAKEN_BACK
from reloadpt.journal.events import Item
from reloadpt.measures.course import Course


@dataclass(frozen=True)
class DealtDoseChange:
    """A dose that differs from the one dealt before; ``after.why`` is the reason it was dealt with."""

    at: datetime
    before: Item
    after: Item


@dataclass(frozen=True)
class Corrections:
    """How many corrections were made: values changed, entries taken back, and sets taken back at once by a key."""

    changed: int
    taken_back: int
    went_back: int

    @property
    def later(self) -> int:
        """The corrections that were made afterwards."""
        return self.changed + self.taken_back


def dose_changes(course: Course) -> tuple[DealtDoseChange, ...]:
    """Every dose that differs from the one dealt before, newest first."""
    found = []
    last: dict[tuple[str, str], Item] = {}
    for session in course.sessions.values():
        for item in session.items:
            before = last.get((item.exercise, item.side))
            if before and full_dose(before) != full_dose(item):
                found.append(DealtDoseChange(session.opened_at, before, item))
            last[item.exercise, item.side] = item
    return tuple(reversed(found))


def corrections(course: Course) -> Corrections:
    """The corrections of a log, counted by what they did."""
    voids = [correction.amended for correction in course.amendments if correction.amended.change is None]
    went_back = sum(amended.reason == TAKEN_BACK for amended in voids)
    return Corrections(len(course.amendments) - len(voids), len(voids) - went_back, went_back)
