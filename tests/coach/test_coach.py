"""The coach, action by action: what it records, what it says, and what a screen sees of it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import msgspec
import pytest

from reloadpt.coach.coach import Coach, MoreTime, Output, Voided
from reloadpt.coach.cues import Cue
from reloadpt.journal.events import (
    Eased,
    Event,
    ExerciseRated,
    FlagRaised,
    Item,
    SessionClosed,
    SetDone,
    SetSkipped,
)

SESSION = "2026-11-22.1"


def item(exercise: str, **dose: Any) -> Item:
    return Item(
        exercise=exercise, name=exercise, muscle="multifidus", phase="reload", intent="wake",
        **{"sets": 1, **dose},
    )  # fmt: skip


BREATHING = item("lumbar/breathing", reps=10, tempo="4-0-6")
BIRD_DOG = item(
    "multifidus/bird-dog", sets=3, reps=4, hold_s=10, rep_rest_s=3, rest_s=30, per_side=True,
    position="side-lying",
)  # fmt: skip
STRETCH = item("lumbar/child", sets=2, hold_s=30, rest_s=15, position="prone")
SQUATS = item("gluteus/squat", sets=2, reps=12, rest_s=60, load_kg=8.0)


def events(outputs: tuple[Output, ...]) -> list[Event | Voided | MoreTime]:
    """What came, but for who confirmed a set, which has tests of its own."""
    return [
        msgspec.structs.replace(output, confirmed=None) if isinstance(output, SetDone) else output
        for output in outputs
        if not isinstance(output, Cue)
    ]


def confirmed(outputs: tuple[Output, ...]) -> list[bool | None]:
    return [output.confirmed for output in outputs if isinstance(output, SetDone)]


def heard(outputs: tuple[Output, ...]) -> list[str]:
    return [output.kind for output in outputs if isinstance(output, Cue)]


def begun(*items: Item, **how: Any) -> Coach:
    coach = Coach(SESSION, items, **how)
    coach.begin(0)
    return coach


def rated(exercise: str, pain: int = 1) -> ExerciseRated:
    return ExerciseRated(session=SESSION, exercise=exercise, pain=pain)


def test_a_session_of_breathing_from_beginning_to_end() -> None:
    coach = Coach(SESSION, [BREATHING])
    assert coach.view(0).state == "idle"
    assert heard(coach.begin(0)) == ["get_ready"]
    assert heard(coach.advance(10)) == ["three", "two", "one", "go", "out"]
    assert heard(coach.advance(20)) == ["return", "count", "out"]
    assert (coach.view(22).rep, coach.view(22).beat, coach.view(22).beat_elapsed) == (2, "out", 2)
    out = coach.advance(110)
    assert events(out) == [
        SetDone(session=SESSION, exercise="lumbar/breathing", set=1, reps=10, seconds=100.0)
    ]
    assert heard(out)[-3:] == ["count", "done", "rate"]
    assert coach.view(110).ratings_due == (0,)
    out = coach.rate(120, [rated("lumbar/breathing")], worst=2, note="easier than yesterday")
    assert events(out) == [
        rated("lumbar/breathing"),
        SessionClosed(session=SESSION, how="finished", worst=2, note="easier than yesterday"),
    ]
    assert heard(out) == ["finished"]
    assert (coach.view(120).state, coach.view(120).fraction) == ("finished", 1.0)


def test_every_cue_says_when_it_was_due_however_late_it_comes() -> None:
    coach = begun(BREATHING)
    cues = [output for output in coach.advance(1000) if isinstance(output, Cue)]
    assert [(cue.kind, cue.due) for cue in cues[:6]] == [
        ("three", 7), ("two", 8), ("one", 9), ("go", 10), ("out", 10), ("return", 14),
    ]  # fmt: skip
    assert (cues[-2].kind, cues[-2].due) == ("done", 110)


def test_a_set_that_ended_long_ago_is_recorded_with_its_own_length_and_the_rest_began_then() -> None:
    coach = begun(STRETCH)
    assert events(coach.advance(30 + 30 + 10)) == [
        SetDone(session=SESSION, exercise="lumbar/child", set=1, reps=1, hold_s=30, seconds=30.0)
    ]
    view = coach.view(70)
    assert (view.state, view.step_elapsed, view.step_seconds, view.set_number) == ("rest", 10, 15, 2)


def test_done_in_a_paced_set_records_the_repetitions_that_are_complete() -> None:
    coach = begun(BREATHING)
    assert heard(coach.done(10 + 9))[-1] == "nothing_done"
    assert coach.view(19).state == "work"
    assert events(coach.done(10 + 25.26)) == [
        SetDone(session=SESSION, exercise="lumbar/breathing", set=1, reps=2, seconds=25.3)
    ]


def test_done_in_a_single_hold_records_the_seconds_held() -> None:
    coach = begun(STRETCH)
    assert heard(coach.done(30.9))[-1] == "nothing_done"
    assert events(coach.done(30 + 12.9)) == [
        SetDone(session=SESSION, exercise="lumbar/child", set=1, reps=1, hold_s=12, seconds=12.9)
    ]


def test_a_self_paced_set_waits_and_its_seconds_leave_pauses_out() -> None:
    coach = begun(SQUATS)
    coach.advance(10)
    assert coach.next_boundary() is None
    coach.pause(30)
    coach.go_on(1000)
    assert events(coach.done(1010)) == [
        SetDone(
            session=SESSION,
            exercise="gluteus/squat",
            set=1,
            reps=12,
            load_kg=8.0,
            seconds=30.0,
            source="self_paced",
        )
    ]
    assert coach.view(1010).state == "rest"


def test_done_before_a_set_goes_on_to_it_now() -> None:
    coach = begun(BREATHING)
    assert heard(coach.done(1)) == ["go", "out"]
    assert coach.view(1).state == "work"


def test_a_pause_keeps_what_has_elapsed() -> None:
    coach = begun(BREATHING)
    assert heard(coach.pause(17))[-1] == "paused"
    assert coach.next_boundary() is None
    assert coach.advance(500) == ()
    view = coach.view(600)
    assert (view.paused, view.paused_because, view.step_elapsed) == (True, "asked", 7)
    assert heard(coach.go_on(1000)) == ["go_on"]
    assert coach.next_boundary() == 1003


def test_sleep_does_not_count_and_is_asked_about() -> None:
    coach = begun(BREATHING)
    coach.advance(17)
    assert heard(coach.slept(40_000)) == ["paused"]
    view = coach.view(40_000)
    assert (view.paused_because, view.step_elapsed) == ("slept", 7)
    coach.go_on(40_010)
    assert coach.next_boundary() == 40_013


def test_skipping_an_exercise_skips_all_that_is_left_of_it_and_goes_on_to_the_next() -> None:
    coach = begun(BIRD_DOG, BREATHING)
    coach.advance(30 + 49)
    skipped = events(coach.skip(80, "time"))
    assert [(skip.side, skip.set) for skip in skipped if isinstance(skip, SetSkipped)] == [
        ("right", 1), ("left", 2), ("right", 2), ("left", 3), ("right", 3),
    ]  # fmt: skip
    view = coach.view(80)
    assert (view.state, view.item, view.step_seconds, view.step_elapsed) == ("ready", 1, 30, 0)


def test_skipping_one_set_at_work_still_gives_its_rest() -> None:
    coach = begun(STRETCH)
    coach.advance(40)
    assert events(coach.skip(40, "unsure", "set")) == [
        SetDone(session=SESSION, exercise="lumbar/child", set=1, reps=1, hold_s=10, seconds=10.0),
        SetSkipped(session=SESSION, exercise="lumbar/child", set=1, reason="unsure"),
    ]
    assert (coach.view(40).state, coach.view(40).set_number) == ("rest", 2)
    coach.skip(41, "time", "set")
    assert coach.view(41).state == "rate"


def test_back_at_work_starts_the_set_again() -> None:
    coach = begun(BREATHING)
    assert events(coach.back(50)) == []
    assert (coach.view(50).state, coach.view(50).set_number, coach.view(50).step_elapsed) == ("ready", 1, 0)


def test_back_in_a_rest_takes_the_set_before_it_back() -> None:
    coach = begun(STRETCH)
    coach.advance(65)
    assert events(coach.back(65)) == [Voided("lumbar/child", "both", 1)]
    assert (coach.view(65).state, coach.view(65).set_number, coach.view(65).fraction) == ("ready", 1, 0)


def test_back_at_the_last_ratings_takes_the_last_set_back_but_after_a_stop_only_the_stop() -> None:
    coach = begun(BREATHING)
    coach.advance(110)
    assert events(coach.back(115)) == [Voided("lumbar/breathing", "both", 1)]
    coach = begun(STRETCH)
    coach.stop(65)
    assert coach.view(65).state == "rate"
    assert events(coach.back(66)) == []
    assert (coach.view(66).state, coach.view(66).set_number) == ("ready", 2)


def test_back_after_skipping_an_exercise_by_mistake_brings_all_of_it_back() -> None:
    coach = begun(BREATHING, BIRD_DOG, STRETCH)
    coach.notice_key()
    coach.skip(110 + 30 + 49 + 1, "time")
    assert coach.view(191).item == 2
    assert events(coach.back(191)) == [
        Voided("multifidus/bird-dog", "right", 3),
        Voided("multifidus/bird-dog", "left", 3),
        Voided("multifidus/bird-dog", "right", 2),
        Voided("multifidus/bird-dog", "left", 2),
        Voided("multifidus/bird-dog", "right", 1),
    ]
    view = coach.view(191)
    assert (view.state, view.item, view.side, view.set_number, view.sets_done) == ("ready", 1, "right", 1, 2)


def test_easier_takes_a_third_off_what_is_left() -> None:
    coach = begun(BREATHING)
    coach.advance(10)
    out = coach.easier(15)
    assert heard(out)[-1] == "easier"
    assert events(out) == [Eased(session=SESSION, exercise="lumbar/breathing", reps=7)]
    assert coach.view(15).step_seconds == 70
    assert coach.view(15).step_elapsed == 5
    out = coach.advance(80)
    assert [event.reps for event in events(out) if isinstance(event, SetDone)] == [7]


def test_easier_ends_a_set_that_is_past_its_new_end() -> None:
    coach = begun(BREATHING)
    out = coach.easier(10 + 85)
    assert [event for event in events(out) if not isinstance(event, Eased)] == [
        SetDone(session=SESSION, exercise="lumbar/breathing", set=1, reps=8, seconds=85.0)
    ]
    assert coach.view(95).state == "rate"


def test_easier_at_a_beat_does_not_say_it_again() -> None:
    coach = begun(BREATHING)
    coach.advance(10 + 10)
    assert heard(coach.easier(20)) == ["easier"]
    assert coach.next_boundary() == 24
    assert coach.view(20).rep == 2


def test_stop_keeps_what_was_done_and_leaves_the_rest_untouched() -> None:
    coach = begun(STRETCH)
    assert events(coach.stop(70))[1:] == []
    assert events(coach.rate(80, [rated("lumbar/child")])) == [
        rated("lumbar/child"),
        SessionClosed(session=SESSION, how="stopped"),
    ]


def test_stop_before_anything_was_done_closes_at_once() -> None:
    coach = begun(STRETCH)
    assert events(coach.stop(29)) == [SessionClosed(session=SESSION, how="stopped")]
    assert coach.view(29).state == "finished"


def test_stop_in_a_set_writes_down_what_is_complete_of_it_and_asks_how_it_was() -> None:
    coach = begun(BREATHING)
    assert events(coach.stop(10 + 25)) == [
        SetDone(session=SESSION, exercise="lumbar/breathing", set=1, reps=2, seconds=25.0)
    ]
    assert (coach.view(35).state, coach.view(35).ratings_due) == ("rate", (0,))
    coach = begun(BREATHING)
    assert events(coach.stop(10 + 9)) == [SessionClosed(session=SESSION, how="stopped")], "none was complete"


def test_stop_in_a_self_paced_set_writes_nothing_down_that_nobody_counted() -> None:
    coach = begun(SQUATS)
    assert events(coach.stop(25)) == [SessionClosed(session=SESSION, how="stopped")]


def test_back_after_a_stop_in_a_set_takes_back_what_the_stop_wrote_and_no_more() -> None:
    coach = begun(STRETCH)
    coach.stop(30 + 30 + 15 + 12)
    assert events(coach.back(90)) == [Voided("lumbar/child", "both", 2)]
    assert (coach.view(90).state, coach.view(90).set_number, coach.view(90).sets_done) == ("ready", 2, 1)
    coach.stop(91)
    assert events(coach.back(92)) == [], "this stop wrote nothing"


def test_a_warning_sign_closes_at_once() -> None:
    coach = begun(STRETCH)
    assert events(coach.flag(40, "SN", "call")) == [
        FlagRaised(code="SN", advice="call"),
        SetDone(session=SESSION, exercise="lumbar/child", set=1, reps=1, hold_s=10, seconds=10.0),
        SessionClosed(session=SESSION, how="flagged"),
    ]
    assert (coach.view(40).how, coach.view(40).sets_done) == ("flagged", 1), "what was written is counted"
    assert coach.done(50) == coach.begin(50) == coach.stop(50) == ()


def test_picking_up_goes_on_at_the_first_set_that_is_left() -> None:
    coach = begun(STRETCH, BREATHING, resolved={("lumbar/child", "both", 1): "done"})
    view = coach.view(0)
    assert (view.state, view.item, view.set_number, view.sets_done) == ("ready", 0, 2, 1)
    coach = begun(BREATHING, resolved={("lumbar/breathing", "both", 1): "done"})
    assert (coach.view(0).state, coach.view(0).ratings_due) == ("rate", (0,))


def test_rating_each_exercise_asks_after_it_but_not_after_one_that_was_skipped() -> None:
    coach = begun(BREATHING, STRETCH, SQUATS, rate="each")
    coach.advance(110)
    assert (coach.view(110).state, coach.view(110).ratings_due) == ("rate", (0,))
    assert events(coach.rate(110, [rated("lumbar/breathing")])) == [rated("lumbar/breathing")]
    coach.skip(111, "time")
    assert (coach.view(111).state, coach.view(111).item) == ("ready", 2)


@pytest.mark.parametrize(
    ("why", "wrong"),
    [
        ("not to be rated", {"ratings": [rated("lumbar/child")]}),
        ("twice", {"ratings": [rated("lumbar/breathing"), rated("lumbar/breathing")]}),
        ("<= 10", {"ratings": [rated("lumbar/breathing", pain=11)]}),
        (
            "another session",
            {"ratings": [ExerciseRated(session="2026-11-21.1", exercise="lumbar/breathing")]},
        ),
        ("<= 10", {"worst": 11}),
    ],
)
def test_ratings_that_do_not_fit_are_refused_and_nothing_changes(why: str, wrong: dict[str, Any]) -> None:
    coach = begun(BREATHING)
    coach.advance(110)
    with pytest.raises(ValueError, match=why):
        coach.rate(111, **wrong)
    assert coach.view(111).state == "rate"
    assert coach.rate(112, [rated("lumbar/breathing")])


def test_ratings_wait_for_their_step_to_have_been_seen() -> None:
    coach = begun(BREATHING)
    assert [type(event) for event in events(coach.rate(111, [rated("lumbar/breathing")]))] == [SetDone]
    assert coach.view(111).state == "rate"


def test_back_leaves_alone_what_was_rated() -> None:
    coach = begun(BREATHING, STRETCH, rate="each")
    coach.advance(110)
    coach.rate(110, [rated("lumbar/breathing")])
    assert events(coach.back(112)) == []
    assert (coach.view(112).state, coach.view(112).item, coach.view(112).step_elapsed) == ("ready", 1, 0)


def test_a_rating_that_was_asked_for_and_left_out_is_not_asked_for_again() -> None:
    coach = begun(BREATHING, rate="each")
    coach.advance(110)
    assert coach.rate(110) != ()
    assert (coach.view(110).state, coach.view(110).item, coach.view(110).ratings_due) == ("rate", None, ())


def test_skipping_what_is_left_of_an_exercise_still_asks_how_it_was() -> None:
    coach = begun(STRETCH, BREATHING, rate="each")
    coach.advance(61)
    coach.skip(61, "time")
    assert (coach.view(61).state, coach.view(61).ratings_due) == ("rate", (0,))


def test_skipping_on_the_way_down_still_leaves_time_for_the_way() -> None:
    coach = begun(BIRD_DOG, STRETCH)
    coach.skip(1, "equipment")
    assert coach.view(1).step_seconds == 30


def test_stop_with_nothing_but_skips_closes_at_once() -> None:
    coach = begun(BIRD_DOG, STRETCH)
    coach.skip(1, "equipment")
    assert events(coach.stop(2)) == [SessionClosed(session=SESSION, how="stopped")]


def test_sets_of_another_session_are_passed_over_when_picking_up() -> None:
    coach = begun(BREATHING, resolved={("lumbar/other", "both", 1): "done"})
    assert (coach.view(0).state, coach.view(0).sets_done, coach.view(0).fraction) == ("ready", 0, 0)


def test_two_items_of_the_same_exercise_and_side_are_refused() -> None:
    with pytest.raises(ValueError, match="two items"):
        Coach(SESSION, [STRETCH, STRETCH])


def test_a_set_left_open_for_days_is_cut_to_what_an_entry_may_hold() -> None:
    coach = begun(SQUATS)
    assert [event.seconds for event in events(coach.done(500_000)) if isinstance(event, SetDone)] == [86400]


def test_what_comes_next_is_seen_while_at_work() -> None:
    coach = begun(STRETCH, BREATHING)
    assert coach.view(0).upcoming == (0, "both", 1)
    coach.advance(40)
    assert coach.view(40).upcoming == (0, "both", 2)
    assert coach.view(40).seconds_left == 20 + 15 + 30 + 30 + 100
    coach.advance(80)
    assert coach.view(80).upcoming == (1, "both", 1)


def test_a_count_comes_at_the_end_of_a_hold_and_not_of_the_rest_after_it() -> None:
    coach = begun(BIRD_DOG)
    cues = [cue for cue in coach.advance(30 + 24) if isinstance(cue, Cue)]
    assert [(cue.kind, cue.due - 30, cue.rep) for cue in cues[3:]] == [
        ("go", 0, None), ("hold", 0, 1), ("count", 10, 1), ("rest", 10, 1), ("hold", 13, 2), ("count", 23, 2),
        ("rest", 23, 2),
    ]  # fmt: skip


def test_a_long_hold_is_told_its_middle() -> None:
    coach = begun(STRETCH)
    halfway = [cue for cue in coach.advance(60) if isinstance(cue, Cue) and cue.kind == "halfway"]
    assert [cue.due for cue in halfway] == [30 + 15]


def test_the_last_seconds_of_a_rest_are_counted_as_far_as_it_has_them() -> None:
    coach = begun(item("a", sets=2, hold_s=5, rest_s=2))
    cues = [(cue.kind, cue.due) for cue in coach.advance(17.5) if isinstance(cue, Cue)]
    assert cues[-4:] == [("rest", 15), ("one", 16), ("go", 17), ("hold", 17)]


def test_a_beat_never_begins_before_its_beginning_where_floats_round() -> None:
    start = 0.004
    due = start + 4
    coach = Coach(SESSION, [BREATHING])
    coach.begin(start)
    coach.done(start)
    assert due - start < 4, "the case this is about"
    coach.advance(due)
    assert (coach.view(due).beat, coach.view(due).beat_elapsed) == ("return", 0)
    coach.pause(due)
    assert (coach.view(due).beat, coach.view(due).beat_elapsed) == ("return", 0)


def test_the_coach_knows_no_clock_no_file_and_no_screen() -> None:
    code = "import sys, reloadpt.coach.coach; print(*(name for name in sys.modules if name.startswith('reloadpt')))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    rooms = {name.split(".")[1] for name in loaded if "." in name}
    assert rooms == {"coach", "journal"}
    assert {name for name in loaded if name.startswith("reloadpt.journal.")} == {"reloadpt.journal.events"}


def test_it_hurts_in_a_set_writes_down_what_is_complete_and_leaves_out_the_rest_with_its_reason() -> None:
    coach = begun(BREATHING)
    assert events(coach.skip(10 + 25, "pain")) == [
        SetDone(session=SESSION, exercise="lumbar/breathing", set=1, reps=2, seconds=25.0),
        SetSkipped(session=SESSION, exercise="lumbar/breathing", side="both", set=1, reason="pain"),
    ]
    assert (coach.view(35).state, coach.view(35).ratings_due, coach.view(35).sets_done) == ("hurt", (0,), 0)
    coach = begun(BREATHING)
    assert [type(each) for each in events(coach.skip(10 + 9, "pain"))][:1] == [SetSkipped], (
        "none was complete"
    )


# The clock waits for the person ------------------------------------------------------------------------------


def test_the_first_time_of_an_exercise_its_card_waits_however_long_and_then_one_gets_ready() -> None:
    coach = begun(STRETCH, BREATHING, new={"lumbar/child"})
    view = coach.view(0)
    assert (view.state, view.card_because, view.item, coach.next_boundary()) == ("card", "new", 0, None)
    assert coach.advance(100_000) == ()
    assert heard(coach.done(100_000)) == ["get_ready"]
    assert (coach.view(100_000).state, coach.view(100_000).step_seconds) == ("ready", 30)
    assert coach.view(100_000).card_because is None


def test_a_card_that_was_seen_does_not_come_again_when_one_goes_back_to_its_exercise() -> None:
    coach = begun(STRETCH, new={"lumbar/child"})
    coach.done(5)
    coach.advance(40)
    coach.back(41)
    assert coach.view(41).state == "ready"


def test_an_exercise_that_was_begun_before_needs_no_card_when_it_is_gone_on_with() -> None:
    coach = begun(STRETCH, new={"lumbar/child"}, resolved={("lumbar/child", "both", 1): "done"})
    assert coach.view(0).state == "ready"


def test_every_exercise_waits_where_that_is_set() -> None:
    coach = begun(STRETCH, BREATHING, wait_each=True)
    assert (coach.view(0).state, coach.view(0).card_because) == ("card", "every")
    coach.skip(1, "time")
    assert (coach.view(1).state, coach.view(1).item) == ("card", 1)


def test_after_an_exercise_without_any_key_the_next_one_waits() -> None:
    coach = begun(BREATHING, STRETCH)
    out = coach.advance(10_000)
    assert [type(event) for event in events(out)] == [SetDone], "one exercise, and no more of the session"
    view = coach.view(10_000)
    assert (view.state, view.card_because, view.item) == ("card", "alone", 1)
    coach.done(10_001)
    assert (coach.view(10_001).state, coach.view(10_001).step_seconds) == ("ready", 30)


@pytest.mark.parametrize(
    "key",
    [Coach.done, Coach.pause, Coach.back, Coach.easier, Coach.more_time, lambda coach, _: coach.notice_key()],
)
def test_after_an_exercise_with_any_key_the_next_one_counts_down(key: Any) -> None:
    coach = begun(BREATHING, STRETCH)
    key(coach, 1)
    coach.go_on(2)
    for now in range(3, 300):
        coach.advance(now)
        if coach.view(now).item == 1:
            break
    assert coach.view(now).state == "ready"


def test_the_key_that_leaves_a_card_says_nothing_of_its_exercise() -> None:
    coach = begun(BREATHING, STRETCH, new={"lumbar/breathing"})
    coach.done(1)
    coach.advance(10_000)
    assert (coach.view(10_000).state, coach.view(10_000).card_because) == ("card", "alone")


def test_a_countdown_is_held_and_goes_on_where_it_was() -> None:
    coach = begun(STRETCH)
    coach.pause(12)
    assert coach.advance(5000) == ()
    coach.go_on(5000)
    assert coach.next_boundary() == 5015, "three seconds before the end"


def test_more_time_to_get_ready_is_there_now_and_kept_for_that_exercise() -> None:
    coach = begun(STRETCH, BREATHING)
    out = coach.more_time(28)
    assert events(out) == [MoreTime("lumbar/child", 30)]
    assert [(cue.kind, cue.seconds) for cue in out if isinstance(cue, Cue)][-1] == ("more_time", 32)
    assert coach.view(28).step_seconds == 60
    assert heard(coach.advance(59.5)) == ["three", "two", "one"], "counted again at the new end"
    assert events(coach.more_time(59.5)) == [MoreTime("lumbar/child", 60)]
    coach.back(70)
    assert coach.view(70).step_seconds == 30 + 60


def test_what_is_kept_of_more_time_has_an_end() -> None:
    coach = begun(STRETCH, more={"lumbar/child": 270})
    assert coach.view(0).step_seconds == 300
    assert events(coach.more_time(1)) == [MoreTime("lumbar/child", 300)]
    assert events(coach.more_time(1)) == [MoreTime("lumbar/child", 300)]


def test_more_time_at_a_card_is_for_the_getting_ready_after_it() -> None:
    coach = begun(STRETCH, new={"lumbar/child"})
    out = coach.more_time(5)
    assert events(out) == [MoreTime("lumbar/child", 30)]
    assert [cue.seconds for cue in out if isinstance(cue, Cue)] == [60]
    coach.done(6)
    assert coach.view(6).step_seconds == 60


def test_more_time_in_a_rest_is_for_the_rests_of_this_exercise() -> None:
    squats = item("gluteus/squat", sets=3, hold_s=5, rest_s=20)
    coach = begun(squats)
    coach.advance(15)
    assert (coach.view(15).state, events(coach.more_time(16))) == ("rest", [])
    assert coach.view(16).step_seconds == 50
    coach.advance(15 + 50 + 5)
    assert (coach.view(70).state, coach.view(70).step_seconds) == ("rest", 50)


def test_more_time_makes_no_sense_in_a_set() -> None:
    coach = begun(BREATHING)
    coach.advance(20)
    assert coach.more_time(20) == ()
    assert coach.view(20).step_seconds == 100


def test_easier_on_the_card_still_gives_time_to_get_ready() -> None:
    coach = begun(STRETCH, new={"lumbar/child"})
    assert events(coach.easier(5)) == [Eased(session=SESSION, exercise="lumbar/child", reps=1, hold_s=21)]
    coach.done(6)
    assert (coach.view(6).state, coach.view(6).step_seconds) == ("ready", 30)
    coach.advance(36)
    assert coach.view(36).step_seconds == 21


def test_easier_says_what_it_was_before() -> None:
    coach = begun(BREATHING)
    cue = coach.easier(1)[-1]
    assert isinstance(cue, Cue)
    assert (cue.kind, cue.of, cue.before) == ("easier", 7, BREATHING)


# It hurts ----------------------------------------------------------------------------------------------------


def test_after_a_stop_for_pain_time_stands_still_until_the_person_goes_on() -> None:
    coach = begun(BREATHING, STRETCH)
    coach.skip(35, "pain")
    assert (coach.view(35).state, coach.view(35).item, coach.next_boundary()) == ("hurt", 0, None)
    assert coach.advance(90_000) == ()
    assert coach.easier(90_000) == coach.more_time(90_000) == coach.skip(90_000, "time") == ()
    coach.done(90_001)
    assert (coach.view(90_001).state, coach.view(90_001).item) == ("ready", 1)


def test_the_pain_after_a_stop_may_be_told_and_is_then_not_asked_again() -> None:
    coach = begun(BREATHING, rate="each")
    coach.skip(35, "pain")
    assert events(coach.rate(36, [rated("lumbar/breathing", pain=6)])) == [rated("lumbar/breathing", pain=6)]
    assert coach.view(36).state == "hurt"
    with pytest.raises(ValueError, match="not to be rated"):
        coach.rate(37, [rated("lumbar/breathing", pain=7)])
    coach.done(38)
    assert (coach.view(38).state, coach.view(38).item, coach.view(38).ratings_due) == ("rate", None, ())


def test_back_after_a_stop_for_pain_takes_all_of_it_back() -> None:
    coach = begun(STRETCH, BREATHING)
    coach.skip(45, "pain")
    assert events(coach.back(46)) == [Voided("lumbar/child", "both", 2), Voided("lumbar/child", "both", 1)]
    view = coach.view(46)
    assert (view.state, view.item, view.set_number, view.fraction) == ("ready", 0, 1, 0)


def test_a_set_that_was_stopped_for_pain_is_not_done_when_the_session_is_picked_up() -> None:
    coach = begun(BREATHING, STRETCH, resolved={("lumbar/breathing", "both", 1): "part"})
    assert (coach.view(0).item, coach.view(0).sets_done, coach.view(0).ratings_due) == (1, 0, (0,))


# Who says that it was done -----------------------------------------------------------------------------------


def test_a_set_is_confirmed_by_the_key_that_ends_it_and_by_nothing_else() -> None:
    coach = begun(STRETCH, BREATHING)
    assert confirmed(coach.advance(61)) == [False], "the clock ended it"
    coach.done(62)
    assert confirmed(coach.done(75)) == [True]
    coach.done(76)
    coach.done(77)
    assert confirmed(coach.skip(95, "pain")) == [False], "what was complete of it"
    coach = begun(SQUATS)
    coach.advance(10)
    assert confirmed(coach.done(30)) == [True], "at one's own pace"
    coach = begun(STRETCH)
    assert confirmed(coach.stop(45)) == [False]
    coach = begun(STRETCH)
    assert confirmed(coach.flag(45, "SN")) == [False]
    coach = begun(BREATHING)
    assert confirmed(coach.easier(10 + 85)) == [False]
