"""Lines of a log that is out of reach, written in another place: its first line, then what follows on from its last.

Such a file is the log with a hole: whoever reads a damaged log reads it, and a whole copy of the log heals it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from reloadpt.files import MEBIBYTE, Trouble, read_bytes, replace_file
from reloadpt.journal.entries import Entry, Misfit, read_line, write_entry
from reloadpt.journal.events import Event, LogOpened

LARGEST = 64 * MEBIBYTE


def place_elsewhere() -> Path:
    """The folder in which the lines of logs that are out of reach are written."""
    return Path.home() / "reloadpt-elsewhere"


def follow_on(n: int, h: str, events: Sequence[Event], at: datetime) -> tuple[Entry, ...]:
    """Entries of events that follow on from entry ``n`` with the hash ``h``, without writing them."""
    entries: list[Entry] = []
    for event in events:
        entries.append(write_entry(n + 1, h, at, event))
        n, h = entries[-1].n, entries[-1].h
    return tuple(entries)


class LogElsewhere:
    """Lines of the log that begins with ``opening``, in a file of their own that is new and private.

    Raises ``Trouble`` where it cannot be written; so does ``write``, and then nothing more is in the file.
    """

    def __init__(self, opening: bytes, entries: Sequence[Entry], at: datetime) -> None:
        name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}.jsonl"
        self.path = place_elsewhere() / name
        self._lines = [opening]
        self.write(entries)

    def write(self, entries: Sequence[Entry]) -> None:
        """Write more entries, and return once they are on the disk."""
        lines = [*self._lines, *(entry.line for entry in entries)]
        replace_file(self.path, b"".join(line + b"\n" for line in lines))
        self._lines = lines


def files_elsewhere() -> list[Path]:
    """Every file with lines of logs that were out of reach, the oldest first."""
    with suppress(OSError):
        return sorted(path for path in place_elsewhere().glob("*.jsonl") if path.is_file())
    return []


def entries_elsewhere(path: Path, logs: Sequence[str]) -> list[Entry]:
    """What was written elsewhere of a log with one of these ids; nothing where it is another's, or cannot be read."""
    from reloadpt.journal.salvage import is_line, salvage_log

    with suppress(Trouble):
        salvage = salvage_log(read_bytes(path, LARGEST))
        if salvage.opened and salvage.opened.log in logs:
            return [entry for entry in salvage.entries if is_line(entry) and entry.n > 0]
    return []


def clear_elsewhere(path: Path) -> None:
    """Take a file away whose lines stand in their log; where it cannot be, they are found there again."""
    with suppress(OSError):
        path.unlink()
        place_elsewhere().rmdir()  # only where nothing more is in it


def ids_of(opening: bytes) -> list[str]:
    """The id of the log with this first line, and of the one that it goes on from."""
    with suppress(Misfit):
        opened = read_line(opening).event
        if isinstance(opened, LogOpened):
            return [opened.log, *([opened.continues.log] if opened.continues else [])]
    return []
