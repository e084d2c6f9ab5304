"""What goes on from plan to plan, from needling to needling and between the sides, and what ends a stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from diary import DAY_0, EVENING, LOW_BACK, Diary, doses, phases, plan_for

from reloadpt.journal.events import Amended, Cleared, Needled, SetSkipped, Side

OPENED = "3/2s2 3/2s2 3/2s1 3/2s1"
STOPPED = "3/1s1 3/5s1 3/5s1 3/5s1"
STEPPED = f"{OPENED} 3/2+s1 3 3/2+ 3 3"


def fresh(**plan: Any) -> Diary:
    return Diary(plan_for("multifidus:wake", **({"start_pain": 3} | plan)))


def test_needled_weekly_for_a_month_and_more_still_reaches_perform() -> None:
    diary = Diary(plan_for(*LOW_BACK, start_pain=3))
    week = "N3/2s3 3/2s2 3/2s1 3/2s0 3/2s0 3/2 3/2 "
    diary.live(week.replace("N", "") + week * 4)
    reached = [phases(diary.today(day)) for day in (4, 20, 34)]
    assert reached[0] == "reload reload"
    assert reached[-1] == "perform perform"


def test_needled_again_the_other_muscle_goes_on() -> None:
    diary = Diary(plan_for(*LOW_BACK, start_pain=3)).live(f"{OPENED} 3/2s1")
    diary.needle(5, ["multifidus"])
    assert phases(diary.today(5)) == "reload reset"


def test_a_needling_between_the_plans_and_its_start_counts_when_it_is_told() -> None:
    plan = plan_for("multifidus:wake", start_pain=3)
    diary = Diary(replace(plan, made_at=DAY_0 + timedelta(days=3)))
    assert phases(diary.today(3, time(20))) == "activate"
    diary.write(diary.at(3, time(20)), Needled(muscle="multifidus", needled_at=diary.at(3, time(7))))
    assert phases(diary.today(3, time(20))) == "reset"
    assert phases(diary.today(4, time(6, 59))) == "reset"
    assert phases(diary.today(4, time(7))) == "activate"


def test_a_needling_on_the_day_before_a_plan_began_counts_and_one_of_the_other_side_does_not() -> None:
    told: dict[Side, str] = {"left": "reset", "both": "reset", "right": "activate"}
    for side, phase in told.items():
        plan = plan_for("multifidus:wake:left", start_pain=3)
        diary = Diary(replace(plan, made_at=DAY_0 + timedelta(days=3)))
        diary.write(
            diary.at(3, time(20)), Needled(muscle="multifidus", side=side, needled_at=diary.at(2, time(22)))
        )
        assert phases(diary.today(3, time(20))) == phase


def test_told_twice_on_one_day_it_is_one_needling() -> None:
    diary = fresh().live("3/2s2")
    diary.write(diary.at(0), Needled(muscle="multifidus", needled_at=DAY_0 + timedelta(hours=1)))
    state = diary.today(1, EVENING).states.muscles["multifidus:both"]
    assert not state.needled_cut
    assert phases(diary.today(1, EVENING)) == "activate"


def test_two_good_days_after_a_needling_give_the_set_back() -> None:
    diary = fresh().live(f"{OPENED} 3/2s1 N3s2 3/2s1 3 3/2 3 3")
    assert doses(diary.today(10))["bridge"] == "3×10"


def test_earned_doses_go_on_with_a_new_plan() -> None:
    diary = fresh().live(STEPPED)
    assert doses(diary.today(8))["bridge"] == "3×12"
    diary.start(replace(diary.plan, id="second", made_at=diary.at(8)), diary.at(8))
    assert doses(diary.today(8))["bridge"] == "3×12"


def test_a_new_plan_that_states_a_dose_has_it_so() -> None:
    diary = fresh().live(STEPPED)
    stated = plan_for(
        "multifidus:wake", id="second", doses=[{"exercise": "multifidus/bridge", "sets": 2, "reps": 8}]
    )
    diary.start(replace(stated, made_at=diary.at(8)), diary.at(8))
    due = diary.today(8)
    assert doses(due)["bridge"] == "2×8"
    assert doses(due)["bird-dog"] == "3×4×15 s each side", "the other keeps what it earned"
    assert "as your therapist set it" in next(item.why for item in due.items if "bridge" in item.exercise)


def test_a_dose_that_is_stated_is_spared_the_cuts_of_before_and_no_later_ones() -> None:
    diary = fresh().live(f"{OPENED} 3/6s1 3s1")
    stated = plan_for(
        "multifidus:wake", id="second", start_pain=3, doses=[{"exercise": "multifidus/bridge", "sets": 3}]
    )
    diary.start(replace(stated, made_at=diary.at(6)), diary.at(6))
    assert (doses(diary.today(6))["bridge"], doses(diary.today(6))["bird-dog"]) == (
        "3×10",
        "2×4×10 s each side",
    )
    diary.live("3/6 3", first=6)
    assert phases(diary.today(8)) == "activate", "two in three days"
    assert diary.today(8).states.muscles["multifidus:both"].cuts == 4


def test_the_lifted_limit_of_a_new_plan_holds_from_its_start() -> None:
    diary = fresh().live("3/1s1 3/5s1")
    lifted = plan_for("multifidus:wake", id="second", start_pain=3, limits={"activate": 6})
    diary.start(replace(lifted, made_at=diary.at(2)), diary.at(2))
    diary.live("3/5s1 3s1", first=2)
    assert [each.outcome for each in diary.today(3).states.judgements] == ["red", "amber"]


def test_a_stop_ends_by_a_word_with_the_therapist_and_not_by_time() -> None:
    diary = fresh().live(f"{STOPPED} 3s1")
    assert [concern.rule for concern in diary.today(4).concerns] == ["stopped"]
    assert [concern.rule for concern in diary.today(15).concerns][:1] == ["stopped"]
    diary.write(diary.at(4), Cleared(code="spoke", by="my therapist", seen_at="2026-11-06"))
    due = diary.today(4)
    assert due.concerns == ()
    assert phases(due) == "activate"
    assert "prone-multifidus-hold" in doses(due)


def test_after_a_stop_one_bad_day_does_not_stop_again() -> None:
    diary = fresh().live(f"{STOPPED} 3s1")
    diary.write(diary.at(4), Cleared(code="spoke", by="my therapist", seen_at="2026-11-06"))
    diary.live("3/5s1 3s1", first=4)
    assert diary.today(5).concerns == ()


def test_a_stop_ends_by_a_new_plan_of_a_therapist_and_not_by_ones_own() -> None:
    own, clinics = fresh().live(f"{STOPPED} 3s1"), fresh().live(f"{STOPPED} 3s1")
    own.start(replace(own.plan, id="second", made_by=None), own.at(4))
    clinics.start(replace(clinics.plan, id="second", made_at=clinics.at(4)), clinics.at(4))
    assert own.today(4).states.muscles["multifidus:both"].stopped
    assert not clinics.today(4).states.muscles["multifidus:both"].stopped


def test_a_long_break_and_a_new_plan_begin_anew() -> None:
    diary = fresh().live(STEPPED)
    needled = diary.at(45, time(9))
    diary.start(plan_for("multifidus:wake", id="second", needled_at=needled), diary.at(45))
    state = diary.today(45, EVENING).states.muscles["multifidus:both"]
    assert (state.passed, state.steps) == ("activate", {})


def test_a_word_with_the_therapist_ends_a_long_absence_in_activate() -> None:
    diary = fresh().live(f"{OPENED} 3/2s1")
    assert [concern.rule for concern in diary.today(34).concerns] == ["away"]
    diary.write(diary.at(34), Cleared(code="spoke", by="my therapist", seen_at=""))
    due = diary.today(34)
    assert (phases(due), [concern.rule for concern in due.concerns]) == ("activate", [])
    assert doses(due)["prone-multifidus-hold"] == "1×10×10 s"


def test_once_the_plan_is_over_no_phase_opens() -> None:
    weeks = f"{OPENED} 3/2s0 3 3/2s0 3 3/2 3 3/2 3 3/2 3 3/2 3 3/2 3"
    assert phases(fresh().live(weeks).today(18)) == "perform"
    assert phases(fresh(ends="2026-11-18T09:00:00+01:00").live(weeks).today(18)) == "reload"


def test_a_warning_sign_that_is_cleared_ends_no_stop() -> None:
    diary = fresh().live(f"{STOPPED} 3s1")
    diary.write(diary.at(4), Cleared(code="SL", by="the hospital", seen_at=""))
    assert [concern.rule for concern in diary.today(4).concerns] == ["stopped"]


def test_an_exercise_that_hurt_is_left_out_for_the_rest_of_the_day() -> None:
    diary = fresh().live("3/2s2 3s1")
    skipped = SetSkipped(
        session="2026-11-03.1", exercise="multifidus/prone-multifidus-hold", set=1, reason="pain"
    )
    diary.write(diary.at(1), skipped)
    due = diary.today(1, EVENING)
    assert [*doses(due)] == ["prone-opposite-arm-lift"]
    assert "Left out today: Deep back muscle, longer hold (because of pain)." in due.notes
    assert "prone-multifidus-hold" in doses(diary.today(2))


def test_once_the_plan_is_over_nothing_grows() -> None:
    diary = fresh(ends="2026-11-08T09:00:00+01:00").live(f"{OPENED} 3/2+s1 3 3/2+ 3 3/2+ 3 3")
    assert doses(diary.today(10))["bridge"] == "3×10"


def test_an_exercise_that_hurt_in_two_sessions_is_left_out_with_every_exercise_of_that_movement() -> None:
    diary = Diary(plan_for(*LOW_BACK, start_pain=3)).live(f"{OPENED} 3s1")
    for k in (1, 2):
        diary.write(
            diary.at(4),
            SetSkipped(
                session=f"2026-11-06.{k}", exercise="lumbar-paraspinals/bird-dog", set=1, reason="pain"
            ),
        )
        left = doses(diary.today(5))
        assert ("bird-dog" in left) is (k == 1)
    assert any("Left out: Bird dog (stopped for pain twice)" in note for note in diary.today(5).notes)
    diary.write(diary.at(4), Cleared(code="spoke", by="my therapist", seen_at=""))
    assert "bird-dog" in doses(diary.today(5))


def test_a_pain_key_pressed_by_mistake_and_taken_back_leaves_nothing_out() -> None:
    diary = fresh().live(f"{OPENED} 3s1")
    for k in (1, 2):
        skipped = SetSkipped(session=f"2026-11-06.{k}", exercise="multifidus/bridge", set=1, reason="pain")
        diary.write(diary.at(4), skipped)
    diary.write(diary.at(4), Amended(amends=len(diary.entries) - 1, change=None, reason="went back"))
    assert "bridge" in doses(diary.today(5))


def test_an_exercise_without_its_equipment_is_left_out_for_a_week() -> None:
    diary = fresh().live(f"{OPENED} 3s1")
    skipped = SetSkipped(session="2026-11-06.1", exercise="multifidus/bridge", set=1, reason="equipment")
    diary.write(diary.at(4), skipped)
    diary.live("3/2 3 3/2 3 3/2 3 3")
    assert "bridge" not in doses(diary.today(10))
    assert "bridge" in doses(diary.today(11))


def test_the_sides_of_a_muscle_go_their_own_ways_and_the_one_behind_holds_what_works_both() -> None:
    plan = plan_for("multifidus:wake:left", "multifidus:wake:right:ceiling=activate", start_pain=3)
    diary = Diary(plan).live(f"{OPENED} 3s1")
    due = diary.today(4)
    assert {key: now.phase for key, now in due.phases.items()} == {
        "multifidus:left": "reload",
        "multifidus:right": "activate",
    }
    dealt = {item.exercise.partition("/")[2]: item.side for item in due.items}
    assert dealt["bird-dog"] == "left"
    assert dealt["prone-opposite-arm-lift"] == "right"
    assert "bridge" not in dealt, "it would load the right side too"


def test_a_plan_by_other_sides_goes_on_from_the_side_that_came_least_far() -> None:
    diary = Diary(plan_for("multifidus:wake:left", "multifidus:wake:right:ceiling=activate", start_pain=3))
    diary.live(f"{OPENED} 3s1")
    diary.start(plan_for("multifidus:wake", id="second", start_pain=3), diary.at(4))
    assert phases(diary.today(4)) == "reload", "both had two good days"


def test_a_side_told_again_after_both_goes_on_from_both() -> None:
    diary = Diary(plan_for("multifidus:wake:left", start_pain=3)).live(f"{OPENED} 3s1")
    diary.start(plan_for("multifidus:wake", id="second", start_pain=3), diary.at(4))
    diary.live("3/6s1 3 3/6 3s1", first=4)
    assert phases(diary.today(7)) == "activate"
    diary.start(plan_for("multifidus:wake:left", id="third", start_pain=3), diary.at(7))
    assert phases(diary.today(7)) == "activate", "not the reload that the left side had once"


def test_a_stopped_muscle_holds_the_movement_for_the_other_too() -> None:
    diary = Diary(plan_for("lumbar-paraspinals:calm", "multifidus:wake", start_pain=3)).live(f"{OPENED}")
    for day in (4, 6, 8):
        diary.rate(day, 3, 1)
        diary.exercise(day, 7, of="lumbar")
    due = diary.today(9)
    assert "stopped" in {concern.rule for concern in due.concerns}
    assert not [item for item in due.items if "bird-dog" in item.exercise]
