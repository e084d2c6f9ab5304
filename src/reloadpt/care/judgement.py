"""How one day of one muscle is judged, once its next morning is known or 48 hours have passed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from reloadpt.care.days import CheckIn, DaySession, ExerciseResponse
from reloadpt.care.limits import HIGHEST_LIMIT, green_line, pain_limit
from reloadpt.care.muscle_state import Judgement, Morning, Outcome
from reloadpt.care.thresholds import PROPOSED
from reloadpt.journal.events import Item, Phase
from reloadpt.program.plan import Plan, Target
from reloadpt.program.programme import PHASES

RED_MORNING = PROPOSED.red_morning
"""A next morning so much above the mornings before is too much."""
GREEN_MORNING = PROPOSED.green_morning
BASELINE_OF = PROPOSED.baseline_of
"""The baseline is the mean of up to so many latest mornings."""
WEEK = timedelta(days=7)
RISE = PROPOSED.rise
"""A week's mean so much above the week before is too much."""
RISE_NEEDS = PROPOSED.rise_needs
"""Mornings that each of the two weeks must have."""
QUIET = frozenset({"calm.daily", "stop", "away.ask", "plan.late"})
"""Rules of items that say nothing of how a phase's own exercises are borne."""


class JudgementScale(msgspec.Struct, frozen=True):
    """What a muscle is judged by: its plan, and the usual pain at the start."""

    plan: Plan
    target: Target
    start: int | None

    def limit(self, phase: Phase) -> int:
        """The most pain during exercise in a phase."""
        return pain_limit(self.plan, self.target, phase, self.start)


class NextMorning(msgspec.Struct, frozen=True):
    """What is known of the next morning; ``settled`` where nothing more can come."""

    check_in: CheckIn | None
    settled: bool


def baseline_of(mornings: Sequence[Morning], day: date, start: int | None) -> float | None:
    """The mean of up to three latest mornings before ``day``, else the usual pain at the start."""
    before = [morning.pain for morning in mornings if morning.counts and morning.day < day][-BASELINE_OF:]
    return mean(before) if before else start


def is_flare(mornings: Sequence[Morning], day: date, start: int | None) -> bool:
    """Whether ``day`` is one of a flare: two mornings running, or three in seven days, far above the start.

    Mornings within 48 hours of a needling are none.
    """
    if start is None:
        return False
    counted = [morning for morning in mornings if morning.counts and morning.day <= day]
    far_up = [morning.day for morning in counted if morning.pain >= start + PROPOSED.flare_up]
    if not far_up or far_up[-1] != day:
        return False
    running = counted[-PROPOSED.flares_running :]
    close = (day - running[0].day).days <= PROPOSED.flares_running_gap_days * (PROPOSED.flares_running - 1)
    if close and [morning.day for morning in running] == far_up[-PROPOSED.flares_running :]:
        return True
    lately = [up for up in far_up if (day - up).days < PROPOSED.flare_week_days]
    return len(lately) >= PROPOSED.flares_in_week


def is_week_higher(mornings: Sequence[Morning], day: date, start: int | None) -> bool:
    """Whether the mean of the seven mornings up to ``day`` is more than 1 above the start."""
    week = [
        morning.pain for morning in mornings if morning.counts and timedelta(0) <= day - morning.day < WEEK
    ]
    return start is not None and bool(week) and mean(week) > start + PROPOSED.flare_mean_up


def rise_of(mornings: Iterable[Morning], day: date) -> float | None:
    """How much the mean of the seven mornings up to ``day`` is above that of the seven before."""
    week: list[int] = []
    earlier: list[int] = []
    for morning in mornings:
        if morning.counts and timedelta(0) <= day - morning.day < 2 * WEEK:
            (week if day - morning.day < WEEK else earlier).append(morning.pain)
    if min(len(week), len(earlier)) < RISE_NEEDS:
        return None
    return mean(week) - mean(earlier)


def mean(values: Sequence[int]) -> float:
    """The mean of some ratings."""
    return sum(values) / len(values)


def is_easy(before: int | None, limit: int) -> bool:
    """Whether pain before is at or above the limit, so that only gentle movement is dealt."""
    return before is not None and before >= limit


class SessionLoad(msgspec.Struct, frozen=True):
    """One session of a muscle, weighed: the lowest ``phase`` of its items, and pain ``before`` and ``during`` (0-10).

    ``limit`` is the most pain allowed, ``line`` that of a good day; ``hurt``: an exercise was stopped for pain;
    ``confirmed``: a set was done that the person confirmed, or that did not need it; ``short``: the exercises done, where
    all of them are short work;
    ``quiet``: nothing but daily calm or gentle exercises was done; ``own``: an exercise of the phase itself was; ``easy``: it was an easy day. ``entries`` are the ``n``
    of the ratings.
    """

    phase: Phase
    before: int | None
    during: int | None
    limit: int
    line: int
    hurt: bool
    confirmed: bool
    short: frozenset[str]
    quiet: bool
    own: bool
    easy: bool
    rated: frozenset[str]
    entries: tuple[int, ...]


def weigh(
    scale: JudgementScale,
    session: DaySession,
    response: Sequence[ExerciseResponse],
    before: CheckIn | None,
    *,
    reset: bool = False,
) -> SessionLoad | None:
    """Weigh what was done of a muscle in one session; None where that was nothing.

    What is of reset counts only with ``reset``.
    Of several phases the lowest gives the limit. Pain is the worst of the exercises where they were rated, else
    that of the session.
    """
    own = [
        exercise for exercise in response if reset or exercise.item is None or exercise.item.phase != "reset"
    ]
    if not any(exercise.done or exercise.hurt for exercise in own):
        return None
    dealt = [exercise.item for exercise in own if exercise.item]
    phases: list[Phase] = [item.phase for item in dealt] or ["activate"]
    phase = min(phases, key=PHASES.index)
    pain = before.said.pain if before else None
    limit = scale.limit(phase)
    rated = [exercise.pain for exercise in own if exercise.pain is not None]
    entries = [n for exercise in response for n in exercise.entries] + ([before.n] if before else [])
    return SessionLoad(
        phase=phase,
        before=pain,
        during=max(rated) if rated else session.worst,
        limit=limit,
        line=green_line(scale.plan, scale.target, phase, pain),
        hurt=any(exercise.hurt for exercise in own),
        confirmed=any(exercise.confirmed for exercise in own),
        short=frozenset(exercise.exercise for exercise in own if all(other.short for other in own)),
        quiet=len(dealt) == len(own) and all(item.rule in QUIET for item in dealt),
        own=any(exercise.done and _is_own(exercise.item) for exercise in own),
        easy=is_easy(pain, limit) or any(item.rule == "day.easy" for item in dealt),
        rated=frozenset(exercise.exercise for exercise in own if exercise.pain is not None),
        entries=tuple(entries),
    )


def _is_own(item: Item | None) -> bool:
    """Whether an item is of its phase itself; what was dealt by rules that are not known counts so."""
    return item is None or not (item.rule in QUIET or item.rule.partition(".")[0] == "easier")


def judge(
    day: date, scale: JudgementScale, sats: Sequence[SessionLoad], baseline: float | None, after: NextMorning
) -> Judgement | None:
    """Judge one day; None where there is nothing to judge, or not yet.

    A day of nothing but the daily calm exercise is judged only where it hurt beyond the limit.
    """
    if not sats:
        return None
    hard = [load for load in sats if not load.easy]
    if not hard:
        return _judgement(day, scale, sats[0], "easy", "before_at_limit")
    worst = max(hard, key=lambda load: _above_line(load, load.limit))
    if worst.during is not None and worst.during > worst.limit:
        return _judgement(day, scale, worst, "red", "over_limit", baseline, after.check_in)
    if all(load.quiet for load in hard) or not (after.check_in or after.settled):
        return None
    morning = after.check_in.said.pain if after.check_in else None
    if morning is not None and baseline is not None and morning >= baseline + RED_MORNING:
        return _judgement(day, scale, worst, "red", "morning_up", baseline, after.check_in)
    off = max(hard, key=lambda load: _above_line(load, load.line))
    short = _short_of_green(hard, off, morning, baseline)
    outcome: Outcome = "amber" if short else "green"
    own = any(load.own for load in hard)
    return _judgement(day, scale, off, outcome, short or "within", baseline, after.check_in, own=own)


def _short_of_green(
    hard: Sequence[SessionLoad], off: SessionLoad, morning: int | None, baseline: float | None
) -> str | None:
    """What keeps a day from being a good one."""
    if any(load.hurt for load in hard):
        return "hurt"
    if not any(load.confirmed for load in hard):
        return "unconfirmed"
    if off.during is None or not all(_is_rated(load, hard) for load in hard):
        return "no_rating"
    if off.during > off.line:
        return "above_line"
    if morning is None or baseline is None:
        return "no_morning"
    return "morning_above" if morning > baseline + GREEN_MORNING else None


def _is_rated(load: SessionLoad, of_day: Sequence[SessionLoad]) -> bool:
    """Whether pain is known of a session; short work is rated once a day, and its other rounds are ticked."""
    once = any(other.during is not None and load.short <= other.rated for other in of_day)
    return load.during is not None or (bool(load.short) and once)


def _above_line(load: SessionLoad, line: int) -> int:
    return -HIGHEST_LIMIT if load.during is None else load.during - line


def _judgement(
    day: date,
    scale: JudgementScale,
    load: SessionLoad,
    outcome: Outcome,
    rule: str,
    baseline: float | None = None,
    after: CheckIn | None = None,
    *,
    own: bool = True,
) -> Judgement:
    return Judgement(
        day=day,
        muscle=scale.target.muscle,
        side=scale.target.side,
        phase=load.phase,
        outcome=outcome,
        rule=rule,
        limit=load.limit,
        line=load.line,
        before=load.before,
        during=load.during,
        morning=after.said.pain if after else None,
        baseline=baseline,
        own=own,
        entries=tuple(sorted({*load.entries, *([after.n] if after else [])})),
    )
