"""A sample of everybody who cannot or must not do something: nothing unsuitable is dealt, nothing suitable withheld."""

from __future__ import annotations

import pytest

from reloadpt.care.forecast import COURSES, run_forward
from reloadpt.program.cells import ALL_CONSTRAINTS, CONSTRAINTS, Constraint
from reloadpt.program.fitting import circumstances_of
from suits import ANYBODY, LIBRARY, NEEDLED, Trial, faults_of, faults_of_day, sample

GOOD = COURSES[0]
BLOOD_PRESSURE = next(
    constraint for constraint in ALL_CONSTRAINTS if constraint.condition == "blood-pressure"
)


@pytest.mark.parametrize("trial", sample(28, seed=7), ids=str)
def test_six_weeks_hold_what_suits_and_all_of_it(trial: Trial) -> None:
    assert faults_of(trial) == []


@pytest.mark.parametrize(
    ("constraint", "muscle", "says"),
    [
        (CONSTRAINTS[2], "multifidus", "is dealt: "),
        (BLOOD_PRESSURE, "piriformis", "is held for"),
    ],
)
def test_somebody_elses_days_are_found_out(constraint: Constraint, muscle: str, says: str) -> None:
    anybody = Trial(muscle, "calm", ANYBODY, GOOD)
    theirs = Trial(muscle, "calm", constraint, GOOD)
    circumstances = circumstances_of(theirs.plan, NEEDLED.date())
    days = list(run_forward(anybody.plan, LIBRARY, GOOD))
    assert any(says in fault for day in days for fault in faults_of_day(theirs, circumstances, day))
    fine = circumstances_of(anybody.plan, NEEDLED.date())
    assert not [fault for day in days for fault in faults_of_day(anybody, fine, day)]


def test_a_phase_that_is_withheld_is_found_out() -> None:
    trial = Trial("multifidus", "wake", ANYBODY, GOOD)
    circumstances = circumstances_of(trial.plan, NEEDLED.date())
    [day, *_] = list(run_forward(trial.plan, LIBRARY, GOOD))
    withheld = type(day)(
        day=day.day, phases=day.phases, items=(), empty=("multifidus",), easier=(), stopped=(), sets=day.sets, sets_left_out=0
    )  # fmt: skip
    said = list(faults_of_day(trial, circumstances, withheld))
    assert any("sets are due and nothing is dealt" in fault for fault in said)
    assert any("nothing of reset, though multifidus/" in fault for fault in said)
