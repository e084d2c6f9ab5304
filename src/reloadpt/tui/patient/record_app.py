"""What every screen of a patient works with: the record, the library, the clocks and the voice."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from textual.binding import Binding

from reloadpt import wording
from reloadpt.care.record import Record
from reloadpt.care.safety import call_line
from reloadpt.care.today import Today
from reloadpt.clock import now
from reloadpt.dialogue.respondent import Respondent, folder_shower
from reloadpt.files import Places
from reloadpt.program.library import Library
from reloadpt.tui.kit.actions import HELP, SIGNS
from reloadpt.tui.kit.settings_app import SettingsApp

if TYPE_CHECKING:
    from reloadpt.tui.patient.head import ScreenHead
    from reloadpt.voice.voice import CueOutput

TERMINATED = 128 + signal.SIGTERM
ALONE_S = 2.0
"""It is looked so often whether the process that started this one is there."""


class RecordApp(SettingsApp[None]):
    """An app on the files at ``places``.

    ``wall`` tells the time of day, ``ticks`` seconds that never run backward; tests pass their own. With
    ``leave_when_alone`` it ends with the process that started it, as a page's app does with its server.
    """

    TITLE = "reloadpt"
    ticks: Callable[[], float]
    pinned = (SIGNS, HELP)
    BINDINGS = [Binding("ctrl+z", "suspend_process", show=False, system=True)]  # noqa: RUF012  (Textual declares it)

    def __init__(
        self,
        places: Places,
        wall: Callable[[], datetime] = now,
        ticks: Callable[[], float] = time.monotonic,
        *,
        out_folder: Path | None = None,
        voice: CueOutput | None = None,
        leave_when_alone: bool = False,
        given: Path | None = None,
    ) -> None:
        super().__init__(places)
        self.given = given
        """A plan file that the app was started with, until it was asked about."""
        self._voice = voice
        self._leave_when_alone = leave_when_alone
        self.wall = wall
        self.ticks = ticks
        self.out_folder = out_folder or Path.home()
        self.library = Library(places.exercises)
        self.home = places
        self._open()

    def _open(self) -> None:
        """Open the record of whose turn it is."""
        self.record = Record.open(self.home.journal, self.wall(), self.library)
        self.patient = Respondent(
            self.record,
            self.library,
            self.wall,
            self.out_folder,
            folder_shower(),
            weights=lambda: self.settings.weights,
        )

    def turn_to(self, places: Places) -> Respondent:
        """Go on with the record of another person of this home."""
        if places != self.home:
            self.record.keep_state()
            self.home = places
            self._open()
            self.__dict__.pop("head", None)
        return self.patient

    def on_mount(self) -> None:
        """Give the terminal back when told to end; end with a terminal that hangs up, as all is saved."""
        if self.is_headless:
            return
        if sys.platform != "win32":
            if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
                # inherited (nohup), it would leave a process that holds the session and draws for nobody
                signal.signal(signal.SIGHUP, signal.SIG_DFL)
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.exit, None, TERMINATED)
        if self._leave_when_alone:
            self._started_by = os.getppid()
            self.set_interval(ALONE_S, self._leave_if_alone)

    def _leave_if_alone(self) -> None:
        if os.getppid() != self._started_by:
            self.exit()

    @property
    def call_line(self) -> str:
        """The clinic's number."""
        return call_line(self.record.history.plan)

    async def worry(self) -> None:
        """Ask about the warning signs over whatever is open; a session below it is stopped by one that is marked."""
        if self.record.plan is None:
            self.notify(wording.NO_PLAN_WORRY(), timeout=30)
            return
        for screen in self.screen_stack:
            if hasattr(screen, "worry_here"):
                await screen.worry_here()
                return
        from reloadpt.dialogue.signs import signs

        await signs(self.patient, self.head)

    def today(self) -> Today | None:
        """What is due now; None without a plan."""
        return self.patient.today()

    @cached_property
    def head(self) -> ScreenHead:
        """What asks the questions of dialogues; imported with the first question."""
        from reloadpt.tui.patient.head import ScreenHead

        return ScreenHead(self, self.patient, self.ticks)

    @cached_property
    def voice(self) -> CueOutput:
        """What lets a session be heard."""
        from reloadpt.voice.voice import Voice

        self._voice = self._voice or Voice(self.bell)
        return self._voice

    def on_unmount(self) -> None:
        """Be silent, and keep the state, so that the next start is quick."""
        if self._voice is not None:
            self._voice.close()
        self.record.keep_state()
