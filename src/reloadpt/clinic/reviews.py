"""Alerts that a therapist has looked at or closed, kept in a journal of the clinic's own, never rewritten.

What was looked at is one firing: a rule with the entries behind it. When other entries fire the same rule, it is
new again. An alert of a warning sign is closed: with what was done, and by whom.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from reloadpt.clinic.notebook import Notebook
from reloadpt.clinic.summary import StoredLog
from reloadpt.files import UNREADABLE
from reloadpt.measures.alerts import Alert

NAME = "seen.jsonl"
LONGEST_NOTE = 1000
LONGEST_NAME = 200
DONE = ("spoke", "sent on", "could not reach")
"""What was done about a warning sign: spoke to them, sent them on to somebody, could not reach them."""
REOPENS_AFTER = timedelta(hours=24)
"""So long after it was closed a sign that nobody has cleared is open again."""


class ReviewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What one entry says: which firing, of whose logs, and what was noted; of a sign what was ``done``, ``by`` whom."""

    logs: tuple[str, ...]
    rule: str
    firing: str
    text: str
    note: str
    done: str = ""
    by: str = ""


@dataclass(frozen=True)
class AlertReview:
    """When an alert was looked at, and the note; where it was closed, what was ``done``, ``by`` whom."""

    at: datetime
    note: str
    done: str = ""
    by: str = ""


class AlertReviews:
    """The alerts looked at so far, in the caseload at ``folder``.

    ``mended`` says what had to be done to read them, to be shown once.
    """

    def __init__(self, folder: Path, at: datetime) -> None:
        self._reviews: dict[tuple[str, str], AlertReview] = {}
        self._closings: dict[tuple[str, str], AlertReview] = {}
        self._notebook = Notebook(folder / NAME, at, self._add)
        self.mended = self._notebook.mended

    def look_at(self, logs: Sequence[StoredLog], alert: Alert, at: datetime) -> AlertReview | None:
        """When this firing was looked at, or closed where it is of a sign; None where that is not so, or no more."""
        kept = self._closings if alert.sign else self._reviews
        firing = firing_id(logs, alert)
        review = next((review for log in logs if (review := kept.get((log.log, firing)))), None)
        lapsed = review is not None and alert.unsolved and at - review.at >= REOPENS_AFTER
        return None if lapsed else review

    def mark(
        self,
        logs: Sequence[StoredLog],
        alerts: Sequence[Alert],
        note: str,
        at: datetime,
        done: str = "",
        by: str = "",
    ) -> None:
        """Keep that these alerts of one patient were looked at; those of a sign are closed by what was ``done``.

        Raises ``Trouble`` where it cannot be written; nothing is marked.
        """
        names = tuple(log.log for log in logs)
        marks = [
            ReviewEntry(
                logs=names,
                rule=alert.rule,
                firing=firing_id(logs, alert),
                text=alert.text[:500],
                note=note[:LONGEST_NOTE],
                done=done if alert.sign else "",
                by=by[:LONGEST_NAME] if alert.sign else "",
            )
            for alert in alerts
        ]
        self._notebook.write([msgspec.json.encode(mark).decode() for mark in marks], at)

    def _add(self, text: str, at: datetime) -> None:
        try:
            mark = msgspec.json.decode(text, type=ReviewEntry)
        except UNREADABLE:
            return
        kept = self._closings if mark.done else self._reviews
        kept |= {(log, mark.firing): AlertReview(at, mark.note, mark.done, mark.by) for log in mark.logs}


def firing_id(logs: Sequence[StoredLog], alert: Alert) -> str:
    """What tells one firing of a rule from another: the entries behind it, or its cause where there are none.

    A sign's are named by their log, so that it stays the same when another log of the patient comes.
    """
    entries = alert.entries
    if alert.sign and len(logs) == 1:
        entries = tuple(f"{logs[0].log[:8]}:{n}" if isinstance(n, int) else n for n in entries)
    behind = msgspec.json.encode((alert.rule, entries or alert.cause))
    return hashlib.sha256(behind).hexdigest()[:16]
