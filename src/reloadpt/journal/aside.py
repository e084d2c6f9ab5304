"""Bytes that do not belong in a log any more, kept beside it: nothing of a journal is ever thrown away."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO

from reloadpt.files import MEBIBYTE, open_private, sync_file, sync_folder, write_all


def keep_beside(log: Path, label: str, at: datetime, source: BinaryIO) -> Path:
    """Copy the rest of ``source`` to ``<log>.<label>-<utc>`` and wait until it is on the disk.

    Raises ``OSError`` where it cannot be kept; then nothing is left of it.
    """
    name = f"{label}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for k in count(1):
        copy = log.with_suffix(f".{name}" if k == 1 else f".{name}-{k}")
        try:
            handle = open_private(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
            break
        except FileExistsError:
            continue
    try:
        while piece := source.read(MEBIBYTE):
            write_all(handle, piece)
        sync_file(handle)
    except OSError:
        copy.unlink()
        raise
    finally:
        os.close(handle)
    sync_folder(log.parent)
    return copy
