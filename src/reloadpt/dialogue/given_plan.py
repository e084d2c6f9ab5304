"""A plan file that the program was started with: it is shown, and taken into use when that is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reloadpt import wording
from reloadpt.dialogue.asks import Choice, Head, options_of
from reloadpt.dialogue.first_plan import plan_in_file
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Places, Trouble, clean, shorten
from reloadpt.journal.people import is_one_patient, newcomer, people_in, turn_of
from reloadpt.program.library import Library
from reloadpt.program.plan_words import plan_in_words

USE, LEAVE = "use", "leave"


async def take_given_plan(
    path: Path, home: Places, library: Library, turn_to: Callable[[Places], Respondent], head: Head
) -> bool:
    """Ask whether the plan in ``path`` is to be used, and give the turn to whom it is for; whether it is in use now.

    Nothing is written, and the turn stays where it is, unless that is said. A plan for somebody without a journal
    in this home begins one of their own.
    """
    try:
        plan = plan_in_file(path, library)
    except Trouble as trouble:
        await head.ask(
            Choice(wording.PLAN_NOT_USED(), (str(trouble),), options_of((LEAVE, wording.GO_ON_WITHOUT()))),
            None,
        )
        return False
    people = people_in(home)
    theirs = next((person.name for person in people if person.alias == plan.patient), None)
    here = next((person.alias for person in people if person.name == home.person), "")
    alias = shorten(plan.patient)
    is_new = theirs is None and bool(here) and not is_one_patient(here, plan.patient)
    ways = options_of(
        (USE, wording.USE_AS_ANOTHER(alias=alias) if is_new else wording.USE_PLAN()),
        (LEAVE, wording.USE_NOT()),
    )
    says = (
        *([wording.IS_ANOTHER(alias=alias, here=shorten(here))] if is_new else []),
        *(clean(line) for line in plan_in_words(plan, library)),
    )
    if await head.ask(Choice(wording.ASK_USE(alias=alias), says, ways), None) != USE:
        return False
    if is_new:
        home = newcomer(home)
    elif theirs is not None:
        home = turn_of(home, theirs)
    patient = turn_to(home)
    patient.record.start_plan(plan, patient.wall())
    return True
