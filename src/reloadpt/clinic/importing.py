"""Bring files and folders into the caseload: each told apart, and none stopping the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from reloadpt.clinic.caseload import Caseload, Incoming, Kind
from reloadpt.files import MEBIBYTE, Trouble, clip, reason

ENDINGS = (".html", ".htm", ".jsonl", ".age")
"""What is looked for in a folder."""
SEVERAL = 16
"""From so many files on, every core helps."""
AT_ONCE = 64
AT_ONCE_BYTES = 32 * MEBIBYTE

ResultKind = Kind | Literal["rejected"]


@dataclass(frozen=True)
class Result:
    """What became of one file: its kind, the patient's alias, and for a rejected one a sentence why."""

    path: Path
    kind: ResultKind
    patient: str = ""
    why: str = ""


_Read = tuple[Path, Incoming | str]


def import_all(
    paths: Iterable[Path], caseload: Caseload, secret: str | None, cores: int | None = None
) -> Iterator[Result]:
    """Import files, and the reports in folders; ``secret`` opens sealed ones.

    Files are read and checked outside the caseload's lock, on every core where there are many, and put in
    place under it some at a time. Links inside a folder are not followed.

    Raises:
        Trouble: the caseload itself cannot be written, or another import keeps it locked.
    """
    found: list[Path] = []
    for path in paths:
        for each in _find(path):
            if isinstance(each, Result):
                yield each
            else:
                found.append(each)
    workers = cores or os.cpu_count() or 1
    with _reader(caseload, secret, workers if len(found) >= SEVERAL else 1) as read:
        for some in _some_at_a_time(found):
            ready = list(read(some))
            with caseload.writing() as placing:
                for path, incoming in ready:
                    if isinstance(incoming, str):
                        yield Result(path, "rejected", why=incoming)
                    else:
                        yield Result(path, placing.place(incoming), incoming.kept.patient)


def _find(path: Path) -> Iterator[Path | Result]:
    """The files to read: ``path`` itself, or what lies in it."""
    if not path.is_dir():
        yield path
        return
    refused: list[Result] = []

    def refuse(error: OSError) -> None:
        refused.append(
            Result(Path(error.filename), "rejected", why=f"{_named(error.filename)}: {reason(error)}.")
        )

    for folder, names, files in os.walk(path, onerror=refuse):
        names.sort()
        for name in sorted(files):
            each = Path(folder, name)
            if name.startswith(".") or not name.lower().endswith(ENDINGS):
                continue
            if each.is_symlink():
                yield Result(each, "rejected", why=f"{_named(each)}: a link inside a folder is not followed.")
            else:
                yield each
    yield from refused


def _some_at_a_time(paths: list[Path]) -> Iterator[list[Path]]:
    """Split what is to be read, so that no more of it is held than is needed."""
    some: list[Path] = []
    size = 0
    for path in paths:
        try:
            more = path.stat().st_size
        except OSError:
            more = 0
        if some and (len(some) >= AT_ONCE or size + more > AT_ONCE_BYTES):
            yield some
            some, size = [], 0
        some.append(path)
        size += more
    if some:
        yield some


def _read_one(path: Path, caseload: Caseload, secret: str | None) -> _Read:
    try:
        return path, caseload.read(path, secret)
    except Trouble as trouble:
        return path, str(trouble)
    except MemoryError:
        return path, f"{_named(path)}: too large for this machine."


_here: Callable[[Path], _Read] | None = None
"""How a helping process reads, set when it starts."""


def _prepare(caseload: Caseload, secret: str | None) -> None:
    global _here  # noqa: PLW0603
    _here = partial(_read_one, caseload=caseload, secret=secret)


def _help(path: Path) -> _Read:
    assert _here is not None  # noqa: S101
    return _here(path)


@contextmanager
def _reader(
    caseload: Caseload, secret: str | None, workers: int
) -> Iterator[Callable[[list[Path]], Iterable[_Read]]]:
    """How to read some files: here, or by processes that help."""
    if workers == 1:
        yield partial(map, partial(_read_one, caseload=caseload, secret=secret))
        return
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_prepare, initargs=(caseload, secret)
    ) as pool:
        yield partial(pool.map, _help, chunksize=4)


def _named(path: object) -> str:
    return clip(str(path), 200)[1:-1]
