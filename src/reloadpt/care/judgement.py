"""How one day of one muscle is judged, once its next morning is known or 48 hours have passed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

from reloadpt.care.days import DaySession, Felt, Reading
from reloadpt.care.standing import Judgement, Morning, Outcome
from reloadpt.care.terms import PlanTerms, TargetTerms
from reloadpt.journal.events import Phase
from reloadpt.program.programme import PHASES

RED_MORNING = 3
"""A next morning so much above the mornings before is too much."""
GREEN_MORNING = 1
BASELINE_OF = 3
"""The baseline is the mean of up to so many latest mornings."""
WEEK = timedelta(days=7)
RISE = 1.0
"""A week's mean so much above the week before is too much."""
RISE_NEEDS = 2
"""Mornings that each of the two weeks must have."""


@dataclass(frozen=True)
class Sat:
    """One session of a muscle with the rating it began with."""

    session: DaySession
    felt: tuple[Felt, ...]
    before: Reading | None


@dataclass(frozen=True)
class Scale:
    """What a muscle is judged by: the terms of its plan, and the usual pain at the start."""

    terms: PlanTerms
    target: TargetTerms
    start: int | None

    def limit(self, phase: Phase) -> int:
        """The most pain during exercise in a phase."""
        return self.terms.limit(self.target, phase, self.start)


@dataclass(frozen=True)
class After:
    """What is known of the next morning; ``settled`` where nothing more can come."""

    reading: Reading | None
    settled: bool


def baseline_of(mornings: Sequence[Morning], day: date, start: int | None) -> float | None:
    """The mean of up to three latest mornings before ``day``, else the usual pain at the start."""
    before = [each.pain for each in mornings if each.counts and each.day < day][-BASELINE_OF:]
    return mean(before) if before else start


def rise_of(mornings: Iterable[Morning], day: date) -> float | None:
    """How much the mean of the seven mornings up to ``day`` is above that of the seven before."""
    week: list[int] = []
    earlier: list[int] = []
    for each in mornings:
        if each.counts and timedelta(0) <= day - each.day < 2 * WEEK:
            (week if day - each.day < WEEK else earlier).append(each.pain)
    if min(len(week), len(earlier)) < RISE_NEEDS:
        return None
    return mean(week) - mean(earlier)


def is_easy(before: int | None, limit: int) -> bool:
    """Whether pain before is at or above the limit, so that only gentle movement is dealt."""
    return before is not None and before >= limit


def judge(
    day: date, scale: Scale, sats: Sequence[Sat], baseline: float | None, after: After
) -> Judgement | None:
    """Judge one day; None where there is nothing to judge, or not yet.

    Sessions of the reset phase are never judged, nor is a day of nothing but the daily calm exercise, unless
    it hurt beyond the limit.
    """
    loaded = [sat for sat in sats if any(felt.done or felt.hurt for felt in _own(sat))]
    if not loaded:
        return None
    hard = [sat for sat in loaded if not is_easy(_pain(sat.before), scale.limit(_phase(sat)))]
    if not hard:
        return _judgement(day, scale, loaded[0], "easy", "before_at_limit")
    worst = max(hard, key=lambda sat: _worst(sat) - scale.limit(_phase(sat)))
    during = _during(worst)
    limit = scale.limit(_phase(worst))
    if during is not None and during > limit:
        return _judgement(day, scale, worst, "red", "over_limit", baseline, after.reading)
    if all(_calm_only(sat) for sat in hard) or not (after.reading or after.settled):
        return None
    morning = after.reading.said.pain if after.reading else None
    if morning is not None and baseline is not None and morning >= baseline + RED_MORNING:
        return _judgement(day, scale, worst, "red", "morning_up", baseline, after.reading)
    off = max(hard, key=lambda sat: _worst(sat) - _line(scale, sat))
    rule = _short_of_green(scale, hard, off, morning, baseline)
    return _judgement(
        day, scale, off, "amber" if rule else "green", rule or "within", baseline, after.reading
    )


def _short_of_green(
    scale: Scale, hard: Sequence[Sat], off: Sat, morning: int | None, baseline: float | None
) -> str | None:
    """What keeps a day from being a good one."""
    during = _during(off)
    if any(felt.hurt for sat in hard for felt in _own(sat)):
        return "hurt"
    if during is None or any(_during(sat) is None for sat in hard):
        return "no_rating"
    if during > _line(scale, off):
        return "above_line"
    if morning is None or baseline is None:
        return "no_morning"
    return "morning_above" if morning > baseline + GREEN_MORNING else None


def _judgement(
    day: date,
    scale: Scale,
    sat: Sat,
    outcome: Outcome,
    rule: str,
    baseline: float | None = None,
    after: Reading | None = None,
) -> Judgement:
    entries = [n for felt in sat.felt for n in felt.entries]
    entries += [reading.n for reading in (sat.before, after) if reading]
    return Judgement(
        day=day,
        muscle=scale.target.muscle,
        side=scale.target.side,
        phase=_phase(sat),
        outcome=outcome,
        rule=rule,
        limit=scale.limit(_phase(sat)),
        line=_line(scale, sat),
        before=_pain(sat.before),
        during=_during(sat),
        morning=_pain(after),
        baseline=baseline,
        entries=tuple(sorted(entries)),
    )


def _own(sat: Sat) -> list[Felt]:
    """What counts as exercise of a phase: all but what reset deals."""
    return [felt for felt in sat.felt if _phase_of(felt) != "reset"]


def _calm_only(sat: Sat) -> bool:
    return all(felt.item is not None and felt.item.rule == "calm.daily" for felt in _own(sat))


def _phase_of(felt: Felt) -> Phase:
    return felt.item.phase if felt.item else "activate"


def _phase(sat: Sat) -> Phase:
    """The phase whose limit holds: the lowest that was dealt."""
    return min((_phase_of(felt) for felt in _own(sat)), key=PHASES.index, default="reset")


def _line(scale: Scale, sat: Sat) -> int:
    return scale.terms.green_line(scale.target, _phase(sat), _pain(sat.before))


def _during(sat: Sat) -> int | None:
    """The worst pain: of the exercises where they were rated, else of the session."""
    pains = [felt.pain for felt in _own(sat) if felt.pain is not None]
    return max(pains) if pains else sat.session.worst


def _worst(sat: Sat) -> int:
    during = _during(sat)
    return -1 if during is None else during


def _pain(reading: Reading | None) -> int | None:
    return reading.said.pain if reading else None
