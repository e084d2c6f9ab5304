"""What a file is, told by what it holds: one of ours, or one of others; and which command takes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from reloadpt.files import UNREADABLE, Trouble, clip

Kind = Literal["plan", "programme", "template", "log", "report", "sealed", "archive", "other"]

REPORT_LOG = b'id="reloadpt-log"'
SEALED = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
"""How an age file begins, binary and armoured."""
ARCHIVE = b"PK\x03\x04"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
MOST_READ = 4 * 1024 * 1024

TAKES = {
    "plan": "`reloadpt plan use` takes it",
    "programme": "`reloadpt exercises check` reads it",
    "template": "`reloadpt plan new --template` takes it",
    "log": "`reloadpt clinic import` takes it",
    "report": "`reloadpt clinic import` takes it",
    "sealed": "`reloadpt clinic import` opens it",
    "archive": "unpack it first",
}

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an older Office document"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet table"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"7z\xbc\xaf", "a packed file (7-Zip)"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"AGE-SECRET-KEY-", "the secret half of a clinic's key, which must stay where it is"),
    (b"age1", "the public half of a clinic's key"),
)
DOCUMENTS = ((b"word/", "a Word document"), (b"xl/", "a spreadsheet"), (b"ppt/", "a presentation"))
COLLECTION_FIELDS = {"instructions", "primaryMuscles", "bodyPart", "target", "steps", "muscles", "category"}


class FileType(msgspec.Struct, frozen=True):
    """What a file is: its kind, and what it is in words."""

    kind: Kind
    words: str


def file_type(data: bytes) -> FileType | None:
    """What these bytes are; None where nothing about them says it."""
    start = without_blank_start(data)[:MOST_READ]
    if not start:
        return None
    if start.startswith(SEALED):
        return FileType("sealed", "a sealed report")
    if data.startswith(ARCHIVE):
        document = next((words for mark, words in DOCUMENTS if mark in data), None)
        return FileType("other", document) if document else FileType("archive", "a zip archive")
    for mark, words in MAGIC:
        if start.startswith(mark):
            return FileType("other", words)
    if data.startswith(UTF16):
        return FileType("other", "a text that was saved as UTF-16")
    if REPORT_LOG in data:
        return FileType("report", "a report that `reloadpt share` wrote")
    if start[:15].lower().startswith((b"<!doctype html", b"<html")):
        return FileType("other", "a web page without a log inside")
    if start.startswith((b"{", b"[")):
        return _json_type(start)
    return _table_type(start)


def without_blank_start(data: bytes) -> bytes:
    """The same without the mark and the blank lines that a mail program or an editor put before it."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()


def expect_type(path: Path | str, data: bytes, wanted: Kind) -> None:
    """Refuse what is plainly something else than ``wanted``, saying what it is and what takes it.

    Raises ``Trouble``. What nothing is known of passes: its reader says what is wrong.
    """
    found = file_type(data)
    if found is None or found.kind == wanted:
        return
    takes = TAKES.get(found.kind)
    raise Trouble(f"{path}: this is {found.words}{'; ' + takes if takes else ', which is not read here'}.")


def _json_type(start: bytes) -> FileType | None:
    first = start.partition(b"\n")[0]
    try:
        value = msgspec.json.decode(start)
    except UNREADABLE:
        try:
            value = msgspec.json.decode(first)
        except UNREADABLE:
            return None
    if isinstance(value, list):
        return _list_type(value)
    return _object_type(value) if isinstance(value, dict) else None


def _object_type(value: dict[str, object]) -> FileType | None:
    written = value.get("format")
    form = written.rpartition("/")[0] if isinstance(written, str) else ""
    resource = value.get("resourceType")
    tests: tuple[tuple[bool, Callable[[], FileType]], ...] = (
        (form == "reloadpt-plan", lambda: FileType("plan", f"a plan made for {clip(value.get('patient'))}")),
        (
            form == "reloadpt-programme",
            lambda: FileType("programme", f"a programme of {clip(value.get('muscle'))}"),
        ),
        (
            value.get("kind") == "log_opened",
            lambda: FileType("log", f"a log of {clip(value.get('patient'))}"),
        ),
        (
            form == "reloadpt-template",
            lambda: FileType("template", f"a plan kept as a template, {clip(value.get('name'))}"),
        ),
        (isinstance(resource, str), lambda: FileType("other", f"a FHIR {clip(resource)}")),
        (
            {"offset", "payload", "sum"} <= value.keys(),
            lambda: FileType("other", "a state that reloadpt keeps"),
        ),
        ("$schema" in value and "properties" in value, lambda: FileType("other", "a JSON Schema")),
        ("geometry" in value or "features" in value, lambda: FileType("other", "a map")),
    )
    return next((made() for holds, made in tests if holds), None)


def _list_type(values: list[object]) -> FileType:
    if values and all(isinstance(value, dict) and "name" in value for value in values):
        names = {name for value in values if isinstance(value, dict) for name in value}
        if names & COLLECTION_FIELDS:
            return FileType("other", f"a list of {len(values)} exercises from elsewhere, no programme")
    return FileType("other", "a JSON list")


def _table_type(start: bytes) -> FileType | None:
    try:
        text = start.decode()
    except UnicodeDecodeError:
        return FileType("other", "neither text nor a kind of file that is known here")
    lines = text.splitlines()
    for separator, words in ((",", "a table (CSV)"), (";", "a table (CSV)"), ("\t", "a table")):
        counts = [line.count(separator) for line in lines[:5] if line.strip()]
        if len(counts) > 1 and min(counts) > 1 and len(set(counts)) == 1:
            return FileType("other", words)
    if re.match(r"[#\w. -]+ *= *\S|\[[\w.]+\]", lines[0].strip()):
        return FileType("other", "a file of settings")
    return None if b"{" in start else FileType("other", "a text")
