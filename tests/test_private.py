"""What was written is for its owner alone, from its first byte, and goes nowhere: as the system saw it.

Each run goes without an umask, under strace, in a home of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pexpect
import pytest

from app_runs import low_back_plan
from plain_runs import only
from program_runs import LOW_BACK, environment, home_in_use, reloadpt
from reloadpt.care.record import Record
from reloadpt.journal.events import SessionClosed, SetDone
from reloadpt.program.making import plan_file
from reloadpt.program.programme import Dose, Frequency
from sample_logs import at, begins, entries_of, lines_of, sat, sent
from terminal_runs import Terminal, home_with_quick_sets, start_or_go_on
from watched import Call, calls, check_modes, check_private, under_strace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux")

SHORT = Dose(sets=3, reps=2, hold_s=3, rest_s=2, often=Frequency(times=12, per="day"))
ALIAS = "Zebra-17"
LEAVES = "\x11"
TITLE = re.compile(rb"\x1b\][012];")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "strace.log"


def watch(home: Path, log: Path, *arguments: str | Path, stdin: str = "") -> list[Call]:
    """Call the program under strace; ``home`` and what is named as a file are all it may write."""
    done = reloadpt(home, *arguments, stdin=stdin, cwd=home.parent, through=under_strace(log))
    assert done.code == 0, done
    return check_private(log, home, *(each for each in arguments if isinstance(each, Path)))


def test_a_whole_session_line_by_line(tmp_path: Path, log: Path) -> None:
    home = tmp_path / "home"
    needled = datetime.now(UTC).astimezone() - timedelta(hours=1)
    plan = tmp_path / "a.plan.json"
    plan.write_bytes(plan_file(low_back_plan(needled, patient=ALIAS, **only(SHORT, phase="reset"))))
    watch(home, log, "plan", "use", plan)
    answers = ["", "3", "1", "1", "none of these", *["", ""] * 3, "1"]
    seen = watch(home, log, "--plain", "--self-paced", stdin="\n".join(answers))
    told = [entry.event for entry in Record.open(home / "journal.jsonl", needled).journal.entries()]
    assert sum(isinstance(event, SetDone) for event in told) == 3
    assert isinstance(told[-1], SessionClosed)
    assert any(call.writes and call.path.endswith("journal.jsonl") for call in seen)
    check_modes(home)


def test_a_session_in_the_full_screen_app(tmp_path: Path, log: Path) -> None:
    home = home_with_quick_sets(tmp_path / "home")
    terminal = Terminal(home, (*under_strace(log), sys.executable, "-m", "reloadpt"))
    try:
        start_or_go_on(terminal)
        terminal.until("1 of 30 sets saved")
        terminal.press(LEAVES)
        terminal.child.expect(pexpect.EOF)
        terminal.written += terminal.child.before
    finally:
        terminal.kill()
    seen = check_private(log, home)
    assert any(call.writes and call.path.endswith("journal.jsonl") for call in seen)
    assert not TITLE.search(terminal.written), "nothing goes into the title of the window"
    check_modes(home)


def test_a_check_in_a_report_and_a_sealed_one(tmp_path: Path, log: Path) -> None:
    home = home_in_use(tmp_path / "home")
    public = reloadpt(tmp_path / "clinic", "clinic", "key").out.strip()
    watch(home, log, "checkin", "--pain", "3")
    out = tmp_path / "out"
    out.mkdir()
    for arguments in (("-o", out / "a.html"), ("-o", out / "b.html", "--to", public)):
        done = reloadpt(home, "share", *arguments, through=under_strace(log))
        assert done.code == 0, done
        check_private(log, home, out)
    check_modes(home)
    for name in ("a.html", "b.html.age"):
        assert (out / name).stat().st_mode & 0o777 == 0o600


def test_an_import_by_several_processes_a_key_and_a_list(tmp_path: Path, log: Path) -> None:
    clinic, inbox = tmp_path / "clinic", tmp_path / "inbox"
    inbox.mkdir()
    for n in range(20):
        told = entries_of((at(0), begins(f"p{n}", patient=f"{ALIAS}-{n}")), *sat(0), sent(1))
        (inbox / f"{n}.jsonl").write_bytes(lines_of(told))
    shutil.move(shutil.make_archive(str(tmp_path / "more"), "zip", inbox), inbox)
    watch(clinic, log, "clinic", "key")
    before = {path: path.read_bytes() for path in inbox.iterdir()}
    seen = watch(clinic, log, "clinic", "import", inbox)
    assert {path: path.read_bytes() for path in inbox.iterdir()} == before
    started = [call for call in seen if call.name == "execve" and call.went_well]
    assert not any(ALIAS in call.told for call in started), "no alias among the arguments of a process"
    watch(clinic, log, "clinic", "list")
    check_modes(clinic)


def test_a_plan_and_a_handout(tmp_path: Path, log: Path) -> None:
    home = tmp_path / "home"
    out = tmp_path / "out"
    out.mkdir()
    for arguments in (
        ("plan", "new", *LOW_BACK, "-o", out / "a.plan.json"),
        ("handout", "--plan", out / "a.plan.json", "-o", out / "a.html"),
    ):
        done = reloadpt(home, *arguments, through=under_strace(log))
        assert done.code == 0, done
        check_private(log, home, out)
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}


def test_files_that_came_back_from_a_copy_open_to_all_are_closed_again(tmp_path: Path) -> None:
    home = home_in_use(tmp_path / "home")
    reloadpt(home, "clinic", "key")
    for name in ("journal.jsonl", "clinic.key"):
        (home / name).chmod(0o644)
    assert reloadpt(home, "checkin", "--pain", "3").code == 0
    assert reloadpt(home, "clinic", "key").code == 0
    check_modes(home)


@pytest.mark.parametrize(
    "leak",
    [
        "import tempfile; tempfile.mkstemp()",
        "import os; os.close(os.open(home + '/a', os.O_CREAT | os.O_WRONLY, 0o644))",
        "import os; os.mkdir(home + '/a')",
        "open(home + '/a', 'w')",
        "import os; os.chmod(home, 0o700)",
        "import socket; socket.socket()",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/', timeout=1)",
    ],
)
def test_what_leaks_is_seen(tmp_path: Path, log: Path, leak: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    subprocess.run(
        [*under_strace(log), sys.executable, "-c", f"import sys; home = sys.argv[1]; {leak}", str(home)],
        env=environment(home), capture_output=True, check=False,
    )  # fmt: skip
    assert list(calls(log))
    with pytest.raises(AssertionError):
        check_private(log, home)


def test_what_does_not_leak_is_let_by(tmp_path: Path, log: Path) -> None:
    home = tmp_path / "home"
    make = "import os; os.mkdir(home + '/b', 0o700); os.open(home + '/a', os.O_CREAT | os.O_WRONLY, 0o600)"
    home.mkdir()
    subprocess.run(
        [*under_strace(log), sys.executable, "-c", f"import sys; home = sys.argv[1]; {make}", str(home)],
        env=environment(home), check=True,
    )  # fmt: skip
    check_private(log, home)
