"""The whole course of a log: the history, and beside it what only looking back needs, entry by entry.

``care.history`` keeps what decides what is due next. Reports and alerts also ask when a plan began, how long
a lock stood, what was corrected, and which entries (by their ``n``) say so. Logs come from other people's
programs: what would break the arithmetic of dates is set aside here, as not understood.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from reloadpt.care.history import History, PlanPeriod, read_plan_period
from reloadpt.care.safety import ends_by_itself
from reloadpt.clock import is_sound
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import (
    Amended,
    CheckedIn,
    Cleared,
    FlagRaised,
    LogOpened,
    Needled,
    PlanStarted,
    SessionOpened,
    Shared,
)
from reloadpt.journal.journal import Journal


class Sign(msgspec.Struct, kw_only=True):
    """A warning sign raised by entry ``n``, and when and by whom it was cleared."""

    n: int
    at: datetime
    code: str
    ended_at: datetime | None = None
    by: str = ""

    @property
    def locked_until(self) -> datetime | None:
        """When its lock ended, by a word or by itself; None while only a word can end it."""
        ends = [moment for moment in (self.ended_at, ends_by_itself(self.code, self.at)) if moment]
        return min(ends, default=None)


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

    ``zone`` is the IANA zone that the log named last, ``zones`` that of each session, as the log says them.
    """

    signs: list[Sign] = msgspec.field(default_factory=list)
    amendments: list[Correction] = msgspec.field(default_factory=list)
    sent: list[Sharing] = msgspec.field(default_factory=list)
    zone: str | None = None
    zones: dict[str, str] = msgspec.field(default_factory=dict)

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
            case PlanStarted():
                self._end_signs(at, "a new plan")
            case CheckedIn(flags=codes):
                self._raise_signs(n, at, codes)
            case FlagRaised(code=code):
                self._raise_signs(n, at, (code,))
            case Cleared(by=by):
                self._end_signs(at, by)
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
            self.zone = event.zone
            return
        zone = event.zone or self.zone
        if zone:
            self.zones[event.session] = zone

    def _raise_signs(self, n: int, at: datetime, codes: Iterable[str]) -> None:
        """Note the signs that lock, each once: answered yes at a check-in, and then told in an entry of its own."""
        locked = {(lock.code, lock.at) for lock in self.locks}
        for code in codes:
            if (code, at) in locked:
                self.signs = [sign for sign in self.signs if (sign.code, sign.at) != (code, at)]
                self.signs.append(Sign(n=n, at=at, code=code))

    def _end_signs(self, at: datetime, by: str) -> None:
        """Note which signs lock no more."""
        locked = {(lock.code, lock.at) for lock in self.locks}
        for sign in self.signs:
            if sign.ended_at is None and (sign.code, sign.at) not in locked:
                sign.ended_at, sign.by = at, by

    @property
    def began(self) -> list[PlanPeriod]:
        """The plans, in the order they came into force."""
        return self.plan_starts

    @property
    def open_signs(self) -> list[Sign]:
        """The warning signs that nothing has cleared."""
        return [sign for sign in self.signs if sign.ended_at is None]

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
