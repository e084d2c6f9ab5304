"""Which patients are listed, and in which order: what is searched, shown and sorted by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reloadpt.care.rules import Level
from reloadpt.clinic.overview import PatientRow
from reloadpt.measures.adherence import BANDS
from reloadpt.share.page import LEVEL_WORDS, muscle_label

LATE = "9999"


def done_lately(row: PatientRow) -> float | None:
    """Sets done of those planned in the two weeks up to the report, 0-1."""
    recent = row.patient.summary.recent
    return recent.sets_done / recent.sets_planned if recent.sets_planned else None


def timed_lately(row: PatientRow) -> float | None:
    """The same of the sets that the coach timed."""
    recent = row.patient.summary.recent
    return recent.timed / recent.sets_planned if recent.sets_planned else None


def _number(value: float | None, *, last: float) -> float:
    return last if value is None else value


SORTS: dict[str, Callable[[PatientRow], Any] | None] = {
    "worst first": None,
    "alias": lambda row: row.patient.summary.patient.casefold(),
    "done least": lambda row: _number(done_lately(row), last=2.0),
    "pain highest": lambda row: -_number(row.patient.summary.pain, last=-1),
    "pain rose most": lambda row: -_number(row.patient.summary.pain_change, last=-99),
    "longest unseen": lambda row: str(row.patient.summary.last_seen or ""),
    "next visit": lambda row: row.patient.summary.next_visit or LATE,
}
"""The ways to sort, by their words; None keeps the order of the overview."""


def _has(level: Level) -> Callable[[PatientRow], bool]:
    return lambda row: any(alert.level == level for alert in row.open)


SHOWN: dict[str, Callable[[PatientRow], bool]] = {
    "everybody": lambda _row: True,
    "needing me today": _has("today"),
    "needing me this week": lambda row: any(alert.level != "at_visit" for alert in row.open),
    "with any alert not seen": lambda row: bool(row.open),
    "with alerts seen": lambda row: bool(row.seen),
    "doing less than 80 %": lambda row: _number(done_lately(row), last=2.0) < BANDS[0][0],
    "with pain worth-having better": lambda row: row.patient.summary.worth_having,
    "with no report lately": lambda row: any(alert.rule == "no_report" for alert in row.alerts),
}
"""What to show, by its words."""


def chosen_rows(rows: Sequence[PatientRow], words: str, shown: str, sort: str) -> list[PatientRow]:
    """The rows that fit all of ``words`` and what is ``shown``, in the order ``sort``."""
    keep = SHOWN[shown]
    sought = words.casefold().split()
    matches = [row for row in rows if keep(row) and matches_all(row, sought)]
    key = SORTS[sort]
    return sorted(matches, key=key) if key else matches


def matches_all(row: PatientRow, sought: Iterable[str]) -> bool:
    """Whether every word stands in the alias, a muscle, a phase or an alert of a patient."""
    summary = row.patient.summary
    text = " ".join(
        (
            summary.patient,
            *(f"{muscle_label(muscle)} {phase}" for muscle, phase in summary.phases.items()),
            *(f"{LEVEL_WORDS[alert.level]} {alert.rule} {alert.text}" for alert in row.alerts),
        )
    ).casefold()
    return all(word in text for word in sought)
