"""The page about safety: each hazard has a control, and the test that holds the control is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "safety.md"


def hazards(page: str) -> list[list[str]]:
    """The rows of the table of hazards: hazard, cause, control, test."""
    table = page.partition("| hazard |")[2]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def named_tests(page: str) -> set[str]:
    return set(re.findall(r"`(test_\w+)`", page))


def written_tests() -> set[str]:
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for path in files for name in re.findall(r"def (test_\w+)\(", path.read_text())}


def missing_tests(page: str) -> set[str]:
    return named_tests(page) - written_tests()


def test_every_test_that_holds_a_control_is_there() -> None:
    page = PAGE.read_text()
    assert len(named_tests(page)) > 20
    assert missing_tests(page) == set()


def test_a_name_that_is_not_there_is_found() -> None:
    assert missing_tests("| a | b | c | `test_that_nobody_wrote` |") == {"test_that_nobody_wrote"}


def test_every_hazard_has_a_cause_a_control_and_a_test() -> None:
    rows = hazards(PAGE.read_text())
    assert rows
    assert rows[0][0]
    for row in rows:
        assert len(row) == 4
        assert row[1]
        assert row[2]
        assert re.fullmatch(r"`test_\w+`", row[3])


def test_it_says_what_it_is_for_what_it_is_not_for_and_who_answers() -> None:
    page = " ".join(PAGE.read_text().split())
    for words in (
        "## Intended use",
        "## What it must not be used for",
        "## Where to report an incident",
        "is likely to be a medical device",
        "not for use with patients until somebody has taken that responsibility",
    ):
        assert words in page


def test_the_first_page_links_what_it_does_not_do() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "(docs/limits.md)" in readme
    assert "(docs/safety.md)" in readme
