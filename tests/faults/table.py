"""What the fault suite found: one row for each fault, told as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One fault: how often it was tried, entries called saved, how many of those were found, what was said.

    ``said`` is a sentence of the program about it, ``how`` the means where there is a choice. ``told`` is how many of
    the tries were told, or changed no answer; None where a fault is to pass unnoticed.
    """

    fault: str
    tried: int
    saved: int
    found: int
    said: str = ""
    how: str = ""
    told: int | None = None

    @property
    def equal(self) -> bool:
        """Everything that was called saved is there, nothing was silent, and it was put to the test."""
        return self.tried > 0 and self.saved == self.found > 0 and self.told in (None, self.tried)


HEAD = ("fault", "tried", "called saved", "found", "told", "how")


def table(rows: Iterable[Row]) -> str:
    """The rows, and below each the sentence that the program said."""
    cells = [
        (
            row.fault,
            str(row.tried),
            str(row.saved),
            str(row.found),
            "-" if row.told is None else str(row.told),
            row.how,
        )
        for row in rows
    ]
    wide = [max(len(line[k]) for line in (HEAD, *cells)) for k in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.rjust(width) if 0 < k < 5 else cell.ljust(width) for k, (cell, width) in enumerate(zip(line, wide, strict=True))).rstrip()
        for line in (HEAD, *cells)
    )  # fmt: skip
