"""The logs of one patient's several devices, read as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from reloadpt.journal.entries import Entry
from reloadpt.journal.events import Amended, AnyEvent


def merge(logs: Mapping[str, Sequence[Entry]]) -> tuple[list[Entry], list[tuple[str, int]]]:
    """Merge logs, by id, in the order of (instant, log, ``n``).

    Entries are numbered anew, and what names another entry or a session names it in the merged log.

    Returns:
        The entries, and for each of them the log it came from and its ``n`` there.
    """
    lines = sorted(
        ((entry.at, log, entry.n, entry) for log, entries in logs.items() for entry in entries),
        key=lambda line: line[:3],
    )
    origin = [(log, n) for _, log, n, _ in lines]
    place = {place: i for i, place in enumerate(origin)}
    merged = [
        msgspec.structs.replace(entry, n=i, event=_renamed(entry.event, log, place))
        for i, (_, log, _, entry) in enumerate(lines)
    ]
    return merged, origin


def _renamed(event: AnyEvent | None, log: str, place: Mapping[tuple[str, int], int]) -> AnyEvent | None:
    changes: dict[str, Any] = {}
    if isinstance(event, Amended):
        changes["amends"] = place.get((log, event.amends), len(place))
    session = getattr(event, "session", None)
    if session is not None:
        changes["session"] = f"{session}@{log}"
    return msgspec.structs.replace(event, **changes) if event is not None and changes else event
