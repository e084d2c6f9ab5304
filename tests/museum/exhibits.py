"""What stands in the museum: a folder for each day, in it a folder for each kind, in it files and folders to read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

MUSEUM = Path(__file__).resolve().parent
READ = ".read.txt"
"""Ends the name of the text that says how an exhibit is read: held for ever."""
FIGURES = ".figures.txt"
"""Ends the name of the text that says what follows from it: the rules of care may change that on purpose."""
SUMS = "sums.txt"
"""What every other file of a day must be, byte for byte."""
KEY = "clinic.key"
"""The key that sealed reports are sealed to; it was made for the museum and opens nothing else."""


@dataclass(frozen=True)
class Exhibit:
    """One file or folder that is read for ever; its text stands beside it."""

    path: Path

    @property
    def kind(self) -> str:
        """The folder it stands in: ``journals``, ``plans`` and so on."""
        return self.path.parent.name

    @property
    def name(self) -> str:
        """Its place in the museum, such as ``2026-11-30/journals/torn.jsonl``."""
        return "/".join(self.path.parts[-3:])

    @property
    def day(self) -> datetime:
        """Noon of the day it was made on: when it is read, whatever the clock says."""
        return datetime.fromisoformat(f"{self.path.parents[1].name}T12:00:00+01:00")

    def beside(self, ending: str) -> Path:
        """Where the text with this ending stands."""
        return self.path.with_name(self.path.name + ending)

    def text(self, ending: str) -> str:
        """The text with this ending as it was written down; nothing where there is none."""
        path = self.beside(ending)
        return path.read_bytes().decode() if path.exists() else ""

    def write_text(self, ending: str, text: str) -> None:
        """Write the text with this ending down; bytes, so that no end of a line becomes another."""
        self.beside(ending).write_bytes(text.encode("utf-8", "backslashreplace"))


def days(museum: Path = MUSEUM) -> list[Path]:
    """The folder of each day, the oldest first."""
    return sorted(path for path in museum.glob("????-??-??") if path.is_dir())


def exhibits(day: Path) -> Iterator[Exhibit]:
    """Everything that was put up on a day."""
    for kind in sorted(path for path in day.iterdir() if path.is_dir()):
        for path in sorted(kind.iterdir()):
            if not path.name.endswith((READ, FIGURES)) and path.name != KEY:
                yield Exhibit(path)


def sums(day: Path) -> str:
    """The SHA-256 of every file that was put up on a day, the texts beside them left out."""
    files = (
        path for path in day.glob("*/**/*") if path.is_file() and not path.name.endswith((READ, FIGURES))
    )
    told = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(day)}" for path in sorted(files)
    )
    return "".join(f"{line}\n" for line in told)
