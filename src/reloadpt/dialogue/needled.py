"""Needled again: which muscle, which side, when, and whether the needles carried a current."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import cast

from reloadpt import wording
from reloadpt.care.history import History
from reloadpt.dialogue.asks import Ask, Choice, Head, Option, Saying, go_through, options_of, yes_or_no
from reloadpt.dialogue.elsewhere import write_down
from reloadpt.dialogue.moments import ask_past_moment
from reloadpt.dialogue.muscles import SIDES, muscle_name, muscle_options, muscle_phrase
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Trouble
from reloadpt.journal.events import Needled, Side
from reloadpt.phrases import moment_phrase
from reloadpt.program.library import Library
from reloadpt.program.other_muscles import OTHER_MUSCLES
from reloadpt.program.plan import Plan
from reloadpt.program.screening import effect_of

OLDEST = timedelta(days=366)
"""A needling told of is no older: a year that was mistyped is noticed."""
ANOTHER = "another"


def is_known(history: History, event: Needled) -> bool:
    """Whether this needling was written down already."""
    needling = (event.muscle, event.side, event.needled_at)
    return needling in ((told.muscle, told.side, told.needled_at) for told in history.needlings)


def needled_lines(event: Needled, plan: Plan, library: Library, at: datetime) -> list[str]:
    """What is said after a needling was written down."""
    name = muscle_phrase(event.muscle, event.side, library)
    lines = [wording.NEEDLED_NOTED(muscle=name, when=moment_phrase(event.needled_at, at))]
    if event.muscle in {target.muscle for target in plan.targets}:
        lines = [f"{lines[0]} {wording.BEGINS_ANEW()}"]
    elif event.muscle in OTHER_MUSCLES:
        lines.append(wording.NO_EXERCISES_FOR())
    else:
        lines.append(wording.NOT_IN_PLAN())
    barring = [
        answer.item
        for answer in plan.screened
        if answer.answer == "yes" and effect_of(answer.item, stim=True) == "block"
    ]
    if event.stim and barring:
        lines.append(wording.STIM_NOTED(items=", ".join(map(wording.condition, barring))))
    return lines


async def tell_needled(patient: Respondent, head: Head) -> None:
    """Ask what was needled and when, and write it down."""
    lines = await go_through(head, partial(_needled, patient))
    if lines:
        await head.ask(Saying(lines[0], tuple(lines[1:])), None)


async def _needled(patient: Respondent, ask: Ask) -> list[str]:
    at, plan, library = patient.wall(), patient.plan, patient.library
    planned = dict.fromkeys(target.muscle for target in plan.targets)
    options = [Option(muscle, muscle_name(muscle, library)) for muscle in planned]
    muscle = await ask(
        Choice(wording.ASK_WHICH_NEEDLED(), options=(*options, Option(ANOTHER, "Another muscle")))
    )
    if muscle == ANOTHER:
        others = [library.programme(name) for name in library.muscles if name not in planned]
        muscle = await ask(Choice(wording.ASK_WHICH_NEEDLED(), options=muscle_options(others, library)))
    side = cast("Side", await ask(Choice(wording.ASK_SIDE(), options=options_of(*SIDES))))
    when = await ask_past_moment(ask, wording.ASK_WHEN(), at, at - OLDEST)
    stim = await ask(Choice(wording.ASK_STIM(), options=yes_or_no())) == "yes"
    event = Needled(muscle=muscle, side=side, needled_at=when.replace(microsecond=0), stim=stim)
    if is_known(patient.record.history, event):
        raise Trouble(wording.NEEDLED_TWICE())
    await write_down(patient, ask, event)
    return needled_lines(event, plan, library, at)
