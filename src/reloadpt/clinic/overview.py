"""The caseload at a glance, worst first, as of a moment: what a therapist's five minutes begin with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reloadpt.care.rules import LEVELS
from reloadpt.care.thresholds import PROPOSED, Thresholds
from reloadpt.clinic.caseload import Patient
from reloadpt.clinic.reviews import AlertReview, AlertReviews
from reloadpt.measures.alerts import Alert, by_level, from_today
from reloadpt.measures.story import file_age


@dataclass(frozen=True)
class PatientRow:
    """One patient as of a moment: the summary, and every alert, those that depend on today too.

    Alerts that were looked at or closed stand last; ``seen`` says when, and what was noted. ``story`` tells it in a
    few sentences, and how old the file is.
    """

    patient: Patient
    alerts: tuple[Alert, ...]
    story: str = ""
    seen: Mapping[Alert, AlertReview] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Alert, ...]:
        """The alerts that nobody looked at yet."""
        return tuple(alert for alert in self.alerts if alert not in self.seen)

    @property
    def adherence(self) -> float | None:
        """Sets done of those planned, 0-1."""
        counts = self.patient.summary.counts
        return counts.sets_done / counts.sets_planned if counts.sets_planned else None


def overview(
    patients: Iterable[Patient],
    at: datetime,
    thresholds: Thresholds = PROPOSED,
    seen: AlertReviews | None = None,
) -> list[PatientRow]:
    """A row for each patient, worst first: whose log is damaged, then by alerts not looked at, then by what was done."""
    return sorted((row_of(patient, at, thresholds, seen) for patient in patients), key=_badness)


def row_of(
    patient: Patient, at: datetime, thresholds: Thresholds = PROPOSED, seen: AlertReviews | None = None
) -> PatientRow:
    """The row of one patient."""
    summary = patient.summary
    entries_behind = (summary.reported_by, summary.begun_by)
    later = from_today(summary.reported_at, summary.plan_ends, at, entries_behind, thresholds)
    alerts = by_level([*summary.alerts, *later])
    reviews = {
        alert: review for alert in alerts if seen and (review := seen.look_at(summary.logs, alert, at))
    }
    told = f"{summary.story} {file_age(summary.reported_at, at)}".strip()
    return PatientRow(patient, tuple(sorted(alerts, key=reviews.__contains__)), told, reviews)


def row_as_json(row: PatientRow) -> dict[str, Any]:
    """A row for programs. ``adherence`` is sets done of those planned, 0-1, or null where none was planned."""
    summary = row.patient.summary
    return {
        "patient": summary.patient,
        "sessions_done": summary.counts.sessions_done,
        "sessions_planned": summary.counts.sessions_planned,
        "sets_done": summary.counts.sets_done,
        "sets_planned": summary.counts.sets_planned,
        "sets_unconfirmed": summary.counts.unconfirmed,
        "adherence": None if row.adherence is None else round(row.adherence, 3),
        "last_seen": summary.last_seen.isoformat() if summary.last_seen else None,
        "pain": summary.pain,
        "pain_change": summary.pain_change,
        "soreness": summary.soreness,
        "alerts": [
            {"level": alert.level, "rule": alert.rule, "text": alert.text, "entries": list(alert.entries)}
            | ({"sign": alert.sign} if alert.sign else {})
            | _seen_as_json(row.seen.get(alert))
            for alert in row.alerts
        ],
        "caveats": list(summary.caveats),
        "story": row.story,
        "damage": list(row.patient.damage),
    }


def _seen_as_json(review: AlertReview | None) -> dict[str, Any]:
    if review is None:
        return {}
    seen = {"at": review.at.isoformat(), "note": review.note}
    closed = {"at": seen["at"], "what": review.done, "by": review.by}
    return {"seen": seen} | ({"closed": closed} if review.done else {})


def _badness(row: PatientRow) -> tuple[Any, ...]:
    count = [-sum(alert.level == level for alert in row.open) for level in LEVELS]
    done = row.adherence
    return (
        not row.patient.damage,
        *count,
        -len(row.seen),
        2.0 if done is None else done,
        row.patient.summary.patient,
        row.patient.id,
    )
