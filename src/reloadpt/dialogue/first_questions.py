"""The first questions: a plan file, or a few answers that make a gentle plan of one's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import cast

from reloadpt import wording
from reloadpt.clock import zone
from reloadpt.dialogue.asks import Ask, Choice, Head, Marks, Row, Sheet, Words, go_through, options_of
from reloadpt.dialogue.emergency import ask_emergency
from reloadpt.dialogue.first_plan import (
    muscles_to_choose,
    plan_alone,
    plan_files,
    plan_in_file,
    stop_if_barred,
)
from reloadpt.dialogue.health import ask_baby_due, ask_conditions
from reloadpt.dialogue.muscles import SIDES, muscle_options
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Trouble, clean, dropped_path
from reloadpt.journal.events import Side
from reloadpt.program.making import ScreeningAnswers, ScreeningStops
from reloadpt.program.other_muscles import OTHER_MUSCLES
from reloadpt.program.plan import Plan

FILE, ALONE, LEAVE = "file", "alone", "leave"
HOURS_AGO = {"1": "In the last two hours", "6": "Earlier today", "24": "Yesterday", "48": "Two days ago",
             "72": "Three days ago or more"}  # fmt: skip
"""How long ago a needling was, as nearly as it need be known."""
STEPS = 5
"""Pages of somebody who makes a plan alone, from the screening on."""


async def first_questions(patient: Respondent, head: Head) -> None:
    """Ask until there is a plan, or the person leaves; what was answered is kept for the next time."""
    plan = await go_through(head, partial(_first_questions, patient), patient.told)
    if plan is not None:
        patient.record.start_plan(plan, patient.wall())


async def _first_questions(patient: Respondent, ask: Ask) -> Plan | None:
    """The plan that was chosen or made; None where the person leaves."""
    wrong: tuple[str, ...] = ()
    while True:
        files = {str(path): f"{clean(path.name)}   ({clean(str(path.parent))})" for path in plan_files()}
        options = [*files.items(), (FILE, wording.OTHER_FILE() if files else wording.HAS_FILE())]
        way = await ask(
            Choice(
                wording.ASK_FILE(),
                (wording.WELCOME(), wording.STAYS_HERE(), *wrong),
                options_of(*options, (ALONE, wording.CHOOSE_ALONE())),
            )
        )
        if way == ALONE:
            return await _ask_for_own(patient, ask)
        if way == FILE:
            return await ask(
                Words(
                    wording.WHERE_FILE(),
                    (wording.DRAG_FILE(),),
                    read=lambda typed: plan_in_file(dropped_path(typed), patient.library),
                    named="the place of the file",
                )
            )
        try:
            return plan_in_file(dropped_path(way), patient.library)
        except Trouble as trouble:
            wrong = (str(trouble),)


async def _ask_for_own(patient: Respondent, ask: Ask) -> Plan | None:
    at = patient.wall()
    answers = ScreeningAnswers()
    pages = (
        (wording.SCREENING_FIRST(), wording.SCREENING),
        (wording.SCREENING_SECOND(), wording.EXERCISE_SCREENING),
    )
    for number, (question, conditions) in enumerate(pages, start=1):
        while True:
            says = (_step(number), wording.MARK_TRUE())
            for item, answer in (await ask_conditions(ask, question, conditions, says)).items():
                answers = answers.with_answer(item, answer)
            try:
                stop_if_barred(answers)
                break
            except ScreeningStops as stop:
                ways = options_of((LEAVE, "Leave"), ("mend", wording.WRONG_KEY()))
                if await ask(Choice(wording.STOP_HERE(), (str(stop),), ways)) == LEAVE:
                    return None
    baby_due = await ask_baby_due(ask, at) if answers.holds("later-pregnancy") else None
    needled = await _ask_needled(patient, at, ask)
    emergency = await ask_emergency(ask, zone(), _step(5))
    return plan_alone(patient.library, needled, answers, emergency, at, baby_due)


async def _ask_needled(patient: Respondent, at: datetime, ask: Ask) -> list[tuple[str, Side, datetime]]:
    """The muscles that were needled, each with its side and when."""
    programmes = {programme.muscle: programme for programme in muscles_to_choose(patient.library)}
    options = muscle_options(programmes.values(), patient.library)
    chosen = await ask(Marks(wording.ASK_MUSCLES(), (_step(3),), options))
    rows = []
    for muscle in chosen:
        about = programmes[muscle].name if muscle in programmes else OTHER_MUSCLES[muscle].label
        rows += [
            Row(f"side {muscle}", wording.ASK_SIDE(), options=options_of(*SIDES), about=about),
            Row(f"when {muscle}", wording.ASK_WHEN(), options=options_of(*HOURS_AGO.items()), about=about),
        ]
    cells = await ask(Sheet(wording.SIDE_AND_DAY(), (_step(4),), tuple(rows)))
    needled = []
    for muscle in chosen:
        side = cast("Side", cells.get(f"side {muscle}") or "both")
        hours = int(cells.get(f"when {muscle}") or 1)
        needled.append((muscle, side, at - timedelta(hours=hours)))
    return needled


def _step(number: int) -> str:
    return f"Page {number} of {STEPS}"
