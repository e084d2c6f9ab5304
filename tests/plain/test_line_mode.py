"""Everything around the session line by line: Today, the first plan, check-in, signs, locks, and leaving anywhere."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from app_runs import HOSTILE, NEEDLED, HandClock, home_with_plan, low_back_plan
from plain_runs import (
    MORNING,
    NOTHING_DUE,
    TWO_LONG_HOLDS,
    WRONG,
    Person,
    agreeable,
    answers_of,
    converse,
    events,
    only,
)
from reloadpt import wording
from reloadpt.care.record import Record
from reloadpt.files import Places
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import (
    ActivityRated,
    Amended,
    CheckedIn,
    Cleared,
    FlagRaised,
    FlagWithdrawn,
    MissedExplained,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    Worried,
)
from reloadpt.plain.lines import InputEnded
from reloadpt.program.plan import Contact


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MORNING)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return home_with_plan(tmp_path)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return Places(data=tmp_path / "home", config=tmp_path / "home")


class Script(Person):
    """Gives these answers one after the other, and then leaves."""

    def __init__(self, clock: HandClock, *answers: str) -> None:
        self._answers = iter(answers)
        super().__init__(clock, self._next)

    def _next(self, line: str, answers: list[str]) -> str:  # noqa: ARG002
        for answer in self._answers:
            return answer
        raise InputEnded


# Today --------------------------------------------------------------------------------------------------


def test_today_says_what_is_due_and_why(places: Places, clock: HandClock) -> None:
    person = converse(places, Script(clock))
    assert "Today, Sunday 22 November." in person.said
    assert any(
        line.startswith("Low back, the deep muscles: activate, day 2 after the needle. ")
        for line in person.said
    )
    item = next(line for line in person.said if line.startswith("3. Deep back muscle, longer hold"))
    assert item.endswith("1 set of 10, 10 seconds each.")
    assert (
        person.said[-2]
        == "4 exercises, about 9 minutes. Answers: Enter to begin, signs, progress, more, help, quit."
    )
    assert "×" not in person.told


def test_todays_aftercare_is_told(places: Places) -> None:
    clock = HandClock(NEEDLED + timedelta(hours=1))
    person = converse(places, Script(clock))
    assert "After the needle, until today at 11:00:" in person.said
    assert any(line.startswith("To do: Sit until you feel steady") for line in person.said)
    assert any(line.startswith("To leave alone: driving while you feel drowsy") for line in person.said)


def test_what_was_said_of_today_is_not_said_again_until_asked_for(places: Places, clock: HandClock) -> None:
    person = converse(places, Script(clock, "signs", "none of these"))
    assert person.said.count("Today, Sunday 22 November.") == 1
    assert person.waited[-1] == "4 exercises, about 9 minutes. Enter to begin?"
    person = converse(places, Person(clock))
    looked = converse(places, Script(clock, ""))
    assert looked.said.count("Today, Sunday 22 November.") == 2


def test_a_plan_of_ones_own_says_so(tmp_path: Path, clock: HandClock) -> None:
    person = converse(home_with_plan(tmp_path, low_back_plan(made_by=None)), Script(clock))
    assert f"Today, Sunday 22 November ({wording.OWN_PLAN()})." in person.said


# Check-in -----------------------------------------------------------------------------------------------


def test_the_check_in_asks_what_care_asks_and_writes_it_together(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path, low_back_plan(activities=("sit an hour", "lift the child")))
    clock.sleep(24 * 3600)
    converse(places, Script(clock, "", "4 leave", "4", "2", "7", "leave out", "2", "none of these", "quit"))
    reading = events(places, CheckedIn)[0]
    assert isinstance(reading, CheckedIn)
    assert (reading.pain, reading.flags, reading.same) == (4, (), False)
    assert [(each.muscle, each.score) for each in reading.soreness] == [
        ("lumbar-paraspinals", 2), ("multifidus", 2),
    ]  # fmt: skip
    assert reading.asked
    rated = events(places, ActivityRated)
    assert [(each.activity, each.score) for each in rated if isinstance(each, ActivityRated)] == [
        ("sit an hour", 7)
    ]
    missed = events(places, MissedExplained)
    assert {each.barrier for each in missed if isinstance(each, MissedExplained)} == {"pain"}
    assert len(missed) == 2


def test_several_numbers_answer_several_rows_and_nothing_is_written_before_the_last(
    places: Places, clock: HandClock
) -> None:
    converse(places, Script(clock, "", "3/10 ten", "back", "1"))
    assert events(places, CheckedIn) == []
    converse(places, Script(clock, "", "3/10 ten", "1", "none of these"))
    reading = events(places, CheckedIn)[0]
    assert isinstance(reading, CheckedIn)
    assert (reading.pain, {each.score for each in reading.soreness}) == (3, {10})


def test_back_in_the_check_in_corrects_the_answer_before(places: Places, clock: HandClock) -> None:
    clock.sleep(24 * 3600)
    converse(places, Script(clock, "", "9", "back", "2", "1", "1", "back", "3", "none of these", "quit"))
    reading = events(places, CheckedIn)[0]
    assert isinstance(reading, CheckedIn)
    assert reading.pain == 2
    missed = events(places, MissedExplained)[0]
    assert isinstance(missed, MissedExplained)
    assert missed.barrier == "forgot"


def test_going_back_from_the_first_question_writes_nothing(places: Places, clock: HandClock) -> None:
    converse(places, Script(clock, "", "back"))
    assert events(places, CheckedIn, SessionOpened) == []


def test_what_was_said_last_is_told_and_pain_is_never_taken_over(places: Places, clock: HandClock) -> None:
    converse(places, Person(clock))
    clock.turn(3 * 3600)
    person = converse(places, Script(clock, "", "", "4", "2", "none", "quit"))
    assert any("Last 3." in line for line in person.waited)
    assert WRONG in person.said
    last = events(places, CheckedIn)[-1]
    assert isinstance(last, CheckedIn)
    assert (last.pain, last.same) == (4, False)


# Warning signs and locks --------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "1", "no", "0"])
def test_none_of_these_is_an_answer_of_its_own(places: Places, clock: HandClock, typed: str) -> None:
    person = converse(places, Script(clock, "signs", typed))
    assert WRONG in person.said
    assert events(places, CheckedIn) == []
    converse(places, Script(clock, "signs", "none of these"))
    asked = events(places, CheckedIn)[0]
    assert isinstance(asked, CheckedIn)
    assert (asked.when, asked.flags) == ("other", ())
    assert asked.asked


def test_a_sign_marked_by_a_slip_locks_nothing(places: Places, clock: HandClock) -> None:
    person = converse(places, Script(clock, "signs", "c", "no"))
    at = person.said.index("Numb between the legs or in the genitals")
    assert person.said[at + 5].startswith(wording.ONE_NOW())
    assert events(places, FlagRaised) == []
    asked = events(places, CheckedIn)[0]
    assert isinstance(asked, CheckedIn)
    assert (asked.flags, asked.form, bool(asked.asked)) == ((), "full", True)
    assert events(places, FlagWithdrawn) == [FlagWithdrawn(code="SL")]


def test_back_at_the_question_back_leads_to_the_list(places: Places, clock: HandClock) -> None:
    converse(places, Script(clock, "signs", "b", "back", "none of these"))
    assert events(places, FlagRaised) == []


def test_something_else_that_worries_is_written_and_locks_nothing(places: Places, clock: HandClock) -> None:
    person = converse(places, Script(clock, "signs", "m", "a ringing ear", "quit"))
    assert wording.CALL_WITH_WORRY() in person.said
    assert any("040 1234" in line for line in person.said)
    assert events(places, FlagRaised) == []
    assert events(places, Worried) == [Worried(words="a ringing ear")]


def test_the_signs_are_listed_in_full_after_the_needle_and_by_group_later_in_the_week(
    places: Places, clock: HandClock
) -> None:
    full = converse(places, Script(clock, "signs", "none"))
    assert any(line.startswith("c. Bladder, bowel, between the legs: Numb") for line in full.said)
    clock.turn(timedelta(days=3).total_seconds())
    converse(places, Script(clock, "signs", "none"))
    short = converse(places, Script(clock, "signs", "none"))
    assert "c. Bladder, bowel, between the legs" in short.said


def test_known_symptoms_are_named_beside_the_signs(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path, low_back_plan(known_symptoms=("numb toes",)))
    person = converse(places, Script(clock, "signs"))
    assert wording.KNOWN_SYMPTOM(symptom="numb toes") in person.said


def test_a_sign_locks_says_whom_to_call_and_that_nobody_was_told(places: Places, clock: HandClock) -> None:
    locking = converse(places, Script(clock, "signs", "a c", "yes"))
    again = converse(places, Script(clock, "seen", "back"))
    for person in (locking, again):
        assert any(line.startswith("Call 112 now.") for line in person.said)
        assert wording.NOT_TOLD() in person.said
        assert wording.LOCKED() in person.said
        assert any(
            line.endswith(" Answers: Enter to look again, seen, signs, progress, more, help, quit.")
            for line in person.waited
        )
    assert len(events(places, FlagRaised)) == 2, "each sign has an entry of its own"
    assert events(places, Cleared) == []


def test_a_graver_sign_can_be_marked_while_exercise_is_closed(places: Places, clock: HandClock) -> None:
    first = converse(places, Script(clock, "signs", "e", "yes", "signs", "a", "yes"))
    assert "Call 112 now. Say that you had dry needling, and when." in first.said
    raised = [event.code for event in events(places, FlagRaised) if isinstance(event, FlagRaised)]
    assert raised == ["SI", "ST"]


def test_a_lock_ends_where_someone_who_treats_says_so(places: Places, clock: HandClock) -> None:
    converse(places, Script(clock, "signs", "k", "yes"))
    person = converse(places, Script(clock, "seen", "Dr. No", "1", "hospital", "1", "yes", "signs", "none"))
    raised, cleared = events(places, FlagRaised)[0], events(places, Cleared)[0]
    assert isinstance(raised, FlagRaised)
    assert isinstance(cleared, Cleared)
    assert (cleared.code, cleared.by) == (raised.code, "Dr. No")
    assert (cleared.how, cleared.where) == ("in_person", "hospital")
    assert any("Enter to begin" in line for line in person.waited)


def test_a_sign_is_cleared_and_what_still_closes_the_day_is_said(places: Places, clock: HandClock) -> None:
    seen = ("seen", "Dr. No", "2", "1", "yes")
    converse(places, Script(clock, "signs", "a l", "yes"))
    first = converse(places, Script(clock, *seen))
    assert "Written down. Exercise stays closed: another sign is not cleared yet." in first.said
    second = converse(places, Script(clock, *seen))
    assert any(line.startswith("Written down. No exercise today.") for line in second.said)
    assert wording.REST_TODAY() in second.said
    for person in (first, second):
        assert "Written down. Exercise goes on." not in person.said


def test_what_was_checked_yesterday_goes_on_today_gently(places: Places, clock: HandClock) -> None:
    converse(places, Script(clock, "signs", "a", "yes"))
    clock.turn(timedelta(days=1).total_seconds())
    person = converse(places, Script(clock, "seen", "Dr. No", "2", "3", "yes"))
    assert any(line.startswith("Dr. No, by phone, yesterday") for line in person.said)
    assert wording.SEEN_NOTED_GENTLY() in person.said
    assert not any("No exercise today" in line for line in person.said)


def test_a_sign_in_the_check_in_closes_the_day(places: Places, clock: HandClock) -> None:
    person = converse(places, Script(clock, "", "3", "1", "1", "a", "yes"))
    assert wording.NOT_TOLD() in person.said
    assert events(places, SessionOpened) == []
    assert len(events(places, FlagRaised)) == 1


def test_a_same_day_sign_names_the_clinics_number(places: Places, clock: HandClock) -> None:
    person = converse(places, Script(clock, "signs", "e", "yes"))
    assert any(line.startswith("Call The clinic now: 040 1234.") for line in person.said)


def test_who_spoke_to_the_therapist_is_written(places: Places, clock: HandClock) -> None:
    converse(places, Person(clock))
    clock.turn(timedelta(days=40).total_seconds())
    person = converse(places, Script(clock, "spoke", "the clinic", "2", "3", "yes"))
    assert "spoke" in answers_of(person.waited[0])
    cleared = events(places, Cleared)[0]
    assert isinstance(cleared, Cleared)
    assert (cleared.code, cleared.by) == ("spoke", "the clinic")
    assert cleared.how == "by_phone"


# The first plan -----------------------------------------------------------------------------------------


def test_a_plan_file_is_taken_by_its_place(empty: Places, tmp_path: Path, clock: HandClock) -> None:
    import json

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = elsewhere / "a b.plan.json"
    path.write_text(json.dumps(low_back_plan().as_json()), encoding="utf-8")
    person = converse(empty, Script(clock, "1", "nowhere.plan.json", f"'{path}'"))
    assert "nowhere.plan.json: there is no such file." in person.said
    assert len(events(empty, PlanStarted)) == 1
    assert "Enter to begin" in person.waited[-1]


def test_a_plan_file_in_a_known_place_is_offered(empty: Places, tmp_path: Path, clock: HandClock) -> None:
    import json

    (tmp_path / "a17.plan.json").write_text(json.dumps(low_back_plan().as_json()), encoding="utf-8")
    person = converse(empty, Script(clock, "1"))
    assert any(line.startswith("1. a17.plan.json (") for line in person.said)
    assert len(events(empty, PlanStarted)) == 1


def test_without_a_file_it_asks_what_it_must_and_deals_only_gently(empty: Places, clock: HandClock) -> None:
    person = converse(empty, Script(clock, "2", "none", "none", "1 3", "2", "5", "left", "5", "1", "112"))
    plan = Record.open(empty.journal, MORNING).plan
    assert plan is not None
    assert plan.self_made
    assert plan.unanswered == ()
    assert {target.side for target in plan.targets} == {"left"}
    assert len(plan.targets) == 2
    assert wording.ALONE() in person.said


def test_a_yes_in_the_screening_makes_no_plan(empty: Places, clock: HandClock) -> None:
    person = converse(empty, Script(clock, "2", "2", "1"))
    assert any("speak to your therapist" in line for line in person.said)
    assert not empty.journal.exists()


def test_back_corrects_an_answer_of_the_screening(empty: Places, clock: HandClock) -> None:
    converse(
        empty, Script(clock, "2", "2", "2", "none", "back", "none", "none", "2", "back", "1", "3", "1", "1")
    )
    plan = Record.open(empty.journal, MORNING).plan
    assert plan is not None
    assert {each.answer for each in plan.screened} == {"no"}


# Leaving anywhere, hostile text, and answers at random ----------------------------------------------------


def test_leaving_at_every_question_leaves_the_journal_whole_and_loses_no_set(
    tmp_path: Path, clock: HandClock
) -> None:
    for leave_after in range(60):
        places = home_with_plan(tmp_path / str(leave_after))
        clock.at = MORNING
        asked = 0

        def policy(line: str, answers: list[str], after: int = leave_after) -> str:
            nonlocal asked
            asked += 1
            if asked > after:
                raise InputEnded
            return agreeable(line, answers)

        person = converse(places, Person(clock, policy), self_paced=True)
        assert person.said[-1].startswith("Goodbye. ")
        assert verify_file(places.journal).first_break is None
        told = sum(line.startswith("Done: ") for line in person.said)
        assert len(events(places, SetDone)) == told
        converse(places, Person(clock), self_paced=True)
        done = [(d.exercise, d.side, d.set) for d in events(places, SetDone) if isinstance(d, SetDone)]
        assert len(done) == len(set(done)) == 8
        assert len(events(places, SessionOpened)) == 1
        assert verify_file(places.journal).first_break is None
        if person.waited[-1].startswith(NOTHING_DUE):
            return
    raise AssertionError("the questions never end")


@pytest.mark.parametrize("after", [0.5, 20, 57, 60, 61.5, 117, 140, 200, 300, 444.4])
def test_input_that_ends_in_the_middle_of_a_timed_set_keeps_what_was_done(
    places: Places, clock: HandClock, after: float
) -> None:
    class Ends(Person):
        """The input ends at a certain time."""

        def read(self, seconds: float | None) -> str | None:
            if clock.seconds >= 1000 + after:
                raise InputEnded
            return super().read(seconds)

    person = converse(places, Ends(clock))
    told = sum(line.startswith("Done: ") for line in person.said)
    assert len(events(places, SetDone)) == told
    assert person.said[-1] == f"Goodbye. {told} of 8 sets are saved; the session can be gone on with."
    converse(places, Person(clock))
    assert len(events(places, SetDone)) == 8
    assert verify_file(places.journal).first_break is None


def test_hostile_text_is_only_text(tmp_path: Path, clock: HandClock) -> None:
    text = HOSTILE[:200]
    plan = low_back_plan(
        patient=HOSTILE[:60], note=HOSTILE * 3, made_by=text, known_symptoms=(text,), activities=(text,),
        contact=Contact(clinic=text, phone=text, emergency=text), **only(TWO_LONG_HOLDS, text=text),
    )  # fmt: skip
    places = home_with_plan(tmp_path, plan)
    person = converse(places, Person(clock, at={"10 seconds left.": "how"}))
    assert any(line.startswith("Avoid: [/] [bold]x[/foo]") for line in person.said)
    assert len(events(places, SetDone)) == 2
    locked = converse(places, Script(clock, "signs", "a", "yes"))
    assert "gnp.exe" in locked.told
    assert "\u202e" not in locked.told


@pytest.mark.parametrize("seed", range(12))
def test_every_answer_that_is_named_is_taken_and_none_does_harm(
    tmp_path: Path, clock: HandClock, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    plan = low_back_plan(activities=("sit an hour",), known_symptoms=("numb toes",))
    places = home_with_plan(tmp_path, plan)
    left = 150

    def policy(line: str, answers: list[str]) -> str:
        nonlocal left
        left -= 1
        if not left:
            raise InputEnded
        if line.startswith(wording.ONE_NOW()) and chance.random() < 0.9:
            return "no"
        answer = chance.choice([each for each in answers if each != "quit" or chance.random() < 0.1])
        first, _, rest = answer.partition(" to ")
        if answer.startswith("Enter"):
            return ""
        if rest and first.isdigit():
            return str(chance.randint(int(first), int(rest.split()[0])))
        if rest and len(first) == 1:
            return chance.choice(["a", "a b"])
        return {"who it was": "the clinic", "a day or a time": "09:00", "a day": "friday", "a few words": "why", "words": "bridge",
                "what it should say": "3", "your words, and an empty line": "words"}.get(answer, answer)  # fmt: skip

    class Fidgety(Person):
        """Types words into timed sets."""

        def read(self, seconds: float | None) -> str | None:
            words = (
                "pause",
                "done",
                "skip",
                "skip time",
                "hurts",
                "back",
                "easier",
                "stop",
                "signs",
                "how",
                "",
            )
            if not self.waits and chance.random() < 0.03:
                return chance.choice(words)
            return super().read(seconds)

    for _ in range(3):
        person = converse(places, Fidgety(clock, policy), self_paced=bool(seed % 2))
        assert WRONG not in person.said, person.said[person.said.index(WRONG) - 3 :][:4]
        clock.turn(chance.choice([60, 5 * 3600, 86400]))
    assert left < 150
    assert verify_file(places.journal).first_break is None
    voided = len(events(places, Amended))
    done = [
        (each.session, each.exercise, each.side, each.set)
        for each in events(places, SetDone)
        if isinstance(each, SetDone)
    ]
    assert len(done) - len(set(done)) <= voided
    opened = {each.session for each in events(places, SessionOpened) if isinstance(each, SessionOpened)}
    closed = [each.session for each in events(places, SessionClosed) if isinstance(each, SessionClosed)]
    later = {
        each.session
        for each in events(places, SetDone)
        if isinstance(each, SetDone) and each.source == "back_filled"
    }
    assert len(closed) == len(set(closed))
    assert set(closed) <= opened | later
    assert not opened & later


def test_each_line_that_waits_ends_with_its_answers(places: Places, clock: HandClock) -> None:
    """A line that waits and does not is noticed by the person: it names nothing, and waits for no time."""
    person = converse(places, Person(clock), self_paced=True)
    assert len(person.waited) > 20
    seen: set[str] = set()
    for line in person.waited:
        if line.endswith("?"):
            assert any(line.endswith(f"{first}?") for first in seen)
        else:
            assert line.endswith(", help, quit.")
            assert len(answers_of(line)) >= 3
            seen.add(answers_of(line)[0])
    silent = Person(clock)
    silent.write("How much.\n")
    with pytest.raises(AssertionError, match="does not say for what"):
        silent.read(None)
