"""The first questions: a plan file, or a few answers that make a gentle plan of one's own."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reloadpt import wording
from reloadpt.care.first_plan import (
    SIDES,
    WHEN,
    muscles_to_choose,
    path_of,
    plan_files,
    plan_made_alone,
    stop_if_barred,
    use_plan,
)
from reloadpt.program.making import Answers
from reloadpt.tui.screens.choice import ChoiceScreen, SeveralScreen
from reloadpt.tui.screens.words import WordsScreen

if TYPE_CHECKING:
    from reloadpt.tui.app import ReloadApp


async def ask(app: ReloadApp) -> None:
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
    found = plan_files()
    chosen: str | None = "other"
    if found:
        options = [(str(path), f"{path.name}   ({path.parent})") for path in found]
        chosen = await app.push_screen_wait(ChoiceScreen("Which one?", [*options, ("other", "Another file")]))
    if chosen == "other":
        chosen = await app.push_screen_wait(
            WordsScreen("Where is the plan file?", "Type its place, or drag the file into this window.")
        )
    if chosen:
        use_plan(app.record, app.library, path_of(chosen), app.wall())


async def _make_one(app: ReloadApp) -> None:
    answers = await _screen(app)
    if answers is None:
        return
    choices = [
        line
        for region, found in groupby(muscles_to_choose(app.library), lambda each: each.region)
        for line in (("", region.capitalize()), *((each.muscle, each.name) for each in found))
    ]
    muscles = await app.push_screen_wait(SeveralScreen(wording.ASK_MUSCLES(), choices))
    if not muscles:
        return
    side = await app.push_screen_wait(ChoiceScreen(wording.ASK_SIDE(), SIDES))
    ago = await app.push_screen_wait(ChoiceScreen(wording.ASK_NEEDLED(), WHEN))
    if side is None or ago is None:
        return
    at = app.wall()
    app.record.start_plan(plan_made_alone(app.library, muscles, side, ago, answers, at), at)


async def _screen(app: ReloadApp) -> Answers | None:
    answers = Answers()
    items = answers.open_items
    for number, item in enumerate(items, start=1):
        place = f"Before you begin: question {number} of {len(items)}"
        answer = await app.push_screen_wait(
            ChoiceScreen(wording.SCREENING[item](), (("no", "No"), ("yes", "Yes")), place)
        )
        if answer is None:
            return None
        answers = answers.with_answer(item, "yes" if answer == "yes" else "no")
    stop_if_barred(answers)
    return answers
