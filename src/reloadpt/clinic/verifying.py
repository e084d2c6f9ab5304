"""Whether the logs of a caseload are whole: every line of each of them, and of those that contradict one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reloadpt.clinic.caseload import Caseload, Patient, logs_at
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
    """Check every stored log, one after the other; a damage that is found is on the list from then on."""
    found: list[Patient] = []
    for patient in caseload.each_patient():
        alias = patient.summary.patient
        checks = [StoredLogCheck(path, alias, _wrong(path)) for path in logs_at(patient.folder)]
        if patient.damage and not any(check.wrong for check in checks):
            # each line that is there fits: what is missing is known from the summary alone
            checks[-1:] = [StoredLogCheck(patient.folder, alias, " ".join(patient.damage))]
        elif any(check.wrong for check in checks):
            found.append(patient)
        yield from checks
    if found:
        with suppress(Trouble), caseload.writing() as placing:  # what may not be written is told all the same
            for patient in found:
                placing.count_again(patient)


def _wrong(path: Path) -> str:
    try:
        lines = read_bytes(path, LARGEST)
    except Trouble as trouble:
        return str(trouble)
    verdict = verify_log(lines)
    if verdict.first_break is None:
        return f"{verdict.torn} bytes after the last whole line do not count." if verdict.torn else ""
    return f"{verdict.first_break}. {salvage_log(lines).in_words()}"
