"""A steady run of the properties is the same run each time; a search is another one, and longer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

DRAWN = """
import sys
from hypothesis import given, strategies as st
from profiles import tries

@tries(100)
@given(st.text() | st.integers() | st.floats())
def test_any(drawn):
    with open("drawn", "a") as told:
        print(ascii(drawn), file=told)
"""
OTHER = "WORDS = ['never drawn by chance', 'nor this', 20261122, 3.0625]\n"


def drawn(folder: Path, *arguments: str, import_first: str = "") -> list[str]:
    """What a property tries in a run that is started with ``arguments``."""
    folder.mkdir()
    (folder / "other.py").write_text(OTHER)
    (folder / "conftest.py").write_text(f"import profiles\n{import_first}")
    (folder / "test_any.py").write_text(DRAWN)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--rootdir", ".", *arguments],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)}, cwd=folder,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
    return (folder / "drawn").read_text().splitlines()


@pytest.mark.parametrize("ci", ["true", ""])
def test_two_steady_runs_try_the_same_whatever_else_was_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ci: str
) -> None:
    monkeypatch.setenv("CI", ci)
    first = drawn(tmp_path / "first")
    assert len(first) == 100
    assert drawn(tmp_path / "second", import_first="import other\n") == first


def test_two_searches_try_other_things_ten_times_as_many(tmp_path: Path) -> None:
    first, second = (drawn(tmp_path / name, "--hypothesis-profile=search") for name in ("first", "second"))
    assert len(first) == len(second) == 1000
    assert first != second
