"""The page that documents the report, tried out as another program would."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict

from reloadpt.care.thresholds import AlertThresholds
from reloadpt.journal.entries import Entry
from reloadpt.measures.course import course_of
from reloadpt.share.page import gather_report
from reloadpt.share.report import render_report
from sample_logs import at, begins, entries_of, lines_of, rated, sat, sent

PAGE = Path(__file__).parents[2] / "docs" / "report.md"


def block(kind: str) -> str:
    [found] = re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


@pytest.fixture
def log() -> list[Entry]:
    return entries_of((at(0), begins()), rated(0, 4), *sat(0), sent(0))


def test_the_code_on_the_page_takes_the_journal_out_of_a_report(log: list[Entry]) -> None:
    told: dict[str, Any] = {}
    exec(block("python"), told)  # noqa: S102
    page = render_report(gather_report(course_of(log), log[-1].at, log[-1].h), lines_of(log))
    assert told["journal_of"](page) == lines_of(log)
    for bad in (b"", page + page, page.replace(b"</script>", b"")):
        with pytest.raises(ValueError, match=r"log|breaks"):
            told["journal_of"](bad)


def test_the_list_on_the_page_has_the_keys_that_are_printed() -> None:
    [row] = json.loads(block("json"))
    assert list(row)[:5] == ["patient", "sessions_done", "sessions_planned", "sets_done", "sets_planned"]
    assert row["adherence"] == pytest.approx(row["sets_done"] / row["sets_planned"], abs=0.001)


def test_every_threshold_stands_on_the_page_with_what_is_proposed() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: float(value) for name, value in rows} == asdict(AlertThresholds())
