"""What an exercise is tagged with agrees with the body that its figure draws and the things in its hands."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest

from reloadpt.figure.keys import solved_keyframes
from reloadpt.figure.model import Figure
from reloadpt.figure.pose import pose
from reloadpt.figure.skeleton import Skeleton
from reloadpt.program.fitting import Circumstances, suiting
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
SPINE_ENDS_AT = {
    "low_back": 36, "upper_back": 30, "low_back_turn": 12, "upper_back_turn": 36, "low_back_side": 21,
    "upper_back_side": 21,
}  # fmt: skip
"""From so many degrees of bending forward, of a turn or of a bend to a side on the spine is at its end: three fifths."""
HIP_PULLED_UP_TO, HIP_BENT_TO = 115, 122
"""A thigh drawn up so far, in degrees, and a hip bent so far by a lean, are at the end of the hip's range.

To stand up from a chair takes 120, and nobody with a new hip is kept from that."""
NEAR_THE_HIP = {"back", "pelvis", "hip", "thigh"}
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


def hip_bend(skeleton: Skeleton) -> float:
    """How far the more bent hip is bent, in degrees: the thigh against the pelvis."""
    up = (skeleton.pelvis[2], skeleton.pelvis[5], skeleton.pelvis[8])
    bends = []
    for side in ("left", "right"):
        hip, knee = skeleton.points[f"hip_{side}"], skeleton.points[f"knee_{side}"]
        down = [hip[axis] - knee[axis] for axis in range(3)]
        cosine = sum(way * above for way, above in zip(down, up, strict=True)) / math.hypot(*down)
        bends.append(math.degrees(math.acos(max(-1.0, min(1.0, cosine)))))
    return max(bends)


def ends_of_range(exercise: Exercise, region: str) -> Iterator[str]:
    """The ends of a range that the figure goes to and the tags deny."""
    assert exercise.figure is not None
    assert exercise.effects is not None
    figure = Figure.model_validate(exercise.figure)
    if figure.frames[0].posture.startswith("close-"):
        return
    drawn = [frame.angles for frame in figure.frames]
    solved = [keyframe.angles for keyframe in solved_keyframes(figure)]
    for joint, end in SPINE_ENDS_AT.items():
        sign = abs if joint.endswith(("turn", "side")) else float
        if (
            any(sign(angles.get(joint, 0)) >= end for angles in solved)
            and not exercise.effects.end_range_spine
        ):
            yield f"{joint} at its end"
    if region not in NEAR_THE_HIP or exercise.effects.end_range_joint:
        return
    pulled = max(angles.get(hip, 0) for angles in drawn for hip in ("hip", "hip_left", "hip_right"))
    bent = max(hip_bend(pose(figure, moment).skeleton) for moment in (0.0, 0.5, 1.0))
    if pulled >= HIP_PULLED_UP_TO or bent >= HIP_BENT_TO:
        yield f"the hip bent to {max(pulled, bent):.0f} degrees"


@pytest.mark.parametrize("muscle", LIBRARY.muscles)
def test_the_end_of_a_range_that_is_drawn_is_tagged(muscle: str) -> None:
    programme = LIBRARY.programme(muscle)
    found = {exercise.id: [*ends_of_range(exercise, programme.region)] for exercise in programme.exercises}
    assert {exercise: ends for exercise, ends in found.items() if ends} == {}


def test_each_end_of_a_range_is_noticed() -> None:
    def untagged(exercise_id: str) -> Exercise:
        exercise = LIBRARY.exercise(exercise_id)
        assert exercise.effects is not None
        effects = replace(exercise.effects, end_range_spine=False, end_range_joint=False)
        return replace(exercise, effects=effects)

    assert [*ends_of_range(untagged("thoracic-paraspinals/open-book"), "back")] == [
        "low_back_turn at its end",
        "upper_back_turn at its end",
    ]
    assert [*ends_of_range(untagged("quadratus-lumborum/sitting-side-reach"), "back")] == [
        "low_back_side at its end",
        "upper_back_side at its end",
    ]
    hike = untagged("quadratus-lumborum/supine-hip-hike-and-reach")
    assert [*ends_of_range(hike, "back")] == []
    further = {"frames": [{"posture": "supine"}, {"posture": "supine", "angles": {"low_back_side": -21}}]}
    assert [*ends_of_range(replace(hike, figure=further), "back")] == ["low_back_side at its end"]
    less = {"frames": [{"posture": "supine"}, {"posture": "supine", "angles": {"low_back_side": -20}}]}
    assert [*ends_of_range(replace(hike, figure=less), "back")] == []
    pulled = untagged("gluteus-maximus/sitting-knee-to-chest")
    assert [*ends_of_range(pulled, "hip")] == ["the hip bent to 118 degrees"]
    assert [*ends_of_range(pulled, "arm")] == []
    leant = untagged("lumbar-paraspinals/sitting-fold")
    assert [*ends_of_range(leant, "back")] == ["the hip bent to 138 degrees"]
    assert [*ends_of_range(untagged("gluteus-maximus/sit-to-stand-slow"), "hip")] == []


@pytest.mark.parametrize(
    ("item", "gone", "instead"),
    [
        ("joint-replacement", "gluteus-maximus/single-knee-to-chest", None),
        ("joint-replacement", "gluteus-maximus/sitting-knee-to-chest", None),
        ("osteoporosis", "pelvic-floor-overactive/happy-baby-supported", "pelvic-floor-overactive/sitting-wide-knees-lean"),
        ("osteoporosis", "thoracic-paraspinals/open-book", "thoracic-paraspinals/sitting-turn"),
    ],
)  # fmt: skip
def test_deep_bends_are_not_dealt_with_a_new_joint_or_thin_bones(
    item: str, gone: str, instead: str | None
) -> None:
    programme = LIBRARY.programme(gone.partition("/")[0])
    person = Circumstances(holds=(item,))
    found, _ = suiting(person, programme.exercises, programme)
    dealt = {exercise.id for exercise in found}
    assert gone not in dealt
    assert instead is None or instead in dealt


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
