"""The real app in a pseudo-terminal, killed at random moments: what the screen called saved is there."""

from __future__ import annotations

import random
import re
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pexpect
import pyte

from app_runs import low_back_plan
from program_runs import environment
from reloadpt.care.record import Record
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import SessionOpened, SetDone
from reloadpt.program.library import Library
from reloadpt.program.plan import DoseChange
from reloadpt.program.programme import Dose, Exercise, Often

KILLS = 50
FAST_APP = Path(__file__).with_name("fast_app.py")
SAVED = re.compile(r"(\d+) of (\d+) sets saved")


class Terminal:
    """The app in a terminal of 80×24 whose screen can be read."""

    def __init__(self, home: Path) -> None:
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            sys.executable,
            [str(FAST_APP), str(home)],
            env={**environment(home), "TERM": "xterm-256color"},
            dimensions=(24, 80),
            timeout=30,
        )

    def look(self) -> str:
        """Read what has been written, and return the screen as text."""
        try:
            self._stream.feed(self.child.read_nonblocking(1 << 20, timeout=0.02))
        except pexpect.TIMEOUT:
            pass
        except pexpect.EOF:
            raise AssertionError("the app ended: " + "\n".join(self.screen.display)) from None
        return "\n".join(self.screen.display).replace("\u00a0", " ")

    def until(self, *texts: str) -> str:
        """Look until one of ``texts`` is on the screen; return it."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            shown = self.look()
            for text in texts:
                if text in shown:
                    return text
        raise AssertionError(f"none of {texts} came:\n{shown}")

    def press(self, keys: str) -> None:
        self.child.send(keys)

    def kill(self) -> None:
        self.child.kill(signal.SIGKILL)
        self.child.wait()
        self.child.close(force=True)


def quick_exercise(number: int) -> Exercise:
    """An exercise of five short sets."""
    return Exercise(
        id=f"multifidus/quick-{number}", name=f"Quick {number}", phase="activate", intent="wake",
        type="activation", movement=f"quick-{number}", position="sitting", equipment=("none",),
        dose=Dose(sets=5, reps=1, hold_s=1, rest_s=0, often=Often(times=12, per="day")),
        setup=("Sit.", "Begin."), cue="Now", mistake="None", feel="Easy", easier="Less", harder="More",
        evidence="general practice",
    )  # fmt: skip


def shipped() -> list[str]:
    """The exercises that the programmes of this plan would deal."""
    library = Library()
    muscles = ("lumbar-paraspinals", "multifidus")
    return [exercise.id for muscle in muscles for exercise in library.programme(muscle).exercises]


def start_or_go_on(terminal: Terminal) -> None:
    """By keys from Today into the session."""
    terminal.until("Space begins", "Space goes on", "Nothing is due now")
    terminal.press(" ")
    while True:
        match terminal.until(
            "sets saved",
            "Your usual pain",
            "Soreness where",
            "stood in the way",
            "None of these",
            "How did it feel",
        ):
            case "Your usual pain" | "Soreness where" | "stood in the way":
                terminal.press("1")
                time.sleep(0.05)
            case "None of these":
                terminal.press("n")
                time.sleep(0.05)
            case _:
                return


def test_fifty_kills_lose_nothing_that_was_called_saved(tmp_path: Path) -> None:
    chance = random.Random(20261122)  # noqa: S311
    home = tmp_path / "home"
    needled = datetime.now(UTC).astimezone() - timedelta(hours=30)
    plan = low_back_plan(
        needled,
        exercises=tuple(quick_exercise(number) for number in range(6)),
        doses=tuple(DoseChange(exercise=exercise, omit=True) for exercise in shipped()),
        most_exercises=12,
    )
    record = Record.open(home / "journal.jsonl", needled)
    record.start_plan(plan, needled)
    shown_before = 0
    for _ in range(KILLS):
        terminal = Terminal(home)
        try:
            start_or_go_on(terminal)
            until = time.monotonic() + chance.uniform(0.0, 1.2)
            while time.monotonic() < until:
                terminal.look()
            found = SAVED.search(terminal.look())
        finally:
            terminal.kill()
        called_saved = int(found[1]) if found else 0
        verdict = verify_file(home / "journal.jsonl")
        assert verdict.first_break is None
        entries = [entry.event for entry in Record.open(home / "journal.jsonl", needled).journal.entries()]
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
