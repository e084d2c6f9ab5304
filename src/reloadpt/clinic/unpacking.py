"""The reports in a zip archive, taken out one by one into memory: bounded, and never written under a name of theirs."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from reloadpt.clinic.receiving import LARGEST, display_name, read_file
from reloadpt.files import MEBIBYTE, Trouble

ENDING = ".zip"
BEGINNING = b"PK\x03\x04"
MOST = 2000
"""An archive of more files is not opened."""
LARGEST_IN_ALL = 256 * MEBIBYTE
"""What is packed in one archive may unpack to so much, all together."""
_LISTED = b"PK\x01\x02"
_LOCKED = 1
_DAMAGED = (
    BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True)
class ArchivedFile:
    """One file of an archive: its name there, to be shown, and what it holds, or why it is not taken out.

    ``unpacked`` is how many bytes were unpacked for it at most, taken out or not.
    """

    name: str
    data: bytes = b""
    why: str = ""
    unpacked: int = 0


def reports_in(path: Path, endings: tuple[str, ...]) -> Iterator[ArchivedFile]:
    """The files in the archive ``path`` whose names end so; hidden ones are passed over.

    Raises ``Trouble`` where it is no archive that can be opened, or there is too much in it.
    """
    name = display_name(path)
    data = read_file(path, name)
    if not data.startswith(BEGINNING):
        raise Trouble(f"{name}: this is not a zip archive, or it is damaged.")
    # each file is listed behind such a mark, so that no longer list can make the reader grow
    if data.count(_LISTED) > MOST:
        raise Trouble(f"{name}: more than {MOST} files are in it. Unpack it and import the folder.")
    count, bytes_left = 0, LARGEST_IN_ALL
    try:
        with ZipFile(BytesIO(data)) as archive:
            for member in archive.infolist():
                if not _is_report(member, (*endings, ENDING)):
                    continue
                count += 1
                file = _take_out(archive, member, min(LARGEST, bytes_left), name)
                bytes_left -= file.unpacked
                yield file
    except _DAMAGED:
        raise Trouble(f"{name}: this zip archive is damaged. Ask for it again.") from None
    if not count:
        raise Trouble(f"{name}: there is no report in this zip archive.")


def _is_report(member: ZipInfo, endings: tuple[str, ...]) -> bool:
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    hidden = any(part.startswith(".") and part.strip(".") for part in parts) or "__MACOSX" in parts
    return not member.is_dir() and not hidden and member.filename.lower().endswith(endings)


def _take_out(archive: ZipFile, member: ZipInfo, limit: int, name: str) -> ArchivedFile:
    shown_as = display_name(member.filename)

    def refused(why: str, unpacked: int = 0) -> ArchivedFile:
        return ArchivedFile(shown_as, why=f"{name}, {shown_as}: {why}", unpacked=unpacked)

    if member.filename.lower().endswith(ENDING):
        return refused("a zip archive inside another is not opened. Unpack it first.")
    if stat.S_ISLNK(member.external_attr >> 16):
        return refused("a link is not followed.")
    if member.flag_bits & _LOCKED:
        return refused("it is locked with a password. Unpack it first.")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return refused("it is packed in a way that is not read here. Unpack it first.")
    if member.file_size > limit:
        return refused(f"it unpacks to more than {limit // MEBIBYTE} MiB, so it is not read.")
    try:
        with archive.open(member) as stream:
            data = stream.read(limit + 1)  # never more than was said of it
    except _DAMAGED:
        return refused("it is damaged. Ask for it again.", member.file_size)
    return ArchivedFile(shown_as, data, unpacked=member.file_size)
