"""Files that are written as a stream and put in place whole, one or several at once, and never over another's."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reloadpt.files import (
    MEBIBYTE,
    Trouble,
    make_private_folder,
    open_private,
    read_bytes,
    reason,
    sync_folder,
)

_LEFT = re.compile(r"^\..+\.[0-9a-f]{12}$")
"""The name of a draft that a killed program left."""


class FileDraft:
    """One file being written beside its place: private from its first byte, hashed and counted on the way."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._sha256 = hashlib.sha256()
        self._draft = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
        handle = open_private(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        self._stream = os.fdopen(handle, "wb", buffering=MEBIBYTE)

    @property
    def sha256(self) -> str:
        """The hash of what was written so far."""
        return self._sha256.hexdigest()

    def write(self, data: bytes) -> int:
        """Write on."""
        self._sha256.update(data)
        self.size += len(data)
        return self._stream.write(data)

    def finish(self) -> None:
        """Wait until all of it is on the disk; the second time nothing is left to do."""
        if self._stream.closed:
            return
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()

    def place(self) -> None:
        """Put it in its place."""
        self._draft.replace(self.path)

    def drop(self) -> None:
        """Leave nothing of it."""
        try:
            self._stream.close()
        except OSError:
            pass  # what could not be flushed is thrown away
        finally:
            self._draft.unlink(missing_ok=True)


@contextmanager
def drafts(folder: Path) -> Iterator[Callable[[str], FileDraft]]:
    """Hand out drafts of files in ``folder``; at the end all are put in place, the last one asked for last.

    Raises:
        Trouble: one of them cannot be written; then none was put in place.
    """
    made: list[FileDraft] = []

    def draft(name: str) -> FileDraft:
        made.append(FileDraft(folder / name))
        return made[-1]

    is_new = not folder.exists()
    make_private_folder(folder)
    try:
        yield draft
        for each in made:
            each.finish()
        for each in made:
            each.place()
        sync_folder(folder)
    except OSError as error:
        raise Trouble(
            f"{folder}: the export cannot be written ({reason(error)}). What was there is unchanged."
        ) from error
    finally:
        for each in made:
            each.drop()
        if is_new and not any(folder.iterdir()):
            folder.rmdir()


def may_write_file(path: Path, is_ours: Callable[[bytes], bool], what: str) -> None:
    """Raise ``Trouble`` where a file cannot be put at ``path``: what is there and not ``is_ours`` stays.

    ``is_ours`` is asked about the first 4,096 bytes of what is there.
    """
    if not path.parent.is_dir():
        raise Trouble(f"{path.parent}: there is no such folder. Nothing was written.")
    if path.is_dir():
        raise Trouble(f"{path}: this is a folder. Name a file; nothing was written.")
    if path.exists() and not is_ours(_beginning(path)):
        raise Trouble(f"{path}: a file that is no {what} is here already. Choose another name.")


def _beginning(path: Path) -> bytes:
    if path.stat().st_size == 0:
        return b""
    try:
        with path.open("rb") as stream:
            return stream.read(4096)
    except OSError as error:
        raise Trouble(f"{path}: cannot be read ({reason(error)}).") from error


def may_write_folder(
    folder: Path, names: tuple[str, ...], index: str, is_ours: Callable[[bytes], bool]
) -> None:
    """Raise ``Trouble`` where an export cannot be put into ``folder``.

    It may be missing, empty, or hold an export of the same kind, which its file ``index`` says. What else lies
    in it stays; drafts that a killed program left there are cleared away.
    """
    if folder.exists() and not folder.is_dir():
        raise Trouble(f"{folder}: this is a file, and a folder was expected. Nothing was written.")
    if not folder.exists():
        if not folder.parent.is_dir():
            raise Trouble(f"{folder.parent}: there is no such folder. Nothing was written.")
        return
    there = {path.name for path in folder.iterdir()}
    for name in filter(_LEFT.match, there):
        (folder / name).unlink(missing_ok=True)
    if index in there:
        if is_ours(read_bytes(folder / index, 64 * MEBIBYTE)):
            return
    elif not {name for name in there if not _LEFT.match(name)}:
        return
    elif not there & {*names}:
        raise Trouble(
            f"{folder}: this folder holds other files, and no export of this kind. Name a new or an empty one."
        )
    raise Trouble(
        f"{folder}: another export, or files of the same names, are here already. Choose another name."
    )
