"""What earlier versions and other programs wrote is read as it was read on the day it was put up, by file."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from museum.__main__ import put_up
from museum.commands import lines_of
from museum.exhibits import FIGURES, MUSEUM, READ, SUMS, Exhibit, days, exhibits, sums
from museum.reading import READERS, reading

FIRST = MUSEUM / "2026-11-30"
DAYS = days()
EXHIBITS = [exhibit for day in DAYS for exhibit in exhibits(day)]
LARGEST_DAY = 4_000_000
"""Bytes that one day may add to the repository."""


def differences(exhibit: Exhibit) -> str:
    """How an exhibit is read otherwise than it was, under its name; nothing where it is read the same."""
    told, now = lines_of(exhibit.text(READ)), lines_of(reading(exhibit))
    lines = list(
        difflib.unified_diff(told, now, f"{exhibit.name} as it was", f"{exhibit.name} now", lineterm="")
    )
    return "\n".join(lines)


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=[exhibit.name for exhibit in EXHIBITS])
def test_it_is_read_as_on_the_day_it_was_put_up(exhibit: Exhibit) -> None:
    assert not (found := differences(exhibit)), f"\n{found}"


@pytest.mark.parametrize("day", DAYS, ids=[day.name for day in DAYS])
def test_no_file_of_a_day_was_changed_and_all_are_small(day: Path) -> None:
    assert sums(day) == (day / SUMS).read_text(encoding="utf-8")
    assert sum(file.stat().st_size for file in day.rglob("*") if file.is_file()) < LARGEST_DAY


@pytest.mark.parametrize("day", DAYS, ids=[day.name for day in DAYS])
def test_a_text_stands_beside_every_exhibit_and_none_alone(day: Path) -> None:
    named = {exhibit.beside(READ) for exhibit in exhibits(day)}
    assert named == set(day.glob(f"*/*{READ}"))
    assert {path.name.removesuffix(FIGURES) for path in day.glob(f"*/*{FIGURES}")} <= {
        exhibit.path.name for exhibit in exhibits(day)
    }


def test_the_first_day_has_every_kind() -> None:
    assert {exhibit.kind for exhibit in exhibits(FIRST)} == set(READERS)


# What must fail -------------------------------------------------------------------------------------------


def copy_of(name: str, to: Path) -> Exhibit:
    """A copy of an exhibit of the first day, with its text."""
    there = Exhibit(FIRST / name)
    copy = Exhibit(to / FIRST.name / name)
    copy.path.parent.mkdir(parents=True)
    shutil.copyfile(there.path, copy.path)
    copy.write_text(READ, there.text(READ))
    assert not differences(copy)
    return copy


@pytest.mark.parametrize(
    ("name", "was", "becomes"),
    [
        ("journals/corrected.jsonl", "  set_done 17\n", "  set_done 18\n"),
        ("journals/corrected.jsonl", ": 29 entries", ": 30 entries"),
        ("journals/others-with-more-kinds.jsonl", "weighed 3, not understood 3", "weighed 3"),
        ("journals/damaged-a-line-twice.jsonl", "a line is missing, twice or moved", "a line is missing"),
        ("journals/others-with-another-id.jsonl", "-> 1\n! rejected", "-> 0\n! rejected"),
        ("plans/bad-a-misspelled-name.json", "did you mean", "do you mean"),
        ("settings/odd-a-wrong-value.toml", "  motion = false\n", ""),
    ],
)
def test_another_count_or_another_word_fails_by_name(
    name: str, was: str, becomes: str, tmp_path: Path
) -> None:
    exhibit = copy_of(name, tmp_path)
    told = exhibit.text(READ)
    assert was in told
    exhibit.write_text(READ, told.replace(was, becomes, 1))
    assert f"2026-11-30/{name}" in differences(exhibit)


def test_an_exhibit_without_its_text_fails(tmp_path: Path) -> None:
    exhibit = copy_of("plans/least.json", tmp_path)
    exhibit.beside(READ).unlink()
    assert "2026-11-30/plans/least.json" in differences(exhibit)


def test_a_file_that_lost_a_byte_fails(tmp_path: Path) -> None:
    copy_of("plans/least.json", tmp_path)
    day = tmp_path / FIRST.name
    (day / SUMS).write_text(sums(day), encoding="utf-8")
    (day / "plans" / "least.json").write_bytes((day / "plans" / "least.json").read_bytes()[:-1])
    assert sums(day) != (day / SUMS).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "line", "fault", "name"),
    [
        ("clinic/receiving.py", "is not a UUID.", "is no UUID.", "journals/others-with-another-id.jsonl"),
        ("journal/events.py", 'tag="eased"', 'tag="lightened"', "journals/every-kind-of-entry.jsonl"),
    ],
)
def test_a_broken_reader_fails_by_the_name_of_the_file(
    file: str, line: str, fault: str, name: str, tmp_path: Path
) -> None:
    root = MUSEUM.parents[1]
    shutil.copytree(root / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "exercises").symlink_to(root / "exercises")
    broken = tmp_path / "src" / "reloadpt" / file
    text = broken.read_text(encoding="utf-8")
    assert line in text
    broken.write_text(text.replace(line, fault), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(MUSEUM), "compare", f"2026-11-30/{name}", "2026-11-30/plans/least"],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert f"--- 2026-11-30/{name}{READ}" in done.stdout
    assert "plans/least" not in done.stdout


def test_what_was_put_up_is_never_written_again(tmp_path: Path) -> None:
    kept = tmp_path / "2026-11-30" / "plans" / "least.json"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"{}")
    for day in ("2026-11-30", "2026-11-29"):
        assert put_up(tmp_path / day) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [kept]
    assert kept.read_bytes() == b"{}"
