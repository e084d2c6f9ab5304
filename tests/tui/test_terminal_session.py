"""A whole session in a real terminal that changes its size all the while, from Today to the last word."""

from __future__ import annotations

import itertools
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pexpect

from app_runs import low_back_plan
from reloadpt.care.record import Record
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import SessionClosed, SetDone
from reloadpt.program.plan import DoseOverride
from terminal_runs import Terminal, quick_exercise, shipped, start_or_go_on

CHANGES = 60


def test_a_whole_session_is_done_while_the_terminal_changes_its_size(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311
    home = tmp_path / "home"
    needled = datetime.now(UTC).astimezone() - timedelta(hours=30)
    plan = low_back_plan(
        needled,
        exercises=tuple(quick_exercise(number) for number in range(2)),
        doses=tuple(DoseOverride(exercise=exercise, omit=True) for exercise in shipped()),
    )
    Record.open(home / "journal.jsonl", needled).start_plan(plan, needled)
    terminal = Terminal(home)
    start_or_go_on(terminal)
    sizes = [(chance.randint(8, 60), chance.randint(20, 200)) for _ in range(CHANGES)]
    for rows, columns in [*sizes, (24, 80)]:
        terminal.screen.resize(rows, columns)
        terminal.child.setwinsize(rows, columns)
        terminal.look()
    terminal.until("Is this what you did?")
    terminal.press("y")
    terminal.until("How did it feel")
    # a Space too many passes the last word too
    while (
        terminal.until("How did it feel", "10 of 10 sets done", "Nothing is due now") != "Nothing is due now"
    ):
        terminal.press(" ")
        time.sleep(0.1)
    # from the session to the last word nothing of Today was drawn
    assert b"Nothing is due" not in terminal.written.partition(b"Well done")[0]
    # that Space may have opened something on Today, which Escape closes
    keys = itertools.cycle(("q", "\x1b"))
    while terminal.child.expect([pexpect.TIMEOUT, pexpect.EOF], timeout=0.5) == 0:
        terminal.press(next(keys))
    terminal.child.wait()
    assert terminal.child.exitstatus == 0
    entries = [entry.event for entry in Record.open(home / "journal.jsonl", needled).journal.entries()]
    assert sum(isinstance(event, SetDone) for event in entries) == 10
    assert [event.how for event in entries if isinstance(event, SessionClosed)] == ["finished"]
    assert verify_file(home / "journal.jsonl").first_break is None
