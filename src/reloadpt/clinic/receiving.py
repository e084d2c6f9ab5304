"""Take a journal out of a file that somebody sent: a report, a bare log, or either of them sealed.

Whatever is in the file is hostile until every line was checked. Nothing here writes.
"""

from __future__ import annotations

import re
import stat
import uuid
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reloadpt.crash import keep_note
from reloadpt.files import MEBIBYTE, Trouble, clip, read_bytes, reason, shorten
from reloadpt.filetypes import expect_type, file_type
from reloadpt.journal.chain import Break, verify_log
from reloadpt.journal.entries import Entry, check_line
from reloadpt.journal.events import LogOpened
from reloadpt.journal.salvage import is_line, salvage_log
from reloadpt.measures.course import Course
from reloadpt.share.embedded import OPENING, extract
from reloadpt.share.seal import is_sealed, open_sealed
from reloadpt.trouble import Fault

LARGEST = 64 * MEBIBYTE
"""A larger file is not read."""


_LINE_END = re.compile(rb',"h":"[0-9a-f]{32}"\}\r?\n')
ID_OF_A_BEGINNING = uuid.UUID("6f0a0c39-2a53-4d0b-9f0e-3a1d1a7c5b8e")
"""Makes an id, by the hash of the first line, for a log whose first line cannot be read."""


@dataclass(frozen=True)
class ReceivedLog:
    """A log as it came: its id as a file name, its lines, and what they say.

    ``h`` is the hash of its last line that fits, ``begins`` that of its first ("" where neither can be known).
    ``damaged`` counts the lines that cannot be read, and ``damage`` says which; none in a log that is whole.
    """

    log: str
    lines: bytes
    h: str
    begins: str
    course: Course
    damaged: int = 0
    damage: str = ""


def receive(path: Path, secret: str | None) -> ReceivedLog:
    """Read ``path`` and check the log in it; ``secret`` opens what is sealed to the clinic's key.

    Of a damaged log every line is taken whose own hash fits.

    Raises:
        Trouble: with one plain sentence, wherever it is no log of which anything can be kept.
    """
    name = display_name(path)
    return receive_bytes(read_file(path, name), secret, name)


def receive_bytes(data: bytes, secret: str | None, name: str) -> ReceivedLog:
    """The same for bytes that were read already, from ``name``."""
    return received_log(log_lines(data, secret, name), name)


def received_log(lines: bytes, name: str) -> ReceivedLog:
    """Check the lines of a log that came from ``name``; raises as ``receive`` does."""
    course = Course()
    with foreign_log_errors(name):
        verdict = verify_log(lines, on_entry=lambda entry: course.fold((entry,)))
    if verdict.first_break:
        return _damaged_log(lines, verdict.first_break, name)
    if verdict.opened is None:
        raise Trouble(f"{name}: the log's first line does not say whose it is, so it cannot be kept.")
    begins = check_line(lines[: lines.find(b"\n")]).h
    return ReceivedLog(log_id(verdict.opened, name), lines[: verdict.end.offset], verdict.h, begins, course)


def _damaged_log(lines: bytes, first_break: Break, name: str) -> ReceivedLog:
    salvage = salvage_log(lines)
    if not salvage.kept:
        raise Trouble(f"{name}: the log inside is damaged: {first_break}. Ask for the report again.")
    course = Course()
    with foreign_log_errors(name):
        course.fold(salvage.entries)
    kept = [entry for entry in salvage.entries if is_line(entry)]
    begins = salvage.begins or kept[0].h
    log = log_id(salvage.opened, name) if salvage.opened else str(uuid.uuid5(ID_OF_A_BEGINNING, begins))
    damage = f"the log inside is damaged: {first_break}. {salvage.in_words()}"
    whole_lines = lines[: lines.rfind(b"\n") + 1]
    return ReceivedLog(log, whole_lines, kept[-1].h, begins, course, max(salvage.lost, 1), damage)


def log_id(opened: LogOpened, name: str) -> str:
    """The id of a log from ``name``, as a file name; raises ``Trouble`` where it is none."""
    try:
        return str(uuid.UUID(opened.log))
    except ValueError:
        raise Trouble(f"{name}: the log's id {clip(opened.log)} is not a UUID.") from None


def log_entries(lines: bytes) -> list[Entry]:
    """Every entry of a log, or of a damaged one all that can be read, with a ``Lost`` for each that cannot."""
    entries: list[Entry] = []
    verdict = verify_log(lines, on_entry=entries.append)
    return entries if verdict.whole else salvage_log(lines).entries


@contextmanager
def foreign_log_errors(path: Path | str) -> Iterator[None]:
    """Reckon with what a stranger wrote: a mistake of ours stops this file and no other, and is called ours."""
    try:
        yield
    except (Trouble, OSError):
        raise
    except Exception as error:
        said = "reloadpt failed on this log because of a mistake in it, not in the log."
        raise Fault(f"{display_name(path)}: {said}{keep_note(error)}") from error


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


def log_lines(data: bytes, secret: str | None, name: str) -> bytes:
    """The lines of the log in what was read from ``name``, not checked yet; raises as ``receive`` does."""
    if is_sealed(data):
        if secret is None:
            raise Trouble(
                f"{name}: it is sealed, and this clinic has no key yet. `reloadpt clinic key` makes one."
            )
        data = open_sealed(data, secret, name)
        if is_sealed(data):
            raise Trouble(f"{name}: it is sealed twice. Ask for it sealed once.")
    data = data.removeprefix(BOM_UTF8)
    if not data.strip():
        raise Trouble(f"{name}: the file is empty.")
    found = file_type(data)
    if found and found.kind == "archive":
        raise Trouble(
            f"{name}: this is a zip archive under another name. Let its name end in .zip, or unpack it."
        )
    is_log = OPENING not in data and _LINE_END.search(data)
    if found and found.kind != "log" and not is_log:
        expect_type(name, data, "report")
    lines = data if is_log or data.startswith(b"{") else extract(data, name)
    # no line of a log holds a CR: what changed the line ends on the way took nothing
    return lines.replace(b"\r\n", b"\n")
