"""Where a log ends: its last complete line, found from the back without reading the rest."""

from __future__ import annotations

import os
from typing import BinaryIO

from reloadpt.journal.entries import LONGEST, START, Entry, Mark, Misfit, check_line


def end_of(stream: BinaryIO) -> Mark:
    """The place after the last complete line, which is checked by itself; START where there is none.

    Raises ``Misfit`` where that line does not fit.
    """
    offset = _after_last_lf(stream)
    if offset == 0:
        return START
    entry = _entry_before(stream, offset)
    return Mark(offset, entry.n, entry.h)


def line_stands(stream: BinaryIO, mark: Mark) -> bool:
    """Say whether the line that ends at ``mark`` is still there, whole and the same."""
    if mark == START:
        return True
    try:
        entry = _entry_before(stream, mark.offset)
    except Misfit:
        return False
    return entry.n == mark.n and entry.h == mark.h


def _entry_before(stream: BinaryIO, offset: int) -> Entry:
    start = max(0, offset - LONGEST - 2)
    stream.seek(start)
    data = stream.read(offset - start)
    if len(data) < offset - start or not data.endswith(b"\n"):
        raise Misfit("ends elsewhere")
    begin = data.rfind(b"\n", 0, -1) + 1
    return check_line(data[begin:-1])


def _after_last_lf(stream: BinaryIO) -> int:
    end = stream.seek(0, os.SEEK_END)
    while end > 0:
        start = max(0, end - LONGEST)
        stream.seek(start)
        last = stream.read(end - start).rfind(b"\n")
        if last >= 0:
            return start + last + 1
        end = start
    return 0
