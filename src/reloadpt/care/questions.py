"""What to ask, and when: few questions, each answered with one key, each only when it is worth asking."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from reloadpt.care.days import CheckIn, check_ins_of, latest_needlings
from reloadpt.care.history import History, same_side
from reloadpt.care.in_words import short_name
from reloadpt.care.safety import (
    CLASSES,
    COVERED,
    WATCH_AFTER_SIGN,
    NeedledMuscle,
    signs_in_order,
    signs_to_ask,
    watched_longer,
)
from reloadpt.care.thresholds import PROPOSED
from reloadpt.files import Trouble
from reloadpt.journal.events import Item, Side
from reloadpt.program.library import Library
from reloadpt.program.other_muscles import OTHER_MUSCLES
from reloadpt.program.plan import AlsoNeedled, Plan, Target

CHECKIN_LASTS = timedelta(hours=PROPOSED.checkin_lasts_hours)
"""A rating of pain before a session counts for this long."""
SORENESS_ASKED = timedelta(days=PROPOSED.soreness_asked_days)
"""After it soreness has nothing more to do with the needle."""
EVERY_TIME = timedelta(hours=PROPOSED.signs_each_time_hours)
"""For so long after a needling the warning signs are asked at every check-in, later once a day."""
WEEK = timedelta(days=7)
MOST_ACTIVITIES = 3
EFFORT_FOR = ("strength", "isometric")
TWO_MORE_FOR = ("strength",)

Moment = Literal["first", "morning", "later"]


class SorenessQuestion(msgspec.Struct, frozen=True):
    """How sore one needled muscle is; ``last`` is what was said before, confirmed with one key."""

    muscle: str
    side: Side
    name: str
    last: int | None


class CheckInQuestions(msgspec.Struct, frozen=True):
    """One check-in. ``when`` is what its entry says; ``last_pain`` can be confirmed with one key.

    ``worst`` (in the last day) may be left out by the patient. ``signs`` are codes for one screen with "none
    of these"; ``known_symptoms`` are shown beside them as "worse?". ``missed`` are two planned days on which
    nothing was opened: what stood in the way?
    """

    moment: Moment
    when: Literal["before", "morning"]
    last_pain: int | None
    soreness: tuple[SorenessQuestion, ...]
    worst: bool
    signs: tuple[str, ...]
    known_symptoms: tuple[str, ...]
    activities: tuple[str, ...]
    missed: tuple[date, date] | None


class ExerciseQuestion(msgspec.Struct, frozen=True):
    """How one exercise felt: pain and its place always, the others where they are worth asking."""

    exercise: str
    name: str
    effort: bool
    two_more: bool
    three_more: bool


class AfterSession(msgspec.Struct, frozen=True):
    """What to ask at the end, all on one screen: one worst pain for what was gentle, else by exercise."""

    worst: bool
    exercises: tuple[ExerciseQuestion, ...]


def check_in_due(
    plan: Plan,
    library: Library,
    history: History,
    at: datetime,
    planned: Callable[[date], bool],
    *,
    due: bool,
) -> CheckInQuestions | None:
    """The check-in to make at ``at``, where one is needed; ``due``: exercises are due now, ``planned``: on a day."""
    given = [check_in for check_in in check_ins_of(history) if check_in.said.when != "other"]
    today = [check_in for check_in in given if check_in.day == at.date()]
    signs = _signs_due(plan, library, history, at, today)
    # a check-in told on the command line asks no signs, and stands in for none
    unasked = bool(signs and today) and not max(today, key=_in_order).said.asked
    if today and not (due and (unasked or _used_or_old(history, given, at))):
        return None
    begun = history.plan_started_at or plan.made_at
    moment: Moment = "later" if today else "morning"
    forgotten = history.trimmed_to is not None and begun.date() < history.trimmed_to
    if not forgotten and not any(check_in.at >= begun for check_in in given):
        moment = "first"
    last = max(
        (check_in for check_in in given if check_in.said.pain is not None), key=_in_order, default=None
    )
    return CheckInQuestions(
        moment=moment,
        when="before" if today or moment == "first" else "morning",
        last_pain=last.said.pain if last else None,
        soreness=_soreness(plan, library, history, at),
        worst=moment == "morning",
        signs=signs,
        known_symptoms=plan.known_symptoms if signs else (),
        activities=() if moment == "later" else _activities(plan, history, at),
        missed=None if moment == "later" else missed_days(history, planned, begun.date(), at),
    )


def after_session(items: Sequence[Item], done: Collection[str] | None = None) -> AfterSession:
    """What to ask after a session of ``items``; ``done`` are the exercises of which a set was done."""
    were_done = [item for item in items if done is None or item.exercise in done]
    loaded = [item for item in were_done if item.phase != "reset" and item.rule != "day.easy"]
    return AfterSession(
        worst=len(loaded) < len(were_done),
        exercises=tuple(
            ExerciseQuestion(
                exercise=item.exercise,
                name=item.name,
                effort=item.type in EFFORT_FOR,
                two_more=item.type in TWO_MORE_FOR and not item.is_loaded,
                three_more=item.type in TWO_MORE_FOR and item.is_loaded,
            )
            for item in loaded
        ),
    )


def signs_now(plan: Plan, library: Library, history: History, at: datetime) -> tuple[str, ...]:
    """The warning signs asked on demand: every one of the body, gravest first.

    However long ago the needle was, and wherever: who presses that key is not told that it is not to be asked.
    """
    early = "SN" in _signs_of_needles(plan, library, history, at)
    asked = signs_in_order(code for code in CLASSES if early or code not in COVERED)
    return _with_watched(asked, history, at)


def needled_muscle(library: Library, muscle: str) -> NeedledMuscle:
    """A muscle as the signs see it."""
    try:
        programme = library.programme(muscle)
    except Trouble:
        other = OTHER_MUSCLES.get(muscle)
        return NeedledMuscle(muscle, other.region if other else "", other.codes if other else ())
    return NeedledMuscle(muscle, programme.region, programme.stop_rules)


def muscles_of_sign(plan: Plan, library: Library, code: str) -> tuple[str, ...]:
    """The muscles of the plan in the region that a sign is of; none where it is of no region more than another."""
    needled = [
        needled_muscle(library, muscle) for muscle in dict.fromkeys(target.muscle for target in plan.targets)
    ]
    regions = {muscle.region for muscle in needled if code in muscle.codes}
    return tuple(muscle.muscle for muscle in needled if muscle.region in regions)


def missed_days(
    history: History, planned: Callable[[date], bool], begun: date, at: datetime
) -> tuple[date, date] | None:
    """The last two days, where both were planned, nothing was opened, and no reason was given yet."""
    days = at.date() - timedelta(days=2), at.date() - timedelta(days=1)
    opened = [session.day for session in history.sessions.values() if session.day <= at.date()]
    last = max(opened, default=None)
    if begun >= days[0] or (last and last >= days[0]):
        return None
    if any(last is None or explained.day > last.isoformat() for explained in history.missed):
        return None
    return days if all(planned(day) for day in days) else None


def _used_or_old(history: History, given: Sequence[CheckIn], at: datetime) -> bool:
    """Whether the last rating belongs to a session that is over, or was given too long ago."""
    last = max(given, key=_in_order)
    session = history.last_opened()
    used = session is not None and session.how is not None and session.opened_at >= last.at
    return used or not timedelta(0) <= at - last.at <= CHECKIN_LASTS


def _signs_due(
    plan: Plan, library: Library, history: History, at: datetime, today: Sequence[CheckIn]
) -> tuple[str, ...]:
    """The warning signs of a check-in, by the hours since each needle; once a day when the first days are over.

    An emergency sign that was marked is asked every time for a week.
    """
    needled = latest_needlings(plan, history)
    lately = not needled or at - max(needled.values()) <= EVERY_TIME
    if not lately and any(check_in.said.asked for check_in in today):
        return _with_watched((), history, at)
    return _with_watched(signs_in_order(_signs_of_needles(plan, library, history, at)), history, at)


def _signs_of_needles(plan: Plan, library: Library, history: History, at: datetime) -> set[str]:
    """The signs that are watched for at ``at`` because of a needle."""
    asked: set[str] = set()
    for muscle, needled_at in latest_needlings(plan, history).items():
        needled = needled_muscle(library, muscle)
        asked |= {*signs_to_ask(needled, needled_at, at, watched_longer(plan, needled.region))}
    return asked


def _with_watched(codes: Collection[str], history: History, at: datetime) -> tuple[str, ...]:
    """Signs with those that were marked lately, gravest first; a watched one hides none that a needle asks for."""
    asked = {*codes, *_watched_signs(history, at)}
    return tuple(code for code in CLASSES if code in asked)


def _watched_signs(history: History, at: datetime) -> set[str]:
    """The emergency signs that were marked in the last seven days: they are asked at each check-in."""
    return {
        sign.code
        for sign in history.signs
        if sign.code in CLASSES
        and sign.sign_class == "emergency"
        and not sign.withdrawn
        and timedelta(0) <= at - sign.marked_at <= WATCH_AFTER_SIGN
    }


def _soreness(plan: Plan, library: Library, history: History, at: datetime) -> tuple[SorenessQuestion, ...]:
    """The needled muscles whose soreness is asked: until it was 0 twice since the needle."""
    found = []
    sites: list[Target | AlsoNeedled] = [*plan.targets, *plan.also_needled]
    for target in sites:
        needled = history.needled_last(target.muscle, target.side) or target.needled_at
        needled = max(needled, target.needled_at)
        given = [
            max(scores)
            for check_in in sorted(check_ins_of(history), key=_in_order)
            if check_in.at >= needled
            and (
                scores := [
                    soreness.score
                    for soreness in check_in.said.soreness
                    if soreness.muscle == target.muscle and same_side(soreness.side, target.side)
                ]
            )
        ]
        if given[-2:] != [0, 0] and at - needled <= SORENESS_ASKED:
            other = OTHER_MUSCLES.get(target.muscle)
            name = other.name if other else short_name(library.programme(target.muscle))
            found.append(SorenessQuestion(target.muscle, target.side, name, given[-1] if given else None))
    return tuple(found)


def _activities(plan: Plan, history: History, at: datetime) -> tuple[str, ...]:
    last = {rated.activity: rated.at.date() for rated in history.activities}
    due = [
        activity
        for activity in plan.activities[:MOST_ACTIVITIES]
        if activity not in last or not timedelta(0) <= at.date() - last[activity] < WEEK
    ]
    return tuple(due)


def _in_order(check_in: CheckIn) -> tuple[datetime, int]:
    return check_in.at, check_in.n
