"""Copies of a log that a sync program left beside it: they are never read in, and never passed over in silence."""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec

from reloadpt.files import MEBIBYTE, clip, open_to_read
from reloadpt.journal.entries import LONGEST

_COPY = re.compile(r"\W*(syncthing\W)?journal\b.*\.jsonl.*")
_OURS = re.compile(r"\.?journal\.jsonl(\.[0-9a-f]+)?|journal\.(torn|broken)-.*")


class Copy(msgspec.Struct, frozen=True):
    """A copy that holds so many lines which the log beside it does not have."""

    path: Path
    more: int

    def __str__(self) -> str:
        lines = "1 entry that is" if self.more == 1 else f"{self.more} entries that are"
        return (
            f"Beside your journal lies {clip(self.path.name)}, perhaps left by a sync program, with {lines} not in your "
            "journal. Nothing of it was read in or removed; give it to your therapist together with your report."
        )


def copies_of(log: Path) -> list[Copy]:
    """The copies in the log's folder that hold what the log does not; one that cannot be read is passed over."""
    try:
        with os.scandir(log.parent) as files:
            names = sorted(file.name for file in files if file.is_file(follow_symlinks=False))
    except OSError:
        return []
    copies = []
    for name in names:
        if _COPY.fullmatch(name) and not _OURS.fullmatch(name):
            more = _more(log, log.with_name(name))
            if more:
                copies.append(Copy(log.with_name(name), more))
    return copies


def _more(log: Path, copy: Path) -> int:
    """How many whole lines ``copy`` has from the first on that differs from the log's."""
    more = 0
    try:
        with open_to_read(log, MEBIBYTE) as ours, open_to_read(copy, MEBIBYTE) as theirs:
            while line := theirs.readline(LONGEST + 1):
                differs = more or line != ours.readline(LONGEST + 1)
                more += bool(differs and line.endswith(b"\n"))
    except OSError:
        return 0
    return more
