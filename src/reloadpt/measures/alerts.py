"""Whom to look at, and why: every rule by name, its threshold, and the entries that fired it.

Silence is judged up to the last report; that no report came is a thing of its own, and with the end of a plan
the only thing here that depends on today (``from_log`` leaves these two out, ``from_today`` has only them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean
from typing import Annotated, Literal, get_args

from reloadpt import wording
from reloadpt.care.history import CorrectableEntry
from reloadpt.care.muscle_state import MuscleState, MuscleStates
from reloadpt.care.phases import held_too_long
from reloadpt.care.safety import CLASSES
from reloadpt.journal.events import SetSkipped
from reloadpt.measures.course import Course
from reloadpt.measures.muscle_phases import plan_muscles
from reloadpt.measures.planned import PlannedDay, away_days, plan_ends
from reloadpt.measures.trends import (
    activity_trends,
    morning_ratings,
    pain_readings,
    pain_trend,
    soreness_readings,
    start_pain,
)
from reloadpt.program.fields import Ge, Le

Level = Literal["today", "this_week", "at_visit"]
Behind = tuple[int | str, ...]
LEVELS: tuple[Level, ...] = get_args(Level)


Score = Annotated[int, Ge(0), Le(10)]
Few = Annotated[int, Ge(1), Le(1000)]


@dataclass(frozen=True)
class Thresholds:
    """What the rules go by. Pain, soreness and activities are 0-10, times in days unless they say hours."""

    pain_high: Score = 7
    pain_high_up: Score = 2
    pain_high_mornings: Few = 2
    sore_above: Score = 3
    sore_late_hours: Few = 72
    function_down: Score = 2
    stalled_days: Few = 14
    dropped_days: Few = 21
    pain_up: Score = 2
    missed_in_a_row: Few = 2
    missed_within_days: Few = 14
    left_out_times: Few = 2
    no_report_days: Few = 14
    reds: Few = 3
    reds_of: Few = 5
    reds_stepping_back: Few = 2
    reds_stepping_back_of: Few = 3
    easy_days: Few = 3


PROPOSED = Thresholds()


@dataclass(frozen=True)
class Alert:
    """A rule that fired: how soon, which, one sentence, and the ``n`` of the entries behind it."""

    level: Level
    rule: str
    text: str
    entries: tuple[int | str, ...]


@dataclass(frozen=True)
class AlertInputs:
    """What the rules look at."""

    course: Course
    days: Sequence[PlannedDay]
    states: MuscleStates
    thresholds: Thresholds


def from_log(
    course: Course, days: Sequence[PlannedDay], states: MuscleStates, thresholds: Thresholds = PROPOSED
) -> tuple[Alert, ...]:
    """The alerts that the log alone fires, soonest level first.

    ``days`` are those of ``planned``, ``states`` where the muscles stand at the last entry.
    """
    seen = AlertInputs(course, days, states, thresholds)
    return by_level(alert for rule in RULES for alert in rule(seen))


def from_today(
    reported_at: datetime | None,
    ends: datetime | None,
    at: datetime,
    behind: tuple[Behind, Behind] = ((), ()),
    thresholds: Thresholds = PROPOSED,
) -> tuple[Alert, ...]:
    """The alerts that depend on today: no report since ``reported_at``, and the plan's end.

    ``behind`` are the entries that last shared the log, and that began the plan.
    """
    found = []
    if reported_at and at - reported_at >= timedelta(days=thresholds.no_report_days):
        found.append(_alert("at_visit", "no_report", behind[0], days=(at - reported_at).days))
    if ends and at >= ends:
        found.append(_alert("at_visit", "plan_over", behind[1], day=f"{_on(ends)} {ends:%Y}"))
    return tuple(found)


def by_level(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """Sort alerts, the soonest level first."""
    return tuple(sorted(alerts, key=lambda alert: LEVELS.index(alert.level)))


def warning_sign(seen: AlertInputs) -> list[Alert]:
    """An emergency or same-day sign that nobody cleared; a code that is not known counts as one."""
    return [
        _alert("today", "warning_sign", (sign.n,), code=sign.code, day=_on(sign.at), sign=_sign(sign.code))
        for sign in seen.course.open_signs
        if CLASSES.get(sign.code, "emergency") in ("emergency", "same_day")
    ]


def stopped_alerts(seen: AlertInputs) -> list[Alert]:
    """Three reds in the last five judged days of a muscle."""
    return _reds(seen, "this_week", "stopped", seen.thresholds.reds, seen.thresholds.reds_of)


def easy_run(seen: AlertInputs) -> list[Alert]:
    """Three easy days running for a muscle."""
    found = []
    for state, _ in plan_muscles(seen.course, seen.states):
        if len(state.easy_days) >= seen.thresholds.easy_days:
            rated = [rating.n for rating in pain_readings(seen.course) if rating.at.date() in state.easy_days]
            found.append(
                _alert("this_week", "easy_run", rated, muscle=_site(state), days=len(state.easy_days))
            )
    return found


def pain_high(seen: AlertInputs) -> list[Alert]:
    """Pain at 7 or more and up by 2 or more on the last two mornings."""
    start, limits = start_pain(seen.course), seen.thresholds
    last = [*morning_ratings(seen.course).values()][-limits.pain_high_mornings :]
    if start is None or len(last) < limits.pain_high_mornings:
        return []
    if not all(
        rating.score >= limits.pain_high and rating.score - start >= limits.pain_high_up for rating in last
    ):
        return []
    scores = " and ".join(str(rating.score) for rating in last)
    return [_alert("this_week", "pain_high", tuple(rating.n for rating in last), scores=scores, start=start)]


def sore_late(seen: AlertInputs) -> list[Alert]:
    """Soreness still above 3 when last asked, 72 hours or more after the needle."""
    found = []
    for (muscle, side), ratings in soreness_readings(seen.course).items():
        last = ratings[-1]
        needled = [
            needling.needled_at
            for needling in seen.course.needlings
            if needling.muscle == muscle
            and needling.needled_at <= last.at
            and (side in (needling.side, "both") or needling.side == "both")
        ]
        since = last.at - max(needled) if needled else timedelta(0)
        late = since >= timedelta(hours=seen.thresholds.sore_late_hours)
        if late and last.score > seen.thresholds.sore_above:
            site = _named(muscle) + ("" if side == "both" else f", {side}")
            found.append(
                _alert("this_week", "sore_late", (last.n,), site=site, score=last.score, days=since.days)
            )
    return found


def function_down(seen: AlertInputs) -> list[Alert]:
    """The mean of the activities is two points or more below where it began."""
    rated = activity_trends(seen.course)
    if not rated:
        return []
    before = mean(first.score for first, _ in rated.values())
    now = mean(last.score for _, last in rated.values())
    if before - now < seen.thresholds.function_down:
        return []
    entries = tuple(sorted({rating.n for pair in rated.values() for rating in pair}))
    return [_alert("this_week", "function_down", entries, before=f"{before:.2g}", now=f"{now:.2g}")]


def stalled_alert(seen: AlertInputs) -> list[Alert]:
    """Fourteen days of silence up to the report, and not yet 21."""
    days = _silent_days(seen)
    if not seen.thresholds.stalled_days <= days < seen.thresholds.dropped_days:
        return []
    return [_alert("this_week", "stalled", _last_active(seen), days=days)]


def dropped_alert(seen: AlertInputs) -> list[Alert]:
    """Twenty-one days of silence up to the report."""
    days = _silent_days(seen)
    if days < seen.thresholds.dropped_days:
        return []
    return [_alert("this_week", "dropped", _last_active(seen), days=days)]


def stepped_back(seen: AlertInputs) -> list[Alert]:
    """Two reds within the last three judged days of a muscle."""
    limits = seen.thresholds
    return _reds(seen, "at_visit", "stepped_back", limits.reds_stepping_back, limits.reds_stepping_back_of)


def pain_up(seen: AlertInputs) -> list[Alert]:
    """Pain now is two points or more above the start."""
    change = pain_trend(seen.course)
    if change.points is None or change.now is None or change.points < seen.thresholds.pain_up:
        return []
    return [_alert("at_visit", "pain_up", (change.now.n,), start=change.start, now=change.now.score)]


def held_alert(seen: AlertInputs) -> list[Alert]:
    """A muscle has been too long in one phase, as care counts it."""
    found = []
    for state, phase in plan_muscles(seen.course, seen.states):
        too_long = seen.course.last_at and held_too_long(state, phase, seen.course.last_at)
        if too_long:
            judged = [n for judgement in state.judged for n in judgement.entries]
            found.append(
                _alert("at_visit", "held", judged, muscle=_site(state), phase=too_long[0], days=too_long[1])
            )
    return found


def missed_alert(seen: AlertInputs) -> list[Alert]:
    """Two planned days in a row with nothing opened, within the last two weeks of the report."""
    planned = [day for day in seen.days if day.sessions]
    if not planned or seen.course.last_at is None:
        return []
    since = seen.course.last_at.date() - timedelta(days=seen.thresholds.missed_within_days)
    run: list[PlannedDay] = []
    longest: list[PlannedDay] = []
    for day in planned:
        run = [*run, day] if day.missed else []
        if day.day >= since and len(run) >= len(longest):
            longest = run
    if len(longest) < seen.thresholds.missed_in_a_row:
        return []
    first, last = longest[0].day, longest[-1].day
    return [
        _alert(
            "at_visit",
            "missed",
            _last_before(seen, longest[0]),
            days=len(longest),
            first=_on(first),
            last=_on(last),
        )
    ]


def left_out(seen: AlertInputs) -> list[Alert]:
    """An exercise was stopped for pain in two sessions, and is dealt no more."""
    found = []
    for exercise, times in seen.course.stopped_for_pain.items():
        if times >= seen.thresholds.left_out_times:
            name, entries = _pain_stops(seen.course, exercise)
            found.append(_alert("at_visit", "left_out", entries, exercise=name, times=times))
    return found


RULES: tuple[Callable[[AlertInputs], list[Alert]], ...] = (
    warning_sign,
    stopped_alerts,
    easy_run,
    pain_high,
    sore_late,
    function_down,
    dropped_alert,
    stalled_alert,
    stepped_back,
    pain_up,
    held_alert,
    missed_alert,
    left_out,
)
"""Every rule that the log alone can fire."""


def ends_of_plan(course: Course) -> datetime | None:
    """When the plan in force ends."""
    return plan_ends(course.began[-1]) if course.began else None


def _alert(level: Level, rule: str, entries: Iterable[int | str], **values: object) -> Alert:
    return Alert(level, rule, wording.ALERTS[rule](**values), tuple(entries))


def _sign(code: str) -> str:
    return wording.SIGNS[code].text if code in wording.SIGNS else "a sign this version does not know"


def _on(day: date) -> str:
    return f"{day.day} {day:%B}"


def _named(slug: str) -> str:
    return slug.replace("-", " ")


def _site(state: MuscleState) -> str:
    return _named(state.muscle) + ("" if state.side == "both" else f", {state.side}")


def _reds(seen: AlertInputs, level: Level, rule: str, least: int, of: int) -> list[Alert]:
    found = []
    for state, _ in plan_muscles(seen.course, seen.states):
        last = state.judged[-of:]
        red = [judgement for judgement in last if judgement.outcome == "red"]
        if len(red) >= least:
            entries = sorted({n for judgement in red for n in judgement.entries})
            found.append(_alert(level, rule, entries, muscle=_site(state), reds=len(red), of=len(last)))
    return found


def _silent_days(seen: AlertInputs) -> int:
    """Days between the patient's last entry, or the plan's beginning, and the report; away days leave."""
    course = seen.course
    since = course.active_at or (course.began[-1].at if course.began else None)
    until = course.reported_at
    if since is None or until is None or until <= since:
        return 0
    away = sum(day > since.date() for day in away_days(course, until.date()))
    return max(0, (until - since).days - away)


def _last_active(seen: AlertInputs) -> tuple[int, ...]:
    return () if seen.course.active_n is None else (seen.course.active_n,)


def _last_before(seen: AlertInputs, day: PlannedDay) -> tuple[int, ...]:
    """The last session opened before a missed day."""
    before = [
        seen.course.opened_by[session.session]
        for session in seen.course.sessions.values()
        if session.day < day.day and session.session in seen.course.opened_by
    ]
    return tuple(before[-1:])


def _pain_stops(course: Course, exercise: str) -> tuple[str, tuple[int, ...]]:
    name, entries = exercise, []
    for session in course.sessions.values():
        item = session.item(exercise)
        name = item.name if item else name
        entries += [kept.n for kept in session.entries if _is_pain_stop(kept, exercise)]
    return name, tuple(entries)


def _is_pain_stop(kept: CorrectableEntry, exercise: str) -> bool:
    event = kept.event
    return isinstance(event, SetSkipped) and event.exercise == exercise and event.reason == "pain"
