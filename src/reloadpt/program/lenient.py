"""A plan out of a log, read for what fits of it: a log may come from another version, or from anyone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any, NoReturn, get_args, get_origin, get_type_hints

import msgspec

from reloadpt.clock import is_sound
from reloadpt.program.fields import TEMPO, Ge, Le, Pattern, WithOffset
from reloadpt.program.older import in_current_form
from reloadpt.program.plan import PLAN_FORMAT, Plan, first_of_each_side


class _Misfit(Exception):
    """A value does not fit its field; its place is noted, and the value is absent."""


def read_logged_plan(value: Mapping[str, Any], started_at: datetime) -> tuple[Plan, tuple[str, ...]]:
    """Return the plan that a log holds, and the places (``targets[0].side``) of what did not fit.

    What does not fit is absent and the rest stands; an item that lacks a field it must have is absent whole.
    Numbers, times and tempos must lie within bounds, since they are reckoned with; a text may be of any length.
    A plan that says no time when it was made gets ``started_at``, and ``made_at`` is among the places.
    """
    reader = _Reader()
    found = reader.fitting(in_current_form(value), Plan, "")
    given = found.get("targets", ())
    targets = first_of_each_side(given)
    absent: dict[str, Any] = {"format": PLAN_FORMAT, "id": "", "patient": "", "made_at": started_at}
    plan = Plan(**absent | found | {"targets": targets})
    misfits = dict.fromkeys(reader.misfits)
    if len(targets) < len(given):
        misfits["targets"] = None
    if "made_at" not in found:
        misfits["made_at"] = None
    return plan, tuple(misfits)


class _Reader:
    """Reads JSON values by the type hints of frozen dataclasses, and notes the places that do not fit."""

    def __init__(self) -> None:
        self.misfits: list[str] = []

    def fitting(self, value: object, form: Any, place: str) -> dict[str, Any]:
        """Return the fields of a ``form`` that fit; null is as good as absent."""
        if not isinstance(value, Mapping):
            self._refuse(place)
        found = {}
        for name, hint in _hints_of(form).items():
            if value.get(name) is not None:
                try:
                    found[name] = self._value(value[name], hint, f"{place}.{name}" if place else name)
                except _Misfit:
                    continue
        return found

    def _value(self, value: object, hint: Any, place: str) -> Any:
        form, items, marks = _parts_of(hint)
        if items is not None:
            return self._items(value, items, place)
        if is_dataclass(form):
            return self._form(value, form, place)
        try:
            found = msgspec.convert(value, form)
        except (msgspec.ValidationError, OverflowError):
            self._refuse(place)
        return found if all(_fits(mark, found) for mark in marks) else self._refuse(place)

    def _form(self, value: object, form: Any, place: str) -> Any:
        found = self.fitting(value, form, place)
        for field in fields(form):
            if field.name not in found and field.default is MISSING and field.default_factory is MISSING:
                self._refuse(f"{place}.{field.name}")
        try:
            return form(**found)
        except ValueError:  # two fields contradict each other
            self._refuse(place)

    def _items(self, value: object, hint: Any, place: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            self._refuse(place)
        items = []
        for index, item in enumerate(value):
            try:
                items.append(self._value(item, hint, f"{place}[{index}]"))
            except _Misfit:
                continue
        return tuple(items)

    def _refuse(self, place: str) -> NoReturn:
        self.misfits.append(place)
        raise _Misfit


def _fits(mark: object, value: Any) -> bool:
    match mark:
        case Ge(bound=bound):
            return bool(value >= bound)
        case Le(bound=bound):
            return bool(value <= bound)
        case WithOffset():
            return value.tzinfo is not None and is_sound(value)
        case Pattern(regex=regex):
            return regex != TEMPO or re.match(regex, value) is not None
        case _:
            return True


@cache
def _parts_of(hint: Any) -> tuple[Any, Any, tuple[object, ...]]:
    """What a hint says without ``None`` and marks, the hint of the items of a list, and the marks."""
    marks: list[object] = []
    if type(None) in get_args(hint):
        hint = get_args(hint)[0]
    if get_origin(hint) is Annotated:
        hint, *marks = get_args(hint)
    items = get_args(hint)[0] if get_origin(hint) is tuple else None
    return hint, items, tuple(marks)


@cache
def _hints_of(form: Any) -> dict[str, Any]:
    return get_type_hints(form, include_extras=True)
