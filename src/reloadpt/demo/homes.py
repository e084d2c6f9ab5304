"""A home of invented data for as long as the demo runs: private, apart from everything else, and removed at the end."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.importing import import_all
from reloadpt.demo.behaviours import STEADY, Behaviour
from reloadpt.demo.caseloads import invent_patients
from reloadpt.demo.complaints import LOW_BACK
from reloadpt.demo.life import Life
from reloadpt.files import Places, Trouble, make_private_folder, reason, replace_file
from reloadpt.program.library import Library

ALIAS = "A-17"
WEEKS = 4
CASELOAD = 40
KEPT_BACK = frozenset(range(3, CASELOAD, 6))
"""The numbers of the patients whose report is still to be imported."""
LIVED, LIFE_TAKES = 9, 4
"""So many lives are lived, each of which takes as long as so many imports."""
CLINIC_STEPS = LIVED * LIFE_TAKES + CASELOAD - len(KEPT_BACK)
INBOX = "inbox"


@contextmanager
def invented_home() -> Iterator[Places]:
    """A fresh private folder as a home; it is removed at the end, however that comes.

    Raises ``Trouble`` where there is no place for temporary files.
    """
    try:
        temporary = tempfile.TemporaryDirectory(prefix="reloadpt-demo-", ignore_cleanup_errors=True)
    except OSError as error:
        raise Trouble(f"There is no place for the invented data ({reason(error)}).") from error
    with temporary as folder:
        yield Places(data=Path(folder), config=Path(folder))


def fill_for_patient(places: Places, at: datetime, behaviour: Behaviour = STEADY) -> None:
    """Write a few weeks of one invented patient, up to last evening, so that something is due now."""
    evening = (at - timedelta(days=1)).replace(hour=20, minute=0, second=0, microsecond=0)
    lines = Life(Library(), LOW_BACK, behaviour, ALIAS, "demo", evening, WEEKS).live()
    replace_file(places.journal, lines)


def fill_for_clinic(places: Places, at: datetime) -> Iterator[int]:
    """Fill a caseload with invented patients; a few reports wait to be imported.

    Yields how many of the ``CLINIC_STEPS`` steps were done since the last.
    """
    inbox, first = inbox_of(places), places.data / "first"
    make_private_folder(inbox)
    for number, patient in enumerate(invent_patients(CASELOAD, WEEKS, at, lived=LIVED)):
        folder = inbox if number in KEPT_BACK else first
        replace_file(folder / f"{patient.alias}.jsonl", patient.lines)
        yield LIFE_TAKES if number < LIVED else 0
    for _ in import_all([first], Caseload(places.caseload), None):
        yield 1


def inbox_of(places: Places) -> Path:
    """The folder in which reports wait to be imported."""
    return places.data / INBOX
