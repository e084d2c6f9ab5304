"""Which logs a therapist put together or took apart: kept in a journal of the clinic's own, so that no import undoes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from reloadpt.clinic.notebook import Notebook
from reloadpt.files import UNREADABLE

NAME = "joined.jsonl"


class JoinEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What one entry says: ``others`` were put to ``logs``, or taken from them; ``folder`` is theirs when apart."""

    did: Literal["join", "part"]
    logs: tuple[str, ...]
    others: tuple[str, ...]
    folder: str


class PatientJoins:
    """What was joined and parted so far, in the caseload at ``folder``; of two logs the last word counts."""

    def __init__(self, folder: Path, at: datetime) -> None:
        self._last: dict[tuple[str, str], str] = {}
        self._entries: list[JoinEntry] = []
        self._notebook = Notebook(folder / NAME, at, self._add)
        self.mended = self._notebook.mended

    def write(self, entry: JoinEntry, at: datetime) -> None:
        """Keep that logs were joined or parted; raises ``Trouble`` where that cannot be written."""
        self._notebook.write([msgspec.json.encode(entry).decode()], at)

    def _add(self, text: str, at: datetime) -> None:  # noqa: ARG002  (when it was done decides nothing)
        try:
            entry = msgspec.json.decode(text, type=JoinEntry)
        except UNREADABLE:
            return
        self._entries.append(entry)
        for log in entry.logs:
            for other in entry.others:
                self._last[log, other] = self._last[other, log] = entry.did

    def joined(self) -> list[tuple[str, str]]:
        """Every two logs that were put together."""
        return [pair for pair, did in self._last.items() if did == "join"]

    def parted(self) -> set[str]:
        """Every log that was taken apart from another."""
        return {log for (log, _), did in self._last.items() if did == "part"}

    def joined_with(self, log: str) -> Iterator[str]:
        """The logs that were put together with one."""
        return (other for one, other in self.joined() if one == log)

    def are_apart(self, logs: Collection[str], others: Collection[str]) -> bool:
        """Whether any of these logs was taken apart from any of the others."""
        return any(self._last.get((log, other)) == "part" for log in logs for other in others)

    def partings(self) -> list[JoinEntry]:
        """What was parted and not joined again since, in the order in which it was said."""
        return [
            entry
            for entry in self._entries
            if entry.did == "part"
            and all(self._last[log, other] == "part" for log in entry.logs for other in entry.others)
        ]

    def last_join(self, logs: Collection[str]) -> JoinEntry | None:
        """The last join of which all logs are among these and still together; None where there is none."""
        joins = (
            entry
            for entry in reversed(self._entries)
            if entry.did == "join"
            and {*entry.logs, *entry.others} <= {*logs}
            and not self.are_apart(entry.logs, entry.others)
        )
        return next(joins, None)
