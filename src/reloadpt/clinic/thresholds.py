"""The thresholds of a clinic: what it changed in ``thresholds.json``, over what we propose."""

from __future__ import annotations

from dataclasses import field, make_dataclass
from pathlib import Path
from typing import get_type_hints

import msgspec

from reloadpt.care.thresholds import PROPOSED, AlertThresholds, Thresholds, with_changes
from reloadpt.program.check import read_form

NAME = "thresholds.json"


def thresholds_in(folder: Path) -> Thresholds:
    """What the clinic goes by; without a file, what we propose.

    Raises ``Trouble`` where the file holds a name that is no threshold, or a value that is none.
    """
    path = folder / NAME
    if not path.exists():
        return PROPOSED
    types = get_type_hints(AlertThresholds, include_extras=True)
    form = (
        make_dataclass(  # what checks a person's file knows dataclasses, and they are slow to make at a start
            AlertThresholds.__name__,
            [
                (threshold.name, types[threshold.name], field(default=threshold.default))
                for threshold in msgspec.structs.fields(AlertThresholds)
            ],
            frozen=True,
            kw_only=True,
        )
    )
    return with_changes(AlertThresholds(**vars(read_form(path, form))))
