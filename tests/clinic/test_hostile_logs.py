"""Logs whose hashes fit and whose values mean nothing good: taken in, counted and shown, or refused, never a crash."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from profiles import tries
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.detail import detail_as_json, detail_as_text
from reloadpt.clinic.importing import import_all
from reloadpt.clinic.overview import overview, row_as_json
from reloadpt.journal.entries import ZEROS, escape, line_hash
from reloadpt.share.report import render_report
from sample_logs import BIRD_DOG, HOSTILE, at, begins, meant

MOMENTS = st.sampled_from(
    [
        "2026-11-20T09:00:00+01:00", "2026-11-23T23:59:59-11:00", "2027-01-01T00:00:00Z", "2026-11-21T09:00:00+14:00",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2199-12-31T23:59:59Z", "1990-01-01T00:00:00+00:00",
    ]
)  # fmt: skip
DAYS = st.sampled_from(["2026-11-21", "2026-11-30", "0001-01-01", "9999-12-31", "2026-02-31"])
SMALL = st.integers(-2, 12)
TEXT = st.sampled_from(
    [*HOSTILE, "", "multifidus", BIRD_DOG, "SI", "S0", "2026-11-20.1", "p1", "A-17", "both", "left", "pain"]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | SMALL | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT | MOMENTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
PLAN = begins().plan
ITEM: dict[str, Any] = {"exercise": BIRD_DOG, "name": "x", "muscle": "multifidus", "phase": "activate",
                        "intent": "wake", "sets": 2}  # fmt: skip


def odd(
    fields: dict[str, Any], names: dict[str, st.SearchStrategy[Any]]
) -> st.SearchStrategy[dict[str, Any]]:
    """Fields that fit, one or two of them replaced by something else."""
    change = st.sampled_from([*names]).flatmap(
        lambda name: st.tuples(st.just(name), names[name] | JSON) if name in names else st.nothing()
    )
    return st.lists(change, max_size=2).map(lambda changes: fields | dict(changes))


def kind(name: str, **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return odd({"kind": name, **fields}, dict.fromkeys(fields, SMALL | TEXT | MOMENTS | DAYS))


TARGET = {"muscle": "multifidus", "side": "both", "intent": "wake", "needled_at": "2026-11-20T09:00:00+01:00"}
SESSION = "2026-11-20.1"
EVENTS = st.one_of(
    odd(PLAN, dict.fromkeys([*PLAN, "ends", "share_key", "limits", "next_visit", "contact"], JSON)).map(
        lambda plan: {"kind": "plan_started", "plan": plan}
    ),
    odd(TARGET, dict.fromkeys(TARGET, JSON)).map(
        lambda target: {"kind": "plan_started", "plan": PLAN | {"id": "p2", "targets": [target]}}
    ),
    kind("needled", muscle="multifidus", side="both", needled_at="2026-11-24T09:00:00+01:00"),
    kind("checked_in", when="before", pain=3, soreness=[{"muscle": "multifidus", "side": "both", "score": 3}], asked=["SI"]),
    odd(ITEM, dict.fromkeys(ITEM, JSON)).map(
        lambda it: {"kind": "session_opened", "session": SESSION, "items": [it]}
    ),
    kind("session_opened", session=SESSION, items=[ITEM]),
    kind("set_done", session=SESSION, exercise=BIRD_DOG, side="both", set=1, reps=8, source="timed", for_day="2026-11-21"),
    kind("set_skipped", session=SESSION, exercise=BIRD_DOG, side="both", set=2, reason="pain"),
    kind("eased", session=SESSION, exercise=BIRD_DOG, side="both", reps=5, hold_s=3),
    kind("exercise_rated", session=SESSION, exercise=BIRD_DOG, side="both", pain=3, effort=2),
    kind("session_closed", session=SESSION, how="finished", worst=3, note="x"),
    kind("flag_raised", code="SI", advice="call"),
    kind("cleared", code="SI", by="x", seen_at="x"),
    kind("paused", **{"from": "2026-11-21", "to": "2026-11-22", "reason": ""}),
    kind("missed_explained", day="2026-11-21", barrier="x"),
    kind("activity_rated", activity="x", score=3),
    kind("note", text="x"),
    kind("shared", to=None, through=1),
    kind("amended", amends=3, change={"pain": 1}, reason="x"),
    st.integers(0, 12).flatmap(
        lambda n: st.dictionaries(TEXT | st.sampled_from(["pain", "text", "set", "for_day", "soreness"]), JSON, max_size=2).map(
            lambda change: {"kind": "amended", "amends": n, "change": change, "reason": ""}
        )
    ),
)  # fmt: skip


def a_log(said: list[tuple[str, dict[str, Any]]]) -> bytes:
    lines: list[bytes] = []
    h = ZEROS
    opened = {"kind": "log_opened", "format": "reloadpt-log/1", "log": str(uuid.uuid4()), "patient": "A-17"}
    for moment, fields in [("2026-11-20T08:00:00+01:00", opened), *said]:
        told = json.dumps({"n": len(lines), "prev": h, "at": moment, **fields})[:-1]
        body = escape(told.encode())
        h = line_hash(body)
        lines.append(b'%b,"h":"%b"}\n' % (body, h.encode()))
    return b"".join(lines)


@given(st.lists(st.tuples(MOMENTS, EVENTS), min_size=1, max_size=12))
@example(
    [
        ("2026-11-20T09:00:00+01:00", {"kind": "plan_started", "plan": PLAN | {"targets": []}}),
        ("2199-12-31T23:59:59Z", {"kind": "flag_raised", "code": "SI", "advice": "call"}),
    ]
)
@settings(tries(60, *HealthCheck), phases=[Phase.explicit, Phase.generate])
def test_whatever_a_log_says_it_is_taken_in_counted_and_shown(
    tmp_path_factory: Any, said: list[tuple[str, dict[str, Any]]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("hostile")
    path = folder / "a.jsonl"
    path.write_bytes(a_log(said))
    caseload = Caseload(folder / "caseload", meant())
    [result] = import_all([path], caseload, None)
    assert result.kind == "new", result.why
    for moment in (at(3), at(400)):
        [row] = overview(caseload.patients(), moment)
        told = row_as_json(row)
        assert 0 <= told["sets_done"] <= told["sets_planned"]
        assert 0 <= told["sessions_done"] <= told["sessions_planned"]
        page = caseload.page(row.patient, moment)
        json.dumps(detail_as_json(row, page))
        assert all(line.isprintable() for line in detail_as_text(detail_as_json(row, page)))
        assert render_report(page, b"").startswith(b"<!DOCTYPE html>")
