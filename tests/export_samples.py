"""Records to export: sixty sessions with everything in them, and the same as a folder of files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from reloadpt.journal.events import (
    ActivityRated,
    Amended,
    AnyEvent,
    ExerciseRated,
    FlagRaised,
    Needled,
    Note,
    Paused,
    SessionClosed,
    SetDone,
)
from reloadpt.share.fhir import bundle
from reloadpt.share.tables import Tables, tables_of_log
from sample_logs import NEEDLED, Patient, a_plan, at

NOTE = '<b>knee</b> & back\n=HYPERLINK("http://example.invalid")'
COMPLAINT = "low back pain since the <move>"


KINDS: tuple[tuple[int, dict[str, Any]], ...] = (
    (7, {"sets": 3, "skip": "pain", "pain": 4}),
    (5, {"sets": 2, "skip": "time", "source": "typed"}),
    (13, {"sets": 0, "skip": "equipment", "how": "stopped"}),
    (17, {"sets": 0, "how": "abandoned"}),
    (1, {}),
)
"""How the session of every so many days goes."""


def sixty_sessions(path: Path) -> Patient:
    """Sixty sessions over ten weeks: timed, typed, skipped for several reasons, hurting, corrected, back-filled."""
    plan = a_plan(complaint=COMPLAINT, activities=("sit an hour", "lift the child"), ends=at(100))
    patient = Patient(path, plan)
    for day in range(1, 69):
        if day == 30:
            days = [f"{at(each):%Y-%m-%d}" for each in (30, 31)]
            patient.writes(Paused(from_=days[0], to=days[1]), at(day, 8))
        if day in (30, 31) or day % 11 == 0:
            continue
        _a_day(patient, day)
    patient.writes(FlagRaised(code="SB", advice="call"), at(68, 20))
    return patient


def _a_day(patient: Patient, day: int) -> None:
    moment = at(day, 8)
    sore = {"multifidus": max(0, 4 - day // 6), "lumbar-paraspinals": max(0, 3 - day // 6)}
    told = patient.checks_in(moment, max(0, 4 - day // 20), sore, when="morning" if day % 2 else "before")
    kind = next(kind for every, kind in KINDS if day % every == 0)
    session = patient.session(moment + timedelta(minutes=10), **kind)
    exercise = patient.record.history.sessions[session].items[0].exercise
    bird_dog: dict[str, Any] = {"exercise": "multifidus/bird-dog", "set": 1, "reps": 8, "load_kg": 2.5}
    earlier = f"{at(day - 3):%Y-%m-%d}"
    also: dict[int, list[AnyEvent]] = {
        3: [Amended(amends=told, change={"pain": 3}, reason="mistyped")],
        9: [SessionClosed(session=session, how="finished", worst=3, note=NOTE)],
        15: [ActivityRated(activity="sit an hour", score=3)],
        20: [Needled(muscle="multifidus", side="both", needled_at=moment, stim=False)],
        25: [
            ExerciseRated(session=session, exercise=exercise, pain=2, effort=5),
            SetDone(session=f"{moment:%Y-%m-%d}.9", source="back_filled", for_day=earlier, **bird_dog),
        ],
        40: [Note(text="@SUM(1)")],
        60: [ActivityRated(activity="sit an hour", score=8)],
    }
    for event in also.get(day, ()):
        patient.writes(event, moment + timedelta(hours=1))


def tables_of(patient: Patient, **more: Any) -> Tables:
    return tables_of_log(patient.course, **more)


def bundle_of(told: Tables) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(b"".join(bundle(told)))
    return made


def resources_of(made: dict[str, Any], kind: str | None = None) -> Iterator[dict[str, Any]]:
    return (
        entry["resource"]
        for entry in made["entry"]
        if kind is None or entry["resource"]["resourceType"] == kind
    )


AFTER = NEEDLED + timedelta(days=120)
