"""How the exercises of a session are done: as the plan words them, else as the programme does."""

from __future__ import annotations

from collections.abc import Sequence

from reloadpt.files import Trouble
from reloadpt.journal.events import Item
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
