"""What is checked, and against which tests: ``[tool.mutants]`` in pyproject.toml, by paths alone."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Scope:
    """The rooms of a checkout and their tests.

    ``source`` is the package's folder; ``rooms`` has for each room the files of tests that count for it;
    ``guarded`` the files whose changed lines are checked; ``least_killed`` and ``most_equivalent`` are percentages;
    ``let_live`` is how many survivors a change may have however small it is.
    """

    root: Path
    source: Path
    rooms: dict[str, tuple[str, ...]]
    guarded: tuple[str, ...]
    least_killed: int
    most_equivalent: int
    let_live: int

    def room(self, file: str) -> str:
        """Return the room a file of the package stands in."""
        return (self.root / file).relative_to(self.source).parts[0]

    def files(self, room: str) -> tuple[str, ...]:
        """Return the modules of a room, relative to the checkout."""
        folder = self.source / room
        return tuple(sorted(path.relative_to(self.root).as_posix() for path in folder.rglob("*.py")))


def scope_of(root: Path) -> Scope:
    """Return the scope that a checkout's pyproject.toml states; KeyError and ValueError where it states none."""
    stated = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"]
    left_out = found(root, stated.get("left_out", []))
    return Scope(
        root=root,
        source=root / stated["source"],
        rooms={
            room: tuple(file for file in found(root, patterns) if file not in left_out)
            for room, patterns in stated["rooms"].items()
        },
        guarded=found(root, stated["guarded"]),
        least_killed=stated["least_killed"],
        most_equivalent=stated["most_equivalent"],
        let_live=stated["let_live"],
    )


def found(root: Path, patterns: list[str]) -> tuple[str, ...]:
    """Return the files that the patterns name; ValueError for one that names none, so that no room is lost."""
    files: dict[str, None] = {}
    for pattern in patterns:
        named = sorted(path.relative_to(root).as_posix() for path in root.glob(pattern) if path.is_file())
        if not named:
            raise ValueError(f"pyproject.toml, [tool.mutants]: nothing is called {pattern}.")
        files.update(dict.fromkeys(named))
    return tuple(files)
