"""Exercises are found by words and by what they need, and shown at the pace of their dose."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reloadpt.program.library import Library
from reloadpt.program.programme import PHASES, Dose, Frequency
from reloadpt.program.searching import BY, every_exercise, matching_exercises, search_choices
from reloadpt.program.showing import shown_moment

FOUND, _ = every_exercise(Library())


def test_words_find_muscle_phase_equipment_and_position_together() -> None:
    ids = [each.exercise.id for each in matching_exercises(FOUND, "RELOAD band stand trapez row", {})]
    assert ids == ["middle-lower-trapezius/band-row"]
    assert matching_exercises(FOUND, "no such thing", {}) == []
    assert matching_exercises(FOUND, "", {}) == [*FOUND]


@pytest.mark.parametrize(
    ("said", "muscle"),
    [("infraspinatus", "rotator-cuff"), ("soleus", "calf"), ("Rhomboid", "middle-lower-trapezius"),
     ("tennis elbow", "forearm-extensors"), ("TMJ", "jaw"), ("pecs", "pectorals")],
)  # fmt: skip
def test_a_muscle_is_found_by_the_other_names_that_people_use(said: str, muscle: str) -> None:
    found = {match.programme.muscle for match in matching_exercises(FOUND, said, {})}
    assert found == {muscle}


def test_choices_narrow_and_each_says_how_many_it_leaves() -> None:
    for by in BY:
        for value, count in search_choices(FOUND, by):
            left = matching_exercises(FOUND, "", {by: value})
            assert len(left) == count > 0
            assert all(value in each.values(by) for each in left)
    assert [phase for phase, _ in search_choices(FOUND, "phase")] == list(PHASES)
    assert all(
        each.exercise.position == "standing" and "band" in each.exercise.equipment
        for each in matching_exercises(FOUND, "", {"position": "standing", "equipment": "band"})
    )


def test_a_broken_file_of_ones_own_is_told_and_the_rest_is_there(tmp_path: Path) -> None:
    (tmp_path / "multifidus.json").write_text("{}", encoding="utf-8")
    found, wrong = every_exercise(Library(tmp_path))
    assert len(found) == sum(match.programme.muscle != "multifidus" for match in FOUND)
    assert len(wrong) == 1
    assert "multifidus.json" in wrong[0]


OFTEN = Frequency(times=1, per="day")
BY_TEMPO = Dose(sets=1, reps=8, tempo="2-1-3", often=OFTEN)
HELD = Dose(sets=1, reps=1, hold_s=30, often=OFTEN)


@pytest.mark.parametrize(
    ("dose", "seconds", "t"),
    [
        (BY_TEMPO, 0, 0.0), (BY_TEMPO, 1, 0.5), (BY_TEMPO, 2.5, 1.0), (BY_TEMPO, 4.5, 0.5), (BY_TEMPO, 6.5, 0.0),
        (BY_TEMPO, 8, 0.5), (HELD, 1, 0.5), (HELD, 6.9, 1.0), (HELD, 8, 0.5), (HELD, 9.5, 0.0),
    ],
)  # fmt: skip
def test_a_figure_goes_out_holds_and_returns_by_its_dose(dose: Dose, seconds: float, t: float) -> None:
    assert shown_moment(dose, seconds) == pytest.approx(t)


@given(st.floats(0, 1e6), st.sampled_from([each.exercise.dose for each in FOUND]))
def test_a_figure_is_somewhere_in_its_movement_at_any_time(seconds: float, dose: Dose) -> None:
    assert 0 <= shown_moment(dose, seconds) <= 1
