"""The main job, end to end: a needled low back is planned, guided, logged, shared and imported."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from app_runs import HandClock, back_to_today, into_session, running, through_session
from program_runs import LOW_BACK, reloadpt
from reloadpt.files import Places


async def test_from_the_plan_to_the_therapists_list(tmp_path: Path) -> None:
    patient, clinic = tmp_path / "patient", tmp_path / "clinic"
    plan, report = tmp_path / "a17.plan.json", tmp_path / "a17.html"

    assert reloadpt(clinic, "plan", "new", *LOW_BACK, "-o", plan).code == 0
    assert reloadpt(patient, "plan", "check", plan).code == 0
    assert reloadpt(patient, "plan", "use", plan).code == 0

    first = json.loads(reloadpt(patient, "today", "--at", "2026-11-20T15:00:00+01:00", "--json").out)
    assert set(first["phase"].values()) == {"reset"}
    third = json.loads(reloadpt(patient, "today", "--at", "2026-11-22T09:00:00+01:00", "--json").out)
    assert set(third["phase"].values()) == {"activate"}

    clock = HandClock(datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0))
    async with running(Places(data=patient, config=patient), clock) as (app, pilot):
        session = await into_session(app, pilot, pain="3")
        dealt = sum(item.sets_in_all for item in session.guided.session.items)
        await through_session(app, pilot, clock)
        await back_to_today(app, pilot)

    verified = reloadpt(patient, "log", "verify")
    assert verified.code == 0, verified
    shared = reloadpt(patient, "share", "-o", report)
    assert shared.code == 0, shared
    assert report.stat().st_mode & 0o077 == 0

    assert reloadpt(clinic, "clinic", "import", report).code == 0
    (row,) = json.loads(reloadpt(clinic, "clinic", "list", "--json").out)
    assert row["patient"] == "A-17"
    assert row["sets_done"] == dealt
    assert row["sessions_done"] == 1
    assert row["pain"] == 3

    kept = sorted((path, path.read_bytes()) for path in (clinic / "caseload").rglob("*.jsonl"))
    assert reloadpt(clinic, "clinic", "import", report).code == 0
    assert sorted((path, path.read_bytes()) for path in (clinic / "caseload").rglob("*.jsonl")) == kept
    assert json.loads(reloadpt(clinic, "clinic", "list", "--json").out) == [row]


def test_of_a_damaged_report_what_can_be_read_is_taken_and_marked(tmp_path: Path) -> None:
    patient, clinic = tmp_path / "patient", tmp_path / "clinic"
    plan, report = tmp_path / "a17.plan.json", tmp_path / "a17.html"
    reloadpt(clinic, "plan", "new", *LOW_BACK, "-o", plan)
    reloadpt(patient, "plan", "use", plan)
    assert reloadpt(patient, "share", "-o", report).code == 0
    report.write_bytes(report.read_bytes().replace(b'"kind":"plan_started"', b'"kind":"plan_startet"'))
    taken = reloadpt(clinic, "clinic", "import", report)
    assert taken.err.startswith("damaged: ")
    assert "Lost: line 2." in taken.err
    (row,) = json.loads(reloadpt(clinic, "clinic", "list", "--json").out)
    assert row["patient"] == "A-17"
    assert row["sets_planned"] == 0
    assert any("could not be read" in caveat for caveat in row["caveats"])
