"""The first questions: a plan file, or a few answers that make a gentle plan of one's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from reloadpt import wording
from reloadpt.care import first_plan
from reloadpt.files import Trouble
from reloadpt.program.making import ScreeningAnswers, ScreeningStops
from reloadpt.tui.asks.choice import ChoiceScreen, SeveralScreen
from reloadpt.tui.asks.words import WordsScreen
from reloadpt.tui.patient.record_app import RecordApp

OTHER = "other"
Question = Callable[[Sequence[Any]], Awaitable[Any]]
"""A question, asked with what was answered before it; None goes back."""


async def ask_first_questions(app: RecordApp) -> None:
    """Ask until there is a plan, or the person leaves."""
    way = await app.push_screen_wait(
        ChoiceScreen(
            f"Welcome. {wording.ASK_FILE()}",
            (("file", "Yes, I have a file that ends in .plan.json"), ("own", wording.CHOOSE_ALONE())),
            f"{wording.WELCOME()} {wording.STAYS_HERE()}",
        )
    )
    if way == "file":
        await _use_a_file(app)
    elif way == "own":
        await _make_plan_alone(app)


async def _use_a_file(app: RecordApp) -> None:
    """Ask for the file until one can be used, or the person leaves; why one cannot be stands with the question."""
    wrong = ""
    while True:
        files = first_plan.plan_files()
        chosen: str | None = OTHER
        if files:
            options = [(str(path), f"{path.name}   ({path.parent})") for path in files]
            chosen = await app.push_screen_wait(
                ChoiceScreen("Which one?", [*options, (OTHER, "Another file")], wrong)
            )
        if chosen == OTHER:
            says = "Type its place, or drag the file into this window."
            chosen = await app.push_screen_wait(
                WordsScreen("Where is the plan file?", f"{wrong}\n\n{says}" if wrong else says)
            )
            if chosen is None and files:
                continue
        if chosen is None:
            return
        try:
            first_plan.use_plan(app.record, app.library, first_plan.path_of(chosen), app.wall())
        except Trouble as trouble:
            wrong = str(trouble)
        else:
            return


async def _make_plan_alone(app: RecordApp) -> None:
    """Ask one question after the other; going back leads to the one before."""
    items = ScreeningAnswers().open_items
    questions: list[Question] = [partial(_condition, app, number) for number in range(len(items))]
    questions += [partial(_muscles, app), partial(_side, app), partial(_when, app)]
    answers: list[Any] = []
    while len(answers) < len(questions):
        answer = await questions[len(answers)](answers)
        if answer is not None:
            answers.append(answer)
        elif answers:
            answers.pop()
        else:
            return
    *_, muscles, side, ago = answers
    at = app.wall()
    app.record.start_plan(
        first_plan.plan_made_alone(app.library, muscles, side, ago, _screened(answers), at), at
    )


def _screened(conditions: Sequence[Any]) -> ScreeningAnswers:
    answers = ScreeningAnswers()
    for item, answer in zip(answers.open_items, conditions, strict=False):
        answers = answers.with_answer(item, answer)
    return answers


async def _condition(app: RecordApp, number: int, _answers: Sequence[Any]) -> str | None:
    items = ScreeningAnswers().open_items
    place = f"Before you begin: question {number + 1} of {len(items)}"
    return await app.push_screen_wait(
        ChoiceScreen(wording.SCREENING[items[number]](), (("no", "No"), ("yes", "Yes")), place)
    )


async def _muscles(app: RecordApp, answers: Sequence[Any]) -> tuple[str, ...] | None:
    """Which muscles; after a yes nothing goes on, but a wrong key can be mended."""
    try:
        first_plan.stop_if_barred(_screened(answers))
    except ScreeningStops as stop:
        ways = (("leave", "Leave"), ("back", "I pressed a wrong key: back to the questions"))
        if await app.push_screen_wait(ChoiceScreen(wording.STOP_HERE(), ways, str(stop))) == "leave":
            raise
        return None
    choices = [
        line
        for region, programmes in groupby(
            first_plan.muscles_to_choose(app.library), lambda programme: programme.region
        )
        for line in (
            ("", region.capitalize()),
            *((programme.muscle, programme.name) for programme in programmes),
        )
    ]
    return await app.push_screen_wait(SeveralScreen(wording.ASK_MUSCLES(), choices))


async def _side(app: RecordApp, _answers: Sequence[Any]) -> str | None:
    return await app.push_screen_wait(ChoiceScreen(wording.ASK_SIDE(), first_plan.SIDES))


async def _when(app: RecordApp, _answers: Sequence[Any]) -> str | None:
    return await app.push_screen_wait(ChoiceScreen(wording.ASK_NEEDLED(), first_plan.WHEN))
