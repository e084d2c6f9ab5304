"""Alerts that a therapist has looked at, each with a note: kept in a journal of the clinic's own, never rewritten.

What was looked at is one firing: a rule with the entries behind it. When other entries fire the same rule, it is
new again.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from reloadpt.care.record import APP
from reloadpt.clinic.summary import StoredLog
from reloadpt.clock import zone
from reloadpt.files import UNREADABLE
from reloadpt.journal.entries import FORMAT
from reloadpt.journal.events import LogOpened, Note
from reloadpt.journal.journal import Broken, Journal, Replaced
from reloadpt.journal.mending import mend
from reloadpt.measures.alerts import Alert

NAME = "seen.jsonl"
CLINIC = "the clinic"
LONGEST_NOTE = 1000


class ReviewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What one entry says: which firing, of whose logs, and what was noted."""

    logs: tuple[str, ...]
    rule: str
    firing: str
    text: str
    note: str


@dataclass(frozen=True)
class AlertReview:
    """When an alert was looked at, and the note."""

    at: datetime
    note: str


class AlertReviews:
    """The alerts looked at so far, in the caseload at ``folder``.

    ``mended`` says what had to be done to read them, to be shown once.
    """

    def __init__(self, folder: Path, at: datetime) -> None:
        self._journal = Journal(folder / NAME)
        self._reviews: dict[tuple[str, str], AlertReview] = {}
        self.mended: list[str] = []
        self._read_journal(at)

    def look_at(self, logs: Iterable[StoredLog], alert: Alert) -> AlertReview | None:
        """When this firing was looked at; None where it was not."""
        reviews = (self._reviews.get((log.log, firing_id(alert))) for log in logs)
        return next((review for review in reviews if review), None)

    def mark(self, logs: Iterable[StoredLog], alerts: Sequence[Alert], note: str, at: datetime) -> None:
        """Keep that these alerts of one patient were looked at.

        Raises ``Trouble`` where it cannot be written; nothing is marked.
        """
        names = tuple(log.log for log in logs)
        marks = [
            ReviewEntry(logs=names, rule=alert.rule, firing=firing_id(alert), text=alert.text[:500], note=note[:LONGEST_NOTE])
            for alert in alerts
        ]  # fmt: skip
        if not self._journal.exists:
            self._journal.start(
                LogOpened(format=FORMAT, log=str(uuid.uuid4()), patient=CLINIC, app=APP, zone=zone()), at
            )
        events = [Note(text=msgspec.json.encode(mark).decode()) for mark in marks]
        try:
            entries = self._journal.append(events, at)
        except (Broken, Replaced):
            self._read_journal(at)
            entries = self._journal.append(events, at)
        for entry in entries:
            self._add(entry.event, entry.at)

    def _read_journal(self, at: datetime) -> None:
        if not self._journal.exists:
            return
        self._journal = Journal(self._journal.path)
        try:
            for entry in self._journal.entries():
                self._add(entry.event, entry.at)
        except Broken:
            self.mended.append(mend(self._journal.path, at, APP))
            self._journal = Journal(self._journal.path)

    def _add(self, event: object, at: datetime) -> None:
        if not isinstance(event, Note):
            return
        try:
            mark = msgspec.json.decode(event.text, type=ReviewEntry)
        except UNREADABLE:
            return
        self._reviews |= {(log, mark.firing): AlertReview(at, mark.note) for log in mark.logs}


def firing_id(alert: Alert) -> str:
    """What tells one firing of a rule from another: the entries behind it."""
    behind = msgspec.json.encode((alert.rule, alert.entries))
    return hashlib.sha256(behind).hexdigest()[:16]
