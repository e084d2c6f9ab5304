"""What the screening left open, answered later by the patient: it counts from then on, and the therapist is told."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from diary import LOW_BACK, Diary, plan_for

from reloadpt.care.history import History
from reloadpt.care.rules import alert_sentence
from reloadpt.journal.events import ConditionAnswer, ScreeningAnswered
from reloadpt.program.fitting import circumstances_of
from reloadpt.program.plan import Plan, ScreeningAnswer
from reloadpt.program.screening import NEVER_LEFT_OUT

Answer = Literal["no", "yes", "unanswered"]
NO_TO_A_FALL = (
    "You answered since your plan was made. No to: A fall in the last year, or poor balance. Tell your therapist at "
    "the next visit."
)
YES_AND_NO = (
    "Answered by the patient since the plan was made: yes to Osteoporosis (thin bones); no to A fall in the last "
    "year, or poor balance."
)


def plan_open_in(*items: str, **fields: Any) -> Plan:
    """A plan whose screening leaves some conditions open and says no to the others."""
    screened = [{"item": item, "answer": "unanswered" if item in items else "no"} for item in NEVER_LEFT_OUT]
    return plan_for(*LOW_BACK, screened=screened, **fields)


def told(baby_due: str | None = None, **answers: Answer) -> ScreeningAnswered:
    """What was answered, a condition's dashes as underscores."""
    pairs = ((item.replace("_", "-"), answer) for item, answer in answers.items())
    return ScreeningAnswered(
        answers=tuple(ConditionAnswer(item=item, answer=answer) for item, answer in pairs), baby_due=baby_due
    )


def holds(history: History, day: int, diary: Diary) -> tuple[str, ...]:
    assert history.plan is not None
    return circumstances_of(history.plan, diary.at(day).date()).holds


def rules_of(diary: Diary, day: int) -> list[tuple[str, str, str]]:
    """Of what is told because of an answer: how soon, the therapist's sentence, the patient's."""
    due = diary.today(day)
    concerns = {concern.rule: concern.text for concern in due.concerns}
    return [
        (evidence.how_soon, alert_sentence(evidence), concerns.get("screening", ""))
        for evidence in due.evidence
        if evidence.rule == "screening"
    ]


def test_a_yes_bars_from_then_on_and_a_no_opens() -> None:
    diary = Diary(plan_open_in("osteoporosis", "falls"))
    assert diary.history.plan is not None
    assert circumstances_of(diary.history.plan, diary.at(1).date()).unsure
    diary.write(diary.at(1), told(osteoporosis="yes", falls="no"))
    assert holds(diary.history, 1, diary) == ("osteoporosis",)
    person = circumstances_of(diary.history.plan, diary.at(1).date())
    assert not person.unsure
    assert diary.today(1).plan.unanswered_for_exercises == ()


def test_what_stays_unknown_stays_open_and_is_said_with_where_to_answer_it() -> None:
    diary = Diary(plan_open_in("osteoporosis", "falls"))
    diary.write(diary.at(1), told(osteoporosis="no", falls="unanswered"))
    (note,) = [note for note in diary.today(1).notes if note.startswith("Not answered")]
    assert "A fall in the last year" in note
    assert "Osteoporosis" not in note
    assert "Health questions" in note


def test_told_anew_the_last_answer_counts_and_can_be_taken_back() -> None:
    diary = Diary(plan_open_in("osteoporosis"))
    diary.write(diary.at(1), told(osteoporosis="yes"))
    diary.write(diary.at(2), told(osteoporosis="no"))
    assert holds(diary.history, 2, diary) == ()
    diary.write(diary.at(2), told(osteoporosis="unanswered"))
    assert diary.history.plan is not None
    assert diary.history.plan.unanswered_for_exercises == ("osteoporosis",)


def test_what_the_plan_answers_the_patient_does_not_change() -> None:
    diary = Diary(plan_open_in("falls"))
    diary.write(diary.at(1), told(osteoporosis="yes", falls="no"))
    assert holds(diary.history, 1, diary) == ()


def test_in_the_next_plan_a_yes_lasts_where_it_is_open_again_and_a_no_does_not() -> None:
    diary = Diary(plan_open_in("osteoporosis", "falls", "blood-pressure"))
    diary.write(diary.at(1), told(osteoporosis="yes", falls="no", blood_pressure="yes"))
    later = diary.at(3)
    diary.start(plan_open_in("osteoporosis", "falls", id="second", made_at=later.isoformat()), later)
    assert diary.history.plan is not None
    assert holds(diary.history, 3, diary) == ("osteoporosis",)
    assert diary.history.plan.unanswered_for_exercises == ("falls",)


def test_the_therapist_is_told_this_week_of_a_yes_and_at_the_visit_of_a_no() -> None:
    diary = Diary(plan_open_in("osteoporosis", "falls"))
    assert rules_of(diary, 1) == []
    diary.write(diary.at(1), told(falls="no"))
    assert rules_of(diary, 1) == [
        (
            "at_visit",
            "Answered by the patient since the plan was made: no to A fall in the last year, or poor balance.",
            NO_TO_A_FALL,
        )
    ]
    diary.write(diary.at(2), told(falls="no", osteoporosis="yes"))
    assert [(soon, alert) for soon, alert, _ in rules_of(diary, 2)] == [
        (
            "this_week",
            YES_AND_NO,
        )
    ]
    later = diary.at(3)
    diary.start(plan_open_in(id="second", made_at=later.isoformat()), later)
    assert rules_of(diary, 3) == []


def test_what_bars_a_needle_closes_the_exercises_until_a_therapist_takes_it_on() -> None:
    diary = Diary(plan_open_in("infection"))
    assert diary.today(1).items
    diary.write(diary.at(1), told(infection="yes"))
    due = diary.today(1)
    assert due.items == ()
    assert due.plan.blocked_by == ("infection",)
    assert any(note.startswith("You answered yes to: ") for note in due.notes)


def test_the_day_a_child_is_due_comes_with_the_answer() -> None:
    diary = Diary(plan_open_in("later-pregnancy"))
    diary.write(diary.at(1), told(later_pregnancy="yes", baby_due="2027-03-01"))
    assert diary.history.plan is not None
    assert diary.history.plan.baby_due is not None
    assert diary.history.plan.baby_due.isoformat() == "2027-03-01"


def test_alone_a_yes_to_a_weak_heart_leaves_breathing() -> None:
    diary = Diary(plan_open_in("heart-failure", made_by=None))
    assert any(item.type != "breathe" for item in diary.today(1).items)
    diary.write(diary.at(1), told(heart_failure="yes"))
    assert {item.type for item in diary.today(1).items} == {"breathe"}


def test_what_was_due_yesterday_is_not_changed_by_an_answer_of_today() -> None:
    diary = Diary(plan_open_in("osteoporosis"))
    diary.write(diary.at(2), told(osteoporosis="yes"))
    period = diary.history.period
    assert period is not None
    before = diary.history.with_later_screening(period, diary.at(1).date())
    assert before == period.plan
    after = diary.history.with_later_screening(period, diary.at(2).date())
    assert ScreeningAnswer(item="osteoporosis", answer="yes") in after.screened


@pytest.mark.parametrize("item", NEVER_LEFT_OUT)
def test_every_condition_that_was_never_asked_can_be_told(item: str) -> None:
    diary = Diary(plan_for(*LOW_BACK, screened=[]))
    assert item in diary.plan.open_items
    diary.write(diary.at(1), ScreeningAnswered(answers=(ConditionAnswer(item=item, answer="yes"),)))
    assert diary.history.plan is not None
    assert item in {answer.item for answer, _ in diary.history.plan.answered_yes}
