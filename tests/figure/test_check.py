from __future__ import annotations

import pytest
from pydantic import ValidationError

from figure_samples import WHOLE_BODY, figure, guide_figures, moving
from reloadpt.figure.check import problems
from reloadpt.figure.closeups import CLOSE_UPS
from reloadpt.figure.model import Figure


def said(sample: Figure) -> list[tuple[str, str]]:
    return [(problem.where, problem.what) for problem in problems(sample)]


@pytest.mark.parametrize(("name", "sample"), guide_figures().items())
def test_every_figure_of_the_guide_is_sound(name: str, sample: Figure) -> None:
    assert said(sample) == []


@pytest.mark.parametrize("name", WHOLE_BODY)
def test_every_posture_of_the_library_is_sound(name: str) -> None:
    assert said(figure(frames=[{"posture": name}], region={"at": ["belly"]})) == []


@pytest.mark.parametrize("name", sorted(CLOSE_UPS))
def test_every_close_up_moves_through_its_whole_range(name: str) -> None:
    limits = CLOSE_UPS[name].moves
    low, high = ({key: pair[end] for key, pair in limits.items()} for end in (0, 1))
    assert said(figure(frames=[{"posture": name, "angles": low}, {"posture": name, "angles": high}])) == []


STILL: dict[str, object] = {"frames": [{"posture": "standing"}], "region": {"at": ["belly"]}}


@pytest.mark.parametrize(
    ("fields", "where", "what"),
    [
        ({"frames": [{"posture": "bridging"}]}, "frames.0.posture", "Did you mean “bridge”?"),
        ({"frames": [{"posture": "xyzzy"}]}, "frames.0.posture", "The figures guide lists them."),
        (
            {"frames": [{"posture": "standing", "angles": {"knee_rihgt": 30}}]},
            "frames.0.angles.knee_rihgt",
            "Did you mean “knee_right”?",
        ),
        (
            {"frames": [{"posture": "standing", "angles": {"jaw": 10}}]},
            "frames.0.angles.jaw",
            "“jaw” moves only in a close-up.",
        ),
        (
            {"frames": [{"posture": "close-head", "angles": {"knee": 10}}]},
            "frames.0.angles.knee",
            "In close-head only jaw, nod, neck or lean can move.",
        ),
        (
            {"frames": [{"posture": "sitting", "reach": {"hand": "knee_right"}}]},
            "frames.0.reach.hand",
            "Did you mean “hand_right”?",
        ),
        (
            {"frames": [{"posture": "sitting", "reach": {"hand_right": "kneecap"}}]},
            "frames.0.reach.hand_right",
            "Did you mean “knees”?",
        ),
        (
            {"frames": [{"posture": "close-foot", "reach": {"foot_right": "floor"}}]},
            "frames.0.reach",
            "In a close-up nothing reaches",
        ),
        (
            {"frames": [{"posture": "close-foot"}, {"posture": "standing"}]},
            "frames",
            "only be followed by the same close-up",
        ),
        ({**STILL, "region": {"at": ["bely"]}}, "region.at.0", "Did you mean “belly”?"),
        ({**STILL, "works": ["right_arm"]}, "works.0", "Did you mean “arm_right”?"),
        ({**STILL, "stays": "foot"}, "stays", "Did you mean “foot_right”?"),
        (
            {**STILL, "props": [{"kind": "band", "to": "front"}]},
            "props.0.to",
            "is not a place on the body or tie",
        ),
        ({**STILL, "props": [{"kind": "pillow", "at": "haed"}]}, "props.0.at", "Did you mean “head”?"),
        ({**STILL, "props": [{"kind": "hand", "at": "head"}]}, "props.0.kind", "is for close-ups"),
        ({**STILL, "arrows": [{"at": "elbwo_right", "way": "up"}]}, "arrows.0.at", "“elbow_right”?"),
        (
            {"frames": [{"posture": "close-face"}], "arrows": [{"at": "knee_left", "way": "up"}]},
            "arrows.0.at",
            "This close-up does not show “knee_left”",
        ),
        (
            {"frames": [{"posture": "close-face"}], "region": {"at": ["knee_left"]}},
            "region.at.0",
            "This close-up does not show “knee_left”, only head,",
        ),
        (
            {"frames": [{"posture": "close-face"}], "props": [{"kind": "dumbbell", "at": "foot_left"}]},
            "props.0.at",
            "This close-up does not show “foot_left”",
        ),
    ],
)
def test_a_wrong_word_is_named_with_the_right_one(fields: dict[str, object], where: str, what: str) -> None:
    [(place, sentence), *_] = said(figure(**fields))
    assert place == where
    assert what in sentence


@pytest.mark.parametrize(
    ("sample", "where", "what"),
    [
        (
            moving("standing", {"knee_left": -40}),
            "frames.1.angles.knee_left",
            "-40 is further than knee_left goes: -8 to 160.",
        ),
        (moving("standing", {"elbow": 170}), "frames.1.angles.elbow", "170 is further than elbow goes"),
        (moving("close-head", {"jaw": 80}), "frames.1.angles.jaw", "80 is further than jaw goes: 0 to 30."),
        (
            figure(
                frames=[{"posture": "standing", "reach": {"hand_right": "foot_left"}}],
                region={"at": ["belly"]},
            ),
            "frames.0.reach.hand_right",
            "The right hand cannot reach foot_left: it ends",
        ),
        (
            moving("supine", {}, stays=None).model_copy(
                update={
                    "frames": (
                        *figure(frames=[{"posture": "supine"}]).frames,
                        *figure(frames=[{"posture": "supine", "reach": {"hand_left": [2.5, 1.0]}}]).frames,
                    )
                }
            ),
            "frames.1.reach.hand_left",
            "cannot reach [2.5, 1]: it ends",
        ),
        (
            moving("hands-on-wall", {"lean": -20}),
            "frames.1",
            "The left hand cannot stay where hands-on-wall puts it: it ends",
        ),
        (
            moving("supine", {"shoulder_right": -60}),
            "frames.1",
            "cm below the floor, so the whole body is lifted.",
        ),
        (
            moving("prone", {"hip": 60}),
            "frames.1",
            "cm below the floor",
        ),
        (
            moving("standing", {"elbow": 90}, arrows=[{"at": "hand_right", "way": "left"}]),
            "arrows.0.way",
            "An arrow left points at the eye in the view “side”. Choose another view.",
        ),
        (moving("standing", {}), "frames", "Nothing moves"),
        (moving("close-hand", {}), "frames", "Nothing moves"),
    ],
)
def test_a_body_that_cannot_do_it_is_told_what_and_where(sample: Figure, where: str, what: str) -> None:
    assert any(place == where and what in sentence for place, sentence in said(sample)), said(sample)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"frames": []},
        {"frames": [{"posture": "standing"}] * 13},
        {"frames": [{"posture": "standing", "angles": {"knee": 1e9}}]},
        {"frames": [{"posture": "standing", "angles": {"knee": float("nan")}}]},
        {"frames": [{"posture": "standing", "reach": {"hand_left": [float("inf"), 0]}}]},
        {"frames": [{"posture": "standing", "pose": 1}]},
        {"frames": [{"posture": "standing"}], "view": "underneath"},
        {"frames": [{"posture": "standing"}], "props": [{"kind": "sofa"}]},
        {"frames": [{"posture": "standing"}], "region": {"at": []}},
        {"frames": [{"posture": "x" * 41}]},
        {**STILL, "arrows": [{"at": "head", "way": "sideways"}]},
        {**STILL, "arrows": [{"at": "head", "way": "up"}] * 5},
    ],
)
def test_what_is_no_figure_at_all_is_refused_by_the_model(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        figure(**fields)
