"""What an exercise is tagged with agrees with the body that its figure draws and the things in its hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from reloadpt.figure.model import Figure
from reloadpt.program.library import Library
from reloadpt.program.programme import Exercise

LIBRARY = Library()
EXERCISES = [exercise for muscle in LIBRARY.muscles for exercise in LIBRARY.programme(muscle).exercises]
BODIES = {
    "supine": "supine hook-lying knees-right knees-left on-roller legs-on-chair tabletop dead-bug bridge "
    "single-leg-bridge knees-to-chest knee-to-chest happy-baby figure-4 thrust-low thrust-high",
    "prone": "prone prone-y prone-t prone-w",
    "side-lying": "side-lying side-lying-long copenhagen side-bridge",
    "quadruped": "quadruped cat cow bird-dog thread-the-needle",
    "kneeling": "kneeling sitting-on-heels childs-pose",
    "half-kneeling": "half-kneeling half-kneeling-back",
    "plank": "plank mountain-climber",
    "sitting": "sitting leaning-forward sitting-at-table long-sitting tailor-sitting",
}
POSITION_OF = {posture: position for position, names in BODIES.items() for posture in names.split()}
ONE_LEG = {"on-one-leg", "single-leg-hinge"}
ON_A_STEP = {"step-stance", "on-step", "lateral-step"}
HELD_UP = {"plank", "mountain-climber", "copenhagen", "side-bridge"}
ROUNDED = {"knees-to-chest", "childs-pose", "thread-the-needle"}
LOADS = {"dumbbell", "kettlebell", "band", "backpack", "twist-bar"}


def contradictions(exercise: Exercise) -> Iterator[str]:
    """What the figure shows that position, equipment or tags deny."""
    assert exercise.figure is not None
    assert exercise.effects is not None
    figure = Figure.model_validate(exercise.figure)
    postures = {frame.posture for frame in figure.frames}
    things = {prop.kind for prop in figure.props}
    bodies = {
        POSITION_OF.get(posture, "standing") for posture in postures if not posture.startswith("close-")
    }
    if bodies and exercise.position not in bodies:
        yield f"{exercise.position}, but drawn {' and '.join(sorted(bodies))}"
    if postures & ONE_LEG and not (exercise.effects.unsteady and "one-leg" in exercise.asks):
        yield "drawn on one leg"
    if (postures & ON_A_STEP or "step" in things) and not exercise.effects.step:
        yield "drawn on a step"
    if postures & HELD_UP and not exercise.effects.strain:
        yield "drawn as a plank"
    yield from lying_and_load(exercise, postures)
    for thing in sorted(things & LOADS):
        if not exercise.effects.loaded:
            yield f"drawn with a {thing}, but not loaded"
        if thing not in exercise.equipment:
            yield f"drawn with a {thing} that is not in its equipment"


def lying_and_load(exercise: Exercise, postures: set[str]) -> Iterator[str]:
    """What is rounded, lies on a roller, or needs a load, and is not tagged so."""
    assert exercise.effects is not None
    if postures & ROUNDED and not exercise.effects.end_range_spine:
        yield "drawn with the spine at its end"
    if "on-roller" in postures and "floor" not in exercise.asks:
        yield "drawn on a roller, where no bed will do"
    if {*exercise.equipment} & LOADS and not exercise.effects.loaded:
        yield "needs a load, but not loaded"


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_tags_agree_with_the_figure(exercise: Exercise) -> None:
    assert list(contradictions(exercise)) == []


def test_each_contradiction_is_noticed() -> None:
    curl = LIBRARY.exercise("biceps-triceps/curl")
    balance = LIBRARY.exercise("plantar-foot/single-leg-balance-short-foot")
    step = LIBRARY.exercise("tibialis-anterior/step-down-control")
    push_up = LIBRARY.exercise("pectorals/floor-push-up")
    rounded = LIBRARY.exercise("thoracic-paraspinals/child-pose-reach")
    rolled = LIBRARY.exercise("thoracic-paraspinals/roller-extension")
    assert curl.effects is not None
    none = replace(curl.effects, loaded=False, strain=False, unsteady=False, step=False)
    wrong = {
        exercise.id: list(contradictions(exercise))
        for exercise in (
            replace(curl, effects=none, equipment=("none",), position="supine"),
            replace(balance, effects=none),
            replace(step, effects=none),
            replace(push_up, effects=none),
            replace(rounded, effects=replace(none, end_range_spine=False), asks=()),
            replace(rolled, asks=()),
        )
    }
    assert wrong == {
        curl.id: [
            "supine, but drawn standing",
            "drawn with a dumbbell, but not loaded",
            "drawn with a dumbbell that is not in its equipment",
        ],
        balance.id: ["drawn on one leg"],
        step.id: ["drawn on a step"],
        push_up.id: ["drawn as a plank"],
        rounded.id: ["drawn with the spine at its end"],
        rolled.id: ["drawn on a roller, where no bed will do"],
    }
