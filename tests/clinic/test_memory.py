"""A hundred four-week reports one after the other: what is held does not grow with what was imported."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reloadpt.demo.caseloads import invent_patients, write_logs

REPORTS = 100
GROWS = 1.25
"""What may be held after all of them, of what was held after a fifth."""

IMPORTING = """
import sys
from pathlib import Path
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.importing import import_all
from reloadpt.program.library import Library

def held():
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith("VmRSS")).split()[1])

inbox, home, keep = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "keep"
kept = []
for number, path in enumerate(sorted(inbox.iterdir()), start=1):
    [result] = import_all([path], Caseload(home), None)
    assert result.kind == "new", result
    if keep:
        kept.append(path.read_bytes())
    if number in (20, 100):
        print(held())
"""


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    invented = invent_patients(REPORTS, 4, datetime(2026, 11, 20, 20, tzinfo=UTC), lived=2, cores=1)
    assert len(list(write_logs(invented, folder))) == REPORTS
    return folder


def growth(inbox: Path, home: Path, how: str) -> float:
    run = subprocess.run(
        [sys.executable, "-c", IMPORTING, str(inbox), str(home), how],
        capture_output=True,
        text=True,
        check=True,
    )
    early, late = (int(line) for line in run.stdout.split())
    return late / early


def test_memory_stays_flat(inbox: Path, tmp_path: Path) -> None:
    assert growth(inbox, tmp_path, "forget") < GROWS


def test_an_import_that_kept_every_report_would_be_seen(inbox: Path, tmp_path: Path) -> None:
    assert growth(inbox, tmp_path, "keep") > GROWS
