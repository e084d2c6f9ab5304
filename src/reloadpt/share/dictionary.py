"""The data dictionary as Markdown, for ``docs/export.md``: ``python -m reloadpt.share.dictionary`` prints it."""

from __future__ import annotations

import sys

from reloadpt.share.rows import TABLES, Private, TableColumn, table_columns

HIDDEN: dict[Private, str] = {
    "keep": "stays",
    "shift": "moved",
    "drop": "left out",
    "patient": "replaced",
    "plan": "numbered",
    "session": "numbered",
    "exercise": "stays if shipped, else numbered",
    "exercise_name": "the shipped name, else the number",
    "muscle": "stays if shipped, else `own`",
    "activity": "numbered",
    "codes": "known codes stay, else `other`",
}
"""What becomes of a column when it is de-identified, in words."""


def dictionary() -> str:
    """Every table with every column, its type, its bounds, and what de-identifying makes of it."""
    return "\n".join(_table(name) for name in TABLES)


def _table(name: str) -> str:
    sentence = (TABLES[name].__doc__ or "").partition("\n")[0]
    head = "| column | type | what it says | de-identified |\n| --- | --- | --- | --- |\n"
    return f"### {name}\n\n{sentence}\n\n{head}" + "".join(
        f"{_row(field)}\n" for field in table_columns(name)
    )


def _row(field: TableColumn) -> str:
    column = field.column
    kind = field.kind + ("" if field.needed else ", may be missing")
    bounds = f" {column.least:g} to {column.most:g}" if column.most is not None else ""
    words = f" One of {', '.join(f'`{word}`' for word in field.words)}." if field.words else ""
    return f"| `{field.name}` | {kind}{bounds} | {column.says}{words} | {HIDDEN[column.private]} |"


if __name__ == "__main__":
    sys.stdout.write(dictionary())
