"""A few simulated patients of the kinds that the rules make promises about; the whole table is a command."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

COMMAND = Path(__file__).parents[2] / "benchmarks" / "simulated_patients.py"


def simulation() -> ModuleType:
    spec = importlib.util.spec_from_file_location("simulated_patients", COMMAND)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "kind",
    [
        "steady, usual pain 5",
        "falling from 5, needled weekly",
        "worsening from 3",
        "steady 3, a week at 7",
        "steady 4, noisy",
    ],
)
def test_the_promises_are_kept(kind: str) -> None:
    found = subprocess.run(
        [sys.executable, COMMAND, "--patients", "2", "--group", kind],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert kind in found.stdout


def test_a_promise_that_is_broken_is_told() -> None:
    simulated = simulation()
    steady = next(kind for kind in simulated.KINDS if kind.name == "steady 3, needled weekly")
    well = {"reload": 4, "perform": 17}
    course = simulated.Course
    assert simulated.faults(steady, [course(phases=well)] * 20) == []
    assert simulated.faults(steady, [course(phases=well, stopped=3)] * 2) != []
    assert simulated.faults(steady, [course(phases={"reload": 4})]) != []
    assert simulated.faults(steady, [course(phases=well, worse=7, sent_worse=14)]) == []
    assert simulated.faults(steady, [course(phases=well, worse=7, sent_worse=15)]) != []
    assert simulated.faults(steady, [course(phases=well, worse=7)]) != []
    noisy = next(kind for kind in simulated.KINDS if kind.name == "steady 1, noisy")
    late = course(phases={"reload": 4, "perform": 29})
    assert simulated.faults(noisy, [late, *[course(phases=well)] * 9]) == []
    assert simulated.faults(noisy, [late, late, *[course(phases=well)] * 9]) != []
    flaring = next(kind for kind in simulated.KINDS if kind.name == "steady 3, a week at 7")
    assert simulated.faults(flaring, [course(phases=well)]) == []
    assert simulated.faults(flaring, [course(phases=well, after_flare=31)]) != []
    assert simulated.faults(flaring, [course(phases=well, told_twice=("pain_high", 20))]) != []


def test_exercises_that_hurt_whatever_the_dose_do_stop() -> None:
    simulated = simulation()
    kind = next(kind for kind in simulated.KINDS if kind.name == "usual 3, hurts by 2 whatever the dose")
    (course,) = simulated.simulate(kind, 1)
    assert course.stopped is not None
    assert "reload" not in course.phases
