"""A file dropped into a terminal is found, however the terminal writes its name; and moments beyond a change of clocks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from reloadpt.files import dropped_path
from reloadpt.phrases import moment_phrase

NAMES = (
    "plan (1).json",
    "a  b.json",
    "a\u00a0b.json",
    "a\u202fb.json",
    "it's 100%.json",
    "b\\c.json",
    "ü[1].json",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_dropped_file_is_found_as_terminals_write_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("{}", encoding="utf-8")
    escaped = "".join(sign if sign.isalnum() or sign in "/._-" else f"\\{sign}" for sign in str(path))
    for typed in (str(path), f"  {path}\n", f"'{path}'", f'"{path}"', escaped, f"file://{quote(str(path))}"):
        assert dropped_path(typed) == path, typed


def test_spaces_that_a_terminal_changed_are_known_again(tmp_path: Path) -> None:
    path = tmp_path / "plan\u202f(1).json"
    path.write_text("{}", encoding="utf-8")
    assert dropped_path(str(tmp_path / "plan (1).json")) == path
    (tmp_path / "plan\u00a0(1).json").write_text("{}", encoding="utf-8")
    assert dropped_path(str(tmp_path / "plan (1).json")) == tmp_path / "plan (1).json", (
        "two are alike: none is meant"
    )


@pytest.mark.parametrize(
    "typed", ["", "nowhere", "/nowhere/at all", "file://", "'", "\0", "~nobody-of-that-name/x", "x" * 5000]
)
def test_what_is_no_file_is_a_path_all_the_same(typed: str) -> None:
    assert isinstance(dropped_path(typed), Path)


BEFORE_SUMMER = datetime.fromisoformat("2027-03-26T10:00:00+01:00")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2027-03-29T09:00:00+01:00", "on Monday at 10:00"),
        ("2027-03-27T09:00:00+01:00", "tomorrow at 09:00"),
        ("2027-03-26T12:00:00+00:00", "today at 13:00"),
        ("2027-03-25T23:30:00+01:00", "yesterday at 23:30"),
        ("2027-05-01T09:00:00+02:00", "on 1 May at 09:00"),
    ],
)
def test_a_moment_is_told_by_the_clocks_of_then(
    monkeypatch: pytest.MonkeyPatch, moment: str, said: str
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert moment_phrase(datetime.fromisoformat(moment), BEFORE_SUMMER) == said


def test_in_autumn_it_is_an_hour_earlier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    at = datetime.fromisoformat("2026-10-24T10:00:00+02:00")
    assert moment_phrase(datetime.fromisoformat("2026-10-26T09:00:00+02:00"), at) == "on Monday at 08:00"


def test_where_the_machine_is_in_another_zone_the_offset_of_now_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    assert (
        moment_phrase(datetime.fromisoformat("2027-03-29T09:00:00+01:00"), BEFORE_SUMMER)
        == "on Monday at 09:00"
    )
