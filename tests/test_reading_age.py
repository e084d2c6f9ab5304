"""Every sentence that a patient reads can be read after seven years of school; labels and names stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import textstat

from reloadpt import wording
from reloadpt.wording import Sentence

GRADE = 7.0
LABEL_UP_TO = 9
"""Words; what is shorter is a label, of which a grade says nothing."""
OF_THE_THERAPIST = {
    "ALERTS", "FIRES", "SCREENED", "SCREENING_WIDER", "NO_CLINIC_NUMBER", "NO_EMERGENCY_NUMBER", "OVERRIDDEN",
}  # fmt: skip
"""Told to who makes a plan or reads a report."""


def groups() -> Iterator[tuple[str, str]]:
    """What stands under each name of the wording, as text, a name in place of what is filled in."""
    for name, value in vars(wording).items():
        parts: Any = value.values() if isinstance(value, dict) else [value]
        flat = [one for part in parts for one in (part if isinstance(part, tuple) else (part,))]
        texts = [re.sub(r"\{[^}]*\}", "Ann", one.text) for one in flat if isinstance(one, Sentence)]
        if texts and name not in OF_THE_THERAPIST:
            yield name, " ".join(text if text[-1] in ".?!" else f"{text}." for text in texts)


def grade_of(text: str) -> float:
    """Years of school that a text asks for, by Flesch and Kincaid."""
    return float(textstat.flesch_kincaid_grade(text))


def test_what_a_patient_reads_is_at_grade_seven_or_below() -> None:
    found = dict(groups())
    assert len(found) > 200
    long = {name: text for name, text in found.items() if len(text.split()) > LABEL_UP_TO}
    grades = {name: grade_of(text) for name, text in long.items()}
    assert {name: grade for name, grade in grades.items() if grade > GRADE} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Until that is answered nothing demanding is dealt, and no end-range or loaded work of the spine.",
        "Discontinue exercise immediately upon experiencing radiating or intensifying symptomatology.",
    ],
)
def test_a_harder_sentence_is_noticed(text: str) -> None:
    assert grade_of(text) > GRADE
