"""A journal of the clinic's own, to which entries are only added: what a therapist did with the caseload."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from reloadpt.care.record import APP
from reloadpt.clock import zone
from reloadpt.journal.entries import FORMAT
from reloadpt.journal.events import LogOpened, Note
from reloadpt.journal.journal import Broken, Journal, Replaced
from reloadpt.journal.mending import mend

CLINIC = "the clinic"


class Notebook:
    """The texts kept in the journal at ``path``, each given to ``add`` with its time, once.

    ``mended`` says what had to be done to read them, to be shown once.
    """

    def __init__(self, path: Path, at: datetime, add: Callable[[str, datetime], None]) -> None:
        self._journal = Journal(path)
        self._add = add
        self.mended: list[str] = []
        self._read(at)

    def write(self, texts: Sequence[str], at: datetime) -> None:
        """Keep texts; raises ``Trouble`` where they cannot be written, and then none is kept."""
        if not self._journal.exists:
            self._journal.start(
                LogOpened(format=FORMAT, log=str(uuid.uuid4()), patient=CLINIC, app=APP, zone=zone()), at
            )
        events = [Note(text=text) for text in texts]
        try:
            entries = self._journal.append(events, at)
        except (Broken, Replaced):
            self._read(at)
            entries = self._journal.append(events, at)
        for entry in entries:
            self._take(entry.event, entry.at)

    def _read(self, at: datetime) -> None:
        if not self._journal.exists:
            return
        self._journal = Journal(self._journal.path)
        try:
            self._take_all()
        except Broken:
            self.mended.append(mend(self._journal.path, at, APP))
            self._journal = Journal(self._journal.path)
            self._take_all()

    def _take_all(self) -> None:
        for entry in self._journal.entries():
            self._take(entry.event, entry.at)

    def _take(self, event: object, at: datetime) -> None:
        if isinstance(event, Note):
            self._add(event.text, at)
