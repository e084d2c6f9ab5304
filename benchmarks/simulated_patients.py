"""Simulated patients under the care rules: how many reach each phase and when, and how many are stopped.

Run: ``python benchmarks/simulated_patients.py [--patients 20] [--group WORD]``. Each patient does what Today deals,
for eight weeks, and answers what Today asks, with pain from a simple model: a usual pain that goes its way, better
and worse days around it, what the exercises add while they are done, and a little noise in every rating. The model is ours and proves nothing about people; it shows
whether the rules carry or trap the patients they are meant for.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median

from reloadpt.care.history import History
from reloadpt.care.questions import after_session
from reloadpt.care.today import Today, concerns_told, today_at
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import (
    AnyEvent,
    CheckedIn,
    ExerciseRated,
    Item,
    Needled,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    Soreness,
)
from reloadpt.program.check import fit_form
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan
from reloadpt.program.programme import PHASES
from reloadpt.program.screening import ITEMS

DAYS = 56
NEEDLED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TARGETS = (("lumbar-paraspinals", "calm"), ("multifidus", "wake"))
RATING_NOISE = 0.3
STOPPED_AT_MOST = 1 / 20
WITHIN = 7
"""Days within which somebody worse is sent to the therapist, and for which perform is closed after a flare."""
WORSE_BY = 2
"""Usual pain so much above the start is worse."""
SPEAK = frozenset({"stopped", "easy_run", "pain_high", "pain_up", "rise"})
"""What sends a patient to the therapist because of pain."""
PERFORM_BY, PERFORM_SHARE = 28, 0.9
"""By this day so many of those with steady pain are in perform."""
FLARE = (18, 25)
"""The days of a week's flare: from the first, up to the second."""
TOLD_AGAIN = 7
"""Days within which nobody is told the same cause twice."""


@dataclass(frozen=True)
class Kind:
    """A kind of patient. ``usual`` is the true usual pain by day; exercise adds ``hurts`` at its full dose.

    ``by_dose``: less exercise hurts less. ``noise`` is the standard deviation of the days. ``reaches``: nine of ten are
    in perform in four weeks; ``flares``: there is a week of much more pain.
    """

    name: str
    usual: Callable[[int], float]
    start: int
    hurts: float = 0.3
    by_dose: bool = True
    noise: float = 0.7
    mornings: float = 1.0
    sessions: float = 1.0
    weekly: bool = False
    limit: int | None = None
    bounded: bool = True
    reaches: bool = False
    flares: bool = False


def steady(pain: float) -> Callable[[int], float]:
    return lambda _day: pain


def falling(pain: float) -> Callable[[int], float]:
    return lambda day: max(0.5, pain * (1 - day / 42))


def flaring(pain: float, up: float = 4) -> Callable[[int], float]:
    return lambda day: pain + (up if FLARE[0] <= day < FLARE[1] else 0)


def worsening(pain: float, after: int = 7, a_day: float = 0.25) -> Callable[[int], float]:
    return lambda day: min(9, pain + max(0, day - after) * a_day)


KINDS = (
    *(Kind(f"steady, usual pain {pain}", steady(pain), pain, reaches=True) for pain in range(1, 6)),
    *(Kind(f"falling from {pain}", falling(pain), pain) for pain in (3, 4, 5)),
    *(Kind(f"steady {pain}, noisy", steady(pain), pain, noise=1.2, reaches=True) for pain in range(1, 6)),
    *(Kind(f"steady {pain}, a week at {pain + 4}", flaring(pain), pain, flares=True) for pain in (2, 3)),
    Kind("steady 3, a week at 6", flaring(3, up=3), 3, flares=True),
    Kind("steady 3, a week at 5", flaring(3, up=2), 3, flares=True),
    Kind("steady 3, half the mornings", steady(3), 3, mornings=0.5),
    Kind("steady 3, 40 % of sessions missed", steady(3), 3, sessions=0.6),
    Kind("steady 3, both", steady(3), 3, mornings=0.5, sessions=0.6),
    Kind("steady 3, needled weekly", steady(3), 3, weekly=True),
    Kind("falling from 5, needled weekly", falling(5), 5, weekly=True),
    Kind("steady 6, no limit of its own", steady(6), 6, bounded=False),
    Kind("steady 6, a limit of 8", steady(6), 6, limit=8),
    *(Kind(f"usual {pain}, hurts by 2, less with less", steady(pain), pain, hurts=2, bounded=False)
      for pain in range(1, 6)),
    Kind("usual 3, hurts by 2 whatever the dose", steady(3), 3, hurts=2, by_dose=False, bounded=False),
    Kind("the same, a limit of 7 in the plan", steady(3), 3, hurts=2, by_dose=False, limit=7),
    Kind("worsening from 2, a point in 4 days", worsening(2), 2, bounded=False),
    Kind("worsening from 3, a point in 2 days", worsening(3, a_day=0.5), 3, bounded=False),
    Kind("worsening from 4, at once by 3", worsening(4, a_day=3), 4, bounded=False),
)  # fmt: skip


@dataclass
class Course:
    """What became of one patient, by day: each phase reached, stopped, sent to the therapist because of pain.

    ``worse`` is when the true usual pain was up by two, ``sent_worse`` when that was answered. ``after_flare`` is the
    first of the seven days after a flare's last bad morning on which a muscle was in perform, ``told`` the last day on which a cause was told,
    ``told_twice`` the first that was told again too soon.
    """

    phases: dict[str, int] = field(default_factory=dict)
    stopped: int | None = None
    worse: int | None = None
    sent: int | None = None
    sent_worse: int | None = None
    after_flare: int | None = None
    told: dict[str, int] = field(default_factory=dict)
    told_twice: tuple[str, int] | None = None


class Patient:
    """One simulated patient."""

    def __init__(self, kind: Kind, library: Library, seed: int) -> None:
        self._kind = kind
        self._library = library
        self._random = random.Random(f"{kind.name} {seed}")  # noqa: S311
        self._plan = plan_of(kind)
        self._history = History()
        self._written = 0
        self._day_pain = 0.0
        self._last_up = 0
        self._write(NEEDLED, PlanStarted(plan=self._plan.as_json()))

    def live(self) -> Course:
        """Live eight weeks."""
        course = Course()
        for day in range(DAYS):
            if self._kind.weekly and day and day % 7 == 0:
                at = NEEDLED + timedelta(days=day)
                for muscle, _ in TARGETS:
                    self._write(at, Needled(muscle=muscle, needled_at=at))
            if course.worse is None and self._kind.usual(day) >= self._kind.start + WORSE_BY:
                course.worse = day
            self._day_pain = self._random.gauss(self._kind.usual(day), self._kind.noise)
            for hour in (10, 18):
                self._meet(day, NEEDLED.replace(hour=hour) + timedelta(days=day), course)
        return course

    def _meet(self, day: int, at: datetime, course: Course) -> None:
        due = self._today(at)
        if due.ask and (due.ask.moment != "morning" or self._random.random() < self._kind.mornings):
            self._check_in(due, at)
            due = self._today(at)
        told = concerns_told(self._plan, self._library, self._history, at)
        self._write(at, *told)
        self._look(due, day, course)
        if due.items and self._random.random() < self._kind.sessions:
            self._exercise(due, at)

    def _today(self, at: datetime) -> Today:
        return today_at(self._plan, self._library, self._history, at)

    def _look(self, due: Today, day: int, course: Course) -> None:
        for now in due.phases.values():
            course.phases.setdefault(now.phase, day)
            lately = self._kind.flares and FLARE[1] <= day <= self._last_up + WITHIN
            if lately and now.phase == "perform" and course.after_flare is None:
                course.after_flare = day
        for concern in due.concerns:
            last = course.told.get(concern.cause, day)
            if 0 < day - last < TOLD_AGAIN and course.told_twice is None:
                course.told_twice = concern.cause, day
            course.told[concern.cause] = day
        rules = {concern.rule for concern in due.concerns}
        if "stopped" in rules and course.stopped is None:
            course.stopped = day
        if rules & SPEAK and course.sent is None:
            course.sent = day
        if rules & SPEAK and course.worse is not None and course.sent_worse is None:
            course.sent_worse = day

    def _check_in(self, due: Today, at: datetime) -> None:
        assert due.ask
        since = (at - due.states.muscles["multifidus:both"].needled_at) / timedelta(hours=1)
        sore = self._rating(3.5 * math.exp(-since / 22))
        soreness = tuple(
            Soreness(muscle=each.muscle, side=each.side, score=sore) for each in due.ask.soreness
        )
        pain = self._rating(self._day_pain)
        day = (at - NEEDLED).days
        if due.ask.when == "morning" and day < FLARE[1] and pain >= self._kind.start + WORSE_BY:
            self._last_up = day
        self._write(at, CheckedIn(when=due.ask.when, pain=pain, soreness=soreness))

    def _exercise(self, due: Today, at: datetime) -> None:
        session = self._history.next_session(at.date())
        self._write(at, SessionOpened(session=session, items=due.items))
        sets = [
            SetDone(session=session, exercise=item.exercise, side=side, set=number, reps=item.reps)
            for item in due.items
            for side in item.sides
            for number in range(1, item.sets + 1)
        ]
        rated = []
        for asked in after_session(due.items).exercises:
            item = next(each for each in due.items if each.exercise == asked.exercise)
            hurts = self._kind.hurts * (self._part_of_full(item) if self._kind.by_dose else 1)
            rated.append(
                ExerciseRated(
                    session=session,
                    exercise=item.exercise,
                    pain=self._rating(self._day_pain + hurts),
                    effort=5 if asked.effort else None,
                    two_more=self._random.random() < 0.5 if asked.two_more else None,
                    three_more=self._random.random() < 0.5 if asked.three_more else None,
                )
            )
        worst = self._rating(self._day_pain)
        self._write(at + timedelta(minutes=15), *sets, *rated)
        self._write(at + timedelta(minutes=16), SessionClosed(session=session, how="finished", worst=worst))

    def _part_of_full(self, item: Item) -> float:
        """How much of the programme's dose is dealt; more of it does not hurt more."""
        dose = self._library.exercise(item.exercise).dose
        return min(
            1.0, item.sets * item.reps * (item.hold_s or 1) / (dose.sets * dose.reps * (dose.hold_s or 1))
        )

    def _rating(self, pain: float) -> int:
        return min(10, max(0, round(self._random.gauss(pain, RATING_NOISE))))

    def _write(self, at: datetime, *events: AnyEvent) -> None:
        entries = []
        for event in events:
            kind = str(event.__struct_config__.tag)
            entries.append(
                Entry(n=self._written, prev="", at=at, kind=kind, event=event, why=None, h="", line=b"")
            )
            self._written += 1
        self._history.fold(entries)


def plan_of(kind: Kind) -> Plan:
    """The low-back plan for a kind of patient; it lasts as long as the simulation."""
    limits = dict.fromkeys(PHASES, kind.limit) if kind.limit else {}
    plan = {
        "format": "reloadpt-plan/1",
        "id": "simulated",
        "patient": "simulated",
        "made_by": "the clinic",
        "made_at": NEEDLED.isoformat(),
        "ends": (NEEDLED + timedelta(days=DAYS)).isoformat(),
        "start_pain": kind.start,
        "limits": limits,
        "targets": [
            {"muscle": muscle, "intent": intent, "needled_at": NEEDLED.isoformat()}
            for muscle, intent in TARGETS
        ],
        "screened": [{"item": item, "answer": "no"} for item in ITEMS],
    }
    return fit_form(plan, Plan, "the plan")


def simulate(kind: Kind, patients: int) -> list[Course]:
    """Live ``patients`` of one kind."""
    library = Library()
    return [Patient(kind, library, seed).live() for seed in range(patients)]


def faults(kind: Kind, courses: Sequence[Course]) -> list[str]:
    """What the rules promise for a kind of patient, and did not keep."""
    found = []
    stopped = sum(course.stopped is not None for course in courses) / len(courses)
    if kind.bounded and stopped > STOPPED_AT_MOST:
        found.append(f"{kind.name}: {stopped:.0%} stopped")
    if kind.weekly and not all("perform" in course.phases for course in courses):
        found.append(f"{kind.name}: not all reach perform")
    in_time = sum(course.phases.get("perform", DAYS) <= PERFORM_BY for course in courses) / len(courses)
    if kind.reaches and in_time < PERFORM_SHARE:
        found.append(f"{kind.name}: {in_time:.0%} in perform by day {PERFORM_BY}")
    found += [
        f"{kind.name}: in perform on day {course.after_flare}, after a flare"
        for course in courses
        if course.after_flare is not None
    ]
    found += [
        f"{kind.name}: told {course.told_twice[0]} again on day {course.told_twice[1]}"
        for course in courses
        if course.told_twice
    ]
    for course in courses:
        if course.worse is None or course.worse > DAYS - WITHIN:
            continue
        if course.sent_worse is None or course.sent_worse - course.worse > WITHIN:
            found.append(f"{kind.name}: worse on day {course.worse}, sent on day {course.sent_worse}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=20)
    parser.add_argument("--group", default="", help="only the kinds whose name holds this")
    options = parser.parse_args()
    print(f"{'kind':<40} {'reload':>12} {'perform':>12} {'stopped':>12} {'sent':>12} {'after worse':>12}")
    failed = []
    for kind in KINDS:
        if options.group not in kind.name:
            continue
        courses = simulate(kind, options.patients)
        cells = [_cell([course.phases.get(phase) for course in courses]) for phase in ("reload", "perform")]
        cells += [_cell([course.stopped for course in courses]), _cell([course.sent for course in courses])]
        delays = [
            course.sent_worse - course.worse
            for course in courses
            if course.sent_worse is not None and course.worse is not None
        ]
        cells.append(f"{max(delays)} days" if delays else "")
        print(f"{kind.name:<40} {' '.join(f'{cell:>12}' for cell in cells)}", flush=True)
        failed += faults(kind, courses)
    if failed:
        sys.exit("\n".join(failed))


def _cell(days: Sequence[int | None]) -> str:
    """The share for whom there is a day, and the median one."""
    known = [day for day in days if day is not None]
    return f"{len(known) / len(days):.0%} day {median(known):>2.0f}" if known else "0%       "


if __name__ == "__main__":
    main()
