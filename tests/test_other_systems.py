"""Windows and macOS, as far as Linux can show them: what they lack is not called. Neither was run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from program_runs import LOW_BACK, environment
from reloadpt import files
from reloadpt.files import open_private, sync_file

ON_WINDOWS = Path(__file__).parent / "on_windows.py"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system is itself there")


def windows(home: Path, *arguments: str | Path, typed: str = "") -> str:
    """What ``reloadpt`` writes where it takes the system for Windows."""
    done = subprocess.run(
        [sys.executable, str(ON_WINDOWS), *map(str, arguments)],
        env=environment(home), cwd=home.parent, input=typed, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout + done.stderr


def test_every_module_can_be_imported(tmp_path: Path) -> None:
    assert int(windows(tmp_path / "home", "--all-modules")) > 250


def test_from_the_plan_to_the_therapists_list(tmp_path: Path) -> None:
    home = tmp_path / "home"
    windows(home, "plan", "new", *LOW_BACK, "--screen", "all=no", "-o", "a17.plan.json")
    windows(home, "plan", "use", "a17.plan.json")
    assert windows(home, "--app").strip() == "TodayScreen"
    windows(home, "checkin", "--pain", "3", "--soreness", "multifidus:both:1")
    assert "Goodbye." in windows(home, "--plain", "--self-paced", typed="")
    windows(home, "share", "-o", "report.html")
    windows(home, "export", "--as", "csv", "-o", "record")
    windows(home, "handout", "-o", "paper.html")
    windows(home, "remind", "-o", "reminders.ics")
    windows(home, "clinic", "import", "report.html")
    assert "A-17" in windows(home, "clinic", "list")
    assert "every line fits" in windows(home, "log", "verify")


def test_what_windows_lacks_is_missed_where_it_is_called(tmp_path: Path) -> None:
    code = "from on_windows import become_windows; become_windows(); import signal; signal.SIGHUP"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ON_WINDOWS.parent, capture_output=True, text=True, check=False
    )
    assert "AttributeError" in done.stderr


def test_a_disk_that_knows_no_full_sync_is_synced_as_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "FULL_SYNC", 51)  # Linux has none of that number
    handle = open_private(tmp_path / "file", os.O_WRONLY | os.O_CREAT)
    sync_file(handle)
    os.close(handle)
    with pytest.raises(OSError, match="Bad file descriptor"):
        sync_file(handle)
