"""The real app in a terminal of its own, its clocks running eight times as fast, so that no test waits."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ear import Ear
from reloadpt.files import Places
from reloadpt.tui.patient.app import ReloadApp

SPEED = 8
STARTED = time.monotonic()
BEGAN = datetime.now(UTC).astimezone()


def ticks() -> float:
    return (time.monotonic() - STARTED) * SPEED


def wall() -> datetime:
    return BEGAN + timedelta(seconds=ticks())


if __name__ == "__main__":
    home = Path(sys.argv[1])
    app = ReloadApp(Places(data=home, config=home), wall=wall, ticks=ticks, voice=Ear())
    app.run()
    sys.exit(app.return_code or 0)
