"""One patient in full, for programs and for plain text: weeks, exercises, sessions, signs, words, corrections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import msgspec

from reloadpt.clinic.overview import PatientRow, row_as_json
from reloadpt.files import shorten
from reloadpt.share.page import ReportPage

PARTS = ("exercises", "sessions", "steps", "signs", "notes", "activities", "corrections")
"""What of a report's page is told as it is."""


def detail_as_json(row: PatientRow, page: ReportPage) -> dict[str, Any]:
    """The row of ``clinic list``, and all that a report of the same logs says."""
    summary = row.patient.summary
    weeks = [
        {
            "week": week.first.isoformat(),
            "sessions_done": week.counts.sessions_done,
            "sessions_planned": week.counts.sessions_planned,
            "sets_done": week.counts.sets_done,
            "sets_planned": week.counts.sets_planned,
            "sets_unconfirmed": week.counts.unconfirmed,
            "by_source": dict(week.counts.by_source),
            "skipped": dict(week.counts.skipped),
        }
        for week in page.weeks
    ]
    more = {part: msgspec.to_builtins(getattr(page, part)) for part in PARTS}
    logs = [{"log": log.log, "entries": log.entries, "h": log.h} for log in summary.logs]
    return row_as_json(row) | {
        "id": row.patient.id,
        "logs": logs,
        "conflicts": list(row.patient.conflicts),
        "phase": summary.phases,
        "next_visit": summary.next_visit,
        "reported_at": _iso(summary.reported_at),
        "pain_line": [[day.isoformat(), score] for day, score in summary.pain_line],
        "weeks": weeks,
        **more,
    }


def detail_as_text(detail: dict[str, Any]) -> Iterator[str]:
    """The same for a person, line by line."""
    yield f"{_safe(detail['patient'])} ({detail['id']})"
    yield f"  {_safe(detail['story'])}"
    yield (
        f"  sessions {detail['sessions_done']} of {detail['sessions_planned']}, "
        f"sets {detail['sets_done']} of {detail['sets_planned']}"
    )
    yield from (f"  ! {sentence}" for sentence in detail["damage"])
    yield from (f"  {caveat}" for caveat in detail["caveats"])
    change = f", {detail['pain_change']:+d} since the start" if detail["pain_change"] else ""
    yield f"  pain {_or_none(detail['pain'])}{change}, soreness {_or_none(detail['soreness'])}"
    for muscle, phase in detail["phase"].items():
        yield f"  {_safe(muscle)}: {phase}"
    for name in detail["conflicts"]:
        yield f"  ! a log that contradicts the one that is kept: {name}"
    yield from _part("Alerts", (f"{alert['level']}: {_safe(alert['text'])}" for alert in detail["alerts"]))
    yield from _part(
        "Weeks",
        (
            f"{week['week']}: sessions {week['sessions_done']} of {week['sessions_planned']}, "
            f"sets {week['sets_done']} of {week['sets_planned']}"
            for week in detail["weeks"]
        ),
    )
    yield from _part(
        "Exercises",
        (
            f"{_safe(exercise['name'])}: {_safe(exercise['last_dose'])}, {exercise['done']} of {exercise['planned']} sets"
            + (f", pain {exercise['pain']}" if exercise["pain"] else "")
            for exercise in detail["exercises"]
        ),
    )
    yield from _part("Notes", (f"{at[:10]} {_safe(text)}" for at, text in detail["notes"]))


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    shown_lines = list(lines)
    if shown_lines:
        yield title
        yield from (f"  {line}" for line in shown_lines)


def _safe(text: str) -> str:
    return shorten(text, 400)


def _or_none(score: int | None) -> str:
    return "–" if score is None else str(score)


def _iso(at: datetime | date | None) -> str | None:
    return at.isoformat() if at else None
