"""Opening the therapist's app on a caseload of 1,000 patients and a year, against opening it on none.

Beside that, for a look: sorting, searching, and taking in one report more. Run:
``python benchmarks/caseload.py [--patients 1000] [--weeks 52] [--runs 7]``; making the caseload takes minutes.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from first_frame import until
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.choosing import SHOWN, SORTS, chosen_rows
from reloadpt.clinic.importing import import_all
from reloadpt.clinic.overview import overview
from reloadpt.demo.caseloads import invent_patients, write_logs

REACH_S = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=1000)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    app = [sys.executable, "-m", "reloadpt", "clinic"]
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder, "empty"), Path(folder, "full")
        inbox = Path(folder, "inbox")
        inbox.mkdir()
        began = time.perf_counter()
        at = datetime.now(UTC).astimezone()
        *most, last = write_logs(invent_patients(options.patients + 1, options.weeks, at), inbox)
        size = sum(path.stat().st_size for path in most)
        print(
            f"{len(most)} logs of {options.weeks} weeks, {size / 1e6:.0f} MB, in {time.perf_counter() - began:.0f} s"
        )
        caseload = Caseload(full / "caseload")
        began = time.perf_counter()
        assert {result.kind for result in import_all(most, caseload, None)} == {"new"}
        print(f"imported in {time.perf_counter() - began:.0f} s")
        times: dict[str, list[float]] = {"empty": [], "full": []}
        for _ in range(options.runs + 1):
            times["empty"].append(until(app, "Nobody here yet", empty))
            times["full"].append(until(app, f"{options.patients} patients", full))
        for name, taken in times.items():
            print(
                f"{name:<6} {min(taken[1:]):.3f} {statistics.median(taken[1:]):.3f} {max(taken[1:]):.3f} s to everybody listed"
            )
        began = time.perf_counter()
        rows = overview(caseload.patients(), at)
        print(f"read and put in order {time.perf_counter() - began:.3f} s")
        for words, sort in (("", [*SORTS][-1]), ("multifidus", next(iter(SORTS)))):
            began = time.perf_counter()
            chosen_rows(rows, words, next(iter(SHOWN)), sort)
            print(f"{'searched' if words else 'sorted'} in {time.perf_counter() - began:.3f} s")
        began = time.perf_counter()
        assert [result.kind for result in import_all([last], caseload, None)] == ["new"]
        print(f"one report more taken in, in {time.perf_counter() - began:.3f} s")
    more = statistics.median(b - a for a, b in zip(times["empty"][1:], times["full"][1:], strict=True))
    print(f"everybody takes {more:.3f} s more than nobody, to reach {REACH_S}")
    sys.exit(0 if more <= REACH_S else 1)


if __name__ == "__main__":
    main()
