"""A clock that runs many times as fast as the real one, however busy the machine is: a stall is no sleep to it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

MOST_AT_ONCE_S = 4.0
"""It moves on by no more between two looks: fewer seconds than the program takes for a sleep of the machine."""


class FastClock:
    """Both clocks of the program, the wall's and the monotonic one, in step."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._looked = time.monotonic()
        self._ticks = 0.0
        self._began = datetime.now(UTC).astimezone()

    def ticks(self) -> float:
        """The seconds since it began."""
        now = time.monotonic()
        self._ticks += min((now - self._looked) * self._speed, MOST_AT_ONCE_S)
        self._looked = now
        return self._ticks

    def wall(self) -> datetime:
        """The time of day."""
        return self._began + timedelta(seconds=self.ticks())
