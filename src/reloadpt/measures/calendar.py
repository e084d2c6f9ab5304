"""A log as a calendar: for each day whether what was planned was done, and whether a needle fell on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from reloadpt.measures.course import Course
from reloadpt.measures.planned import PlannedDay, Standing, away_days, monday

State = Literal["done", "part", "beside", "left", "paused", "locked", "free"]
"""All sessions done, some of it, only what was not planned, nothing of what was planned, or nothing was planned."""


@dataclass(frozen=True)
class CalendarDay:
    """One day."""

    day: date
    state: State
    needled: bool


def calendar_weeks(
    course: Course, dealt: Iterable[PlannedDay], until: date, weeks: int
) -> tuple[tuple[CalendarDay, ...], ...]:
    """The last ``weeks`` calendar weeks up to that of ``until``, Mondays first, none before the log began."""
    known = {day.day: day for day in dealt}
    away = away_days(course, until)
    needled = {needling.needled_at.date() for needling in course.needlings}
    begun = min([*needled, *known, until])
    first = max(monday(until) - timedelta(weeks=weeks - 1), monday(begun))
    count = (monday(until) - first).days // 7 + 1
    days = [first + timedelta(days=k) for k in range(7 * count)]
    told = [CalendarDay(day, _state(known.get(day), away.get(day)), day in needled) for day in days]
    return tuple(tuple(told[at : at + 7]) for at in range(0, len(told), 7))


def _state(day: PlannedDay | None, away: Standing | None) -> State:
    if away == "locked":
        return "locked"
    if day is None or (not day.sessions and not day.extra):
        return "paused" if away == "paused" else "free"
    if not day.sessions:
        return "beside"
    if all(session.done for session in day.sessions):
        return "done"
    return "part" if day.extra or any(planned_set.done for planned_set in day.sets) else "left"
