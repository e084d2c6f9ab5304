"""``python packaging/notes.py VERSION``: what CHANGELOG.md says of one version."""

from __future__ import annotations

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).parent.parent / "CHANGELOG.md"


def notes(version: str) -> str:
    """The part of the changelog under the heading of ``version``."""
    parts = re.split(r"^## ", CHANGELOG.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = next((part for part in parts if re.match(rf"{re.escape(version)}\b(?!\.)", part)), None)
    if found is None:
        raise SystemExit(f"{CHANGELOG.name} has no part about {version}.")
    return found.partition("\n")[2].strip() + "\n"


if __name__ == "__main__":
    print(notes(sys.argv[1]), end="")
