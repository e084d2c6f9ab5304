"""CPU of a running session in a real terminal, the figure moving at 12 frames a second, against one core.

At 80 × 24 and at 120 × 40, and each also with motion off (``TEXTUAL_ANIMATIONS=none``). Run: ``python benchmarks/session_cpu.py [--seconds 20]``.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pexpect
import pyte

from reloadpt.care.record import Record
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, make_plan, parse_target

REACH = {"full": 0.05, "none": 0.015}
SIZES = ((24, 80), (40, 120))
TICKS = os.sysconf("SC_CLK_TCK")


def home_in_use(folder: Path) -> None:
    """A plan whose first exercise has long sets."""
    needled = datetime.now(UTC).astimezone() - timedelta(hours=30)
    plan = make_plan(
        patient="B-1",
        targets=(parse_target("lumbar-paraspinals:calm", needled, Library()),),
        answers=ScreeningAnswers.parse(["all=no"]),
        at=needled,
        made_by="the clinic",
    )
    Record.open(folder / "journal.jsonl", needled).start_plan(plan, needled)


def read_for(child: pexpect.spawn, seconds: float, shown: pyte.ByteStream | None = None) -> None:
    """Take what the app writes, as a terminal does; ``shown`` draws it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(pexpect.TIMEOUT):
            written = child.read_nonblocking(1 << 16, timeout=0.05)
            if shown is not None:
                shown.feed(written)


ANSWERS = {
    "Space begins": " ",
    "How are you?": "2 2 ",
    "Press a number": "2 ",
    "Read on": " ",
    "None of these": "n",
    "I am ready": " ",
    "Begin now": "d",
}
"""What is pressed where these words were drawn."""


def into_a_set(child: pexpect.spawn, size: tuple[int, int]) -> None:
    """From Today into the first set, answering what stands on the screen."""
    screen = pyte.Screen(size[1], size[0])
    stream = pyte.ByteStream(screen)
    while True:
        read_for(child, 1.5, stream)  # what came by itself takes no Space at once
        shown = "\n".join(screen.display)
        if "Space Pause" in shown:
            return
        keys = next((keys for words, keys in ANSWERS.items() if words in shown), "")
        for key in keys:
            child.send(key)
            read_for(child, 0.6, stream)


def cpu_of(pid: int) -> float:
    """CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def session_at_work(motion: str = "full", size: tuple[int, int] = SIZES[0]) -> Iterator[pexpect.spawn]:
    """The app in a terminal of ``size`` (rows, columns), some seconds into a set."""
    with tempfile.TemporaryDirectory() as folder:
        home_in_use(Path(folder))
        child = pexpect.spawn(
            sys.executable,
            ["-m", "reloadpt"],
            env={
                **os.environ,
                "RELOADPT_HOME": folder,
                "TERM": "xterm-256color",
                "TEXTUAL_ANIMATIONS": motion,
            },
            dimensions=size,
            timeout=30,
        )
        into_a_set(child, size)
        read_for(child, 3.0)
        yield child
        child.close(force=True)


def share_of_a_core(motion: str, size: tuple[int, int], seconds: float) -> float:
    """The share of one core that a set at work takes."""
    with session_at_work(motion, size) as child:
        before, began = cpu_of(child.pid), time.monotonic()
        read_for(child, seconds)
        return (cpu_of(child.pid) - before) / (time.monotonic() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    missed = False
    for (rows, columns), (motion, reach) in product(SIZES, REACH.items()):
        share = share_of_a_core(motion, (rows, columns), options.seconds)
        missed |= share > reach
        print(f"{columns:>3} x {rows}, motion {motion:<5} {share:6.1%} of a core, to reach {reach:.1%}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
