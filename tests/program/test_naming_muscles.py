"""Every muscle that is commonly needled can be named, by the names that people use."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reloadpt.files import Trouble
from reloadpt.program.library import Library
from reloadpt.program.making import parse_targets
from reloadpt.program.other_muscles import OTHER_MUSCLES, muscle_slug

LIBRARY = Library()
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
WITHIN_A_PROGRAMME = {
    "psoas": "hip-flexors", "iliacus": "hip-flexors", "QL": "quadratus-lumborum", "TFL": "tensor-fasciae-latae",
    "ITB": "tensor-fasciae-latae", "glute min": "gluteus-medius", "gluteus minimus": "gluteus-medius",
    "rhomboids": "middle-lower-trapezius", "supraspinatus": "rotator-cuff", "infraspinatus": "rotator-cuff",
    "suboccipitals": "cervical-paraspinals", "soleus": "calf", "gastrocnemius": "calf",
    "obturator internus": "piriformis", "masseter": "jaw", "temporalis": "jaw", "pterygoids": "jaw",
}  # fmt: skip
BY_THEMSELVES = (
    "SCM", "sternocleidomastoid", "scalenes", "serratus anterior", "serratus posterior", "intercostals",
    "subscapularis", "latissimus", "teres major", "abdominals", "diaphragm", "thenar", "interossei",
    "brachioradialis", "supinator", "popliteus", "peroneals", "tibialis posterior", "coccygeus", "levator ani",
)  # fmt: skip


@pytest.mark.parametrize("said", WITHIN_A_PROGRAMME)
def test_a_muscle_inside_another_programme_is_exercised_by_that_one(said: str) -> None:
    assert muscle_slug(said) == WITHIN_A_PROGRAMME[said]
    targets, also = parse_targets([f"{said}:calm:left"], AT, LIBRARY)
    assert [target.muscle for target in targets] == [WITHIN_A_PROGRAMME[said]]
    assert also == ()


@pytest.mark.parametrize("said", BY_THEMSELVES)
def test_a_muscle_without_exercises_is_named_for_its_signs(said: str) -> None:
    targets, also = parse_targets([f"{said}:left"], AT, LIBRARY)
    assert targets == ()
    assert [needled.muscle in OTHER_MUSCLES for needled in also] == [True]


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(Trouble, match="no programme for the muscle"):
        parse_targets(["nonesuch:left"], AT, LIBRARY)
