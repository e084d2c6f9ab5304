"""Steps and cuts: what one more and one less of a dose is."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest
from diary import LIBRARY, plan_for
from msgspec.structs import replace

from reloadpt.care.doses import (
    DealtDose,
    cut_dose,
    halved_dose,
    prescribed_dose,
    stepped_dose,
    waits_for_weight,
)
from reloadpt.program.plan import DoseOverride
from reloadpt.program.programme import Exercise


def said(dose: DealtDose) -> str:
    """A dose as this test writes it: sets, repetitions or holds, tempo, load."""
    paced = dose.tempo or f"{dose.hold_s} s"
    more = [
        f"{dose.load_kg:g} kg" if dose.load_kg else "",
        dose.resistance or "",
        "harder" if dose.harder else "",
    ]
    return " ".join([f"{dose.sets}×{dose.reps}", paced, *filter(None, more)])


def ladder(exercise: Exercise, steps: int, weights: Sequence[float] = (), **stated: object) -> list[str]:
    start = prescribed_dose(exercise, DoseOverride(exercise=exercise.id, **stated), weights)  # type: ignore[arg-type]
    return [said(stepped_dose(start, count, exercise, weights)[0]) for count in range(steps + 1)]


BRIDGE = LIBRARY.exercise("multifidus/bridge")
BIRD_DOG = LIBRARY.exercise("multifidus/bird-dog")
CURL = LIBRARY.exercise("biceps-triceps/curl")
BAND = LIBRARY.exercise("upper-trapezius/band-external-rotation-both-arms")
CARRY = LIBRARY.exercise("forearm-extensors/grip-carry")


def with_range(exercise: Exercise, reps: int, reps_to: int) -> Exercise:
    return dataclasses.replace(
        exercise, dose=dataclasses.replace(exercise.dose, sets=3, reps=reps, reps_to=reps_to, tempo="2-1-3")
    )


def test_repetitions_first_then_a_slower_return_a_set_and_no_more() -> None:
    assert ladder(BRIDGE, 7, sets=3, reps=10, tempo="2-2-3") == [
        "3×10 2-2-3", "3×12 2-2-3", "3×14 2-2-3", "3×15 2-2-3", "3×15 2-2-5", "4×15 2-2-5", "4×15 2-2-5",
        "4×15 2-2-5",
    ]  # fmt: skip


def test_the_harder_exercise_is_earned_last() -> None:
    linked = dataclasses.replace(BRIDGE, harder="multifidus/single-leg-bridge")
    assert ladder(linked, 3, sets=3, reps=15, tempo="2-2-5") == [
        "3×15 2-2-5", "4×15 2-2-5", "4×15 2-2-5 harder", "4×15 2-2-5 harder",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sets", "reps", "becomes"),
    [(3, 14, "3×15"), (3, 15, "4×15"), (4, 15, "4×15"), (3, 13, "3×15"), (3, 12, "3×14"), (5, 15, "5×15")],
)
def test_fifteen_repetitions_and_four_sets_are_the_most(sets: int, reps: int, becomes: str) -> None:
    assert ladder(BRIDGE, 1, sets=sets, reps=reps, tempo="2-2-5")[1] == f"{becomes} 2-2-5"


@pytest.mark.parametrize(("back", "becomes"), [(2, 4), (3, 5), (4, 5), (5, 5)])
def test_a_return_gets_two_seconds_slower_once_and_never_more_than_five(back: int, becomes: int) -> None:
    assert ladder(BRIDGE, 2, sets=4, reps=15, tempo=f"2-2-{back}")[1:] == [f"4×15 2-2-{becomes}"] * 2


def test_holds_grow_by_five_seconds_to_a_minute_in_a_set() -> None:
    assert ladder(BIRD_DOG, 4, sets=3, reps=4, hold_s=10) == [
        "3×4 10 s", "3×4 15 s", "4×4 15 s", "4×4 15 s", "4×4 15 s",
    ]  # fmt: skip
    assert ladder(BIRD_DOG, 4, sets=4, reps=1, hold_s=30)[:4] == [
        "4×1 30 s",
        "4×1 35 s",
        "4×1 40 s",
        "4×1 45 s",
    ]


def test_a_range_is_climbed_then_the_next_weight_at_home_begins_at_its_bottom() -> None:
    curl = with_range(CURL, 8, 12)
    assert ladder(curl, 13, weights=(4, 1, 2)) == [
        "3×8 2-1-3 1 kg", "3×10 2-1-3 1 kg", "3×12 2-1-3 1 kg",
        "2×8 2-1-3 2 kg", "3×8 2-1-3 2 kg", "3×10 2-1-3 2 kg", "3×12 2-1-3 2 kg",
        "2×8 2-1-3 4 kg", "3×8 2-1-3 4 kg", "3×10 2-1-3 4 kg", "3×12 2-1-3 4 kg",
        "3×12 2-1-5 4 kg", "4×12 2-1-5 4 kg", "4×12 2-1-5 4 kg",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("weights", "becomes"),
    [((5, 5.9), "3×8 2-1-3 5.9 kg"), ((5, 6), "3×8 2-1-3 6 kg"), ((5, 6.1), "2×8 2-1-3 6.1 kg")],
)
def test_a_jump_above_a_fifth_takes_a_set_off(weights: tuple[float, ...], becomes: str) -> None:
    assert ladder(with_range(CURL, 8, 12), 3, weights=weights)[3] == becomes


def test_one_set_stays_one_set_whatever_the_jump() -> None:
    assert ladder(with_range(CURL, 8, 12), 4, sets=1, weights=(1, 4))[3:] == [
        "1×8 2-1-3 4 kg",
        "1×10 2-1-3 4 kg",
    ]


@pytest.mark.parametrize(("reps", "reps_to"), [(8, 12), (8, 15), (6, 15), (12, 14), (10, 11)])
def test_the_first_heavier_weight_is_the_third_step_at_most(reps: int, reps_to: int) -> None:
    doses = ladder(with_range(CURL, reps, reps_to), 3, weights=(1, 2))
    assert any("2 kg" in dose for dose in doses)
    assert f"3×{reps_to} 2-1-3 1 kg" in doses


def test_a_stated_weight_goes_on_to_what_is_heavier_at_home() -> None:
    assert ladder(with_range(CURL, 8, 12), 3, load_kg=2.5, weights=(1, 2, 4))[-1] == "2×8 2-1-3 4 kg"


def test_a_weight_that_is_not_at_home_is_never_dealt() -> None:
    assert not any("kg" in dose for dose in ladder(CURL, 20))
    assert ladder(CURL, 0) == ["3×12 2-1-3 the lightest weight you have"]
    assert {
        dose.rpartition(" ")[0].rpartition(" ")[2] for dose in ladder(CURL, 20, load_kg=10, weights=(2, 4))
    } == {"10"}


def test_a_loaded_hold_grows_twice_before_the_weight_does() -> None:
    assert ladder(CARRY, 3, sets=3, hold_s=30, weights=(4, 4.5)) == [
        "3×1 30 s 4 kg", "3×1 35 s 4 kg", "3×1 40 s 4 kg", "3×1 30 s 4.5 kg",
    ]  # fmt: skip


def test_a_band_goes_up_by_steps_of_its_own() -> None:
    assert ladder(BAND, 3, sets=4, reps=15, tempo="2-1-5", resistance="your yellow band") == [
        "4×15 2-1-5 your yellow band", "3×15 2-1-5 1 step above your yellow band",
        "4×15 2-1-5 1 step above your yellow band", "3×15 2-1-5 2 steps above your yellow band",
    ]  # fmt: skip
    assert ladder(BAND, 0)[0].endswith("the lightest band you have")


@pytest.mark.parametrize("item", ["osteoporosis", "vertebral-fracture", "heart-failure", "blood-pressure", "falls", "recent-birth"])  # fmt: skip
def test_some_begin_with_the_weight_that_the_therapist_states(item: str) -> None:
    plan = plan_for("biceps-triceps:wake", screened=[{"item": item, "answer": "yes"}])
    assert waits_for_weight(plan, CURL)
    assert not waits_for_weight(plan, BAND), "a band has no weight"
    assert not waits_for_weight(plan_for("biceps-triceps:wake"), CURL)
    assert not waits_for_weight(
        dataclasses.replace(plan, doses=(DoseOverride(exercise=CURL.id, load_kg=1),)), CURL
    )
    answered = plan_for("biceps-triceps:wake", screened=[{"item": item, "answer": "no"}])
    assert not waits_for_weight(answered, CURL)


def test_a_ladder_ends() -> None:
    assert stepped_dose(prescribed_dose(BRIDGE, None), 200, BRIDGE) == stepped_dose(
        prescribed_dose(BRIDGE, None), 300, BRIDGE
    )
    assert stepped_dose(prescribed_dose(BRIDGE, None), 300, BRIDGE)[1] is None


@pytest.mark.parametrize("exercise", [each for muscle in LIBRARY.muscles for each in LIBRARY.programme(muscle).exercises],
                         ids=lambda exercise: exercise.id)  # fmt: skip
def test_no_shipped_dose_climbs_beyond_its_bounds(exercise: Exercise) -> None:
    start = prescribed_dose(exercise, None)
    for count in range(30):
        dose, _ = stepped_dose(start, count, exercise)
        assert dose.sets <= max(4, start.sets)
        assert dose.reps <= max(15, start.reps)
        assert dose.hold_s <= max(45, start.hold_s)
        assert cut_dose(dose).size < dose.size or dose.size[0] <= 2
        assert halved_dose(dose).size <= dose.size


def test_a_cut_takes_a_set_then_repetitions_then_seconds() -> None:
    start = replace(prescribed_dose(BRIDGE, None), sets=2, reps=10, tempo="2-2-3")
    assert [said(start), said(cut_dose(start)), said(cut_dose(cut_dose(start)))] == [
        "2×10 2-2-3",
        "1×10 2-2-3",
        "1×7 2-2-3",
    ]
    hold = replace(prescribed_dose(BIRD_DOG, None), sets=1, reps=1, hold_s=20, tempo=None)
    assert [said(cut_dose(hold)), said(cut_dose(cut_dose(hold)))] == ["1×1 14 s", "1×1 9 s"]


def test_half_of_the_sets_is_rounded_up() -> None:
    start = prescribed_dose(BRIDGE, None)
    assert [halved_dose(replace(start, sets=sets)).sets for sets in (1, 2, 3, 4)] == [1, 1, 2, 2]
