"""A guided session line by line: counted in words on time, steered by typed words, unhurried at one's own pace."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from app_runs import HandClock, home_with_plan, low_back_plan
from plain_runs import (
    MORNING,
    NOTHING_DUE,
    TWO_LONG_HOLDS,
    WRONG,
    Person,
    agreeable,
    converse,
    events,
    only,
)
from reloadpt import wording
from reloadpt.files import Places
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import (
    Amended,
    CheckedIn,
    ExerciseRated,
    FlagRaised,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
)
from reloadpt.plain.lines import InputEnded
from reloadpt.program.programme import Dose, ExerciseType, Frequency

GO = "Go. Set 1 of 2: 10 repetitions."
OFTEN = Frequency(times=3, per="day")


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MORNING)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return home_with_plan(tmp_path)


def one_event(places: Places, kind: type) -> object:
    found = events(places, kind)
    assert len(found) == 1, found
    return found[0]


def with_dose(folder: Path, dose: Dose, kind: ExerciseType = "isometric") -> Places:
    return home_with_plan(folder, low_back_plan(**only(dose, kind)))


def test_a_whole_timed_session_is_counted_and_written_down(places: Places, clock: HandClock) -> None:
    person = converse(places, Person(clock))
    opened = one_event(places, SessionOpened)
    assert isinstance(opened, SessionOpened)
    done = events(places, SetDone)
    assert len(done) == sum(item.sets_in_all for item in opened.items)
    assert {each.source for each in done if isinstance(each, SetDone)} == {"timed"}
    checkin = one_event(places, CheckedIn)
    assert isinstance(checkin, CheckedIn)
    assert (checkin.pain, checkin.flags) == (3, ())
    assert set(checkin.asked) >= {"SN", "SL"}
    rated = events(places, ExerciseRated)[0]
    assert isinstance(rated, ExerciseRated)
    assert (rated.pain, rated.place) == (1, "usual")
    closed = one_event(places, SessionClosed)
    assert isinstance(closed, SessionClosed)
    assert closed.how == "finished"
    assert verify_file(places.journal).first_break is None
    assert "Well done. It is saved." in person.said
    assert person.said[-2].startswith(NOTHING_DUE)


def known_to(places: Places, clock: HandClock) -> Person:
    """A person who has done each exercise of the plan once, hours ago."""
    converse(places, Person(clock))
    clock.turn(4 * 3600)
    return Person(clock)


def test_the_words_of_a_set_come_on_time(places: Places, clock: HandClock) -> None:
    person = converse(places, Person(clock))
    ready, go = person.when("Get into position, 30 seconds."), person.when(GO)
    assert go - ready == pytest.approx(30)
    assert person.when("3.") - go == pytest.approx(-3)
    assert "2." not in person.said, "a countdown is silent but for ten, three and go"
    assert person.when("5 of 10.") - go == pytest.approx(5 * 6)
    assert person.when("Hold.") - go == pytest.approx(2)
    assert person.when("Back.") - go == pytest.approx(4)
    rest = person.said.index("Rest 20 seconds.")
    assert person.said[rest - 1] == "Done: set 1 of 2. 1 of 8 sets saved."
    assert person.said[rest + 1 : rest + 3] == ["10 seconds left.", "3."]
    assert person.times[rest + 1] - person.times[rest] == pytest.approx(10)
    assert person.times[rest + 3] - person.times[rest] == pytest.approx(20)


def test_time_to_hear_how_it_is_done_is_given_before_the_countdown(places: Places, clock: HandClock) -> None:
    person = known_to(places, clock)
    converse(places, person)
    first = next(at for at, line in enumerate(person.said) if line.startswith("Exercise 1 of"))
    countdown = person.said.index("Get into position, 30 seconds.")
    words = sum(len(line.split()) for line in person.said[first:countdown])
    assert person.times[countdown] - person.times[first] == pytest.approx(words / 2.5)


def test_enter_cuts_the_introduction_and_the_get_ready_short(places: Places, clock: HandClock) -> None:
    cue = "Think: Press the gap closed, wait, then let it open again."
    person = known_to(places, clock)
    person.at = {cue: "", "Get into position, 30 seconds.": "done"}
    converse(places, person)
    assert person.when(GO) == person.when(cue)


def test_a_long_hold_is_counted_down(tmp_path: Path, clock: HandClock) -> None:
    person = converse(with_dose(tmp_path, TWO_LONG_HOLDS), Person(clock))
    go = person.when("Go. Set 1 of 2: hold for 40 seconds.")
    assert person.when("Half way, 20 seconds left.") - go == pytest.approx(20)
    held = person.said.index("Half way, 20 seconds left.")
    assert person.said[held + 1] == "10 seconds left."
    assert person.times[held + 1] - go == pytest.approx(30)
    assert person.when("Done: set 1 of 2. 1 of 2 sets saved.") - go == pytest.approx(40)


def test_holds_in_a_set_say_when_to_let_go(tmp_path: Path, clock: HandClock) -> None:
    dose = Dose(sets=1, reps=2, hold_s=10, rep_rest_s=5, often=OFTEN)
    person = converse(with_dose(tmp_path, dose), Person(clock))
    go = person.said.index("Go. Set 1 of 1: 2 holds of 10 seconds.")
    assert person.said[go + 1 : go + 5] == ["1 of 2.", "Let go, 5 seconds.", "Hold.", "2 of 2."]


def test_breath_is_said_both_ways(tmp_path: Path, clock: HandClock) -> None:
    dose = Dose(sets=1, reps=2, tempo="4-0-6", often=OFTEN)
    person = converse(with_dose(tmp_path, dose, "breathe"), Person(clock))
    go = person.said.index("Go. Set 1 of 1: 2 breaths.")
    assert person.said[go + 1 : go + 6] == ["In.", "Out.", "1 of 2.", "In.", "Out."]
    assert "Each: 4 seconds in, 6 seconds out." in person.said


def test_sides_are_named_and_changed(tmp_path: Path, clock: HandClock) -> None:
    dose = Dose(sets=1, reps=2, tempo="1-0-1", per_side=True, often=OFTEN)
    person = converse(with_dose(tmp_path, dose), Person(clock))
    assert "Go. Set 1 of 1, left side: 2 repetitions." in person.said
    assert "Change sides: right side next." in person.said
    assert "Go. Set 1 of 1, right side: 2 repetitions." in person.said
    assert "Back." not in person.said, "a beat of one second is over before its word"


# Words typed while it runs ------------------------------------------------------------------------------


def test_pause_lets_time_stand_still_and_enter_goes_on(places: Places, clock: HandClock) -> None:
    paused = "Paused at Pelvic tilts, set 1 of 2."

    def policy(line: str, answers: list[str]) -> str:
        if line.startswith(paused):
            clock.turn(600)
        return agreeable(line, answers)

    person = converse(places, Person(clock, policy, at={"5 of 10.": "pause"}))
    assert paused in person.told
    done = events(places, SetDone)[0]
    assert isinstance(done, SetDone)
    assert done.reps == 10
    assert done.seconds == pytest.approx(60)
    assert person.when("6 of 10.") - person.when("5 of 10.") == pytest.approx(606)


def test_done_writes_what_was_completed(places: Places, clock: HandClock) -> None:
    person = converse(places, Person(clock, at={"3 of 10.": "done"}))
    done = events(places, SetDone)[0]
    assert isinstance(done, SetDone)
    assert done.reps == 3
    assert done.seconds == pytest.approx(18)
    assert "Done: set 1 of 2, 3 of 10. 1 of 8 sets saved." in person.said


def test_done_with_nothing_complete_says_so(places: Places, clock: HandClock) -> None:
    person = converse(places, Person(clock, at={GO: "done"}))
    assert "Nothing of this set is complete yet. The word skip leaves this exercise out." in person.said


def test_skip_asks_why_and_writes_each_set_left_out(places: Places, clock: HandClock) -> None:
    def policy(line: str, answers: list[str]) -> str:
        return (
            "2" if line.startswith("Which one?") and "leave out" not in answers else agreeable(line, answers)
        )

    converse(places, Person(clock, policy, at={GO: "skip"}))
    skipped = events(places, SetSkipped)
    assert [each.reason for each in skipped if isinstance(each, SetSkipped)] == ["time", "time"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("skip time", "time"), ("skip equipment", "equipment"), ("Skip felt well", "felt_well")],
)
def test_skip_takes_its_reason_in_the_same_breath(
    places: Places, clock: HandClock, typed: str, reason: str
) -> None:
    converse(places, Person(clock, at={GO: typed}))
    skipped = events(places, SetSkipped)
    assert {each.reason for each in skipped if isinstance(each, SetSkipped)} == {reason}


def test_a_skip_taken_back_at_the_question_leaves_nothing_out(places: Places, clock: HandClock) -> None:
    def policy(line: str, answers: list[str]) -> str:
        why = line.startswith("Which one?") and any("Leave the rest" in said for said in person.said[-8:])
        return "back" if why else agreeable(line, answers)

    person = Person(clock, policy, at={GO: "skip"})
    converse(places, person)
    assert events(places, SetSkipped) == []
    assert len(events(places, SetDone)) == 8


@pytest.mark.parametrize("typed", ["hurts", "it hurts", "h"])
def test_it_hurts_stops_that_exercise(places: Places, clock: HandClock, typed: str) -> None:
    person = converse(places, Person(clock, at={"2 of 10.": typed}))
    skipped = events(places, SetSkipped)
    assert {(each.exercise, each.reason) for each in skipped if isinstance(each, SetSkipped)} == {
        ("lumbar-paraspinals/pelvic-tilts", "pain")
    }
    stopped = person.said.index("Stopped. Left out for today: Pelvic tilts.")
    assert person.said[stopped + 1 : stopped + 4] == [
        "Saved: 2 of 10.",
        "Sharp, spreading, tingling or numb: say signs now.",
        "Still there tonight? To call The clinic: 040 1234.",
    ]
    assert person.said[stopped + 4].startswith("How strong is it now? Answers: 0 to 10, Enter to go on, back")


def test_back_takes_the_last_set_back(places: Places, clock: HandClock) -> None:
    person = converse(places, Person(clock, at={"Rest 20 seconds.": "back"}))
    assert "Taken back: Pelvic tilts, set 1 of 2." in person.said
    amended = one_event(places, Amended)
    assert isinstance(amended, Amended)
    assert amended.change is None
    assert person.said.count(GO) == 2


def test_easier_makes_the_rest_of_it_shorter(places: Places, clock: HandClock) -> None:
    person = converse(places, Person(clock, at={GO: "easier"}))
    assert "Easier from here on: 7 repetitions instead of 10 repetitions." in person.said
    assert "7 of 7." in person.said
    assert "Go. Set 2 of 2: 7 repetitions." in person.said


def test_stop_ends_the_session_and_keeps_what_was_done(places: Places, clock: HandClock) -> None:
    def policy(line: str, answers: list[str]) -> str:
        if "Enter to begin" in answers and events(places, SessionClosed):
            raise InputEnded
        return agreeable(line, answers)

    person = converse(places, Person(clock, policy, at={"Rest 20 seconds.": "stop"}))
    closed = one_event(places, SessionClosed)
    assert isinstance(closed, SessionClosed)
    assert closed.how == "stopped"
    assert len(events(places, SetDone)) == 1
    assert "Pelvic tilts: 1 of 2 sets." in person.said


def test_back_from_what_was_done_undoes_a_stop(places: Places, clock: HandClock) -> None:
    def policy(line: str, answers: list[str]) -> str:
        if line.startswith("Is this what you did") and len(events(places, SetDone)) == 1:
            return "back"
        return agreeable(line, answers)

    converse(places, Person(clock, policy, at={"Rest 20 seconds.": "stop"}))
    assert len(events(places, SetDone)) == 8
    closed = one_event(places, SessionClosed)
    assert isinstance(closed, SessionClosed)
    assert closed.how == "finished"


def test_how_tells_everything_about_the_exercise_while_time_stands_still(
    places: Places, clock: HandClock
) -> None:
    person = converse(places, Person(clock, at={"2 of 10.": "how"}))
    for part in ("Avoid: ", "Feel: ", "To do less: ", "Stop if: ", "Why: "):
        assert any(line.startswith(part) for line in person.said)
    assert "Paused at Pelvic tilts, set 1 of 2." in person.told


def test_a_wrong_word_is_answered_in_a_sentence_and_time_goes_on(places: Places, clock: HandClock) -> None:
    person = converse(places, Person(clock, at={"2 of 10.": "stretch"}))
    wrong = person.said.index("2 of 10.") + 1
    assert person.said[wrong].startswith("That is not one of these: Enter to hold")
    assert person.when("3 of 10.") - person.when("2 of 10.") == pytest.approx(6)


def test_signs_in_a_session_are_written_and_none_goes_on(places: Places, clock: HandClock) -> None:
    converse(places, Person(clock, at={"2 of 10.": "signs"}))
    asked = events(places, CheckedIn)[-1]
    assert isinstance(asked, CheckedIn)
    assert (asked.when, asked.flags) == ("other", ())
    assert asked.asked
    assert len(events(places, SetDone)) == 8


def test_a_sign_in_a_session_ends_it_and_says_whom_to_call(places: Places, clock: HandClock) -> None:
    def policy(line: str, answers: list[str]) -> str:
        if "seen" in answers:
            raise InputEnded
        if line.startswith("Which of these?") and events(places, SetDone):
            return "a"
        return agreeable(line, answers)

    person = converse(places, Person(clock, policy, at={"Rest 20 seconds.": "signs"}))
    closed = one_event(places, SessionClosed)
    assert isinstance(closed, SessionClosed)
    assert closed.how == "flagged"
    assert len(events(places, FlagRaised)) == 1
    assert wording.NOT_TOLD() in person.said
    assert any(line.startswith("Call 112 now.") for line in person.said)


# Interruptions ------------------------------------------------------------------------------------------


def test_time_in_which_the_machine_slept_does_not_count(places: Places, clock: HandClock) -> None:
    person = converse(places, Person(clock, at={"5 of 10.": lambda: clock.sleep(3600)}))
    assert "The computer slept, or stood still. That time does not count." in person.told
    done = events(places, SetDone)[0]
    assert isinstance(done, SetDone)
    assert done.seconds == pytest.approx(60, abs=1.1)


def test_a_program_held_still_invents_no_time(places: Places, clock: HandClock) -> None:
    person = converse(places, Person(clock, at={"5 of 10.": lambda: clock.turn(900)}))
    assert "stood still" in person.told
    assert len(events(places, SetDone)) == 8
    done = events(places, SetDone)[0]
    assert isinstance(done, SetDone)
    assert done.seconds == pytest.approx(60, abs=1.1)


def test_time_that_stood_still_counts_for_no_set_at_ones_own_pace_either(
    places: Places, clock: HandClock
) -> None:
    slept: list[str] = []

    def policy(line: str, answers: list[str]) -> str:
        if "Enter when done" in answers and not slept:
            slept.append(line)
            clock.turn(3000)
        return agreeable(line, answers)

    person = converse(places, Person(clock, policy), self_paced=True)
    done = events(places, SetDone)[0]
    assert isinstance(done, SetDone)
    assert done.seconds is not None
    assert done.seconds < 2
    assert "The computer slept, or stood still. That time does not count. Answers: Enter to" in person.told


def test_what_cannot_be_written_is_never_called_saved(
    places: Places, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    def policy(line: str, answers: list[str]) -> str:
        if line.startswith("A session is under way: 0 of 8"):
            raise InputEnded
        return agreeable(line, answers)

    person = converse(places, Person(clock, policy, at={GO: lambda: monkeypatch.setattr(os, "write", full)}))
    assert "Done: set 1 of 2. NOT SAVED." in person.said
    assert "Well done. It is saved." not in person.said
    told = [line for line in person.said if "this entry is NOT saved (no space left on device)" in line]
    assert 8 <= len(told) <= 12, "once for each thing that happened, not at every look"


# At one's own pace --------------------------------------------------------------------------------------


def test_at_ones_own_pace_nothing_is_timed(places: Places, clock: HandClock) -> None:
    person = converse(places, Person(clock), self_paced=True)
    done = events(places, SetDone)
    assert len(done) == 8
    assert {each.source for each in done if isinstance(each, SetDone)} == {"self_paced"}
    assert clock.at == MORNING, "it waited for time to pass"
    assert "Set 1 of 2: 10 repetitions, at your own pace." in person.told
    assert "3." not in person.said


def test_at_ones_own_pace_the_end_of_a_rest_is_told_and_waited_on(places: Places, clock: HandClock) -> None:
    class Slow(Person):
        """Sits out a rest before answering."""

        def read(self, seconds: float | None) -> str | None:
            if self.said[-1].startswith("Next:") and seconds:
                clock.turn(seconds)
                return None
            return super().read(seconds)

    person = converse(places, Slow(clock), self_paced=True)
    over = person.said.index("20 seconds of rest are over.")
    assert person.said[over + 1] == person.said[over - 1]
    assert len(events(places, SetDone)) == 8


def test_at_ones_own_pace_words_work_at_every_question(places: Places, clock: HandClock) -> None:
    typed = iter(
        ["help", "how", "signs", "easier", "nonsense", "", "pause", "", "back", "skip unsure", "hurts"]
    )

    def policy(line: str, answers: list[str]) -> str:
        here = "how" in answers
        return next(typed, agreeable(line, answers)) if here else agreeable(line, answers)

    person = converse(places, Person(clock, policy), self_paced=True)
    assert "Easier from here on: 7 repetitions instead of 10 repetitions." in person.said
    assert person.said.count(WRONG) == 1
    reasons = [each.reason for each in events(places, SetSkipped) if isinstance(each, SetSkipped)]
    assert set(reasons) == {"unsure", "pain"}


def test_it_goes_on_at_the_next_set_after_leaving(places: Places, clock: HandClock) -> None:
    person = converse(places, Person(clock, at={"Rest 20 seconds.": "quit"}))
    assert person.said[-1] == "Goodbye. 1 of 8 sets are saved; the session can be gone on with."
    clock.turn(600)
    person = converse(places, Person(clock))
    assert "A session is under way: 1 of 8 sets are saved. Answers: Enter to go on, end" in person.told
    assert GO not in person.said
    assert "Go. Set 2 of 2: 10 repetitions." in person.said
    done = [
        (each.exercise, each.side, each.set) for each in events(places, SetDone) if isinstance(each, SetDone)
    ]
    assert len(done) == len(set(done)) == 8
    assert len(events(places, SessionOpened)) == 1


def test_an_open_session_of_another_day_is_ended(places: Places, clock: HandClock) -> None:
    converse(places, Person(clock, at={"Rest 20 seconds.": "quit"}))
    clock.turn(timedelta(days=1).total_seconds())
    converse(places, Person(clock))
    closed = events(places, SessionClosed)[0]
    assert isinstance(closed, SessionClosed)
    assert closed.how == "abandoned"
    assert len(events(places, SessionOpened)) == 2


def test_an_open_session_can_be_ended(places: Places, clock: HandClock) -> None:
    converse(places, Person(clock, at={"Rest 20 seconds.": "quit"}))

    def policy(line: str, answers: list[str]) -> str:
        if "end" not in answers:
            raise InputEnded
        return "end"

    converse(places, Person(clock, policy))
    closed = one_event(places, SessionClosed)
    assert isinstance(closed, SessionClosed)
    assert closed.how == "abandoned"


def test_a_session_open_in_another_window_is_not_guided_twice(places: Places, clock: HandClock) -> None:
    from reloadpt.care.record import Record

    converse(places, Person(clock, at={"Rest 20 seconds.": "quit"}))
    seen: list[str] = []

    def policy(line: str, answers: list[str]) -> str:
        seen.append(line)
        if len(seen) > 1:
            raise InputEnded
        return agreeable(line, answers)

    with Record.open(places.journal, MORNING).journal.session():
        person = converse(places, Person(clock, policy))
    assert "Another window has a session open. Finish or close that one, then come back." in person.said
    assert "Enter to go on" in seen[-1]
