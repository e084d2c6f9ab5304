"""The health questions that a plan left open: what is shown again, taken back, and told to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from head_runs import ListHead, home_copy, patient_at

from app_runs import NEEDLED, HandClock, home_with_plan, low_back_plan
from reloadpt.dialogue.asks import Answer, Back, Question
from reloadpt.dialogue.health import answer_screening, leaves_open
from reloadpt.dialogue.respondent import Respondent
from reloadpt.dialogue.ways import open_ways
from reloadpt.plain.head import finish
from reloadpt.program.plan import ScreeningAnswer
from reloadpt.program.screening import NEVER_LEFT_OUT

LATER = NEEDLED + timedelta(days=1)


class RememberingHead(ListHead):
    """A head that keeps what each question shows as answered before."""

    def __init__(self, *answers: Any) -> None:
        super().__init__(answers)
        self.before: list[Any] = []

    async def ask(self, question: Question[Answer], before: Answer | None) -> Answer | Back:
        self.before.append(before)
        return await super().ask(question, before)


def patient_with_open(folder: Path, *items: str) -> Respondent:
    """A patient whose plan leaves some conditions open."""
    answers = tuple(
        ScreeningAnswer(item=item, answer="unanswered" if item in items else "no") for item in NEVER_LEFT_OUT
    )
    places = home_with_plan(folder, replace(low_back_plan(), screened=answers))
    return patient_at(home_copy(places, folder / "copy"), HandClock(LATER))


def answer(patient: Respondent, *answers: Any) -> RememberingHead:
    head = RememberingHead(*answers)
    finish(answer_screening(patient, head))
    assert not head.answers
    return head


def test_it_is_offered_where_the_plan_leaves_something_open_and_stays_so_to_be_mended(tmp_path: Path) -> None:
    patient = patient_with_open(tmp_path / "open", "osteoporosis")
    assert "health" in {way.word for way in open_ways(patient)}
    answer(patient, ("osteoporosis",))
    assert leaves_open(patient)
    answered = patient_with_open(tmp_path / "answered")
    assert "health" not in {way.word for way in open_ways(answered)}


def test_it_shows_what_was_answered_the_last_time(tmp_path: Path) -> None:
    patient = patient_with_open(tmp_path, "osteoporosis", "falls", "blood-pressure")
    assert answer(patient, ("osteoporosis", "falls?")).before[0] == ()
    assert answer(patient, ("osteoporosis",)).before[0] == ("osteoporosis", "falls?")


def test_a_wrong_key_that_would_bar_everything_can_be_taken_back(tmp_path: Path) -> None:
    patient = patient_with_open(tmp_path, "infection", "falls")
    head = answer(patient, ("infection",), "mend", ())
    assert patient.plan.blocked_by == ()
    assert patient.plan.open_items == ()
    assert head.asked[-1].question.startswith("Written down.")


def test_what_bars_everything_says_so_at_the_end(tmp_path: Path) -> None:
    patient = patient_with_open(tmp_path, "infection")
    assert answer(patient, ("infection",), "yes").asked[-1].question.startswith("You answered yes to: ")
