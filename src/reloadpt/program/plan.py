"""What one patient was given: which muscles, which intent, when needled, with which changes and limits."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints, model_validator

from reloadpt.program.programme import (
    Equipment,
    Exercise,
    ExerciseId,
    Intent,
    Line,
    Model,
    Often,
    Phase,
    Side,
    Slug,
    Tempo,
)
from reloadpt.program.screening import ITEMS, effect_of

PLAN_FORMAT = "reloadpt-plan/1"
Score = Annotated[int, Field(ge=0, le=10)]
Alias = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
LongText = Annotated[str, StringConstraints(max_length=4000)]


class Limits(Model):
    """The most pain during exercise, 0-10, by phase; absent means the rule's own."""

    reset: Score | None = None
    activate: Score | None = None
    reload: Score | None = None
    perform: Score | None = None


class Target(Model):
    """A muscle and a side, what is wanted of it, and when it was needled."""

    muscle: Slug
    intent: Intent | None = None
    side: Side = "both"
    needled_at: AwareDatetime
    stim: bool = False
    early: Annotated[bool, Field(description="activate may open 12 hours after the needle")] = False
    ceiling: Annotated[Phase | None, Field(description="no phase beyond this one")] = None
    limits: Limits = Limits()


class DoseChange(Model):
    """What the therapist changed for one exercise; absent or null means the programme's."""

    exercise: ExerciseId
    sets: Annotated[int | None, Field(ge=1, le=10)] = None
    reps: Annotated[int | None, Field(ge=1, le=100)] = None
    hold_s: Annotated[int | None, Field(ge=1, le=300)] = None
    rest_s: Annotated[int | None, Field(ge=0, le=600)] = None
    tempo: Tempo | None = None
    often: Often | None = None
    load_kg: Annotated[float | None, Field(ge=0, le=500)] = None
    resistance: Line | None = None
    from_phase: Phase | None = None
    omit: bool = False


class Override(Model):
    """Why a plan is made all the same, and who says so."""

    reason: Line
    by: Line


class Screened(Model):
    """One condition that was asked about, and the answer."""

    item: Slug
    answer: Literal["no", "yes", "unanswered"] = "unanswered"
    override: Override | None = None


class Contact(Model):
    """Whom to call. The emergency number is the one thing that is never empty."""

    clinic: Line | None = None
    phone: Line | None = None
    out_of_hours: Line | None = None
    emergency: Line = "112"


class Plan(Model):
    """A plan file. A plan that a patient made alone has no ``made_by``."""

    model_config = ConfigDict(title="Plan of one patient")

    format: Literal["reloadpt-plan/1"]
    id: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    patient: Alias
    made_by: Line | None = None
    made_at: AwareDatetime
    ends: AwareDatetime | None = None
    complaint: LongText = ""
    start_pain: Score | None = None
    known_symptoms: tuple[Line, ...] = ()
    activities: Annotated[tuple[Line, ...], Field(max_length=5)] = ()
    targets: Annotated[tuple[Target, ...], Field(min_length=1, max_length=30)]
    doses: tuple[DoseChange, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    cleared: tuple[Line, ...] = ()
    demanding: tuple[ExerciseId, ...] = ()
    cannot: tuple[Literal["floor", "prone", "kneel", "stand"], ...] = ()
    has: Annotated[tuple[Equipment, ...], Field(description="equipment at home; empty: not asked")] = ()
    limits: Limits = Limits()
    progression: Literal["guided", "fixed"] = "guided"
    most_exercises: Annotated[int, Field(ge=1, le=12)] = 4
    screened: tuple[Screened, ...] = ()
    contact: Contact = Contact()
    next_visit: AwareDatetime | None = None
    share_key: Annotated[str | None, StringConstraints(max_length=200)] = None
    note: LongText = ""

    @model_validator(mode="after")
    def _sides_apart(self) -> Self:
        taken: dict[str, set[str]] = {}
        for target in self.targets:
            sides = taken.setdefault(target.muscle, set())
            if target.side in sides or "both" in sides or (target.side == "both" and sides):
                raise ValueError(f"{target.muscle} stands twice for the same side among the targets")
            sides.add(target.side)
        return self

    @property
    def self_made(self) -> bool:
        """Whether the patient made it without a therapist."""
        return self.made_by is None

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The conditions that were not answered."""
        answered = {each.item for each in self.screened if each.answer != "unanswered"}
        return tuple(item for item in ITEMS if item not in answered)

    @property
    def blocked_by(self) -> tuple[str, ...]:
        """The conditions answered yes that bar a plan until a therapist overrides them by name."""
        return tuple(
            each.item
            for each in self.screened
            if each.answer == "yes" and not each.override and effect_of(each.item) in ("block", "refer")
        )
