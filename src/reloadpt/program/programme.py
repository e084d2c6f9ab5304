"""What one muscle does after the needle: its exercises over four phases, as an author writes them.

These models are the truth about the files in ``exercises/``; their JSON Schema is printed from them.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

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

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
ExerciseId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)
]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Tempo = Annotated[str, StringConstraints(pattern=r"^\d{1,2}-\d{1,2}-\d{1,2}$")]

GENERAL_PRACTICE = "general practice"
TEMPO_LIMIT_S = 60


class Model(BaseModel):
    """A frozen model that refuses names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Often(Model):
    """How often an exercise is done: so many times a day, a week, every two days, or after each needling."""

    times: Annotated[int, Field(ge=1, le=12)]
    per: Literal["day", "two_days", "week", "needling"]


class Dose(Model):
    """Sets, and what one set is. Times are in seconds."""

    sets: Annotated[int, Field(ge=1, le=10)]
    reps: Annotated[int, Field(ge=1, le=100, description="repetitions, or holds, in one set")]
    hold_s: Annotated[int, Field(ge=0, le=300, description="length of each hold; 0 where there is none")] = 0
    tempo: Annotated[
        Tempo | None, Field(description="out-hold-return of one repetition; breathing is in-pause-out")
    ] = None
    rest_s: Annotated[int, Field(ge=0, le=600, description="rest after a set")] = 0
    rep_rest_s: Annotated[int, Field(ge=0, le=120, description="pause between the holds of a set")] = 0
    per_side: Annotated[bool, Field(description="one side at a time")] = False
    often: Often

    @model_validator(mode="after")
    def _paced(self) -> Self:
        if self.tempo and self.hold_s:
            raise ValueError("give a tempo or a hold_s, not both")
        if not self.tempo and not self.hold_s:
            raise ValueError("tempo and hold_s are both missing: say how a repetition is paced")
        if self.tempo and not 0 < sum(self.tempo_s) <= TEMPO_LIMIT_S:
            raise ValueError(f"the tempo {self.tempo} must take 1 to {TEMPO_LIMIT_S} seconds in all")
        return self

    @property
    def tempo_s(self) -> tuple[int, int, int]:
        """Seconds out, held and back; zeros where a repetition is a hold."""
        out, hold, back = (int(part) for part in (self.tempo or "0-0-0").split("-"))
        return out, hold, back


class Exercise(Model):
    """One exercise: what to do, how much of it, what goes wrong, and what that rests on."""

    id: Annotated[ExerciseId, Field(description="<muscle>/<slug>")]
    name: Line
    phase: Phase
    intent: Annotated[Literal["calm", "wake", "both"], Field(description="which intent it serves")]
    type: ExerciseType
    movement: Annotated[Slug, Field(description="the same word for the same movement of another muscle")]
    position: Position
    equipment: Annotated[tuple[Equipment, ...], Field(min_length=1)]
    dose: Dose
    setup: Annotated[tuple[Line, ...], Field(min_length=2, max_length=3, description="how to get into it")]
    cue: Annotated[Line, Field(description="the few words said while it is done")]
    mistake: Annotated[Line, Field(description="what commonly goes wrong")]
    feel: Annotated[Line, Field(description="how it should feel")]
    easier: Line
    harder: Line
    evidence: Annotated[Line, Field(description='a mark in "sources", or "general practice"')]
    borrowed: Annotated[bool, Field(description="the source is of another region or population")] = False
    needs: Annotated[
        Literal["therapist", "squeeze"] | None,
        Field(description="dealt only where the plan's `cleared` names it"),
    ] = None
    demanding: Annotated[bool, Field(description="dealt only where the plan turns it on")] = False
    condition: Annotated[Line | None, Field(description="asked before it is dealt")] = None
    from_day: Annotated[
        int | None, Field(ge=1, le=90, description="not before this day after the needle")
    ] = None
    optional: Annotated[bool, Field(description="offered, never counted as missed")] = False

    @property
    def muscle(self) -> str:
        """The muscle that its id names."""
        return self.id.partition("/")[0]


class Avoid(Model):
    """Something to leave alone for some hours after the needle."""

    what: Line
    hours: Annotated[int, Field(ge=1, le=336)]


class SourceWork(Model):
    """Where a claim or a dose was found."""

    by: Line
    year: Annotated[int | None, Field(ge=1900, le=2100)] = None
    title: Line
    address: Line


class Programme(Model):
    """The exercises of one muscle over the four phases: one file in ``exercises/``."""

    model_config = ConfigDict(title="Programme of one muscle")

    schema_: Annotated[str | None, Field(alias="$schema", description="for editors")] = None
    format: Literal["reloadpt-programme/1"]
    muscle: Slug
    name: Line
    where: Annotated[Line, Field(description="where it is and what it does, in plain words")]
    region: Literal[
        "head and neck", "shoulder", "arm", "back", "hip", "thigh", "lower leg and foot", "pelvis"
    ]
    default_intent: Literal["calm", "wake", "both"]
    stop_rules: Annotated[tuple[StopCode, ...], Field(min_length=1)]
    avoid: tuple[Avoid, ...] = ()
    note: Line | None = None
    sources: dict[Slug, SourceWork] = {}
    exercises: Annotated[tuple[Exercise, ...], Field(min_length=4)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
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
        return self
