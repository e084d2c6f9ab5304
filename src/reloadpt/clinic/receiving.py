"""Take a journal out of a file that somebody sent: a report, a bare log, or either of them sealed.

Whatever is in the file is hostile until every line was checked. Nothing here writes.
"""

from __future__ import annotations

import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reloadpt.files import MEBIBYTE, Trouble, clip, read_bytes, reason, shorten
from reloadpt.filetypes import expect_type, file_type
from reloadpt.journal.chain import Verdict, verify_log
from reloadpt.measures.course import Course
from reloadpt.share.embedded import extract
from reloadpt.share.seal import is_sealed, open_sealed

LARGEST = 64 * MEBIBYTE
"""A larger file is not read."""


@dataclass(frozen=True)
class ReceivedLog:
    """A log that is whole: its id as a file name, its lines, and what they say."""

    log: str
    lines: bytes
    verdict: Verdict
    course: Course


def receive(path: Path, secret: str | None) -> ReceivedLog:
    """Read ``path`` and check the log in it; ``secret`` opens what is sealed to the clinic's key.

    Raises:
        Trouble: with one plain sentence, wherever it is not a whole log that can be kept.
    """
    name = display_name(path)
    return receive_bytes(read_file(path, name), secret, name)


def receive_bytes(data: bytes, secret: str | None, name: str) -> ReceivedLog:
    """The same for bytes that were read already, from ``name``."""
    return received_log(_lines(data, secret, name), name)


def received_log(lines: bytes, name: str) -> ReceivedLog:
    """Check the lines of a log that came from ``name``; raises as ``receive`` does."""
    course = Course()
    with foreign_log_errors(name):
        verdict = verify_log(lines, on_entry=lambda entry: course.fold((entry,)))
    if verdict.first_break:
        raise Trouble(f"{name}: the log inside is damaged: {verdict.first_break}. Ask for the report again.")
    if verdict.opened is None:
        raise Trouble(f"{name}: the log's first line does not say whose it is, so it cannot be kept.")
    try:
        log = str(uuid.UUID(verdict.opened.log))
    except ValueError:
        raise Trouble(f"{name}: the log's id {clip(verdict.opened.log)} is not a UUID.") from None
    return ReceivedLog(log, lines[: verdict.end.offset], verdict, course)


@contextmanager
def foreign_log_errors(path: Path | str) -> Iterator[None]:
    """Reckon with what a stranger wrote: what no rule foresaw is their file's trouble, not the program's end."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        raise Trouble(f"{display_name(path)}: the log holds values that cannot be reckoned with.") from None


def display_name(path: object) -> str:
    """A name from anywhere, to be shown on one line."""
    return shorten(str(path), 200)


def read_file(path: Path, name: str) -> bytes:
    """Read a whole file that somebody sent; raises ``Trouble`` where it is none, or too large."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise Trouble(f"{name}: there is no such file.") from None
    except (OSError, ValueError) as error:
        words = reason(error) if isinstance(error, OSError) else "not a path"
        raise Trouble(f"{name}: cannot be read ({words}).") from None
    if not stat.S_ISREG(mode):
        raise Trouble(f"{name}: this is not a file.")
    return read_bytes(path, LARGEST)


def _lines(data: bytes, secret: str | None, name: str) -> bytes:
    if is_sealed(data):
        if secret is None:
            raise Trouble(
                f"{name}: it is sealed, and this clinic has no key yet. `reloadpt clinic key` makes one."
            )
        data = open_sealed(data, secret, name)
        if is_sealed(data):
            raise Trouble(f"{name}: it is sealed twice. Ask for it sealed once.")
    if not data.strip():
        raise Trouble(f"{name}: the file is empty.")
    found = file_type(data)
    if found and found.kind == "archive":
        raise Trouble(
            f"{name}: this is a zip archive under another name. Let its name end in .zip, or unpack it."
        )
    if found and found.kind != "log":
        expect_type(name, data, "report")
    lines = data if data.startswith(b"{") else extract(data, name)
    if lines.partition(b"\n")[0].endswith(b"\r"):
        raise Trouble(
            f"{name}: its line ends were changed on the way. Ask for it as a file, or packed in a zip."
        )
    return lines
