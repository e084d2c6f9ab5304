"""What was done away from the screen and told later belongs to its day, and only to that."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from reloadpt.care.backfill import (
    BackfilledSets,
    as_dealt,
    checked_in_later,
    first_day,
    open_sets,
    sets_told_later,
    sides_of,
)
from reloadpt.care.days import patient_days, rounds_done
from reloadpt.care.record import Record
from reloadpt.care.today import today_at
from reloadpt.files import Trouble
from reloadpt.journal.events import CheckedIn, FlagRaised, SetDone, Soreness
from reloadpt.measures.adherence import adherence_between
from reloadpt.measures.planned import planned_days
from reloadpt.measures.trends import latest_soreness, morning_ratings, pain_trend
from sample_logs import AFTER, BIRD_DOG, NEEDLED, Patient, a_plan, four_days, library

TODAY = AFTER.date()
YESTERDAY = TODAY - timedelta(days=1)
TWO = BackfilledSets(BIRD_DOG, "left", 2, reps=6)


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    return four_days(tmp_path / "journal.jsonl")


def test_sets_told_later_are_of_their_day_and_say_how_they_were_written(patient: Patient) -> None:
    history = patient.record.history
    patient.record.append(sets_told_later(history, [TWO], YESTERDAY, AFTER, worst=3), AFTER)
    sitting = list(history.sessions.values())[-1]
    done = list(sitting.sets_done())
    assert [(each.set, each.source, each.for_day) for each in done] == [
        (1, "back_filled", YESTERDAY.isoformat()),
        (2, "back_filled", YESTERDAY.isoformat()),
    ]
    assert (sitting.day, sitting.how, sitting.worst) == (YESTERDAY, "finished", 3)
    assert sitting.session.startswith(YESTERDAY.isoformat())
    assert (YESTERDAY, None) in [done[:2] for done in rounds_done(history, AFTER)[BIRD_DOG]], (
        "its time of day is not known"
    )
    [late] = [
        session
        for day in patient_days(history, None, AFTER)
        if day.day == YESTERDAY
        for session in day.sessions
        if session.opened_at is None
    ]
    assert (late.ended_at, late.worst, late.responses[0].done) == (None, 3, True)


def test_sets_of_today_need_no_other_day(patient: Patient) -> None:
    events = sets_told_later(patient.record.history, [TWO], TODAY, AFTER)
    assert all(isinstance(event, SetDone) and event.for_day is None for event in events[:-1])


def test_no_session_id_is_used_twice(patient: Patient) -> None:
    history = patient.record.history
    for _ in range(2):
        patient.record.append(sets_told_later(history, [TWO], TODAY, AFTER), AFTER)
    opened = patient.session(AFTER + timedelta(minutes=1))
    assert len(set(history.sessions)) == 4 + 2 + 1
    assert opened == f"{TODAY}.4"
    whole = Record.open(patient.path, AFTER).history
    assert whole.next_session(TODAY) == f"{TODAY}.5"


def test_a_session_that_is_under_way_can_still_be_gone_on_with(patient: Patient) -> None:
    from reloadpt.coach.guided import GuidedSession

    items = today_at(patient.plan, patient.library, patient.record.history, AFTER + timedelta(days=1)).items
    at = AFTER + timedelta(days=1)
    GuidedSession.open(patient.record, items, lambda: at).leave()
    under_way = patient.record.history.open_session()
    assert under_way is not None
    patient.record.append(sets_told_later(patient.record.history, [TWO], YESTERDAY, at), at)
    assert patient.record.history.open_session() is under_way


def left_open(patient: Patient, day: date, at: datetime) -> list[BackfilledSets]:
    """All that was due on a day and is not done, as it would be told."""
    sets = open_sets(patient.plan, patient.library, patient.record.history, day, at)
    return [as_dealt(item, side, count) for item, side, count in sets]


def test_what_was_planned_and_is_told_later_counts_as_done_of_that_day(patient: Patient) -> None:
    plan_of = {day.day: day for day in planned_days(patient.course)}
    day = TODAY - timedelta(days=2)
    left = left_open(patient, day, AFTER)
    count = sum(each.sets for each in left)
    assert 0 < count == sum(not each.done for each in plan_of[day].sets)
    before = adherence_between(plan_of.values())
    patient.record.append(sets_told_later(patient.record.history, left, day, AFTER), AFTER)
    after = adherence_between(planned_days(patient.course))
    assert (after.sets_planned, after.sets_done) == (before.sets_planned, before.sets_done + count)
    assert after.by_source["back_filled"] == count
    assert (after.extra, before.extra) == (0, 0)
    assert left_open(patient, day, AFTER) == []


def test_a_day_that_was_never_opened_is_told_against_what_was_due(tmp_path: Path) -> None:
    patient = Patient(tmp_path / "journal.jsonl")
    patient.checks_in(NEEDLED + timedelta(days=1), 3)
    patient.session(NEEDLED + timedelta(days=1, minutes=5))
    at = NEEDLED + timedelta(days=3)
    day = at.date() - timedelta(days=1)
    left = left_open(patient, day, at)
    assert left
    patient.record.append(sets_told_later(patient.record.history, left, day, at), at)
    [that] = [each for each in planned_days(patient.course) if each.day == day]
    assert all(session.done for session in that.sessions)
    assert not that.missed


def test_before_the_plan_was_taken_into_use_the_plan_stands_in_by_time_alone(tmp_path: Path) -> None:
    patient = Patient(tmp_path / "journal.jsonl", a_plan(at=NEEDLED), NEEDLED + timedelta(days=2))
    assert left_open(patient, (NEEDLED + timedelta(days=1)).date(), NEEDLED + timedelta(days=2))


def test_what_is_due_today_is_open_today(patient: Patient) -> None:
    at = AFTER + timedelta(days=1)
    due = today_at(patient.plan, patient.library, patient.record.history, at).items
    left = open_sets(patient.plan, patient.library, patient.record.history, at.date(), at)
    assert {item.exercise for item, _, _ in left} == {item.exercise for item in due if not item.optional}


def test_while_a_lock_stands_nothing_is_open(patient: Patient) -> None:
    at = AFTER + timedelta(days=1)
    patient.writes(FlagRaised(code="SI"), at)
    assert left_open(patient, at.date(), at) == []


@pytest.mark.parametrize("days_on", [1, 400, -5, -29, -400])
def test_nothing_is_told_of_a_day_to_come_or_too_far_back(patient: Patient, days_on: int) -> None:
    day = TODAY + timedelta(days=days_on)
    for make in (
        lambda: sets_told_later(patient.record.history, [TWO], day, AFTER),
        lambda: checked_in_later(patient.record.history, day, AFTER, "morning", pain=3),
    ):
        with pytest.raises(Trouble, match="Nothing was written"):
            make()
    assert first_day(patient.record.history, AFTER) == NEEDLED.date()
    assert first_day(patient.record.history, AFTER + timedelta(days=100)) == TODAY + timedelta(days=72)


def test_too_many_sets_or_none_are_refused(patient: Patient) -> None:
    for done in ([], [BackfilledSets(BIRD_DOG, "left", 21)], [BackfilledSets(BIRD_DOG, "left", 11)] * 2):
        with pytest.raises(Trouble, match="Nothing was written"):
            sets_told_later(patient.record.history, done, TODAY, AFTER)


def test_a_check_in_told_later_is_a_rating_of_its_day(tmp_path: Path) -> None:
    patient = Patient(tmp_path / "journal.jsonl")
    patient.checks_in(NEEDLED + timedelta(hours=1), 5)
    at = NEEDLED + timedelta(days=2)
    day = at.date() - timedelta(days=1)
    soreness = (Soreness(muscle="multifidus", score=2),)
    event = checked_in_later(patient.record.history, day, at, "morning", pain=3, soreness=soreness)
    patient.writes(event, at)
    assert event.for_day == day.isoformat()
    assert morning_ratings(patient.course)[day].score == 3
    assert date(2026, 11, 22) not in morning_ratings(patient.course)
    now = pain_trend(patient.course).now
    assert now is not None
    assert (now.at.date(), now.score) == (day, 3)
    sore = next(sore for sore in latest_soreness(patient.course) if sore.muscle == "multifidus")
    assert (sore.rating.at.date(), sore.rating.score) == (day, 2)
    due = today_at(patient.plan, patient.library, patient.record.history, at)
    assert due.ask is not None, "today is still asked about"
    assert due.ask.signs


def test_a_check_in_told_later_needs_a_number_and_answers_no_sign(patient: Patient) -> None:
    with pytest.raises(Trouble, match="number"):
        checked_in_later(patient.record.history, TODAY, AFTER, "other")
    event = checked_in_later(patient.record.history, TODAY, AFTER, "other", pain=0)
    assert (event.for_day, event.asked, event.flags) == (None, (), ())


def test_a_day_to_come_in_a_log_counts_as_the_day_of_writing(patient: Patient) -> None:
    patient.writes(CheckedIn(when="morning", pain=9, for_day="2999-01-01"), AFTER)
    kept = patient.record.history.checkins[-1]
    assert (kept.day, kept.at) == (TODAY, AFTER)


def test_the_sides_are_those_that_were_dealt_or_the_programmes(patient: Patient) -> None:
    history, plan = patient.record.history, patient.plan
    for session in history.sessions.values():
        for item in session.items:
            assert sides_of(item.exercise, plan, library(), history) == item.sides
    one = next(each.id for each in library().programme("deltoid").exercises if each.dose.per_side)
    assert sides_of(one, plan, library(), history) == ("left", "right")
    left = a_plan(targets=("deltoid:wake:left",))
    assert sides_of(one, left, library(), history) == ("left",)
    with pytest.raises(Trouble, match="no exercise"):
        sides_of("multifidus/nonsense", plan, library(), history)
