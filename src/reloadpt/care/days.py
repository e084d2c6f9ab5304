"""The journal by day: when it was rated, what was done and how it felt, and what else fell on that day.

A day is the patient's own: the local date as it was written. Sets back-filled for an earlier day belong to
that day; a session that runs past midnight belongs to the day it began. So a journey across time zones or a
clock set back neither doubles a day nor loses one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from reloadpt.care.history import ActivityScore, History, Needling, PlanPeriod, Session, same_side
from reloadpt.care.signs import Sign
from reloadpt.care.thresholds import PROPOSED
from reloadpt.clock import is_sound
from reloadpt.journal.events import CheckedIn, ExerciseRated, Item, SetDone, SetSkipped, Side
from reloadpt.program.plan import AlsoNeedled, Plan, Target

BEFORE_WITHIN = timedelta(hours=PROPOSED.before_within_hours)
"""A rating this long before a session is of that session, past midnight too."""
MORNING_WITHIN = timedelta(hours=PROPOSED.morning_within_hours)
"""How long after a session its next morning may be rated."""
AFTER_NEEDLE = timedelta(hours=PROPOSED.after_needle_hours)
"""Ratings so soon after a needling enter no mean."""


SHORT_FROM = PROPOSED.short_from_a_day
"""Work so often a day or more is short: it is ticked, and rated once a day."""


class CheckIn(msgspec.Struct, frozen=True):
    """One check-in, as corrected, with the ``n`` of its entry."""

    n: int
    at: datetime
    day: date
    said: CheckedIn


class ExerciseResponse(msgspec.Struct):
    """One ``exercise`` on one ``side`` in one session as it was dealt (``item``), and how it felt.

    ``short``: it was due so often that day that it is ticked. ``done``: a set was; ``confirmed``: one that did not rest on the clock alone; ``hurt``: it was stopped for pain.
    ``pain`` and ``effort`` are 0-10, ``more`` whether two more, or three of a load, would have gone well; ``entries`` are
    the ``n`` of the ratings.
    """

    exercise: str
    side: Side
    item: Item | None
    short: bool = False
    done: bool = False
    confirmed: bool = False
    hurt: bool = False
    pain: int | None = None
    effort: int | None = None
    more: bool | None = None
    entries: list[int] = msgspec.field(default_factory=list)

    @property
    def exercises(self) -> tuple[str, ...]:
        """The exercise and those it is credited to."""
        return (self.exercise, *(self.item.credits if self.item else ()))


class DaySession(msgspec.Struct, frozen=True):
    """What belongs to one day of one session; ``opened_at`` is None where it was written down later."""

    opened_at: datetime | None
    ended_at: datetime | None
    worst: int | None
    responses: tuple[ExerciseResponse, ...]

    def of(self, muscle: str, side: Side) -> tuple[ExerciseResponse, ...]:
        """What was done of one muscle, or tried."""
        return tuple(
            response
            for response in self.responses
            if same_side(response.side, side)
            and (
                works(response.exercise, muscle)
                or (response.item and any(works(name, muscle) for name in response.item.credits))
            )
        )


class Day(msgspec.Struct):
    """One day of the patient."""

    day: date
    check_ins: list[CheckIn] = msgspec.field(default_factory=list)
    sessions: list[DaySession] = msgspec.field(default_factory=list)
    needled: list[Needling] = msgspec.field(default_factory=list)
    plans: list[PlanPeriod] = msgspec.field(default_factory=list)
    spoke: list[datetime] = msgspec.field(default_factory=list)
    checked: list[Sign] = msgspec.field(default_factory=list)

    @property
    def morning(self) -> CheckIn | None:
        """The first rating of usual pain."""
        return next((check_in for check_in in self.check_ins if check_in.said.pain is not None), None)


def short_work_on(history: History, day: date) -> frozenset[str]:
    """The exercises that were due so often on a day that they are ticked, by what was written down of it."""
    due = history.dues.get(day.isoformat())
    often = [
        item
        for item in (due.items if due else ())
        if item.often.per == "day" and item.often.times >= SHORT_FROM
    ]
    return frozenset(exercise for item in often for exercise in (item.exercise, *item.credits))


def works(exercise: str, muscle: str) -> bool:
    """Whether an exercise id is one of a muscle."""
    return exercise.partition("/")[0] == muscle


def patient_days(history: History, after: date | None, until: datetime | None) -> list[Day]:
    """The days on which anything happened, oldest first; ``until`` leaves out what is still to come."""
    days: dict[date, Day] = {}
    for day, moment, event in _dated_events(history, after):
        if (after and day <= after) or not (is_sound(moment) and is_sound(day)):
            continue
        if until and not has_happened(day, moment, until):
            continue
        found = days.setdefault(day, Day(day))
        match event:
            case CheckIn():
                found.check_ins.append(event)
            case DaySession():
                found.sessions.append(event)
            case Needling():
                found.needled.append(event)
            case PlanPeriod():
                found.plans.append(event)
            case Sign():
                found.checked.append(event)
            case _:
                found.spoke.append(moment)
    for found_day in days.values():
        found_day.check_ins.sort(key=lambda check_in: (check_in.at, check_in.n))
    return sorted(days.values(), key=lambda day: day.day)


def _dated_events(
    history: History, after: date | None
) -> Iterator[tuple[date, datetime, CheckIn | DaySession | Needling | PlanPeriod | Sign | None]]:
    for check_in in check_ins_of(history):
        yield check_in.day, check_in.at, check_in
    known: dict[str, Item] = {}
    short = {day: found for day in history.dues if (found := short_work_on(history, date.fromisoformat(day)))}
    for sitting in history.sessions.values():
        known |= {item.exercise: item for item in sitting.items}
        if after and sitting.day <= after and all(entry.day <= after for entry in sitting.entries):
            continue
        for day, session in _day_sessions(sitting, known, short):
            yield day, sitting.opened_at, session
    for needling in history.needlings:
        yield needling.needled_at.date(), needling.needled_at, needling
    for period in history.plan_starts:
        yield period.at.date(), period.at, period
    for sign in history.signs:
        if sign.checked_on and sign.ended_at:
            yield sign.checked_on, sign.ended_at, sign
    for moment in history.spoke:
        yield moment.date(), moment, None


def has_happened(day: date, moment: datetime, at: datetime) -> bool:
    """Whether something of ``day`` has happened at ``at``.

    What lies in the future by its date as well as by its time was written while a clock was wrong; it waits.
    """
    return day <= at.date() or moment <= at


def latest_needlings(plan: Plan, history: History) -> dict[str, datetime]:
    """When each muscle was last needled, on whichever side, in the plan or not."""
    found: dict[str, datetime] = {}
    sites: list[Target | AlsoNeedled | Needling]
    sites = [*plan.targets, *plan.also_needled, *history.needlings]
    for needled in sites:
        found[needled.muscle] = max(needled.needled_at, found.get(needled.muscle, needled.needled_at))
    return found


def check_ins_of(history: History) -> Iterator[CheckIn]:
    """The check-ins, as corrected, with their entries."""
    for entry in history.checkins:
        if isinstance(entry.event, CheckedIn):
            yield CheckIn(entry.n, entry.at, entry.day, entry.event)


def activity_ends(history: History) -> dict[str, tuple[ActivityScore, ActivityScore]]:
    """The first and the latest score of each activity, by time."""
    found: dict[str, tuple[ActivityScore, ActivityScore]] = {}
    for rated in sorted(history.activities, key=lambda rated: rated.at):
        found[rated.activity] = (found.get(rated.activity, (rated, rated))[0], rated)
    return found


def before_rating(rated: Sequence[CheckIn], session: DaySession, day: date) -> CheckIn | None:
    """The rating of usual pain that a session began with; ``rated`` is in order of time."""
    opened = session.opened_at
    if opened is None:
        return None
    index = bisect_right(rated, opened, key=lambda check_in: check_in.at)
    last = rated[index - 1] if index else None
    return last if last and (last.day == day or opened - last.at <= BEFORE_WITHIN) else None


def next_morning(
    rated: Sequence[CheckIn], day: date, ended_at: datetime | None, needled: Sequence[datetime]
) -> CheckIn | None:
    """The first rating after the day ``day``, within 48 hours of its last session; all is in order of time.

    One that follows a new needling says nothing of the session before it.
    """
    first = bisect_right(rated, ended_at, key=lambda check_in: check_in.at) if ended_at else 0
    for check_in in islice(rated, first, None):
        if check_in.day <= day:
            continue
        if ended_at is None:
            return check_in if (check_in.day - day).days <= MORNING_WITHIN.days else None
        spoiled = bisect_right(needled, ended_at) < bisect_right(needled, check_in.at)
        return check_in if check_in.at - ended_at <= MORNING_WITHIN and not spoiled else None
    return None


class Round(NamedTuple):
    """One time that an exercise was done: on which day and when; ``whole`` where no set was left of what was dealt.

    ``at`` is None where it was written down for an earlier day.
    """

    day: date
    at: datetime | None
    whole: bool


def rounds_done(history: History, at: datetime) -> dict[str, list[Round]]:
    """By exercise, credits counted: each session it was done in up to ``at``, in order of days.

    Before the day of ``at`` a round is whole where any of it was done.
    """
    rounds: dict[str, list[Round]] = {}
    for session in history.sessions.values():
        items = _dealt(session)
        times: dict[tuple[str, date], Round] = {}
        left = _left(session) if session.day == at.date() else set()
        for entry in session.entries:
            if not isinstance(entry.event, SetDone):
                continue
            day = session.day_of(entry)
            if not has_happened(day, entry.at, at):
                continue
            item = items.get(entry.event.exercise)
            for exercise in (entry.event.exercise, *(item.credits if item else ())):
                moment = None if entry.event.for_day is not None else entry.at
                times[exercise, day] = Round(day, moment, entry.event.exercise not in left)
        for (exercise, _), done in times.items():
            rounds.setdefault(exercise, []).append(done)
    for of_exercise in rounds.values():
        of_exercise.sort(key=lambda done: done.day)
    return rounds


def _left(session: Session) -> set[str]:
    """The exercises of an ended session of which a set that was dealt was neither done nor skipped."""
    if session.how is None:
        return set()
    written = {(event.exercise, event.side, event.set) for event in session.sets()}
    return {
        item.exercise
        for item in session.items
        for side in item.sides
        for number in range(1, item.sets + 1)
        if (item.exercise, side, number) not in written
    }


def _dealt(session: Session) -> dict[str, Item]:
    """What was dealt in a session, by exercise: the first item of each."""
    return {item.exercise: item for item in reversed(session.items)}


def _day_sessions(
    session: Session, known: Mapping[str, Item], short: Mapping[str, frozenset[str]]
) -> Iterator[tuple[date, DaySession]]:
    """A session day by day; a rating belongs to the day that its exercise was done for.

    What a session was not dealt is weighed as it was dealt last, as ``known`` says.
    """
    items = _dealt(session)
    days: dict[date, dict[tuple[str, Side], ExerciseResponse]] = {}
    last: dict[date, datetime] = {}
    day_of: dict[str, date] = {}
    on_time: set[str] = set()
    for entry in session.entries:
        if isinstance(entry.event, SetDone):
            day_of[entry.event.exercise] = session.day_of(entry)
            if entry.event.for_day is None:
                on_time.add(entry.event.exercise)
    for entry in session.entries:
        event = entry.event
        if not isinstance(event, SetDone | SetSkipped | ExerciseRated):
            continue
        late = False
        if isinstance(event, SetDone):
            late, day = event.for_day is not None, session.day_of(entry)
        else:
            day = day_of.get(event.exercise, session.day)
        felts = days.setdefault(day, {})
        response = felts.get((event.exercise, event.side))
        if response is None:
            item = _item(items, event, known)
            ticked = event.exercise in short.get(day.isoformat(), ())
            response = ExerciseResponse(event.exercise, event.side, item, ticked)
            felts[event.exercise, event.side] = response
        if not late and (event.exercise in on_time or event.exercise not in day_of):
            last[day] = max(entry.at, last.get(day, entry.at))
        _note_response(response, entry.n, event)
    for day, felts in days.items():
        on_the_day = day == session.day and (day in last or bool(session.items))
        times = [moment for moment in (last.get(day), session.closed_at) if moment]
        yield (
            day,
            DaySession(
                opened_at=session.opened_at if on_the_day else None,
                ended_at=max(times, default=None) if on_the_day else None,
                worst=session.worst,
                responses=tuple(felts.values()),
            ),
        )


def _note_response(response: ExerciseResponse, n: int, event: SetDone | SetSkipped | ExerciseRated) -> None:
    """Take in what entry ``n`` says of an exercise."""
    match event:
        case SetDone():
            response.done = True
            response.confirmed = response.confirmed or event.is_confirmed
        case SetSkipped():
            response.hurt = response.hurt or event.reason == "pain"
        case ExerciseRated():
            scores = [score for score in (response.pain, event.pain) if score is not None]
            response.pain = max(scores, default=None)
            response.effort = event.effort
            response.more = event.two_more if event.three_more is None else event.three_more
            response.entries.append(n)


def _item(
    items: Mapping[str, Item], event: SetDone | SetSkipped | ExerciseRated, known: Mapping[str, Item]
) -> Item | None:
    dealt = items.get(event.exercise)
    if dealt or event.exercise not in known:
        return dealt
    return replace(known[event.exercise], rule="", side=event.side)
