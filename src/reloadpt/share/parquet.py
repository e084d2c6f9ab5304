"""Tables as Parquet, through pyarrow, which nothing else here imports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from reloadpt.files import Trouble
from reloadpt.share.drafts import HashedDraft
from reloadpt.share.rows import TableColumn, table_columns

AT_ONCE = 20_000
"""So many rows are held, and stand in one row group."""


class ParquetTable:
    """One table being written, some rows at a time."""

    def __init__(self, name: str, draft: HashedDraft) -> None:
        arrow, parquet = _arrow()
        self._fields = table_columns(name)
        self._schema = arrow.schema(
            [
                arrow.field(field.name, _type(arrow, field), nullable=not field.needed)
                for field in self._fields
            ]
        )
        self._table = arrow.Table.from_pydict
        self._writer = parquet.ParquetWriter(_Sink(draft), self._schema)
        self._rows: list[msgspec.Struct] = []

    def add(self, rows: Iterable[msgspec.Struct]) -> None:
        """Write rows."""
        self._rows += rows
        while len(self._rows) >= AT_ONCE:
            self._write(self._rows[:AT_ONCE])
            del self._rows[:AT_ONCE]

    def close(self) -> None:
        """Write what is left, and the end of the file."""
        if self._rows:
            self._write(self._rows)
        self._writer.close()

    def _write(self, rows: list[msgspec.Struct]) -> None:
        columns = {field.name: [getattr(row, field.name) for row in rows] for field in self._fields}
        self._writer.write_table(self._table(columns, schema=self._schema))


class _Sink:
    """A draft as pyarrow writes to it; the draft itself says when it is finished."""

    closed = False

    def __init__(self, draft: HashedDraft) -> None:
        self.write = draft.write

    def flush(self) -> None:
        """The draft waits for the disk at its end."""

    def close(self) -> None:
        """The draft goes on until it is put in place."""


def _type(arrow: Any, field: TableColumn) -> Any:
    """Times are instants in UTC; the column ``timezone`` says where."""
    kinds = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
        "datetime": arrow.timestamp("us", tz="UTC"),
    }
    return kinds[field.kind]


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise Trouble(
            "Parquet needs pyarrow, which is not installed: pip install 'reloadpt[clinic]'. Nothing was written."
        ) from None
    return pyarrow, parquet
