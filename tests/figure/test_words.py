from __future__ import annotations

import json
from typing import get_args

import jsonschema
import pytest

from figure_samples import GUIDE, guide_figures
from reloadpt.figure.anatomy import SIDED, WHOLE
from reloadpt.figure.closeups import CLOSE_UPS
from reloadpt.figure.landmarks import LANDMARKS, split_side
from reloadpt.figure.model import Figure, PropKind
from reloadpt.figure.postures import POSTURES
from reloadpt.figure.props import TIES
from reloadpt.figure.words import schema_with_words

SCHEMA = schema_with_words(Figure.model_json_schema())


def test_the_guide_names_every_word_an_author_can_use() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    words = {
        *POSTURES,
        *CLOSE_UPS,
        *WHOLE,
        *SIDED,
        *TIES,
        *get_args(PropKind),
        *(split_side(name)[0] for name in LANDMARKS),
    }
    assert [word for word in sorted(words) if f"`{word}`" not in text] == []


@pytest.mark.parametrize(("name", "sample"), guide_figures().items())
def test_any_json_schema_tool_accepts_the_guides_figures(name: str, sample: Figure) -> None:
    jsonschema.validate(json.loads(sample.model_dump_json()), SCHEMA)


@pytest.mark.parametrize(
    "wrong",
    [
        {"frames": [{"posture": "quadrupde"}]},
        {"frames": [{"posture": "standing", "angles": {"kneee": 3}}]},
        {"frames": [{"posture": "standing", "reach": {"hand_left": "moon"}}]},
        {"frames": [{"posture": "standing", "reach": {"nose": "floor"}}]},
        {"frames": [{"posture": "standing"}], "works": ["tail"]},
        {"frames": [{"posture": "standing"}], "region": {"at": ["tail"]}},
        {"frames": [{"posture": "standing"}], "props": [{"kind": "band", "to": "moon"}]},
    ],
)
def test_and_refuses_words_that_nobody_knows(wrong: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, SCHEMA)
