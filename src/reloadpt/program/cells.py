"""Where a programme has something to do for people who cannot do some things, and where nothing: cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reloadpt.program.fitting import ONLY_SITTING, Circumstances, is_served, suiting
from reloadpt.program.programme import PHASES, Demand, EmptyCell, Exercise, Intent, Phase, Programme
from reloadpt.program.screening import EXERCISE_ITEMS

INTENTS: tuple[Intent, ...] = ("calm", "wake")
NO_EQUIPMENT = "equipment"


@dataclass(frozen=True)
class Constraint:
    """What some people cannot do, by name; ``bare`` where there is nothing at home but what every home has.

    ``condition`` is one of the screening that holds; some of them are ``flat``: nothing is done lying flat.
    """

    name: str
    cannot: frozenset[Demand] = frozenset()
    bare: bool = False
    condition: str = ""
    flat: bool = False

    @property
    def person(self) -> Circumstances:
        """Somebody of whom nothing else is known."""
        return Circumstances(
            cannot=self.cannot,
            has=frozenset() if self.bare else None,
            holds=(self.condition,) if self.condition else (),
            flat_by=self.condition if self.flat else "",
        )

    def is_excused_by(self, cell: EmptyCell) -> bool:
        """Whether a cell is said to be empty on purpose for these people."""
        return {*cell.cannot} <= {*self.cannot, *((NO_EQUIPMENT,) if self.bare else ())}


CONSTRAINTS = (
    Constraint("cannot get down to the floor", frozenset({"floor"})),
    Constraint("must not lie on the back", frozenset({"back"})),
    Constraint("must not lie on the front", frozenset({"front"})),
    Constraint("cannot kneel", frozenset({"kneel"})),
    Constraint("cannot stand", frozenset({"stand"})),
    Constraint("can only sit", ONLY_SITTING),
    Constraint("no equipment", bare=True),
)
PAIRS = (
    Constraint("floor and kneel", frozenset({"floor", "kneel"})),
    Constraint("floor and front", frozenset({"floor", "front"})),
    Constraint("floor and no equipment", frozenset({"floor"}), bare=True),
    Constraint("only sitting, and not on the back", ONLY_SITTING | {"back"}),
)
"""Two that often come together; who can only sit does not lie on the back as it is."""
CONDITIONS = tuple(
    Constraint(item, condition=item, flat=item in ("heart-failure", "later-pregnancy"))
    for item in EXERCISE_ITEMS
)
"""The conditions of the screening, each by itself; pregnancy from the week on in which nothing is done lying flat."""
ALL_CONSTRAINTS = (*CONSTRAINTS, *PAIRS, *CONDITIONS)


@dataclass(frozen=True)
class Cell:
    """One muscle, intent and phase; ``excuse`` is why it is empty on purpose, where it is."""

    muscle: str
    intent: Intent
    phase: Phase
    excuse: EmptyCell | None = None

    def __str__(self) -> str:
        return f"{self.muscle} {self.intent} {self.phase}"


def dealt_in(programme: Programme, intent: Intent, phase: Phase, person: Circumstances) -> list[Exercise]:
    """The exercises of a cell that this person is dealt where no therapist turned anything on.

    What waits until a therapist has checked something is dealt in time. Breathing counts where it is the phase's own
    work: not where it stands in for something else.
    """
    own = [
        exercise
        for exercise in programme.exercises
        if exercise.phase == phase
        and is_served(intent, exercise)
        and not exercise.demanding
        and not exercise.condition
    ]
    found, _ = suiting(person, own, programme)
    first = {exercise.id: exercise for exercise in own}
    return [
        exercise
        for exercise in found
        if exercise.type != "breathe"
        or not exercise.instead_of
        or first[exercise.instead_of].type == "breathe"
    ]


def empty_cells(programmes: Iterable[Programme], constraint: Constraint) -> Iterator[Cell]:
    """The cells of which nothing is dealt to people of whom ``constraint`` holds."""
    for programme in programmes:
        for intent in INTENTS:
            for phase in PHASES:
                if not dealt_in(programme, intent, phase, constraint.person):
                    yield Cell(programme.muscle, intent, phase, _excuse(programme, intent, phase, constraint))


def _excuse(programme: Programme, intent: Intent, phase: Phase, constraint: Constraint) -> EmptyCell | None:
    return next(
        (
            cell
            for cell in programme.without
            if (cell.phase, cell.intent) == (phase, intent) and constraint.is_excused_by(cell)
        ),
        None,
    )


def table_in_words(programmes: Sequence[Programme]) -> list[str]:
    """How many cells are empty for each constraint, pair and condition, and which; those on purpose with what is done instead."""
    count = len(programmes) * len(INTENTS) * len(PHASES)
    lines = [f"Cells of {count} (muscle, intent, phase) in which nothing is dealt:"]
    for constraint in ALL_CONSTRAINTS:
        cells = list(empty_cells(programmes, constraint))
        left = [cell for cell in cells if cell.excuse is None]
        lines.append(f"{constraint.name:<34} {len(left):>4}   on purpose {len(cells) - len(left):>4}")
    for constraint in ALL_CONSTRAINTS:
        for cell in empty_cells(programmes, constraint):
            excuse = f" on purpose: {cell.excuse.why} {cell.excuse.done}" if cell.excuse else ""
            lines.append(f"  {constraint.name}: {cell}{excuse}")
    return lines
