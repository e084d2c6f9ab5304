"""One line of the journal: how an event becomes bytes, and how bytes are read and checked.

A line is a JSON object that begins with ``n``, ``prev``, ``at`` and ``kind`` and ends ``,"h":"<32 hex>"}``;
``h`` is the first half of the SHA-256 of all bytes before that. ``docs/journal.md`` says it for others.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, NamedTuple, get_args

import msgspec
from msgspec import Meta

from reloadpt.files import Trouble, clip, without_nulls
from reloadpt.journal.events import AnyEvent, Event, Hash, LogOpened, Ordinal

FORMAT = "reloadpt-log/1"
LONGEST = 64 * 1024
"""The most bytes a line may have, its LF not counted."""
DEEPEST = 100
"""The most objects and lists that may stand inside one another in a line."""
ZEROS = "0" * 32
"""``prev`` of the first line."""

SEAL = len(',"h":"') + 32 + len('"}')
"""How many bytes of a line its hash takes at the end."""

_SEALED = re.compile(rb',"h":"[0-9a-f]{32}"}\Z')
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]')
_FORBIDDEN = re.compile(rb"[\r\n\0<>&]")
_ENVELOPE = ("n", "prev", "at", "kind")


class Mark(NamedTuple):
    """A place in a journal just after entry ``n``: the byte ``offset`` there, and the ``h`` before it."""

    offset: int
    n: int
    h: str

    def after(self, entry: Entry) -> Mark:
        """The place just after ``entry``, which stands at this mark."""
        return Mark(self.offset + len(entry.line) + 1, entry.n, entry.h)


START = Mark(0, -1, ZEROS)


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One line as it was read. ``event`` is None where its kind or a value is not understood: ``why`` says.

    ``at`` is aware, at the patient's offset. ``line`` is the bytes themselves, without the LF.
    """

    n: int
    prev: str
    at: datetime
    kind: str
    event: AnyEvent | None
    why: str | None
    h: str
    line: bytes


class Misfit(Exception):
    """A line that does not fit the log; the text says why, to stand after “line 7”."""


_Time = Annotated[datetime, Meta(tz=True)]


class _Envelope(msgspec.Struct, frozen=True, gc=False):
    n: Ordinal
    prev: Hash
    at: _Time
    kind: str
    h: Hash


_KINDS: dict[type, str] = {kind: str(kind.__struct_config__.tag) for kind in get_args(AnyEvent)}
_MAY_NEST = ("plan_started", "amended")
_read_time = msgspec.json.Decoder(_Time).decode
_read_envelope = msgspec.json.Decoder(_Envelope).decode
_read_event = msgspec.json.Decoder(AnyEvent).decode
_write = msgspec.json.Encoder().encode


def line_hash(body: bytes) -> str:
    """The ``h`` of a line whose bytes before ``,"h":`` are ``body``."""
    return hashlib.sha256(body).hexdigest()[:32]


def escape(text: bytes) -> bytes:
    """Escape JSON so that it can stand verbatim inside HTML; these signs occur only inside its strings."""
    return text.replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")


def write_entry(n: int, prev: str, at: datetime, event: Event) -> Entry:
    """Make the entry of ``event``, with the line to be written for it.

    Raises:
        Trouble: where the line could not be read again: too long, a value outside its bounds, NaN, half
            characters; or a time without an offset.
    """
    when = at.isoformat()
    if when[-6] not in "+-":
        raise Trouble(f"The time {when} cannot be written: it needs an offset in whole minutes.")
    try:
        # as it will be read again: a whole number becomes 5.0 where seconds may have parts
        body = _body(n, prev, when, _read_event(_write(event)))
        h = line_hash(body)
        line = b'%b,"h":"%b"}' % (body, h.encode())
        read_back = _read_event(line)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise Trouble(f"This entry cannot be written to the log: {clip(str(error), 200)}.") from None
    if read_back != event or (line.count(b"[") + line.count(b"{") > DEEPEST and _is_deep(line)):
        # NaN and infinities become null; a value may be of a type that JSON does not have
        raise Trouble("This entry cannot be written to the log: it would not be read back as it is.")
    if len(line) > LONGEST:
        raise Trouble(
            f"This entry needs {len(line) / 1024:.0f} KiB, and the log takes at most 64 KiB for one. Shorten it."
        )
    return Entry(n, prev, at, _KINDS[type(read_back)], read_back, None, h, line)


def told_part(line: bytes) -> bytes:
    """What a line tells, from its time on, without the number and the hashes that place it in its log."""
    return line[line.find(b'"at"') : -SEAL]


def write_line(n: int, prev: str, at: datetime, event: Event) -> bytes:
    """Write the line of ``event``, without its LF; raises as ``write_entry`` does."""
    return write_entry(n, prev, at, event).line


def read_line(line: bytes) -> Entry:
    """Read a line quickly, without checking its hash or its order in the log.

    Raises ``Misfit`` where it is not a line of a log at all.
    """
    try:
        head = _read_envelope(line)
    except (ValueError, RecursionError) as error:
        head = _read_odd_envelope(line, error)
    event: AnyEvent | None = None
    why: str | None = None
    try:
        event = _read_event(line)
    except (ValueError, RecursionError) as error:
        event, why = _read_without_nulls(line, head.kind), str(error)
    return Entry(head.n, head.prev, head.at, head.kind, event, None if event else why, head.h, line)


def _read_without_nulls(line: bytes, kind: str) -> AnyEvent | None:
    """Read a line in which null stands for fields that may be absent; None where that is not all."""
    if b"null" not in line:
        return None
    try:
        told = msgspec.json.decode(line)
        if kind in _MAY_NEST:  # a null inside a plan or a change says something
            told = {name: value for name, value in told.items() if value is not None or name == "change"}
        else:
            told = without_nulls(told)
        event: AnyEvent = _read_event(_write(told))
        return event
    except (ValueError, RecursionError):
        return None


def check_line(line: bytes, expected_n: int | None = None, expected_prev: str | None = None) -> Entry:
    """Read a line and check everything that the format promises of it.

    ``expected_prev`` is the ``h`` of the line before; what is None is not known, and not checked.

    Raises ``Misfit`` with what is wrong.
    """
    if len(line) > LONGEST:
        raise Misfit("is longer than 64 KiB")
    body = line[:-SEAL]
    h = line_hash(body)
    if line[-SEAL:] != b',"h":"%b"}' % h.encode():
        raise Misfit(_without_seal(line))
    if expected_n is not None and expected_prev is not None:
        ours = _read_ours(line, body, h, expected_n, expected_prev)
        if ours:
            return ours
    if line.count(b"[") + line.count(b"{") > DEEPEST and _is_deep(line):
        raise Misfit(f"nests deeper than {DEEPEST}")
    _check_text(line)
    entry = read_line(line)
    if expected_n is not None and entry.n != expected_n:
        raise Misfit(
            f"has the number {entry.n} where {expected_n} belongs: a line is missing, twice or moved"
        )
    if expected_prev is not None and entry.prev != expected_prev:
        raise Misfit("does not follow the line before it: its prev is another hash")
    if (entry.kind == "log_opened") is not (entry.n == 0):
        raise Misfit("is not log_opened" if entry.n == 0 else "is log_opened, which only the first line is")
    return entry


def can_go_on(opened: LogOpened) -> bool:
    """Say whether this version may add to such a log; one of another major format is only read."""
    return opened.format == FORMAT or opened.format.startswith(f"{FORMAT}.")


def entry_schema() -> dict[str, Any]:
    """The JSON Schema of a line. It cannot say that ``h`` fits the bytes, nor that a line follows another."""
    (envelope, *kinds), shapes = msgspec.json.schema_components(
        [_Envelope, *_KINDS], ref_template="#/$defs/{name}"
    )
    envelope = shapes.pop(_Envelope.__name__)
    for shape in shapes.values():
        _let_null_be_absent(shape)
    first = {"properties": {"n": {"const": 0}}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A line of {FORMAT}",
        "description": "Lines of unknown kind and unknown fields are kept; readers count what they do not know.",
        "type": "object",
        "required": envelope["required"],
        "properties": envelope["properties"],
        "if": first,
        "then": {"properties": {"kind": {"const": "log_opened"}}},
        "else": {"properties": {"kind": {"not": {"const": "log_opened"}}}},
        "allOf": [
            {"if": {"properties": {"kind": {"const": kind}}}, "then": shape}
            for kind, shape in zip(_KINDS.values(), kinds, strict=True)
        ],
        "$defs": shapes,
    }


def _let_null_be_absent(shape: dict[str, Any]) -> None:
    """Let null stand for every field that may be left out, as readers take it."""
    needed = shape.get("required", ())
    for name, field in shape.get("properties", {}).items():
        if name not in needed:
            shape["properties"][name] = {"anyOf": [field, {"type": "null"}]}


def _body(n: int, prev: str, at: str, event: Event) -> bytes:
    """What we write of an entry before its hash."""
    text = escape(_write(event))
    return b'{"n":%d,"prev":"%b","at":"%b",%b' % (n, prev.encode(), at.encode(), text[1:-1])


def _read_ours(line: bytes, body: bytes, h: str, n: int, prev: str) -> Entry | None:
    """Read a line that is, byte for byte, what we write in this place: its text needs no closer look."""
    head = b'{"n":%d,"prev":"%b","at":' % (n, prev.encode())
    if not body.startswith(head):
        return None
    comma = body.find(b",", len(head))
    try:
        at = _read_time(body[len(head) : comma])
        event = _read_event(line)
        text = escape(_write(event)[1:-1])
    except (ValueError, RecursionError):
        return None
    kind = _KINDS[type(event)]
    if text != body[comma + 1 :] or kind in _MAY_NEST or (kind == "log_opened") is not (n == 0):
        return None
    return Entry(n, prev, at, kind, event, None, h, line)


def _without_seal(line: bytes) -> str:
    if not line.startswith(b"{"):
        return "is not a line of a log: it does not begin with {"
    if not _SEALED.search(line):
        return 'does not end with its hash: ,"h":"…"}'
    return "was changed after it was written: its hash does not fit its bytes"


def _check_text(line: bytes) -> None:
    """Check what the format asks of a line's text, whoever wrote it."""
    if not line.startswith(b"{"):
        raise Misfit("is not a line of a log: it does not begin with {")
    forbidden = _FORBIDDEN.search(line)
    if forbidden:
        raise Misfit(f"holds the byte {forbidden[0][0]:#04x}, which a log never does")
    if tuple(_parse(line))[:4] != _ENVELOPE:
        raise Misfit("does not begin with n, prev, at and kind, in this order")


def _parse(line: bytes) -> Any:
    """Parse a line of any writer, strictly."""

    def unique(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for name, value in pairs:
            if name in fields:
                raise Misfit(f"holds the name {clip(name)} twice in one object")
            fields[name] = value
        return fields

    def refuse(word: str) -> None:
        raise Misfit(f"holds {word}, which is not a number")

    try:
        return json.loads(line.decode(), object_pairs_hook=unique, parse_constant=refuse)
    except UnicodeDecodeError:
        raise Misfit("is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise Misfit(f"is not JSON: {error.msg.lower()} at byte {error.pos}") from None
    except (ValueError, RecursionError):
        raise Misfit("is nested too deeply, or holds a number too long, to be meant") from None


def _is_deep(line: bytes) -> bool:
    """Say whether a line nests deeper than any reader must follow; counted, so that all agree."""
    depth = 0
    for sign in _BRACKETS.finditer(line):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(sign[0], 0)
        if depth > DEEPEST:
            return True
    return False


def _read_odd_envelope(line: bytes, error: Exception) -> _Envelope:
    """Read what the quick reader will not: JSON whose strings hold half a surrogate pair is still a line."""
    if isinstance(error, msgspec.ValidationError):
        raise Misfit(f"is not a line of a log: {clip(str(error), 120)}") from None
    fields = _parse(line)
    try:
        return msgspec.convert(fields, _Envelope)
    except ValueError as reason:
        raise Misfit(f"is not a line of a log: {clip(str(reason), 120)}") from None
