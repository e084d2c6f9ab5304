"""The fault suite, each fault tried a few times; ``python tests/faults`` tries them all at length."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from every_command import not_tried
from faults.reading import CALLS
from faults.suite import faults, run
from faults.table import Row, table

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace and tmpfs are of Linux")

SAYS = {
    "full": "NOT saved (no space left on device)",
    "read-only": "NOT saved",
    "lasting": "NOT saved",
    "torn": "was cut off by an interruption",
    "copies": "perhaps left by a sync program",
    "changed": "written again",
    "at once": "Another window has a session open.",
}


@pytest.mark.parametrize("name", faults(quick=True))
def test_what_was_called_saved_is_there(name: str, tmp_path: Path) -> None:
    row = run(name, faults(quick=True)[name], tmp_path)
    assert row.equal, row
    if row.how in ("", "tmpfs"):
        assert SAYS.get(name, "") in row.said


@pytest.mark.parametrize(
    "row",
    [Row("x", 3, 10, 9), Row("x", 3, 9, 10), Row("x", 0, 0, 0), Row("x", 3, 0, 0), Row("x", 3, 9, 9, told=2)],
    ids=range(5),
)
def test_a_row_in_which_something_is_missing_or_nothing_was_tried_is_not_equal(row: Row) -> None:
    assert not row.equal
    assert "x" in table([row])


def test_every_command_has_its_reads_fail() -> None:
    assert not_tried(CALLS) == {("serve",)}  # it reads no file of ours


def test_a_program_that_loses_what_it_called_saved_is_found_out(tmp_path: Path) -> None:
    """The same suite on a program whose appends go nowhere."""
    lossy = tmp_path / "sitecustomize.py"
    lossy.write_text(
        "import os\n"
        "real = os.write\n"
        'os.write = lambda h, d: len(d) if b\'"kind":"set_done"\' in bytes(d) else real(h, d)\n'
    )
    tests = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, tests / "faults", "--quick", "clock"],
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done
    assert "NOT EQUAL" in done.stderr
