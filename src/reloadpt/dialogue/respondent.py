"""The patient as the dialogues meet them: the record, the programmes, the time, and where a report goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from reloadpt.care.emergency_numbers import is_elsewhere
from reloadpt.care.record import Record
from reloadpt.care.today import Today, today_at
from reloadpt.clock import zone
from reloadpt.journal.events import AnyEvent
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan
from reloadpt.settings import WeightUnit


@dataclass
class Respondent:
    """One patient on one machine. ``wall`` tells the time of day.

    ``out_folder`` is where a report is written; ``open_folder`` shows a folder, where something can. ``weights`` says
    in which unit weights are told.
    """

    record: Record
    library: Library
    wall: Callable[[], datetime]
    out_folder: Path
    open_folder: Callable[[Path], None] | None = None
    weights: Callable[[], WeightUnit] = lambda: "kg"
    told: dict[str, Any] = field(default_factory=dict)
    """What was answered to the first questions before they were left."""

    @property
    def plan(self) -> Plan:
        """The plan in use; ``Trouble`` where there is none.

        In another country than its emergency number is for it names none, until the person has said that of the country.
        """
        plan = self.record.need_plan()
        if is_elsewhere(self.record.history, zone()):
            return replace(plan, contact=replace(plan.contact, emergency=None))
        return plan

    def today(self) -> Today | None:
        """What is due now; None without a plan."""
        plan = self.record.plan
        return None if plan is None else today_at(plan, self.library, self.record.history, self.wall())

    def write(self, *events: AnyEvent) -> None:
        """Append events to the journal, together."""
        self.record.append(events, self.wall())


def folder_shower() -> Callable[[Path], None] | None:
    """What shows a folder on this machine; None where there is no desktop to show it on."""
    if os.environ.get("SSH_CONNECTION") or os.environ.get("TEXTUAL_DRIVER"):
        return None
    desktop = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    programs = {"darwin": "open", "win32": "explorer"}
    program = programs.get(sys.platform, "xdg-open" if desktop else "")
    return partial(_show_folder, program) if program else None


def _show_folder(program: str, folder: Path) -> None:
    """Show a folder; where that fails nothing is lost, as its name is on the screen."""
    import subprocess

    quiet = subprocess.DEVNULL
    with suppress(OSError):
        subprocess.Popen([program, str(folder)], stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603  (a fixed program)
