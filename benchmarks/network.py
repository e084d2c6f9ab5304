"""Summaries of a caseload on two workers of a Dask cluster on this machine, against one process; start-up left out.

Run: ``python benchmarks/network.py [--patients 1000] [--weeks 8] [--runs 3]``. Beside the time stands the processor
time of all that took part: where that is alike, spreading costs nothing, and only other programs take time away.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from distributed import LocalCluster

from reloadpt.care.thresholds import PROPOSED
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.cluster import count_patients, counting_terms
from reloadpt.clinic.importing import import_all
from reloadpt.demo.caseloads import invent_patients, write_logs

REACH = 1.4


def processor_time() -> float:
    """Seconds that this process and its helpers have used so far."""
    here = psutil.Process()
    times = [each.cpu_times() for each in (here, *here.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=1000)
    parser.add_argument("--weeks", type=int, default=8)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder, "inbox")
        inbox.mkdir()
        invented = invent_patients(options.patients, options.weeks, datetime.now(UTC).astimezone())
        size = sum(path.stat().st_size for path in write_logs(invented, inbox))
        caseload = Caseload(Path(folder, "caseload"))
        kinds = {result.kind for result in import_all([inbox], caseload, None)}
        assert kinds == {"new"}, kinds
        print(f"{options.patients} patients, {options.weeks} weeks, {size / 1e6:.0f} MB of logs")
        ratios = []
        by = counting_terms(PROPOSED)
        with LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster:
            list(
                count_patients([str(caseload.folder)], by, cluster.scheduler_address)
            )  # the workers import what they need
            for _ in range(options.runs):
                began, busy = time.perf_counter(), processor_time()
                one = {each.name: caseload.summarised(each) for each in caseload.folders()}
                alone, alone_busy = time.perf_counter() - began, processor_time() - busy
                began, busy = time.perf_counter(), processor_time()
                counted = list(count_patients([str(caseload.folder)], by, cluster.scheduler_address))
                together, together_busy = time.perf_counter() - began, processor_time() - busy
                two = {each.patient.id: each.patient.summary for each in counted if each.patient}
                assert two == one, "the workers count otherwise"
                ratios.append(alone / together)
                print(
                    f"one process {alone:.2f} s ({alone_busy:.2f} s of processor), two workers {together:.2f} s "
                    f"({together_busy:.2f} s): {ratios[-1]:.2f}, equal"
                )
    ratio = statistics.median(ratios)
    print(f"median {ratio:.2f} times as fast, to reach {REACH}")
    sys.exit(0 if ratio >= REACH else 1)


if __name__ == "__main__":
    main()
