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
ExerciseType = Literal[
    "breathe", "mobility", "stretch", "self_massage", "isometric", "activation", "strength"
]
Region = Literal["head and neck", "shoulder", "arm", "back", "hip", "thigh", "lower leg and foot", "pelvis"]
StopCode = Literal["S0", "ST", "SN", "SL", "SI", "SA", "SG", "SV", "SB", "SF", "SP", "SJ"]

GENERAL_PRACTICE = "general practice"
TEMPO_LIMIT_S = 60


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

    @property
    def tempo_s(self) -> tuple[int, int, int]:
        """Seconds out, held and back; zeros where a repetition is a hold."""
        out, hold, back = (int(part) for part in (self.tempo or "0-0-0").split("-"))
        return out, hold, back


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
    equipment: Annotated[tuple[Equipment, ...], MinLen(1)]
    dose: Dose
    setup: Annotated[tuple[Line, ...], MinLen(2), MaxLen(3)]
    """How to get into position, step by step."""
    cue: Line
    """The few words said while it is done."""
    mistake: Line
    """What commonly goes wrong."""
    feel: Line
    """How it should feel."""
    easier: Line
    """An easier variant."""
    harder: Line
    """A harder variant."""
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


@dataclass(frozen=True, kw_only=True)
class Programme:
    """The exercises of one muscle over the four phases: one file in `exercises/`."""

    __pydantic_config__ = STRICT

    format: Literal["reloadpt-programme/1"]
    muscle: Slug
    name: Line
    where: Line
    """Where it is and what it does, in plain words."""
    region: Region
    default_intent: Literal["calm", "wake", "both"]
    stop_rules: Annotated[tuple[StopCode, ...], MinLen(1)]
    """Codes of the warning signs asked about."""
    avoid: tuple[Avoid, ...] = ()
    note: Line | None = None
    sources: dict[Slug, SourceWork] = field(default_factory=dict, hash=False)
    exercises: Annotated[tuple[Exercise, ...], MinLen(4)]

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

    @property
    def short_name(self) -> str:
        """The name without what stands in brackets."""
        return self.name.partition(" (")[0]


def sides_agree(exercises: Iterable[Exercise]) -> bool:
    """Whether one side of a movement is the same side for each of its exercises."""
    return len({exercise.opposite for exercise in exercises}) == 1
