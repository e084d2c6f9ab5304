"""What a patient reads of an exercise can be read after seven years of school; names stand apart."""

from __future__ import annotations

import pytest
import textstat

from reloadpt.program.library import Library
from reloadpt.program.programme import Exercise, Programme

GRADE = 7.0
LIBRARY = Library()


def sentences(lines: list[str | None]) -> str:
    """Lines as text, each ending as a sentence does."""
    return " ".join(line if line[-1] in ".?!" else f"{line}." for line in lines if line)


def words_of_exercise(exercise: Exercise) -> str:
    return sentences([*exercise.setup, exercise.cue, exercise.feel, exercise.mistake, exercise.ease])


def words_of_programme(programme: Programme) -> str:
    """What is read of a muscle beside its exercises."""
    return sentences(
        [
            programme.where,
            programme.note,
            *(f"Leave alone: {avoid.what}" for avoid in programme.avoid),
            *(f"Only {exercise.condition}" for exercise in programme.exercises if exercise.condition),
            *(line for cell in programme.without for line in (cell.why, cell.done)),
        ]
    )


def grade_of(text: str) -> float:
    """Years of school that a text asks for, by Flesch and Kincaid."""
    return float(textstat.flesch_kincaid_grade(text))


@pytest.mark.parametrize("muscle", LIBRARY.muscles)
def test_a_programme_reads_at_grade_seven_or_below(muscle: str) -> None:
    programme = LIBRARY.programme(muscle)
    graded = {exercise.id: grade_of(words_of_exercise(exercise)) for exercise in programme.exercises}
    assert {exercise: grade for exercise, grade in graded.items() if grade > GRADE} == {}
    assert grade_of(words_of_programme(programme)) <= GRADE


def test_what_only_a_professional_reads_easily_is_over_the_limit() -> None:
    hard = (
        "Perform an isometric contraction of the deep cervical flexor musculature, maintaining "
        "craniovertebral alignment throughout the prescribed duration."
    )
    assert grade_of(hard) > GRADE
    assert grade_of("Sit tall. Nod your chin as if to say yes, and hold it there. Keep breathing.") <= GRADE
