"""The time, with the patient's own offset; the one place that asks the machine for it."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

SOUND_YEARS = range(1990, 2200)
"""A time outside these years is a mistake, and would break the arithmetic of dates."""


def is_sound(moment: date) -> bool:
    """Whether a day or a time can be reckoned with."""
    return moment.year in SOUND_YEARS


def as_day(text: str) -> date | None:
    """Read a ``YYYY-MM-DD`` from a log, or None where there is no such day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_sound(day) else None


def now() -> datetime:
    """The time now, aware, at this machine's local offset."""
    return datetime.now().astimezone()


def zone() -> str | None:
    """The IANA name of this machine's zone, where it can be told."""
    variable = os.environ.get("TZ", "").lstrip(":")
    if "/" in variable and not variable.startswith("/"):
        return variable
    try:
        _, is_zoneinfo, name = str(Path("/etc/localtime").readlink()).partition("zoneinfo/")
    except OSError:
        return None
    return name if is_zoneinfo else None


def in_zone(moment: datetime, at: datetime) -> datetime:
    """``moment`` by the clocks of the zone that ``at`` was told in, as they will show it after a change too."""
    return moment.astimezone(_zone_of(at))


def at_clock(day: date, clock: time, at: datetime) -> datetime:
    """When the clocks of the zone that ``at`` was told in show ``clock`` on ``day``, with the offset of then."""
    local = datetime.combine(day, clock, _zone_of(at))
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta(0)))


def _zone_of(at: datetime) -> tzinfo | None:
    """The machine's zone where ``at`` is of it, else the bare offset of ``at``."""
    name = zone()
    try:
        here = ZoneInfo(name) if name else None
    except (ValueError, OSError):
        return at.tzinfo
    return here if here and at.astimezone(here).utcoffset() == at.utcoffset() else at.tzinfo
