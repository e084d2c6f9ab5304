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
from reloadpt.demo.caseloads import invent
from reloadpt.demo.cases import LOW_BACK
from reloadpt.demo.life import Life
from reloadpt.files import Places, Trouble, make_private_folder, reason, replace_file
from reloadpt.measures.meant import Programmes
from reloadpt.program.library import Library

ALIAS = "A-17"
WEEKS = 4
CASELOAD, KEPT_BACK = 40, 6
"""So many patients, of whom some are still to be imported."""
LIVED = 9
INBOX = "inbox"


@contextmanager
def invented_home() -> Iterator[Places]:
    """A fresh private folder as a home; it is removed at the end, however that comes.

    Raises:
        Trouble: there is no place for temporary files.
    """
    try:
        made = tempfile.TemporaryDirectory(prefix="reloadpt-demo-", ignore_cleanup_errors=True)
    except OSError as error:
        raise Trouble(f"There is no place for the invented data ({reason(error)}).") from error
    with made as folder:
        yield Places(data=Path(folder), config=Path(folder))


def fill_for_patient(places: Places, at: datetime, behaviour: Behaviour = STEADY) -> None:
    """Write a few weeks of one invented patient, up to last evening, so that something is due now."""
    evening = (at - timedelta(days=1)).replace(hour=20, minute=0, second=0, microsecond=0)
    lines = Life(Library(), LOW_BACK, behaviour, ALIAS, "demo", evening, WEEKS).live()
    replace_file(places.journal, lines)


def fill_for_clinic(places: Places, at: datetime) -> Path:
    """Fill a caseload with invented patients; the folder in which a few more reports wait to be imported."""
    inbox = places.data / INBOX
    make_private_folder(inbox)
    first = places.data / "first"
    for number, each in enumerate(invent(CASELOAD, WEEKS, at, lived=LIVED)):
        folder = inbox if number % (CASELOAD // KEPT_BACK) == 3 else first
        replace_file(folder / f"{each.alias}.jsonl", each.lines)
    caseload = Caseload(places.caseload, Programmes(Library()))
    for _ in import_all([first], caseload, None):
        pass
    return inbox
