"""What a patient should take to a therapist, said on Today until it is no longer so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import msgspec

from reloadpt import wording
from reloadpt.care.history import History
from reloadpt.care.in_words import day_in_words, number_in_words
from reloadpt.care.judgement import RISE, WEEK, mean, rise_of
from reloadpt.care.limits import HIGHEST_LIMIT
from reloadpt.care.muscle_state import MuscleState, MuscleStates
from reloadpt.care.phases import ASK_AFTER, HELD_AFTER, SORE_ABOVE, held_too_long
from reloadpt.care.progression import EASY_RUN
from reloadpt.care.reasons import Mode
from reloadpt.program.plan import LAST_DOSES, Target
from reloadpt.program.programme import PHASES, Phase

SORE_LATE = timedelta(days=3)
UP_BY, UP_MORNINGS = 2, 2
"""Pain so much above the start on so many mornings running."""
LATELY = timedelta(days=2)
"""Mornings older than this say nothing of now."""


class Concern(msgspec.Struct, frozen=True):
    """One thing for the therapist: its rule, one sentence, and the muscle where it is of one."""

    rule: str
    text: str
    muscle: str | None = None


class TargetCase(msgspec.Struct, frozen=True):
    """One target as the rules see it; ``name`` is how the muscle is called in a sentence."""

    target: Target
    state: MuscleState
    phase: Phase
    mode: Mode
    name: str


def concerns(
    history: History, states: MuscleStates, cases: Sequence[TargetCase], at: datetime
) -> tuple[Concern, ...]:
    """Everything that the patient should speak about, the gravest first."""
    found = [*(concern for case in cases for concern in _muscle_concerns(history, states, case, at))]
    order = ("stopped", "easy_run", "away", "pain_up", "rise", "sore_late", "held", "limit_needed")
    found += [*_pain_concerns(states, at), *_plan_concerns(states, at)]
    rank = {rule: place for place, rule in enumerate(order)}
    return tuple(sorted(found, key=lambda concern: rank.get(concern.rule, len(rank))))


def paused_days(history: History, first: date, last: date) -> int:
    """How many of the days from ``first`` to ``last`` were said to be paused."""
    count = 0
    for pause in history.pauses:
        try:
            begin, end = date.fromisoformat(pause.from_), date.fromisoformat(pause.to)
        except ValueError:
            continue
        count += max(0, (min(end, last) - max(begin, first)).days + 1)
    return count


def _muscle_concerns(
    history: History, states: MuscleStates, case: TargetCase, at: datetime
) -> Iterator[Concern]:
    state, today = case.state, at.date()
    if state.stopped:
        counted = {name: number_in_words(value) for name, value in state.stopped.values.items()}
        yield _concern("stopped", case, **counted)
    if len(state.easy_days) >= EASY_RUN and today - state.easy_days[-1] <= LATELY:
        yield _concern("easy_run", case, days=len(state.easy_days))
    if case.mode == "away":
        since = state.last_done or state.begun
        yield _concern("away", case, gap=max((today - since).days, ASK_AFTER))
    held = _held_too_long(history, states, case, at)
    late = (
        state.sore is not None
        and state.sore > SORE_ABOVE
        and state.sore_on is not None
        and state.sore_on - state.needled_at.date() >= SORE_LATE
    )
    if held:
        sentence = wording.CONCERNS["held_sore" if held[0] == "reset" else "held"]
        text = sentence(muscle=case.name, phase=held[0], days=held[1])
        yield Concern("held", text, state.muscle)
    elif late:
        yield _concern("sore_late", case, score=state.sore)
    start, plan = states.start, states.plan
    if (
        start is not None
        and start >= HIGHEST_LIMIT
        and plan
        and plan.stated_limit(case.target, case.phase) is None
    ):
        yield _concern("limit_needed", case, start=start)


def _held_too_long(
    history: History, states: MuscleStates, case: TargetCase, at: datetime
) -> tuple[Phase, int] | None:
    """The phase that a muscle is held in for too long, where nothing else holds it on purpose."""
    held = held_too_long(case.state, case.phase, at)
    plan = states.plan
    if held is None or plan is None or case.mode != "phase":
        return None
    ceiling = case.target.ceiling or ("activate" if plan.made_by is None else "perform")
    if PHASES.index(held[0]) >= PHASES.index(ceiling):
        return None
    days = held[1] - paused_days(history, at.date() - timedelta(days=held[1]), at.date())
    return (held[0], days) if days >= HELD_AFTER[held[0]] else None


def _pain_concerns(states: MuscleStates, at: datetime) -> Iterator[Concern]:
    mornings = [morning for morning in states.mornings if morning.counts]
    if not mornings or at.date() - mornings[-1].day > LATELY:
        return
    last = [morning.pain for morning in mornings[-UP_MORNINGS:]]
    start = states.start
    if start is not None and len(last) == UP_MORNINGS and min(last) >= start + UP_BY:
        scores = " and ".join(map(str, last))
        yield Concern("pain_up", wording.CONCERNS["pain_up"](scores=scores, start=start))
    today = mornings[-1].day
    rise = rise_of(mornings, today)
    week = [morning.pain for morning in mornings if today - morning.day < WEEK]
    if rise is not None and rise >= RISE and (start is None or mean(week) >= start + RISE):
        yield Concern("rise", wording.CONCERNS["rise"](rise=number_in_words(rise)))


def _plan_concerns(states: MuscleStates, at: datetime) -> Iterator[Concern]:
    plan = states.plan
    if plan is None or at < plan.over_at:
        return
    day = day_in_words(plan.over_at.astimezone(at.tzinfo).date(), at.date())
    if at < plan.over_at + LAST_DOSES:
        until = (plan.over_at + LAST_DOSES).astimezone(at.tzinfo)
        yield Concern("plan_over", wording.CONCERNS["plan_over"](day=day, until=f"{until.day} {until:%B}"))
    else:
        yield Concern("plan_late", wording.CONCERNS["plan_late"](day=day))


def _concern(rule: str, case: TargetCase, **values: object) -> Concern:
    return Concern(rule, wording.CONCERNS[rule](muscle=case.name, **values), case.state.muscle)
