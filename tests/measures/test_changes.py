"""Corrections are counted by what they did, apart from the sets that a key of the session took back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from reloadpt.journal.events import Amended
from reloadpt.measures.changes import corrections, dose_changes
from sample_logs import AFTER, at, begins, course, four_days, item, sat


def test_corrections_are_counted_by_what_they_did(tmp_path: Path) -> None:
    patient = four_days(tmp_path / "journal.jsonl")
    session = next(iter(patient.record.history.sessions.values()))
    done = next(session.sets_done())
    patient.record.void(session, done.exercise, done.side, done.set, AFTER)
    kept = patient.record.history.checkins
    patient.writes(Amended(amends=kept[0].n, change={"pain": 1}, reason="x"), AFTER)
    patient.writes(Amended(amends=kept[1].n, change=None, reason="x"), AFTER)
    counted = corrections(patient.course)
    assert (counted.changed, counted.taken_back, counted.went_back, counted.later) == (1, 1, 1, 2)


def test_a_dose_that_changed_is_told_with_its_reason() -> None:
    more = item(sets=5, why="two good days")
    changes = dose_changes(course((at(0), begins()), *sat(1), *sat(2), *sat(3, None, more)))
    assert [(each.before.sets, each.after.sets, each.after.why) for each in changes] == [
        (4, 5, "two good days")
    ]
    assert changes[0].at - at(3) == timedelta(0)
