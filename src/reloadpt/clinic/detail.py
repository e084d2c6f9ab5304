"""One patient in full, for programs and for plain text: weeks, exercises, sessions, signs, words, corrections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import msgspec

from reloadpt.clinic.overview import PatientRow, row_as_json
from reloadpt.files import clip
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


def detail_as_text(told: dict[str, Any]) -> Iterator[str]:
    """The same for a person, line by line."""
    yield f"{_safe(told['patient'])} ({told['id']})"
    yield (
        f"  sessions {told['sessions_done']} of {told['sessions_planned']}, "
        f"sets {told['sets_done']} of {told['sets_planned']}"
    )
    yield from (f"  {caveat}" for caveat in told["caveats"])
    change = f", {told['pain_change']:+d} since the start" if told["pain_change"] else ""
    yield f"  pain {_or_none(told['pain'])}{change}, soreness {_or_none(told['soreness'])}"
    for muscle, phase in told["phase"].items():
        yield f"  {_safe(muscle)}: {phase}"
    for name in told["conflicts"]:
        yield f"  ! a log that contradicts the one that is kept: {name}"
    yield from _part("Alerts", (f"{each['level']}: {_safe(each['text'])}" for each in told["alerts"]))
    yield from _part(
        "Weeks",
        (
            f"{each['week']}: sessions {each['sessions_done']} of {each['sessions_planned']}, "
            f"sets {each['sets_done']} of {each['sets_planned']}"
            for each in told["weeks"]
        ),
    )
    yield from _part(
        "Exercises",
        (
            f"{_safe(each['name'])}: {_safe(each['last_dose'])}, {each['done']} of {each['planned']} sets"
            + (f", pain {each['pain']}" if each["pain"] else "")
            for each in told["exercises"]
        ),
    )
    yield from _part("Notes", (f"{at[:10]} {_safe(text)}" for at, text in told["notes"]))


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield title
        yield from (f"  {line}" for line in found)


def _safe(text: str) -> str:
    return clip(text, 400)[1:-1]


def _or_none(score: int | None) -> str:
    return "–" if score is None else str(score)


def _iso(at: datetime | date | None) -> str | None:
    return at.isoformat() if at else None
