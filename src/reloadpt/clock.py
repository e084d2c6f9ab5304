"""The time, with the patient's own offset; the one place that asks the machine for it."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

SOUND_YEARS = range(1990, 2200)
"""A time outside these years is a mistake, and would break the arithmetic of dates."""


def is_sound(moment: date) -> bool:
    """Whether a day or a time can be reckoned with."""
    return moment.year in SOUND_YEARS


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
