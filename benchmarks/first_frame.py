"""Start to the first frame of Today, against the smallest Textual app that also imports pydantic.

Both run in a real pseudo-terminal of 80×24, in turn; the frame is there when its text has been written to the
terminal. Run: ``python benchmarks/first_frame.py [--entries 100000] [--runs 9]``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pexpect

from reloadpt.journal.entries import FORMAT, START, read_line, write_line
from reloadpt.journal.events import (
    CheckedIn,
    Event,
    ExerciseRated,
    Item,
    LogOpened,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
)

REACH = 1.3
FLOOR = """
import pydantic
from textual.app import App
from textual.widgets import Static

class Floor(App):
    def compose(self):
        yield Static("floor is shown")

Floor().run()
"""


def long_journal(path: Path, entries: int) -> None:
    """Write a whole log of many months: two sessions a day, until yesterday."""
    now = datetime.now(UTC)
    plan = {
        "format": "reloadpt-plan/1",
        "id": "bench",
        "patient": "B-1",
        "made_by": "the clinic",
        "made_at": now.isoformat(),
        "targets": [
            {"muscle": "lumbar-paraspinals", "intent": "calm", "side": "both", "needled_at": now.isoformat()},
            {"muscle": "multifidus", "intent": "wake", "side": "both", "needled_at": now.isoformat()},
        ],
    }
    items = tuple(
        Item(exercise=f"multifidus/exercise-{k}", name="An exercise", muscle="multifidus", phase="reload",
             intent="wake", sets=3, reps=10, tempo="2-1-2", rest_s=30)
        for k in range(4)
    )  # fmt: skip
    opened = LogOpened(format=FORMAT, log="bench", patient="B-1")
    written, h, n = [], START.h, 0

    def put(at: datetime, event: Event) -> None:
        nonlocal h, n
        line = write_line(n, h, at, event)
        written.append(line)
        h, n = read_line(line).h, n + 1

    day = now - timedelta(days=entries // 38 + 2)  # a day has 38 entries
    put(day, opened)
    put(day, PlanStarted(plan=plan))
    while n < entries:
        day += timedelta(days=1)
        for k in (1, 2):
            session = f"{day.date()}.{k}"
            put(day, CheckedIn(when="before", pain=3))
            put(day, SessionOpened(session=session, items=items))
            for item in items:
                for number in (1, 2, 3):
                    put(
                        day,
                        SetDone(session=session, exercise=item.exercise, set=number, reps=10, seconds=50.0),
                    )
                put(day, ExerciseRated(session=session, exercise=item.exercise, pain=2))
            put(day, SessionClosed(session=session, how="finished"))
    path.write_bytes(b"\n".join(written) + b"\n")


def until(command: list[str], text: str, home: Path) -> float:
    """Seconds from the start of ``command`` until ``text`` is on the terminal."""
    environment = {**os.environ, "RELOADPT_HOME": str(home), "TERM": "xterm-256color"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a person's Python keeps what it compiled
    start = time.perf_counter()
    child = pexpect.spawn(command[0], command[1:], env=environment, dimensions=(24, 80), timeout=60)
    child.expect_exact(text)
    took = time.perf_counter() - start
    child.close(force=True)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    app = [sys.executable, "-m", "reloadpt"]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        floor_file = home / "floor.py"
        floor_file.write_text(FLOOR, encoding="utf-8")
        journal = home / "journal.jsonl"
        long_journal(journal, options.entries)
        state = home / "journal.state.json"
        rows: dict[str, list[float]] = {"floor": [], "with state": [], "without state": []}
        for run in range(options.runs + 1):
            floor = until([sys.executable, str(floor_file)], "floor is shown", home)
            state.unlink(missing_ok=True)
            without = until(app, "Step", home)
            # a session that ends keeps the state; so does looking at Today
            from reloadpt.care.record import Record

            Record.open(journal, datetime.now(UTC)).keep_state()
            with_state = until(app, "Step", home)
            if run:
                for name, took in zip(rows, (floor, with_state, without), strict=True):
                    rows[name].append(took)
    print(f"{options.entries} entries, {options.runs} runs, seconds to the first frame")
    floor = statistics.median(rows["floor"])
    for name, found in rows.items():
        median = statistics.median(found)
        print(f"{name:<15} {min(found):.3f} {median:.3f} {max(found):.3f}   ratio {median / floor:.2f}")
    ratio = statistics.median(a / b for a, b in zip(rows["with state"], rows["floor"], strict=True))
    print(f"with state / floor, pair by pair: {ratio:.2f}, to reach {REACH}")
    sys.exit(0 if ratio <= REACH else 1)


if __name__ == "__main__":
    main()
