"""Figures to test with: those of the authors' guide, and any that an author could write."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from reloadpt.figure.anatomy import LIMITS, PARTS
from reloadpt.figure.arrows import WAYS
from reloadpt.figure.closeups import CLOSE_UPS
from reloadpt.figure.landmarks import LANDMARKS
from reloadpt.figure.mirror import mirrored
from reloadpt.figure.model import Figure
from reloadpt.figure.postures import POSTURES
from reloadpt.figure.props import TIES

GUIDE = Path(__file__).parents[1] / "docs" / "figures.md"

WHOLE_BODY = sorted(POSTURES)
ENDS = ["hand_left", "hand_right", "foot_left", "foot_right"]
KINDS = ["ball", "band", "bench", "chair", "dumbbell", "mat", "pillow", "step", "stick", "table", "wall"]


def figure(**fields: object) -> Figure:
    return Figure.model_validate(fields)


def moving(posture: str, angles: dict[str, float], **fields: object) -> Figure:
    """From a posture to the same with other angles."""
    return figure(frames=[{"posture": posture}, {"posture": posture, "angles": angles}], **fields)


def guide_figures() -> dict[str, Figure]:
    """Every figure of the guide, by the words before it."""
    text = GUIDE.read_text(encoding="utf-8")
    found = {}
    for block in re.finditer(r"([^\n]*)\n+```json\n(.*?)```", text, re.DOTALL):
        name = f"{block[1].strip('*')[:60]} ({text.count(chr(10), 0, block.start())})"
        found[name] = figure(**json.loads(block[2]))
    return found


def _angles() -> st.SearchStrategy[dict[str, float]]:
    one = st.sampled_from(sorted(LIMITS)).flatmap(
        lambda name: st.tuples(st.just(name), st.floats(LIMITS[name][0], LIMITS[name][1]))
    )
    return st.lists(one, max_size=8).map(dict)


_spots = st.tuples(st.floats(-3, 3), st.floats(-3, 3))
_bodies = st.fixed_dictionaries(
    {
        "posture": st.sampled_from(WHOLE_BODY),
        "angles": _angles(),
        "reach": st.dictionaries(
            st.sampled_from(ENDS), st.sampled_from([*LANDMARKS, "floor"]) | _spots, max_size=3
        ),
    }
)
_close = st.sampled_from(sorted(CLOSE_UPS)).flatmap(
    lambda name: st.lists(
        st.fixed_dictionaries(
            {
                "posture": st.just(name),
                "angles": st.fixed_dictionaries(
                    {}, optional={key: st.floats(*limits) for key, limits in CLOSE_UPS[name].moves.items()}
                ),
            }
        ),
        min_size=1,
        max_size=3,
    )
)
_props = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(KINDS),
            "at": st.none() | st.sampled_from(LANDMARKS),
            "to": st.none() | st.sampled_from([*LANDMARKS, *TIES]),
        }
    ),
    max_size=3,
)


def _arrows(places: Sequence[str]) -> st.SearchStrategy[list[dict[str, object]]]:
    one = st.fixed_dictionaries(
        {"at": st.sampled_from(places), "way": st.sampled_from(sorted(WAYS)), "into": st.booleans()}
    )
    return st.lists(one, max_size=2)


def bodies() -> st.SearchStrategy[Figure]:
    """Whole bodies in one to three keyframes, however unlikely."""
    return st.builds(
        figure,
        frames=st.lists(_bodies, min_size=1, max_size=3),
        view=st.none() | st.sampled_from(["side", "corner", "front", "back", "high", "above", "feet"]),
        faces=st.sampled_from(["right", "left"]),
        props=_props,
        stays=st.none() | st.sampled_from(LANDMARKS),
        works=st.lists(st.sampled_from(PARTS), max_size=2),
        region=st.none()
        | st.fixed_dictionaries(
            {
                "at": st.lists(st.sampled_from(LANDMARKS), min_size=1, max_size=2),
                "does": st.sampled_from(["swells", "tightens", "softens"]),
            }
        ),
        arrows=_arrows(LANDMARKS),
    )


def close_ups() -> st.SearchStrategy[Figure]:
    """Close-ups in one to three keyframes."""
    return _close.flatmap(
        lambda frames: st.builds(
            figure,
            frames=st.just(frames),
            arrows=_arrows(CLOSE_UPS[str(frames[0]["posture"])].points),
        )
    ).flatmap(lambda sample: st.sampled_from([sample, mirrored(sample)]))


BIRD_DOG_JSON = {"frames": [{"posture": "quadruped"}, {"posture": "bird-dog"}]}
