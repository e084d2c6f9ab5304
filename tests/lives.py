"""Patients who live by what is dealt, for the properties of the figures; run whole with ``python tests/lives.py``."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from reloadpt.care.answers import NO_SIGNS, check_in_entries, check_in_keys
from reloadpt.care.following import keep_recent
from reloadpt.care.questions import after_session
from reloadpt.care.record import Record
from reloadpt.care.today import Today, today_at
from reloadpt.demo.memory_journal import MemoryJournal, memory_record
from reloadpt.journal.entries import FORMAT
from reloadpt.journal.events import (
    AnyEvent,
    ExerciseRated,
    Item,
    LogOpened,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    Shared,
)
from reloadpt.measures.adherence import by_week
from reloadpt.measures.course import Course, course_of
from reloadpt.measures.planned import planned_days
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, make_plan, parse_target
from reloadpt.program.plan import Plan

BERLIN = ZoneInfo("Europe/Berlin")
LIBRARY = Library()
LATEST = 23
"""Nobody begins a session later in the day."""


@dataclass
class Life:
    """One patient with a journal in memory. What is asked is answered; ``pain`` is the usual pain of a day."""

    at: datetime
    targets: Sequence[str]
    pain: Callable[[int], int] = lambda _: 1
    sore: Callable[[int], int] = lambda day: max(0, 2 - day)
    more: dict[str, object] = field(default_factory=dict)
    record: Record = field(init=False)
    lines: MemoryJournal = field(init=False)
    plan: Plan = field(init=False)
    begun: date = field(init=False)

    def __post_init__(self) -> None:
        self.record, self.lines = memory_record(LIBRARY)
        opened = LogOpened(
            format=FORMAT,
            log="5b2f8f0e-7f5b-4f0e-9a51-0f6a1f0d9a11",
            patient="A-17",
            app="a test",
            zone="Europe/Berlin",
        )
        self.record.history.fold([self.record.journal.start(opened, self.at)])
        self.begun = self.at.date()
        self.starts(self.targets, **self.more)

    def starts(self, targets: Sequence[str], **more: object) -> None:
        """Begin with a plan, needled half an hour before."""
        self.plan = make_plan(
            patient="A-17",
            targets=tuple(parse_target(each, self.at - timedelta(minutes=30), LIBRARY) for each in targets),
            answers=ScreeningAnswers.parse(["all=no"]),
            at=self.at,
            **({"made_by": "the clinic", "start_pain": 2} | more),  # type: ignore[arg-type]
        )
        self.writes(PlanStarted(plan=self.plan.as_json()))

    def writes(self, *events: AnyEvent) -> None:
        """Write events now."""
        self.record.append(events, self.at)

    def today(self) -> Today:
        """What is due now."""
        return today_at(self.plan, LIBRARY, self.record.history, self.at)

    def opens(self) -> Today:
        """Open the app: answer what is asked."""
        due = self.today()
        if due.ask:
            day = (self.at.date() - self.begun).days
            scores: dict[str, int | None] = {}
            for key in check_in_keys(due.ask):
                scores[key] = self.sore(day) if key.startswith("sore") else self.pain(day)
            self.writes(*check_in_entries(due.ask, scores, None, NO_SIGNS, self.plan, None, {}))
            self.at += timedelta(minutes=1)
            due = self.today()
        return due

    def session(self, items: Sequence[Item], *, sets: int | None = None) -> None:
        """Do what is dealt: all of it, or its first ``sets`` sets, and stop."""
        session = self.record.history.next_session(self.at.date())
        self.writes(SessionOpened(session=session, items=tuple(items)))
        every = [(item, side, n) for item in items for side in item.sides for n in range(1, item.sets + 1)]
        for item, side, number in every[:sets]:
            self.at += timedelta(seconds=40)
            self.writes(
                SetDone(session=session, exercise=item.exercise, side=side, set=number, reps=item.reps)
            )
        day = (self.at.date() - self.begun).days
        asked = after_session(items, {item.exercise for item, _, _ in every[:sets]})
        for of in asked.exercises:
            effort, more = 3 if of.effort else None, True if of.two_more or of.three_more else None
            self.writes(ExerciseRated(session=session, exercise=of.exercise, pain=self.pain(day), effort=effort,
                                      two_more=more if of.two_more else None,
                                      three_more=more if of.three_more else None))  # fmt: skip
        how = "finished" if sets is None or sets >= len(every) else "stopped"
        worst = self.pain(day) if asked.worst else None
        self.writes(SessionClosed(session=session, how=how, worst=worst))  # type: ignore[arg-type]

    def day(self, begins: datetime, *, most: int = 24, sets: int | None = None) -> int:
        """Live a day from ``begins``: do what is dealt, at most ``most`` times; return how many sessions it had."""
        self.at = max(begins, self.at)
        sessions = 0
        while self.at.date() == begins.date() and sessions < most:
            due = self.opens()
            if due.items and not due.locked:
                self.session(due.items, sets=sets)
                sessions += 1
                due = self.today()
                if due.items:
                    continue
            if due.next_at is None or due.next_at.date() != begins.date() or due.next_at.hour >= LATEST:
                break
            self.at = due.next_at + timedelta(minutes=1)
        return sessions

    def shares(self) -> Course:
        """Share the journal, and read it as somebody else would."""
        self.writes(Shared(through=self.record.history.entries - 1))
        return self.course

    @property
    def course(self) -> Course:
        """The journal, read by somebody else."""
        return course_of(self.record.journal.entries())


def diligent(life: Life, days: int, hour: Callable[[int], float]) -> Course:
    """Do all that is dealt on each of so many days, and open as often as it is dealt."""
    for day in range(days):
        midnight = datetime.combine(life.begun + timedelta(days=day), datetime.min.time(), life.at.tzinfo)
        life.day(midnight + timedelta(hours=hour(day)))
        keep_recent(life.record.history)
    life.at = max(life.at, midnight + timedelta(days=1, hours=8))
    return life.shares()


def short_weeks(course: Course) -> list[str]:
    """The calendar weeks in which not all was done, in words."""
    return [
        f"{first}: {week.sets_done} of {week.sets_planned} sets, "
        f"{week.sessions_done} of {week.sessions_planned} sessions, {week.extra} extra"
        for first, week in by_week(planned_days(course)).items()
        if week.sets != 1 or week.sessions != 1
    ]


def chance_of(seed: int) -> random.Random:
    """The same chances for the same seed."""
    return random.Random(seed)  # noqa: S311 - no secret


def life_of(targets: Sequence[str], seed: int, days: int, **more: object) -> Course:
    """A diligent life, whose days begin at hours by ``seed``."""
    chance = chance_of(seed)
    begins = datetime(2026, 9, 28, chance.randrange(8, 20), chance.randrange(60), tzinfo=BERLIN)
    begins += timedelta(days=chance.randrange(7))
    first = chance.randrange(5, 9)
    hours = [first + chance.random() * 2 for _ in range(days)]
    return diligent(Life(begins, targets, more=dict(more)), days, lambda day: hours[day])


def main() -> int:
    """Live every programme with both intents for eight weeks, and say who was below 100 % in which week."""
    short = weeks = 0
    for number, muscle in enumerate(sorted(LIBRARY.muscles)):
        for intent in ("calm", "wake"):
            course = life_of([f"{muscle}:{intent}"], number, 56)
            found = short_weeks(course)
            weeks += len(by_week(planned_days(course)))

            short += len(found)
            for week in found:
                sys.stdout.write(f"{muscle} {intent}, week of {week}\n")
    sys.stdout.write(f"{short} of {weeks} weeks below 100 %\n")
    return int(short > 0)


if __name__ == "__main__":
    sys.exit(main())
