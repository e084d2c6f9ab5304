"""The real app in a terminal of its own, its clocks running eight times as fast, so that no test waits."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from ear import Ear
from fast_clock import FastClock
from reloadpt.files import Places
from reloadpt.tui.patient.app import ReloadApp

SPEED = 8

if __name__ == "__main__":
    home = Path(sys.argv[1])
    clock = FastClock(SPEED)
    app = ReloadApp(Places(data=home, config=home), wall=clock.wall, ticks=clock.ticks, voice=Ear())
    app.run()
    sys.exit(app.return_code or 0)
