"""What there is to exercise with: as the plan says, then as the patient said of home, then where they are now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import get_args

from reloadpt.care.doses import WEIGHED
from reloadpt.care.history import History
from reloadpt.clock import as_day
from reloadpt.journal.events import AtHand, Item
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan
from reloadpt.program.programme import HOME, Equipment, Exercise

EQUIPMENT: tuple[Equipment, ...] = get_args(Equipment)
TAKEN_FOR_GRANTED = frozenset({"none", "mat", *HOME})


def with_what_is_there(plan: Plan, history: History, at: datetime) -> Plan:
    """The plan with the equipment and the weights that are there on the day of ``at``."""
    for told in history.at_hand:
        if told.from_ is None:
            plan = _with(plan, told)
    for told in history.at_hand:
        if is_away(told, at.date()):
            plan = _with(replace(plan, weights_kg=()), told)
    return plan


def is_away(told: AtHand, day: date) -> bool:
    """Whether it says what is there on ``day`` away from home."""
    first, last = as_day(told.from_ or ""), as_day(told.to or "")
    return first is not None and last is not None and first <= day <= last


def _with(plan: Plan, told: AtHand) -> Plan:
    has, weights_kg = plan.has, plan.weights_kg
    if told.has is not None:
        has = tuple(thing for thing in EQUIPMENT if thing in told.has) or ("none",)
    if told.weights_kg is not None:
        weights_kg = told.weights_kg
        if not weights_kg:
            left = tuple(thing for thing in has or EQUIPMENT if thing not in WEIGHED)
            has = left or ("none",)
    return replace(plan, has=has, weights_kg=weights_kg)


@dataclass(frozen=True)
class ToAskAtHand:
    """What is not known of what is there: the equipment that is in question, and whether weights are."""

    equipment: tuple[Equipment, ...]
    weights: bool


def to_ask_at_hand(
    plan: Plan, library: Library, history: History, items: Iterable[Item], at: datetime
) -> ToAskAtHand | None:
    """What to ask before ``items`` are begun, once for a plan; None where everything they need is known."""
    if any(told.from_ is None or is_away(told, at.date()) for told in history.at_hand):
        return None
    known = {exercise.id: exercise for exercise in exercises_of_plan(plan, library)}
    needed = {thing for item in items if item.exercise in known for thing in known[item.exercise].equipment}
    needed -= TAKEN_FOR_GRANTED
    if not needed or (plan.has and (plan.weights_kg or not needed & WEIGHED)):
        return None
    return ToAskAtHand(() if plan.has else equipment_of(known.values()), weights=not plan.weights_kg)


def exercises_of_plan(plan: Plan, library: Library) -> list[Exercise]:
    """Every exercise of the muscles of a plan, its own laid over the programmes'."""
    muscles = dict.fromkeys(target.muscle for target in plan.targets)
    shipped = [exercise for muscle in muscles for exercise in library.programme(muscle).exercises]
    return [*({exercise.id: exercise for exercise in (*shipped, *plan.exercises)}).values()]


def equipment_of(exercises: Iterable[Exercise]) -> tuple[Equipment, ...]:
    """What some exercises need beyond what is in every home, in the order of the words."""
    needed = {thing for exercise in exercises for thing in exercise.equipment}
    return tuple(thing for thing in EQUIPMENT if thing in needed - TAKEN_FOR_GRANTED)
