"""Tables without what says who: for research and audit, where the clinic keeps the key.

Every column says in ``rows`` what becomes of it, so that none is forgotten. It is pseudonymised, no more: who
holds a patient's own record can find it again by its numbers.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from reloadpt import wording
from reloadpt.files import Trouble, read_bytes, replace_file
from reloadpt.program.library import Library
from reloadpt.share.rows import TABLES, Private, table_columns
from reloadpt.share.tables import Tables

NAME = "deidentify.key"
_KEY_BYTES = 32
MOST_WEEKS = 520
"""Dates go back by 1 to so many whole weeks: weekdays, and all that is counted by the week, stay as they were."""


def make_or_read_key(folder: Path) -> bytes:
    """The clinic's secret that aliases and offsets are made from; the first time it is made.

    With it, a later export of the same patients fits the one before. Without it, it cannot be made again.
    """
    path = folder / NAME
    if not path.exists():
        replace_file(path, os.urandom(_KEY_BYTES).hex().encode() + b"\n")
    try:
        key = bytes.fromhex(read_bytes(path, 1024).decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise Trouble(
            f"{path}: this is not a key of 64 hexadecimal digits. Put the right one back, or move it away."
        )
    return key


def pseudonym(key: bytes, patient: str) -> str:
    """What stands for a patient; ``patient`` is what the caseload knows them by."""
    return f"P-{_secret(key, 'alias', patient).hex()[:12]}"


def date_offset(key: bytes, patient: str) -> timedelta:
    """How far back a patient's dates go."""
    return timedelta(weeks=1 + int.from_bytes(_secret(key, "offset", patient)) % MOST_WEEKS)


def deidentify(tables: Tables, alias: str, back: timedelta, shipped: Library) -> Tables:
    """The tables of one patient under another name, ``back`` in time.

    ``shipped`` holds the programmes that everyone has: only their muscles and exercises keep their names.
    """
    pseudonymiser = _Pseudonymiser(alias, back, shipped)
    rows: dict[str, Any] = {
        name: tuple(pseudonymiser.row(name, row) for row in getattr(tables, name)) for name in TABLES
    }
    at = pseudonymiser.moment(tables.at) if tables.at else None
    return replace(tables, patient_id=alias, key=alias, at=at, **rows)


class _Pseudonymiser:
    """Goes through the rows of one patient, and gives the same thing the same new name in all of them."""

    def __init__(self, alias: str, back: timedelta, shipped: Library) -> None:
        self._alias = alias
        self._back = back
        self._muscles = frozenset(shipped.muscles)
        self._shipped = shipped
        self._names: dict[str, str] = {}
        self._numbers: dict[tuple[Private, str], int] = {}

    def row(self, table: str, row: msgspec.Struct) -> msgspec.Struct:
        changes: dict[str, object] = {}
        for field in table_columns(table):
            value = getattr(row, field.name)
            if value is not None and field.column.private != "keep":
                about = getattr(row, "exercise_id", "")
                changes[field.name] = self._hidden(field.column.private, value, about)
        return msgspec.structs.replace(row, **changes)

    def moment(self, at: datetime) -> datetime:
        """The patient's own time of day, to the minute, as if in UTC."""
        return (at - self._back).replace(tzinfo=UTC, second=0, microsecond=0)

    def _hidden(self, private: Private, value: object, exercise: str) -> object:
        match private:
            case "drop":
                return None
            case "patient":
                return self._alias
            case "shift" if isinstance(value, datetime):
                return self.moment(value)
            case "shift" if isinstance(value, date):
                return value - self._back
            case "muscle":
                return value if value in self._muscles else "own"
            case "exercise":
                return self._exercise(str(value))[0]
            case "exercise_name":
                return self._exercise(exercise)[1]
            case "codes":
                return " ".join(code if code in wording.SIGNS else "other" for code in str(value).split())
            case _:
                return f"{private}-{self._number(private, str(value))}"

    def _number(self, private: Private, value: str) -> int:
        return self._numbers.setdefault(
            (private, value), 1 + sum(kind == private for kind, _ in self._numbers)
        )

    def _exercise(self, exercise: str) -> tuple[str, str]:
        """An exercise's id and name: everyone's as they are shipped, any other by a number."""
        muscle = exercise.partition("/")[0]
        if muscle in self._muscles:
            for candidate in self._shipped.programme(muscle).exercises:
                if candidate.id == exercise:
                    return candidate.id, candidate.name
        numbered = f"{muscle if muscle in self._muscles else 'own'}/own-{self._number('exercise', exercise)}"
        return numbered, numbered


def _secret(key: bytes, purpose: str, patient: str) -> bytes:
    return hmac.digest(key, f"{purpose} {patient}".encode(), hashlib.sha256)
