"""Notices time in which nobody can have exercised: the machine slept, or the program was held still."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SLEPT_S = 5.0
"""The wall clock ran on by so much more than the monotonic one: the machine slept."""
STILL_S = 10.0
"""Nobody asked for so long: the program was suspended, or a lid closed on a clock that runs in sleep."""


class Watch:
    """Compares two clocks, in seconds, at every look; looks come at least once a second while time counts."""

    def __init__(self, ticks: float, wall: float) -> None:
        self._ticks = ticks
        self._wall = wall
        self._stopped = False

    @contextmanager
    def of_stops(self) -> Iterator[None]:
        """While this holds, a stop by the terminal is a gap however short: Ctrl-Z, then ``fg``."""
        if not hasattr(signal, "SIGCONT") or threading.current_thread() is not threading.main_thread():
            yield
            return

        def went_on(_number: int, _frame: object) -> None:
            self._stopped = True

        before = signal.signal(signal.SIGCONT, went_on)
        try:
            yield
        finally:
            signal.signal(signal.SIGCONT, before)

    def gap(self, ticks: float, wall: float) -> bool:
        """Say whether there was a gap since the last look that must not count as exercise."""
        passed, by_wall = ticks - self._ticks, wall - self._wall
        self._ticks, self._wall = ticks, wall
        stopped, self._stopped = self._stopped, False
        return stopped or by_wall - passed > SLEPT_S or passed > STILL_S
