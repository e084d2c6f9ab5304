"""The patient as the dialogues meet them: the record, the programmes, the time, and where a report goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from reloadpt.care.record import Record
from reloadpt.care.today import Today, today_at
from reloadpt.journal.events import AnyEvent
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan


@dataclass
class Patient:
    """One patient on one machine. ``wall`` tells the time of day.

    ``out_folder`` is where a report is written; ``open_folder`` shows a folder, where something can.
    """

    record: Record
    library: Library
    wall: Callable[[], datetime]
    out_folder: Path
    open_folder: Callable[[Path], None] | None = None
    told: dict[str, Any] = field(default_factory=dict)
    """What was answered to the first questions before they were left."""

    @property
    def plan(self) -> Plan:
        """The plan in use; ``Trouble`` where there is none."""
        return self.record.need_plan()

    def today(self) -> Today | None:
        """What is due now; None without a plan."""
        plan = self.record.plan
        return None if plan is None else today_at(plan, self.library, self.record.history, self.wall())

    def write(self, *events: AnyEvent) -> None:
        """Append events to the journal, together."""
        self.record.append(events, self.wall())
