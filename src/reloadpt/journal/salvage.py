"""What can be read of a damaged log: every line whose own hash fits is kept, in its place, and what is lost is counted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO

import msgspec

from reloadpt.journal.chain import Break
from reloadpt.journal.entries import LONGEST, START, ZEROS, Entry, Misfit, check_line
from reloadpt.journal.events import LogOpened, Lost

MISSING = "is missing"
TWICE = "stands twice"
MOST_NAMED = 20
NO_TIME = datetime.min.replace(tzinfo=UTC)
"""When what is lost stood there, where no line can be read."""
_PIECE = 1024 * 1024


class Salvage(msgspec.Struct, frozen=True):
    """What was found in a damaged log.

    ``entries`` are those that can be read, in the order of the file, with a ``Lost`` in the place of what cannot;
    its ``line`` is the damaged bytes, its time that of the line before (``NO_TIME`` where no line can be read). ``breaks`` names every line that does not fit by itself. ``begins`` is the hash
    of the first line, known also where only the second one can be read; "" where neither can.
    """

    entries: list[Entry]
    breaks: tuple[Break, ...]
    opened: LogOpened | None
    begins: str

    @property
    def kept(self) -> int:
        """How many entries can be read."""
        return sum(map(is_line, self.entries))

    @property
    def lost(self) -> int:
        """How many lines cannot, or are missing."""
        return sum(
            entry.event.lines
            for entry in self.entries
            if isinstance(entry.event, Lost) and not is_line(entry)
        )

    def in_words(self) -> str:
        """How much can be read, and which lines cannot."""
        lines = [str(found.line) for found in self.breaks if found.wrong != TWICE]
        named, more = ", ".join(lines[:MOST_NAMED]), len(lines) - MOST_NAMED
        which = f" Lost: line {named}{f' and {more} more' if more > 0 else ''}." if named else ""
        return f"{self.kept} of {self.kept + self.lost} lines can be read.{which}"


def is_line(entry: Entry) -> bool:
    """Whether an entry stands in the log as it is, and not in the place of what is lost."""
    return bool(entry.h)


def salvage_log(source: bytes | BinaryIO) -> Salvage:
    """Read every line of a log whose own hash fits, whatever happened around it.

    A line that stands twice is read once. Lines of another log that was joined on are not of this one.
    """
    stream = BytesIO(source) if isinstance(source, bytes) else source
    stream.seek(0)
    entries: list[Entry] = []
    breaks: list[Break] = []
    seen: set[str] = set()
    foreign = False
    n, h = START.n, START.h
    for line, piece in enumerate(_lines(stream), start=1):
        try:
            entry = _read(piece, n + 1, h)
            foreign = (foreign or (entry.n == 0 and line > 1)) and entry.prev not in seen
            if foreign:
                raise Misfit("belongs to another log")
        except Misfit as misfit:
            n, h = n + 1, ""
            breaks.append(Break(line, str(misfit)))
            entries.append(_placeholder(n, piece, Lost(line=line, wrong=str(misfit))))
            continue
        if entry.h in seen:
            breaks.append(Break(line, TWICE))
            continue
        seen.add(entry.h)
        entries.append(entry)
        n, h = entry.n, entry.h
    return _salvage(entries, breaks)


def _salvage(entries: list[Entry], breaks: list[Break]) -> Salvage:
    real = [*filter(is_line, entries)]
    opened = next((entry.event for entry in real if isinstance(entry.event, LogOpened)), None)
    begins = next((entry.h if entry.n == 0 else entry.prev for entry in real if entry.n in (0, 1)), "")
    at = real[0].at if real else NO_TIME
    return Salvage([*_timed(_with_gaps(entries), at)], tuple(breaks), opened, begins)


def _read(piece: bytes, n: int, h: str) -> Entry:
    """Read one line: quickly where it follows the one before, else by itself."""
    try:
        return check_line(piece, n, h)
    except Misfit:
        return check_line(piece)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Every complete line, without its LF, and without a mark or a CR that another program put there.

    Of one that is too long, its beginning.
    """
    while piece := stream.readline(LONGEST + 2):
        rest = piece
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(_PIECE)
        if rest:
            yield piece.removesuffix(b"\n").removesuffix(b"\r").removeprefix(BOM_UTF8)


def _with_gaps(entries: list[Entry]) -> Iterator[Entry]:
    """The entries, with a ``Lost`` where numbers are missing that stand nowhere in the file."""
    there = sorted({entry.n for entry in entries})
    n = START.n
    for entry in entries:
        missing = entry.n - n - 1 - (bisect_left(there, entry.n) - bisect_right(there, n))
        if entry.n > n and missing:
            yield _placeholder(n + 1, b"", Lost(line=n + 2, lines=missing, wrong=MISSING))
        n = max(n, entry.n)
        yield entry


def _placeholder(n: int, line: bytes, lost: Lost) -> Entry:
    return Entry(n, ZEROS, NO_TIME, "lost", lost, None, "", line)


def _timed(entries: Iterator[Entry], at: datetime) -> Iterator[Entry]:
    """What is lost is told at the time of the line before it."""
    for entry in entries:
        at = entry.at if is_line(entry) else at
        yield entry if is_line(entry) else msgspec.structs.replace(entry, at=at)
