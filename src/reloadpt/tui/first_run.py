"""The first questions: a plan file, or a few answers that make a gentle plan of one's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reloadpt import wording
from reloadpt.dialogue.first_plan import (
    SIDES,
    WHEN,
    muscles_to_choose,
    path_of,
    plan_files,
    plan_made_alone,
    stop_if_barred,
    use_plan,
)
from reloadpt.files import Trouble
from reloadpt.program.making import ScreeningAnswers, ScreeningStops
from reloadpt.tui.screens.choice import ChoiceScreen, SeveralScreen
from reloadpt.tui.screens.words import WordsScreen

if TYPE_CHECKING:
    from reloadpt.tui.app import ReloadApp

OTHER = "other"
Asked = Callable[[Sequence[Any]], Awaitable[Any]]
"""A question, asked with what was answered before it; None goes back."""


async def ask_first_questions(app: ReloadApp) -> None:
    """Ask until there is a plan, or the person leaves."""
    way = await app.push_screen_wait(
        ChoiceScreen(
            f"Welcome. {wording.ASK_FILE()}",
            (
                ("file", "Yes, I have a file that ends in .plan.json"),
                ("own", wording.CHOOSE_ALONE()),
            ),
            f"{wording.WELCOME()} {wording.STAYS_HERE()}",
        )
    )
    if way == "file":
        await _use_a_file(app)
    elif way == "own":
        await _make_one(app)


async def _use_a_file(app: ReloadApp) -> None:
    """Ask for the file until one can be used, or the person leaves; why one cannot be stands with the question."""
    wrong = ""
    while True:
        found = plan_files()
        chosen: str | None = OTHER
        if found:
            options = [(str(path), f"{path.name}   ({path.parent})") for path in found]
            chosen = await app.push_screen_wait(
                ChoiceScreen("Which one?", [*options, (OTHER, "Another file")], wrong)
            )
        if chosen == OTHER:
            says = "Type its place, or drag the file into this window."
            chosen = await app.push_screen_wait(
                WordsScreen("Where is the plan file?", f"{wrong}\n\n{says}" if wrong else says)
            )
            if chosen is None and found:
                continue
        if chosen is None:
            return
        try:
            use_plan(app.record, app.library, path_of(chosen), app.wall())
        except Trouble as trouble:
            wrong = str(trouble)
        else:
            return


async def _make_one(app: ReloadApp) -> None:
    """Ask one question after the other; going back leads to the one before."""
    items = ScreeningAnswers().open_items
    asked: list[Asked] = [partial(_condition, app, number) for number in range(len(items))]
    asked += [partial(_muscles, app), partial(_side, app), partial(_when, app)]
    given: list[Any] = []
    while len(given) < len(asked):
        answer = await asked[len(given)](given)
        if answer is not None:
            given.append(answer)
        elif given:
            given.pop()
        else:
            return
    *_, muscles, side, ago = given
    at = app.wall()
    app.record.start_plan(plan_made_alone(app.library, muscles, side, ago, _screened(given), at), at)


def _screened(given: Sequence[Any]) -> ScreeningAnswers:
    answers = ScreeningAnswers()
    for item, answer in zip(answers.open_items, given, strict=False):
        answers = answers.with_answer(item, answer)
    return answers


async def _condition(app: ReloadApp, number: int, _given: Sequence[Any]) -> str | None:
    items = ScreeningAnswers().open_items
    place = f"Before you begin: question {number + 1} of {len(items)}"
    return await app.push_screen_wait(
        ChoiceScreen(wording.SCREENING[items[number]](), (("no", "No"), ("yes", "Yes")), place)
    )


async def _muscles(app: ReloadApp, given: Sequence[Any]) -> tuple[str, ...] | None:
    """Which muscles; after a yes nothing goes on, but a wrong key can be mended."""
    try:
        stop_if_barred(_screened(given))
    except ScreeningStops as stop:
        ways = (("leave", "Leave"), ("back", "I pressed a wrong key: back to the questions"))
        if await app.push_screen_wait(ChoiceScreen(wording.STOP_HERE(), ways, str(stop))) == "leave":
            raise
        return None
    choices = [
        line
        for region, found in groupby(muscles_to_choose(app.library), lambda each: each.region)
        for line in (("", region.capitalize()), *((each.muscle, each.name) for each in found))
    ]
    return await app.push_screen_wait(SeveralScreen(wording.ASK_MUSCLES(), choices))


async def _side(app: ReloadApp, _given: Sequence[Any]) -> str | None:
    return await app.push_screen_wait(ChoiceScreen(wording.ASK_SIDE(), SIDES))


async def _when(app: ReloadApp, _given: Sequence[Any]) -> str | None:
    return await app.push_screen_wait(ChoiceScreen(wording.ASK_NEEDLED(), WHEN))
