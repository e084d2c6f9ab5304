"""Importing one report (hash, validate, fold, count), against DuckDB reading the same lines with one thread.

Run: ``python benchmarks/import_report.py [--days 333 1333 5333] [--runs 5]``. All on one core, in turn, at each size
(about 5,000, 20,000 and 80,000 entries): of few entries DuckDB's fixed cost would pay for ours. ``read the report`` is
taking the log out, hashing and validating every line and folding it; the others are whole imports into a caseload:
new, the same again, and one that has grown by a week. The fastest of each are compared.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.importing import import_all
from reloadpt.clinic.receiving import receive
from reloadpt.journal.entries import FORMAT, ZEROS, check_line, write_entry
from reloadpt.journal.events import (
    AnyEvent,
    CheckedIn,
    ExerciseRated,
    Item,
    LogOpened,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    Shared,
    Soreness,
)
from reloadpt.share.embedded import embed

DUCKDB = "DuckDB, read_json"
REACH = 0.25
NEW, UNCHANGED, LATER = 0.15, 3.0, 0.15
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
EXERCISES = ("multifidus/bird-dog", "multifidus/bridge", "lumbar-paraspinals/dead-bug-heel-taps")


def a_log(days: int) -> bytes:
    """The lines of a patient who does everything every day, with a new plan every six weeks."""
    lines: list[bytes] = []
    h = ZEROS

    def say(event: AnyEvent, at: datetime) -> None:
        nonlocal h
        entry = write_entry(len(lines), h, at, event)
        lines.append(entry.line)
        h = entry.h

    say(LogOpened(format=FORMAT, log=str(uuid.uuid4()), patient="B-1"), START)
    for day in range(days):
        at = START + timedelta(days=day)
        if day % 42 == 0:
            say(PlanStarted(plan=a_plan(at)), at)
        session = f"{at.date()}.1"
        say(CheckedIn(when="before", pain=3, soreness=(Soreness(muscle="multifidus", score=1),)), at)
        items = tuple(
            Item(exercise=each, name=each, muscle=each.partition("/")[0], phase="activate", intent="wake",
                 sets=3, reps=8, tempo="3-1-3", rest_s=60, why="Gentle activation, day 2 after the needle.")
            for each in EXERCISES
        )  # fmt: skip
        say(SessionOpened(session=session, items=items), at)
        for item in items:
            for number in (1, 2, 3):
                done = SetDone(session=session, exercise=item.exercise, set=number, reps=8, seconds=56.0)
                say(done, at)
            say(ExerciseRated(session=session, exercise=item.exercise, pain=2, place="usual"), at)
        say(SessionClosed(session=session, how="finished", worst=2), at)
    say(Shared(through=len(lines) - 1), START + timedelta(days=days))
    return b"".join(line + b"\n" for line in lines)


def a_plan(at: datetime) -> dict[str, object]:
    needled = {"side": "both", "needled_at": at.isoformat()}
    return {
        "format": "reloadpt-plan/1",
        "id": str(uuid.uuid4()),
        "patient": "B-1",
        "made_by": "the clinic",
        "made_at": at.isoformat(),
        "targets": [{"muscle": each, **needled} for each in ("multifidus", "lumbar-paraspinals")],
    }


def took(work: Callable[[], object]) -> float:
    """Milliseconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def grown(lines: bytes, days: int) -> bytes:
    """The same log a week later: a check-in each day, and a report."""
    last = check_line(lines.rstrip(b"\n").rpartition(b"\n")[2])
    written, n, h = [lines], last.n, last.h
    for day in range(7):
        at = START + timedelta(days=days + day, hours=1)
        said: AnyEvent = CheckedIn(when="morning", pain=3) if day < 6 else Shared(through=n)
        entry = write_entry(n + 1, h, at, said)
        written.append(entry.line + b"\n")
        n, h = entry.n, entry.h
    return b"".join(written)


def measured(days: int, runs: int) -> bool:
    """Measure one size, print its table, and say whether all was reached."""
    with tempfile.TemporaryDirectory() as folder:
        lines, report, later = (Path(folder) / name for name in ("log.jsonl", "report.html", "later.html"))
        lines.write_bytes(a_log(days))
        page = b"<!DOCTYPE html><title>a report</title>"
        report.write_bytes(page + embed(lines.read_bytes()))
        later.write_bytes(page + embed(grown(lines.read_bytes(), days)))
        home = Path(folder) / "caseload"
        base = duckdb.connect()
        base.execute("SET threads = 1")
        read = "CREATE OR REPLACE TABLE log AS SELECT * FROM read_json(?)"

        def take_in(path: Path) -> None:
            for _ in import_all([path], Caseload(home), None):
                pass

        def prepare(path: Path | None) -> None:
            shutil.rmtree(home, ignore_errors=True)
            if path:
                take_in(path)

        works: dict[str, tuple[Path | None, Callable[[], object], float]] = {
            DUCKDB: (None, lambda: base.execute(read, [str(lines)]), 0),
            "read the report": (None, lambda: receive(report, None), REACH),
            "import, summary too": (None, lambda: take_in(report), NEW),
            "… again, unchanged": (report, lambda: take_in(report), UNCHANGED),
            "… a week more": (report, lambda: take_in(later), LATER),
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        for run in range(runs + 1):
            for name, (before, work, _) in works.items():
                prepare(before)
                spent = took(work)
                if run:
                    times[name].append(spent)
        entries = lines.read_bytes().count(b"\n")
        print(f"{entries} entries, {lines.stat().st_size / 1e6:.1f} MB, {runs} times each, milliseconds")
    print(f"{'':<20}{'fastest':>9}{'median':>9}{'entries a second':>19}{'of DuckDB':>11}{'reach':>7}")
    floor, reached = min(times[DUCKDB]), True
    for name, found in times.items():
        rate, ratio, reach = entries / min(found) * 1e3, floor / min(found), works[name][2]
        print(
            f"{name:<20}{min(found):>9.1f}{statistics.median(found):>9.1f}{rate:>19,.0f}{ratio:>11.2f}{reach:>7}"
        )
        reached = reached and ratio >= reach
    return reached


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, nargs="+", default=[333, 1333, 5333])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    reached = [measured(days, options.runs) for days in options.days]
    sys.exit(0 if all(reached) else 1)


if __name__ == "__main__":
    main()
