"""Memory while many four-week reports are imported: it must not grow with what was imported before.

Run: ``python benchmarks/many_reports.py [--reports 10000]``. Linux only: it asks /proc.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.importing import import_all
from reloadpt.demo.caseloads import invent_patients, write_logs
from session_memory import resident

REACH = 1.2
"""What is held at the end, of what was held when a tenth was in."""
STEPS = 10


def main() -> None:

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder, "inbox")
        inbox.mkdir()
        size = 0
        for path in write_logs(invent_patients(options.reports, 4, datetime.now(UTC).astimezone()), inbox):
            size += path.stat().st_size
        print(f"{options.reports} reports of four weeks, {size / 1e6:.0f} MB")
        caseload = Caseload(Path(folder, "caseload"))
        held: list[int] = []
        began = time.perf_counter()
        for number, result in enumerate(import_all([inbox], caseload, None), start=1):
            assert result.kind == "new", result
            if number % max(options.reports // STEPS, 1) == 0:
                held.append(resident(os.getpid()))
                print(
                    f"{number:>6} in, {held[-1] / 1e6:.0f} MB, {number / (time.perf_counter() - began):.0f} a second"
                )
    ratio = held[-1] / held[0]
    print(f"at the end {ratio:.2f} of what a tenth took, to reach {REACH}")
    sys.exit(0 if ratio <= REACH else 1)


if __name__ == "__main__":
    main()
