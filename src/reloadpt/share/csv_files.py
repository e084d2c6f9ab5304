"""Tables as CSV (RFC 4180, UTF-8) in which no text can become a formula, whatever opens it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date, datetime
from types import SimpleNamespace

import msgspec

from reloadpt.share.drafts import HashedDraft
from reloadpt.share.rows import TableColumn, table_columns

_FORMULA = re.compile(
    "[\\s'\u200b-\u200f\u202a-\u202e\u2060\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|['\\s]*?[\\t\\r\\n]"
)
"""What a spreadsheet may run: also after spaces, signs without width, and an apostrophe of the patient's own."""
_CONTROL = re.compile(
    "[\0-\b\v\f\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Characters that control, that turn the writing round, or that end a line where none ends."""


class CsvTable:
    """One table being written: the header at once, then rows."""

    def __init__(self, name: str, draft: HashedDraft) -> None:
        self._fields = table_columns(name)
        self._writer = csv.writer(SimpleNamespace(write=lambda text: draft.write(text.encode())))
        self._writer.writerow(field.name for field in self._fields)

    def add(self, rows: Iterable[msgspec.Struct]) -> None:
        """Write rows."""
        for row in rows:
            self._writer.writerow(cell(field, getattr(row, field.name)) for field in self._fields)

    def close(self) -> None:
        """Nothing is kept back."""


def cell(field: TableColumn, value: object) -> str:
    """A value as it stands in its cell; what is missing is empty."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() | date():
            return value.isoformat()
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case str() if not field.words:
            return escape_formula(value)
        case _:
            return str(value)


def escape_formula(text: str) -> str:
    """A text that stays text: an apostrophe before what looks like a formula, and no control characters."""
    printable = _CONTROL.sub("", text)
    return f"'{printable}" if _FORMULA.match(printable) else printable


def unescape_formula(text: str) -> str:
    """What ``escape_formula`` was given, control characters left out."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
