"""The full-screen app: it opens on Today and holds what every screen works with."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from reloadpt.care.record import Record
from reloadpt.care.today import Today, today
from reloadpt.clock import now
from reloadpt.files import Places
from reloadpt.program.library import Library
from reloadpt.tui.settled import SettledApp

if TYPE_CHECKING:
    from reloadpt.voice.voice import Heeding


class ReloadApp(SettledApp[None]):
    """The patient's app on the files at ``places``.

    ``wall`` tells the time of day, ``ticks`` seconds that never run backward; tests pass their own.
    """

    TITLE = "reloadpt"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]  # noqa: RUF012  (Textual declares it)
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-short"), (22, "-tall")]  # noqa: RUF012  (Textual declares it)

    def __init__(
        self,
        places: Places,
        wall: Callable[[], datetime] = now,
        ticks: Callable[[], float] = time.monotonic,
        *,
        out_folder: Path | None = None,
        voice: Heeding | None = None,
    ) -> None:
        super().__init__(places)
        self._voice = voice
        self.wall = wall
        self.ticks = ticks
        self.out_folder = out_folder or Path.home()
        self.library = Library(places.exercises)
        self.record = Record.open(places.journal, wall())

    def today(self) -> Today | None:
        """What is due now; None without a plan."""
        plan = self.record.plan
        return None if plan is None else today(plan, self.library, self.record.history, self.wall())

    @cached_property
    def voice(self) -> Heeding:
        """What lets a session be heard."""
        from reloadpt.voice.voice import Voice

        self._voice = self._voice or Voice(self.bell)
        return self._voice

    def get_default_screen(self) -> Screen[None]:
        """Open on Today; without a plan the first questions come before it."""
        from reloadpt.tui.screens.today import TodayScreen

        return TodayScreen()

    def on_unmount(self) -> None:
        """Be silent, and keep the state, so that the next start is quick."""
        if self._voice is not None:
            self._voice.close()
        self.record.keep_state()
