"""The real line mode, its clocks running fifty times as fast, so that no test waits for a timed set."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fast_clock import FastClock
from reloadpt.files import Places
from reloadpt.plain.line_mode import LineMode
from reloadpt.plain.lines import standard_lines
from reloadpt.plain.talk import Talk

SPEED = 50


class FastLines:
    """Waits a fiftieth of what it is asked to."""

    def __init__(self) -> None:
        self._lines = standard_lines()

    def read(self, seconds: float | None) -> str | None:
        return self._lines.read(None if seconds is None else seconds / SPEED)


def write(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


if __name__ == "__main__":
    home = Path(sys.argv[1])
    clock = FastClock(SPEED)
    LineMode(Places(data=home, config=home), Talk(FastLines(), write), clock.wall, clock.ticks).run()
