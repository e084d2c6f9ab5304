"""What is due now, and why: the one answer that every way of meeting a patient shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import msgspec

from reloadpt import wording
from reloadpt.care.aftercare import Aftercare, aftercare
from reloadpt.care.candidates import Candidate, CurrentTarget, Dealing
from reloadpt.care.concerns import Concern, TargetCase, concerns
from reloadpt.care.days import BEFORE_WITHIN, check_ins_of, done_days, has_happened
from reloadpt.care.dealing import deal, next_due
from reloadpt.care.following import follow_days
from reloadpt.care.history import History, read_plan_period
from reloadpt.care.in_words import short_name
from reloadpt.care.judgement import is_easy
from reloadpt.care.limits import pain_limit
from reloadpt.care.muscle_state import Judgement, MuscleStates
from reloadpt.care.phases import (
    CurrentPhase,
    gap_of,
    must_ask,
    phase_at,
    rest_lasts,
    step_back_for_gap,
    what_opens_next,
)
from reloadpt.care.questions import CheckInQuestions, check_in_due
from reloadpt.care.reasons import Mode
from reloadpt.care.safety import SignLock, lock_in_force, with_advice
from reloadpt.journal.events import Item, PlanStarted, SkipReason
from reloadpt.program.library import Library
from reloadpt.program.plan import LAST_DOSES, Plan, Target
from reloadpt.program.programme import Intent, Phase, Programme

__all__ = ["Today", "intent_of", "may_be_dealt", "today_at"]

NOT_ALONE = ("head and neck", "pelvis")
"""Regions that a plan made without a therapist deals nothing for."""
OF_THE_NECK = ("upper-trapezius",)
"""Muscles told under another region that belong to the neck all the same."""
LEFT_OUT_FROM = 2
"""An exercise that was stopped for pain in so many sessions is left out."""
LACKED_FOR = timedelta(days=7)
"""For so long an exercise is left out whose equipment was missing."""
EVERY_EXERCISE = 1000
"""More exercises than are ever due at once."""


class Today(msgspec.Struct, frozen=True):
    """What is due at one moment. ``phases`` is keyed by muscle, or ``muscle:side`` where the sides differ.

    ``checkin`` says that ``ask`` is to be asked first; then Today is worked out again. ``judgements`` are the
    latest of each target, ``states`` all that the days led to. ``concerns`` are for the therapist's ear,
    and stand first among the ``notes`` too. ``next_at`` is when something is due next, by the clock alone.
    """

    at: datetime
    plan: Plan
    phases: dict[str, CurrentPhase]
    items: tuple[Item, ...]
    locked: SignLock | None
    checkin: bool
    next_at: datetime | None
    notes: tuple[str, ...]
    ask: CheckInQuestions | None
    judgements: dict[str, Judgement]
    concerns: tuple[Concern, ...]
    aftercare: Aftercare | None
    paused_until: date | None
    states: MuscleStates


def today_at(plan: Plan, library: Library, history: History, at: datetime) -> Today:
    """Decide what is due at ``at``, an aware time with the patient's own offset."""
    states = follow_days(history, at)
    if states.plan is None or not _is_same(states.plan, plan):
        period = read_plan_period(PlanStarted(plan=plan.as_json()), 0, at)
        states = follow_days(history, at, period)
    pain = _pain_now(history, at)
    targets = [target for target in plan.targets if may_be_dealt(plan, target, library)]
    muscles = [_muscle(plan, target, library, states, pain, at) for target in targets]
    dealing = Dealing(
        plan=plan,
        library=library,
        at=at,
        pain=pain,
        plan_ended=plan.over_at.astimezone(at.tzinfo).date(),
        done=done_days(history, at),
        hurt=frozenset(ex for ex, times in history.stopped_for_pain.items() if times >= LEFT_OUT_FROM),
        hurt_today=_skipped(history, "pain", at, timedelta(days=1)),
        lacked=_skipped(history, "equipment", at, LACKED_FOR),
    )
    items, could_be = deal(dealing, muscles)
    cases = [
        TargetCase(
            muscle.target,
            muscle.state,
            muscle.now.phase,
            muscle.mode,
            short_name(library.programme(muscle.target.muscle)),
        )
        for muscle in muscles
    ]
    to_say = concerns(history, states, cases, at)
    paused_until = _paused_until(history, at)
    locked = with_advice(lock_in_force(history.locks, at), plan.contact)
    barred = bool(locked or plan.blocked_by)
    ask = None if barred else check_in_due(plan, library, history, at, could_be, due=bool(items))
    notes = [concern.text for concern in to_say]
    notes += _notes(plan, library, paused_until)
    return Today(
        at=at,
        plan=plan,
        phases=_keyed(muscles),
        items=() if barred else items,
        locked=locked,
        checkin=ask is not None,
        next_at=None if barred else _next_at(muscles, could_be, at),
        notes=tuple(dict.fromkeys([*notes, *dealing.notes])),
        ask=ask,
        judgements={state.key: state.last_judged for state in states.muscles.values() if state.last_judged},
        concerns=to_say,
        aftercare=aftercare(plan, library, history, at),
        paused_until=paused_until,
        states=states,
    )


def dealt_in(
    plan: Plan, library: Library, phases: Mapping[str, Phase], again: Collection[str], at: datetime
) -> tuple[Item, ...]:
    """All that a plan deals of these muscles while each is in this phase and nothing was done yet.

    ``again`` are the muscles that were needled more than once: they begin with one cut. What can be dealt is
    dealt, however many exercises that are; what is only offered is not.
    """
    states = follow_days(History(), at, read_plan_period(PlanStarted(plan=plan.as_json()), 0, at))
    muscles = []
    for target in plan.targets:
        if target.muscle in phases and may_be_dealt(plan, target, library):
            states.muscles[target.key].needled_cut = target.muscle in again
            muscle = _muscle(plan, target, library, states, None, at)
            now = msgspec.structs.replace(muscle.now, phase=phases[target.muscle], rule="phase.time")
            muscles.append(msgspec.structs.replace(muscle, now=now, mode="phase"))
    none: frozenset[str] = frozenset()
    dealing = Dealing(
        plan=replace(plan, most_exercises=EVERY_EXERCISE),
        library=library,
        at=at,
        pain=None,
        plan_ended=date.max,
        done={},
        hurt=none,
        hurt_today=none,
        lacked=none,
    )
    return tuple(item for item in deal(dealing, muscles)[0] if not item.optional)


def _next_at(
    muscles: Sequence[CurrentTarget], could_be: Sequence[Candidate], at: datetime
) -> datetime | None:
    """When something is due next: an exercise, or the first of activate once reset is over."""
    opens = [
        muscle.now.needled_at + rest_lasts(muscle.state, muscle.target)
        for muscle in muscles
        if muscle.now.phase == "reset"
    ]
    times = [moment.astimezone(at.tzinfo) for moment in opens if moment > at]
    due = next_due(could_be, at)
    return min([*times, *([due] if due else [])], default=None)


def intent_of(target: Target, library: Library) -> Intent:
    """The intent of a target: its own, else the programme's default; ``both`` begins by calming."""
    default = library.programme(target.muscle).default_intent
    return target.intent or ("wake" if default == "wake" else "calm")


def _is_same(one: Plan, other: Plan) -> bool:
    """Whether two are the same plan; a preview, or a clock before its start, knows it from no journal."""
    return one.id == other.id and {each.key for each in one.targets} == {each.key for each in other.targets}


def may_be_alone(programme: Programme) -> bool:
    """Whether a muscle may be exercised without a therapist's plan: no neck, no jaw, no pelvic floor."""
    return programme.region not in NOT_ALONE and programme.muscle not in OF_THE_NECK


def may_be_dealt(plan: Plan, target: Target, library: Library) -> bool:
    """Whether a target is dealt for at all: a plan made without a therapist leaves some muscles alone."""
    return not plan.self_made or may_be_alone(library.programme(target.muscle))


def _muscle(
    plan: Plan,
    target: Target,
    library: Library,
    states: MuscleStates,
    pain: int | None,
    at: datetime,
) -> CurrentTarget:
    state = states.muscles[target.key]
    gap = gap_of(state, at.date())
    late = at >= plan.over_at + LAST_DOSES
    ask_first = must_ask(state, at.date())
    away = step_back_for_gap(state, at.date())
    phase, rule = phase_at(state, target, at, self_made=plan.self_made)
    if away and rule in ("phase.time", "phase.response"):
        rule = away.rule
    limit = pain_limit(plan, target, phase, states.start)
    mode: Mode = "phase"
    if state.stopped:
        mode = "stopped"
    elif late:
        mode = "late"
    elif ask_first:
        mode = "away"
    elif phase != "reset" and is_easy(pain, limit):
        mode = "easy"
    day = (at.date() - state.needled_at.astimezone(at.tzinfo).date()).days
    now = CurrentPhase(
        phase=phase,
        day=max(day, 0),
        rule=rule,
        needled_at=state.needled_at,
        since=state.since,
        why=what_opens_next(state, target, phase, rule, at, self_made=plan.self_made),
    )
    return CurrentTarget(target, state, now, intent_of(target, library), mode, limit, gap)


def _keyed(muscles: Sequence[CurrentTarget]) -> dict[str, CurrentPhase]:
    by_muscle: dict[str, dict[str, CurrentPhase]] = {}
    for muscle in muscles:
        by_muscle.setdefault(muscle.target.muscle, {})[muscle.target.side] = muscle.now
    keyed = {}
    for name, sides in by_muscle.items():
        if len({now.phase for now in sides.values()}) == 1:
            keyed[name] = next(iter(sides.values()))
        else:
            keyed |= {f"{name}:{side}": now for side, now in sides.items()}
    return keyed


def _pain_now(history: History, at: datetime) -> int | None:
    """The latest rating of usual pain of this day, or of the last two hours."""
    given = [
        check_in
        for check_in in check_ins_of(history)
        if check_in.said.pain is not None
        and has_happened(check_in.day, check_in.at, at)
        and (check_in.day == at.date() or timedelta(0) <= at - check_in.at <= BEFORE_WITHIN)
    ]
    last = max(given, key=lambda check_in: (check_in.at, check_in.n), default=None)
    return last.said.pain if last else None


def _skipped(history: History, reason: SkipReason, at: datetime, within: timedelta) -> frozenset[str]:
    """The exercises of which a set was left out for a reason within the last days."""
    return frozenset(
        skipped.exercise
        for session in history.sessions.values()
        if timedelta(0) <= at.date() - session.day < within
        for skipped in session.sets_skipped()
        if skipped.reason == reason
    )


def _paused_until(history: History, at: datetime) -> date | None:
    """The last day of the pause that this day is in."""
    today = at.date().isoformat()
    ends = [pause.to for pause in history.pauses if pause.from_ <= today <= pause.to]
    try:
        return date.fromisoformat(max(ends)) if ends else None
    except ValueError:
        return None


def _notes(plan: Plan, library: Library, paused_until: date | None) -> list[str]:
    """What is said beside the items."""
    notes = []
    if plan.blocked_by:
        notes.append(wording.screening_stop(plan.blocked_by))
    if paused_until:
        notes.append(wording.PAUSED(day=f"{paused_until:%A} {paused_until.day} {paused_until:%B}"))
    if plan.self_made:
        notes.append(wording.ALONE())
        notes += [
            wording.ALONE_NOT_THESE(muscle=library.programme(target.muscle).name)
            for target in plan.targets
            if not may_be_dealt(plan, target, library)
        ]
    if plan.unanswered:
        notes.append(wording.UNANSWERED(items=", ".join(plan.unanswered)))
    return notes
