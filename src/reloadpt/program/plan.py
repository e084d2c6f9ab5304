"""What one patient was given: which muscles, which intent, when needled, with which changes and limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec

from reloadpt.clock import is_sound
from reloadpt.program.fields import (
    OF_NEEDLES,
    STRICT,
    Alias,
    ExerciseId,
    Ge,
    Le,
    Line,
    LongText,
    MaxLen,
    MinLen,
    Pattern,
    Slug,
    TempoText,
    WithOffset,
)
from reloadpt.program.programme import Demand, Equipment, Exercise, Frequency, Intent, Phase, Side
from reloadpt.program.screening import EXERCISE_ITEMS, ITEMS, NEVER_LEFT_OUT, Effect, effect_of

PLAN_FORMAT = "reloadpt-plan/1"
PLAN_LASTS = timedelta(weeks=6)
"""A plan that names no end lasts so long after it was made."""
LAST_DOSES = timedelta(weeks=2)
"""For so long after its end a plan goes on with its last doses."""
Score = Annotated[int, Ge(0), Le(10)]
Moment = Annotated[datetime, WithOffset()]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The most pain during exercise, 0-10, by phase; absent means the rule's own."""

    __pydantic_config__ = STRICT

    reset: Score | None = None
    activate: Score | None = None
    reload: Score | None = None
    perform: Score | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """A muscle and a side, what is wanted of it, and when it was needled."""

    __pydantic_config__ = STRICT

    muscle: Slug
    intent: Intent | None = None
    side: Side = "both"
    needled_at: Moment
    stim: bool = False
    early: bool = False
    """Activate may open 12 hours after the needle."""
    ceiling: Phase | None = None
    """No phase beyond this one."""
    limits: Limits = Limits()

    @property
    def key(self) -> str:
        """``muscle:side``, which tells targets apart."""
        return f"{self.muscle}:{self.side}"


@dataclass(frozen=True, kw_only=True)
class AlsoNeedled:
    """A muscle or a part of the body that was needled and has no programme: its signs are asked, nothing is dealt."""

    __pydantic_config__ = STRICT

    muscle: Slug
    side: Side = "both"
    needled_at: Moment
    stim: bool = False


@dataclass(frozen=True, kw_only=True)
class DoseOverride:
    """What the therapist changed for one exercise; absent or null means the programme's."""

    __pydantic_config__ = STRICT

    exercise: ExerciseId
    sets: Annotated[int, Ge(1), Le(10)] | None = None
    reps: Annotated[int, Ge(1), Le(100)] | None = None
    hold_s: Annotated[int, Ge(1), Le(300)] | None = None
    rest_s: Annotated[int, Ge(0), Le(600)] | None = None
    tempo: TempoText | None = None
    often: Frequency | None = None
    load_kg: Annotated[float, Ge(0), Le(500)] | None = None
    resistance: Line | None = None
    from_phase: Phase | None = None
    omit: bool = False

    @property
    def states_dose(self) -> bool:
        """Whether it says how much, rather than how often or whether at all."""
        return any((self.sets, self.reps, self.hold_s, self.tempo, self.load_kg, self.resistance))


@dataclass(frozen=True, kw_only=True)
class Override:
    """Why a plan is made all the same, and who says so."""

    __pydantic_config__ = STRICT

    reason: Line
    by: Line


@dataclass(frozen=True, kw_only=True)
class ScreeningAnswer:
    """One condition that was asked about, and the answer."""

    __pydantic_config__ = STRICT

    item: Slug
    answer: Literal["no", "yes", "unanswered"] = "unanswered"
    override: Override | None = None


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom to call. No number is assumed: one that is absent is not known."""

    __pydantic_config__ = STRICT

    clinic: Line | None = None
    phone: Line | None = None
    out_of_hours: Line | None = None
    emergency: Line | None = None


@dataclass(frozen=True, kw_only=True)
class ProgrammeReview:
    """Who read one programme, as exactly these bytes, and signed it."""

    __pydantic_config__ = STRICT

    muscle: Slug
    version: Annotated[int, Ge(1), Le(9999)]
    sha256: Annotated[str, Pattern(r"^[0-9a-f]{64}$")]
    by: Line
    role: Line
    day: date


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan file. A plan that a patient made alone has no ``made_by``."""

    __pydantic_config__ = OF_NEEDLES

    format: Literal["reloadpt-plan/1"]
    id: Annotated[str, MinLen(1), MaxLen(100)]
    patient: Alias
    """An alias that the clinic chooses, never a name."""
    made_by: Line | None = None
    made_at: Moment
    ends: Moment | None = None
    complaint: LongText = ""
    start_pain: Score | None = None
    known_symptoms: tuple[Line, ...] = ()
    activities: Annotated[tuple[Line, ...], MaxLen(5)] = ()
    targets: Annotated[tuple[Target, ...], MaxLen(30)]
    """Empty where only muscles without a programme were needled, which ``also_needled`` names."""
    also_needled: Annotated[tuple[AlsoNeedled, ...], MaxLen(30)] = ()
    doses: tuple[DoseOverride, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    cleared: tuple[Line, ...] = ()
    demanding: tuple[ExerciseId, ...] = ()
    cannot: tuple[Demand, ...] = ()
    has: tuple[Equipment, ...] = ()
    """Equipment at home; empty means that it was not asked, `none` that nothing more is there than in every home."""
    weights_kg: tuple[Annotated[float, Ge(0), Le(500)], ...] = ()
    """The weights at home, each in kilograms; empty means that it was not asked."""
    versions: dict[Slug, int] = field(default_factory=dict, hash=False)
    """The version of each programme as it was when the plan was made."""
    reviews: tuple[ProgrammeReview, ...] = ()
    limits: Limits = Limits()
    no_limit: Line | None = None
    """Why no pain limit is stated, where the usual pain is high."""
    progression: Literal["guided", "fixed"] = "guided"
    most_exercises: Annotated[int, Ge(1), Le(12)] = 4
    screened: tuple[ScreeningAnswer, ...] = ()
    baby_due: date | None = None
    """Of somebody pregnant: the day the child is due."""
    contact: Contact = Contact()
    signs_seen: tuple[Line, ...] = ()
    """The codes of warning signs that its maker has seen to: their locks end with this plan."""
    next_visit: Moment | None = None
    share_key: Annotated[str, MaxLen(200)] | None = None
    """An age recipient that reports are sealed to."""
    note: LongText = ""

    def __post_init__(self) -> None:
        odd = next((target for target in self.targets if not is_sound(target.needled_at)), None)
        if odd:
            raise ValueError(f"{odd.muscle} was needled in the year {odd.needled_at.year}")
        once = first_of_each_side(self.targets)
        if len(once) < len(self.targets):
            twice = next(target for target in self.targets if not any(target is kept for kept in once))
            raise ValueError(f"{twice.muscle} stands twice for the same side among the targets")

    @property
    def self_made(self) -> bool:
        """Whether the patient made it without a therapist."""
        return self.made_by is None

    @property
    def guided(self) -> bool:
        """Whether the rules may change a dose."""
        return self.progression == "guided"

    @property
    def over_at(self) -> datetime:
        """When the plan ends."""
        return self.ends or self.made_at + PLAN_LASTS

    def stated_limit(self, target: Target, phase: Phase) -> int | None:
        """The most pain during exercise that the plan itself states for a phase: the target's before its own."""
        stated: int | None = getattr(target.limits, phase)
        return getattr(self.limits, phase) if stated is None else stated

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The conditions that were not answered."""
        answered = {screening.item for screening in self.screened if screening.answer != "unanswered"}
        return tuple(item for item in ITEMS if item not in answered)

    @property
    def unanswered_for_exercises(self) -> tuple[str, ...]:
        """The conditions for the exercises' sake that were asked and not answered."""
        left = {screening.item for screening in self.screened if screening.answer == "unanswered"}
        return tuple(item for item in EXERCISE_ITEMS if item in left)

    @property
    def open_items(self) -> tuple[str, ...]:
        """The conditions never left out that were not answered, asked or not."""
        answered = {screening.item for screening in self.screened if screening.answer != "unanswered"}
        return tuple(item for item in NEVER_LEFT_OUT if item not in answered)

    def answered_later(
        self, answers: Mapping[str, Literal["no", "yes", "unanswered"]], baby_due: date | None = None
    ) -> Plan:
        """The plan with what it leaves open as it was answered since; what its maker answered stays."""
        told = {item: answers[item] for item in self.open_items if item in answers}
        if not told:
            return self
        kept = [screening for screening in self.screened if screening.item not in told]
        later = [ScreeningAnswer(item=item, answer=answer) for item, answer in told.items()]
        return replace(self, screened=(*kept, *later), baby_due=self.baby_due or baby_due)

    @property
    def stim(self) -> bool:
        """Whether any needle carries a current."""
        return any(target.stim for target in self.targets)

    @property
    def answered_yes(self) -> tuple[tuple[ScreeningAnswer, Effect], ...]:
        """The conditions that hold, each with what follows from it for these needles."""
        held = [answer for answer in self.screened if answer.answer == "yes"]
        return tuple((answer, effect_of(answer.item, stim=self.stim)) for answer in held)

    @property
    def blocked_by(self) -> tuple[str, ...]:
        """The conditions answered yes that bar a plan until a therapist overrides them by name."""
        barring = [answer for answer, effect in self.answered_yes if effect != "caution"]
        return tuple(answer.item for answer in barring if not answer.override)

    def as_json(self) -> dict[str, Any]:
        """The plan as JSON values; which signs were seen is always said, so that a log tells a plan without the field."""
        told: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return told | {"signs_seen": list(self.signs_seen)}


def first_of_each_side(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Leave out the targets of a side of a muscle that an earlier one has already."""
    kept: list[Target] = []
    for target in targets:
        sides = {other.side for other in kept if other.muscle == target.muscle}
        if not sides or not ("both" in sides or target.side == "both" or target.side in sides):
            kept.append(target)
    return tuple(kept)
