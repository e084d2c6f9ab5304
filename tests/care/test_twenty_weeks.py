"""Lives for a therapist to read: how doses grow, week by week, for who always has room for more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from diary import DAY_0, LIBRARY, Diary, plan_for

from reloadpt.care.doses import WEIGHED
from reloadpt.care.in_words import short_dose
from reloadpt.journal.events import Item

EVERY_DAY = "1/1+s0"


def lived(*targets: str, weeks: int, word: str = EVERY_DAY, **plan: Any) -> dict[str, list[tuple[int, Item]]]:
    """By exercise, the days on which it was dealt and as what."""
    ends = (DAY_0 + timedelta(weeks=weeks)).isoformat()
    diary = Diary(plan_for(*targets, ends=ends, start_pain=1, **plan)).live("1s0")
    dealt: dict[str, list[tuple[int, Item]]] = {}
    for day in range(1, weeks * 7 - 1):
        known = set(diary.history.sessions)
        diary.live(word)
        for name, session in diary.history.sessions.items():
            for item in session.items if name not in known else ():
                dealt.setdefault(item.exercise, []).append((day, item))
        diary.forget()
    return dealt


def course(sessions: list[tuple[int, Item]]) -> list[str]:
    """Each dose in turn, from which day on, with its weight and its pace."""
    doses: list[str] = []
    for day, item in sessions:
        load = f" {item.load_kg:g} kg" if item.load_kg is not None else ""
        dose = f"{short_dose(item)}{load} {item.tempo}"
        if not doses or doses[-1].partition(": ")[2] != dose:
            doses.append(f"day {day}: {dose}")
    return doses


def test_the_perfect_patient_for_twenty_weeks_with_weights_of_1_2_and_4_kg_at_home() -> None:
    dealt = lived("biceps-triceps:wake", weeks=20, weights_kg=[4, 1, 2])
    assert course(dealt["biceps-triceps/hammer-curl"]) == [
        "day 17: 3×8 each side 1 kg 2-1-3",
        "day 24: 3×10 each side 1 kg 2-1-3",
        "day 31: 3×12 each side 1 kg 2-1-3",
        "day 38: 2×8 each side 2 kg 2-1-3",
        "day 45: 3×8 each side 2 kg 2-1-3",
        "day 52: 3×10 each side 2 kg 2-1-3",
        "day 59: 3×12 each side 2 kg 2-1-3",
        "day 66: 2×8 each side 4 kg 2-1-3",
        "day 73: 3×8 each side 4 kg 2-1-3",
        "day 80: 3×10 each side 4 kg 2-1-3",
        "day 87: 3×12 each side 4 kg 2-1-3",
        "day 94: 3×12 each side 4 kg 2-1-5",
        "day 101: 4×12 each side 4 kg 2-1-5",
    ]


@pytest.mark.parametrize("muscle", ["biceps-triceps", "deltoid", "forearm-extensors", "forearm-flexors"])
def test_the_first_heavier_weight_comes_by_the_seventh_session_after_the_first(muscle: str) -> None:
    dealt = lived(f"{muscle}:wake", weeks=9, weights_kg=[1, 2, 4], most_exercises=8)
    weighed = {
        exercise: [item.load_kg for _, item in sessions]
        for exercise, sessions in dealt.items()
        if WEIGHED & {*LIBRARY.exercise(exercise).equipment}
    }
    assert weighed
    for exercise, loads in weighed.items():
        if len(loads) > 7:
            assert loads[0] == 1, exercise
            assert (loads[5], loads[7]) == (1, 2) or loads[6] == 2, (exercise, loads)


def test_who_has_no_room_for_more_stays_where_it_began() -> None:
    dealt = lived("biceps-triceps:wake", weeks=9, word="1/1s0", weights_kg=[1, 2, 4])
    assert {(item.sets, item.reps, item.load_kg) for _, item in dealt["biceps-triceps/hammer-curl"]} == {
        (3, 8, 1)
    }


@pytest.mark.parametrize("intent", ["wake"])
def test_a_muscle_to_wake_keeps_an_earlier_exercise_twice_a_week_in_perform(intent: str) -> None:
    for muscle in ("multifidus", "gluteus-medius", "quadriceps"):
        dealt = lived(f"{muscle}:{intent}", weeks=8, most_exercises=8)
        in_perform = {
            exercise: [day for day, item in sessions if item.phase == "perform"]
            for exercise, sessions in dealt.items()
            if LIBRARY.exercise(exercise).phase in ("activate", "reload")
        }
        kept = {exercise: days for exercise, days in in_perform.items() if days}
        assert len(kept) == 1, muscle
        [days] = kept.values()
        weeks = [sum(first <= day < first + 7 for day in days) for first in range(days[0], 49, 7)]
        assert weeks == [2] * len(weeks), (muscle, weeks)


def test_a_muscle_to_calm_keeps_none_of_them_for_waking() -> None:
    dealt = lived("quadriceps:calm", weeks=8, most_exercises=8)
    assert not any(item.rule == "wake.kept" for sessions in dealt.values() for _, item in sessions)


def phases_reached(*targets: str, **plan: Any) -> dict[str, int]:
    """The first day in each phase, of what was dealt in six good weeks."""
    first: dict[str, int] = {}
    for sessions in lived(*targets, weeks=6, word="1/1s0", **plan).values():
        for day, item in sessions:
            first[item.phase] = min(day, first.get(item.phase, day))
    return first


def test_a_weak_pelvic_floor_waits_for_the_squeeze_and_opens_no_phase_by_other_work() -> None:
    target = "pelvic-floor-underactive:wake"
    assert phases_reached(target) == {"activate": 1}
    dealt = lived(target, weeks=6, word="1/1s0")
    assert {item.rule for sessions in dealt.values() for _, item in sessions} == {"easier.cleared"}
    assert phases_reached(target, cleared=["squeeze"]) == {"activate": 1, "reload": 4, "perform": 17}


def test_a_tense_pelvic_floor_goes_on_by_breathing_which_is_its_own_work() -> None:
    target = "pelvic-floor-overactive:calm"
    assert phases_reached(target) == {"activate": 1, "reload": 4, "perform": 17}
