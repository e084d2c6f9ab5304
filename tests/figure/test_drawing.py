from __future__ import annotations

import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figure_samples import bodies, close_ups, figure, guide_figures, moving
from profiles import tries
from reloadpt.figure.braille import braille, braille_sheet
from reloadpt.figure.drawing import picture, props_of
from reloadpt.figure.model import Figure
from reloadpt.figure.pose import pose
from reloadpt.figure.sheet import figures_in
from reloadpt.figure.svg import svg

EXERCISES = Path(__file__).parents[2] / "exercises"
BIRD_DOG = figure(frames=[{"posture": "quadruped"}, {"posture": "bird-dog"}])


@tries(120)
@given(bodies() | close_ups(), st.floats(0, 1), st.integers(-2, 130), st.integers(-2, 60))
def test_the_drawing_survives_any_size(sample: Figure, t: float, width: int, height: int) -> None:
    lines = braille(pose(sample, t), width, height)
    assert len(lines) == max(height, 0)
    if width < 12 or height < 5:
        assert not any(lines)
    else:
        assert {len(line) for line in lines} == {width}
        assert all("\u2800" <= cell <= "\u28ff" for line in lines for cell in line)
        assert any(cell != "\u2800" for line in lines for cell in line)


@pytest.mark.parametrize(("width", "height"), [(12, 5), (50, 16), (300, 100), (300, 5), (12, 100)])
def test_every_cell_that_shows_something_is_marked(width: int, height: int) -> None:
    drawn = braille_sheet(pose(BIRD_DOG, 1), width, height)
    for line, marks in zip(drawn.lines, drawn.marks, strict=True):
        assert [cell == "\u2800" for cell in line] == [mark == " " for mark in marks]
    assert {"b", "w", "p"} <= set("".join(drawn.marks))


def test_the_frame_stays_put_while_the_body_moves() -> None:
    assert len({picture(pose(BIRD_DOG, t)).bounds for t in (0, 0.3, 0.6, 1)}) == 1


def test_the_limbs_that_move_are_drawn_strongest() -> None:
    tones = {shape.part: shape.tone for shape in picture(pose(BIRD_DOG, 0.5)).shapes}
    assert {part for part, tone in tones.items() if tone == "work"} == {"arm_right", "leg_left"}


def test_an_author_can_say_which_parts_work() -> None:
    sample = moving("hook-lying", {"shoulder_right": 90}, works=["leg_left"])
    tones = {shape.part: shape.tone for shape in picture(pose(sample, 0.5)).shapes}
    assert {part for part, tone in tones.items() if tone == "work"} == {"leg_left"}


def test_where_the_whole_body_moves_no_part_stands_out() -> None:
    squat = figure(frames=[{"posture": "standing"}, {"posture": "squat"}])
    assert "work" not in {shape.tone for shape in picture(pose(squat, 0.5)).shapes}


def test_a_region_swells_and_settles() -> None:
    breath = figure(frames=[{"posture": "hook-lying"}], region={"at": ["belly"]})

    def ring(t: float) -> float:
        [shape] = [shape for shape in picture(pose(breath, t)).shapes if shape.tone == "region"]
        return shape.circles[0].r

    assert ring(0) < ring(0.5) < ring(1)
    assert braille(pose(breath, 0), 50, 16) != braille(pose(breath, 1), 50, 16)


@pytest.mark.parametrize(("way", "across", "up"), [("right", -1, 0), ("left", 1, 0), ("up", 0, 1)])
def test_an_arrow_points_its_way_and_grows(way: str, across: int, up: int) -> None:
    press = figure(view="front", frames=[{"posture": "standing"}], arrows=[{"at": "elbow_right", "way": way}])

    def reach(t: float) -> tuple[float, float]:
        circles = [
            circle
            for shape in picture(pose(press, t)).shapes
            if shape.part == "arrow 0"
            for circle in shape.circles
        ]
        return circles[2].x - circles[0].x, circles[2].y - circles[0].y

    (x0, y0), (x1, y1) = reach(0), reach(1)
    assert (round(x1 / math.hypot(x1, y1)), round(y1 / math.hypot(x1, y1))) == (across, up)
    assert 0 < math.hypot(x0, y0) < math.hypot(x1, y1)


def test_an_arrow_into_a_place_ends_there() -> None:
    spot = {"at": "elbow_right", "way": "left"}
    out, into = (
        next(
            shape.circles[0]
            for shape in reversed(
                picture(
                    pose(figure(view="front", frames=[{"posture": "standing"}], arrows=[arrow]), 1)
                ).shapes
            )
        )
        for arrow in (spot, {**spot, "into": True})
    )
    assert out.x > into.x


@pytest.mark.parametrize(
    ("prop", "posture"), [("dumbbell", "standing"), ("pillow", "supine"), ("backpack", "standing")]
)
def test_a_thing_to_fetch_is_drawn_stronger_than_the_body_and_solid_in_a_terminal(
    prop: str, posture: str
) -> None:
    frames = [{"posture": posture}, {"posture": posture, "angles": {"hip_right": 40}}]
    with_it, without = (figure(props=props, frames=frames) for props in ([{"kind": prop}], []))
    inks = [float(ink) for ink in re.findall(r' opacity="([0-9.]+)"', svg(pose(with_it, 0), "Figure"))]
    assert inks.count(0.8) == 1
    assert max(ink for ink in inks if ink not in (0.8, 1.0)) < 0.6
    assert 'opacity="0.8"' not in svg(pose(without, 0), "Figure")
    drawn, bare = ("".join(braille_sheet(pose(sample, 0), 38, 14).marks) for sample in (with_it, without))
    assert drawn.count("p") > bare.count("p")


def test_a_chair_is_drawn_stronger_than_the_floor() -> None:
    seated = svg(pose(figure(frames=[{"posture": "sitting"}]), 0), "Figure")
    assert seated.count('stroke-opacity=".45"') == 1
    assert seated.count('stroke-opacity=".8"') >= 6


def test_a_face_that_turns_to_its_right_turns_to_our_left_and_no_part_of_it_leaves_the_head() -> None:
    turned = figure(
        frames=[{"posture": "close-face"}, {"posture": "close-face", "angles": {"neck_turn": 80}}]
    )
    shapes = {shape.part: shape for shape in picture(pose(turned, 1)).shapes}
    assert "eye_right" not in shapes
    assert shapes["nose"].circles[1].x < -0.05
    widest = max(circle.r - circle.x for circle in shapes["head"].circles)
    assert all(circle.r - circle.x < widest + 0.03 for circle in shapes["eye_left"].circles)


def test_a_sitting_body_brings_its_chair_unless_the_author_places_one() -> None:
    assert [prop.kind for prop in props_of(figure(frames=[{"posture": "sitting"}]))] == ["chair"]
    own = figure(frames=[{"posture": "sitting"}], props=[{"kind": "chair", "at": "hand_left"}])
    assert [prop.at for prop in props_of(own)] == ["hand_left"]


@tries(60)
@given(bodies() | close_ups(), st.floats(0, 1), st.text(max_size=30))
def test_the_svg_is_a_well_formed_fragment_that_holds_nothing_but_shapes(
    sample: Figure, t: float, title: str
) -> None:
    drawn = svg(pose(sample, t), title)
    root = ET.fromstring(re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", drawn))  # noqa: S314 our own output
    assert root.get("viewBox")
    assert root.get("role") == "img"
    assert root[0].tag.endswith("title")
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert kinds <= {"svg", "title", "defs", "g", "mask", "use", "rect", "path", "circle"}
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name.endswith("href"):
                assert value.startswith("#f")
    assert "nan" not in drawn.replace(title, "")


def test_an_svg_title_cannot_break_out() -> None:
    drawn = svg(pose(BIRD_DOG, 0), '</title><script>alert("x")</script>')
    assert "<script" not in drawn


def test_two_pictures_on_one_page_do_not_share_ids() -> None:
    one, then = (set(re.findall(r'id="([^"]+)"', svg(pose(BIRD_DOG, t), "Bird dog"))) for t in (0, 1))
    assert one
    assert not one & then


def test_the_svg_takes_its_colour_from_the_text_around_it() -> None:
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg(pose(BIRD_DOG, 1), "Bird dog")))
    assert colours <= {"currentColor", "none", "#000", "#fff"}  # black and white only cut the masks


@pytest.mark.parametrize(("name", "sample"), guide_figures().items())
def test_every_figure_of_the_guide_shows_its_movement(name: str, sample: Figure) -> None:
    assert len({tuple(braille(pose(sample, t), 50, 16)) for t in (0, 0.25, 0.5, 1)}) > 1


def test_drawing_needs_neither_textual_nor_numpy() -> None:
    code = (
        "import sys, reloadpt.figure.braille, reloadpt.figure.svg, reloadpt.figure.check, reloadpt.figure.sheet\n"
        "print([name for name in ('textual', 'rich', 'numpy', 'click') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_neck_press_shows_a_hand_and_the_head_pressing_towards_it() -> None:
    drawn = dict(figures_in(EXERCISES))["cervical-paraspinals/neck-isometrics-4-directions"]
    shapes = picture(pose(drawn, 1.0)).shapes
    head = next(shape for shape in shapes if shape.part == "head").circles[0]
    hand = next(shape for shape in shapes if shape.part == "prop").circles[0]
    shaft = next(shape for shape in shapes if shape.part == "arrow 0").circles
    assert shaft[0].x < shaft[1].x
    assert head.x < hand.x
