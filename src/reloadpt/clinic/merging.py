"""The logs of one patient's several devices, read as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from reloadpt.journal.entries import Entry
from reloadpt.journal.events import Amended, AnyEvent, Due, SessionOpened


def merge(logs: Mapping[str, Sequence[Entry]]) -> tuple[list[Entry], list[tuple[str, int]]]:
    """Merge logs, by id, in the order of (instant, log, ``n``).

    Entries are numbered anew, and what names another entry or a session names it in the merged log. What was due on
    a day is what a log says in which a session of that day was opened, where there is one.

    Returns:
        The entries, and for each of them the log it came from and its ``n`` there.
    """
    lines = sorted(
        ((entry.at, log, entry.n, entry) for log, entries in logs.items() for entry in entries),
        key=lambda line: line[:3],
    )
    origin = [(log, n) for _, log, n, _ in lines]
    place = {place: i for i, place in enumerate(origin)}
    due = _due_where_opened(logs)
    merged = [
        msgspec.structs.replace(entry, n=i, event=_renamed(due(log, entry.event), log, place))
        for i, (_, log, _, entry) in enumerate(lines)
    ]
    return merged, origin


def _due_where_opened(
    logs: Mapping[str, Sequence[Entry]],
) -> Callable[[str, AnyEvent | None], AnyEvent | None]:
    """How an event of a log reads among the others: what was due is told by the log with that day's session."""
    opened: dict[str, set[str]] = {}
    told: dict[tuple[str, str], Due] = {}
    for log, entries in logs.items():
        for entry in entries:
            if isinstance(entry.event, SessionOpened) and entry.event.items:
                opened.setdefault(entry.at.date().isoformat(), set()).add(log)
            elif isinstance(entry.event, Due):
                told[log, entry.event.day] = entry.event

    def read(log: str, event: AnyEvent | None) -> AnyEvent | None:
        holders = opened.get(event.day, {log}) if isinstance(event, Due) else {log}
        if log in holders or not isinstance(event, Due):
            return event
        return told.get((min(holders), event.day), Due(day=event.day, standing="as_dealt"))

    return read


def _renamed(event: AnyEvent | None, log: str, place: Mapping[tuple[str, int], int]) -> AnyEvent | None:
    changes: dict[str, Any] = {}
    if isinstance(event, Amended):
        changes["amends"] = place.get((log, event.amends), len(place))
    session = getattr(event, "session", None)
    if session is not None:
        changes["session"] = f"{session}@{log}"
    return msgspec.structs.replace(event, **changes) if event is not None and changes else event
