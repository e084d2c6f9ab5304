"""What was done away from the screen, told later: sets and a check-in for today or a day that has been."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from reloadpt.care.due import day_end, due_on
from reloadpt.care.history import History
from reloadpt.files import Trouble, clip
from reloadpt.journal.events import (
    AnyEvent,
    CheckedIn,
    DueItem,
    Item,
    SessionClosed,
    SetDone,
    Side,
    Soreness,
    Source,
)
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan

OLDEST = timedelta(days=28)
"""So far back something can still be told: what is remembered later is no record."""
MOST_SETS = 20
"""The most sets of one exercise and side that one telling holds."""
NOTHING = "Nothing was written."


@dataclass(frozen=True)
class BackfilledSets:
    """Sets of one exercise on one side, all alike, as they are remembered; None where that is not known."""

    exercise: str
    side: Side
    sets: int
    reps: int | None = None
    hold_s: float | None = None
    load_kg: float | None = None


def as_dealt(item: Item | DueItem, side: Side, sets: int) -> BackfilledSets:
    """Sets of an item at the dose that was dealt."""
    return BackfilledSets(item.exercise, side, sets, item.reps, float(item.hold_s) or None, item.load_kg)


def open_sets(
    plan: Plan, library: Library, history: History, day: date, at: datetime
) -> list[tuple[Item | DueItem, Side, int]]:
    """How many sets were due on ``day`` and are not done, by exercise and side.

    Of a day that changed in its middle it is what its sessions dealt; of days before the plan was taken into use here
    what the plan asks for by time alone.
    """
    due = history.dues.get(day.isoformat()) if day < at.date() else None
    due = due or due_on(plan, library, history, at if day == at.date() else day_end(day, at))
    done = Counter(
        (entry.event.exercise, entry.event.side)
        for session in history.sessions.values()
        for entry in session.entries
        if isinstance(entry.event, SetDone) and session.day_of(entry) == day
    )
    asked: list[tuple[Item | DueItem, int]] = [(item, item.times) for item in due.items]
    opened = [session for session in history.sessions.values() if session.day == day and session.items]
    if due.standing == "as_dealt" and opened and day < at.date():
        asked = [(item, 1) for session in opened for item in session.items if not item.optional]
    left: dict[tuple[str, Side], tuple[Item | DueItem, Side, int]] = {}
    for item, times in asked:
        for side in item.sides:
            before = left.get((item.exercise, side), (item, side, 0))[2]
            left[item.exercise, side] = (item, side, before + item.sets * times)
    counted = [
        (item, side, sets - sum(done[name, side] for name in {item.exercise, *item.credits}))
        for item, side, sets in left.values()
    ]
    return [(item, side, min(sets, MOST_SETS)) for item, side, sets in counted if sets > 0]


def sides_of(exercise: str, plan: Plan, library: Library, history: History) -> tuple[Side, ...]:
    """The sides on which an exercise is done: as it was dealt last, else as the plan or the programme has it.

    ``Trouble`` where none of them knows it.
    """
    dealt = [item for session in history.sessions.values() if (item := session.item(exercise))]
    if dealt:
        return dealt[-1].sides
    own = next((listed for listed in plan.exercises if listed.id == exercise), None)
    found = own or library.exercise(exercise)
    if not found.dose.per_side:
        return ("both",)
    sides = {target.side for target in plan.targets if target.muscle == exercise.partition("/")[0]}
    return ("left", "right") if sides != {"left"} and sides != {"right"} else (sides.pop(),)


def first_day(history: History, at: datetime) -> date:
    """The first day of which something can be told at ``at``: since the first needling, four weeks back at most."""
    begun = [needling.needled_at.date() for needling in history.needlings]
    begun += [history.plan_started_at.date()] if history.plan_started_at else []
    return max(min(begun, default=at.date()), at.date() - OLDEST, history.trimmed_to or date.min)


def check_day(history: History, day: date, at: datetime) -> None:
    """Refuse a day of which nothing can be told: one to come, or one too far back."""
    if day > at.date():
        raise Trouble(f"{day} is still to come. {NOTHING}")
    first = first_day(history, at)
    if day < first:
        raise Trouble(f"{day} is too far back: what was done can be told for days from {first} on. {NOTHING}")


def sets_told_later(
    history: History,
    done: Iterable[BackfilledSets],
    day: date,
    at: datetime,
    worst: int | None = None,
    source: Source = "back_filled",
) -> list[AnyEvent]:
    """The entries of what was done on ``day``, as a session of its own; ``worst`` is the worst pain in it, 0-10.

    Raises:
        Trouble: nothing can be told of that day, or there is no set, or too many.
    """
    check_day(history, day, at)
    session = history.next_session(day)
    for_day = day.isoformat() if day != at.date() else None
    numbers: dict[tuple[str, Side], int] = {}
    events: list[AnyEvent] = []
    for sets in done:
        for _ in range(sets.sets):
            number = numbers[sets.exercise, sets.side] = numbers.get((sets.exercise, sets.side), 0) + 1
            if number > MOST_SETS:
                raise Trouble(f"More than {MOST_SETS} sets of {clip(sets.exercise)} are too many. {NOTHING}")
            events.append(
                SetDone(
                    session=session,
                    exercise=sets.exercise,
                    side=sets.side,
                    set=number,
                    reps=sets.reps,
                    hold_s=sets.hold_s,
                    load_kg=sets.load_kg,
                    source=source,
                    for_day=for_day,
                )
            )
    if not events:
        raise Trouble(f"There is no set to write down. {NOTHING}")
    return [*events, SessionClosed(session=session, how="finished", worst=worst)]


def checked_in_later(
    history: History,
    day: date,
    at: datetime,
    when: Literal["before", "morning", "other"],
    *,
    pain: int | None = None,
    worst: int | None = None,
    soreness: Sequence[Soreness] = (),
    zone: str | None = None,
) -> CheckedIn:
    """The entry of how it was on ``day``, told later. No warning sign is asked or answered by it.

    Raises:
        Trouble: nothing can be told of that day, or no number is given.
    """
    check_day(history, day, at)
    if pain is None and worst is None and not soreness:
        raise Trouble(f"A check-in needs a number. {NOTHING}")
    return CheckedIn(
        when=when,
        pain=pain,
        worst=worst,
        soreness=tuple(soreness),
        zone=zone,
        for_day=day.isoformat() if day != at.date() else None,
    )
