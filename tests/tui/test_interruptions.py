"""What stops a session from outside: no time is invented, nothing is lost, and it asks how to go on."""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reloadpt.care.record import Record
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import SetDone
from terminal_runs import Terminal, home_with_quick_sets, start_or_go_on
from waiting import until

SAVED = re.compile(r"(\d+) of 30 sets saved")
RESIZES = 100
SMALLEST, LARGEST = (8, 20), (100, 300)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_with_quick_sets(tmp_path / "home", hold_s=12)


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    """The app in a session, its first set saved."""
    made = Terminal(home)
    start_or_go_on(made)
    until(lambda: saved_in(made), "a set saved")
    yield made
    if made.child.isalive():
        made.kill()


def state_of(pid: int) -> str:
    """The state of a process as the system names it: T is stopped, Z has ended."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]


def sets(home: Path) -> list[tuple[str, int]]:
    record = Record.open(home / "journal.jsonl", datetime.now(UTC).astimezone())
    done = [entry.event for entry in record.journal.entries() if isinstance(entry.event, SetDone)]
    return [(each.exercise, each.set) for each in done]


def saved_in(terminal: Terminal) -> int:
    found = SAVED.search(terminal.look())
    return int(found[1]) if found else 0


def goes_on_again(home: Path, before: int) -> None:
    """Started again, it offers to go on, and does so at the next set."""
    assert verify_file(home / "journal.jsonl").first_break is None
    terminal = Terminal(home)
    try:
        terminal.until("Space goes on")
        assert f"{before} of 30 sets are saved" in terminal.look()
        start_or_go_on(terminal)
        until(lambda: saved_in(terminal) > before, "another set saved")
    finally:
        terminal.kill()
    done = sets(home)
    assert len(done) == len(set(done)) > before


def test_ctrl_z_stops_the_time_and_coming_back_asks(terminal: Terminal, home: Path) -> None:
    pid = terminal.child.pid
    terminal.press("\x1a")
    until(lambda: terminal.look() and state_of(pid) == "T", "stopped")
    terminal.look()
    assert b"\x1b[?1049l" in terminal.written, "the terminal is the shell's again"
    before = sets(home)
    time.sleep(0.5)  # four seconds of its clocks, too few to be noticed by them
    os.kill(pid, signal.SIGCONT)
    terminal.until("Paused", "That time does not count")
    assert sets(home) == before
    terminal.press(" ")
    until(lambda: saved_in(terminal) > len(before), "another set saved")


def test_a_terminal_that_hangs_up_loses_no_set(terminal: Terminal, home: Path) -> None:
    terminal.child.ptyproc.fileobj.close()
    until(lambda: state_of(terminal.child.pid) == "Z", "the end")
    goes_on_again(home, len(sets(home)))


def test_a_terminal_that_goes_away_ends_it_even_where_the_hang_up_is_ignored(home: Path) -> None:
    ignoring = f'trap "" HUP; exec {sys.executable} {Path(__file__).with_name("fast_app.py")} {home}'
    terminal = Terminal(home, ("sh", "-c", ignoring))
    start_or_go_on(terminal)
    until(lambda: saved_in(terminal), "a set saved")
    terminal.child.ptyproc.fileobj.close()
    until(lambda: state_of(terminal.child.pid) == "Z", "the end")
    goes_on_again(home, len(sets(home)))


def test_told_to_end_it_gives_the_terminal_back(terminal: Terminal, home: Path) -> None:
    os.kill(terminal.child.pid, signal.SIGTERM)
    with pytest.raises(AssertionError, match="the app ended"):
        until(lambda: terminal.look() is None, "the end")
    for mode in (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h"):
        assert mode in terminal.written.rpartition(b"\x1b[?1049h")[2]
    terminal.child.close()
    assert terminal.child.exitstatus == 128 + signal.SIGTERM
    goes_on_again(home, len(sets(home)))


def test_a_hundred_sizes_during_a_session_and_it_goes_on(terminal: Terminal, home: Path) -> None:
    chance = random.Random(20261126)  # noqa: S311
    before = len(sets(home))
    for at in range(RESIZES):
        rows, columns = (chance.randint(*span) for span in zip(SMALLEST, LARGEST, strict=True))
        rows, columns = {0: SMALLEST, 1: LARGEST}.get(at, (rows, columns))
        terminal.screen.resize(rows, columns)
        terminal.child.setwinsize(rows, columns)
        terminal.look()
        if "Is this what you did" in terminal.look():
            break
    terminal.screen.resize(24, 80)
    terminal.child.setwinsize(24, 80)

    def goes_on() -> bool:
        # drawn slower than its fast clocks run, it takes itself for held still, and asks
        if "Space goes on" in terminal.look():
            terminal.press(" ")
        return len(sets(home)) > before

    until(goes_on, "another set saved")
    assert verify_file(home / "journal.jsonl").first_break is None
