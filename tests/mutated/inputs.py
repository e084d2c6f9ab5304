"""What is given to the commands, changed at random from a seed, and which commands take it."""

from __future__ import annotations

import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from app_runs import low_back_plan
from museum.commands import Room
from reloadpt.program.making import plan_file
from reloadpt.settings import default_text
from reloadpt.share.embedded import embed
from reloadpt.share.seal import new_key, public_half, seal_bytes
from sample_logs import at, begins, entries_of, lines_of, rated, sat, sent

TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null|[\[\]{},:=]')
ODD = (
    b"null", b"true", b"-1", b"5", b"11", b"1e999", b"NaN", b"9" * 400, b"0.1", b'""', b'"\\ud800"', b'"\\u0000"', b"[]", b"{}", b"[[]]",
    b"[" * 2000, b"\xff\xfe", b"\x80", b"\x00", b"\xef\xbb\xbf", b"\r\n", b"\n", b"\x1b[2J", b"</script>", '"\u202e"'.encode(),
    b'"2026-11-20T09:00:00"', b'"0001-01-01T00:00:00+14:00"', b'"9999-12-31T23:59:59-12:00"', b'"9999-12-31"', b'"0001-01-01"',
    b'"../../etc/passwd"', b'"both"', b'"reset"', b'{"reset":11}', b'{"times":0,"per":"day"}',
)  # fmt: skip
KEY = new_key()[0]
LINES = lines_of(entries_of((at(0), begins()), rated(0, 4), *sat(0), rated(1, 3), *sat(1), sent(2)))


def rechained(lines: bytes) -> bytes:
    """The same lines with hashes that fit again, as another program would write such values."""
    from reloadpt.journal.entries import SEAL, ZEROS, line_hash

    prev, found = ZEROS, []
    for line in lines.split(b"\n"):
        body = re.sub(rb'"prev":"[0-9a-f]{32}"', b'"prev":"%b"' % prev.encode(), line[:-SEAL], count=1)
        prev = line_hash(body)
        found.append(b'%b,"h":"%b"}\n' % (body, prev.encode()) if line else b"")
    return b"".join(found)


def changed(data: bytes, chance: random.Random) -> bytes:
    """These bytes with one to three changes: a token replaced, a piece put in, taken out or twice, or cut off."""
    for _ in range(chance.randint(1, 3)):
        tokens = [found.span() for found in TOKEN.finditer(data)] or [(0, len(data))]
        begin, end = chance.choice(tokens)
        where, other = sorted(chance.randint(0, len(data)) for _ in range(2))
        piece = chance.choice(ODD)
        data = chance.choice(
            (
                data[:begin] + piece + data[end:],
                data[:begin] + piece + data[end:],
                data[:where] + piece + data[where:],
                data[:where] + data[min(where + 40, other) :],
                data[:where],
                data[:other] + data[where:other] + data[other:],
                data[:where] + bytes([data[where] ^ 1 << chance.randint(0, 7)]) + data[where + 1 :]
                if where < len(data)
                else data,
            )
        )
    return data


def zipped(data: bytes) -> bytes:
    """An archive that holds a report."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("report.html", data)
    return file.getvalue()


@dataclass(frozen=True)
class Kind:
    """One kind of input: what is whole, where it is put, and the calls that take it."""

    whole: bytes
    name: str
    calls: tuple[tuple[str, ...], ...]
    within: Callable[[bytes], bytes] = lambda data: data
    """What is done with the changed bytes before they are given."""


def _programme() -> bytes:
    return (Path(__file__).parents[2] / "exercises" / "multifidus.json").read_bytes()


REPORT = b"<!DOCTYPE html><title>x</title>" + embed(LINES) + b"</html>"
AT_HOME = (("today",), ("today", "--json"), ("log", "show"), ("log", "verify"), ("plan", "show"), ("checkin", "--pain", "3"), ("share", "-o", "r.html"), ("export", "--as", "csv", "-o", "csv"), ("remind", "-o", "r.ics"))  # fmt: skip
CLINIC = (("clinic", "import", "{file}"), ("clinic", "list"), ("clinic", "list", "--json"), ("clinic", "export", "--as", "fhir", "-o", "fhir"), ("clinic", "verify"))  # fmt: skip
KINDS = {
    "journal": Kind(LINES, "home/journal.jsonl", AT_HOME),
    "journal of another program": Kind(LINES, "home/journal.jsonl", AT_HOME, rechained),
    "log": Kind(LINES, "a.jsonl", CLINIC),
    "log of another program": Kind(LINES, "a.jsonl", CLINIC, rechained),
    "plan": Kind(plan_file(low_back_plan()), "a.plan.json", (("plan", "check", "{file}"), ("plan", "use", "{file}"), ("today",), ("handout", "--plan", "{file}", "-o", "h.html"))),
    "programme": Kind(_programme(), "multifidus.json", (("exercises", "check", "{file}"),)),
    "own programme": Kind(_programme(), "home/exercises/multifidus.json", (("exercises", "list"), ("exercises", "show", "multifidus/bird-dog"), ("today",))),
    "report": Kind(REPORT, "a.html", CLINIC),
    "zip": Kind(REPORT, "a.zip", CLINIC[:2], zipped),
    "zip of bytes": Kind(zipped(REPORT), "a.zip", CLINIC[:2]),
    "sealed": Kind(seal_bytes(REPORT, public_half(KEY)), "a.html.age", CLINIC[:2]),
    "sealed report": Kind(REPORT, "a.html.age", CLINIC[:2], lambda data: seal_bytes(data, public_half(KEY))),
    "settings": Kind(default_text().encode(), "home/settings.toml", (("today",), ("remind", "-o", "r.ics"))),
    "thresholds": Kind(b'{"pain_high": 7, "no_report_days": 10}', "home/thresholds.json", CLINIC[1:3]),
    "turn": Kind(b"0123456789abcdef\n", "home/turn", (("today",),)),
}  # fmt: skip
STORED = ("*/*.jsonl", "*/summary.json", ".turn", "seen.jsonl", "joined.jsonl")
"""What is changed in a caseload that was made whole."""


def try_kind(room: Room, name: str, chance: random.Random) -> list[str]:
    """Give one changed input of a kind to its commands; what was answered that must not be, by the call."""
    kind = KINDS[name]
    path = room.path / kind.name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = kind.within(changed(kind.whole, chance))
    path.write_bytes(data)
    if kind.name.startswith("home/") and kind.name != "home/journal.jsonl":
        (room.home / "journal.jsonl").write_bytes(LINES)
    (room.home / "clinic.key").write_text(f"{KEY}\n")
    return [
        answer
        for call in kind.calls
        if (answer := _answer(room, [word.replace("{file}", str(path)) for word in call]))
    ]


def try_caseload(room: Room, chance: random.Random) -> list[str]:
    """Change a file of a caseload, and look at it and import again."""
    path = room.path / "a.jsonl"
    path.write_bytes(LINES)
    found = [_answer(room, ["clinic", "import", str(path)])]
    folder = room.home / "caseload"
    files = sorted(file for pattern in STORED for file in folder.glob(pattern) if file.is_file())
    stored = chance.choice(files)
    stored.write_bytes(changed(stored.read_bytes(), chance))
    calls = (
        ("clinic", "list"),
        ("clinic", "import", str(path)),
        ("clinic", "list", "--json"),
        ("clinic", "verify"),
    )
    return [answer for answer in (*found, *(_answer(room, call) for call in calls)) if answer]


def _answer(room: Room, call: Sequence[str]) -> str:
    """What is wrong with the answer of a call; "" where nothing is."""
    at_files = [
        str(room.path / word) if before == "-o" else word
        for before, word in zip(["", *call], call, strict=False)
    ]
    answer = room.call(*at_files)
    if answer.code not in (0, 1, 2):
        note = room.home / "crash.txt"
        return f"{' '.join(call)} ended with {answer.code}: {answer.err}{note.read_text() if note.exists() else ''}"
    if answer.code and not answer.err.strip():
        return f"{' '.join(call)} ended with {answer.code} and said nothing"
    if any(not line.isprintable() for line in answer.err.split("\n")):
        return f"{' '.join(call)} said {answer.err!r}"
    if "--json" in call and answer.code == 0:
        json.loads(answer.out)
    return ""
