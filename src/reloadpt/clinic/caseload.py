"""The journals a therapist has imported: ``<random id>/<log uuid>.jsonl``, lines verbatim.

Only whole files are put in place, each at once, under one lock: importing twice, in any order, in two programs
or killed half-way leaves the same logs. A log that contradicts the one that is kept never replaces it; one that is
damaged stays, and is healed by a copy of it that has what it lost. Files that are not ours are left alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from reloadpt import wording
from reloadpt.care.thresholds import PROPOSED, Thresholds
from reloadpt.clinic.folding import entries_of, stored_log_of, summary_of
from reloadpt.clinic.healing import heal
from reloadpt.clinic.joins import JoinEntry, PatientJoins
from reloadpt.clinic.receiving import (
    LARGEST,
    ReceivedLog,
    display_name,
    foreign_log_errors,
    log_id,
    log_lines,
    read_file,
    received_log,
)
from reloadpt.clinic.summary import StoredLog, Summary, read_summary, summarise, summary_bytes, version_of
from reloadpt.clock import now
from reloadpt.files import MEBIBYTE, Trouble, clip, make_private_folder, read_bytes, reason, replace_file
from reloadpt.journal.chain import hashes_fit, verify_log
from reloadpt.journal.entries import START, Entry, Misfit, check_line
from reloadpt.journal.events import LogOpened
from reloadpt.journal.locks import FileLock, LockTaken
from reloadpt.journal.salvage import is_line, salvage_log
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

DRAFT_NAME = re.compile(
    r"^\.(summary\.json|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.conflict-[0-9a-f]{8,32})?\.jsonl)\.[0-9a-f]{12}$"
)
MOST_CONFLICTS = 20
"""So many logs that contradict one are kept beside it."""

Kind = Literal["new", "unchanged", "extended", "healed", "older", "conflict"]


@dataclass(frozen=True)
class Patient:
    """One patient of the caseload: the folder, what was summarised, and logs that contradict the kept ones.

    ``damage`` says in sentences which kept logs are damaged or cannot be read.
    """

    folder: Path
    summary: Summary
    conflicts: tuple[str, ...]
    remade: bool = False
    damage: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The random id, which is the folder's name."""
        return self.folder.name


@dataclass(frozen=True)
class IncomingLog:
    """A log that was taken in and not yet put in place: its lines, what is kept of it, its own summary.

    ``damage`` says what of it cannot be read; nothing where it is whole. Of one that is here already, byte for byte,
    no more was read: it has no summary, and ``stored`` is what is kept of the one that is here.
    """

    lines: bytes
    stored: StoredLog
    summary: Summary | None
    damage: str = ""


@dataclass
class _Index:
    """The patient's id, which names the folder, by log and by what ties logs to a patient; "" where that tells none.

    ``begins`` are the logs by the hash of their first line. An import of ten thousand reports holds ten thousand of
    each: so ids, and no paths.
    """

    logs: dict[str, str] = field(default_factory=dict)
    ties: dict[tuple[str, str], str] = field(default_factory=dict)
    begins: dict[str, str] = field(default_factory=dict)


class TooManyConflicts(Trouble):
    """Enough logs that contradict a stored one are kept."""


class Caseload:
    """The caseload in ``folder``, counted with the thresholds given; ``wall`` tells when something is done to it."""

    def __init__(
        self, folder: Path, thresholds: Thresholds = PROPOSED, wall: Callable[[], datetime] = now
    ) -> None:
        self.folder = folder
        self.wall = wall
        self._thresholds = thresholds

    def read(self, path: Path, secret: str | None) -> IncomingLog:
        """Take a log out of a file and summarise it; raises as ``receive`` does. Nothing is written.

        One that is here already is only compared.
        """
        name = display_name(path)
        return self.read_bytes(read_file(path, name), secret, name)

    def read_bytes(self, data: bytes, secret: str | None, name: str) -> IncomingLog:
        """The same for bytes that were read already, from ``name``."""
        lines = log_lines(data, secret, name)
        return self._here_already(lines) or self.read_lines(lines, name)

    def read_lines(self, lines: bytes, name: str) -> IncomingLog:
        """The same for the lines of a log, called ``name``."""
        return self._incoming(received_log(lines, name), name)

    def _here_already(self, lines: bytes) -> IncomingLog | None:
        """What is kept of a log that is here, or goes on here, byte for byte; None in any doubt."""
        lines = lines[: lines.rfind(b"\n") + 1]
        try:
            opened = check_line(lines[: lines.find(b"\n")], START.n + 1, START.h).event
            log = log_id(opened, "") if isinstance(opened, LogOpened) else ""
        except (Misfit, Trouble):
            return None
        folder = self._folder_of_log.get(log)
        summary = _stored_summary(folder) if folder else None
        if folder is None or summary is None or summary.version != version_of(self._thresholds):
            return None
        whole = (stored for stored in summary.logs if stored.log == log and not stored.damaged)
        stored, kept = next(whole, None), _lines_at(folder / f"{log}.jsonl")
        if stored is None or stored.size != len(kept) or not kept.startswith(lines) or not hashes_fit(lines):
            return None
        # of an earlier state another alias may be told than now
        names_one = isinstance(opened, LogOpened) and stored.aliases == (opened.patient,) == (stored.patient,)
        return IncomingLog(lines, stored, None) if len(lines) == len(kept) or names_one else None

    @cached_property
    def _folder_of_log(self) -> dict[str, Path]:
        """The folder of each log that is here, as they lay when it was first asked for."""
        found: dict[str, Path] = {}
        for folder in self.folders():
            with suppress(OSError):
                found |= {name.removesuffix(".jsonl"): folder for name in _files_in(folder)[0]}
        return found

    def _incoming(self, received: ReceivedLog, name: Path | str) -> IncomingLog:
        with foreign_log_errors(name):
            stored = stored_log_of(received)
            summary = summarise([stored], received.course, self._thresholds)
            return IncomingLog(received.lines, stored, summary, received.damage)

    def patients(self) -> list[Patient]:
        """Every patient; a summary that is missing or does not fit the logs is made again, in memory."""
        return list(self.each_patient())

    def each_patient(self) -> Iterator[Patient]:
        """Every patient, one after the other."""
        return (patient for folder in self.folders() if (patient := self._patient(folder)))

    def page(self, patient: Patient, at: datetime) -> ReportPage:
        """What a report of all of a patient's logs says."""
        entries, _ = self.entries(patient)
        last_h = next((entry.h for entry in reversed(entries) if is_line(entry)), "")
        if not last_h:
            raise Trouble(
                f"{patient.folder}: nothing that is kept here can be read. {wording.STORED_UNREAD()}"
            )
        return gather_report(course_of(entries), at, last_h)

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
                self.__dict__.pop("_folder_of_log", None)
        except LockTaken:
            raise Trouble(
                f"{self.folder}: another import is still at work. Wait for it, then try again."
            ) from None

    def folders(self) -> list[Path]:
        """The folder of each patient."""
        try:
            with os.scandir(self.folder) as entries:
                names = sorted(
                    folder.name
                    for folder in entries
                    if FOLDER_NAME.match(folder.name) and folder.is_dir(follow_symlinks=False)
                )
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Trouble(f"{self.folder}: the caseload cannot be read ({reason(error)}).") from error
        return [self.folder / name for name in names]

    def _patient(self, folder: Path) -> Patient | None:
        try:
            sizes, conflicts = _files_in(folder)
        except OSError:
            return Patient(folder, self._unread(), (), damage=(wording.STORED_UNREAD(),))
        stored = _stored_summary(folder)
        if not sizes:
            return self._without_logs(folder, stored)
        fits = stored is not None and {f"{log.log}.jsonl": log.size for log in stored.logs} == sizes
        if stored and fits and stored.version == version_of(self._thresholds):
            return Patient(folder, stored, conflicts, damage=_damage(stored, sizes))
        remade = self.summarised(folder)
        # what was counted before the log was damaged is better than a patient who is gone
        summary = remade or stored or self._unread()
        damage = _damage(remade or self._unread(), sizes)
        if stored and _has_lost(folder, stored, sizes):
            # the summary of before stays in its place: it alone still knows of more
            return Patient(folder, summary, conflicts, damage=damage or (wording.STORED_DAMAGED(),))
        return Patient(folder, summary, conflicts, remade=remade is not None, damage=damage)

    def _without_logs(self, folder: Path, stored: Summary | None) -> Patient | None:
        """A patient in the place of whose logs lies what is no file, until a report brings these back."""
        if stored is None or not _has_lost(folder, stored, {}):
            return None
        if any(log.log in self._folder_of_log for log in stored.logs):
            return None
        return Patient(folder, stored, (), damage=(wording.STORED_UNREAD(),))

    def _unread(self) -> Summary:
        """The summary of a patient of whom nothing can be read."""
        return summarise((), Course(), self._thresholds)

    def summarised(self, folder: Path) -> Summary | None:
        """Make a folder's summary from its logs; None where it has none that can be read."""
        return summary_of(_lines_in(folder), self._thresholds)


def _stored_summary(folder: Path) -> Summary | None:
    try:
        return read_summary(read_bytes(folder / SUMMARY, LARGEST))
    except Trouble:
        return None


def _damage(summary: Summary, sizes: Mapping[str, int]) -> tuple[str, ...]:
    """What is to be said of the logs kept of a patient that are damaged or cannot be read."""
    read = {f"{log.log}.jsonl": log for log in summary.logs}
    # what is taken in ends with a whole line: one that is longer than its whole lines was cut
    damaged = any(log.damaged or log.size != sizes.get(name) for name, log in read.items())
    return (
        *([wording.STORED_DAMAGED()] if damaged else []),
        *([wording.STORED_UNREAD()] if sizes.keys() - read.keys() else []),
    )


def _has_lost(folder: Path, before: Summary, sizes: Mapping[str, int]) -> bool:
    """Whether a log of this summary is shorter now, or something that is no file lies in its place."""
    return any(
        sizes[name] < log.size if name in sizes else os.path.lexists(folder / name)
        for log in before.logs
        for name in [f"{log.log}.jsonl"]
    )


class LogPlacement:
    """Puts logs in place while the lock is held, as alias and plan say and a therapist has said."""

    def __init__(self, caseload: Caseload) -> None:
        self._caseload = caseload
        self._index = _Index()
        self._stale: dict[Path, Summary | None] = {}
        self._turn = ""
        self._joins = PatientJoins(caseload.folder, caseload.wall())
        for folder in caseload.folders():
            self._tidy(folder)
        self._index.ties = dict.fromkeys(self._ambiguous_ties(), "")
        for patient in caseload.each_patient():
            if patient.remade:
                self._stale[patient.folder] = patient.summary
            self._enter_unread(patient)
            if logs_at(patient.folder):
                self._enter(patient.folder, patient.summary.logs)
        self._follow_joins()

    def _ambiguous_ties(self) -> set[tuple[str, str]]:
        """Alias and plan of logs that a therapist took apart: they tell no more whose a log is."""
        parted = self._joins.parted()
        logs: dict[tuple[str, str], list[str]] = {}
        for patient in self._caseload.each_patient() if parted else ():
            for log in patient.summary.logs:
                for tie in log.ties if log.log in parted else ():
                    logs.setdefault(tie, []).append(log.log)
        return {tie for tie, of_tie in logs.items() if self._joins.are_apart(of_tie, of_tie)}

    def is_of(self, turn: Path) -> bool:
        """Whether the last turn to write here was this one's."""
        try:
            return read_bytes(turn, MEBIBYTE) == self._turn.encode()
        except Trouble:
            return False

    def take(self, turn: Path) -> None:
        """Take a turn; whoever is killed during it leaves a name that nobody builds on."""
        self._turn = secrets.token_hex(16)
        replace_file(turn, self._turn.encode())

    def place(self, incoming: IncomingLog) -> Kind:
        """Put a log in place; raise ``Trouble``, with nothing changed, where it cannot be."""
        log, lines = self._known_as(incoming.stored), incoming.lines
        patient = self._index.logs.get(log)
        stored = self._caseload.folder / (patient or "") / f"{log}.jsonl"
        stored_lines = _lines_at(stored) if patient else b""
        if patient and stored_lines == lines:
            return "unchanged"
        if patient and stored_lines.startswith(lines):
            return "older"
        if incoming.summary is None:  # it was here when it was read, and is no more
            return self.place(self._caseload.read_lines(lines, log))
        if patient is None:
            self._write_log(self._folder_for(incoming.stored), incoming)
            return "new"
        if stored_lines and lines.startswith(stored_lines):
            self._write_log(stored.parent, incoming)
            return "extended"
        if incoming.stored.damaged or not verify_log(stored_lines).whole:
            return self._heal(stored, stored_lines, incoming)
        _keep_beside(stored, incoming.stored.h, lines)
        return "conflict"

    def _known_as(self, stored: StoredLog) -> str:
        """The id under which a log is kept; that of its first line where it came without one."""
        known = stored.log in self._index.logs
        return stored.log if known else self._index.begins.get(stored.begins, stored.log)

    def _heal(self, stored: Path, stored_lines: bytes, incoming: IncomingLog) -> Kind:
        """Put together what a damaged log and another copy of it have; a whole one is never the contradiction."""
        healed = heal(stored_lines, incoming.lines)
        if healed == stored_lines:
            return "older"
        if healed is None and incoming.stored.damaged:
            _keep_beside(stored, incoming.stored.h, incoming.lines)
            return "conflict"
        if healed is None:
            _keep_beside(stored, hashlib.sha256(stored_lines).hexdigest()[:32], stored_lines)
            healed = incoming.lines
        damaged_before = salvage_log(stored_lines).lost
        whole = self._caseload.read_lines(healed, incoming.stored.log)
        self._write_log(stored.parent, whole)
        if stored.name != f"{whole.stored.log}.jsonl":
            stored.unlink()
            self._index.logs.pop(stored.name.removesuffix(".jsonl"), None)
            self._stale[stored.parent] = None
        return "healed" if whole.stored.damaged < max(damaged_before, 1) else "extended"

    def _folder_for(self, stored: StoredLog) -> Path:
        """The folder of the patient to whom a therapist joined it, whose alias and plan it names, or a new one."""
        joined = (self._index.logs.get(log) for log in self._joins.joined_with(stored.log))
        tied = (self._index.ties.get(tie) for tie in stored.ties)
        patients = [patient for patient in (*joined, *tied) if patient]
        found = (
            patient for patient in patients if not self._joins.are_apart([stored.log], self._logs_of(patient))
        )
        return self._caseload.folder / next(found, secrets.token_hex(8))

    def _logs_of(self, patient: str) -> list[str]:
        return [log for log, at in self._index.logs.items() if at == patient]

    def _write_log(self, folder: Path, incoming: IncomingLog) -> None:
        path = folder / f"{incoming.stored.log}.jsonl"
        replace_file(path, incoming.lines)
        self._stale[folder] = incoming.summary if set(_files_in(folder)[0]) == {path.name} else None
        self._enter(folder, [incoming.stored])

    def count_again(self, patient: Patient) -> None:
        """Make the summary of a patient anew: a damage that leaves the size as it was is seen only line by line."""
        self._stale[patient.folder] = None

    def join(self, patient: Patient, duplicate: Patient) -> None:
        """Make two patients one, because a therapist says so; what alias and plan say does not undo it."""
        if patient.id != duplicate.id:
            logs, others = (tuple(sorted(self._logs_of(who.id))) for who in (patient, duplicate))
            entry = JoinEntry(did="join", logs=logs, others=others, folder=duplicate.id)
            self._joins.write(entry, self._caseload.wall())
            self._merge_folders(patient.folder, duplicate.folder)

    def part(self, patient: Patient, logs: Collection[str]) -> Path:
        """Take some logs of a patient apart from the others, for good; without any, those of the last join.

        Returns the folder of those that were taken out.

        Raises ``Trouble`` where there is nothing to take apart.
        """
        of_patient = self._logs_of(patient.id)
        last = self._joins.last_join(of_patient)
        others = tuple(sorted(logs or (last.others if last else ())))
        rest = tuple(sorted({*of_patient} - {*others}))
        if not others or not rest or not {*others} <= {*of_patient}:
            raise Trouble(
                f"{clip(patient.summary.patient)} was joined with nobody here. Name the logs to take out, but not all."
            )
        folder = last.folder if last and others == last.others else secrets.token_hex(8)
        entry = JoinEntry(did="part", logs=rest, others=others, folder=folder)
        self._joins.write(entry, self._caseload.wall())
        self._take_out(entry)
        return self._caseload.folder / folder

    def _take_out(self, entry: JoinEntry) -> None:
        """Move the logs that were parted into a folder of their own."""
        into = self._caseload.folder / entry.folder
        for log in entry.others:
            folder = self._caseload.folder / self._index.logs[log]
            if folder == into:
                continue
            make_private_folder(into)
            for path in (path for path in folder.glob(f"{log}.*") if _is_log(path.name)):
                path.replace(into / path.name)
            self._index.logs[log] = into.name
            self._stale |= {folder: None, into: None}
        self._index.ties = {tie: "" if at == into.name else at for tie, at in self._index.ties.items()}
        for folder in self._stale:
            if folder.is_dir():
                self._enter(folder, (summary.logs if (summary := self._caseload.summarised(folder)) else ()))

    def _follow_joins(self) -> None:
        """Do what was said before and was not done to its end, or not here."""
        for log, other in self._joins.joined():
            self._bring_together(log, other)
        for entry in self._joins.partings():
            if {*entry.logs, *entry.others} <= self._index.logs.keys():
                at = {self._index.logs[log] for log in entry.logs}
                if at & {self._index.logs[log] for log in entry.others}:
                    self._take_out(entry)

    def _bring_together(self, log: str, other: str) -> None:
        here, there = self._index.logs.get(log), self._index.logs.get(other)
        if (
            here
            and there
            and here != there
            and not self._joins.are_apart(self._logs_of(here), self._logs_of(there))
        ):
            self._merge_folders(self._caseload.folder / here, self._caseload.folder / there)

    def finish(self) -> None:
        """Keep the summaries of what changed."""
        for folder, summary in self._stale.items():
            if not folder.is_dir():
                continue
            if summary := summary or self._caseload.summarised(folder):
                replace_file(folder / SUMMARY, summary_bytes(summary))
        self._stale.clear()

    def _enter_unread(self, patient: Patient) -> None:
        """Enter the logs of a folder that cannot be read by their names alone."""
        with suppress(OSError):
            for name in _files_in(patient.folder)[0]:
                self._index.logs[name.removesuffix(".jsonl")] = patient.id

    def _enter(self, folder: Path, logs: Iterable[StoredLog]) -> None:
        """Enter logs in the index; folders that hold the same alias and plan become one, but for those kept apart."""
        for log in logs:
            self._index.logs[log.log] = folder.name
            if log.begins:
                self._index.begins[log.begins] = log.log
            for tie in log.ties:
                other = self._index.ties.setdefault(tie, folder.name)
                if other in ("", folder.name):
                    continue
                if self._joins.are_apart(self._logs_of(other), self._logs_of(folder.name)):
                    self._index.ties[tie] = ""
                else:
                    folder = self._merge_folders(self._caseload.folder / other, folder)

    def _merge_folders(self, into: Path, emptied: Path) -> Path:
        """Bring all that is ours of one folder into another, which is returned."""
        for path in sorted(emptied.iterdir()):
            if path.name == SUMMARY:
                path.unlink()
            elif _is_log(path.name):
                path.replace(into / path.name)
        with suppress(OSError):  # what is not ours stays where it is
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
        with suppress(OSError):
            for path in folder.glob(".*"):
                if DRAFT_NAME.match(path.name):
                    path.unlink()
            summary = _stored_summary(folder)
            if not _files_in(folder)[0] and not (summary and _has_lost(folder, summary, {})):
                (folder / SUMMARY).unlink(missing_ok=True)
                folder.rmdir()  # not where anything is left in it


def _keep_beside(stored: Path, h: str, lines: bytes) -> None:
    """Keep a log that contradicts the stored one beside it, once, in its longest form.

    Raises ``TooManyConflicts`` where there are enough of them.
    """
    log = stored.name.removesuffix(".jsonl")
    others = {path: _lines_at(path) for path in stored.parent.glob(f"{log}.conflict-*.jsonl")}
    if any(other.startswith(lines) for other in others.values()):
        return
    shorter = [path for path, other in others.items() if other and lines.startswith(other)]
    if len(others) - len(shorter) >= MOST_CONFLICTS:
        raise TooManyConflicts(
            f"{len(others)} logs that contradict the one that is kept are beside it already; this one is not kept."
        )
    path = stored.with_name(f"{log}.conflict-{h[:8]}.jsonl")
    replace_file(stored.with_name(f"{log}.conflict-{h}.jsonl") if path in others else path, lines)
    for path in shorter:
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


def logs_at(folder: Path) -> list[Path]:
    """The logs in the folder of a patient, and those that contradict them; none where it cannot be read."""
    with suppress(OSError):
        sizes, conflicts = _files_in(folder)
        return [folder / name for name in (*sizes, *conflicts)]
    return []


def _lines_at(path: Path) -> bytes:
    """The lines of a stored log; nothing where it cannot be read."""
    try:
        return read_bytes(path, LARGEST)
    except Trouble:
        return b""


def _is_log(name: str) -> bool:
    return bool(LOG_NAME.match(name) or CONFLICT_NAME.match(name))


def _files_in(folder: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """The logs in a folder with their sizes, and the names of those that contradict them."""
    sizes: dict[str, int] = {}
    conflicts: list[str] = []
    with os.scandir(folder) as entries:
        for file in sorted(entries, key=lambda file: file.name):
            if not _is_log(file.name) or not file.is_file(follow_symlinks=False):
                continue
            if LOG_NAME.match(file.name):
                sizes[file.name] = file.stat().st_size
            else:
                conflicts.append(file.name)
    return sizes, tuple(conflicts)
