"""Where each muscle stands: what the judged days have opened, cut, earned or stopped.

``follow`` folds days into these; they hold no present time, so that they can be kept and gone on from.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from reloadpt.journal.events import Phase, Side
from reloadpt.program.plan import Plan

Outcome = Literal["green", "amber", "red", "easy"]


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """How one day of one muscle went.

    ``rule`` says which rule decided; ``entries`` are the ``n`` of the ratings behind it. ``line`` is the pain
    during exercise up to which the day could be a good one, ``limit`` the most that was allowed.
    """

    day: date
    muscle: str
    side: Side
    phase: Phase
    outcome: Outcome
    rule: str
    limit: int
    line: int
    before: int | None = None
    during: int | None = None
    morning: int | None = None
    baseline: float | None = None
    entries: tuple[int, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether pain was given both for the exercise and for the next morning."""
        return self.during is not None and self.morning is not None


class RuleChange(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was changed for a muscle or an exercise: by which rule, on which day, after what."""

    rule: str
    day: date
    after: Judgement | None = None
    values: dict[str, float] = {}


class Morning(msgspec.Struct, frozen=True, kw_only=True):
    """The first rating of usual pain on a day; ``counts`` unless a needling was within 48 hours before."""

    day: date
    pain: int
    counts: bool


class MuscleState(msgspec.Struct, kw_only=True):
    """Where one muscle (on one side) stands.

    ``passed`` is the furthest phase that response has opened now, ``reached`` the furthest it ever opened in
    this run of plans, ``since`` the first day of ``passed``.
    """

    muscle: str
    side: Side
    begun: date
    run_from: datetime
    needled_at: datetime
    resumed: bool = False
    sore: int | None = None
    sore_on: date | None = None
    passed: Phase = "activate"
    reached: Phase = "activate"
    since: date
    greens: int = 0
    cuts: int = 0
    needled_cut: bool = False
    restoring: int = 0
    spared: dict[str, int] = {}
    steps: dict[str, int] = {}
    ready: dict[str, int] = {}
    judged: list[Judgement] = []
    easy_days: list[date] = []
    stopped: RuleChange | None = None
    spoke_on: date | None = None
    last_done: date | None = None
    rise_cut_on: date | None = None
    changed: RuleChange | None = None
    stepped: dict[str, RuleChange] = {}

    @property
    def key(self) -> str:
        """``muscle:side``, which tells standings apart."""
        return f"{self.muscle}:{self.side}"

    @property
    def last_judged(self) -> Judgement | None:
        """The latest day that was judged, easy days left out."""
        return self.judged[-1] if self.judged else None


class MuscleStates(msgspec.Struct, kw_only=True):
    """All muscles after the days up to ``through``, and what the next days are judged by.

    ``judgements`` and ``changes`` are of the days that were just folded, oldest first; they are not kept.
    """

    through: date | None = None
    plan: Plan | None = None
    muscles: dict[str, MuscleState] = {}
    mornings: list[Morning] = []
    first_pain: int | None = None
    judgements: list[Judgement] = []
    changes: list[tuple[str, RuleChange]] = []

    @property
    def start(self) -> int | None:
        """The usual pain at the start: the plan's, else the first rating."""
        stated = self.plan.start_pain if self.plan else None
        return self.first_pain if stated is None else stated
