"""Whether a muscle has been too long in a phase that nobody meant it to stay in, for how many days, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import msgspec

from reloadpt.care.history import History, same_side
from reloadpt.care.muscle_state import MuscleState
from reloadpt.care.phases import GREENS_TO_OPEN, is_held, must_ask
from reloadpt.care.thresholds import PROPOSED
from reloadpt.clock import as_day
from reloadpt.program.plan import LAST_DOSES, Plan, Target
from reloadpt.program.programme import PHASES

ONE_DAY = timedelta(days=1)
HELD_AFTER = {
    "sore": PROPOSED.held_sore_days,
    "activate": PROPOSED.held_activate_days,
    "reload": PROPOSED.held_reload_days,
}
"""Days held back by soreness, or in a phase, after which it is too long."""
GATES = {"easier.cleared": "cleared", "easier.none": "design"}
"""Rules of items that stand in where a gate waits: for a word of the therapist, or because a cell is empty by design."""


class HeldBack(msgspec.Struct, frozen=True):
    """A muscle held too long: in which stay (``sore`` or a phase), for how many days in this run, and why."""

    stay: str
    days: int
    why: str

    @property
    def is_gate(self) -> bool:
        """Whether only the therapist, or the programme's own design, keeps it there."""
        return self.why in GATES.values()


def held_back(
    history: History, plan: Plan, target: Target, state: MuscleState, at: datetime
) -> HeldBack | None:
    """How a muscle is held too long at ``at``; None where it is not, or somebody means it to stay."""
    if not state.stays or state.stopped or at >= plan.over_at + LAST_DOSES or must_ask(state, at.date()):
        return None
    stay = state.stays[-1][0]
    ceiling = target.ceiling or ("activate" if plan.self_made else "perform")
    lowest = "activate" if stay == "sore" else stay
    meant = PHASES.index(lowest) >= PHASES.index(ceiling)
    if stay not in HELD_AFTER or (meant and (stay != "sore" or ceiling == "reset")):
        return None
    days = _days_held(history, state, stay, at)
    return HeldBack(stay, days, _why(history, state, stay)) if days >= HELD_AFTER[stay] else None


def _days_held(history: History, state: MuscleState, stay: str, at: datetime) -> int:
    """The whole days of one stay in this run, less the reset day after each needle and those that were paused."""
    ends = [first for _, first in state.stays[1:]] + [at.date()]
    needled = {
        needling.needled_at.astimezone(at.tzinfo).date()
        for needling in history.needlings
        if needling.muscle == state.muscle and same_side(needling.side, state.side)
    }
    left_out = [*_pauses(history), *((day, day) for day in needled)]
    return sum(
        days_between(first, end - ONE_DAY, left_out)
        for (held, first), end in zip(state.stays, ends, strict=True)
        if held == stay
    )


def unpaused_days(history: History, first: date, last: date) -> int:
    """How many of the days from ``first`` to ``last``, both included, were not said to be paused."""
    return days_between(first, last, _pauses(history))


def days_between(first: date, last: date, left_out: Iterable[tuple[date, date]]) -> int:
    """How many days there are from ``first`` to ``last``, both included, outside the spans ``left_out``."""
    count, following = 0, first
    for begin, end in sorted(left_out):
        count += max(0, (min(begin - ONE_DAY, last) - following).days + 1)
        following = max(following, end + ONE_DAY)
    return count + max(0, (last - following).days + 1)


def is_paused(history: History, day: date) -> bool:
    """Whether a day was said to be paused."""
    return any(first <= day <= last for first, last in _pauses(history))


def _pauses(history: History) -> Iterator[tuple[date, date]]:
    for pause in history.pauses:
        first, last = as_day(pause.from_), as_day(pause.to)
        if first and last:
            yield first, last


def _why(history: History, state: MuscleState, stay: str) -> str:
    """What really keeps a muscle there: the name of its words in ``wording.HELD_WHY``."""
    if is_held(state):
        return "sore"
    stand_ins = _latest_stand_ins(history, state)
    if stand_ins:
        return stand_ins
    last = state.last_judged
    if state.easy_days and (last is None or last.day < state.easy_days[-1]):
        return "easy"
    if stay == "activate" and state.sore is None and state.greens >= GREENS_TO_OPEN:
        return "unsaid"
    if last is None:
        return "undone"
    if last.outcome == "red":
        return "red"
    if last.rule in ("no_rating", "no_morning"):
        return "unrated"
    return "high" if last.outcome == "amber" else "few"


def _latest_stand_ins(history: History, state: MuscleState) -> str:
    """Why the latest items of a muscle stood in for those of its phase; empty where they did not."""
    for session in reversed(history.sessions.values()):
        rules = {item.rule for item in session.items if item.muscle == state.muscle}
        if rules:
            gates = [GATES[rule] for rule in sorted(rules) if rule in GATES]
            return gates[0] if gates else "home" if "easier" in rules else ""
    return ""
