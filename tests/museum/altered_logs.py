"""Logs as damage leaves them and as other programs write them, made from a whole log of ours."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from typing import Any

from journal_samples import foreign_line, resealed
from reloadpt.journal.entries import SEAL

Line = tuple[str, str, dict[str, Any]]
"""When, which kind, and what else stands in a line."""


def damaged(log: bytes) -> dict[str, bytes]:
    """Logs of which a few bits, a line or all line ends are not what was written."""
    lines = log.splitlines(keepends=True)
    chance = random.Random("museum damage")  # noqa: S311
    places = [chance.randrange(len(log) // 3, len(log)) for _ in range(3)]
    number = log.index(b'"reps":') + len(b'"reps":')
    return {
        "damaged-a-bit-of-a-number": _flipped(log, number),
        **{f"damaged-a-bit-somewhere-{n}": _flipped(log, place) for n, place in enumerate(places, start=1)},
        "damaged-a-bit-of-the-first-line": _flipped(log, 60),
        "damaged-a-bit-of-a-hash": _flipped(log, len(b"".join(lines[:9])) - 10),
        "damaged-a-line-end": _flipped(log, len(b"".join(lines[:9])) - 1),
        "damaged-a-line-missing": b"".join(lines[:9] + lines[10:]),
        "damaged-a-line-twice": b"".join(lines[:10] + lines[9:]),
        "damaged-two-lines-changed-over": b"".join([*lines[:9], lines[10], lines[9], *lines[11:]]),
        "damaged-the-first-line-missing": b"".join(lines[1:]),
        "damaged-line-ends-of-windows": log.replace(b"\n", b"\r\n"),
        "damaged-a-mark-before-it": b"\xef\xbb\xbf" + log,
        "damaged-zeros-at-the-end": log + bytes(512),
        "damaged-zeros-in-the-middle": b"".join(lines[:9]) + bytes(512) + b"\n" + b"".join(lines[9:]),
    }


def torn(log: bytes) -> dict[str, bytes]:
    """Logs whose last line a crash tore off."""
    last = len(log.splitlines(keepends=True)[-1])
    return {
        "torn-in-a-line": log[: -last // 2],
        "torn-before-a-line-end": log[:-1],
        "torn-after-one-byte": log[: 1 - last],
        "torn-in-the-first-line": log[:100],
        "torn-to-nothing": b"",
    }


def odd_lines(log: bytes) -> dict[str, bytes]:
    """Logs with one more line, whose hash fits and that is wrong in another way; and files that are no logs."""
    n = log.count(b"\n")
    prev = log[-35:-3].decode()
    line = foreign_line(n, prev, "2026-11-23T09:00:00+01:00", "note", {"text": "good"}, separators=(",", ":"))
    body = line[: -SEAL - 1]
    wrong = {
        "a-name-twice": body + b',"text":"again"',
        "not-utf-8": body.replace(b"good", b"g\xffd"),
        "not-a-number": body.replace(b'"good"', b"NaN"),
        "half-a-sign": body.replace(b"good", b"\\ud83d"),
        "signs-of-html": body.replace(b"good", b"<b>good</b>"),
        "another-order-before": _moved(body),
        "nested-too-deep": body.replace(b'"good"', b"[" * 120 + b"]" * 120),
        "without-an-offset": body.replace(b"09:00:00+01:00", b"09:00:00"),
        "too-long": body.replace(b"good", b"g" * 66_000),
        "a-first-line-again": body.replace(b'"kind":"note"', b'"kind":"log_opened"'),
        "a-number-too-high": body.replace(b'"n":', b'"n":1'),
        "after-another": body.replace(prev.encode(), b"0" * 32),
    }
    return {
        **{f"odd-{name}": log + resealed(written + bytes(SEAL)) + b"\n" for name, written in wrong.items()},
        "no-log-but-text": b"Dear therapist,\nhere is how it went.\n",
        "no-log-but-another-json": b'{"patient":"A-17"}\n{"pain":3}\n',
        "no-log-but-bytes": random.Random("museum bytes").randbytes(2000),  # noqa: S311
        "no-log-but-utf-16": log[:4000].decode().encode("utf-16"),
    }


def of_other_writers(log: bytes) -> dict[str, bytes]:
    """The same log by programs that know only the page about the format, each with habits of its own."""
    plain = {"separators": (",", ":")}
    told = [_line_of(line) for line in log.splitlines()]
    styles: dict[str, tuple[Callable[[list[Line]], Iterable[Line]], dict[str, Any]]] = {
        "in-another-order": (
            lambda lines: [(at, kind, _turned(fields)) for at, kind, fields in lines],
            plain,
        ),
        "with-more-fields": (
            lambda lines: [(at, kind, _with_more(fields)) for at, kind, fields in lines],
            plain,
        ),
        "with-more-kinds": (_with_more_kinds, plain),
        "with-nulls": (
            lambda lines: [(at, kind, _with_nulls(kind, fields)) for at, kind, fields in lines],
            plain,
        ),
        "with-nulls-where-none-may-be": (_with_wrong_nulls, plain),
        "with-spaces": (list, {"separators": (" , ", " : ")}),
        "as-python-writes": (list, {}),
        "with-signs-as-they-are": (_with_a_note, {**plain, "ensure_ascii": False}),
        "with-numbers-as-words": (_with_words, plain),
        "of-a-later-minor-format": (lambda lines: _of_format(lines, "reloadpt-log/1.3"), plain),
        "of-a-later-format": (lambda lines: _of_format(lines, "reloadpt-log/2"), plain),
        "with-another-id": (lambda lines: _with_first(lines, log="f0"), plain),
        "without-a-zone": (lambda lines: _with_first(lines, zone=None), plain),
        "of-nobody": (lambda lines: _with_first(lines, patient=""), plain),
    }
    return {f"others-{name}": _chained(change(told), style) for name, (change, style) in styles.items()}


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def _moved(body: bytes) -> bytes:
    """The kind before the time."""
    at, kind = body.index(b'"at":'), body.index(b'"kind":')
    after = body.index(b",", kind)
    return body[:at] + body[kind:after] + b"," + body[at : kind - 1] + body[after:]


def _line_of(line: bytes) -> Line:
    fields: dict[str, Any] = json.loads(line)
    told = {name: value for name, value in fields.items() if name not in ("n", "prev", "at", "kind", "h")}
    return fields["at"], fields["kind"], told


def _chained(lines: Iterable[Line], style: dict[str, Any]) -> bytes:
    log, prev = b"", "0" * 32
    for n, (at, kind, fields) in enumerate(lines):
        line = foreign_line(n, prev, at, kind, fields, **style)
        prev = line[-35:-3].decode()
        log += line
    return log


def _turned(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _turned(value[name]) for name in reversed(value)}
    return [_turned(one) for one in value] if isinstance(value, list) else value


def _with_more(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            "mood": "fine",
            **{name: _with_more(inner) for name, inner in value.items()},
            "x-steps": [1, {}],
        }
    return [_with_more(one) for one in value] if isinstance(value, list) else value


def _with_more_kinds(lines: list[Line]) -> Iterable[Line]:
    for n, (at, kind, fields) in enumerate(lines):
        yield at, kind, fields
        if n % 7 == 3:
            yield at, "x_steps", {"steps": 100 * n, "by": {"device": "a watch"}}
        if n % 11 == 5:
            yield at, "weighed", {"kg": 71.5}


def _with_nulls(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    may_be_null = {
        "log_opened": ("zone", "continues"),
        "needled": ("by",),
        "checked_in": ("session", "pain", "worst", "zone", "for_day"),
        "session_opened": ("zone",),
        "set_done": ("reps", "hold_s", "load_kg", "seconds", "for_day"),
        "exercise_rated": ("pain", "place", "effort", "two_more"),
        "session_closed": ("worst",),
        "shared": ("to",),
    }
    return dict.fromkeys(may_be_null.get(kind, ())) | fields


def _with_wrong_nulls(lines: list[Line]) -> Iterable[Line]:
    for at, kind, fields in lines:
        wrong = {"set_done": "source", "checked_in": "soreness", "note": "text"}.get(kind)
        yield at, kind, fields | ({wrong: None} if wrong else {})


def _with_words(lines: list[Line]) -> Iterable[Line]:
    for n, (at, kind, fields) in enumerate(lines):
        told = {
            name: str(value) if n % 3 == 0 and type(value) is int else value for name, value in fields.items()
        }
        yield at, kind, told


def _with_a_note(lines: list[Line]) -> Iterable[Line]:
    return [*lines, (lines[-1][0], "note", {"text": "Rücken ✓ 腰 💪 \u2028"})]


def _with_first(lines: list[Line], **changed: Any) -> list[Line]:
    at, kind, fields = lines[0]
    return [(at, kind, fields | changed), *lines[1:]]


def _of_format(lines: list[Line], name: str) -> list[Line]:
    return _with_first(lines, format=name)
