"""Bring files and folders into the caseload: each told apart, and none stopping the others."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Literal

from reloadpt.clinic.caseload import Caseload, IncomingLog, Kind, LogPlacement, TooManyConflicts
from reloadpt.clinic.receiving import display_name
from reloadpt.clinic.unpacking import ENDING, LARGEST_IN_ALL, reports_in
from reloadpt.files import MEBIBYTE, Trouble, reason
from reloadpt.trouble import Fault

ENDINGS = (".html", ".htm", ".jsonl", ".age")
"""What is looked for in a folder and in a zip archive; in a folder zip archives too."""
SEVERAL = 16
"""From so many files on, every core helps."""
AT_ONCE = 64
UNPACKED_AT_MOST = 4 * LARGEST_IN_ALL
"""What is packed in all archives of one import may unpack to so much, all together."""
AT_ONCE_BYTES = 32 * MEBIBYTE

ResultKind = Kind | Literal["rejected"]


@dataclass(frozen=True)
class ImportResult:
    """What became of one file: its kind, the patient's alias, and for a rejected one a sentence why.

    ``inside`` is its name in the zip archive ``path``, where it came in one. ``damage`` says what of a log that was
    taken cannot be read.
    """

    path: Path
    kind: ResultKind
    patient: str = ""
    why: str = ""
    inside: str = ""
    damage: str = ""
    fault: bool = False
    """Whether it was rejected because of a mistake of ours."""

    @property
    def name(self) -> str:
        """What it is called, on one line."""
        return ", ".join(display_name(part) for part in (self.path, self.inside) if str(part))


@dataclass(frozen=True)
class _ReadFile:
    """What was read of one file, or of one in an archive: a log, or why there is none."""

    path: Path
    log: IncomingLog | Trouble
    inside: str = ""
    unpacked: int = 0


def import_all(
    paths: Iterable[Path],
    caseload: Caseload,
    secret: str | None,
    cores: int | None = None,
    at_once: int | None = None,
    unpacked_at_most: int = UNPACKED_AT_MOST,
) -> Iterator[ImportResult]:
    """Import files, and the reports in folders and zip archives; ``secret`` opens sealed ones.

    Files are read and checked outside the caseload's lock, on every core where there are many, and put in
    place under it ``at_once`` at a time. Links inside a folder are not followed. What is packed in all the archives
    together may unpack to ``unpacked_at_most`` bytes; an archive after that is not opened.

    Raises ``Trouble`` where the caseload itself cannot be written, or another import keeps it locked.
    """
    files: list[Path] = []
    for path in paths:
        for candidate in _files_at(path):
            if isinstance(candidate, ImportResult):
                yield candidate
            else:
                files.append(candidate)
    workers = cores or os.cpu_count() or 1
    with _reader(caseload, secret, workers if len(files) >= SEVERAL else 1) as read_files:
        before: LogPlacement | None = None
        unpacked = 0
        for files_at_once in _batches(files, at_once or AT_ONCE):
            batch = files_at_once
            if unpacked > unpacked_at_most:
                yield from map(_not_opened, filter(_is_archive, batch))
                batch = [file for file in batch if not _is_archive(file)]
            try:
                results = [result for file in read_files(batch) for result in file]
                unpacked += sum(result.unpacked for result in results)
            except BrokenProcessPool:
                raise Trouble(
                    "A process that helped to read was ended from outside, perhaps for want of memory. What was "
                    "imported before stays; import the rest again."
                ) from None
            with caseload.writing(before) as before:
                for result in results:
                    if isinstance(result.log, Trouble):
                        fault = isinstance(result.log, Fault)
                        yield ImportResult(
                            result.path, "rejected", why=str(result.log), inside=result.inside, fault=fault
                        )
                    else:
                        yield _place(before, result, result.log)


def _not_opened(path: Path) -> ImportResult:
    why = "the archives before it hold as much as one import takes. Import it by itself."
    return ImportResult(path, "rejected", why=f"{display_name(path)}: {why}")


def _place(placement: LogPlacement, file: _ReadFile, log: IncomingLog) -> ImportResult:
    patient = log.stored.patient
    try:
        kind = placement.place(log)
    except TooManyConflicts as trouble:
        named = ImportResult(file.path, "rejected", patient, inside=file.inside)
        return replace(named, why=f"{named.name}: {trouble}")
    return ImportResult(file.path, kind, patient, inside=file.inside, damage=log.damage)


def count_files(paths: Iterable[Path]) -> int:
    """How many files there are to read; an archive counts as one."""
    return sum(1 for path in paths for _ in _files_at(path))


def is_importable(name: str) -> bool:
    """Whether a file of this name in a folder is read."""
    return not name.startswith(".") and name.lower().endswith((*ENDINGS, ENDING))


def _files_at(path: Path) -> Iterator[Path | ImportResult]:
    """The files to read: ``path`` itself, or what lies in it."""
    if not path.is_dir():
        yield path
        return
    refused: list[ImportResult] = []

    def refuse(error: OSError) -> None:
        refused.append(
            ImportResult(
                Path(error.filename), "rejected", why=f"{display_name(error.filename)}: {reason(error)}."
            )
        )

    for folder, names, files in os.walk(path, onerror=refuse):
        names.sort()
        for name in sorted(files):
            file = Path(folder, name)
            if not is_importable(name):
                continue
            if file.is_symlink():
                yield ImportResult(
                    file, "rejected", why=f"{display_name(file)}: a link inside a folder is not followed."
                )
            else:
                yield file
    yield from refused


def _batches(paths: list[Path], at_once: int) -> Iterator[list[Path]]:
    """Split what is to be read, so that no more of it is held than is needed."""
    batch: list[Path] = []
    size = 0
    for path in paths:
        try:
            # an archive unpacks to more than it has
            more = AT_ONCE_BYTES if _is_archive(path) else path.stat().st_size
        except OSError:
            more = 0
        if batch and (len(batch) >= at_once or size + more > AT_ONCE_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(path)
        size += more
    if batch:
        yield batch


def _read_logs(path: Path, caseload: Caseload, secret: str | None) -> list[_ReadFile]:
    """Read one file, or each report in a zip archive."""
    if not _is_archive(path):
        return [_ReadFile(path, _log_or_reason(lambda: caseload.read(path, secret), path))]
    read_files: list[_ReadFile] = []
    try:
        for member in reports_in(path, ENDINGS):
            name = f"{display_name(path)}, {member.name}"
            read_member = partial(caseload.read_bytes, member.data, secret, name)
            log = Trouble(member.why) if member.why else _log_or_reason(read_member, name)
            read_files.append(_ReadFile(path, log, member.name, member.unpacked))
    except Trouble as trouble:
        read_files.append(_ReadFile(path, trouble))
    return read_files


def _log_or_reason(read_log: Callable[[], IncomingLog], name: object) -> IncomingLog | Trouble:
    try:
        return read_log()
    except Trouble as trouble:
        return trouble
    except MemoryError:
        return Trouble(f"{display_name(name)}: too large for this machine.")


def _is_archive(path: Path) -> bool:
    return path.name.lower().endswith(ENDING)


_read_here: Callable[[Path], list[_ReadFile]] | None = None
"""How a helping process reads, set when it starts."""


def _prepare(caseload: Caseload, secret: str | None) -> None:
    global _read_here  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    threading.Thread(target=_end_with_the_import, daemon=True).start()
    _read_here = partial(_read_logs, caseload=caseload, secret=secret)


def _end_with_the_import() -> None:
    """A helper whose import was killed would wait for ever, with the clinic's key in its memory."""
    started_by = parent_process()
    if started_by is not None:
        started_by.join()
        os._exit(1)


def _read_in_helper(path: Path) -> list[_ReadFile]:
    assert _read_here is not None  # noqa: S101
    return _read_here(path)


@contextmanager
def _reader(
    caseload: Caseload, secret: str | None, workers: int
) -> Iterator[Callable[[list[Path]], Iterable[list[_ReadFile]]]]:
    """How to read some files: here, or by processes that help."""
    if workers == 1:
        yield partial(map, partial(_read_logs, caseload=caseload, secret=secret))
        return
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_prepare, initargs=(caseload, secret)
    ) as pool:
        yield partial(pool.map, _read_in_helper, chunksize=4)
