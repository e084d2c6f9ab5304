"""What fires the rules: the evidence of each, reckoned once from the history and from where the muscles stand.

Today and the alerts of a log both ask here, at the moment that each speaks of; what needs more of the journal is
added in ``measures/alerts``. Which sentence follows, and for whom, stands in ``care/rules``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import mean

import msgspec

from reloadpt import wording
from reloadpt.care.days import activity_ends, check_ins_of
from reloadpt.care.held import held_back, is_paused, unpaused_days
from reloadpt.care.history import History
from reloadpt.care.judgement import RISE, WEEK, rise_of
from reloadpt.care.limits import lacks_limit
from reloadpt.care.muscle_state import MuscleState, MuscleStates
from reloadpt.care.phases import ASK_AFTER, must_ask, phase_at
from reloadpt.care.rules import Evidence
from reloadpt.care.safety import ends_by_itself
from reloadpt.care.thresholds import PROPOSED, Thresholds
from reloadpt.journal.events import Due, SetDone, SetSkipped
from reloadpt.phrases import calendar_day_phrase
from reloadpt.program.plan import LAST_DOSES, Plan, Target
from reloadpt.program.programme import Phase

ONE_DAY = timedelta(days=1)


class TargetCase(msgspec.Struct, frozen=True):
    """One target of the plan as the rules see it."""

    target: Target
    state: MuscleState
    phase: Phase


class EvidenceSources(msgspec.Struct, frozen=True):
    """What the rules look at: the history, where the muscles stand at ``at``, and what was due on a day."""

    history: History
    states: MuscleStates
    plan: Plan
    cases: tuple[TargetCase, ...]
    at: datetime
    due_on: Callable[[date], Due | None]
    thresholds: Thresholds

    @property
    def today(self) -> date:
        """The day it is."""
        return self.at.date()


def evidence_of(
    history: History,
    states: MuscleStates,
    at: datetime,
    due_on: Callable[[date], Due | None],
    thresholds: Thresholds = PROPOSED,
) -> tuple[Evidence, ...]:
    """All that fires a rule at ``at``; ``states`` are those at that moment, ``due_on`` says what was due on a day."""
    plan = states.plan
    if plan is None:
        return ()
    cases = tuple(_cases(plan, states, at))
    sources = EvidenceSources(history, states, plan, cases, at, due_on, thresholds)
    return tuple(evidence for rule in REASONS for evidence in rule(sources))


def _cases(plan: Plan, states: MuscleStates, at: datetime) -> Iterator[TargetCase]:
    for target in plan.targets:
        state = states.muscles.get(target.key)
        if state and not (plan.self_made and state.last_done is None):
            phase, _ = phase_at(state, target, at, self_made=plan.self_made)
            yield TargetCase(target, state, phase)


def _stopped(sources: EvidenceSources) -> Iterator[Evidence]:
    limits = sources.thresholds
    for case in sources.cases:
        reds = _reds(case, "stopped", limits.reds, limits.reds_of)
        if reds or case.state.stopped:
            yield reds or _of_muscle("stopped", case, reds=limits.reds, of=limits.reds_of)


def _stepped_back(sources: EvidenceSources) -> Iterator[Evidence]:
    limits = sources.thresholds
    found = (
        _reds(case, "stepped_back", limits.reds_stepping_back, limits.reds_stepping_back_of)
        for case in sources.cases
    )
    return (evidence for evidence in found if evidence)


def _reds(case: TargetCase, rule: str, least: int, of: int) -> Evidence | None:
    last = case.state.judged[-of:]
    red = [judgement for judgement in last if judgement.outcome == "red"]
    if len(red) < least:
        return None
    entries = sorted({n for judgement in red for n in judgement.entries})
    return _of_muscle(rule, case, tuple(entries), reds=len(red), of=len(last))


def _away(sources: EvidenceSources) -> Iterator[Evidence]:
    if sources.at >= sources.plan.over_at + LAST_DOSES:
        return
    for case in sources.cases:
        if must_ask(case.state, sources.today) and not case.state.stopped:
            since = case.state.last_done or case.state.begun
            yield _of_muscle("away", case, gap=max((sources.today - since).days, ASK_AFTER))


def _easy_run(sources: EvidenceSources) -> Iterator[Evidence]:
    for case in sources.cases:
        days = case.state.easy_days
        if len(days) >= sources.thresholds.easy_days:
            rated = [check_in for check_in in check_ins_of(sources.history) if check_in.day in days]
            entries = tuple(check_in.n for check_in in rated if check_in.said.pain is not None)
            yield _of_muscle("easy_run", case, entries, days=len(days))


def _limit_needed(sources: EvidenceSources) -> Iterator[Evidence]:
    start, plan = sources.states.start, sources.plan
    if not lacks_limit(start, plan.targets, plan.limits, plan.no_limit):
        return
    if plan.self_made:
        yield Evidence(rule="see_first", values={"start": start})
    elif any(len(case.state.easy_days) >= sources.thresholds.easy_days for case in sources.cases):
        yield Evidence(rule="limit_needed", values={"start": start})


def _screening(sources: EvidenceSources) -> Iterator[Evidence]:
    """What the screening left open and the patient answered since: the therapist has not heard it yet."""
    later = sources.history.later_screening
    if not later:
        return
    holds = [item for item, answer in later.items() if answer.answer == "yes"]
    values = {
        "holds": "; ".join(map(wording.condition, holds)),
        "others": "; ".join(wording.condition(item) for item in later if item not in holds),
    }
    yield Evidence(
        rule="screening",
        form="both" if 0 < len(holds) < len(later) else "yes" if holds else "no",
        about=",".join(holds),
        values=values,
        entries=tuple(sorted({entry.n for entry in later.values()})),
        level="this_week" if holds else None,
    )


def _mornings(sources: EvidenceSources) -> Iterator[Evidence]:
    """Pain high, or up, on the last mornings."""
    start, limits = sources.states.start, sources.thresholds
    if start is None:
        return
    for rule, least, counted, running in (
        ("pain_high", max(limits.pain_high, start + limits.pain_high_up), False, limits.pain_high_mornings),
        ("pain_up", start + limits.pain_up, True, limits.pain_up_mornings),
    ):
        mornings = [morning for morning in sources.states.mornings if morning.counts or not counted]
        last = mornings[-running:]
        if len(last) == running and all(morning.pain >= least for morning in last):
            scores = " and ".join(str(morning.pain) for morning in last)
            entries = tuple(morning.n for morning in last)
            yield Evidence(rule=rule, values={"scores": scores, "start": start}, entries=entries)


def _rise(sources: EvidenceSources) -> Iterator[Evidence]:
    start, mornings = sources.states.start, sources.states.mornings
    last = mornings[-1].day if mornings else None
    if last is None:
        return
    rise = rise_of(mornings, last)
    week = [morning for morning in mornings if morning.counts and last - morning.day < WEEK]
    if rise is None or rise < RISE:
        return
    if start is None or mean(morning.pain for morning in week) >= start + RISE:
        yield Evidence(rule="rise", values={"rise": rise}, entries=tuple(morning.n for morning in week))


def _sore_late(sources: EvidenceSources) -> Iterator[Evidence]:
    limits = sources.thresholds
    for case in sources.cases:
        state = case.state
        if state.sore is None or state.sore_at is None or state.sore <= limits.sore_above:
            continue
        since = _elapsed(state.needled_at, state.sore_at)
        if since >= timedelta(hours=limits.sore_late_hours):
            entries = () if state.sore_n is None else (state.sore_n,)
            yield _of_muscle("sore_late", case, entries, score=state.sore, days=since.days)


def _held(sources: EvidenceSources) -> Iterator[Evidence]:
    for case in sources.cases:
        held = held_back(sources.history, sources.plan, case.target, case.state, sources.at)
        if held and held.is_gate:
            yield _of_muscle("gate_waits", case, (), held.why, phase=held.stay)
        elif held:
            entries = tuple(n for judgement in case.state.judged for n in judgement.entries)
            form, values = ("sore", {}) if held.stay == "sore" else ("", {"phase": held.stay})
            yield _of_muscle(
                "held",
                case,
                entries,
                form,
                **values,
                days=held.days,
                about=held.why,
                why=wording.HELD_WHY[held.why],
            )


def _function_down(sources: EvidenceSources) -> Iterator[Evidence]:
    ends = activity_ends(sources.history).values()
    if not ends:
        return
    before, now = mean(first.score for first, _ in ends), mean(last.score for _, last in ends)
    if before - now >= sources.thresholds.function_down:
        entries = tuple(sorted({rated.n for pair in ends for rated in pair}))
        values = {"before": f"{before:.2g}", "now": f"{now:.2g}"}
        yield Evidence(rule="function_down", values=values, entries=entries)


def _silence(sources: EvidenceSources) -> Iterator[Evidence]:
    history, limits = sources.history, sources.thresholds
    since = history.active_at or history.plan_started_at
    if since is None or sources.at <= since or _is_locked(sources):
        return
    first = since.date() + ONE_DAY
    paused = (sources.today - since.date()).days - unpaused_days(history, first, sources.today)
    days = _elapsed(since, sources.at).days - paused
    if days >= limits.stalled_days:
        rule = "dropped" if days >= limits.dropped_days else "stalled"
        entries = () if history.active_n is None else (history.active_n,)
        yield Evidence(rule=rule, values={"days": days}, entries=entries)


def _missed(sources: EvidenceSources) -> Iterator[Evidence]:
    """Planned days in a row on which nothing was opened or done."""
    limits, history = sources.thresholds, sources.history
    if any(_silence(sources)):
        return
    since = sources.today - timedelta(days=limits.missed_within_days)
    since = max([since, *(moment.date() for moment in history.spoke if moment <= sources.at)])
    done = {session.day_of(entry) for session in history.sessions.values() for entry in session.entries}
    done |= {session.day for session in history.sessions.values() if session.items}
    run: list[date] = []
    longest: list[date] = []
    for day in _days(since, sources.today - ONE_DAY):
        if day in done:
            run = []
        elif _was_due(sources, day):
            run = [*run, day]
        if run and len(run) >= len(longest):
            longest = run
    if len(longest) < limits.missed_in_a_row:
        return
    before = [
        session.n for session in history.sessions.values() if session.day < longest[0] and session.items
    ]
    values = {"days": len(longest), "first": longest[0], "last": longest[-1]}
    entries = tuple(n for n in before[-1:] if n is not None)
    yield Evidence(rule="missed", values=values, entries=entries, about=longest[0].isoformat())


def _was_due(sources: EvidenceSources, day: date) -> bool:
    """Whether something began to be due on a day, and no pause was told for it."""
    due = sources.due_on(day)
    if due is None or due.standing != "planned" or is_paused(sources.history, day):
        return False
    return any(item.since == day.isoformat() for item in due.items)


def _no_numbers(sources: EvidenceSources) -> Iterator[Evidence]:
    """Days running with sets and no pain told: neither at a check-in nor for an exercise or a session."""
    history, enough = sources.history, sources.thresholds.no_numbers_days
    done: dict[date, int] = {}
    told = {check_in.day for check_in in check_ins_of(history) if check_in.said.pain is not None}
    for session in history.sessions.values():
        for entry in session.entries:
            if isinstance(entry.event, SetDone):
                done[session.day_of(entry)] = entry.n
        if session.worst is not None or any(rating.pain is not None for rating in session.ratings()):
            told.add(session.day)
    last = sorted(day for day in done if day <= sources.today)[-enough:]
    if len(last) == enough and told.isdisjoint(last):
        values = {"days": enough, "first": last[0]}
        yield Evidence(rule="no_numbers", values=values, entries=tuple(done[day] for day in last))


def _nothing_dealt(sources: EvidenceSources) -> Iterator[Evidence]:
    """Days running on which nothing that the plan means could be dealt, without a stop or a long time away."""
    enough = sources.thresholds.nothing_dealt_days
    states = [case.state for case in sources.cases]
    if any(state.stopped or must_ask(state, sources.today) for state in states):
        return
    if sources.at >= sources.plan.over_at + LAST_DOSES:
        return
    first = 0 if sources.due_on(sources.today) else 1
    dues = (sources.due_on(sources.today - timedelta(days=ago)) for ago in range(first, first + enough))
    if all(due and due.standing == "nothing_possible" for due in dues):
        yield Evidence(rule="nothing_dealt", values={"days": enough})


def _left_out(sources: EvidenceSources) -> Iterator[Evidence]:
    for exercise, times in sources.history.stopped_for_pain.items():
        if times < sources.thresholds.left_out_times:
            continue
        name = exercise.rpartition("/")[2].replace("-", " ").capitalize()
        entries: list[int] = []
        for session in sources.history.sessions.values():
            item = session.item(exercise)
            name = item.name if item else name
            entries += [
                entry.n
                for entry in session.entries
                if isinstance(entry.event, SetSkipped)
                and (entry.event.exercise, entry.event.reason) == (exercise, "pain")
            ]
        values = {"exercise": name, "times": times}
        yield Evidence(rule="left_out", about=exercise, values=values, entries=tuple(entries))


def _plan_over(sources: EvidenceSources) -> Iterator[Evidence]:
    period = sources.history.period
    entries = () if period is None else (period.n,)
    found = plan_over_evidence(sources.plan.over_at, sources.at, entries)
    return iter([found] if found else [])


def plan_over_evidence(
    ends: datetime | None, at: datetime, entries: tuple[int | str, ...]
) -> Evidence | None:
    """That the plan has ended; ``entries`` began it."""
    if ends is None or at < ends:
        return None
    until = ends + LAST_DOSES
    day, last = ends.astimezone(at.tzinfo).date(), until.astimezone(at.tzinfo)
    values = {"day": day, "until": calendar_day_phrase(last), "year": day.year}
    return Evidence(rule="plan_over", form="late" if at >= until else "", values=values, entries=entries)


REASONS: Sequence[Callable[[EvidenceSources], Iterator[Evidence]]] = (
    _stopped,
    _away,
    _easy_run,
    _limit_needed,
    _screening,
    _mornings,
    _rise,
    _sore_late,
    _held,
    _function_down,
    _silence,
    _stepped_back,
    _missed,
    _left_out,
    _no_numbers,
    _nothing_dealt,
    _plan_over,
)


def _of_muscle(
    rule: str,
    case: TargetCase,
    entries: tuple[int, ...] = (),
    form: str = "",
    about: str = "",
    **values: object,
) -> Evidence:
    state = case.state
    return Evidence(
        rule=rule,
        form=form,
        muscle=state.muscle,
        side=state.side,
        about=about,
        values=values,
        entries=entries,
    )


def _elapsed(since: datetime, until: datetime) -> timedelta:
    """The true time between two moments, also where the clocks changed in between."""
    return until.astimezone(UTC) - since.astimezone(UTC)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _is_locked(sources: EvidenceSources) -> bool:
    ends = (ends_by_itself(lock.code, lock.at) for lock in sources.history.locks)
    return any(end is None or end > sources.at for end in ends)
