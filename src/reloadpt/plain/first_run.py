"""The first questions, line by line: a plan file, or a few answers that make a gentle plan of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from reloadpt import wording
from reloadpt.care import first_plan
from reloadpt.care.record import Record
from reloadpt.plain.talk import BACK, NO, YES, AnswerWord, Talk, ask_in_turn
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers
from reloadpt.program.screening import ITEMS

HAS_FILE = replace(YES, does="There is a file that ends in .plan.json.")
NO_FILE = replace(NO, does=wording.BEGIN_ALONE())
IT_IS_SO, IT_IS_NOT = replace(YES, does="This is so."), replace(NO, does="This is not so.")


def ask_for_plan(talk: Talk, record: Record, library: Library, wall: Callable[[], datetime]) -> None:
    """Ask once; there is a plan then, unless the person went back. ``Trouble`` where it cannot be used."""
    talk.say(wording.WELCOME(), wording.STAYS_HERE())
    if talk.ask(wording.ASK_FILE(), (HAS_FILE, NO_FILE)) is HAS_FILE:
        _use_a_file(talk, record, library, wall)
    else:
        _make_plan_alone(talk, record, library, wall)


def _use_a_file(talk: Talk, record: Record, library: Library, wall: Callable[[], datetime]) -> None:
    files = first_plan.plan_files()
    if files:
        options = [*(f"{path.name}, in {path.parent}" for path in files), "Another file"]
        chosen = talk.choose("Which one?", options, (BACK,))
        if isinstance(chosen, AnswerWord):
            return
        if chosen < len(files):
            first_plan.use_plan(record, library, files[chosen], wall())
            return
    typed = talk.text("Where is the plan file?", "the place of the file", (BACK,))
    if not isinstance(typed, AnswerWord):
        first_plan.use_plan(record, library, first_plan.path_of(typed), wall())


def _make_plan_alone(talk: Talk, record: Record, library: Library, wall: Callable[[], datetime]) -> None:
    conditions = ask_in_turn([partial(_yes, talk, wording.SCREENING[item]()) for item in ITEMS])
    if conditions is None:
        return
    answers = ScreeningAnswers()
    for item, yes in zip(ITEMS, conditions, strict=True):
        answers = answers.with_answer(item, "yes" if yes else "no")
    first_plan.stop_if_barred(answers)
    muscles = first_plan.muscles_to_choose(library)
    questions: list[Callable[[], tuple[int, ...] | AnswerWord]] = [
        partial(talk.mark, wording.ASK_MUSCLES(), [muscle.name for muscle in muscles], (BACK,)),
        partial(_one_option, talk, wording.ASK_SIDE(), [label for _, label in first_plan.SIDES]),
        partial(_one_option, talk, wording.ASK_NEEDLED(), [label for _, label in first_plan.WHEN]),
    ]
    chosen = ask_in_turn(questions)
    if chosen is None:
        return
    which, (side,), (ago,) = chosen
    at = wall()
    names = [muscles[at].muscle for at in which]
    record.start_plan(
        first_plan.plan_made_alone(
            library, names, first_plan.SIDES[side][0], first_plan.WHEN[ago][0], answers, at
        ),
        at,
    )


def _yes(talk: Talk, question: str) -> bool | AnswerWord:
    answer: int | AnswerWord = talk.ask(f"Before you begin: {question}", (IT_IS_SO, IT_IS_NOT, BACK))
    return BACK if answer is BACK else answer is IT_IS_SO


def _one_option(talk: Talk, question: str, options: list[str]) -> tuple[int, ...] | AnswerWord:
    chosen = talk.choose(question, options, (BACK,))
    return chosen if isinstance(chosen, AnswerWord) else (chosen,)
