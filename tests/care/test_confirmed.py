"""Sets that the clock alone counted: they are done, earn nothing, and take nothing away."""

from __future__ import annotations

import pytest
from diary import Diary, phases, plan_for

from reloadpt.care.correcting import amending_entry, event_in_words, voiding_entry
from reloadpt.care.following import follow_days
from reloadpt.care.history import CorrectableEntry
from reloadpt.journal.events import Amended, Confirmed, SetDone, SetSkipped
from reloadpt.measures.adherence import adherence_between, caveats
from reloadpt.measures.course import course_of
from reloadpt.measures.planned import planned_days

WAKE = ("multifidus:wake",)


def lived(words: str) -> Diary:
    return Diary(plan_for(*WAKE)).live(words)


def set_of(diary: Diary) -> CorrectableEntry:
    """The first set of the last session."""
    session = diary.history.last_opened()
    assert session
    return next(entry for entry in session.entries if isinstance(entry.first, SetDone))


@pytest.mark.parametrize(
    ("words", "phase"),
    [
        ("3s2 3/1s1 3/1s0 3 3/1", "reload"),
        ("3s2 3/1?s1 3/1?s0 3 3/1", "activate"),
        ("3s2 3/1s1 3/1?s0 3 3/1", "activate"),
        ("3s2 3/1?s1 3/1s0 3/1 3/1", "reload"),
    ],
)
def test_only_confirmed_days_open_a_phase(words: str, phase: str) -> None:
    assert phases(lived(words).today(5)) == phase


def test_a_word_afterwards_makes_the_day_a_good_one() -> None:
    diary = lived("3s2 3/1?s1 3/1?s0 3")
    for session in [*diary.history.sessions]:
        diary.write(diary.at(4), Confirmed(session=session, yes=False))
    assert phases(diary.today(5)) == "activate", "no is no confirmation"
    for session in [*diary.history.sessions]:
        diary.write(diary.at(4), Confirmed(session=session))
    assert phases(diary.live("3/1").today(5)) == "reload"


def test_they_count_as_done_and_take_no_phase_away() -> None:
    opened = "3s2 3/1s1 3/1s0 3/1 3/1 3/1"
    idle = lived(opened + " 3" * 10)
    assert phases(idle.today(16)) == "activate", "ten days without anything are one phase back"
    unsure = lived(opened + " 3/1?" * 10)
    assert phases(unsure.today(16)) == "reload"


def test_they_earn_no_step() -> None:
    words = "3s2 3/1s1 3/1s0 3/1 3/1"
    doses = [
        {
            item.exercise: (item.sets, item.reps, item.hold_s)
            for item in lived(words + how * 6).today(11).items
        }
        for how in (" 3/1", " 3/1+", " 3/1+?")
    ]
    assert doses[0] != doses[1], "who has room for more is given more"
    assert doses[0] == doses[2]


def test_a_hurt_stop_is_believed_without_a_word() -> None:
    diary = lived("3s2 3/1x?s1 3")
    judged = [judgement.rule for judgement in follow_days(diary.history, diary.at(4)).judgements]
    assert judged == ["hurt"]


def test_a_correction_of_the_person_confirms_its_set() -> None:
    diary = lived("3s2 3/1?s1")
    entry = set_of(diary)
    assert event_in_words(entry.first).endswith("not confirmed")
    diary.write(diary.at(2), amending_entry(entry, {"reps": 1}, "I did one"))
    assert isinstance(entry.event, SetDone)
    assert (entry.event.reps, entry.event.confirmed) == (1, True)
    diary.write(diary.at(2), Amended(amends=entry.n, change={}, reason="as it was"))
    assert isinstance(entry.event, SetDone)
    assert entry.event.confirmed is False


def test_a_confirmed_set_stays_so_when_it_is_corrected_back() -> None:
    diary = lived("3s2 3/1?s1")
    entry = set_of(diary)
    session = diary.history.last_opened()
    assert session
    diary.write(diary.at(2), Confirmed(session=session.session))
    diary.write(diary.at(2), Amended(amends=entry.n, change={}, reason="as it was"))
    assert isinstance(entry.event, SetDone)
    assert entry.event.confirmed is True
    diary.write(diary.at(2), voiding_entry(entry, "I did not"))
    assert entry.event is None


def test_what_is_written_after_a_word_waits_for_the_next_one() -> None:
    diary = lived("3s2 3/1?s1")
    session = diary.history.last_opened()
    assert session
    diary.write(diary.at(2), Confirmed(session=session.session))
    late = SetDone(session=session.session, exercise="multifidus/late", set=1, confirmed=False)
    diary.write(diary.at(2), late)
    assert [done.is_confirmed for done in session.sets_done()][-2:] == [True, False]


def test_a_word_on_a_session_that_is_not_there_is_not_understood() -> None:
    diary = lived("3s2")
    diary.write(diary.at(1), Confirmed(session="2020-01-01.1"))
    assert diary.history.not_understood == 1


def test_they_are_shown_apart_wherever_sets_are_counted() -> None:
    diary = lived("3s2 3/1?s1 3/1s0 3")
    course = course_of(diary.entries)
    days = planned_days(course)
    first, second = (adherence_between(days, diary.at(day).date(), diary.at(day).date()) for day in (1, 2))
    assert first.unconfirmed == first.sets_done > 0
    assert (second.unconfirmed, second.sets_done > 0) == (0, True)
    assert caveats(course, days)[-1] == f"Counted by the clock, and not confirmed: {first.sets_done} sets."


def test_a_set_that_was_left_out_is_no_set_to_confirm() -> None:
    diary = lived("3s2 3/1?s1")
    session = diary.history.last_opened()
    assert session
    skipped = SetSkipped(session=session.session, exercise="multifidus/late", set=1, reason="time")
    diary.write(diary.at(2), skipped, Confirmed(session=session.session))
    assert skipped in [*session.sets_skipped()]
