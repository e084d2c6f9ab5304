"""What was due on each day, set by set, beside what became of it: the denominators of every figure.

It stands in the log, in its ``due`` entries, and nothing else is asked. On a ``planned`` day that is what the day asked
for; what was done that day, in whatever session, is set against it. On a day that changed in its middle, on one of
which the log does not say what was due, and on that of the last entry, which is not over, what the sessions dealt was
due. Days touched by a lock or a pause leave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

import msgspec

from reloadpt.care.history import PlanPeriod, Session
from reloadpt.clock import as_day
from reloadpt.journal.events import Due, DueItem, HowOften, Item, SetDone, SetSkipped, Side, SkipReason
from reloadpt.measures.course import Course
from reloadpt.program.plan import LAST_DOSES, PLAN_LASTS

DONE_FROM = 0.8
"""A session counts as done from this share of its sets."""
LONGEST_PLAN = timedelta(days=400)
EVERY_OTHER_DAY = HowOften(times=1, per="two_days")
_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)

Status = Literal["done", "skipped", "not_opened"]
Standing = Literal["planned", "locked", "paused"]


class DaySet(NamedTuple):
    """What tells the sets of a day apart."""

    session: str
    exercise: str
    side: Side
    number: int


class Occasion(NamedTuple):
    """One occasion of what is due less often than daily, by when it began to stand open."""

    exercise: str
    since: str


DoneSets = dict[DaySet, SetDone]


@dataclass(frozen=True, slots=True)
class DuePlannedSet:
    """One planned set. ``done`` and ``skipped`` are what became of it; neither: it was left.

    ``session`` is the one that it was done in, or else dealt in; None where none was opened for it.
    """

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
    """One round of what was due on a day: a session, or none where it was never opened (``session`` None)."""

    session: str | None
    sets: tuple[DuePlannedSet, ...]

    @property
    def done(self) -> bool:
        """Whether it counts as done."""
        return sum(planned.done is not None for planned in self.sets) >= DONE_FROM * len(self.sets)


@dataclass(frozen=True)
class PlannedDay:
    """One day. ``extra`` is the sets that were done without being planned, or while nothing was.

    ``left_out`` counts the sets meant for the day that did not fit into its sessions.
    """

    day: date
    state: Standing
    opened: bool
    sessions: tuple[PlannedSession, ...]
    extra: tuple[SetDone, ...] = ()
    left_out: int = 0

    @property
    def sets(self) -> Iterator[DuePlannedSet]:
        """The planned sets of the day."""
        return (planned for session in self.sessions for planned in session.sets)

    @property
    def missed(self) -> bool:
        """Whether something was planned, and nothing of it was opened or done."""
        return bool(self.sessions) and not self.opened and not any(planned.done for planned in self.sets)


def planned_days(course: Course) -> tuple[PlannedDay, ...]:
    """Every day of a log on which something was planned or done, in order, up to that of its last entry."""
    return _Days(course).days() if course.last_at else ()


def unknown_days(course: Course) -> int:
    """On how many whole days of a plan nothing was opened and the log does not say what was due."""
    if course.last_at is None:
        return 0
    last = course.last_at.date()
    told = {day for due in course.dues.values() if (day := as_day(due.day))}
    told |= {session.day for session in course.sessions.values() if session.items}
    over = min(
        (as_day(due.day) or last for due in course.dues.values() if due.standing == "over"), default=last
    )
    spans = [*_spans(course, min(last, over))]
    away = away_days(course, last)
    return sum(day not in told and day not in away for first, end in spans for day in _each(first, end))


class _Days:
    """The days of one course, set against what was due."""

    def __init__(self, course: Course) -> None:
        self._last = course.last_at.date() if course.last_at else date.min
        self._opened: dict[date, list[Session]] = {}
        for session in course.sessions.values():
            if session.items and session.day <= self._last:
                self._opened.setdefault(session.day, []).append(session)
        self._dues = {
            day: due for due in course.dues.values() if (day := as_day(due.day)) and day <= self._last
        }
        self._done, self._skipped = _became(course, self._last)
        self._away = away_days(course, self._last)
        self._names = {
            item.exercise: item.name for session in course.sessions.values() for item in session.items
        }
        self._places = self._placed()

    def days(self) -> tuple[PlannedDay, ...]:
        days = (self._day(day) for day in sorted({*self._dues, *self._opened, *self._done}))
        return tuple(day for day in days if day.sessions or day.extra or day.state != "planned")

    def _day(self, day: date) -> PlannedDay:
        due, done = self._dues.get(day), dict(self._done.get(day, {}))
        opened = self._opened.get(day, [])
        state = self._state(day)
        if state != "planned":
            return PlannedDay(day, state, bool(opened), (), tuple(done.values()))
        if self._is_whole(day) and due:
            sessions = self._of_due(day, due, opened, done)
        else:
            sessions = self._as_dealt(day, opened, done)
        left_out = due.left_out if due and self._is_whole(day) else 0
        return PlannedDay(day, state, bool(opened), sessions, tuple(done.values()), left_out)

    def _state(self, day: date) -> Standing:
        due = self._dues.get(day)
        if day in self._away:
            return self._away[day]
        return due.standing if due and due.standing in ("locked", "paused") else "planned"

    def _is_whole(self, day: date) -> bool:
        """Whether what was due on a day is what its ``due`` says."""
        due = self._dues.get(day)
        return due is not None and due.standing == "planned" and day < self._last and day not in self._away

    def _placed(self) -> dict[Occasion, date | None]:
        """The day on which each occasion counts, for it may stand open on several; None where it does not count yet.

        That is the day on which it was done, rather in a session than told later; else the first on which it was
        dealt, else the one on which it began.
        What was done of it on another of its days is moved there.
        """
        listed: dict[Occasion, dict[date, DueItem]] = {}
        for day in sorted(self._dues):
            for item in self._dues[day].items:
                listed.setdefault(Occasion(item.exercise, item.since), {})[day] = item
        places: dict[Occasion, date | None] = {}
        for occasion, days in listed.items():
            places[occasion] = place = self._place(days)
            for day in days:
                if place and day != place and self._is_whole(day):
                    self._move(occasion.exercise, day, place)
        return places

    def _place(self, days: Mapping[date, DueItem]) -> date | None:
        newest, item = [*days.items()][-1]
        if self._is_open_after(newest, item) and not any(map(self._share_done, days, days.values())):
            return None
        whole = {day: due for day, due in days.items() if self._is_whole(day)}
        done = [day for day, due in whole.items() if self._share_done(day, due) >= DONE_FROM]
        in_session = [day for day in done if self._share_done(day, whole[day], told=False) >= DONE_FROM]
        dealt = [
            day for day in days if any(session.item(item.exercise) for session in self._opened.get(day, ()))
        ]
        if not done and any(day not in whole for day in dealt):
            return None
        return next(iter([*in_session, *done, *dealt, *whole]), None)

    def _is_open_after(self, day: date, item: DueItem) -> bool:
        """Whether an occasion that ``day`` was the last to tell of stands open on the day of the last entry."""
        waits = item.often.per in ("week", "needling") or item.often == EVERY_OTHER_DAY
        return waits and (day == self._last or (day == self._last - _DAY and self._last not in self._dues))

    def _share_done(self, day: date, item: DueItem, *, told: bool = True) -> float:
        """How much of an item was done on one day, 0-1; with or without what was told later."""
        opened = {session.session for session in self._opened.get(day, ())}
        keys = [key for key in self._of(day, item.exercise) if told or key.session in opened]
        sets, sides = item.sets * item.times, Counter(key.side for key in keys)
        return sum(min(sets, sides[side]) for side in item.sides) / (sets * len(item.sides))

    def _of(self, day: date, exercise: str) -> list[DaySet]:
        return [key for key in self._done.get(day, ()) if key.exercise == exercise]

    def _move(self, exercise: str, day: date, place: date) -> None:
        for key in self._of(day, exercise):
            self._done.setdefault(place, {})[key] = self._done[day].pop(key)

    def _of_due(
        self, day: date, due: Due, opened: Sequence[Session], done: DoneSets
    ) -> tuple[PlannedSession, ...]:
        """The rounds that a day asked for: its own set first, then any other of that exercise and side."""
        items = [item for item in due.items if self._places[Occasion(item.exercise, item.since)] == day]
        rounds: list[list[DuePlannedSet]] = []
        for number in range(max((item.times for item in items), default=0)):
            sets: list[DuePlannedSet] = []
            for item in items:
                if number < item.times:
                    sessions = [session for session in opened if session.item(item.exercise)]
                    session = sessions[number] if number < len(sessions) else None
                    sets += self._sets(day, session, _item_of(item, session), done)
            rounds.append(sets)
        planned = {item.exercise for item in items}
        every = self._filled([planned for sets in rounds for planned in sets], done, planned, opened)
        found, taken = [], Counter[str | None]({None: 1})
        for sets in rounds:
            of_round, every = every[: len(sets)], every[len(sets) :]
            sat = Counter(planned.session for planned in of_round if not taken[planned.session])
            session_id = next((session for session, _ in sat.most_common(1)), None)
            taken[session_id] += 1
            found.append(PlannedSession(session_id, tuple(of_round)))
        return tuple(found)

    def _as_dealt(self, day: date, opened: Sequence[Session], done: DoneSets) -> tuple[PlannedSession, ...]:
        """What the sessions of a day dealt. A set that was left and dealt again that day counts once."""
        dealt: list[tuple[Session, list[DuePlannedSet]]] = []
        again: set[tuple[str, Side, int]] = set()
        for session in reversed(opened):
            items = [item for item in session.items if not item.optional]
            sets = [planned for item in items for planned in self._sets(day, session, item, done)]
            keys = [(planned.item.exercise, planned.side, planned.number) for planned in sets]
            left = [
                planned
                for planned, key in zip(sets, keys, strict=True)
                if planned.done or planned.skipped or key not in again
            ]
            again |= {*keys}
            dealt.append((session, left))
        every = self._filled(
            [planned for _, sets in reversed(dealt) for planned in sets], done, set(), opened
        )
        found = []
        for session, sets in reversed(dealt):
            of_session, every = every[: len(sets)], every[len(sets) :]
            found.append(PlannedSession(session.session, tuple(of_session)))
        return tuple(session for session in found if session.sets)

    def _sets(
        self, day: date, session: Session | None, item: Item, done: DoneSets
    ) -> Iterator[DuePlannedSet]:
        """The sets of an item as planned, each with what its own session says of it."""
        session_id = session.session if session else None
        for side in item.sides:
            for number in range(1, item.sets + 1):
                key = DaySet(session_id or "", item.exercise, side, number)
                skipped = self._skipped.get(key)
                yield DuePlannedSet(day, session_id, item, side, number, done.pop(key, None), skipped)

    def _filled(
        self, sets: list[DuePlannedSet], left: DoneSets, planned: Set[str], opened: Sequence[Session]
    ) -> list[DuePlannedSet]:
        """Give the sets that were not done what else was done that day: of their exercise and side.

        A set of a round that was never opened takes another exercise of its muscle too, that was not planned itself.
        """
        opened_ids = {session.session for session in opened}
        for other in (_another, _of_the_muscle) if left else ():
            for index, wanted in enumerate(sets):
                key = None if wanted.done else other(left, wanted, planned)
                if key:
                    done = left.pop(key)
                    session = done.session if done.session in opened_ids else wanted.session
                    item = wanted.item
                    if done.exercise != item.exercise:
                        item = _as_done(item, done, self._names)
                    sets[index] = replace(wanted, item=item, side=done.side, done=done, session=session)
        return sets


def _another(left: Collection[DaySet], wanted: DuePlannedSet, _: Set[str]) -> DaySet | None:
    """A set of the same exercise, or of one that it counts for, on the same side."""
    names = (wanted.item.exercise, *wanted.item.credits)
    return next((key for key in left if key.exercise in names and key.side == wanted.side), None)


def _of_the_muscle(left: Collection[DaySet], wanted: DuePlannedSet, planned: Set[str]) -> DaySet | None:
    """Where nothing was opened: the same exercise on another side, or one of its muscle that was not planned."""
    if wanted.session is not None:
        return None
    item = wanted.item
    return next(
        (
            key
            for key in left
            if key.exercise == item.exercise
            or (key.exercise not in planned and muscle_of(key.exercise) == item.muscle)
        ),
        None,
    )


def _item_of(due: DueItem, session: Session | None) -> Item:
    """A due item as it was dealt in its session, or as it is dealt; its sets are those that were due."""
    dealt = session.item(due.exercise) if session else None
    if dealt is None:
        shared: dict[str, Any] = {
            name: getattr(due, name) for name in Item.__struct_fields__ if hasattr(due, name)
        }
        return Item(
            **shared, side=due.sides[0] if len(due.sides) == 1 else "both", per_side=len(due.sides) > 1
        )
    return msgspec.structs.replace(dealt, sets=due.sets)


def _as_done(item: Item, done: SetDone, names: Mapping[str, str]) -> Item:
    """What was planned, now that it is known which exercise was done in its place."""
    return msgspec.structs.replace(
        item,
        exercise=done.exercise,
        name=names.get(done.exercise) or exercise_name(done.exercise),
        reps=done.reps or item.reps,
        hold_s=int(done.hold_s or 0),
        tempo=None,
        load_kg=done.load_kg,
    )


def plan_ends(began: PlanPeriod) -> datetime:
    """When a plan ends, by care's own reading of it; one that says it lasts for years is not believed."""
    said = began.plan.over_at
    return said if said - began.at <= LONGEST_PLAN else began.at + PLAN_LASTS


def _spans(course: Course, last: date) -> Iterator[tuple[date, date]]:
    """The first and last whole day of each plan: neither the day it began nor ``last`` is one."""
    for index, began in enumerate(course.began):
        end = (plan_ends(began) + LAST_DOSES).date()
        if index + 1 < len(course.began):
            end = min(end, course.began[index + 1].at.date() - _DAY)
        yield began.at.date() + _DAY, min(end, last - _DAY)


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
        if sign.withdrawn:
            continue
        end = (sign.locked_until - _MOMENT).date() if sign.locked_until else last
        found |= dict.fromkeys(_each(sign.at.date(), min(end, last)), "locked")
    return found


def muscle_of(exercise: str) -> str:
    """The muscle whose programme an exercise is of."""
    return exercise.partition("/")[0]


def exercise_name(exercise: str) -> str:
    """What an exercise is called by its id alone, where the log holds no name."""
    return exercise.rpartition("/")[2].replace("-", " ").capitalize()


def monday(day: date) -> date:
    """The first day of a day's calendar week."""
    return day - timedelta(days=day.weekday())


def _became(course: Course, last: date) -> tuple[dict[date, DoneSets], dict[DaySet, SetSkipped]]:
    """The sets done by the day they were done for, and the sets skipped."""
    done: dict[date, DoneSets] = {}
    skipped: dict[DaySet, SetSkipped] = {}
    for session in course.sessions.values():
        for kept in session.entries:
            match kept.event:
                case SetDone() as event if (day := session.day_of(kept)) <= last:
                    key = DaySet(event.session, event.exercise, event.side, event.set)
                    done.setdefault(day, {})[key] = event
                case SetSkipped() as event:
                    skipped[DaySet(event.session, event.exercise, event.side, event.set)] = event
                case _:
                    pass
    return done, skipped
