"""The list of mutants that change nothing anyone could see, each with its reason, known by text and not by line."""

from __future__ import annotations

import tomllib
from pathlib import Path

from mutants.operators import Mutant, mutants

Name = tuple[str, str, str]


def listed(path: Path) -> dict[Name, str]:
    """Return the reason of each mutant on the list; ValueError for a row without one. No file is an empty list."""
    if not path.exists():
        return {}
    reasons: dict[Name, str] = {}
    for row in tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", []):
        name = (row["file"], row["line"], row["change"])
        if not row.get("reason", "").strip():
            raise ValueError(f"{path.name}: no reason beside {' | '.join(name)}.")
        reasons[name] = row["reason"]
    return reasons


def stale(root: Path, reasons: dict[Name, str]) -> list[Name]:
    """Return the rows that name no mutant any more: their line was changed, and they must be judged again."""
    known: dict[str, set[Name]] = {}
    for file, _, _ in reasons:
        if file not in known:
            known[file] = {mutant.name for mutant in all_of(root, file)}
    return [name for name in reasons if name not in known[name[0]]]


def all_of(root: Path, file: str) -> list[Mutant]:
    """Return the mutants of one file of a checkout; none where there is no such file."""
    path = root / file
    return mutants(file, path.read_text(encoding="utf-8")) if path.exists() else []
