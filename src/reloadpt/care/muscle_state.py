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
    """How one ``day`` of one ``muscle`` on one ``side`` went in a ``phase``.

    ``own``: an exercise of the phase itself was done, not one that stood in for it. ``rule`` says which rule decided the ``outcome``; ``entries`` are the ``n`` of the ratings behind it. Pain is 0-10:
    ``limit`` the most that was allowed during exercise, ``line`` that up to which the day could be a good one, and
    what was rated ``before``, ``during`` and the next ``morning``; ``baseline`` is the mean of the mornings before.
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
    own: bool = True
    entries: tuple[int, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether pain was given both for the exercise and for the next morning, of sets that were confirmed."""
        given = self.during is not None and self.morning is not None
        return given and self.rule != "unconfirmed"


class RuleChange(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was changed for a muscle or an exercise: by which rule, on which day, after what."""

    rule: str
    day: date
    after: Judgement | None = None
    values: dict[str, float] = {}


class Morning(msgspec.Struct, frozen=True, kw_only=True):
    """The first rating of usual pain on a day, by entry ``n``; ``counts`` unless a needling was within 48 hours before."""

    day: date
    pain: int
    counts: bool
    n: int


class MuscleState(msgspec.Struct, kw_only=True):
    """What the days have led to for one ``muscle`` on one ``side``.

    ``begun`` is the day its plan began; ``run_from`` the first needling of this run of plans, ``needled_at`` the
    latest; ``resumed``: soreness was 3 or less once reset was over. ``sore`` is the soreness rated since the latest
    needling, 0-10, at ``sore_at`` by entry ``sore_n``. ``passed`` is the furthest phase that response has opened now, ``since``
    its first day; ``stays`` are the phases of this run, or ``sore`` while soreness held it, each from its day on; ``reached`` the furthest it ever opened in this run. ``greens`` counts the good days towards the
    next phase. ``cuts`` are in force for every dose, ``needled_cut`` one more after a new needling; ``restoring``
    counts the good days towards taking one back. By exercise: ``spared`` are the cuts that a dose stated since is
    spared, ``steps`` those earned, ``ready`` the sessions running that had room for more, ``stepped`` the latest
    step. ``judged`` are the latest judged days, ``easy_days`` the easy days running. ``stopped`` is what stopped it,
    ``spoke_on`` the day of the last word with the therapist, ``last_done`` that of the last set, ``rise_cut_on`` that
    of the last cut for a week of more pain, ``flared_on`` the last day of a flare, ``flare_back_on`` that of the last
    phase back for one, ``weeks_from`` the day from which the weeks for perform count, since reload was opened,
    ``changed`` the latest change of all its doses. ``returning`` is the day on which an emergency
    sign of it was checked: it stays in reset until one good day after it.
    """

    muscle: str
    side: Side
    begun: date
    run_from: datetime
    needled_at: datetime
    resumed: bool = False
    sore: int | None = None
    sore_at: datetime | None = None
    sore_n: int | None = None
    passed: Phase = "activate"
    reached: Phase = "activate"
    since: date
    stays: list[tuple[str, date]] = []
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
    flared_on: date | None = None
    flare_back_on: date | None = None
    weeks_from: date | None = None
    changed: RuleChange | None = None
    stepped: dict[str, RuleChange] = {}
    returning: date | None = None

    @property
    def key(self) -> str:
        """``muscle:side``, which tells standings apart."""
        return f"{self.muscle}:{self.side}"

    @property
    def sore_on(self) -> date | None:
        """The day on which soreness was rated last."""
        return self.sore_at.date() if self.sore_at else None

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
