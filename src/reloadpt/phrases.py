"""How days, moments, counts and places are said; it knows plain values alone, no entry and no plan."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from reloadpt.clock import in_zone

WEEKDAY_WITHIN = timedelta(days=6)
KG_PER_LB = 0.45359237
TWO_SIDES = {"left": "on the left", "right": "on the right"}


def count_phrase(count: int, thing: str) -> str:
    """A count of things: ``1 set``, ``3 sets``."""
    return f"{count} {thing}{'' if count == 1 else 's'}"


def span_phrase(span: timedelta) -> str:
    """How long something lasted, in the largest whole unit: ``40 minutes``, ``3 hours``, ``2 days``."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 60:
        return count_phrase(minutes, "minute")
    return count_phrase(minutes // 60, "hour") if minutes < 48 * 60 else count_phrase(minutes // 1440, "day")


def weight_phrase(kg: float, unit: str) -> str:
    """A weight in kilograms or pounds: ``2.5 kg``, ``5 lb``."""
    return f"{kg / KG_PER_LB:.3g} lb" if unit == "lb" else f"{kg:g} kg"


def place_phrase(place: str, side: str) -> str:
    """A place or a muscle with its side, where it has one: ``back``, ``back, on the left``."""
    return f"{place}, {TWO_SIDES[side]}" if side in TWO_SIDES else place


def day_phrase(day: date, today: date) -> str:
    """A day to come or gone: ``today``, ``tomorrow``, ``yesterday``, ``on Tuesday``, ``on 12 November``."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    if near:
        return near
    return f"on {day:%A}" if abs(day - today) <= WEEKDAY_WITHIN else f"on {calendar_day_phrase(day)}"


def calendar_day_phrase(day: date) -> str:
    """A day without its weekday: ``20 November``."""
    return f"{day.day} {day:%B}"


def date_phrase(day: date) -> str:
    """A date in full: ``Tuesday 1 December``."""
    return f"{day:%A} {calendar_day_phrase(day)}"


def moment_phrase(moment: datetime, at: datetime) -> str:
    """A moment told at ``at``, in the zone where it happens: ``today at 09:00``, ``on Tuesday at 09:00``."""
    local = in_zone(moment, at)
    return f"{day_phrase(local.date(), at.date())} at {local:%H:%M}"
