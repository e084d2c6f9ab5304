"""The page about the format is true: its examples verify, its code runs, its tables name every field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from journal_samples import EVERY_KIND, journal_at
from reloadpt.journal.chain import verify_log
from reloadpt.journal.events import AnyEvent, Item

PAGE = (Path(__file__).parents[2] / "docs" / "journal.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def ticked(cell: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", cell))


def rows() -> dict[str, str]:
    """The cell of fields in the table of kinds, by kind."""
    return dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]*) \| [^|]* \|$", PAGE, re.MULTILINE))


def test_the_log_it_shows_verifies() -> None:
    (log,) = blocks("jsonl")
    verdict = verify_log(log.encode())
    assert (verdict.whole, verdict.entries, verdict.not_understood) == (True, 2, 0)
    assert verify_log(log.replace("6 h", "7 h").encode()).first_break is not None


def test_its_code_writes_and_checks_as_we_do(tmp_path: Path) -> None:
    (code,) = blocks("python")
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102
    ours = journal_at(tmp_path).path.read_bytes()
    assert names["first_bad_line"](ours) is None
    assert names["first_bad_line"](ours + b"torn") is None
    assert names["first_bad_line"](ours.replace(b'"reps":6', b'"reps":7', 1)) == 5

    first, h = names["line"](
        0, "0" * 32, "2026-11-22T09:00:00+01:00", "log_opened",
        format="reloadpt-log/1", log="x", patient="B-2",
    )  # fmt: skip
    second, _ = names["line"](1, h, "2026-11-22T09:01:00Z", "note", text="</script> é & \r\n")
    verdict = verify_log(first + second)
    assert (verdict.whole, verdict.entries, verdict.not_understood) == (True, 2, 0)


@pytest.mark.parametrize("kind", get_args(AnyEvent), ids=lambda kind: kind.__name__)
def test_every_field_of_every_kind_is_on_the_page_with_its_default(kind: type[msgspec.Struct]) -> None:
    cell = rows()[str(kind.__struct_config__.tag)]
    assert ticked(cell) == set(kind.__struct_encode_fields__)
    for field in msgspec.structs.fields(kind):
        told = re.search(rf"`{field.encode_name}`(?: = ([^,|]+))?", cell)
        assert told
        if field.encode_name == "side":
            continue
        given = None if told[1] is None else told[1].strip()
        if field.required:
            assert given is None
        else:
            default = field.default_factory() if field.default is msgspec.NODEFAULT else field.default
            assert given == msgspec.json.encode(default).decode()


def test_every_field_of_an_item_is_on_the_page() -> None:
    table = PAGE.split("One item of a session:")[1].split("###")[0]
    fields = {name for row in re.findall(r"^\| ([^|]*) \|", table, re.MULTILINE) for name in ticked(row)}
    assert fields - {"field"} == set(Item.__struct_fields__)


def test_no_kind_is_on_the_page_that_is_not_written() -> None:
    kinds = {str(kind.__struct_config__.tag) for kind in get_args(AnyEvent)}
    assert {kind for kind in rows() if kind not in ("n", "prev", "at", "kind", "h")} == kinds
    assert len(EVERY_KIND) >= len(kinds) - 1
