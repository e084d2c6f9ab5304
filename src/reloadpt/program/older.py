"""Files of an earlier form, as values of the form that is read now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reloadpt.program.programme import OLD_FORMAT

_ID = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")


def in_current_form(value: object) -> object:
    """The JSON values of a programme or a plan with what they said in earlier words; anything else as it is.

    An exercise had a sentence for an easier and one for a harder way: the first is how to do less of it, the second
    is dropped. Who could not lie on the front could not do ``prone``.
    """
    if not isinstance(value, Mapping):
        return value
    changed: dict[str, Any] = {}
    exercises = value.get("exercises")
    if isinstance(exercises, list) and (value.get("format") == OLD_FORMAT or "targets" in value):
        changed["exercises"] = [_exercise(exercise) for exercise in exercises]
    cannot = value.get("cannot")
    if isinstance(cannot, list):
        changed["cannot"] = ["front" if word == "prone" else word for word in cannot]
    return {**value, **changed}


def _exercise(value: object) -> object:
    if not isinstance(value, Mapping) or "ease" in value or "easier" not in value:
        return value
    ease = value["easier"]
    if isinstance(ease, str) and _ID.fullmatch(ease):
        return value
    return {name: field for name, field in value.items() if name not in ("easier", "harder")} | {"ease": ease}
