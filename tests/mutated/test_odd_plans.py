"""Plans of any shape inside a line of another program's journal: not understood, counted, never a crash, and left again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app_runs import low_back_plan
from museum.commands import Room, room
from mutated.__main__ import WHEN
from mutated.inputs import AT_HOME, CLINIC
from reloadpt.journal.entries import ZEROS, line_hash
from reloadpt.program.making import plan_file

PLAN: dict[str, Any] = json.loads(plan_file(low_back_plan()))
YEAR = "9999-12-31T23:59:59-12:00"
ODD: dict[str, Any] = {
    "targets is a number": PLAN | {"targets": 5},
    "targets is a text": PLAN | {"targets": "multifidus"},
    "targets are numbers": PLAN | {"targets": [5, None]},
    "a limit of 11": PLAN | {"limits": {"reset": 11}},
    "limits is a list": PLAN | {"limits": [1]},
    "doses is a number": PLAN | {"doses": 3},
    "needled in 9999": PLAN | {"targets": [PLAN["targets"][0] | {"needled_at": YEAR}]},
    "needled in 0001": PLAN | {"targets": [PLAN["targets"][0] | {"needled_at": "0001-01-01T00:00:00+14:00"}]},
    "ends in 9999": PLAN | {"ends": YEAR, "next_visit": YEAR, "made_at": YEAR},
    "contact is a text": PLAN | {"contact": "112"},
    "an id that is a list": PLAN | {"id": [], "patient": {}},
    "most exercises": PLAN | {"most_exercises": 10**30},
    "nothing": {},
    "deep": {"targets": [[[[[[[[[[]]]]]]]]]]},
    "nulls": dict.fromkeys(PLAN),
}


def log(*entries: dict[str, Any], at: str = "2026-11-20T10:00:00+01:00") -> bytes:
    """A log of another program, with hashes that fit."""
    opened = {"kind": "log_opened", "format": "reloadpt-log/1", "log": "5b2f8f0e-7f5b-4f0e-9a51-0f6a1f0d9a11", "patient": "A-17"}  # fmt: skip
    prev, lines = ZEROS, []
    for n, entry in enumerate((opened, *entries)):
        kind = {"n": n, "prev": prev, "at": at, **entry}
        body = json.dumps(kind)[:-1].encode()
        prev = line_hash(body)
        lines.append(b'%b,"h":"%b"}\n' % (body, prev.encode()))
    return b"".join(lines)


def check(here: Room, *call: str, path: Path | None = None) -> str:
    answer = here.call(*(str(path) if word == "{file}" else word for word in call))
    note = here.home / "crash.txt"
    assert answer.code in (0, 1, 2), (call, answer.err, note.read_text() if note.exists() else "")
    assert answer.code == 0 or answer.err.strip(), call
    return answer.out


@pytest.mark.parametrize("odd", ODD)
def test_a_plan_of_any_shape_is_left_again(odd: str, tmp_path: Path) -> None:
    checkin = {
        "kind": "checked_in",
        "when": "before",
        "pain": 3,
        "soreness": [{"muscle": "multifidus", "score": 2}],
    }
    lines = log({"kind": "plan_started", "plan": ODD[odd]}, checkin)
    with room(WHEN) as here:
        (here.home / "journal.jsonl").write_bytes(lines)
        for call in AT_HOME:
            check(here, *(str(here.path / word) if before == "-o" else word for before, word in zip(("", *call), call, strict=False)))  # fmt: skip
        path = here.path / "a.jsonl"
        path.write_bytes(lines)
        for call in (*CLINIC[:3], CLINIC[4], ("clinic", "show", "A-17")):
            check(here, *call, path=path)
        (tmp_path / "next.plan.json").write_text(
            json.dumps(PLAN | {"id": "00000000-0000-4000-8000-000000000001"})
        )
        used = here.call("plan", "use", str(tmp_path / "next.plan.json"))
        assert used.code == 0, used.err
        assert "multifidus" in check(here, "today", "--json")


@pytest.mark.parametrize(
    "moment", [YEAR, "0001-01-01T00:00:00+14:00", "9999-01-01T00:00:00+00:00", "2255-06-01T09:00:00+01:00"]
)
def test_a_log_of_any_year_is_read(moment: str) -> None:
    with room(WHEN) as here:
        lines = log(
            {"kind": "plan_started", "plan": PLAN},
            {"kind": "checked_in", "when": "before", "pain": 3},
            at=moment,
        )
        (here.home / "journal.jsonl").write_bytes(lines)
        for asked in AT_HOME[:5]:
            check(here, *asked)
        path = here.path / "a.jsonl"
        path.write_bytes(lines)
        for call in (*CLINIC[:3], CLINIC[4]):
            check(here, *call, path=path)
