"""All the logs of one patient, folded into the one summary: from a folder here, or wherever the lines came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reloadpt.clinic.merging import merge
from reloadpt.clinic.receiving import ReceivedLog, received_log
from reloadpt.clinic.summary import StoredLog, Summary, stored_log, summarise
from reloadpt.files import Trouble
from reloadpt.journal.chain import verify_log
from reloadpt.journal.entries import Entry
from reloadpt.measures.alerts import PROPOSED, Alert, Thresholds
from reloadpt.measures.course import course_of

Lines = Mapping[str, bytes]
"""The lines of each of a patient's logs, by the log's id."""


def summary_of(logs: Lines, thresholds: Thresholds = PROPOSED) -> Summary | None:
    """The summary of a patient from the lines of their logs; None where none of these can be read."""
    taken: list[ReceivedLog] = []
    for log, lines in logs.items():
        try:
            taken.append(received_log(lines, log))
        except Trouble:
            continue
    if not taken:
        return None
    kept = [stored_log_of(each) for each in taken]
    if len(taken) == 1:
        return summarise(kept, taken[0].course, thresholds)
    entries, origin = entries_of(logs)
    return _named_anew(summarise(kept, course_of(entries), thresholds), origin)


def entries_of(logs: Lines) -> tuple[list[Entry], list[tuple[str, int]]]:
    """The entries of a patient's logs as one log, and the log and ``n`` of each where there are several."""
    found: dict[str, list[Entry]] = {}
    for log, lines in logs.items():
        verify_log(lines, each=found.setdefault(log, []).append)
    if len(found) == 1:
        return next(iter(found.values())), []
    return merge(found)


def stored_log_of(taken: ReceivedLog) -> StoredLog:
    """What is kept of a log that was taken in."""
    return stored_log(taken.log, len(taken.lines), taken.verdict.h, taken.course)


def _named_anew(summary: Summary, origin: Sequence[tuple[str, int]]) -> Summary:
    """Name the entries behind a merged patient's alerts by log and ``n``."""

    def names(entries: Iterable[int | str]) -> tuple[int | str, ...]:
        return tuple(
            f"{origin[each][0][:8]}:{origin[each][1]}" if isinstance(each, int) else each for each in entries
        )

    return msgspec.structs.replace(
        summary,
        alerts=tuple(Alert(each.level, each.rule, each.text, names(each.entries)) for each in summary.alerts),
        reported_by=names(summary.reported_by),
        begun_by=names(summary.begun_by),
    )
