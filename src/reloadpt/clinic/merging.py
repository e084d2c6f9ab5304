"""The logs of one patient's several devices, read as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from reloadpt.journal.entries import Entry, told_part
from reloadpt.journal.events import Amended, AnyEvent, Due, LogOpened, Lost, SessionOpened
from reloadpt.journal.salvage import is_line


def merge(logs: Mapping[str, Sequence[Entry]]) -> tuple[list[Entry], list[tuple[str, int]]]:
    """Merge logs, by id, in the order of (instant, log, ``n``).

    Entries are numbered anew, and what names another entry or a session names it in the merged log. What was due on
    a day is what a log says in which a session of that day was opened, where there is one. What a log carries of
    another, from which it goes on, counts once; what it lost and the other has is not lost.

    Returns:
        The entries, and for each of them the log it came from and its ``n`` there.
    """
    carried = _carried(logs)
    lost = _found_again(logs, carried)
    lines = sorted(
        (
            (entry.at, log, entry.n, entry)
            for log, entries in logs.items()
            for entry in entries
            if (log, entry.n) not in carried and (log, entry.n) not in lost
        ),
        key=lambda line: line[:3],
    )
    origin = [(log, n) for _, log, n, _ in lines]
    place = {place: i for i, place in enumerate(origin)}
    for entry in carried:
        last = entry
        while last in carried:
            last = carried[last]
        if last in place:
            place[entry] = place[last]
    due = _due_where_opened(logs)
    merged = [
        msgspec.structs.replace(entry, n=i, event=_renamed(due(log, entry.event), log, place))
        for i, (_, log, _, entry) in enumerate(lines)
    ]
    return merged, origin


def _carried(logs: Mapping[str, Sequence[Entry]]) -> dict[tuple[str, int], tuple[str, int]]:
    """By log and ``n`` each entry that another log carries on, and where it stands there."""
    carried: dict[tuple[str, int], tuple[str, int]] = {}
    for log, entries in logs.items():
        opened = entries[0].event if entries else None
        if not isinstance(opened, LogOpened) or opened.continues is None:
            continue
        here: dict[bytes, list[int]] = {}
        for entry in reversed(entries):
            here.setdefault(told_part(entry.line), []).append(entry.n)
        for other, others in logs.items():
            for entry in others:
                numbers = here.get(told_part(entry.line)) if other != log and is_line(entry) else None
                if numbers and entry.n > 0 and (log, numbers[-1]) not in carried:
                    carried.setdefault((other, entry.n), (log, numbers.pop()))
    return carried


def _found_again(
    logs: Mapping[str, Sequence[Entry]], carried: Mapping[tuple[str, int], tuple[str, int]]
) -> set[tuple[str, int]]:
    """By log and ``n`` each line called lost that another log has."""
    found = set()
    for log, entries in logs.items():
        opened = entries[0].event if entries else None
        if not isinstance(opened, LogOpened) or opened.continues is None:
            continue
        had = {entry.n for entry in logs.get(opened.continues.log, ()) if is_line(entry)}
        found |= {
            (log, entry.n)
            for entry in entries
            if isinstance(entry.event, Lost)
            and is_line(entry)
            and (log, entry.n) not in carried
            and all(
                number in had
                for number in range(
                    entry.event.line - 1, entry.event.line - 1 + min(entry.event.lines, len(had) + 1)
                )
            )
        }
    return found


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
