"""What is dealt of all that is due: how often, how many, in which order, at home."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from diary import EVENING, LIBRARY, LOW_BACK, Diary, doses, phases, plan_for

from reloadpt.care.in_words import short_name, sided_name
from reloadpt.journal.events import SetSkipped

OPENED = "3/2s2 3/2s2 3/2s1 3/2s1"
HOLD, ARM_LIFT = "multifidus/prone-multifidus-hold", "multifidus/prone-opposite-arm-lift"


def often(exercise: str, times: int, per: str) -> dict[str, Any]:
    return {"exercise": exercise, "often": {"times": times, "per": per}}


def days_done(diary: Diary, exercise: str, last: int) -> list[int]:
    """The days on which an exercise is due, when all that is due is done at once."""
    found = []
    for day in range(diary.next_day, last):
        items = diary.exercise(day, 1)
        if exercise in [item.exercise for item in items]:
            found.append(day)
    return found


def test_many_a_day_are_two_hours_apart_and_no_more_than_planned() -> None:
    diary = Diary(plan_for("multifidus:wake", doses=[often(HOLD, 3, "day"), often(ARM_LIFT, 1, "day")]))
    due_at = [
        f"{hour}"
        for hour in range(10, 23)
        if [i for i in diary.exercise(1, 1, when=time(hour)) if i.exercise == HOLD]
    ]
    assert due_at == ["10", "13", "16"], "done within a quarter of an hour, so at the next full hour but one"


@pytest.mark.parametrize(
    ("times", "per", "days"),
    [
        (1, "two_days", [1, 3, 5, 7, 9, 11, 13]),
        (3, "week", [1, 4, 7, 9, 11, 14]),
        (4, "week", [1, 3, 5, 7, 8, 10, 12, 14]),
        (2, "week", [1, 5, 8, 12]),
        (1, "week", [1, 8]),
    ],
)
def test_so_many_a_week_on_days_apart(times: int, per: str, days: list[int]) -> None:
    diary = Diary(plan_for("multifidus:wake:ceiling=activate", doses=[often(HOLD, times, per)]))
    diary.next_day = 1
    assert days_done(diary, HOLD, 15) == days


def test_what_was_missed_is_not_piled_up() -> None:
    diary = Diary(plan_for("multifidus:wake:ceiling=activate", doses=[often(HOLD, 3, "week")])).live("- 3/1")
    diary.next_day = 8
    assert days_done(diary, HOLD, 15) == [8, 11, 13]


def test_twice_a_week_has_gaps_of_four_days_and_is_not_away() -> None:
    twice = [often(f"multifidus/{name}", 2, "week") for name in ("bridge", "bird-dog")]
    diary = Diary(plan_for("multifidus:wake", start_pain=3, doses=twice)).live(f"{OPENED} 3/2s1 3 3 3 3s1")
    assert doses(diary.today(8))["bridge"] == "3×10"
    assert doses(diary.today(9))["bridge"] == "2×10", "a day late"


def test_next_is_told_by_the_clock() -> None:
    diary = Diary(plan_for("multifidus:wake"))
    for hour in (10, 13, 16):
        diary.exercise(0, 1, when=time(hour))
    assert diary.today(0, EVENING).next_at == diary.at(1, time(8))
    night = diary.today(1, time(8, 30))
    assert night.next_at == diary.at(1, time(9)), "activate opens"


def test_what_hurt_two_muscles_counts_for_both() -> None:
    diary = Diary(plan_for(*LOW_BACK, start_pain=3)).live(f"{OPENED} 3/2s1 3s1")
    assert "bird-dog" not in doses(diary.today(5)), "done yesterday, for both"
    done = diary.today(5).states.muscles
    assert {state.last_done for state in done.values()} == {diary.at(4).date()}


def test_one_goes_down_to_the_floor_once_and_comes_up_once() -> None:
    diary = Diary(plan_for("multifidus:wake", "upper-trapezius:calm", start_pain=3, most_exercises=8))
    positions = [item.position for item in diary.live("3/1s1 3s1").today(1).items]
    assert positions == ["prone", "prone", "sitting", "standing"]


def test_newest_needling_first_where_not_all_fit() -> None:
    diary = Diary(plan_for("multifidus:wake", "quadriceps:wake", start_pain=3, most_exercises=1)).live(
        "3/1s1 3s1"
    )
    diary.needle(1, ["quadriceps"])
    assert [item.muscle for item in diary.today(1).items] == ["quadriceps"]


def test_a_muscle_to_be_calmed_keeps_one_calm_exercise_every_day() -> None:
    diary = Diary(plan_for("lumbar-paraspinals:calm", start_pain=3)).live(f"{OPENED} 3/2s1 3s1")
    assert doses(diary.today(5)) == {"knee-rocks": "1×10"}
    diary.exercise(5, 1)
    assert doses(diary.today(5, EVENING)) == {}


def test_a_day_of_the_calm_exercise_alone_is_no_day_to_judge_unless_it_hurts() -> None:
    diary = Diary(plan_for("lumbar-paraspinals:calm", start_pain=3)).live(f"{OPENED} 3/2s1 3/2s1 3s1")
    assert [f"{each.day:%d}" for each in diary.today(6).states.judgements][-1] == "06"
    hurt = Diary(plan_for("lumbar-paraspinals:calm", start_pain=3)).live(f"{OPENED} 3/2s1 3/7s1 3s1")
    assert hurt.today(6).states.judgements[-1].outcome == "red"


def test_what_needs_a_therapists_word_waits_for_it() -> None:
    cleared: dict[str, Any] = {"cleared": ["lumbar-paraspinals/knees-to-chest"]}
    assert "knees-to-chest" in doses(Diary(plan_for("lumbar-paraspinals:calm", **cleared)).today(1))
    assert "knees-to-chest" not in doses(Diary(plan_for("lumbar-paraspinals:calm")).today(1))


def test_a_demanding_exercise_is_dealt_only_where_the_plan_turns_it_on() -> None:
    deadlift = "multifidus/romanian-deadlift"
    perform: dict[str, Any] = {"doses": [{"exercise": deadlift, "from_phase": "activate"}]}
    assert "romanian-deadlift" not in doses(Diary(plan_for("multifidus:wake", **perform)).today(1))
    assert "romanian-deadlift" in doses(
        Diary(plan_for("multifidus:wake", demanding=[deadlift], **perform)).today(1)
    )


def test_an_exercise_begun_in_an_earlier_phase_goes_on_to_its_own() -> None:
    bridge: dict[str, Any] = {"doses": [{"exercise": "multifidus/bridge", "from_phase": "activate"}]}
    diary = Diary(plan_for("multifidus:wake", start_pain=3, **bridge))
    assert "bridge" in doses(diary.today(1))
    diary.live(f"{OPENED} 3s1")
    assert phases(diary.today(4)) == "reload"
    assert "bridge" in doses(diary.today(5)) or "bridge" in doses(diary.today(4))
    later: dict[str, Any] = {"doses": [{"exercise": HOLD, "from_phase": "perform"}]}
    assert HOLD.partition("/")[2] not in doses(Diary(plan_for("multifidus:wake", **later)).today(1))


def test_an_exercise_left_out_by_the_plan_is_not_dealt() -> None:
    diary = Diary(plan_for("multifidus:wake", doses=[{"exercise": HOLD, "omit": True}]))
    assert [*doses(diary.today(1))] == ["prone-opposite-arm-lift"]


def test_from_day_counts_from_the_first_needling() -> None:
    exercises = [
        each for muscle in LIBRARY.muscles for each in LIBRARY.programme(muscle).exercises if each.from_day
    ]
    assert exercises, "one of the programmes has such an exercise"
    late = exercises[0]
    assert late.from_day
    plan = plan_for(f"{late.muscle}:wake", doses=[{"exercise": late.id, "from_phase": "activate"}],
                    demanding=[late.id])  # fmt: skip
    diary = Diary(plan)
    name = late.id.partition("/")[2]
    assert name not in doses(diary.today(late.from_day - 1))
    assert name in doses(diary.today(late.from_day))


def test_what_was_lacked_is_told_where_nothing_takes_its_place() -> None:
    diary = Diary(plan_for("quadriceps:wake"))
    wall_sit = "quadriceps/shallow-wall-sit"
    diary.write(diary.at(1), SetSkipped(session="2026-11-03.1", exercise=wall_sit, set=1, reason="equipment"))
    assert any("you lack what is needed" in note for note in diary.today(1).notes)


def test_what_was_lacked_is_replaced_where_something_can_be() -> None:
    diary = Diary(plan_for("multifidus:wake"))
    diary.write(diary.at(1), SetSkipped(session="2026-11-03.1", exercise=HOLD, set=1, reason="equipment"))
    due = diary.today(1)
    assert "sitting-lean-and-hold" in doses(due)
    assert not any("you lack what is needed" in note for note in due.notes)


@pytest.mark.parametrize("muscle", LIBRARY.muscles)
@pytest.mark.parametrize("intent", ["calm", "wake"])
def test_every_muscle_is_dealt_something_in_every_phase(muscle: str, intent: str) -> None:
    diary = Diary(plan_for(f"{muscle}:{intent}", start_pain=3, cleared=["therapist", "squeeze"]))
    for day, phase in ((0, "reset"), (1, "activate")):
        assert phases(diary.today(day)) == phase
        assert diary.today(day).items
    diary.live(f"{OPENED} 3s1")
    due = diary.today(4)
    assert phases(due) == "reload"
    assert due.items
    assert all(short_name(LIBRARY.programme(muscle)) in item.why or "×" in item.why for item in due.items)
    assert diary.at(4) - diary.plan.made_at >= timedelta(days=4)


@pytest.mark.parametrize(("sides", "dealt"), [(("right", "right"), "both"), (("right", "left"), "both")])
def test_a_movement_whose_sides_are_not_the_same_for_two_muscles_is_dealt_on_both(
    sides: tuple[str, str], dealt: str
) -> None:
    """The split squat of the hip flexors works the leg behind, that of the quadriceps the leg in front."""
    early = [
        {"exercise": f"{muscle}/split-squat", "from_phase": "reset"}
        for muscle in ("hip-flexors", "quadriceps")
    ]
    hip, knee = sides
    plan = plan_for(
        f"hip-flexors:wake:{hip}", f"quadriceps:wake:{knee}", doses=early, most_exercises=12, has=["dumbbell"]
    )
    [item] = [
        item for item in Diary(plan).today(0).items if "split-squat" in (item.exercise + str(item.credits))
    ]
    assert (item.side, len(item.credits)) == (dealt, 1)


def test_a_movement_whose_sides_are_the_same_is_dealt_on_the_side_asked_for() -> None:
    early = [
        {"exercise": f"{muscle}/bird-dog", "from_phase": "reset"}
        for muscle in ("multifidus", "quadratus-lumborum")
    ]
    plan = plan_for("multifidus:wake:right", "quadratus-lumborum:wake:right", doses=early, most_exercises=12)
    [item] = [item for item in Diary(plan).today(0).items if "bird-dog" in item.exercise]
    assert (item.side, len(item.credits)) == ("right", 1)


def test_what_waits_for_a_clearance_is_not_said_to_be_impossible_at_home() -> None:
    whys = []
    for cleared in (["therapist"], []):
        diary = Diary(plan_for("pelvic-floor-underactive:wake", start_pain=3, cleared=cleared))
        diary.live(f"{OPENED} 3s1")
        whys += [item.why for day in (1, 4) for item in diary.today(day).items]
    assert any("until your therapist clears you for it" in why for why in whys), whys
    assert not any("at home" in why for why in whys)


def test_what_is_said_of_a_movement_dealt_for_each_side_has_its_whole_dose() -> None:
    diary = Diary(plan_for("multifidus:calm:left", "multifidus:wake:right"))
    lift = next(item for item in diary.today(2).items if item.exercise == ARM_LIFT)
    assert lift.side == "both"
    assert lift.why.endswith("2×8×3 s each side.")
    assert sided_name(lift) == "Arm lift, lying on the front"


def test_what_is_said_of_a_movement_dealt_for_one_side_has_the_dose_of_that_side() -> None:
    diary = Diary(plan_for("multifidus:wake:right"))
    lift = next(item for item in diary.today(2).items if item.exercise == ARM_LIFT)
    assert (lift.side, lift.why[-9:]) == ("right", " 2×8×3 s.")
    assert sided_name(lift) == "Arm lift, lying on the front, right side"
