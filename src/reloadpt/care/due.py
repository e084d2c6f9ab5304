"""What is due on a day: the one answer that Today, the journal, reminders and every figure go by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import msgspec

from reloadpt import wording
from reloadpt.care.at_hand import with_what_is_there
from reloadpt.care.candidates import CurrentTarget, Dealing, candidates
from reloadpt.care.days import BEFORE_WITHIN, Round, check_ins_of, has_happened, rounds_done, works
from reloadpt.care.dealing import DayDealt, Movement, deal, item_of
from reloadpt.care.following import FollowedDays, follow_days
from reloadpt.care.history import History, read_plan_period
from reloadpt.care.judgement import is_easy
from reloadpt.care.limits import pain_limit
from reloadpt.care.muscle_state import MuscleState, MuscleStates
from reloadpt.care.phases import CurrentPhase, gap_of, must_ask, phase_at, step_back_for_gap, what_opens_next
from reloadpt.care.reasons import Mode
from reloadpt.care.thresholds import PROPOSED
from reloadpt.journal.events import (
    AnyEvent,
    Cleared,
    DayStanding,
    Due,
    DueItem,
    HowOften,
    Item,
    NothingFor,
    PlanStarted,
    SessionOpened,
    SetDone,
    Shared,
    SkipReason,
)
from reloadpt.program.fitting import circumstances_of
from reloadpt.program.library import Library
from reloadpt.program.plan import LAST_DOSES, Plan, Target
from reloadpt.program.programme import Intent, Programme

NOT_ALONE = ("head and neck", "pelvis")
"""Regions that a plan made without a therapist deals nothing for."""
OF_THE_NECK = ("upper-trapezius",)
"""Muscles told under another region that belong to the neck all the same."""
LEFT_OUT_FROM = PROPOSED.left_out_times
"""An exercise that was stopped for pain in so many sessions is left out."""
LACKED_FOR = timedelta(days=PROPOSED.lacked_days)
"""For so long an exercise is left out whose equipment was missing."""
DAY_IS_OVER = time(23)
"""What was due on a day that is over is what was due at this time of it."""
MOST_DAYS = 100
"""So many days that went by unopened are written down at once."""


class Reckoning(msgspec.Struct, frozen=True):
    """What decides what is due at one moment, and what follows: the muscles, and the day as dealt."""

    states: MuscleStates
    muscles: tuple[CurrentTarget, ...]
    dealing: Dealing
    dealt: DayDealt


def reckon(
    plan: Plan, library: Library, history: History, at: datetime, states: MuscleStates | None = None
) -> Reckoning:
    """Reckon what is due at ``at``, an aware time with the patient's own offset; ``states`` are followed up to it."""
    plan = with_what_is_there(plan, history, at)
    states = states or follow_days(history, at)
    if states.plan is None or not _is_same(states.plan, plan):
        states = follow_days(history, at, read_plan_period(PlanStarted(plan=plan.as_json()), 0, at))
    pain, rounds = _pain_now(history, at), rounds_done(history, at)
    targets = [target for target in plan.targets if may_be_dealt(plan, target, library)]
    muscles = tuple(_muscle(plan, target, library, states, pain, rounds, at) for target in targets)
    dealing = Dealing(
        plan=plan,
        library=library,
        at=at,
        pain=pain,
        plan_ended=plan.over_at.astimezone(at.tzinfo).date(),
        rounds=rounds,
        hurt=frozenset(name for name, times in history.stopped_for_pain.items() if times >= LEFT_OUT_FROM),
        hurt_today=_skipped(history, "pain", at, timedelta(days=1)),
        lacked=_skipped(history, "equipment", at, LACKED_FOR),
        dealt_last=_dealt_last(history, at),
        person=circumstances_of(plan, at.date()),
    )
    return Reckoning(states, muscles, dealing, deal(dealing, muscles))


def due_on(
    plan: Plan, library: Library, history: History, at: datetime, states: MuscleStates | None = None
) -> Due:
    """What is due on the day of ``at``, all of it, whatever of it is done."""
    return _due_of(plan, library, history, reckon(plan, library, history, at, states), at)


def _due_of(plan: Plan, library: Library, history: History, reckoned: Reckoning, at: datetime) -> Due:
    standing = _standing(plan, history, reckoned, at)
    nothing, items, left_out = tuple[NothingFor, ...](), tuple[DueItem, ...](), 0
    if standing == "nothing_possible":
        nothing = tuple(_nothing(plan, library, reckoned))
    if standing in ("planned", "as_dealt"):
        asked = [movement for movement in reckoned.dealt.asked if not movement.optional]
        items = tuple(_due_item(reckoned.dealing, movement) for movement in asked if movement.rounds)
        left_out = sum(_sets_left_out(reckoned.dealing, movement) for movement in asked)
    day = at.date().isoformat()
    return Due(day=day, standing=standing, items=items, left_out=left_out, nothing=nothing)


def _standing(plan: Plan, history: History, reckoned: Reckoning, at: datetime) -> DayStanding:
    day = at.date()
    if is_locked_on(history, day):
        return "locked"
    if paused_until(history, at):
        return "paused"
    if at >= plan.over_at + LAST_DOSES:
        return "over"
    began = [history.plan_started_at] if history.plan_started_at else []
    began += [needling.needled_at.astimezone(at.tzinfo) for needling in history.needlings]
    if any(moment.date() == day for moment in began):
        return "as_dealt"
    possible = (reckoned.dealt.could_be or not plan.targets) and not plan.blocked_by
    return "planned" if possible else "nothing_possible"


def is_locked_on(history: History, day: date) -> bool:
    """Whether a sign closes a day: one that nobody has cleared, or an emergency on the day it was checked."""
    return any(
        sign.at.date() <= day and (ends is None or (ends - timedelta.resolution).date() >= day)
        for sign in history.signs
        if sign.is_open
        for ends in (sign.locked_until,)
    ) or rests_on(history, day)


def rests_on(history: History, day: date) -> bool:
    """Whether an emergency sign was checked on this day: then there is no exercise until the next."""
    return any(sign.checked_on == day for sign in history.signs)


def _due_item(dealing: Dealing, movement: Movement) -> DueItem:
    item = item_of(dealing, movement)
    often = max(movement.group, key=lambda candidate: candidate.times).often
    shared: dict[str, Any] = {
        name: getattr(item, name) for name in DueItem.__struct_fields__ if hasattr(item, name)
    }
    asked = HowOften(times=often.times, per=often.per)
    return DueItem(**shared, times=movement.rounds, since=movement.since.isoformat(), often=asked)


def _sets_left_out(dealing: Dealing, movement: Movement) -> int:
    """The sets of a movement meant every day that do not fit into this one; what is meant less often waits."""
    left = movement.times - movement.rounds
    daily = any(candidate.often.per == "day" for candidate in movement.group)
    return item_of(dealing, movement).sets_in_all * left if left and daily else 0


def _nothing(plan: Plan, library: Library, reckoned: Reckoning) -> Iterator[NothingFor]:
    """Each muscle of which nothing can be dealt, and why."""
    muscles = {muscle.target.muscle: muscle for muscle in reckoned.muscles}
    for name in dict.fromkeys(target.muscle for target in plan.targets):
        if plan.blocked_by:
            notes = [wording.screening_stop(plan.blocked_by)]
        elif name not in muscles:
            notes = [wording.ALONE_NOT_THESE(muscle=library.programme(name).name)]
        else:
            alone = msgspec.structs.replace(reckoned.dealing, notes=[])
            candidates(alone, [muscles[name]])
            notes = alone.notes or [wording.NOTHING_OF_PHASE()]
        yield NothingFor(muscle=name, why=" ".join(dict.fromkeys(notes)))


def was_planned(read: Callable[[date], Due | None]) -> Callable[[date], bool]:
    """Whether something was due on a day that is over, as ``read`` says."""

    def planned(day: date) -> bool:
        due = read(day)
        return due is not None and due.standing == "planned" and bool(due.items)

    return planned


def due_reader(
    plan: Plan, library: Library, history: History, reckoned: Reckoning, at: datetime, followed: FollowedDays
) -> Callable[[date], Due | None]:
    """What was due on a day, as it was written down, follows from ``reckoned`` of now, or is reckoned again; None before the plan.

    ``followed`` are the days of the history.
    """
    begun = history.plan_started_at.date() if history.plan_started_at else at.date()

    @cache
    def due(day: date) -> Due | None:
        written = history.dues.get(day.isoformat())
        if written or day < begun:
            return written
        if day == at.date():
            return _due_of(plan, library, history, reckoned, at)
        end = day_end(day, at)
        return due_on(plan, library, history, end, followed.states_at(end))

    return due


def due_entries(
    plan: Plan,
    library: Library,
    history: History,
    events: Sequence[AnyEvent],
    at: datetime,
    *,
    days_before: bool = True,
) -> list[Due]:
    """What was due, as it is to be written down before ``events``.

    Of the days before: the last one that was written down, where it changed after that, and the whole days that
    went by unopened since. Of this day: where a session begins, sets are told for it, or a report is made.

    Raises:
        Trouble: the programme of a muscle is not here.
    """
    told = [due for due in history.dues.values() if due.day <= at.date().isoformat()]
    newest = max(told, key=lambda due: due.day, default=None)
    begun = history.plan_started_at.date().isoformat() if history.plan_started_at else ""
    if newest and newest.standing == "over" and newest.day >= begun:
        return []
    before = [*_of_days_before(plan, library, history, at)] if days_before else []
    if before and before[-1].standing == "over":
        return before
    return [*before, *_of_today(plan, library, history, events, at)]


def _of_days_before(plan: Plan, library: Library, history: History, at: datetime) -> Iterator[Due]:
    followed = FollowedDays(history)
    written = {day for due in history.dues.values() if (day := date.fromisoformat(due.day)) < at.date()}
    last = max(written, default=None)
    if last:
        yield from _again(_plan_on(history, last) or plan, library, history, day_end(last, at))
    begun = [history.plan_started_at.date()] if history.plan_started_at else [at.date()]
    days = {session.day for session in history.sessions.values()} | written | {*begun}
    first = max(day for day in days if day < at.date() or day in begun) + timedelta(days=1)
    for ahead in range(min((at.date() - first).days, MOST_DAYS)):
        end = day_end(first + timedelta(days=ahead), at)
        due = due_on(plan, library, history, end, followed.states_at(end))
        yield due
        if due.standing == "over":
            return


def _plan_on(history: History, day: date) -> Plan | None:
    """The plan that was in force at the end of a day; None where it is not known or could not be read."""
    in_force = [period for period in history.plan_starts if period.at.date() <= day]
    if not in_force or in_force[-1].unread:
        return None
    return history.with_later_screening(in_force[-1], day)


def _of_today(
    plan: Plan, library: Library, history: History, events: Sequence[AnyEvent], at: datetime
) -> Iterator[Due]:
    today = at.date().isoformat()
    ends_lock = any(isinstance(event, Cleared | PlanStarted) for event in events)
    if ends_lock and is_locked_on(history, at.date()):
        yield Due(day=today, standing="locked")
    elif today not in history.dues and any(_is_of_today(history, event, today) for event in events):
        yield due_on(plan, library, history, at)
    elif today in history.dues and any(isinstance(event, SessionOpened) for event in events):
        yield from _again(plan, library, history, at)


def _again(plan: Plan, library: Library, history: History, at: datetime) -> Iterator[Due]:
    """What was due on the day of ``at``, where it is not what was written down before.

    Where a session was opened by then the day changed in its middle.
    """
    before, due = history.dues[at.date().isoformat()], due_on(plan, library, history, at)
    if before.standing == "locked" or (before.standing == due.standing and _rounds(before) == _rounds(due)):
        return
    opened = any(session.day == at.date() and session.items for session in history.sessions.values())
    if opened and due.standing in ("planned", "nothing_possible"):
        due = msgspec.structs.replace(due, standing="as_dealt")
    if before.standing != "as_dealt" or due.standing != "as_dealt":
        yield due


def _rounds(due: Due) -> set[tuple[str, object, int, int]]:
    return {(item.exercise, item.sides, item.sets, item.times) for item in due.items}


def _is_of_today(history: History, event: AnyEvent, today: str) -> bool:
    match event:
        case SessionOpened():
            return bool(event.items)
        case SetDone():
            told_later = event.session not in history.sessions or not history.sessions[event.session].items
            return told_later and event.for_day in (None, today)
        case _:
            return isinstance(event, Shared)


def day_end(day: date, at: datetime) -> datetime:
    """The time as of which what was due on a day that is over is reckoned."""
    return datetime.combine(day, DAY_IS_OVER, at.tzinfo)


def intent_of(target: Target, library: Library) -> Intent:
    """The intent of a target: its own, else the programme's default; ``both`` begins by calming."""
    default = library.programme(target.muscle).default_intent
    return target.intent or ("wake" if default == "wake" else "calm")


def _is_same(one: Plan, other: Plan) -> bool:
    """Whether two are the same plan; a preview, or a clock before its start, knows it from no journal."""
    return one.id == other.id and {target.key for target in one.targets} == {
        target.key for target in other.targets
    }


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
    rounds: Mapping[str, Sequence[Round]],
    at: datetime,
) -> CurrentTarget:
    state = states.muscles[target.key]
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
    needled_on = state.needled_at.astimezone(at.tzinfo).date()
    now = CurrentPhase(
        phase=phase,
        day=max((at.date() - needled_on).days, 0),
        rule=rule,
        needled_at=state.needled_at,
        since=state.since,
        why=wording.addressed(
            what_opens_next(state, target, phase, rule, at, self_made=plan.self_made), alone=plan.self_made
        ),
    )
    gap = _gap(state, rounds, at.date())
    return CurrentTarget(target, state, now, needled_on, intent_of(target, library), mode, limit, gap)


def _gap(state: MuscleState, rounds: Mapping[str, Sequence[Round]], today: date) -> int | None:
    """Days since the muscle was last done before today; None where it never was."""
    if state.last_done != today:
        return gap_of(state, today)
    days = [done.day for name, times in rounds.items() if works(name, state.muscle) for done in times]
    return min(((today - day).days for day in days if day < today), default=None)


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


def _dealt_last(history: History, at: datetime) -> dict[str, tuple[date, Item]]:
    """By exercise, credits counted, the item that it was dealt with last, and on which day."""
    return {
        exercise: (session.day, item)
        for session in sorted(history.sessions.values(), key=lambda session: session.opened_at)
        if has_happened(session.day, session.opened_at, at)
        for item in session.items
        for exercise in (item.exercise, *item.credits)
    }


def _skipped(history: History, reason: SkipReason, at: datetime, within: timedelta) -> frozenset[str]:
    """The exercises of which a set was left out for a reason within the last days."""
    return frozenset(
        skipped.exercise
        for session in history.sessions.values()
        if timedelta(0) <= at.date() - session.day < within
        for skipped in session.sets_skipped()
        if skipped.reason == reason
    )


def paused_until(history: History, at: datetime) -> date | None:
    """The last day of the pause that this day is in."""
    today = at.date().isoformat()
    ends = [pause.to for pause in history.pauses if pause.from_ <= today <= pause.to]
    try:
        return date.fromisoformat(max(ends)) if ends else None
    except ValueError:
        return None
