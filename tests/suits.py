"""Every muscle and intent for everybody who cannot or must not do something, in three courses of six weeks.

``python tests/suits.py`` tries all and prints what was dealt and does not suit, and each phase that had nothing though
the table of cells says otherwise; ``--sample N --seed S`` tries so many of them.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

from reloadpt.care.doses import waits_for_weight
from reloadpt.care.forecast import COURSES, CourseOfPain, DayAhead, run_forward
from reloadpt.program.cells import ALL_CONSTRAINTS, INTENTS, Constraint, dealt_in
from reloadpt.program.fitting import Circumstances, circumstances_of, what_bars
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, make_plan, parse_target
from reloadpt.program.plan import Plan
from reloadpt.program.programme import PHASES, Exercise, Intent

LIBRARY = Library()
NEEDLED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ANYBODY = Constraint("nothing")
LONGEST_HOLD_S = 10
LAST_WEEK = 35


NEVER_DEALT = {
    "osteoporosis": {"end_range_spine", "strain"},
    "vertebral-fracture": {"end_range_spine", "strain", "loaded"},
    "falls": {"step"},
    "joint-replacement": {"end_range_joint"},
    "recent-birth": {"strain"},
    "heart-failure": {"strain"},
}
"""What must not be done to the body of somebody of whom each condition holds, said again by hand."""
LYING_FLAT = {"supine", "prone"}
LIES, GETS_DOWN = {"supine", "prone", "side-lying"}, {"quadruped", "kneeling", "half-kneeling", "plank"}


@dataclass(frozen=True)
class Trial:
    """One person with one muscle and one course."""

    muscle: str
    intent: Intent
    constraint: Constraint
    course: CourseOfPain

    def __str__(self) -> str:
        return f"{self.muscle} {self.intent}, {self.constraint.name}, {self.course.name}"

    @property
    def plan(self) -> Plan:
        """The plan of this person, by a therapist who cleared what waits for one."""
        holds = [f"{self.constraint.condition}=yes"] if self.constraint.condition else []
        return make_plan(
            patient="A-17",
            targets=(parse_target(f"{self.muscle}:{self.intent}", NEEDLED, LIBRARY),),
            answers=ScreeningAnswers.parse(["all=no", *holds]),
            at=NEEDLED + timedelta(minutes=30),
            made_by="the clinic",
            start_pain=3,
            cannot=tuple(sorted(self.constraint.cannot)),
            has=("none",) if self.constraint.bare else (),
            cleared=("therapist", "squeeze"),
        )


def trials() -> Iterator[Trial]:
    """All of them."""
    for muscle in LIBRARY.muscles:
        for intent in INTENTS:
            for constraint in (ANYBODY, *ALL_CONSTRAINTS):
                for course in COURSES:
                    yield Trial(muscle, intent, constraint, course)


def sample(size: int, seed: int) -> list[Trial]:
    """So many of them, each muscle as often as the others."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    every = list(trials())
    chance.shuffle(every)
    by_muscle = {muscle: [trial for trial in every if trial.muscle == muscle] for muscle in LIBRARY.muscles}
    muscles = [*by_muscle]
    return [by_muscle[muscles[number % len(muscles)]].pop() for number in range(size)]


def faults_of(trial: Trial) -> list[str]:
    """What goes wrong in the weeks of a trial, in words."""
    plan = trial.plan
    circumstances = circumstances_of(plan, NEEDLED.date())
    days = list(run_forward(plan, LIBRARY, trial.course))
    found = [fault for day in days for fault in faults_of_day(trial, circumstances, day)]
    programme = LIBRARY.programme(trial.muscle)
    ways = all(dealt_in(programme, trial.intent, phase, circumstances) for phase in PHASES[:-1])
    reached = any("perform" in day.phases.values() for day in days)
    if trial.course.name == "good" and ways and not reached:
        found.append("perform is never reached, and every phase before it has something to do")
    return [f"{trial}: {fault}" for fault in dict.fromkeys(found)]


def faults_of_day(trial: Trial, circumstances: Circumstances, day: DayAhead) -> Iterator[str]:
    programme = LIBRARY.programme(trial.muscle)
    phase = day.phases[trial.muscle]
    if day.sets and not day.items:
        yield f"day {day.day}: sets are due and nothing is dealt in the morning"
    if trial.muscle in (*day.empty, *day.easier):
        possible = [
            exercise
            for exercise in dealt_in(programme, trial.intent, phase, circumstances)
            if not exercise.from_day or exercise.from_day <= day.day
        ]
        if possible and not _waits_for_a_weight(trial, possible):
            yield f"day {day.day}: nothing of {phase}, though {possible[0].id} suits"
    for item in day.items:
        exercise = LIBRARY.exercise(item.exercise)
        yield from (f"day {day.day}: {fault}" for fault in unsuitable(trial.constraint, exercise))
        if barred := what_bars(circumstances, exercise, programme):
            yield f"day {day.day}: {exercise.id} is dealt: {barred}"
        first = programme.find_exercise(exercise.instead_of)
        if (
            first
            and what_bars(circumstances, first, programme) is None
            and not _waits_for_a_weight(trial, [first])
        ):
            yield f"day {day.day}: {exercise.id} stands in for {first.id}, which suits"
        if trial.constraint.condition == "blood-pressure" and (item.hold_s or 0) > LONGEST_HOLD_S:
            yield f"day {day.day}: {exercise.id} is held for {item.hold_s} seconds"


def unsuitable(constraint: Constraint, exercise: Exercise) -> Iterator[str]:
    """What makes an exercise unfit, without asking what deals it."""
    does = msgspec.to_builtins(exercise.effects)
    for effect in NEVER_DEALT.get(constraint.condition, ()):
        if does[effect]:
            yield f"{exercise.id} has {effect}, with {constraint.condition}"
    position, cannot = exercise.position, constraint.cannot
    if constraint.flat and position in LYING_FLAT:
        yield f"{exercise.id} lies flat, with {constraint.condition}"
    if (
        ("floor" in cannot and position in GETS_DOWN)
        or ("kneel" in cannot and position in GETS_DOWN - {"plank"})
        or ("stand" in cannot and position == "standing")
        or ("back" in cannot and position == "supine")
        or ("front" in cannot and position == "prone")
        or ("stand" in cannot and "floor" in cannot and position in LIES)
    ):
        yield f"{exercise.id} is {position}, with {constraint.name}"
    if constraint.bare and {*exercise.equipment} - {"none", "mat", "chair", "wall", "towel", "pillow"}:
        yield f"{exercise.id} needs {', '.join(exercise.equipment)}"


def _waits_for_a_weight(trial: Trial, exercises: Sequence[Exercise]) -> bool:
    return all(waits_for_weight(trial.plan, exercise) for exercise in exercises)


def main() -> int:
    """Try them, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chosen = sample(given.sample, given.seed) if given.sample else list(trials())
    faults = 0
    for number, trial in enumerate(chosen, start=1):
        for fault in faults_of(trial):
            faults += 1
            sys.stdout.write(f"{fault}\n")
        if number % 100 == 0 or number == len(chosen):
            sys.stdout.write(f"{number} tried, {faults} faults\n")
            sys.stdout.flush()
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
