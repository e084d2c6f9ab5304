"""The real app in a pseudo-terminal, killed at random moments: what the screen called saved is there."""

from __future__ import annotations

import random
import re
import time
from datetime import UTC, datetime
from pathlib import Path

from reloadpt.care.record import Record
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import SessionOpened, SetDone
from terminal_runs import Terminal, home_with_quick_sets, start_or_go_on

KILLS = 50
SAVED = re.compile(r"(\d+) of (\d+) sets saved")


def test_fifty_kills_lose_nothing_that_was_called_saved(tmp_path: Path) -> None:
    chance = random.Random(20261122)  # noqa: S311
    home = home_with_quick_sets(tmp_path / "home", hold_s=6)
    shown_before = 0
    for _ in range(KILLS):
        terminal = Terminal(home)
        try:
            start_or_go_on(terminal)
            terminal.press("d")  # getting ready takes longer than it lives
            until = time.monotonic() + chance.uniform(0.0, 1.2)
            while time.monotonic() < until:
                terminal.look()
            found = SAVED.search(terminal.look())
        finally:
            terminal.kill()
        called_saved = int(found[1]) if found else 0
        verdict = verify_file(home / "journal.jsonl")
        assert verdict.first_break is None
        entries = [
            entry.event for entry in Record.open(home / "journal.jsonl", datetime.now(UTC)).journal.entries()
        ]
        sessions = [event for event in entries if isinstance(event, SessionOpened)]
        sets = [
            (event.exercise, event.side, event.set)
            for event in entries
            if isinstance(event, SetDone) and event.session == sessions[-1].session
        ]
        assert len(sets) == len(set(sets))
        assert len(sets) >= called_saved
        shown_before = max(shown_before, called_saved)
    assert shown_before >= 5, "the test never came to a saved set"
