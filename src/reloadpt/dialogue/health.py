"""The questions about health that a plan left open: answered later by the patient, and told to the therapist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Literal

from reloadpt import wording
from reloadpt.dialogue.asks import Ask, Choice, Head, Marks, Saying, Words, go_through, options_of
from reloadpt.dialogue.respondent import Respondent
from reloadpt.journal.events import ConditionAnswer, ScreeningAnswered
from reloadpt.program.typed import read_baby_due

UNSURE = "?"
"""What the value of a mark ends with that is not known."""


def leaves_open(patient: Respondent) -> bool:
    """Whether the plan, as its maker gave it, leaves a condition open."""
    period = patient.record.history.period
    return period is not None and bool(period.plan.open_items)


async def answer_screening(patient: Respondent, head: Head) -> None:
    """Answer what the plan leaves open, or answer it anew."""
    period = patient.record.history.period
    if period is None:
        return
    items = period.plan.open_items
    before = {wording.SCREENING_FIRST(): _marks_of(patient, items)}
    told = await go_through(head, partial(_answer, patient, items), before)
    if told is None:
        return
    patient.write(told)
    barred = patient.plan.blocked_by
    await head.ask(
        Saying(wording.screening_stop(barred) if barred else wording.HEALTH_NOTED(), brief=True), None
    )


async def _answer(patient: Respondent, items: Iterable[str], ask: Ask) -> ScreeningAnswered:
    while True:
        answers = await ask_conditions(
            ask, wording.SCREENING_FIRST(), items, (wording.HEALTH_WHY(), wording.MARK_TRUE())
        )
        barred = patient.plan.answered_later(answers).blocked_by
        if not barred:
            break
        ways = options_of(("yes", wording.HEALTH_BARS_YES()), ("mend", wording.WRONG_KEY()))
        if await ask(Choice(wording.HEALTH_BARS(), tuple(map(wording.condition, barred)), ways)) == "yes":
            break
    pregnant = answers.get("later-pregnancy") == "yes"
    baby_due = await ask_baby_due(ask, patient.wall()) if pregnant else None
    return ScreeningAnswered(
        answers=tuple(ConditionAnswer(item=item, answer=answer) for item, answer in answers.items()),
        baby_due=baby_due.isoformat() if baby_due else None,
    )


def _marks_of(patient: Respondent, items: Iterable[str]) -> tuple[str, ...]:
    """The marks as they were last set; none where nothing was answered yet."""
    later = patient.record.history.later_screening
    if not later:
        return ()
    marks = ((item, later[item].answer if item in later else "unanswered") for item in items)
    return tuple(item if answer == "yes" else item + UNSURE for item, answer in marks if answer != "no")


async def ask_conditions(
    ask: Ask, question: str, items: Iterable[str], says: tuple[str, ...]
) -> Mapping[str, Literal["no", "yes", "unanswered"]]:
    """Ask which conditions hold; what is marked as not known stays unanswered."""
    labels = [(item, wording.condition(item)) for item in items]
    marked = await ask(Marks(question, says, options_of(*labels), none=wording.NONE_TRUE(), unsure=True))
    return {
        item: "yes" if item in marked else "unanswered" if item + UNSURE in marked else "no"
        for item, _ in labels
    }


async def ask_baby_due(ask: Ask, at: datetime) -> date | None:
    """The day the child is due; None where it is not known."""
    options = options_of(("yes", wording.BABY_DUE_KNOWN()), ("no", wording.BABY_DUE_UNKNOWN()))
    if await ask(Choice(wording.ASK_BABY_DUE(), options=options)) == "no":
        return None
    return await ask(
        Words(
            wording.WHEN_BABY_DUE(),
            read=lambda typed: read_baby_due(typed, at),
            named="the day the child is due",
        )
    )
