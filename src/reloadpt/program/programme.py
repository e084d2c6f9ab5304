"""What one muscle does after the needle: its exercises over four phases, as an author writes them.

These classes are the truth about the files in ``exercises/``; their JSON Schema is printed from them, with the
words under each field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from reloadpt.program.fields import (
    STRICT,
    DrawnFigure,
    ExerciseId,
    Ge,
    Le,
    Line,
    MaxLen,
    MinLen,
    Slug,
    TempoText,
)

Phase = Literal["reset", "activate", "reload", "perform"]
PHASES: tuple[Phase, ...] = ("reset", "activate", "reload", "perform")
Intent = Literal["calm", "wake"]
Side = Literal["left", "right", "both"]
Position = Literal[
    "supine", "prone", "side-lying", "quadruped", "kneeling", "half-kneeling", "plank", "sitting", "standing"
]
Equipment = Literal[
    "none", "anchor", "backpack", "ball", "band", "belt", "bench", "chair", "dumbbell", "foam-roller",
    "heat-pack", "kettlebell", "mat", "mirror", "pillow", "step", "stick", "table", "towel", "twist-bar",
    "wall",
]  # fmt: skip
HOME: tuple[Equipment, ...] = ("chair", "pillow", "towel", "wall")
"""What is taken to be in every home."""
Demand = Literal["floor", "back", "front", "kneel", "stand", "overhead", "one-leg"]
"""What an exercise asks of the body, and what a person may not be able to do: get down to the floor, lie on the
back or the front, kneel, stand, reach overhead, stand on one leg."""
DEMANDED_BY_POSITION: dict[Position, tuple[Demand, ...]] = {
    "supine": ("back",),
    "prone": ("front",),
    "side-lying": (),
    "quadruped": ("floor", "kneel"),
    "kneeling": ("floor", "kneel"),
    "half-kneeling": ("floor", "kneel"),
    "plank": ("floor",),
    "sitting": (),
    "standing": ("stand",),
}
"""What follows from a position by itself; lying is done on a bed or sofa."""
ExerciseType = Literal[
    "breathe", "mobility", "stretch", "self_massage", "isometric", "activation", "strength"
]
Region = Literal["head and neck", "shoulder", "arm", "back", "hip", "thigh", "lower leg and foot", "pelvis"]
StopCode = Literal["S0", "ST", "SN", "SL", "SI", "SA", "SG", "SV", "SB", "SF", "SP", "SJ"]

GENERAL_PRACTICE = "general practice"
TEMPO_LIMIT_S = 60
FORMAT = "reloadpt-programme/2"
OLD_FORMAT = "reloadpt-programme/1"
WEEKS = 6
"""How long a programme usually is followed, where it does not say."""


@dataclass(frozen=True, kw_only=True)
class Frequency:
    """How often an exercise is done: so many times a day, a week, every two days, or after each needling."""

    __pydantic_config__ = STRICT

    times: Annotated[int, Ge(1), Le(12)]
    per: Literal["day", "two_days", "week", "needling"]


@dataclass(frozen=True, kw_only=True)
class Dose:
    """Sets, and what one set is. Times are in seconds."""

    __pydantic_config__ = STRICT

    sets: Annotated[int, Ge(1), Le(10)]
    reps: Annotated[int, Ge(1), Le(100)]
    """Repetitions, or holds, in one set."""
    reps_to: Annotated[int, Ge(2), Le(100)] | None = None
    """The top of a range that begins at `reps`: 8 to 12; absent where there is none."""
    hold_s: Annotated[int, Ge(0), Le(300)] = 0
    """Length of each hold; 0 where there is none."""
    tempo: TempoText | None = None
    """Out-hold-return of one repetition; breathing is in-pause-out."""
    rest_s: Annotated[int, Ge(0), Le(600)] = 0
    """Rest after a set."""
    rep_rest_s: Annotated[int, Ge(0), Le(120)] = 0
    """Pause between the holds of a set."""
    per_side: bool = False
    """One side at a time."""
    often: Frequency

    def __post_init__(self) -> None:
        if self.tempo and self.hold_s:
            raise ValueError("give a tempo or a hold_s, not both")
        if not self.tempo and not self.hold_s:
            raise ValueError("tempo and hold_s are both missing: say how a repetition is paced")
        if self.tempo and not 0 < sum(self.tempo_s) <= TEMPO_LIMIT_S:
            raise ValueError(f"the tempo {self.tempo} must take 1 to {TEMPO_LIMIT_S} seconds in all")
        if self.reps_to is not None and self.reps_to <= self.reps:
            raise ValueError(f"reps_to is {self.reps_to}; it must be more than reps, which is {self.reps}")

    @property
    def tempo_s(self) -> tuple[int, int, int]:
        """Seconds out, held and back; zeros where a repetition is a hold."""
        out, hold, back = (int(part) for part in (self.tempo or "0-0-0").split("-"))
        return out, hold, back


@dataclass(frozen=True, kw_only=True)
class BodyEffects:
    """What an exercise does to the body that not everyone may have done to theirs; `true` where it does.

    Lying flat and holds of more than ten seconds follow from the position and the dose, and are not written.
    """

    __pydantic_config__ = STRICT

    end_range_spine: bool
    """The spine is bent or twisted to the end of its range."""
    end_range_joint: bool
    """A hip, knee, shoulder or other joint goes to the end of its range."""
    loaded: bool
    """A weight, a band, or more of the body's weight than standing and walking ask for."""
    strain: bool
    """Heavy load, a plank, or an effort in which people hold their breath."""
    unsteady: bool
    """On one leg, or a stance that moves."""
    step: bool
    """On to a step or off it."""


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise: what to do, how much of it, what goes wrong, and what that rests on."""

    __pydantic_config__ = STRICT

    id: ExerciseId
    """<muscle>/<slug>"""
    name: Annotated[str, MinLen(1), MaxLen(200)]
    phase: Phase
    intent: Literal["calm", "wake", "both"]
    """Which intent it serves."""
    type: ExerciseType
    movement: Slug
    """The same word for the same movement of another muscle: it is then dealt once for both."""
    opposite: bool = False
    """It works the other side than the rest of its movement: the leg behind, where theirs is the leg in front."""
    position: Position
    asks: tuple[Demand, ...] = ()
    """What it asks of the body beyond its position."""
    equipment: Annotated[tuple[Equipment, ...], MinLen(1)]
    effects: BodyEffects | None = None
    """Who must not do it follows from this; null where it was never said."""
    dose: Dose
    setup: Annotated[tuple[Line, ...], MinLen(2), MaxLen(3)]
    """How to get into position, step by step."""
    cue: Line
    """The few words said while it is done."""
    mistake: Line
    """What commonly goes wrong."""
    feel: Line
    """How it should feel."""
    ease: Line
    """How to do less of this same exercise at the moment."""
    easier: ExerciseId | None = None
    """An easier exercise of the same muscle."""
    harder: ExerciseId | None = None
    """A harder exercise of the same muscle."""
    instead_of: ExerciseId | None = None
    """The exercise in whose place alone it is dealt, to someone who cannot do that one."""
    evidence: Line
    """A mark in `sources`, or "general practice"."""
    borrowed: bool = False
    """The source is of another region or population."""
    needs: Literal["therapist", "squeeze"] | None = None
    """Dealt only where the plan's `cleared` names it."""
    demanding: bool = False
    """Dealt only where the plan turns it on."""
    condition: Line | None = None
    """Asked before it is dealt."""
    from_day: Annotated[int, Ge(1), Le(90)] | None = None
    """Not before this day after the needle."""
    optional: bool = False
    """Offered, never counted as missed."""
    figure: Annotated[dict[str, Any], DrawnFigure()] | None = field(default=None, hash=False)
    """The body that performs it."""

    @property
    def muscle(self) -> str:
        """The muscle that its id names."""
        return self.id.partition("/")[0]

    @property
    def demands(self) -> frozenset[Demand]:
        """What it asks of the body, by its position and beyond."""
        return frozenset((*DEMANDED_BY_POSITION[self.position], *self.asks))


@dataclass(frozen=True, kw_only=True)
class Avoid:
    """Something to leave alone for some hours after the needle."""

    __pydantic_config__ = STRICT

    what: Line
    hours: Annotated[int, Ge(1), Le(336)]


@dataclass(frozen=True, kw_only=True)
class SourceWork:
    """Where a claim or a dose was found."""

    __pydantic_config__ = STRICT

    by: Line
    """Author or body."""
    year: Annotated[int, Ge(1900), Le(2100)] | None = None
    title: Line
    address: Line
    grade: Literal["study", "guideline", "textbook", "web page"] | None = None
    """What kind of work it is."""


@dataclass(frozen=True, kw_only=True)
class EmptyCell:
    """A phase and intent that has no exercise on purpose for people who cannot do some things."""

    __pydantic_config__ = STRICT

    phase: Phase
    intent: Intent
    cannot: Annotated[tuple[Demand | Literal["equipment"], ...], MinLen(1)]
    """For whom: people who cannot do all of these; `equipment` is to have nothing but what is in every home."""
    why: Line
    done: Line
    """What is done in its place."""


@dataclass(frozen=True, kw_only=True)
class Programme:
    """The exercises of one muscle over the four phases: one file in `exercises/`."""

    __pydantic_config__ = STRICT

    format: Literal["reloadpt-programme/2", "reloadpt-programme/1"]
    muscle: Slug
    version: Annotated[int, Ge(1), Le(9999)] = 1
    """Raised by one with each change of the file."""
    name: Line
    also: tuple[Line, ...] = ()
    """Other names that people use, and parts that it covers."""
    where: Line
    """Where it is and what it does, in plain words."""
    region: Region
    default_intent: Literal["calm", "wake", "both"]
    stop_rules: Annotated[tuple[StopCode, ...], MinLen(1)]
    """Codes of the warning signs asked about."""
    weeks: Annotated[int, Ge(1), Le(52)] = WEEKS
    """How many weeks it usually is followed."""
    avoid: tuple[Avoid, ...] = ()
    note: Line | None = None
    sources: dict[Slug, SourceWork] = field(default_factory=dict, hash=False)
    exercises: Annotated[tuple[Exercise, ...], MinLen(4)]
    without: tuple[EmptyCell, ...] = ()
    """Where there is no exercise on purpose, why, and what is done instead."""

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for exercise in self.exercises:
            if exercise.muscle != self.muscle:
                raise ValueError(f"{exercise.id} belongs to another muscle; ids here begin {self.muscle}/")
            if exercise.id in seen:
                raise ValueError(f"{exercise.id} stands twice; each id is used once")
            seen.add(exercise.id)
            if exercise.evidence != GENERAL_PRACTICE and exercise.evidence not in self.sources:
                raise ValueError(
                    f'{exercise.id}: evidence "{exercise.evidence}" has no entry in sources; '
                    f'add it there or write "{GENERAL_PRACTICE}"'
                )
        for phase in PHASES:
            if not any(exercise.phase == phase for exercise in self.exercises):
                raise ValueError(f"no exercise for the phase {phase}; every phase needs one")

    def find_exercise(self, exercise: str | None) -> Exercise | None:
        """The exercise with this id; None where there is none."""
        return next((known for known in self.exercises if known.id == exercise), None)

    @property
    def short_name(self) -> str:
        """The name without what stands in brackets."""
        return self.name.partition(" (")[0]


def sides_agree(exercises: Iterable[Exercise]) -> bool:
    """Whether one side of a movement is the same side for each of its exercises."""
    return len({exercise.opposite for exercise in exercises}) == 1
