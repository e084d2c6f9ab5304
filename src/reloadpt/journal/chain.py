"""Whether a log is whole: every line of it hashed, counted and followed from the one before."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import msgspec

from reloadpt.files import Trouble, open_to_read, reason
from reloadpt.journal.entries import LONGEST, SEAL, START, Entry, Mark, Misfit, check_line, line_hash
from reloadpt.journal.events import LogOpened

_PIECE = 1024 * 1024


class Break(msgspec.Struct, frozen=True):
    """The first line that does not fit: its number in the file, from 1, and what is wrong with it."""

    line: int
    wrong: str

    def __str__(self) -> str:
        return f"line {self.line} {self.wrong}"


class Verdict(msgspec.Struct, frozen=True):
    """What checking a log found.

    ``end`` is the place after the last good line, ``entries`` how many good lines there are, and
    ``not_understood`` how many of those are of a kind or value that this version does not know. ``torn`` is
    the number of bytes after the last LF, where no break comes before them. ``opened`` is the first line's
    event, where that line was read and understood.
    """

    entries: int
    end: Mark
    opened: LogOpened | None
    first_break: Break | None
    torn: int
    not_understood: int

    @property
    def whole(self) -> bool:
        """Nothing is wrong with any complete line. A torn tail is no break."""
        return self.first_break is None

    @property
    def h(self) -> str:
        """The hash of the last good line: the head of the chain."""
        return self.end.h

    @property
    def log(self) -> str | None:
        """The log's own id."""
        return self.opened.log if self.opened else None


def verify_log(
    source: bytes | BinaryIO, after: Mark = START, on_entry: Callable[[Entry], object] | None = None
) -> Verdict:
    """Check a whole log, or what follows a mark, line by line up to the first break.

    ``source`` is the log's bytes or a binary stream; it is read from where ``after`` is. ``on_entry`` is called
    with every good entry on the way. At most two lines are held at any time, however large the log.
    """
    stream = BytesIO(source) if isinstance(source, bytes) else source
    if stream.seekable():
        stream.seek(after.offset)
    offset, n, h = after
    not_understood = torn = 0
    opened: LogOpened | None = None
    first_break: Break | None = None
    while piece := stream.readline(LONGEST + 2):
        try:
            if not piece.endswith(b"\n"):
                torn = rest_of_tail(stream, piece)
                break
            entry = check_line(piece[:-1], n + 1, h)
        except Misfit as misfit:
            first_break = Break(n + 2, str(misfit))
            break
        offset, n, h = offset + len(piece), entry.n, entry.h
        if entry.event is None:
            not_understood += 1
        elif n == 0 and isinstance(entry.event, LogOpened):
            opened = entry.event
        if on_entry:
            on_entry(entry)
    if n == START.n and not first_break:
        first_break = Break(1, "never ends: this is not a log" if torn else "is missing: the file is empty")
    return Verdict(n - after.n, Mark(offset, n, h), opened, first_break, torn, not_understood)


def hashes_fit(lines: bytes) -> bool:
    """Whether every line of ``lines``, each with its LF, has the hash of its own bytes; nothing else is looked at."""
    end = SEAL + 1
    return all(line[-end:] == b',"h":"%b"}\n' % line_hash(line[:-end]).encode() for line in BytesIO(lines))


def verify_file(path: Path) -> Verdict:
    """Check the log in a file; raise ``Trouble`` where it cannot be read at all."""
    try:
        with open_to_read(path, _PIECE) as stream:
            return verify_log(stream)
    except FileNotFoundError:
        raise Trouble(f"{path}: there is no such file.") from None
    except OSError as error:
        raise Trouble(f"{path}: cannot be read ({reason(error)}).") from error


def rest_of_tail(stream: BinaryIO, piece: bytes) -> int:
    """Count the bytes of a tail that begins with ``piece``, read with ``readline(LONGEST + 2)``.

    Raises ``Misfit`` where an LF comes after all, so that it is a line, and too long.
    """
    torn = len(piece)
    if torn < LONGEST + 2:
        # the file ended here when it was read; whatever a writer adds now is not looked at
        return torn
    while piece := stream.readline(_PIECE):
        if piece.endswith(b"\n"):
            raise Misfit("is longer than 64 KiB")
        torn += len(piece)
    return torn
