"""The files of an export: hashed as they are written, put in place together, and never over another's."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from reloadpt.files import MEBIBYTE, FileDraft, Trouble, open_to_read, read_bytes, reason, write_together

_ABANDONED = re.compile(r"^\..+\.[0-9a-f]{12}$")
"""The name of a draft that a killed program left."""


class HashedDraft(FileDraft):
    """A file of an export being written: counted and hashed on the way."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.size = 0
        self._sha256 = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The hash of what was written so far."""
        return self._sha256.hexdigest()

    def write(self, data: bytes) -> int:
        """Write on; return how many bytes were taken, which is all of them."""
        self._sha256.update(data)
        self.size += len(data)
        return super().write(data)


def export_drafts(folder: Path) -> AbstractContextManager[Callable[[str], HashedDraft]]:
    """Hand out drafts of files of an export into ``folder``; at the end all are put in place, or none."""
    return write_together(folder, f"{folder}: the export", HashedDraft)


def may_write_file(path: Path, is_ours: Callable[[bytes], bool], kind: str) -> None:
    """Raise ``Trouble`` where a file cannot be put at ``path``: what is there and not ``is_ours`` stays.

    ``is_ours`` is asked about the first 4,096 bytes of what is there.
    """
    if not path.parent.is_dir():
        raise Trouble(f"{path.parent}: there is no such folder. Nothing was written.")
    if path.is_dir():
        raise Trouble(f"{path}: this is a folder. Name a file; nothing was written.")
    if path.exists() and not is_ours(_beginning(path)):
        raise Trouble(f"{path}: a file that is no {kind} is here already. Choose another name.")


def _beginning(path: Path) -> bytes:
    if path.stat().st_size == 0:
        return b""
    try:
        with open_to_read(path) as stream:
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
    names_there = {path.name for path in folder.iterdir()}
    for name in filter(_ABANDONED.match, names_there):
        (folder / name).unlink(missing_ok=True)
    if index in names_there:
        if is_ours(read_bytes(folder / index, 64 * MEBIBYTE)):
            return
    elif not {name for name in names_there if not _ABANDONED.match(name)}:
        return
    elif not names_there & {*names}:
        raise Trouble(
            f"{folder}: this folder holds other files, and no export of this kind. Name a new or an empty one."
        )
    raise Trouble(
        f"{folder}: another export, or files of the same names, are here already. Choose another name."
    )
