"""The JSON Schema of a line, against real lines and lines that must fail it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from journal_samples import AT, EVERY_KIND, OPENED, foreign_log, journal_at
from reloadpt.journal.entries import ZEROS, entry_schema, read_line, write_line

SCHEMA = entry_schema()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def test_it_is_a_schema_and_survives_json() -> None:
    Draft202012Validator.check_schema(json.loads(json.dumps(SCHEMA)))


def test_every_line_we_write_fits(tmp_path: Path) -> None:
    for line in journal_at(tmp_path).path.read_bytes().splitlines():
        VALIDATOR.validate(json.loads(line))


def test_unknown_kinds_and_fields_fit() -> None:
    log = foreign_log(("dreamt", {"of": "sheep"}), ("note", {"text": "a", "mood": 3}), ("note", {"text": ""}))
    for line in log.splitlines():
        VALIDATOR.validate(json.loads(line))


def line(**changed: Any) -> dict[str, Any]:
    good = {"n": 4, "prev": ZEROS, "at": AT.isoformat(), "kind": "set_done", "session": "s", "exercise": "e",
            "set": 1, "h": ZEROS}  # fmt: skip
    return {name: value for name, value in (good | changed).items() if value is not ...}


def test_the_line_that_the_next_test_changes_fits() -> None:
    VALIDATOR.validate(line())


@pytest.mark.parametrize(
    "changed",
    [
        {"n": -1},
        {"n": "4"},
        {"n": ...},
        {"prev": "0"},
        {"prev": ...},
        {"at": 5},
        {"at": ...},
        {"kind": ...},
        {"h": ZEROS.replace("0", "G")},
        {"h": ...},
        {"set": 0},
        {"set": ...},
        {"session": None},
        {"source": "guessed"},
        {"reps": 1.5},
        {"load_kg": -1},
        {"for_day": "today"},
        {"kind": "checked_in", "when": "before", "pain": 11},
        {"kind": "checked_in", "when": "at noon"},
        {"kind": "checked_in", "when": "before", "soreness": [{"muscle": "m"}]},
        {"kind": "session_opened", "items": [{"exercise": "e"}]},
        {"kind": "log_opened", "format": "reloadpt-log/1", "log": "x", "patient": "p"},
        {"n": 0},
        {"kind": "amended", "amends": -1},
    ],
    ids=str,
)
def test_what_is_wrong_fails(changed: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(line(**changed))


def test_the_first_line_must_open_the_log() -> None:
    first = json.loads(write_line(0, ZEROS, AT, OPENED))
    VALIDATOR.validate(first)
    assert not VALIDATOR.is_valid(first | {"n": 1})
    assert not VALIDATOR.is_valid(first | {"patient": ""})


OPTIONAL = [
    (write_line(4, ZEROS, AT, event), field.encode_name)
    for event in EVERY_KIND
    for field in msgspec.structs.fields(event)
    if not field.required
]


@pytest.mark.parametrize(
    ("written", "name"), OPTIONAL, ids=[f"{at} {name}" for at, (_, name) in enumerate(OPTIONAL)]
)
def test_null_may_stand_wherever_a_field_may_be_absent(written: bytes, name: str) -> None:
    nulled = json.loads(written) | {name: None}
    VALIDATOR.validate(nulled)
    assert read_line(json.dumps(nulled).encode()).event is not None


def test_null_may_stand_inside_an_item_too() -> None:
    item = {"exercise": "m/e", "name": "E", "muscle": "m", "phase": "reload", "intent": "wake", "sets": 1}
    VALIDATOR.validate(line(kind="session_opened", items=[item | {"why": None, "side": None}]))
    assert not VALIDATOR.is_valid(line(kind="session_opened", items=[item | {"sets": None}]))
