from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from figure_samples import WHOLE_BODY, bodies, figure, guide_figures, moving
from profiles import tries
from reloadpt.figure.anatomy import BONES, CROWN, HEAD_CENTRE, RADIUS
from reloadpt.figure.model import Figure
from reloadpt.figure.pose import Pose, close_up, pose
from reloadpt.figure.sheet import figures_in
from reloadpt.files import Trouble

EXERCISES = Path(__file__).parents[2] / "exercises"

MOMENTS = [step / 10 for step in range(11)]
BONE_LENGTHS = {
    (a, b): math.dist(points[a], points[b])
    for points in [pose(figure(frames=[{"posture": "standing"}]), 0).points]
    for a, b in BONES
}


def bones_off(moment: Pose) -> float:
    points = moment.points
    return max(abs(math.dist(points[a], points[b]) - length) for (a, b), length in BONE_LENGTHS.items())


def lowest(moment: Pose) -> float:
    radii = {"head": "skull", "neck_base": "collar", "mid_back": "ribs", "neck_top": "neck", "hip": "buttock"}
    low = math.inf
    for name, (_, _, z) in moment.points.items():
        stem = name.removesuffix("_left").removesuffix("_right")
        low = min(low, z - RADIUS.get(radii.get(stem, stem), 0.0))
    return low


@tries(150)
@given(bodies(), st.floats(0, 1))
def test_bones_keep_their_length_at_every_moment_of_any_figure(sample: Figure, t: float) -> None:
    assert bones_off(pose(sample, t)) < 1e-6


OUTSIDE = math.dist(CROWN, HEAD_CENTRE) - RADIUS["skull"]
"""So far is the crown, a place to point at, outside the skull that it is on, in metres."""


def test_the_crown_is_on_the_skull() -> None:
    assert 0 <= OUTSIDE < 2e-5


@tries(150)
@given(bodies(), st.floats(0, 1))
@example(figure(frames=[{"posture": "calf-stretch", "angles": {"lean": -178.0}}]), 0.0)
def test_nothing_is_ever_below_the_floor(sample: Figure, t: float) -> None:
    assert lowest(pose(sample, t)) > -1e-9 - OUTSIDE


@tries(60)
@given(bodies(), st.floats(0, 0.999))
def test_a_body_never_jumps(sample: Figure, t: float) -> None:
    before, after = pose(sample, t).points, pose(sample, t + 1e-6).points
    assert all(math.isfinite(part) for place in after.values() for part in place)
    assert max(math.dist(before[name], after[name]) for name in before) < 0.2


@pytest.mark.parametrize(("name", "sample"), guide_figures().items())
def test_the_guides_figures_move_without_a_jerk(name: str, sample: Figure) -> None:
    steps = 200
    moments = [pose(sample, step / steps).points for step in range(steps + 1)]
    for before, after in itertools.pairwise(moments):
        assert max(math.dist(before[point], after[point]) for point in before) < 0.09


@pytest.mark.parametrize("path", sorted(EXERCISES.glob("*.json")), ids=lambda path: path.stem)
def test_the_shipped_figures_keep_bones_floor_and_calm(path: Path) -> None:
    for title, sample in figures_in(path):
        moments = [pose(sample, step / 100) for step in range(101)]
        if not close_up(sample):
            assert max(map(bones_off, moments)) < 1e-6, title
            assert min(map(lowest, moments)) > -1e-9, title
        for before, after in itertools.pairwise(moment.points for moment in moments):
            assert max(math.dist(before[point], after[point]) for point in before) < 0.12, title


@pytest.mark.parametrize("name", WHOLE_BODY)
def test_every_posture_rests_on_something(name: str) -> None:
    low = lowest(pose(figure(frames=[{"posture": name}]), 0))
    step = 0.2 if name in ("on-step", "lateral-step") else 0.0
    assert low == pytest.approx(step, abs=0.04)


def test_the_first_keyframe_is_at_0_and_the_last_at_1_and_beyond_is_the_end() -> None:
    bird_dog = figure(frames=[{"posture": "quadruped"}, {"posture": "bird-dog"}])
    still = pose(figure(frames=[{"posture": "quadruped"}]), 0).points
    assert math.dist(pose(bird_dog, 0).points["fingers_right"], still["fingers_right"]) < 0.02
    assert pose(bird_dog, 1).points["palm_right"][0] > still["palm_right"][0] + 0.4
    assert pose(bird_dog, -3).points == pose(bird_dog, 0).points
    assert pose(bird_dog, 7).points == pose(bird_dog, 1).points


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("hook-lying", "bridge"),
        ("knees-left", "knees-right"),
        ("cow", "cat"),
        ("split-stance", "split-squat"),
        ("wide-stance", "side-lunge"),
        ("thrust-low", "thrust-high"),
        ("plank", "mountain-climber"),
    ],
)
def test_a_keyframe_is_its_posture_wherever_it_stands_in_a_figure(start: str, end: str) -> None:
    both = figure(frames=[{"posture": start}, {"posture": end}])
    for t, name in ((0, start), (1, end)):
        alone, within = pose(figure(frames=[{"posture": name}]), 0).points, pose(both, t).points
        assert max(math.dist(alone[point], within[point]) for point in alone) < 0.08, name


def test_planted_feet_stay_while_the_hips_rise() -> None:
    bridge = figure(frames=[{"posture": "hook-lying"}, {"posture": "bridge"}])
    feet = [pose(bridge, t).points["ball_right"] for t in MOMENTS]
    assert max(math.dist(foot, feet[0]) for foot in feet) < 1e-6
    hips = [pose(bridge, t).points["pelvis"][2] for t in MOMENTS]
    assert hips == sorted(hips)
    assert hips[-1] > hips[0] + 0.15


def test_an_angle_written_for_a_planted_leg_frees_it() -> None:
    slide = moving("hook-lying", {"hip_right": 2, "knee_right": 4})
    before, after = pose(slide, 0).points, pose(slide, 1).points
    assert after["ball_right"][0] > before["ball_right"][0] + 0.2
    assert math.dist(after["ball_left"], before["ball_left"]) < 1e-6


def test_a_name_without_a_side_sets_both_unless_the_side_has_its_own() -> None:
    points = pose(
        figure(frames=[{"posture": "standing", "angles": {"elbow": 90, "elbow_left": 0}}]), 0
    ).points
    assert points["wrist_right"][2] > points["wrist_left"][2] + 0.15


def test_a_hand_that_reaches_is_where_it_was_sent_at_every_moment() -> None:
    stretch = figure(
        frames=[
            {"posture": "sitting", "reach": {"hand_left": "ear_right"}},
            {"posture": "sitting", "angles": {"neck_side": -30}, "reach": {"hand_left": "ear_right"}},
        ]
    )
    for t in MOMENTS:
        points = pose(stretch, t).points
        assert math.dist(points["palm_left"], points["head"]) < 0.12


def test_the_body_stands_on_the_foot_that_is_down() -> None:
    march = moving("standing", {"hip_right": 90, "knee_right": 90})
    feet = [pose(march, t).points["ball_left"] for t in MOMENTS]
    assert max(math.dist(foot, feet[0]) for foot in feet) < 1e-6
    assert pose(march, 1).points["heel_right"][2] > 0.3


def test_a_raised_heel_lifts_the_body_on_the_ball_of_the_foot() -> None:
    rise = moving("standing", {"heel": 40})
    before, after = pose(rise, 0).points, pose(rise, 1).points
    assert math.dist(before["ball_left"], after["ball_left"]) < 0.01
    assert after["heel_left"][2] > before["heel_left"][2] + 0.08
    assert after["crown"][2] > before["crown"][2] + 0.05


def test_what_stays_keeps_its_place() -> None:
    lunge = figure(
        stays="foot_left",
        frames=[{"posture": "standing"}, {"posture": "standing", "angles": {"hip_out_right": 30}}],
    )
    assert math.dist(pose(lunge, 0).points["ball_left"], pose(lunge, 1).points["ball_left"]) < 1e-6


def test_a_figure_with_a_word_nobody_knows_is_refused_in_a_sentence() -> None:
    with pytest.raises(Trouble, match=r"frames\.0\.posture: “quadrupde” .* “quadruped”"):
        pose(figure(frames=[{"posture": "quadrupde"}]), 0)
