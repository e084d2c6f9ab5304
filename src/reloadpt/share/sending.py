"""From the journal on disk to the one file: checked first, noted in the journal, then written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reloadpt.care.due import due_entries
from reloadpt.care.record import APP
from reloadpt.files import (
    MEBIBYTE,
    FileDraft,
    Trouble,
    is_output,
    open_to_read,
    place_to_write,
    read_bytes,
    reason,
    write_out,
    write_together,
)
from reloadpt.journal.chain import Verdict, verify_log
from reloadpt.journal.entries import Entry, write_entry
from reloadpt.journal.events import Due, Event, Shared
from reloadpt.journal.journal import Journal, NotSaved
from reloadpt.journal.mending import mend
from reloadpt.measures.course import Course, course_of
from reloadpt.program.library import Library
from reloadpt.share.embedded import OPENING
from reloadpt.share.page import gather_report
from reloadpt.share.report import render_report
from reloadpt.share.seal import check_key, is_sealed, seal_bytes

SEALED = ".age"


@dataclass(frozen=True)
class SharedReport:
    """What was written: the file, the key it is sealed to, and how many entries it holds.

    ``mended`` is a sentence about what had to be done to the journal first, to be shown. ``alone`` is whose plan no
    therapist made.
    """

    path: Path
    to: str | None
    entries: int
    mended: str | None = None
    alone: bool = False


def write_shared_report(
    log: Path, library: Library, at: datetime, out: Path | None, to: str | None, *, sealed: bool = True
) -> SharedReport:
    """Write the report of the journal ``log`` to ``out``, sealed to the key ``to`` or to the plan's, where ``sealed``.

    What was due up to now and that it was shared are appended to the journal first, so that the file says so itself;
    of what goes to the output that it was shared is appended last.
    A journal that cannot be written is shared as it is. One with a line that does not fit is kept whole beside a new
    one that goes on from it, and the new one is shared.

    Raises ``Trouble`` where the key is none, or the file cannot be written there; the journal is as it was.
    """
    journal, entries, mended = _read_whole_log(log, at)
    course = course_of(entries)
    key = (to or _share_key(course)) if sealed else None
    if key:
        check_key(key)
    path = out or Path(default_name(course.patient, at))
    if key and path.suffix != SEALED and not is_output(path):
        path = path.with_name(path.name + SEALED)
    if not is_output(path):
        _refuse_unwritable(path, log)
    due = _due(course, library, at)
    events = [*due, Shared(to=key, through=entries[-1].n + len(due))]
    noted = _entries_of(events, entries[-1], at)
    if is_output(path):
        # nothing lies ready there: that it was shared is noted once all of it went out
        appended, unsaved = _append(journal, due, at)
        write_out(path, _report(entries + appended, at, key))
        if not unsaved:
            _, unsaved = _append(journal, [Shared(to=key, through=entries[-1].n + len(appended))], at)
    else:
        with _place(path, _report(entries + noted, at, key)):
            # what is to be shared lies there ready by now: what cannot be written is not called shared
            appended, unsaved = _append(journal, events, at)
        if appended != noted:
            write_out(path, _report(entries + appended, at, key))
    if unsaved:
        known = f"known up to {max(course.dues)}" if course.dues else "not known"
        mended = " ".join([*([mended] if mended else []), f"{unsaved} What was due is {known}."])
    alone = course.plan is not None and course.plan.self_made
    return SharedReport(path, key, len(entries) + len(appended), mended, alone)


def _report(entries: list[Entry], at: datetime, key: str | None) -> bytes:
    page = gather_report(course_of(entries), at, entries[-1].h)
    data = render_report(page, b"".join(entry.line + b"\n" for entry in entries))
    return seal_bytes(data, key) if key else data


def _entries_of(events: Sequence[Event], last: Entry, at: datetime) -> list[Entry]:
    """The entries that events become where no other program writes meanwhile."""
    entries = [last]
    for event in events:
        entries.append(write_entry(entries[-1].n + 1, entries[-1].h, at, event))
    return entries[1:]


def _append(journal: Journal, events: Sequence[Event], at: datetime) -> tuple[list[Entry], str]:
    """Append events; the entries they became, and where they could not be saved none and why."""
    try:
        return [*journal.append(events, at)], ""
    except NotSaved as trouble:
        return [], str(trouble)


@contextmanager
def _place(path: Path, data: bytes) -> Iterator[None]:
    """Have ``data`` written and waited for meanwhile, and then put in place."""
    place = place_to_write(path)
    with write_together(place.parent, f"{path}:", FileDraft) as draft:
        file = draft(place.name)
        file.write(data)
        file.finish()
        yield


def _due(course: Course, library: Library, at: datetime) -> list[Due]:
    """What was due and is not written down yet; nothing where the plan or a programme cannot be read."""
    if course.period is None or course.period.unread:
        return []
    try:
        return due_entries(course.period.plan, library, course, [Shared(through=0)], at)
    except Trouble:
        return []


def default_name(patient: str, at: datetime) -> str:
    """A name for the file; an alias is never a path."""
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", patient).strip("-")[:40] or "patient"
    return f"reloadpt-{safe}-{at:%Y-%m-%d}.html"


def _read_whole_log(log: Path, at: datetime) -> tuple[Journal, list[Entry], str | None]:
    """The journal with every line of it hashed, mended first where one does not fit."""
    entries: list[Entry] = []
    verdict = _verify(log, entries)
    mended = None
    if verdict.first_break:
        mended = mend(log, at, APP)
        entries.clear()
        verdict = _verify(log, entries)
        if verdict.first_break:
            raise Trouble(f"{log}, {verdict.first_break}. Nothing was shared.")
    journal = Journal(log)
    journal.mark = verdict.end
    return journal, entries, mended


def _verify(log: Path, entries: list[Entry]) -> Verdict:
    try:
        with open_to_read(log, MEBIBYTE) as stream:
            return verify_log(stream, on_entry=entries.append)
    except OSError as error:
        raise Trouble(f"{log}: cannot be read ({reason(error)}).") from error


def _share_key(course: Course) -> str | None:
    key = course.plan.share_key if course.plan else None
    return key if key and key.strip() else None


def _refuse_unwritable(path: Path, journal: Path) -> None:
    """Refuse before anything is noted: a file that is no report is never replaced."""
    folder = place_to_write(path).parent
    if not folder.is_dir():
        raise Trouble(f"{folder}: there is no such folder. Nothing was shared.")
    if not os.access(folder, os.W_OK):
        raise Trouble(f"{folder}: files cannot be written here. Nothing was shared.")
    if not path.exists():
        return
    data = read_bytes(path, 256 * MEBIBYTE)
    if path.resolve() == journal.resolve() or not (OPENING in data or is_sealed(data) or not data):
        raise Trouble(f"{path}: a file that is no report is here already. Choose another name.")
