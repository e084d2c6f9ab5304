"""The thresholds of a clinic: what it changed in ``thresholds.json``, over what we propose."""

from __future__ import annotations

from pathlib import Path

from reloadpt.care.thresholds import PROPOSED, AlertThresholds, Thresholds, with_changes
from reloadpt.program.check import read_form

NAME = "thresholds.json"


def thresholds_in(folder: Path) -> Thresholds:
    """What the clinic goes by; without a file, what we propose.

    Raises ``Trouble`` where the file holds a name that is no threshold, or a value that is none.
    """
    path = folder / NAME
    return with_changes(read_form(path, AlertThresholds)) if path.exists() else PROPOSED
