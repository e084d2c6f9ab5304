"""All the logs of one patient, folded into the one summary: from a folder here, or wherever the lines came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec

from reloadpt.care.thresholds import PROPOSED, Thresholds
from reloadpt.clinic.merging import merge
from reloadpt.clinic.receiving import ReceivedLog, log_entries, received_log
from reloadpt.clinic.summary import StoredLog, Summary, summarise
from reloadpt.files import Trouble
from reloadpt.journal.entries import Entry
from reloadpt.journal.people import NOT_KNOWN
from reloadpt.measures.course import course_of

Lines = Mapping[str, bytes]
"""The lines of each of a patient's logs, by the log's id."""


def summary_of(logs: Lines, thresholds: Thresholds = PROPOSED) -> Summary | None:
    """The summary of a patient from the lines of their logs; None where none of these can be read."""
    received: list[ReceivedLog] = []
    for log, lines in logs.items():
        try:
            # it is known by the name of its file, also where its first line cannot be read any more
            received.append(replace(received_log(lines, log), log=log))
        except Trouble:
            continue
    if not received:
        return None
    stored = [stored_log_of(log) for log in received]
    if len(received) == 1:
        return summarise(stored, received[0].course, thresholds)
    entries, origin = entries_of(logs)
    return _with_merged_names(summarise(stored, course_of(entries), thresholds), origin)


def entries_of(logs: Lines) -> tuple[list[Entry], list[tuple[str, int]]]:
    """The entries of a patient's logs as one log, and the log and ``n`` of each where there are several."""
    entries_by_log = {log: log_entries(lines) for log, lines in logs.items()}
    if len(entries_by_log) == 1:
        return next(iter(entries_by_log.values())), []
    return merge(entries_by_log)


def stored_log_of(received: ReceivedLog) -> StoredLog:
    """What is kept of a log that was taken in."""
    course = received.course
    ties = {(began.plan.patient, began.plan.id) for began in course.began}
    return StoredLog(
        log=received.log,
        size=len(received.lines),
        h=received.h,
        begins=received.begins,
        entries=course.entries,
        patient=course.patient or NOT_KNOWN,
        aliases=course.aliases,
        # a log of two patients is nobody's until a therapist says whose
        ties=tuple(sorted(tie for tie in ties if all(tie))) if len(course.aliases) < 2 else (),
        not_understood=course.not_understood,
        damaged=received.damaged,
    )


def _with_merged_names(summary: Summary, origin: Sequence[tuple[str, int]]) -> Summary:
    """Name the entries behind a merged patient's alerts by log and ``n``."""

    def renamed(entries: Iterable[int | str]) -> tuple[int | str, ...]:
        return tuple(
            f"{origin[number][0][:8]}:{origin[number][1]}" if isinstance(number, int) else number
            for number in entries
        )

    return msgspec.structs.replace(
        summary,
        alerts=tuple(replace(alert, entries=renamed(alert.entries)) for alert in summary.alerts),
        reported_by=renamed(summary.reported_by),
        begun_by=renamed(summary.begun_by),
    )
