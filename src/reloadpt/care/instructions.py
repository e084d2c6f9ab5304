"""How the exercises of a session are done, as the plan words them, else as the programme does; and which are known."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reloadpt import wording
from reloadpt.care.history import History
from reloadpt.files import Trouble
from reloadpt.journal.events import Item, SetSkipped
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan
from reloadpt.program.programme import Exercise


def instructions(plan: Plan | None, library: Library, items: Sequence[Item]) -> dict[str, Exercise]:
    """The exercises of ``items`` by id; one that neither knows any more is left out."""
    own = {exercise.id: exercise for exercise in plan.exercises} if plan else {}
    found = {}
    for item in items:
        try:
            found[item.exercise] = own.get(item.exercise) or library.exercise(item.exercise)
        except Trouble:
            continue
    return found


class CardLine(msgspec.Struct, frozen=True):
    """One thing that a card says of an exercise: what it is called, and its words."""

    label: str
    words: str


def card_lines(exercise: Exercise) -> tuple[CardLine, ...]:
    """What stands on the card of an exercise: what is needed, when to stop, how it feels, what to avoid.

    How to get into position, and the dose, stand above it.
    """
    needs = [thing.replace("-", " ") for thing in exercise.equipment if thing != "none"]
    lines = (
        CardLine(wording.CARD["need"](), ", ".join(needs)),
        CardLine(wording.CARD["stop"](), wording.STOP_IF()),
        CardLine(wording.CARD["feel"](), exercise.feel),
        CardLine(wording.CARD["avoid"](), exercise.mistake),
        CardLine(wording.CARD["less"](), exercise.ease),
        CardLine(wording.CARD["think"](), exercise.cue),
    )
    return tuple(line for line in lines if line.words)


def what_to_fetch(plan: Plan | None, library: Library, items: Sequence[Item]) -> str:
    """What ``items`` are done with and where, so that it can be fetched before they begin; empty where it is nothing."""
    exercises = instructions(plan, library, items).values()
    things = dict.fromkeys(
        f"{'an' if thing[0] in 'aeiou' else 'a'} {thing.replace('-', ' ')}"
        for exercise in exercises
        for thing in exercise.equipment
        if thing != "none"
    )
    demands = {demand for exercise in exercises for demand in exercise.demands}
    lying = {"supine", "prone", "side-lying"} & {exercise.position for exercise in exercises}
    where = "floor" if "floor" in demands else "bed" if lying else ""
    sentences = [wording.DONE_ON[where]()] if where else []
    return " ".join([*sentences, *([wording.YOU_NEED(things=", ".join(things))] if things else [])])


def exercises_met(history: History) -> frozenset[str]:
    """The exercises that a session of this plan has guided to before: their card needs not wait any more.

    What was told later was never shown.
    """
    begun = history.plan_started_at
    return frozenset(
        event.exercise
        for session in history.sessions.values()
        if begun is None or session.opened_at >= begun
        for event in session.sets()
        if isinstance(event, SetSkipped) or event.source in ("timed", "self_paced")
    )
