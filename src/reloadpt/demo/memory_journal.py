"""A journal in memory: the lines that a disk would hold, without waiting for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from reloadpt.care.record import Record
from reloadpt.journal.entries import START, Entry, Mark, read_line, write_entry
from reloadpt.journal.events import Event, LogOpened
from reloadpt.journal.journal import Journal
from reloadpt.program.library import Library


class MemoryJournal(Journal):
    """A journal of which nothing is ever written to the disk; ``data`` is all of it."""

    def __init__(self) -> None:
        super().__init__(Path("in memory"))
        self.mark = START
        self._stored_lines: list[bytes] = []

    @property
    def data(self) -> bytes:
        """The bytes that the file would have."""
        return b"".join(line + b"\n" for line in self._stored_lines)

    @property
    def exists(self) -> bool:
        """Whether a log was started."""
        return bool(self._stored_lines)

    def start(self, opened: LogOpened, at: datetime) -> Entry:
        """Start the log with its first line."""
        return self.append([opened], at)[0]

    def append(self, events: Sequence[Event], at: datetime) -> tuple[Entry, ...]:
        """Append events, and return their entries."""
        entries = []
        for event in events:
            mark = self.mark or START
            entry = write_entry(mark.n + 1, mark.h, at, event)
            self.mark = mark.after(entry)
            self._stored_lines.append(entry.line)
            entries.append(entry)
        return tuple(entries)

    def entries(self, after: Mark | None = None) -> Iterator[Entry]:
        """Read the entries that follow ``after``, or all."""
        return (read_line(line) for line in self._stored_lines[(after or START).n + 1 :])

    def anew(self) -> MemoryJournal:
        """This one: nobody else writes here."""
        return self

    def load_checkpoint(self, version: str) -> None:
        """No state is kept of it."""

    def save_checkpoint(self, mark: Mark, version: str, payload: bytes) -> None:
        """No state is kept of it."""

    @contextmanager
    def session(self) -> Iterator[None]:
        """Nobody else has this journal."""
        yield


def memory_record(library: Library | None = None) -> tuple[Record, MemoryJournal]:
    """A record whose journal stays in memory, and that journal."""
    record, lines = Record(Path("in memory"), library), MemoryJournal()
    record.journal = lines
    return record, lines
