"""The journals a therapist has imported: ``<random id>/<log uuid>.jsonl``, lines verbatim.

Only whole files are put in place, each at once, under one lock: importing twice, in any order, in two programs
or killed half-way leaves the same logs. A log that contradicts the one that is kept never replaces it.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from reloadpt.care.thresholds import PROPOSED, Thresholds
from reloadpt.clinic.folding import entries_of, stored_log_of, summary_of
from reloadpt.clinic.receiving import LARGEST, ReceivedLog, foreign_log_errors, receive, receive_bytes
from reloadpt.clinic.summary import StoredLog, Summary, read_summary, summarise, summary_bytes, version_of
from reloadpt.files import Trouble, make_private_folder, read_bytes, replace_file
from reloadpt.journal.entries import Entry
from reloadpt.journal.locks import FileLock, LockTaken
from reloadpt.measures.course import Course, course_of
from reloadpt.share.page import ReportPage, gather_report

SUMMARY = "summary.json"
TURN = ".turn"
"""Names whose turn to write was last; a new name each time, so that nobody builds on what another changed."""
PATIENCE_S = 600.0
"""How long an import waits for another one."""
LOG_NAME = re.compile(r"^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.jsonl$")
CONFLICT_NAME = re.compile(r"^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.conflict-[0-9a-f]{8,32}\.jsonl$")
FOLDER_NAME = re.compile(r"^[0-9a-f]{16}$")

Kind = Literal["new", "unchanged", "extended", "older", "conflict"]


@dataclass(frozen=True)
class Patient:
    """One patient of the caseload: the folder, what was summarised, and logs that contradict the kept ones."""

    folder: Path
    summary: Summary
    conflicts: tuple[str, ...]
    remade: bool = False

    @property
    def id(self) -> str:
        """The random id, which is the folder's name."""
        return self.folder.name


@dataclass(frozen=True)
class IncomingLog:
    """A log that was taken in and not yet put in place: its lines, what is kept of it, its own summary."""

    lines: bytes
    stored: StoredLog
    summary: Summary


@dataclass
class _Index:
    """The patient's id, which names the folder, by log and by what ties logs to a patient.

    An import of ten thousand reports holds ten thousand of each: so ids, and no paths.
    """

    logs: dict[str, str] = field(default_factory=dict)
    ties: dict[tuple[str, str], str] = field(default_factory=dict)


class Caseload:
    """The caseload in ``folder``, counted with the thresholds given."""

    def __init__(self, folder: Path, thresholds: Thresholds = PROPOSED) -> None:
        self.folder = folder
        self._thresholds = thresholds

    def read(self, path: Path, secret: str | None) -> IncomingLog:
        """Take a log out of a file and summarise it; raises as ``receive`` does. Nothing is written."""
        return self._incoming(receive(path, secret), path)

    def read_bytes(self, data: bytes, secret: str | None, name: str) -> IncomingLog:
        """The same for bytes that were read already, from ``name``."""
        return self._incoming(receive_bytes(data, secret, name), name)

    def _incoming(self, received: ReceivedLog, name: Path | str) -> IncomingLog:
        with foreign_log_errors(name):
            stored = stored_log_of(received)
            summary = summarise([stored], received.course, self._thresholds)
            return IncomingLog(received.lines, stored, summary)

    def patients(self) -> list[Patient]:
        """Every patient; a summary that is missing or does not fit the logs is made again, in memory."""
        return list(self.each_patient())

    def each_patient(self) -> Iterator[Patient]:
        """Every patient, one after the other."""
        return (patient for folder in self.folders() if (patient := self._patient(folder)))

    def page(self, patient: Patient, at: datetime) -> ReportPage:
        """What a report of all of a patient's logs says."""
        entries, _ = self.entries(patient)
        return gather_report(course_of(entries), at, entries[-1].h)

    def course(self, patient: Patient) -> Course:
        """All of a patient's logs, folded."""
        return course_of(self.entries(patient)[0])

    def entries(self, patient: Patient) -> tuple[list[Entry], list[tuple[str, int]]]:
        """The entries of all of a patient's logs as one, and where there are several the log and ``n`` of each."""
        return entries_of(_lines_in(patient.folder))

    @contextmanager
    def writing(self, before: LogPlacement | None = None) -> Iterator[LogPlacement]:
        """Hold the caseload's lock, and put logs in place.

        ``before`` is what an earlier turn gave; it is used again where nobody wrote here since.

        Raises ``Trouble`` where another import is not done after ten minutes.
        """
        make_private_folder(self.folder)
        try:
            with FileLock(self.folder / ".lock", PATIENCE_S):
                turn = self.folder / TURN
                placing = before if before and before.is_of(turn) else LogPlacement(self)
                placing.take(turn)
                yield placing
                placing.finish()
        except LockTaken:
            raise Trouble(
                f"{self.folder}: another import is still at work. Wait for it, then try again."
            ) from None

    def folders(self) -> list[Path]:
        """The folder of each patient."""
        try:
            with os.scandir(self.folder) as entries:
                names = sorted(folder.name for folder in entries if FOLDER_NAME.match(folder.name))
        except FileNotFoundError:
            return []
        return [self.folder / name for name in names]

    def _patient(self, folder: Path) -> Patient | None:
        sizes, conflicts = _files_in(folder)
        if not sizes:
            return None
        stored = _stored_summary(folder)
        fits = stored is not None and {f"{log.log}.jsonl": log.size for log in stored.logs} == sizes
        if stored and fits and stored.version == version_of(self._thresholds):
            return Patient(folder, stored, conflicts)
        remade = self.summarised(folder)
        if remade:
            return Patient(folder, remade, conflicts, remade=True)
        # what an earlier version counted before the log was damaged is better than a patient who is gone
        return Patient(folder, stored, conflicts) if stored and fits else None

    def summarised(self, folder: Path) -> Summary | None:
        """Make a folder's summary from its logs; None where it has none that can be read."""
        return summary_of(_lines_in(folder), self._thresholds)


def _stored_summary(folder: Path) -> Summary | None:
    try:
        return read_summary((folder / SUMMARY).read_bytes())
    except OSError:
        return None


class LogPlacement:
    """Puts logs in place while the lock is held."""

    def __init__(self, caseload: Caseload) -> None:
        self._caseload = caseload
        self._index = _Index()
        self._stale: dict[Path, Summary | None] = {}
        self._turn = ""
        for folder in caseload.folders():
            self._tidy(folder)
        for patient in caseload.each_patient():
            if patient.remade:
                self._stale[patient.folder] = patient.summary
            self._enter(patient.folder, patient.summary.logs)

    def is_of(self, turn: Path) -> bool:
        """Whether the last turn to write here was this one's."""
        try:
            return turn.read_text(encoding="ascii") == self._turn
        except (OSError, UnicodeDecodeError):
            return False

    def take(self, turn: Path) -> None:
        """Take a turn; whoever is killed during it leaves a name that nobody builds on."""
        self._turn = secrets.token_hex(16)
        replace_file(turn, self._turn.encode())

    def place(self, incoming: IncomingLog) -> Kind:
        """Put a log in place; raise ``Trouble``, with nothing changed, where it cannot be."""
        log, lines = incoming.stored.log, incoming.lines
        patient = self._index.logs.get(log)
        if patient is None:
            self._write_log(self._folder_for(incoming.stored), incoming)
            return "new"
        stored = self._caseload.folder / patient / f"{log}.jsonl"
        stored_lines = stored.read_bytes()
        if stored_lines == lines:
            return "unchanged"
        if stored_lines.startswith(lines):
            return "older"
        if lines.startswith(stored_lines):
            self._write_log(stored.parent, incoming)
            return "extended"
        _keep_beside(stored, incoming)
        return "conflict"

    def _folder_for(self, stored: StoredLog) -> Path:
        """The folder of the patient whose alias and plan the log names, or a new one."""
        folders = (self._index.ties[tie] for tie in stored.ties if tie in self._index.ties)
        return self._caseload.folder / next(folders, secrets.token_hex(8))

    def _write_log(self, folder: Path, incoming: IncomingLog) -> None:
        path = folder / f"{incoming.stored.log}.jsonl"
        replace_file(path, incoming.lines)
        self._stale[folder] = incoming.summary if set(_files_in(folder)[0]) == {path.name} else None
        self._enter(folder, [incoming.stored])

    def join(self, patient: Patient, duplicate: Patient) -> None:
        """Make two patients one, because a therapist says so: alias and plan do not tell."""
        if patient.folder != duplicate.folder:
            self._merge_folders(patient.folder, duplicate.folder)

    def finish(self) -> None:
        """Keep the summaries of what changed."""
        for folder, summary in self._stale.items():
            if not folder.is_dir():
                continue
            if summary := summary or self._caseload.summarised(folder):
                replace_file(folder / SUMMARY, summary_bytes(summary))
        self._stale.clear()

    def _enter(self, folder: Path, logs: Iterable[StoredLog]) -> None:
        """Enter logs in the index; folders that hold the same alias and plan become one."""
        for log in logs:
            self._index.logs[log.log] = folder.name
            for tie in log.ties:
                other = self._index.ties.setdefault(tie, folder.name)
                if other != folder.name:
                    folder = self._merge_folders(self._caseload.folder / other, folder)

    def _merge_folders(self, into: Path, emptied: Path) -> Path:
        """Bring all of one folder into another, which is returned."""
        for path in sorted(emptied.iterdir()):
            if path.name == SUMMARY:
                path.unlink()
            else:
                path.replace(into / path.name)
        emptied.rmdir()
        new_names = {emptied.name: into.name}
        self._index.ties = {tie: new_names.get(at, at) for tie, at in self._index.ties.items()}
        self._index.logs = {log: new_names.get(at, at) for log, at in self._index.logs.items()}
        self._stale.pop(emptied, None)
        self._stale[into] = None
        return into

    @staticmethod
    def _tidy(folder: Path) -> None:
        """Clear away what an import that was killed left: drafts, and folders without a log."""
        for path in folder.glob(".*"):
            path.unlink()
        if not _files_in(folder)[0]:
            (folder / SUMMARY).unlink(missing_ok=True)
            if not any(folder.iterdir()):
                folder.rmdir()


def _keep_beside(stored: Path, incoming: IncomingLog) -> None:
    """Keep a log that contradicts the stored one beside it, once, in its longest form."""
    log, h, lines = incoming.stored.log, incoming.stored.h, incoming.lines
    others = {path: path.read_bytes() for path in stored.parent.glob(f"{log}.conflict-*.jsonl")}
    if any(other.startswith(lines) for other in others.values()):
        return
    path = stored.with_name(f"{log}.conflict-{h[:8]}.jsonl")
    replace_file(stored.with_name(f"{log}.conflict-{h}.jsonl") if path in others else path, lines)
    for path, other in others.items():
        if lines.startswith(other):
            path.unlink()


def _lines_in(folder: Path) -> dict[str, bytes]:
    """The lines of each log in a folder that can be read, by the log's id."""
    lines_by_log: dict[str, bytes] = {}
    for name in _files_in(folder)[0]:
        try:
            lines_by_log[name.removesuffix(".jsonl")] = read_bytes(folder / name, LARGEST)
        except Trouble:
            continue
    return lines_by_log


def _files_in(folder: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """The logs in a folder with their sizes, and the names of those that contradict them."""
    sizes: dict[str, int] = {}
    conflicts: list[str] = []
    with os.scandir(folder) as entries:
        for file in sorted(entries, key=lambda file: file.name):
            if LOG_NAME.match(file.name):
                sizes[file.name] = file.stat().st_size
            elif CONFLICT_NAME.match(file.name):
                conflicts.append(file.name)
    return sizes, tuple(conflicts)
