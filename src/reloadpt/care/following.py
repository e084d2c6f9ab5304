"""Follow each muscle through the days: fold what happened into where it stands.

Folding is by day and in order. So what the oldest days led to can be kept in their place, and going on from
there gives the same as going through all of them.
"""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import TypeVar

import msgspec

from reloadpt.care import phases, progression
from reloadpt.care.days import (
    AFTER_NEEDLE,
    MORNING_WITHIN,
    CheckIn,
    Day,
    DaySession,
    before_rating,
    check_ins_of,
    has_happened,
    next_morning,
    patient_days,
    works,
)
from reloadpt.care.history import History, Needling, PlanPeriod, same_side
from reloadpt.care.judgement import (
    BASELINE_OF,
    RISE,
    WEEK,
    JudgementScale,
    NextMorning,
    baseline_of,
    is_easy,
    is_flare,
    is_week_higher,
    judge,
    rise_of,
    weigh,
)
from reloadpt.care.muscle_state import Judgement, Morning, MuscleState, MuscleStates, RuleChange
from reloadpt.care.signs import Sign
from reloadpt.care.thresholds import PROPOSED
from reloadpt.clock import is_sound
from reloadpt.program.plan import Plan, Target
from reloadpt.program.programme import PHASES

KEPT_DAYS = 35
"""How far back days are kept whole: all that can still be corrected without reading the journal again."""
NEW_RUN_AFTER = timedelta(days=PROPOSED.new_run_after_days)
"""A plan that starts so long after a muscle was last done begins a new run for it."""
_Copied = TypeVar("_Copied", bound=msgspec.Struct)
ASKED_AGAIN = timedelta(days=PROPOSED.missed_within_days + 7)
"""So far back a moment may be asked about after a later one, without following all days again."""


class FollowedDays:
    """The days of a history, followed for one moment after another.

    What a day led to is kept once no later moment can see it otherwise: when the next morning of all its sessions
    has been rated, or can no longer be. The days before it are not followed again.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self._settled: list[tuple[date, datetime | None, MuscleStates]] = []
        """From which day on, and after which moment, each of these states holds."""

    def states_at(self, at: datetime) -> MuscleStates:
        """Where every muscle stands at ``at``, as ``follow_days`` says it."""
        history = self._history
        before = (state for state in reversed(self._settled) if _is_settled(state[0], state[1], at))
        from_day, after, start = next(before, (date.min, None, history.states))
        states = _copy(start)
        fold = _Fold(states, history, at)
        days = patient_days(history, states.through, at)
        for day, following in zip_longest(days, days[1:]):
            fold.day(day)
            from_day, after = _settling(day, from_day, after)
            may_be_asked = following is None or at.date() - following.day <= ASKED_AGAIN
            if may_be_asked and _is_settled(from_day, after, at):
                states.through = day.day
                self._settled.append((from_day, after, _copy(states)))
        states.through = history.states.through if history.states else None
        return states


def _settling(day: Day, from_day: date, after: datetime | None) -> tuple[date, datetime | None]:
    """From when on a day and those before it, which do so from ``from_day`` and ``after``, look the same."""
    moments = [
        moment for session in day.sessions for moment in (session.opened_at, session.ended_at) if moment
    ]
    if after:
        moments.append(after)
    return max(from_day, day.day), max(moments, default=None)


def _is_settled(from_day: date, after: datetime | None, at: datetime) -> bool:
    return (at.date() - from_day).days > MORNING_WITHIN.days and (
        after is None or at - after > MORNING_WITHIN
    )


def follow_days(
    history: History, at: datetime | None = None, period: PlanPeriod | None = None
) -> MuscleStates:
    """Where every muscle stands at ``at``; without it, after all days of the history.

    ``period`` is one that the history does not hold yet. ``FollowedDays`` says the same of many moments sooner.
    """
    states = _copy(history.states)
    days = patient_days(history, states.through, at)
    if period:
        _begin_with(days, period)
    fold = _Fold(states, history, at)
    for day in days:
        fold.day(day)
    return states


def keep_recent(history: History, days_kept: int = KEPT_DAYS) -> None:
    """Forget the days that are too old for Today, keeping what they led to; the needlings and locks stay."""
    if history.last_at is None or not is_sound(history.last_at):
        return
    first = history.last_at.date() - timedelta(days=days_kept)
    if history.trimmed_to and first <= history.trimmed_to:
        return
    old = {key for key, session in history.sessions.items() if session.day < first}
    checkins = [kept for kept in history.checkins if kept.day >= first - timedelta(days=1)]
    starts = [period for period in history.plan_starts if period.at.date() >= first]
    if not old and len(checkins) == len(history.checkins) and len(starts) == len(history.plan_starts):
        return
    states = _copy(history.states)
    days = patient_days(history, states.through, None)
    fold = _Fold(states, history, None)
    for day in days:
        if day.day < first:
            fold.day(day)
    states.through = first - timedelta(days=1)
    states.judgements, states.changes = [], []
    history.states = states
    history.trimmed_to = first
    history.forget_numbers()
    history.sessions = {key: session for key, session in history.sessions.items() if key not in old}
    history.checkins, history.plan_starts = checkins, starts
    history.dues = {day: due for day, due in history.dues.items() if day >= first.isoformat()}
    history.notes = [kept for kept in history.notes if kept.day >= first]
    history.spoke = [moment for moment in history.spoke if moment.date() >= first]
    numbers = history.session_numbers.items()
    history.session_numbers = {day: number for day, number in numbers if day >= first.isoformat()}


def _copy(states: MuscleStates | None) -> MuscleStates:
    """States that can be changed while these stay; what they hold in lists and by name is frozen."""
    if states is None:
        return MuscleStates()
    copied = _copy_lists(states)
    copied.muscles = {key: _copy_lists(state) for key, state in states.muscles.items()}
    return copied


def _copy_lists(record: _Copied) -> _Copied:
    copied = copy.copy(record)
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, list | dict):
            setattr(copied, name, value.copy())
    return copied


def _begin_with(days: list[Day], period: PlanPeriod) -> None:
    """Put the start of a plan among the days."""
    started = period.at.date()
    if not any(day.day == started for day in days):
        days.append(Day(started))
        days.sort(key=lambda day: day.day)
    next(day for day in days if day.day == started).plans.append(period)


class _Fold:
    """One pass over days; ``states`` is changed in place."""

    def __init__(self, states: MuscleStates, history: History, at: datetime | None) -> None:
        self._states = states
        self._needlings = sorted(history.needlings, key=lambda needling: needling.needled_at)
        self._needled = [needling.needled_at for needling in self._needlings]
        self._rated = [
            check_in
            for check_in in check_ins_of(history)
            if check_in.said.pain is not None and (at is None or has_happened(check_in.day, check_in.at, at))
        ]
        self._rated.sort(key=lambda check_in: (check_in.at, check_in.n))
        self._at = at

    def day(self, day: Day) -> None:
        """Take in one day."""
        self._happenings(day)
        self._rate(day)
        plan = self._states.plan
        if plan is None:
            return
        begun = [(session, before_rating(self._rated, session, day.day)) for session in day.sessions]
        mornings, start = self._states.mornings, self._states.start
        rise = rise_of(mornings, day.day)
        flares = day.morning is not None and is_flare(mornings, day.day, start)
        anew = is_week_higher(mornings, day.day, start)
        for target in plan.targets:
            state = self._states.muscles[target.key]
            if flares:
                self._note(state, phases.take_flare(state, day.day, guided=plan.guided, anew=anew))
            scale = JudgementScale(plan, target, start)
            self._target(day, scale, state, begun, no_higher=rise is not None and rise <= 0)
            if day.morning and plan.guided:
                self._note(state, _after_rise(day.day, state, rise))
            if day.day < plan.over_at.date():
                self._note(state, phases.open_next(state, day.day))
            phases.note_stay(state, day.day)

    def _happenings(self, day: Day) -> None:
        """Take in, in order of time, what is of a moment: plans, needlings, a word with the therapist, soreness."""
        moments: list[tuple[datetime, int, PlanPeriod | Needling | datetime | CheckIn | Sign]]
        moments = [(period.at, 0, period) for period in day.plans]
        moments += [(needling.needled_at, 1, needling) for needling in day.needled]
        moments += [(moment, 2, moment) for moment in day.spoke]
        moments += [(check_in.at, 3, check_in) for check_in in day.check_ins]
        moments += [(sign.ended_at, 4, sign) for sign in day.checked if sign.ended_at]
        for _, _, what in sorted(moments, key=lambda moment: moment[:2]):
            if isinstance(what, PlanPeriod):
                self._start_plan(what.plan, day.day, what.at)
                continue
            for state in self._states.muscles.values():
                if isinstance(what, CheckIn):
                    self._feel(state, what)
                elif isinstance(what, Sign):
                    if not what.muscles or state.muscle in what.muscles:
                        state.returning = day.day
                elif isinstance(what, datetime):
                    progression.release_stop(state, day.day)
                    state.stays = []
                elif what.muscle == state.muscle and same_side(what.side, state.side):
                    phases.take_needling(state, what.needled_at)

    def _feel(self, state: MuscleState, check_in: CheckIn) -> None:
        sites = [site for site in check_in.said.soreness if site.muscle == state.muscle]
        scores = [site.score for site in sites if same_side(site.side, state.side)]
        target = self._target_of(state)
        if scores and target:
            phases.take_soreness(state, target, max(scores), check_in.at, check_in.n)

    def _needle_before(self, state: MuscleState, at: datetime) -> None:
        """Take in what needled a new muscle between the needling that its plan names and the plan's start at ``at``."""
        for needling in self._needlings:
            of_it = needling.muscle == state.muscle and same_side(needling.side, state.side)
            if of_it and needling.needled_at <= at:
                phases.take_needling(state, needling.needled_at)

    def _target_of(self, state: MuscleState) -> Target | None:
        plan = self._states.plan
        return next((target for target in plan.targets if target.key == state.key), None) if plan else None

    def _start_plan(self, plan: Plan, day: date, at: datetime) -> None:
        """Put a plan in force at ``at``. Earned doses go on, but for those that it states."""
        was = self._states.muscles
        now: dict[str, MuscleState] = {}
        fresh = True
        for target in plan.targets:
            state = was.get(target.key) or _from_other_side(was, target)
            if state is None or _long_idle(state, day):
                state = _new_state(target, day)
                self._needle_before(state, at)
            else:
                fresh = False
                phases.take_needling(state, target.needled_at)
                if plan.made_by:
                    progression.release_stop(state, day)
            for dose in plan.doses:
                if dose.states_dose and works(dose.exercise, target.muscle):
                    _state_dose(state, dose.exercise)
            now[target.key] = state
        if fresh:
            self._states.first_pain = None
        dormant = {key: state for key, state in was.items() if not _is_among(state, plan)}
        self._states.muscles = dormant | now
        self._states.plan = plan

    def _rate(self, day: Day) -> None:
        morning = day.morning
        if morning is None or morning.said.pain is None:
            return
        states = self._states
        if states.first_pain is None:
            states.first_pain = morning.said.pain
        before = bisect_right(self._needled, morning.at)
        near = before > 0 and morning.at - self._needled[before - 1] < AFTER_NEEDLE
        states.mornings.append(Morning(day=day.day, pain=morning.said.pain, counts=not near, n=morning.n))
        counted = [rating for rating in states.mornings if rating.counts][-BASELINE_OF:]
        states.mornings = [
            rating for rating in states.mornings if day.day - rating.day < 2 * WEEK or rating in counted
        ]

    def _target(
        self,
        day: Day,
        scale: JudgementScale,
        state: MuscleState,
        begun: Sequence[tuple[DaySession, CheckIn | None]],
        *,
        no_higher: bool,
    ) -> None:
        plan, target = scale.plan, scale.target
        load = [(session, session.of(target.muscle, target.side), before) for session, before in begun]
        response = [exercise for _, of_session, _ in load for exercise in of_session]
        if any(exercise.done for exercise in response):
            self._note(state, phases.step_back_for_gap(state, day.day))
            state.last_done = day.day
        judged = None
        if response and not state.stopped:
            baseline = baseline_of(self._states.mornings, day.day, scale.start)
            ends = [session.ended_at for session, of_session, _ in load if of_session and session.ended_at]
            after = self._after(day, max(ends, default=None))
            weighed = [found for session_load in load if (found := weigh(scale, *session_load))]
            judged = judge(day.day, scale, weighed, baseline, after)
            if state.returning and state.returning < day.day:
                all_of_it = [found for part in load if (found := weigh(scale, *part, reset=True))]
                gentle = judge(day.day, scale, all_of_it, baseline, after)
                if gentle and gentle.outcome == "green":
                    state.returning = None
        self._count_easy(day, scale, state, judged)
        if judged:
            self._states.judgements.append(judged)
            if judged.outcome != "easy":
                changes = progression.apply_judgement(
                    state,
                    judged,
                    response,
                    guided=plan.guided,
                    frozen=day.day >= plan.over_at.date(),
                    no_higher=no_higher,
                )
                for change in changes:
                    self._note(state, change)

    def _after(self, day: Day, ended: datetime | None) -> NextMorning:
        check_in = next_morning(self._rated, day.day, ended, self._needled)
        if check_in or self._at is None:
            return NextMorning(check_in, settled=True)
        if ended is None:
            return NextMorning(None, settled=(self._at.date() - day.day).days > MORNING_WITHIN.days)
        return NextMorning(None, settled=self._at - ended > MORNING_WITHIN)

    def _count_easy(
        self, day: Day, scale: JudgementScale, state: MuscleState, judged: Judgement | None
    ) -> None:
        rated = [check_in for check_in in day.check_ins if check_in.said.pain is not None]
        if not rated:
            return
        phase, _ = phases.phase_at(state, scale.target, rated[-1].at, self_made=scale.plan.made_by is None)
        if phase == "reset":
            return
        easy = judged.outcome == "easy" if judged else is_easy(rated[-1].said.pain, scale.limit(phase))
        progression.count_easy(state, day.day, easy=easy)

    def _note(self, state: MuscleState, change: RuleChange | None) -> None:
        if change:
            self._states.changes.append((state.key, change))


def _after_rise(day: date, state: MuscleState, rise: float | None) -> RuleChange | None:
    """A cut, once a week, where the mornings of a week are up on the week before."""
    if rise is None or rise < RISE:
        return None
    if state.rise_cut_on and day - state.rise_cut_on < WEEK:
        return None
    state.rise_cut_on = day
    return progression.cut_muscle(state, RuleChange(rule="dose.rise", day=day, values={"rise": rise}))


def _new_state(target: Target, day: date) -> MuscleState:
    return MuscleState(
        muscle=target.muscle,
        side=target.side,
        begun=day,
        run_from=target.needled_at,
        needled_at=target.needled_at,
        since=(target.needled_at + phases.RESET_LASTS).date(),
    )


def _from_other_side(was: dict[str, MuscleState], target: Target) -> MuscleState | None:
    """The standing of the same muscle told by other sides before; the one that came least far."""
    other = [old for old in was.values() if old.muscle == target.muscle and same_side(old.side, target.side)]
    if not other:
        return None
    found = copy.deepcopy(min(other, key=lambda state: (PHASES.index(state.passed), state.side)))
    found.side = target.side
    return found


def _is_among(state: MuscleState, plan: Plan) -> bool:
    """Whether a plan has this muscle, by whatever side it tells it."""
    mine = [target for target in plan.targets if target.muscle == state.muscle]
    return any(same_side(target.side, state.side) for target in mine)


def _long_idle(state: MuscleState, day: date) -> bool:
    return day - (state.last_done or state.begun) > NEW_RUN_AFTER


def _state_dose(state: MuscleState, exercise: str) -> None:
    for earned in (state.steps, state.ready, state.stepped):
        earned.pop(exercise, None)
    state.spared[exercise] = state.cuts
