"""What was planned for each day, set by set, beside what became of it: the denominators of every figure.

Planned is what was dealt: the items of the sessions that were opened. Of what was due and never opened the log
holds no items; ``expected`` says what stands in for them, and ``filled_in`` where some of it was told later. The day
a plan begins and the day of the report are not over when they are seen: there only what was opened counts. Days
touched by a lock or a pause leave.
What was done on a day, in whatever session, is set against that day's plan, so that a session that was given
up and dealt again on the same day counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from reloadpt.care.history import PlanPeriod, Session
from reloadpt.journal.events import Item, SetDone, SetSkipped, Side, SkipReason
from reloadpt.measures.course import Course, as_day
from reloadpt.measures.expected import Asked, Expected, Meant, muscle_of
from reloadpt.measures.filled_in import FilledIn
from reloadpt.program.plan import LAST_DOSES, PLAN_LASTS

DONE_FROM = 0.8
"""A session counts as done from this share of its sets."""
LONGEST_PLAN = timedelta(days=400)
_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)

Status = Literal["done", "skipped", "not_opened"]
Standing = Literal["planned", "locked", "paused"]
_Key = tuple[str | None, str, str, int]


@dataclass(frozen=True, slots=True)
class DuePlannedSet:
    """One planned set. ``done`` and ``skipped`` are what became of it; neither: it was left."""

    day: date
    session: str | None
    item: Item
    side: Side
    number: int
    done: SetDone | None = None
    skipped: SetSkipped | None = None

    @property
    def status(self) -> Status:
        """Done, skipped (with or without a reason), or not opened."""
        if self.done:
            return "done"
        return "not_opened" if self.session is None else "skipped"

    @property
    def reason(self) -> SkipReason | None:
        """Why it was skipped, where that was said."""
        return self.skipped.reason if self.skipped and not self.done else None


@dataclass(frozen=True)
class PlannedSession:
    """One session that was dealt, or was due and never opened (``session`` None)."""

    session: str | None
    sets: tuple[DuePlannedSet, ...]

    @property
    def done(self) -> bool:
        """Whether it counts as done."""
        return sum(each.done is not None for each in self.sets) >= DONE_FROM * len(self.sets)


@dataclass(frozen=True)
class PlannedDay:
    """One day. ``extra`` is the sets that were done without being planned, or while nothing was."""

    day: date
    state: Standing
    opened: bool
    sessions: tuple[PlannedSession, ...]
    extra: tuple[SetDone, ...] = ()

    @property
    def sets(self) -> Iterator[DuePlannedSet]:
        """The planned sets of the day."""
        return (each for session in self.sessions for each in session.sets)

    @property
    def missed(self) -> bool:
        """Whether something was planned, and nothing of it was opened or done."""
        return bool(self.sessions) and not self.opened and not any(each.done for each in self.sets)


def planned_days(course: Course, meant: Meant, until: date | None = None) -> tuple[PlannedDay, ...]:
    """Every day of a log on which something was planned or done, in order, up to ``until``.

    ``until`` is the day of the report; where absent, that of the last entry.
    """
    if course.last_at is None:
        return ()
    last = until or course.last_at.date()
    opened: dict[date, list[Session]] = {}
    for session in course.sessions.values():
        if session.items and session.day <= last:
            opened.setdefault(session.day, []).append(session)
    done, skipped = _became(course, last)
    told = _told_later(opened, done)
    away = away_days(course, last)
    plan_of = {day: began for began, first, end in _spans(course, last) for day in _each(first, end)}
    expected = FilledIn(course, meant, told) if told else Expected(course, meant)
    names = {item.exercise: item.name for session in course.sessions.values() for item in session.items}
    found = []
    for day in sorted({*plan_of, *opened, *done}):
        dealt: list[tuple[str | None, Sequence[Asked]]] = [
            (session.session, [(item, item.sets) for item in expected.dealt(session, day)])
            for session in opened.get(day, ())
        ]
        done_here = done.get(day, {})
        if day in away:
            found.append(PlannedDay(day, away[day], day in opened, (), tuple(done_here.values())))
            continue
        if day in plan_of:
            dealt += [(None, items) for items in expected.left(plan_of[day], day)]
        sessions, extra = _set_against(day, dealt, done_here, skipped, names)
        if sessions or extra:
            found.append(PlannedDay(day, "planned", day in opened, sessions, extra))
    return tuple(found)


def plan_ends(began: PlanPeriod) -> datetime:
    """When a plan ends, by care's own reading of it; one that says it lasts for years is not believed."""
    said = began.plan.over_at
    return said if said - began.at <= LONGEST_PLAN else began.at + PLAN_LASTS


def _spans(course: Course, last: date) -> Iterator[tuple[PlanPeriod, date, date]]:
    """Each plan with its first and last whole day: neither the day it began nor ``last`` is one."""
    for i, began in enumerate(course.began):
        end = (plan_ends(began) + LAST_DOSES).date()
        if i + 1 < len(course.began):
            end = min(end, course.began[i + 1].at.date() - _DAY)
        yield began, began.at.date() + _DAY, min(end, last - _DAY)


def _each(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=k) for k in range((last - first).days + 1))


def away_days(course: Course, last: date) -> dict[date, Standing]:
    """The days up to ``last`` that a pause or a lock touches; a lock wins."""
    found: dict[date, Standing] = {}
    for pause in course.pauses:
        first, end = as_day(pause.from_), as_day(pause.to)
        if first and end:
            found |= dict.fromkeys(_each(first, min(end, last)), "paused")
    for sign in course.signs:
        end = (sign.locked_until - _MOMENT).date() if sign.locked_until else last
        found |= dict.fromkeys(_each(sign.at.date(), min(end, last)), "locked")
    return found


def _became(course: Course, last: date) -> tuple[dict[date, dict[_Key, SetDone]], dict[_Key, SetSkipped]]:
    """The sets done by the day they were done for, and the sets skipped."""
    done: dict[date, dict[_Key, SetDone]] = {}
    skipped: dict[_Key, SetSkipped] = {}
    for session in course.sessions.values():
        for kept in session.entries:
            match kept.event:
                case SetDone() as event if kept.day <= last:
                    key = (event.session, event.exercise, event.side, event.set)
                    done.setdefault(kept.day, {})[key] = event
                case SetSkipped() as event:
                    skipped[event.session, event.exercise, event.side, event.set] = event
                case _:
                    pass
    return done, skipped


def _told_later(
    opened: Mapping[date, Sequence[Session]], done: Mapping[date, Mapping[_Key, SetDone]]
) -> dict[date, Counter[str]]:
    """How many sets of each exercise were done in no session that was opened on their day.

    Of a muscle that was dealt that day what was opened says all.
    """
    found = {}
    for day, sets in done.items():
        sessions = {session.session: session for session in opened.get(day, ())}
        later = [key[1] for key in sets if key[0] not in sessions]
        dealt = {item.muscle for session in sessions.values() for item in session.items} if later else set()
        told = Counter(each for each in later if muscle_of(each) not in dealt)
        if told:
            found[day] = told
    return found


def _set_against(
    day: date,
    dealt: Sequence[tuple[str | None, Sequence[Asked]]],
    done: Mapping[_Key, SetDone],
    skipped: Mapping[_Key, SetSkipped],
    names: Mapping[str, str],
) -> tuple[tuple[PlannedSession, ...], tuple[SetDone, ...]]:
    """Set what was done on a day against what was dealt: its own set first, then any other of that exercise."""
    left = dict(done)
    sessions = []
    for session, items in dealt:
        sets = []
        for item, asked in items:
            for side in item.sides:
                for number in range(1, asked + 1):
                    key = (session, item.exercise, side, number)
                    sets.append(
                        DuePlannedSet(day, session, item, side, number, left.pop(key, None), skipped.get(key))
                    )
        if sets:
            sessions.append(PlannedSession(session, tuple(sets)))
    if left:
        sessions = [_filled(session, left, names) for session in sessions]
    return tuple(sessions), tuple(left.values())


def _filled(session: PlannedSession, left: dict[_Key, SetDone], names: Mapping[str, str]) -> PlannedSession:
    """Give the sets that were not done what else was done that day: of their exercise and side.

    Which exercises a day would have dealt that was never opened nobody knows for certain: there a set of the same
    muscle, told later, stands for one that was expected, but not for another exercise that was expected itself.
    """
    sets = []
    for each in session.sets:
        key = None if each.done else _another(left, each)
        sets.append(replace(each, done=left.pop(key)) if key else each)
    if session.session is None and left:
        planned = {each.item.exercise for each in sets}
        for index, each in enumerate(sets):
            key = None if each.done else _of_the_muscle(left, each, planned)
            if key:
                done = left.pop(key)
                sets[index] = replace(each, item=_as_done(each.item, done, names), side=done.side, done=done)
    return PlannedSession(session.session, tuple(sets))


def _another(left: Mapping[_Key, SetDone], wanted: DuePlannedSet) -> _Key | None:
    return next((key for key in left if key[1:3] == (wanted.item.exercise, wanted.side)), None)


def _of_the_muscle(left: Mapping[_Key, SetDone], wanted: DuePlannedSet, planned: Set[str]) -> _Key | None:
    """A set of the same exercise on another side, or of an exercise of the same muscle that was not planned."""
    item = wanted.item
    return next(
        (
            key
            for key in left
            if key[1] == item.exercise or (key[1] not in planned and muscle_of(key[1]) == item.muscle)
        ),
        None,
    )


def _as_done(item: Item, done: SetDone, names: Mapping[str, str]) -> Item:
    """What stood in for an item, now that it is known which exercise was done."""
    return msgspec.structs.replace(
        item,
        exercise=done.exercise,
        name=names.get(done.exercise, done.exercise),
        reps=done.reps or item.reps,
        hold_s=int(done.hold_s or 0),
        tempo=None,
        load_kg=done.load_kg,
    )
