"""How late the cues of a session come with every core busy, against a bare asyncio timer in the same run.

The real app in a terminal, its figure moving, for two minutes; and thirty simulated minutes of the coach, looked at
late each time. Run: ``python benchmarks/cue_lateness.py [--seconds 120]``. To reach: the 99th of a hundred cues at most
50 ms late, and no drift: the last quarter no later than the first one.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pexpect

from reloadpt.care.record import Record
from reloadpt.coach.coach import Coach
from reloadpt.coach.cues import Cue
from reloadpt.files import Places
from reloadpt.journal.events import Item
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, make_plan, parse_target
from reloadpt.program.plan import DoseOverride
from reloadpt.program.programme import Dose, Exercise, Frequency
from reloadpt.settings import Settings

REACH_S = 0.050
DRIFT_S = 0.010
BEAT_S = 0.5
SIMULATED_S = 1800
BUSY = "while True: pass"


class Notes:
    """Hears a session, and writes down how late each cue came."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def heed(
        self,
        cues: Sequence[Cue],
        now: float,
        wanted: Settings,
        items: Sequence[Item],
        exercises: Mapping[str, Exercise],
    ) -> str:
        del wanted, items, exercises
        with self._path.open("a", encoding="ascii") as file:
            file.writelines(f"{json.dumps([cue.due, now - cue.due])}\n" for cue in cues)
        return ""

    def trouble(self) -> str:
        return ""

    def close(self) -> None:
        return


def home_in_use(folder: Path) -> None:
    """A plan of one exercise: six sets with a rest after each, each saved while the cues go on."""
    needled = datetime.now(UTC).astimezone() - timedelta(hours=30)
    library = Library()
    shipped = [each.id for each in library.programme("lumbar-paraspinals").exercises]
    own = next(each for each in library.programme("lumbar-paraspinals").exercises if each.figure)
    dose = Dose(sets=6, reps=6, tempo="1-1-1", rest_s=5, often=Frequency(times=12, per="day"))
    exercise = dataclasses.replace(own, id="lumbar-paraspinals/own", phase="activate", dose=dose)
    plan = make_plan(
        patient="B-1",
        targets=(parse_target("lumbar-paraspinals:calm", needled, library),),
        answers=ScreeningAnswers.parse(["all=no"]),
        at=needled,
        made_by="the clinic",
        exercises=(exercise,),
        doses=tuple(DoseOverride(exercise=each, omit=True) for each in shipped),
    )
    Record.open(folder / "journal.jsonl", needled).start_plan(plan, needled)


def run_app(folder: Path, notes: Path) -> None:
    """The app itself, in the terminal that it was started in."""
    from reloadpt.tui.patient.app import ReloadApp

    ReloadApp(Places(data=folder, config=folder), voice=Notes(notes)).run()


def run_timer(seconds: float) -> None:
    """The floor: a timer twice a second and nothing else; prints how late each came."""

    async def tick() -> list[float]:
        loop = asyncio.get_running_loop()
        began, late = loop.time(), []
        for beat in range(1, int(seconds / BEAT_S)):
            due = began + beat * BEAT_S
            reached = asyncio.Event()
            loop.call_at(due, reached.set)
            await reached.wait()
            late.append(loop.time() - due)
        return late

    print(json.dumps(asyncio.run(tick())))


def lateness_of_the_app(folder: Path, seconds: float) -> list[float]:
    """Seconds that each cue came late, in their order."""
    home_in_use(folder)
    notes = folder / "notes"
    child = pexpect.spawn(
        sys.executable,
        [__file__, "--app", str(folder), str(notes)],
        env={**os.environ, "TERM": "xterm-256color"},
        dimensions=(40, 120),
        timeout=60,
    )

    def read_for(length: float) -> None:
        until = time.monotonic() + length
        while time.monotonic() < until:
            try:
                child.read_nonblocking(1 << 16, timeout=0.05)
            except pexpect.TIMEOUT:
                continue

    child.expect_exact("Space begins")
    for key in (" ", "2", "2", "n", " "):
        read_for(2.0)
        child.send(key)
    read_for(seconds)
    child.close(force=True)
    told = [json.loads(line) for line in notes.read_text(encoding="ascii").splitlines()]
    return [late for _, late in told]


def drift_of_the_coach() -> float:
    """Seconds that the last boundary of thirty simulated minutes is off, every look being late."""
    chance = random.Random(20261126)  # noqa: S311
    item = Item(
        exercise="x/y", name="Y", muscle="x", phase="activate", intent="calm", sets=20, reps=30, tempo="1-1-1",
        rest_s=10,
    )  # fmt: skip
    coach = Coach("2026-11-26.1", [item])
    coach.begin(0.0)
    due = coach.next_boundary()
    while due is not None and due < SIMULATED_S:
        coach.advance(due + chance.uniform(0, 0.4))
        due = coach.next_boundary()
    # every part of this dose is a whole number of seconds long
    return abs((due or 0.0) - round(due or 0.0))


def told(name: str, late: Sequence[float]) -> tuple[float, float]:
    """Print one line; the 99th percentile, and how much later the last quarter was than the first."""
    ordered, quarter = sorted(late), max(len(late) // 4, 1)
    worst = ordered[min(int(len(late) * 0.99), len(late) - 1)]
    median = [sorted(part)[quarter // 2] for part in (late[:quarter], late[-quarter:])]
    print(
        f"{name:<22} {len(late):>4} times   half {1000 * ordered[len(late) // 2]:6.1f} ms   "
        f"99 of 100 {1000 * worst:6.1f} ms   worst {1000 * ordered[-1]:6.1f} ms   drift {1000 * (median[1] - median[0]):+6.1f} ms"
    )
    return worst, median[1] - median[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--app", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--timer", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.app:
        run_app(*options.app)
        return
    if options.timer:
        run_timer(options.timer)
        return
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(os.cpu_count() or 1)]
    timer = subprocess.Popen(
        [sys.executable, __file__, "--timer", str(options.seconds)], stdout=subprocess.PIPE, text=True
    )
    try:
        with tempfile.TemporaryDirectory() as folder:
            cues = lateness_of_the_app(Path(folder), options.seconds)
        floor, _ = timer.communicate()
    finally:
        timer.kill()
        for each in busy:
            each.kill()
    print(f"{len(busy)} busy processes beside it, on {os.cpu_count()} cores")
    told("a bare asyncio timer", json.loads(floor))
    worst, drift = told("a cue of the session", cues)
    off = drift_of_the_coach()
    print(f"the coach after {SIMULATED_S // 60} simulated minutes of late looks: {1000 * off:.3f} ms off")
    sys.exit(1 if worst > REACH_S or drift > DRIFT_S or off > 0.001 else 0)


if __name__ == "__main__":
    main()
