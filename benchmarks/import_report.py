"""Importing one report (hash, validate, fold, count), against DuckDB reading the same lines with one thread.

Run: ``python benchmarks/import_report.py [--days 365] [--runs 15]``. Both on one core, in turn. The reach is for
reading a report: taking the log out, hashing and validating every line, folding it. With the patient's summary
on top it is told too.
"""

from __future__ import annotations

import argparse
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
from reloadpt.clinic.receiving import receive
from reloadpt.journal.entries import FORMAT, ZEROS, write_entry
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

REACH = 0.25
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines, report = Path(folder) / "log.jsonl", Path(folder) / "report.html"
        lines.write_bytes(a_log(options.days))
        report.write_bytes(b"<!DOCTYPE html><title>a report</title>" + embed(lines.read_bytes()))
        caseload = Caseload(Path(folder) / "caseload")
        base = duckdb.connect()
        base.execute("SET threads = 1")
        read = "CREATE OR REPLACE TABLE log AS SELECT * FROM read_json(?)"
        works: dict[str, Callable[[], object]] = {
            "DuckDB, read_json": lambda: base.execute(read, [str(lines)]),
            "read the report": lambda: receive(report, None),
            "… and its summary": lambda: caseload.read(report, None),
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        for run in range(options.runs + 2):
            for name, work in works.items():
                spent = took(work)
                if run >= 2:
                    times[name].append(spent)
        entries = lines.read_bytes().count(b"\n")
        print(
            f"{entries} entries, {lines.stat().st_size / 1e6:.1f} MB, {options.runs} times each, milliseconds"
        )
    print(f"{'':<20}{'fastest':>9}{'median':>9}{'entries a second':>19}{'of DuckDB':>11}")
    medians = {name: statistics.median(found) for name, found in times.items()}
    floor = medians["DuckDB, read_json"]
    for name, found in times.items():
        rate = entries / medians[name] * 1e3
        print(
            f"{name:<20}{min(found):>9.1f}{medians[name]:>9.1f}{rate:>19,.0f}{floor / medians[name]:>11.2f}"
        )
    reached = floor / medians["read the report"]
    print(f"reading: {reached:.2f} of DuckDB's rate, to reach {REACH}")
    sys.exit(0 if reached >= REACH else 1)


if __name__ == "__main__":
    main()
