"""What reloadpt keeps on this machine, told part by part, and taken away where a person says so.

Only what is ours by its name is taken, and links never lead anywhere: a link goes, what it points to stays.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from reloadpt.files import Places, Trouble, reason
from reloadpt.journal.elsewhere import entries_elsewhere, files_elsewhere, ids_of, place_elsewhere
from reloadpt.journal.journal import Journal
from reloadpt.journal.locks import FileLock, LockTaken, append_lock

Part = Literal["record", "settings", "exercises", "caseload"]
PARTS: tuple[Part, ...] = get_args(Part)
FOLDERS = ("exercises", "caseload", "people")
"""Our folders by name; anything else of ours is a file."""
LOCK = ".lock"

_OURS: dict[Part, re.Pattern[str]] = {
    # a sync program puts its own words around the name of a copy, a draft has a point before it
    "record": re.compile(
        r"\W*(syncthing\W)?journal\b.*(jsonl|state.*json|lock|torn-|broken-).*|\.?crash\.txt.*|people|\.?turn(\.[0-9a-f]+)?"
    ),
    "settings": re.compile(r"\.?(settings\.toml|last-contact\.json).*"),
    "exercises": re.compile(r"exercises"),
    "caseload": re.compile(r"caseload|\.?((clinic|deidentify)\.key|thresholds\.json).*"),
}


@dataclass(frozen=True)
class StoredFile:
    """One file, link or folder: its bytes, and where it points if it is a link."""

    path: Path
    size: int = 0
    folder: bool = False
    points_to: str | None = None


@dataclass(frozen=True)
class Removal:
    """How many files are gone, and which stayed, with the reason."""

    removed: int
    failures: tuple[tuple[Path, str], ...]


def stored_files(places: Places) -> dict[Part, list[StoredFile]]:
    """What is here, by part; in a part each folder comes after what is in it.

    Raises ``Trouble`` where a folder of ours cannot be read.
    """
    parts: dict[Part, list[StoredFile]] = {part: [] for part in PARTS}
    for entry in _entries(places):
        part = _part_of(entry)
        if part:
            parts[part] += _under(Path(entry.path))
    parts["record"] += _elsewhere(places)
    return parts


def remove_files(places: Places, parts: Iterable[Part]) -> Removal:
    """Remove these parts, then each folder of ours in which nothing is left.

    Raises:
        Trouble: another window has a session open, or an import is at work, so that nothing was removed.
    """
    parts_to_remove = tuple(parts)
    count, failures = 0, list[tuple[Path, str]]()
    stored_by_part = stored_files(places)
    with ExitStack() as locks:
        if "record" in parts_to_remove:
            for journal in sorted(_journals(places)):
                locks.enter_context(Journal(journal).session())
                locks.enter_context(append_lock(journal))
        if "caseload" in parts_to_remove and places.caseload.is_dir() and not places.caseload.is_symlink():
            try:
                locks.enter_context(FileLock(places.caseload / LOCK))
            except LockTaken:
                raise Trouble(
                    f"{places.caseload}: an import is at work. Wait for it; nothing was removed."
                ) from None
        for part in parts_to_remove:
            count += _remove((stored for stored in stored_by_part[part] if not _is_lock(stored)), failures)
    for part in parts_to_remove:
        _remove((file for file in stored_files(places)[part] if file.path not in dict(failures)), failures)
    for folder in {places.data, places.config}:
        if not failures and folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
            _remove((StoredFile(folder, folder=True),), failures)
    return Removal(count, tuple(failures))


def _journals(places: Places) -> list[Path]:
    """The journal of everybody in this home."""
    journals = [places.data / places.journal.name, *places.people.glob(f"*/{places.journal.name}")]
    return [journal for journal in journals if journal.is_file() and not places.people.is_symlink()]


def _elsewhere(places: Places) -> list[StoredFile]:
    """What was written in another place of a journal of this home, while that was out of reach."""
    logs = [log for journal in _journals(places) for log in ids_of(Journal(journal).first_line())]
    files = files_elsewhere()
    ours = [path for path in files if entries_elsewhere(path, logs)]
    folder = [StoredFile(place_elsewhere(), folder=True)] if ours and ours == files else []
    return [*(StoredFile(path, path.stat().st_size) for path in ours), *folder]


def foreign_files(places: Places) -> list[Path]:
    """What lies in our folders and is not ours by its name; it is never removed."""
    return [Path(entry.path) for entry in _entries(places) if not _part_of(entry)]


def _entries(places: Places) -> list[os.DirEntry[str]]:
    folders = dict.fromkeys((places.data, places.config))
    return [entry for folder in folders for entry in _listed(folder)]


def _part_of(entry: os.DirEntry[str]) -> Part | None:
    if entry.is_dir(follow_symlinks=False) and entry.name not in FOLDERS:
        return None
    return next((part for part, ours in _OURS.items() if ours.fullmatch(entry.name)), None)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise Trouble(f"{folder}: cannot be read ({reason(error)}). Nothing was removed.") from error


def _under(path: Path) -> Iterator[StoredFile]:
    """A file, a link, or a folder with all that is in it, from the inside out."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        yield StoredFile(path, points_to=str(path.readlink()))
    elif stat.S_ISDIR(status.st_mode):
        for entry in _listed(path):
            yield from _under(Path(entry.path))
        yield StoredFile(path, folder=True)
    else:
        yield StoredFile(path, status.st_size)


def _is_lock(stored: StoredFile) -> bool:
    """A lock, or a folder that holds one: gone last, when it is held no more."""
    return stored.path.name.endswith(LOCK) or (stored.folder and any(stored.path.rglob(f"*{LOCK}")))


def _remove(files: Iterable[StoredFile], failures: list[tuple[Path, str]]) -> int:
    count = 0
    for stored in files:
        try:
            stored.path.rmdir() if stored.folder else stored.path.unlink(missing_ok=True)
        except OSError as error:
            failures.append((stored.path, reason(error)))
        else:
            count += not stored.folder
    return count
