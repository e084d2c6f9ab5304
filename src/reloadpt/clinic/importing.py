"""Bring files and folders into the caseload: each told apart, and none stopping the others."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Literal

from reloadpt.clinic.caseload import Caseload, IncomingLog, Kind, LogPlacement
from reloadpt.clinic.receiving import shown_name
from reloadpt.clinic.unpacking import ENDING, reports_in
from reloadpt.files import MEBIBYTE, Trouble, reason

ENDINGS = (".html", ".htm", ".jsonl", ".age")
"""What is looked for in a folder and in a zip archive; in a folder zip archives too."""
SEVERAL = 16
"""From so many files on, every core helps."""
AT_ONCE = 64
AT_ONCE_BYTES = 32 * MEBIBYTE

ResultKind = Kind | Literal["rejected"]


@dataclass(frozen=True)
class ImportResult:
    """What became of one file: its kind, the patient's alias, and for a rejected one a sentence why.

    ``inside`` is its name in the zip archive ``path``, where it came in one.
    """

    path: Path
    kind: ResultKind
    patient: str = ""
    why: str = ""
    inside: str = ""

    @property
    def name(self) -> str:
        """What it is called, on one line."""
        return ", ".join(shown_name(part) for part in (self.path, self.inside) if str(part))


@dataclass(frozen=True)
class _Read:
    """What was read of one file, or of one in an archive: a log, or why there is none."""

    path: Path
    found: IncomingLog | str
    inside: str = ""


def import_all(
    paths: Iterable[Path],
    caseload: Caseload,
    secret: str | None,
    cores: int | None = None,
    at_once: int | None = None,
) -> Iterator[ImportResult]:
    """Import files, and the reports in folders and zip archives; ``secret`` opens sealed ones.

    Files are read and checked outside the caseload's lock, on every core where there are many, and put in
    place under it ``at_once`` at a time. Links inside a folder are not followed.

    Raises:
        Trouble: the caseload itself cannot be written, or another import keeps it locked.
    """
    found: list[Path] = []
    for path in paths:
        for found_log in _find(path):
            if isinstance(found_log, ImportResult):
                yield found_log
            else:
                found.append(found_log)
    workers = cores or os.cpu_count() or 1
    with _reader(caseload, secret, workers if len(found) >= SEVERAL else 1) as read:
        before: LogPlacement | None = None
        for some in _some_at_a_time(found, at_once or AT_ONCE):
            try:
                ready = [one for file in read(some) for one in file]
            except BrokenProcessPool:
                raise Trouble(
                    "A process that helped to read was ended from outside, perhaps for want of memory. What was "
                    "imported before stays; import the rest again."
                ) from None
            with caseload.writing(before) as before:
                for one in ready:
                    if isinstance(one.found, str):
                        yield ImportResult(one.path, "rejected", why=one.found, inside=one.inside)
                    else:
                        kind = before.place(one.found)
                        yield ImportResult(one.path, kind, one.found.kept.patient, inside=one.inside)


def count_files(paths: Iterable[Path]) -> int:
    """How many files there are to read; an archive counts as one."""
    return sum(1 for path in paths for _ in _find(path))


def is_looked_for(name: str) -> bool:
    """Whether a file of this name in a folder is read."""
    return not name.startswith(".") and name.lower().endswith((*ENDINGS, ENDING))


def _find(path: Path) -> Iterator[Path | ImportResult]:
    """The files to read: ``path`` itself, or what lies in it."""
    if not path.is_dir():
        yield path
        return
    refused: list[ImportResult] = []

    def refuse(error: OSError) -> None:
        refused.append(
            ImportResult(
                Path(error.filename), "rejected", why=f"{shown_name(error.filename)}: {reason(error)}."
            )
        )

    for folder, names, files in os.walk(path, onerror=refuse):
        names.sort()
        for name in sorted(files):
            file = Path(folder, name)
            if not is_looked_for(name):
                continue
            if file.is_symlink():
                yield ImportResult(
                    file, "rejected", why=f"{shown_name(file)}: a link inside a folder is not followed."
                )
            else:
                yield file
    yield from refused


def _some_at_a_time(paths: list[Path], at_once: int) -> Iterator[list[Path]]:
    """Split what is to be read, so that no more of it is held than is needed."""
    some: list[Path] = []
    size = 0
    for path in paths:
        try:
            # an archive unpacks to more than it has
            more = AT_ONCE_BYTES if _is_archive(path) else path.stat().st_size
        except OSError:
            more = 0
        if some and (len(some) >= at_once or size + more > AT_ONCE_BYTES):
            yield some
            some, size = [], 0
        some.append(path)
        size += more
    if some:
        yield some


def _read_one(path: Path, caseload: Caseload, secret: str | None) -> list[_Read]:
    """Read one file, or each report in a zip archive."""
    if not _is_archive(path):
        return [_Read(path, _tried(lambda: caseload.read(path, secret), path))]
    found: list[_Read] = []
    try:
        for packed in reports_in(path, ENDINGS):
            name = f"{shown_name(path)}, {packed.name}"
            read = partial(caseload.read_bytes, packed.data, secret, name)
            found.append(_Read(path, packed.why or _tried(read, name), packed.name))
    except Trouble as trouble:
        found.append(_Read(path, str(trouble)))
    return found


def _tried(read: Callable[[], IncomingLog], name: object) -> IncomingLog | str:
    try:
        return read()
    except Trouble as trouble:
        return str(trouble)
    except MemoryError:
        return f"{shown_name(name)}: too large for this machine."


def _is_archive(path: Path) -> bool:
    return path.name.lower().endswith(ENDING)


_here: Callable[[Path], list[_Read]] | None = None
"""How a helping process reads, set when it starts."""


def _prepare(caseload: Caseload, secret: str | None) -> None:
    global _here  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    threading.Thread(target=_end_with_the_import, daemon=True).start()
    _here = partial(_read_one, caseload=caseload, secret=secret)


def _end_with_the_import() -> None:
    """A helper whose import was killed would wait for ever, with the clinic's key in its memory."""
    started_by = parent_process()
    if started_by is not None:
        started_by.join()
        os._exit(1)


def _help(path: Path) -> list[_Read]:
    assert _here is not None  # noqa: S101
    return _here(path)


@contextmanager
def _reader(
    caseload: Caseload, secret: str | None, workers: int
) -> Iterator[Callable[[list[Path]], Iterable[list[_Read]]]]:
    """How to read some files: here, or by processes that help."""
    if workers == 1:
        yield partial(map, partial(_read_one, caseload=caseload, secret=secret))
        return
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_prepare, initargs=(caseload, secret)
    ) as pool:
        yield partial(pool.map, _help, chunksize=4)
