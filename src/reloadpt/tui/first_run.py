"""The first questions: a plan file, or a few answers that make a gentle plan of one's own."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reloadpt import wording
from reloadpt.program.making import Answers, ScreeningStops, make_plan
from reloadpt.program.plan import Target
from reloadpt.program.programme import Intent, Side
from reloadpt.tui.flows import use_plan
from reloadpt.tui.screens.choice import ChoiceScreen, SeveralScreen
from reloadpt.tui.screens.words import WordsScreen

if TYPE_CHECKING:
    from reloadpt.tui.app import ReloadApp

MOST_FILES = 7
WHEN = {
    "1": ("In the last two hours", timedelta(hours=1)),
    "2": ("Earlier today", timedelta(hours=6)),
    "3": ("Yesterday", timedelta(hours=24)),
    "4": ("Two days ago", timedelta(hours=48)),
    "5": ("Three days ago or more", timedelta(hours=72)),
}
NOT_ALONE = ("head and neck", "pelvis")


async def ask(app: ReloadApp) -> None:
    """Ask until there is a plan, or the person leaves."""
    way = await app.push_screen_wait(
        ChoiceScreen(
            "Welcome. Did your therapist give you a plan file?",
            (
                ("file", "Yes, I have a file that ends in .plan.json"),
                ("own", "No. Ask me a few questions and begin gently"),
            ),
            "Reloadpt guides you through the exercises after dry needling. "
            "Everything stays on this computer unless you send it.",
        )
    )
    if way == "file":
        await _use_a_file(app)
    elif way == "own":
        await _make_one(app)


async def _use_a_file(app: ReloadApp) -> None:
    folders = (Path.cwd(), Path.home(), Path.home() / "Downloads", Path.home() / "Desktop")
    found = list(islice(dict.fromkeys(path for folder in folders for path in _plans_in(folder)), MOST_FILES))
    chosen: str | None = "other"
    if found:
        options = [(str(path), f"{path.name}   ({path.parent})") for path in found]
        chosen = await app.push_screen_wait(ChoiceScreen("Which one?", [*options, ("other", "Another file")]))
    if chosen == "other":
        chosen = await app.push_screen_wait(
            WordsScreen("Where is the plan file?", "Type its place, or drag the file into this window.")
        )
    if chosen:
        use_plan(app, Path(chosen.strip("'\" ")).expanduser())


def _plans_in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.plan.json"))
    except OSError:
        return []


async def _make_one(app: ReloadApp) -> None:
    answers = await _screen(app)
    if answers is None:
        return
    programmes = [app.library.programme(muscle) for muscle in app.library.muscles]
    open_to_all = [each for each in programmes if each.region not in NOT_ALONE]
    muscles = await app.push_screen_wait(
        SeveralScreen(
            "Which muscles were needled?",
            [
                (each.muscle, each.name)
                for each in sorted(open_to_all, key=lambda each: (each.region, each.name))
            ],
        )
    )
    if not muscles:
        return
    side = await app.push_screen_wait(
        ChoiceScreen(
            "On which side?", (("both", "Both, or in the middle"), ("left", "Left"), ("right", "Right"))
        )
    )
    when = await app.push_screen_wait(
        ChoiceScreen("When was the needling?", [(key, label) for key, (label, _) in WHEN.items()])
    )
    if side is None or when is None:
        return
    at = app.wall()
    targets = tuple(
        Target(
            muscle=muscle,
            intent=_intent(app.library.programme(muscle).default_intent),
            side=_side(side),
            needled_at=at - WHEN[when][1],
        )
        for muscle in muscles
    )
    plan = make_plan(patient="me", targets=targets, answers=answers, at=at, made_by=None)
    app.record.start_plan(plan, at)


async def _screen(app: ReloadApp) -> Answers | None:
    answers = Answers()
    for item in answers.open_items:
        answer = await app.push_screen_wait(
            ChoiceScreen(wording.SCREENING[item](), (("no", "No"), ("yes", "Yes")), "Before you begin:")
        )
        if answer is None:
            return None
        answers = answers.with_answer(item, "yes" if answer == "yes" else "no")
    if any(each.answer == "yes" for each in answers.screened()):
        barring = tuple(each.item for each in answers.screened() if each.answer == "yes")
        raise ScreeningStops(barring)
    return answers


def _intent(default: Literal["calm", "wake", "both"]) -> Intent:
    return "wake" if default == "wake" else "calm"


def _side(text: str) -> Side:
    return "left" if text == "left" else "right" if text == "right" else "both"
