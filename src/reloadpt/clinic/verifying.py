"""Whether the logs of a caseload are whole: every line of each of them, and of those that contradict one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reloadpt.clinic.caseload import Caseload, logs_at
from reloadpt.clinic.receiving import LARGEST
from reloadpt.files import Trouble, read_bytes
from reloadpt.journal.chain import verify_log
from reloadpt.journal.salvage import salvage_log


@dataclass(frozen=True)
class StoredLogCheck:
    """One stored log, whose it is, and what is wrong with it; "" where it is whole."""

    path: Path
    patient: str
    wrong: str


def verify_caseload(caseload: Caseload) -> Iterator[StoredLogCheck]:
    """Check every stored log, one after the other."""
    for patient in caseload.each_patient():
        for path in logs_at(patient.folder):
            yield StoredLogCheck(path, patient.summary.patient, _wrong(path))


def _wrong(path: Path) -> str:
    try:
        lines = read_bytes(path, LARGEST)
    except Trouble as trouble:
        return str(trouble)
    verdict = verify_log(lines)
    if verdict.first_break is None:
        return f"{verdict.torn} bytes after the last whole line do not count." if verdict.torn else ""
    return f"{verdict.first_break}. {salvage_log(lines).in_words()}"
