"""Steps and cuts: what one more and one less of a dose is."""

from __future__ import annotations

import pytest
from diary import LIBRARY
from msgspec.structs import replace

from reloadpt.care.doses import DealtDose, cut_dose, halved_dose, prescribed_dose, stepped_dose
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


def ladder(exercise: Exercise, steps: int, **stated: object) -> list[str]:
    start = prescribed_dose(exercise, DoseOverride(exercise=exercise.id, **stated))  # type: ignore[arg-type]
    return [said(stepped_dose(start, count, exercise)[0]) for count in range(steps + 1)]


BRIDGE = LIBRARY.exercise("multifidus/bridge")
BIRD_DOG = LIBRARY.exercise("multifidus/bird-dog")
CURL = LIBRARY.exercise("biceps-triceps/curl")
BAND = LIBRARY.exercise("upper-trapezius/band-external-rotation-both-arms")


def test_repetitions_first_then_a_slower_return_a_set_and_the_harder_way() -> None:
    assert ladder(BRIDGE, 7, sets=3, reps=10, tempo="2-2-3") == [
        "3×10 2-2-3", "3×12 2-2-3", "3×14 2-2-3", "3×15 2-2-3", "3×15 2-2-5", "4×15 2-2-5",
        "3×10 2-2-3 harder", "3×12 2-2-3 harder",
    ]  # fmt: skip


def test_holds_grow_by_five_seconds_to_a_minute_in_a_set() -> None:
    assert ladder(BIRD_DOG, 4, sets=3, reps=4, hold_s=10) == [
        "3×4 10 s", "3×4 15 s", "4×4 15 s", "3×4 10 s harder", "3×4 15 s harder",
    ]  # fmt: skip
    assert ladder(BIRD_DOG, 4, sets=4, reps=1, hold_s=30)[:4] == [
        "4×1 30 s",
        "4×1 35 s",
        "4×1 40 s",
        "4×1 45 s",
    ]


def test_kilograms_grow_by_five_per_cent_and_the_repetitions_begin_again() -> None:
    assert ladder(CURL, 6, sets=4, reps=15, tempo="2-1-5", load_kg=10) == [
        "4×15 2-1-5 10 kg", "4×15 2-1-5 10.5 kg", "4×15 2-1-5 11.03 kg", "4×15 2-1-5 11.58 kg",
        "4×15 2-1-5 12.16 kg", "4×15 2-1-5 10 kg harder", "4×15 2-1-5 10 kg harder",
    ]  # fmt: skip
    climbed = ladder(CURL, 5, sets=4, reps=12, tempo="2-1-5", load_kg=10)
    assert climbed[2:4] == ["4×15 2-1-5 10 kg", "4×12 2-1-5 10.5 kg"]


def test_a_band_goes_up_by_steps() -> None:
    assert ladder(BAND, 2, sets=4, reps=15, tempo="2-1-5", resistance="yellow band") == [
        "4×15 2-1-5 yellow band", "4×15 2-1-5 yellow band, 1 step more", "4×15 2-1-5 yellow band, 2 steps more",
    ]  # fmt: skip


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
