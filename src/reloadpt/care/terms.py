"""What a plan says that judging depends on, read leniently: a journal may hold plans of other versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from reloadpt.journal.events import Phase, Score, Side
from reloadpt.program.plan import Plan

PLAN_LASTS = timedelta(weeks=6)
"""A plan that names no end lasts so long after it was made."""
LAST_DOSES = timedelta(weeks=2)
"""For so long after its end a plan goes on with its last doses."""
PHASE_LIMIT: dict[Phase, int] = {"reset": 2, "activate": 3, "reload": 5, "perform": 5}
"""The most pain during exercise, 0-10, where neither the plan nor the usual pain says otherwise."""
HIGHEST_LIMIT = 6
"""No limit of the rules' own goes beyond it."""
GREEN_UP_TO = 3
"""Pain during exercise that is no concern in any phase that allows it."""

SOUND_YEARS = range(1990, 2200)
"""A time outside these years is a mistake, and would break the arithmetic of dates."""

Aware = Annotated[datetime, Meta(tz=True)]


class TargetTerms(msgspec.Struct, kw_only=True, frozen=True):
    """One needled muscle of a plan."""

    muscle: str
    side: Side = "both"
    needled_at: Aware
    early: bool = False
    ceiling: Phase | None = None
    limits: dict[Phase, Score | None] = {}

    @property
    def key(self) -> str:
        """``muscle:side``, which tells targets apart."""
        return f"{self.muscle}:{self.side}"


class DoseTerms(msgspec.Struct, kw_only=True, frozen=True):
    """One exercise whose dose a plan may state."""

    exercise: str
    sets: int | None = None
    reps: int | None = None
    hold_s: int | None = None
    tempo: str | None = None
    load_kg: float | None = None
    resistance: str | None = None

    @property
    def states_dose(self) -> bool:
        """Whether it says how much, rather than how often or whether at all."""
        return any((self.sets, self.reps, self.hold_s, self.tempo, self.load_kg, self.resistance))


class PlanTerms(msgspec.Struct, kw_only=True, frozen=True):
    """A plan from the time it was started."""

    started_at: Aware
    id: str = ""
    made_by: str | None = None
    made_at: Aware | None = None
    ends: Aware | None = None
    start_pain: Score | None = None
    targets: tuple[TargetTerms, ...] = ()
    doses: tuple[DoseTerms, ...] = ()
    limits: dict[Phase, Score | None] = {}
    progression: Literal["guided", "fixed"] = "guided"

    @property
    def guided(self) -> bool:
        """Whether the rules may change a dose."""
        return self.progression == "guided"

    @property
    def over_at(self) -> datetime:
        """When the plan ends."""
        return self.ends or (self.made_at or self.started_at) + PLAN_LASTS

    def stated_limit(self, target: TargetTerms, phase: Phase) -> int | None:
        """The limit that the plan itself states for a phase, the target's own before the plan's."""
        said = target.limits.get(phase)
        return said if said is not None else self.limits.get(phase)

    def limit(self, target: TargetTerms, phase: Phase, start: int | None) -> int:
        """The most pain during exercise: the plan's, else the larger of the phase's and ``start`` + 1, to 6."""
        said = self.stated_limit(target, phase)
        if said is not None:
            return said
        return min(HIGHEST_LIMIT, max(PHASE_LIMIT[phase], 0 if start is None else start + 1))

    def green_line(self, target: TargetTerms, phase: Phase, before: int | None) -> int:
        """The pain during exercise up to which a day can be a good one."""
        said = self.stated_limit(target, phase)
        within = min(GREEN_UP_TO, PHASE_LIMIT[phase] if said is None else said)
        return min(max(within, 0 if before is None else before + 1), PHASE_LIMIT["perform"])


def read_terms(plan: Mapping[str, Any], started_at: datetime) -> PlanTerms:
    """The terms of a plan as a journal holds it; ``msgspec.ValidationError`` where they cannot be read."""
    terms = msgspec.convert({**plan, "started_at": started_at}, PlanTerms)
    if not all(is_sound(target.needled_at) for target in terms.targets):
        raise msgspec.ValidationError("a needling in no sound year")
    return msgspec.structs.replace(
        terms,
        made_at=terms.made_at if terms.made_at and is_sound(terms.made_at) else None,
        ends=terms.ends if terms.ends and is_sound(terms.ends) else None,
    )


def terms_of(plan: Plan, started_at: datetime) -> PlanTerms:
    """The terms of a plan that no journal holds yet."""
    return read_terms(plan.as_json(), started_at)


def is_sound(moment: datetime) -> bool:
    """Whether a time can be reckoned with."""
    return moment.year in SOUND_YEARS
