"""The real line mode with the clock so many hours off; tests pass the clock in, as the program does."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import reloadpt.clock
import reloadpt.opening
from reloadpt.files import places
from reloadpt.plain.line_mode import LineMode
from reloadpt.plain.lines import standard_lines
from reloadpt.plain.talk import Talk


def write(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


if __name__ == "__main__":
    off = timedelta(hours=int(sys.argv[1]))

    def wall() -> datetime:
        return reloadpt.clock.now() + off

    LineMode(places(), Talk(standard_lines(), write), wall, self_paced=True).run()
