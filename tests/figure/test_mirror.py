from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from figure_samples import bodies, close_ups, figure, moving
from profiles import tries
from reloadpt.figure.braille import braille
from reloadpt.figure.drawing import Shape, picture
from reloadpt.figure.mirror import mirrored, other_side
from reloadpt.figure.model import Figure
from reloadpt.figure.pose import pose


@tries(100)
@given(bodies() | close_ups())
def test_mirrored_twice_is_the_same(sample: Figure) -> None:
    assert mirrored(mirrored(sample)) == sample
    assert mirrored(sample) != sample


@tries(40)
@given(bodies(), st.floats(0, 1))
def test_the_mirrored_body_is_the_other_side_of_the_same(sample: Figure, t: float) -> None:
    here, there = pose(sample, t).points, pose(mirrored(sample), t).points
    for name, (x, y, z) in here.items():
        assert math.dist(there[other_side(name)], (x, -y, z)) < 1e-9


@tries(40)
@given(bodies() | close_ups())
def test_the_mirrored_picture_is_the_picture_turned_round(sample: Figure) -> None:
    here, there = picture(pose(sample, 0.5)), picture(pose(mirrored(sample), 0.5))
    assert there.bounds.right == -here.bounds.left or math.isclose(there.bounds.right, -here.bounds.left)
    assert [shape.tone for shape in here.shapes] == [shape.tone for shape in there.shapes]
    for one, then in zip(here.shapes, there.shapes, strict=True):
        assert _places(one, 1) == _places(then, -1)


def _places(shape: Shape, sign: int) -> set[tuple[float, float]]:
    return {(round(sign * circle.x, 6) + 0.0, round(circle.y, 6)) for circle in shape.circles}


def test_the_working_leg_of_a_right_sided_exercise_becomes_the_left_one() -> None:
    raised = moving("supine", {"hip_right": 50}, works=["leg_right"])
    points = pose(mirrored(raised), 1).points
    assert points["ankle_left"][2] > 0.3 > points["ankle_right"][2]
    assert mirrored(raised).works == ("leg_left",)


def test_turns_change_their_sign_and_bends_do_not() -> None:
    turned = moving("sitting", {"neck_turn": 40, "neck": 20, "shoulder_turn_right": 30})
    assert mirrored(turned).frames[1].angles == {"neck_turn": -40, "neck": 20, "shoulder_turn_left": 30}


def test_props_regions_and_reaches_change_sides() -> None:
    row = figure(
        frames=[{"posture": "hinge", "reach": {"hand_left": "knee_left"}}],
        props=[{"kind": "band", "at": "hand_right", "to": "right"}],
        region={"at": ["blade_right", "belly"]},
    )
    other_side = mirrored(row)
    assert other_side.frames[0].reach == {"hand_right": "knee_right"}
    assert (other_side.props[0].at, other_side.props[0].to) == ("hand_left", "left")
    assert other_side.region is not None
    assert other_side.region.at == ("blade_left", "belly")


def test_a_mirrored_figure_looks_the_other_way_in_the_terminal() -> None:
    kick = moving("supine", {"hip_right": 60})
    right, left = braille(pose(kick, 1), 40, 14), braille(pose(mirrored(kick), 1), 40, 14)

    def middle(lines: list[str]) -> float:
        upper = [index for line in lines[:8] for index, cell in enumerate(line) if cell != "⠀"]
        return sum(upper) / len(upper)

    assert middle(right) > 22
    assert middle(left) < 18
