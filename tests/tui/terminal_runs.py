"""The real app in a pseudo-terminal whose screen can be read, with a plan of short sets that is due whenever it runs."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pexpect
import pyte

from app_runs import low_back_plan
from program_runs import environment
from reloadpt.care.record import Record
from reloadpt.program.library import Library
from reloadpt.program.plan import DoseOverride
from reloadpt.program.programme import Dose, Exercise, Frequency

FAST_APP = (sys.executable, str(Path(__file__).with_name("fast_app.py")))
"""The app with its clocks running fast; it takes the home as its argument."""

CARD_S = 0.4


LOOKS_S = 0.2
"""A hand looks before it presses Space, which is dead for a second of the app's clock on what has just come."""


class Terminal:
    """A program in a terminal of 80×24 whose screen can be read; ``written`` is all that came out of it."""

    def __init__(self, home: Path, program: Sequence[str] = ()) -> None:
        self.screen = pyte.Screen(80, 24)
        self.written = b""
        self._read_at = 0.0
        self._stream = pyte.ByteStream(self.screen)
        command, *arguments = program or (*FAST_APP, str(home))
        self.child = pexpect.spawn(
            command,
            arguments,
            env={**environment(home), "TERM": "xterm-256color"},
            dimensions=(24, 80),
            timeout=None,
        )

    def look(self) -> str:
        """Read what has been written, and return the screen as text."""
        try:
            piece = self.child.read_nonblocking(1 << 20, timeout=0.02)
            self.written += piece
            self._stream.feed(piece)
        except pexpect.TIMEOUT:
            pass
        except pexpect.EOF:
            raise AssertionError("the app ended: " + "\n".join(self.screen.display)) from None
        shown = "\n".join(self.screen.display).replace("\u00a0", " ")
        if "After Space you have" in shown and time.monotonic() - self._read_at > CARD_S:
            # a card is read at once, and passed as soon as its Space is not dead any more
            self._read_at = time.monotonic()
            self.child.send(" ")
        return shown

    def until(self, *texts: str) -> str:
        """Look until one of ``texts`` is on the screen; return it."""
        shown = ""
        try:
            while not (found := [text for text in texts if text in shown]):
                shown = self.look()
        except BaseException as ended:
            ended.add_note(f"none of {texts} came:\n{shown}")
            raise
        return found[0]

    def press(self, keys: str) -> None:
        if keys == " ":
            time.sleep(LOOKS_S)
        self.child.send(keys)

    def kill(self) -> None:
        self.child.kill(signal.SIGKILL)
        self.child.wait()
        self.child.close(force=True)


def quick_exercise(number: int, hold_s: int = 1) -> Exercise:
    """An exercise of five short sets, each a hold of so many seconds."""
    return Exercise(
        id=f"multifidus/quick-{number}", name=f"Quick {number}", phase="activate", intent="wake",
        type="activation", movement=f"quick-{number}", position="sitting", equipment=("none",),
        dose=Dose(sets=5, reps=1, hold_s=hold_s, rest_s=0, often=Frequency(times=12, per="day")),
        setup=("Sit.", "Begin."), cue="Now", mistake="None", feel="Easy", ease="Less",
        evidence="general practice",
    )  # fmt: skip


def shipped() -> list[str]:
    """The exercises that the programmes of this plan would deal."""
    library = Library()
    muscles = ("lumbar-paraspinals", "multifidus")
    return [exercise.id for muscle in muscles for exercise in library.programme(muscle).exercises]


def home_with_quick_sets(home: Path, hold_s: int = 1) -> Path:
    """A home with a plan of six exercises of five short sets each, needled thirty hours ago."""
    needled = datetime.now(UTC).astimezone() - timedelta(hours=30)
    plan = low_back_plan(
        needled,
        exercises=tuple(quick_exercise(number, hold_s) for number in range(6)),
        doses=tuple(DoseOverride(exercise=exercise, omit=True) for exercise in shipped()),
        most_exercises=12,
    )
    begun = datetime.now(UTC).astimezone() - timedelta(minutes=1)  # nothing of yesterday is asked
    Record.open(home / "journal.jsonl", begun).start_plan(plan, begun)
    return home


def start_or_go_on(terminal: Terminal) -> None:
    """By keys from Today into the session."""
    terminal.until("Space begins", "Space goes on", "Nothing is due now")
    time.sleep(1.1)  # Space is dead for a second on a screen that came
    terminal.press(" ")
    while True:
        match terminal.until(
            "Space Hold",
            "Space Pause",
            "How are you?",
            "stood in the way",
            "None of these",
            "Read on",
            "How did it feel",
            "s this what you did",
            "besides what is written down",
        ):
            case "besides what is written down":
                terminal.press("-")
                time.sleep(0.35)
            case "How are you?" | "stood in the way":
                terminal.press("1")
                time.sleep(0.05)
                terminal.press(" ")
                time.sleep(0.35)
            case "s this what you did":
                terminal.press("y")
                time.sleep(0.05)
            case "None of these":
                terminal.press("n")
                time.sleep(0.05)
            case "Read on":
                terminal.press(" ")
                time.sleep(0.35)
            case _:
                return
