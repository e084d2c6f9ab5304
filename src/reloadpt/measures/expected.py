"""What stands in for the sessions that were due and never opened, of which a log holds no items.

The exercises last dealt are taken, as often as the plan or else the programme means them, and at most
``most_exercises`` a session. Before the first session of a log these are the items of its first session; where
none was ever opened, what the programme deals by time alone. So a day costs no more than its sets, and the
rules of care need not be run again for the past.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Annotated, Literal, Protocol

from msgspec import Meta

from reloadpt.care.history import PlanPeriod, Session
from reloadpt.journal.events import Item, Phase
from reloadpt.measures.course import Course
from reloadpt.program.plan import Plan

STOPPED_FOR_GOOD = 2
"""An exercise stopped for pain in so many sessions is dealt no more."""

EASY_DAY, DAILY_CALM = "day.easy", "calm.daily"
STANDSTILL = frozenset({"stop", "away.ask", "plan.late"})
"""Rules of care under which a muscle is dealt less, until a therapist was asked."""


Asked = tuple[Item, int]
"""An item, and how many of its sets are asked for."""


@dataclass(frozen=True)
class ExpectedFrequency:
    """So many times a day, every two days, a week, or once after each needling."""

    times: Annotated[int, Meta(ge=1, le=12)]
    per: Literal["day", "two_days", "week", "needling"]


DAILY = ExpectedFrequency(times=1, per="day")


class Meant(Protocol):
    """What plans and programmes mean, for days of which the log says nothing."""

    def often(self, plan: Plan | None, exercise: str) -> ExpectedFrequency:
        """How often an exercise is meant."""

    def deal(self, plan: Plan, at: datetime) -> tuple[Item, ...]:
        """What a plan deals when nothing was ever done."""

    def phase(self, plan: Plan | None, exercise: str) -> Phase | None:
        """The first phase in which an exercise is dealt; None where nobody knows it."""

    def deal_in(
        self,
        plan: Plan | None,
        phases: Mapping[str, Phase],
        again: Collection[str],
        at: datetime,
    ) -> tuple[Item, ...]:
        """All that a plan deals of these muscles while each is in this phase, some of them needled ``again``."""


class Expected:
    """Walks through the days of a log, in order, and keeps what was dealt last."""

    def __init__(self, course: Course, meant: Meant) -> None:
        self._meant = meant
        first = next((session for session in course.sessions.values() if session.items), None)
        self._never = first is None
        self._pool = {item.exercise: item for item in first.items if not item.optional} if first else {}
        self._last: dict[str, date] = {}
        self._weeks: Counter[tuple[str, date]] = Counter()
        self._day: date | None = None
        self._rounds: Counter[str] = Counter()
        self._dealt_today = 0
        self._stopped: Counter[str] = Counter()
        self._often: dict[str, ExpectedFrequency] = {}
        self._plan: Plan | None = None
        self._to_begin = sorted(course.began, key=lambda began: began.at, reverse=True)

    @property
    def pool(self) -> Mapping[str, Item]:
        """The items that stand for what was not opened, by exercise."""
        return self._pool

    def dealt(self, session: Session, day: date) -> tuple[Item, ...]:
        """The items of an opened session that were not dealt earlier that day and left undone."""
        self._come_to(day)
        counted = []
        dealt = [item for item in session.items if not item.optional]
        muscles = {item.muscle for item in dealt}
        regimes = {_regime(item) for item in dealt}
        self._pool = {
            exercise: item
            for exercise, item in self._pool.items()
            if item.muscle not in muscles or _regime(item) in regimes
        }
        for item in dealt:
            if item.rule != EASY_DAY:
                self._pool[item.exercise] = item
            if self._rounds[item.exercise] < self._a_day(item.exercise):
                counted.append(item)
                self._count(item.exercise, day)
        for exercise in {skip.exercise for skip in session.sets_skipped() if skip.reason == "pain"}:
            self._stopped[exercise] += 1
        self._dealt_today += bool(counted)
        return tuple(counted)

    def left(self, began: PlanPeriod, day: date) -> list[tuple[Asked, ...]]:
        """The items of each session that was due on ``day`` and not opened."""
        self._come_to(day)
        self._deal_untouched(began, day)
        found = []
        due = [exercise for exercise in self._pool if self._due(exercise, day)]
        times = max((self._a_day(exercise) for exercise in due), default=0)
        for _ in range(times - self._dealt_today):
            waiting = [exercise for exercise in due if self._rounds[exercise] < self._a_day(exercise)]
            waiting.sort(key=lambda exercise: (self._rounds[exercise], self._last.get(exercise, date.min)))
            for exercise in waiting[: self._most()]:
                self._count(exercise, day)
            if waiting:
                items = [self._pool[exercise] for exercise in waiting[: self._most()]]
                found.append(tuple((item, item.sets) for item in items))
        return found

    def _come_to(self, day: date) -> None:
        if day == self._day:
            return
        self._day, self._dealt_today = day, 0
        self._rounds.clear()
        while self._to_begin and self._to_begin[-1].at.date() <= day:
            self._begin(self._to_begin.pop())

    def _begin(self, began: PlanPeriod) -> None:
        self._plan, self._often = began.plan, {}
        muscles = muscles_of(began.plan)
        self._pool = {name: item for name, item in self._pool.items() if item.muscle in muscles}

    def _deal_untouched(self, began: PlanPeriod, day: date) -> None:
        """Where nothing was ever opened, take what the programme deals by time alone."""
        if self._never:
            self._pool = {
                item.exercise: item for item in self._meant.deal(began.plan, noon(day, began.at.tzinfo))
            }

    def _count(self, exercise: str, day: date) -> None:
        self._rounds[exercise] += 1
        self._last[exercise] = day
        self._weeks[exercise, monday(day)] += 1

    def _due(self, exercise: str, day: date) -> bool:
        return self._is_due(exercise, day, self._last.get(exercise), self._weeks[exercise, monday(day)])

    def _is_due(self, exercise: str, day: date, last: date | None, in_week: int) -> bool:
        """Whether an exercise is due, by the day it was there last and how often it was in the week."""
        if self._stopped[exercise] >= STOPPED_FOR_GOOD:
            return False
        often = self._frequency(exercise)
        if last is None or last == day or often.per == "day":
            return True
        if often.per == "needling":
            return False
        apart = 2 if often.per == "two_days" else max(1, 7 // often.times)
        enough = often.per == "week" and in_week >= often.times
        return (day - last).days >= apart and not enough

    def _frequency(self, exercise: str) -> ExpectedFrequency:
        pooled = self._pool.get(exercise)
        if pooled and pooled.rule == DAILY_CALM:
            return DAILY
        if exercise not in self._often:
            self._often[exercise] = self._meant.often(self._plan, exercise)
        return self._often[exercise]

    def _a_day(self, exercise: str) -> int:
        often = self._frequency(exercise)
        return often.times if often.per == "day" else 1

    def _most(self) -> int:
        return self._plan.most_exercises if self._plan else Plan.most_exercises


def _regime(item: Item) -> tuple[str, str, str]:
    """What an item is dealt under; when it ends, so do the items of that muscle dealt under it."""
    return item.muscle, item.phase, item.rule if item.rule in STANDSTILL else ""


def muscles_of(plan: Plan | None) -> tuple[str, ...]:
    """The muscles of a plan's targets."""
    return tuple(dict.fromkeys(target.muscle for target in plan.targets)) if plan else ()


def muscle_of(exercise: str) -> str:
    """The muscle whose programme an exercise is of."""
    return exercise.partition("/")[0]


def noon(day: date, zone: tzinfo | None) -> datetime:
    """The middle of a day."""
    return datetime.combine(day, time(12), zone)


def monday(day: date) -> date:
    """The first day of a day's calendar week."""
    return day - timedelta(days=day.weekday())
