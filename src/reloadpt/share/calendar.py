"""Reminders for any calendar (RFC 5545): when to look what is due, the next visit, the end of the plan.

A calendar is read by others and synced: nothing in it says which muscle, whose clinic, or why. It goes by the plan
and by time alone; the app says what is really due, and what is locked.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from reloadpt import __version__, wording
from reloadpt.care.due import may_be_dealt, reckon
from reloadpt.care.following import follow_days
from reloadpt.care.history import History, read_plan_period
from reloadpt.care.phases import OPENS_AFTER, RESET_LASTS
from reloadpt.files import clean
from reloadpt.journal.events import PlanStarted
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan, Target
from reloadpt.program.programme import PHASES, Phase

if TYPE_CHECKING:
    from icalendar import Calendar

NAMESPACE = uuid.UUID("5e9b41c8-3c0e-5b5d-8a57-2f4d1c7a9e60")
OURS = b"PRODID:-//reloadpt//"
LONGEST = timedelta(days=400)
COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)
"""A calendar takes an event as the newer one by its sequence: the minutes since then."""


@dataclass(frozen=True)
class Span:
    """Some days of a plan with the same number of sessions each, from the moment at which they begin."""

    begins: datetime
    last: date
    a_day: int


@dataclass(frozen=True)
class Reminders:
    """What goes into a calendar: at which times of day, in which zone, and how many minutes before."""

    times: tuple[time, ...]
    zone: ZoneInfo
    before: timedelta = timedelta(0)


def reminders_calendar(plan: Plan, library: Library, reminders: Reminders, at: datetime) -> Calendar:
    """The reminders of ``plan`` from ``at`` on; the ids are those of any earlier calendar of this patient's alias.

    What is over is left out. Importing again replaces what is there, that of an earlier plan too, in calendars that
    go by ids: the first days of one plan take the place of the first days of the one before, and so on.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//reloadpt//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    stretches = spans(plan, library)
    for place, (span, following) in enumerate(zip(stretches, [*stretches[1:], None], strict=False)):
        ends = following.begins if following else None
        for number, slot in enumerate(_spread_times(reminders.times, span.a_day)):
            event = _session_event(plan, span, ends, ("session", place, number), slot, reminders, at)
            if event is not None:
                calendar.add_component(event)
    for event in _single_events(plan, reminders, at):
        calendar.add_component(event)
    calendar.add_missing_timezones(
        first_date=at.date() - timedelta(days=366), last_date=plan_end(plan).date() + LONGEST
    )
    return calendar


def plan_end(plan: Plan) -> datetime:
    """When a plan ends; one that says it lasts for years is not believed."""
    return min(plan.over_at, plan.made_at + LONGEST)


def spans(plan: Plan, library: Library) -> list[Span]:
    """The days of a plan, cut where a muscle's next phase may open by time alone.

    Each day has one session at least: where nothing is due, how the day before felt is what is asked.
    """
    targets = [target for target in plan.targets if may_be_dealt(plan, target, library)]
    end = plan_end(plan)
    cuts = sorted({opens for target in targets for opens in _openings(plan, target) if opens < end})
    stretches = []
    for i, begins in enumerate(cuts):
        # a day on which a phase opens belongs to the one before, up to then
        until = cuts[i + 1].date() if i + 1 < len(cuts) else end.date()
        stretches.append(Span(begins, until, _sessions_a_day(plan, library, begins)))
    return stretches


def _openings(plan: Plan, target: Target) -> list[datetime]:
    return [target.needled_at + _delay(phase, target) for phase in PHASES if _allowed(plan, target, phase)]


def _delay(phase: Phase, target: Target) -> timedelta:
    return RESET_LASTS if phase == "activate" and not target.early else OPENS_AFTER[phase]


def _allowed(plan: Plan, target: Target, phase: Phase) -> bool:
    ceiling = "activate" if plan.self_made else target.ceiling or "perform"
    return PHASES.index(phase) <= PHASES.index(ceiling)


def _sessions_a_day(plan: Plan, library: Library, at: datetime) -> int:
    """How many sessions a day asks for at ``at`` where every phase that time opens is open; one at least."""
    history = History()
    states = follow_days(history, at, read_plan_period(PlanStarted(plan=plan.as_json()), 0, at))
    for state in states.muscles.values():
        state.passed = state.reached = "perform"
        state.last_done = at.date()
    asked = reckon(plan, library, history, at, states).dealt.asked
    return max((movement.rounds for movement in asked), default=1)


def _spread_times(times: Sequence[time], a_day: int) -> list[time]:
    """So many times of a day, spread over those given; fewer where fewer are given."""
    count = min(a_day, len(times))
    if count == 1:
        return [times[0]]
    return [times[round(i * (len(times) - 1) / (count - 1))] for i in range(count)]


def _session_event(
    plan: Plan,
    span: Span,
    ends: datetime | None,
    key: tuple[object, ...],
    slot: time,
    reminders: Reminders,
    at: datetime,
) -> Any:
    """One time of day over a span, from ``at`` on and up to ``ends``; None where nothing of it is left."""
    first = span.begins.astimezone(reminders.zone).date()
    days = (first + timedelta(days=k) for k in range((span.last - first).days + 2))
    starts = [datetime.combine(day, slot, reminders.zone) for day in days if day <= span.last]
    starts = [start for start in starts if start > max(at, span.begins) and (ends is None or start <= ends)]
    if not starts:
        return None
    event = _event(plan, key, starts[0], wording.REMINDER_TITLE(), reminders, at)
    event.add("description", wording.REMINDER())
    if len(starts) > 1:
        event.add("rrule", {"freq": "DAILY", "until": starts[-1].astimezone(UTC)})
    return event


def _single_events(plan: Plan, reminders: Reminders, at: datetime) -> Iterator[Any]:
    """The next visit, and the end of the plan."""
    if plan.next_visit and plan.next_visit > at:
        start = plan.next_visit.astimezone(reminders.zone)
        event = _event(plan, ("visit",), start, wording.REMINDER_VISIT_TITLE(), reminders, at)
        event.add("description", wording.REMINDER_VISIT())
        event.add_component(_alarm(timedelta(days=1), wording.REMINDER_VISIT()))
        yield event
    end = datetime.combine(
        plan_end(plan).astimezone(reminders.zone).date(), reminders.times[0], reminders.zone
    )
    if end > at:
        event = _event(plan, ("end",), end, wording.REMINDER_END_TITLE(), reminders, at)
        event.add("description", wording.REMINDER_END())
        yield event


def _event(
    plan: Plan, key: tuple[object, ...], start: datetime, title: str, reminders: Reminders, at: datetime
) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uuid.uuid5(NAMESPACE, ' '.join(map(str, (plan.patient, *key))))}@reloadpt")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("sequence", int((at - COUNTED_FROM).total_seconds()) // 60)
    event.add("dtstart", start)
    event.add("duration", timedelta(minutes=15))
    event.add("summary", clean(title))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(reminders.before, title))
    return event


def _alarm(before: timedelta, text: str) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", clean(text))
    return alarm
