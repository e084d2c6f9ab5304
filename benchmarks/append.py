"""Appending an entry to the journal, against writing and syncing the same bytes, in turn on one disk.

Run: ``python benchmarks/append.py [--runs 1000] [--folder .]``. The folder must be on a disk: where a sync
costs nothing, as in memory, there is nothing to compare with.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from reloadpt.journal.chain import verify_file
from reloadpt.journal.entries import FORMAT
from reloadpt.journal.events import LogOpened, SetDone
from reloadpt.journal.journal import Journal

REACH = 1.2


def took(work: Callable[[], object]) -> float:
    """Microseconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--folder", type=Path, default=Path())
    options = parser.parse_args()
    event = SetDone(
        session="2026-11-22.1", exercise="multifidus/bird-dog", side="left", set=1, reps=6, seconds=42.5
    )
    at = datetime.now(UTC).astimezone()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        journal = Journal(Path(folder) / "journal.jsonl")
        journal.start(LogOpened(format=FORMAT, log="bench", patient="B-1"), at)
        line = journal.append([event], at)[-1].line + b"\n"
        bare = os.open(Path(folder) / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

        def write_and_sync() -> None:
            os.write(bare, line)
            os.fsync(bare)

        def append() -> None:
            journal.append([event], at)

        rows: dict[str, list[float]] = {"write + fsync": [], "append": []}
        for run in range(options.runs + 50):
            turn = [("write + fsync", write_and_sync), ("append", append)]
            for name, work in turn if run % 2 else reversed(turn):
                found = took(work)
                if run >= 50:
                    rows[name].append(found)
        os.close(bare)
        verdict = verify_file(journal.path)
        if verdict.entries != options.runs + 52 or not verdict.whole:
            sys.exit("the log that was written does not fit")
    print(f"{len(line)} bytes, {options.runs} times each, microseconds")
    print(f"{'':<15}{'fastest':>9}{'median':>9}{'9 in 10':>9}")
    for name, times in rows.items():
        most = statistics.quantiles(times, n=10)[-1]
        print(f"{name:<15}{min(times):>9.0f}{statistics.median(times):>9.0f}{most:>9.0f}")
    ratio = statistics.median(rows["append"]) / statistics.median(rows["write + fsync"])
    print(f"ratio of the medians: {ratio:.2f}, to reach {REACH}")
    sys.exit(0 if ratio <= REACH else 1)


if __name__ == "__main__":
    main()
