"""What every screen of the therapist works with: the caseload, the library, thresholds, key and clock."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr
from datetime import datetime
from pathlib import Path
from threading import Event

from reloadpt.clinic.caseload import Caseload, Patient
from reloadpt.clinic.importing import ImportResult, import_all
from reloadpt.clinic.key import secret_key
from reloadpt.clinic.overview import PatientRow, overview
from reloadpt.clinic.reviews import AlertReviews
from reloadpt.clinic.thresholds import thresholds_in
from reloadpt.clock import now
from reloadpt.files import Places
from reloadpt.measures.alerts import Alert
from reloadpt.program.library import Library
from reloadpt.tui.kit.settings_app import SettingsApp

AT_ONCE = 12
"""So many files are put in place at a time: few enough that one sees it go on."""


class CaseloadApp(SettingsApp[None]):
    """An app on the caseload at ``places``; plans are written into ``out_folder``.

    Raises ``Trouble`` where thresholds or key of the clinic cannot be read.
    """

    TITLE = "reloadpt clinic"

    def __init__(self, places: Places, out_folder: Path, wall: Callable[[], datetime] = now) -> None:
        super().__init__(places)
        self.wall = wall
        self.out_folder = out_folder
        self.library = Library(places.exercises)
        self.thresholds = thresholds_in(places.config)
        self.secret = secret_key(places.config)
        self.caseload = Caseload(places.caseload, self.thresholds)
        self.reviews = AlertReviews(places.caseload, wall())
        self.patients: list[Patient] = []
        self.stopping = Event()
        """Set when the app ends: nothing goes on behind it."""

    def read_patients(self) -> None:
        """Read everybody from the disk."""
        self.patients = self.caseload.patients()

    def rows(self) -> list[PatientRow]:
        """Everybody as of now, worst first."""
        return overview(self.patients, self.wall(), self.thresholds, self.reviews)

    def take_in(self, paths: Sequence[Path]) -> Iterator[ImportResult]:
        """Import; it stops between two files when the app ends, and what was imported stays."""
        _let_helpers_start()
        for result in import_all(paths, self.caseload, self.secret, at_once=AT_ONCE):
            yield result
            if self.stopping.is_set():
                return

    def mark_seen(
        self, row: PatientRow, alerts: Sequence[Alert], note: str, done: str = "", by: str = ""
    ) -> None:
        """Keep that alerts were looked at, and what was done about signs; raises ``Trouble`` where it cannot be written."""
        self.reviews.mark(row.patient.summary.logs, alerts, note, self.wall(), done, by)

    def on_unmount(self) -> None:
        """Let what works behind the app end with it."""
        self.stopping.set()


def _let_helpers_start() -> None:
    """Start what processes that help to import need, with the real stderr: Textual's own is no file to hand on."""
    if sys.platform != "win32":
        from multiprocessing.resource_tracker import ensure_running

        with redirect_stderr(sys.__stderr__):
            ensure_running()
