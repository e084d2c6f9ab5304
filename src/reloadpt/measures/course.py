"""The whole course of a log: the history, and beside it what only looking back needs, entry by entry.

``care.history`` keeps what decides what is due next. Reports and alerts also ask when a plan began, what was
rated and corrected, and which entries (by their ``n``) say so. Logs come from other people's
programs: what would break the arithmetic of dates is set aside here, as not understood.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from reloadpt.care.history import History, PlanPeriod, read_plan_period
from reloadpt.care.signs import Sign
from reloadpt.clock import is_sound
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import (
    Amended,
    LogOpened,
    Needled,
    PlanStarted,
    SessionOpened,
    Shared,
)
from reloadpt.journal.journal import Journal
from reloadpt.journal.people import NAMELESS


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """Entry ``n`` corrected another one."""

    n: int
    at: datetime
    amended: Amended


class Sharing(msgspec.Struct, frozen=True, kw_only=True):
    """Entry ``n`` says that the log was shared."""

    n: int
    at: datetime
    to: str | None


class Course(History, kw_only=True):
    """A history that also remembers what is asked when looking back.

    ``zones`` are the IANA zones of each session, as the log says them. ``logs`` counts the first lines: one, but for
    logs that are read as one.
    """

    amendments: list[Correction] = msgspec.field(default_factory=list)
    sent: list[Sharing] = msgspec.field(default_factory=list)
    opened_zone: str | None = None
    zones: dict[str, str] = msgspec.field(default_factory=dict)
    logs: int = 0

    def fold(self, entries: Iterable[Entry]) -> None:
        """Take in entries, in their order."""
        for entry in entries:
            if not is_sound(entry.at):
                self.entries += 1
                self.not_understood += 1
                continue
            sound = entry if _sound(entry) else msgspec.structs.replace(entry, event=None, why="a date")
            super().fold((sound,))
            self._look(sound)

    def _look(self, entry: Entry) -> None:
        n, at, event = entry.n, entry.at, entry.event
        match event:
            case Amended():
                self.amendments.append(Correction(n=n, at=at, amended=event))
            case Shared(to=to):
                self.sent.append(Sharing(n=n, at=at, to=to))
            case LogOpened() | SessionOpened():
                self._note_zone(event)
            case _:
                pass

    def _note_zone(self, event: LogOpened | SessionOpened) -> None:
        if isinstance(event, LogOpened):
            self.opened_zone = event.zone
            self.logs += 1
            return
        zone = event.zone or self.opened_zone
        if zone:
            self.zones[event.session] = zone

    @property
    def began(self) -> list[PlanPeriod]:
        """The plans, in the order they came into force."""
        return self.plan_starts

    @property
    def aliases(self) -> tuple[str, ...]:
        """Whom the plans of the log name; more than one where it may be that of two patients."""
        named = {period.plan.patient for period in self.plan_starts}
        return tuple(sorted(alias for alias in named if alias not in NAMELESS))

    @property
    def open_signs(self) -> list[Sign]:
        """The warning signs that nothing has cleared."""
        return [sign for sign in self.signs if sign.is_open]

    @property
    def reported_at(self) -> datetime | None:
        """Up to when silence can be judged: the last time the log was shared, else its last entry."""
        return self.sent[-1].at if self.sent else self.last_at


def course_of(entries: Iterable[Entry]) -> Course:
    """Fold all entries of a log."""
    course = Course()
    course.fold(entries)
    return course


def course_at(journal: Path) -> Course:
    """Fold all entries of the journal at this path, whoever else reads it meanwhile."""
    return course_of(Journal(journal).entries())


def _sound(entry: Entry) -> bool:
    """Say whether the times that an entry tells can be reckoned with, and its plan has the shape of one."""
    match entry.event:
        case Needled(needled_at=needled_at):
            return needled_at.tzinfo is not None and is_sound(needled_at)
        case PlanStarted():
            return read_plan_period(entry.event, entry.n, entry.at).is_sound
        case _:
            return True
