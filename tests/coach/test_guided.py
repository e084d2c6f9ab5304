"""A session under way and its journal: what a crash, a stop or a closed lid leaves to go on with."""

from __future__ import annotations

from pathlib import Path

import pytest

from reloadpt.care.record import Record
from reloadpt.coach.guided import Guidance, GuidedSession, abandon
from reloadpt.files import Trouble
from reloadpt.journal.events import Eased, ExerciseRated, SessionClosed, SetDone
from reloadpt.journal.locks import LockTaken
from sample_logs import Patient, a_plan, at, item

SQUAT = item("multifidus/squat", sets=3, reps=10)


def opened(path: Path) -> GuidedSession:
    patient = Patient(path, a_plan())
    guided = GuidedSession.open(patient.record, [SQUAT], lambda: at(1))
    guided.write(guided.coach.begin(0))
    return guided


def gone_on_with(path: Path) -> GuidedSession:
    """The session as a new start of the program finds it in the journal."""
    return GuidedSession.resume(Record.open(path, at(1)), lambda: at(1))


def test_what_was_made_easier_is_still_so_after_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    guided = opened(path)
    guided.write(guided.coach.easier(1))
    guided.write(guided.coach.easier(2))
    guided.leave()
    again = gone_on_with(path)
    assert [each.reps for each in again.coach.items] == [5]
    assert [each.reps for each in again.session.items] == [10], "what was dealt stays as it was"
    again.leave()


def test_an_easier_dose_is_of_its_own_session_alone_and_never_more_than_was_dealt(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    guided = opened(path)
    more = Eased(session=guided.session.session, exercise=SQUAT.exercise, reps=40, hold_s=40)
    guided.record.append([more], at(1))
    assert guided.session.items_now == guided.session.items
    guided.write(guided.coach.easier(1))
    guided.leave()
    record = Record.open(path, at(1))
    abandon(record, at(1))
    later = GuidedSession.open(record, [SQUAT], lambda: at(1))
    assert [each.reps for each in later.coach.items] == [10]
    later.leave()


def test_a_stop_in_the_middle_of_a_set_is_in_the_journal_with_what_was_done(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    patient = Patient(path, a_plan())
    paced = item("multifidus/squat", sets=3, reps=10, tempo="2-0-2")
    guided = GuidedSession.open(patient.record, [paced], lambda: at(1))
    guided.write(guided.coach.begin(0))
    guided.write(guided.coach.done(1))  # from the card
    guided.write(guided.coach.done(1))
    guided.write(guided.coach.stop(1 + 4 * 4 + 1))
    guided.write(guided.coach.rate(30))
    session = Record.open(path, at(1)).history.sessions[guided.session.session]
    assert [(done.set, done.reps) for done in session.sets_done()] == [(1, 4)]
    assert session.how == SessionClosed(session="x", how="stopped").how
    assert isinstance(next(session.sets()), SetDone)


def test_a_window_that_is_refused_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    other = Record.open(path, at(1))
    guided = opened(path)
    before = path.read_bytes()
    with pytest.raises(LockTaken, match="Another window"):
        GuidedSession.open(other, [SQUAT], lambda: at(1))
    with pytest.raises(LockTaken, match="Another window"):
        gone_on_with(path)
    with pytest.raises(LockTaken, match="Another window"):
        abandon(other, at(1))
    assert path.read_bytes() == before
    guided.leave()
    with pytest.raises(Trouble, match="in another window meanwhile"):
        GuidedSession.open(other, [SQUAT], lambda: at(1))
    assert path.read_bytes() == before
    gone_on_with(path).leave()


def test_an_exercise_waits_with_its_card_until_a_session_of_this_plan_has_guided_to_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "journal.jsonl"
    guided = opened(path)
    assert (guided.coach.view(0).state, guided.coach.view(0).card_because) == ("card", "new")
    guided.leave()
    again = gone_on_with(path)
    again.write(again.coach.begin(0))
    assert again.coach.view(0).state == "card", "it was opened, and not begun"
    again.write(again.coach.done(1))
    again.write(again.coach.done(2))
    again.write(again.coach.done(30))
    again.leave()
    record = Record.open(path, at(1))
    abandon(record, at(1))
    later = GuidedSession.open(record, [SQUAT], lambda: at(1))
    later.write(later.coach.begin(0))
    assert later.coach.view(0).state == "ready"
    later.leave()


def test_a_rating_confirms_the_sets_of_its_exercise_and_none_of_another(tmp_path: Path) -> None:
    other = item("multifidus/bridge", sets=1, reps=2, tempo="1-0-1")
    paced = item("multifidus/squat", sets=1, reps=2, tempo="1-0-1")
    guided = GuidedSession.open(Patient(tmp_path / "j.jsonl", a_plan()).record, [paced, other], lambda: at(1))
    coach = guided.coach
    guided.write(
        [*coach.begin(0), *coach.done(1), *coach.done(2), *coach.advance(6), *coach.done(7), *coach.done(8)]
    )
    guided.write(coach.advance(20))
    assert [event.is_confirmed for event in guided.session.sets_done()] == [False, False]
    session = guided.session.session
    one = ExerciseRated(session=session, exercise=paced.exercise, pain=1)
    nothing = ExerciseRated(session=session, exercise=other.exercise)
    guided.tell([one, nothing])
    assert [event.is_confirmed for event in guided.session.sets_done()] == [False, False], "the other is open"
    guided.tell([ExerciseRated(session=session, exercise=other.exercise, pain=0)])
    assert [event.is_confirmed for event in guided.session.sets_done()] == [True, True]
    guided.leave()


def test_the_time_that_was_added_is_kept_by_who_guides_and_not_by_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    guided = opened(path)
    before = path.read_bytes()
    assert guided.write(guided.coach.more_time(1))[0].kind == "more_time"
    assert path.read_bytes() == before
    guided.leave()
    again = GuidedSession.resume(Record.open(path, at(1)), lambda: at(1), Guidance(more={SQUAT.exercise: 60}))
    again.coach.begin(0)
    again.coach.done(1)
    assert again.coach.view(1).step_seconds == 10 + 60
    again.leave()
