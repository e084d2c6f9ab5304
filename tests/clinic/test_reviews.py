from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reloadpt.clinic.caseload import Caseload, Patient
from reloadpt.clinic.importing import import_all
from reloadpt.clinic.overview import overview, row_as_json, row_of
from reloadpt.clinic.reviews import NAME, AlertReviews, firing_id
from reloadpt.files import Trouble
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import Cleared, FlagRaised
from reloadpt.measures.alerts import Alert
from sample_logs import HOSTILE, Said, at, begins, entries_of, lines_of, rated, sat, sent

HURT: list[Said] = [*sat(0), rated(1, 8), rated(2, 8), sent(4)]


def caseload(folder: Path, **patients: list[Said]) -> Caseload:
    paths = []
    for name, said in patients.items():
        paths.append(folder / f"{name}.jsonl")
        paths[-1].write_bytes(lines_of(entries_of((at(0), begins(f"plan of {name}", patient=name)), *said)))
    made = Caseload(folder / "caseload")
    assert {result.kind for result in import_all(paths, made, None)} <= {"new", "extended"}
    return made


def one(kept: Caseload) -> Patient:
    [patient] = kept.patients()
    return patient


def test_an_alert_that_was_seen_sinks_and_its_note_stays(tmp_path: Path) -> None:
    kept = caseload(tmp_path, A=HURT, B=[*sat(0), (at(1), FlagRaised(code="SN")), sent(4)])
    seen = AlertReviews(kept.folder, at(5))
    first, second = overview(kept.patients(), at(5), seen=seen)
    assert first.patient.summary.patient == "B"
    seen.mark(first.patient.summary.logs, first.open, "called them", at(5), "spoke", "Kim")
    for again in (seen, AlertReviews(kept.folder, at(6))):
        assert [row.patient.summary.patient for row in overview(kept.patients(), at(5), seen=again)] == [
            "A",
            "B",
        ]
        row = row_of(first.patient, at(5), seen=again)
        assert row.open == ()
        assert [look.note for look in row.seen.values()] == ["called them"]
        assert row_as_json(row)["alerts"][0]["seen"] == {"at": at(5).isoformat(), "note": "called them"}
    assert "seen" not in row_as_json(second)["alerts"][0]


def test_seen_alerts_stand_after_those_not_seen(tmp_path: Path) -> None:
    kept = caseload(tmp_path, A=[*HURT[:-1], (at(3), FlagRaised(code="SN")), sent(4)])
    seen = AlertReviews(kept.folder, at(5))
    row = row_of(one(kept), at(5), seen=seen)
    assert row.alerts[0].rule == "warning_sign"
    seen.mark(one(kept).summary.logs, row.alerts[:1], "", at(5), "sent on", "Kim")
    row = row_of(one(kept), at(5), seen=seen)
    assert row.alerts[-1].rule == "warning_sign"
    assert row.open == row.alerts[:-1]


def test_a_sign_that_was_only_looked_at_stays_open_until_it_is_closed(tmp_path: Path) -> None:
    kept = caseload(tmp_path, A=[*sat(0), (at(3), FlagRaised(code="SN")), sent(4)])
    seen = AlertReviews(kept.folder, at(5))
    logs, [alert] = one(kept).summary.logs, row_of(one(kept), at(5), seen=seen).open
    seen.mark(logs, [alert], "looked at it", at(5))
    assert row_of(one(kept), at(5), seen=seen).open == (alert,)
    seen.mark(logs, [alert], "", at(5), "could not reach", "Kim")
    seen.mark(logs, [alert], "looked again", at(5))
    closed = row_as_json(row_of(one(kept), at(5), seen=AlertReviews(kept.folder, at(5))))["alerts"][0]
    assert closed["sign"] == "SN"
    assert closed["closed"] == {"at": at(5).isoformat(), "what": "could not reach", "by": "Kim"}


def test_a_sign_that_nobody_cleared_is_open_again_a_day_after_it_was_closed(tmp_path: Path) -> None:
    cleared = Cleared(code="SN", by="the hospital", seen_at="", how="in_person")
    said: list[Said] = [*sat(0), (at(3), FlagRaised(code="SN"))]
    kept = caseload(tmp_path, A=[*said, sent(4)], B=[*said, (at(3, 20), cleared), sent(4)])
    seen = AlertReviews(kept.folder, at(5))
    for patient in kept.patients():
        seen.mark(patient.summary.logs, patient.summary.alerts, "", at(5), "spoke", "Kim")
    day = timedelta(hours=24)
    for later, left in ((day - timedelta(seconds=1), []), (day, ["A"]), (day * 30, ["A"])):
        rows = overview(kept.patients(), at(5) + later, seen=AlertReviews(kept.folder, at(5)))
        top = [row.patient.summary.patient for row in rows if any(alert.sign for alert in row.open)]
        assert top == left
        assert not left or rows[0].patient.summary.patient == "A"


def test_what_was_closed_stays_closed_when_another_log_of_the_patient_comes(tmp_path: Path) -> None:
    entries = entries_of((at(0), begins()), *sat(0), (at(1), FlagRaised(code="SF")), sent(2))
    other = entries_of((at(0), begins()), rated(3, 2), sent(4))
    kept = Caseload(tmp_path / "caseload")
    path = tmp_path / "log.jsonl"
    path.write_bytes(lines_of(entries))
    list(import_all([path], kept, None))
    seen = AlertReviews(kept.folder, at(5))
    seen.mark(one(kept).summary.logs, one(kept).summary.alerts, "", at(5), "spoke", "Kim")
    path.write_bytes(lines_of(other))
    list(import_all([path], kept, None))
    assert len(one(kept).summary.logs) == 2
    row = row_of(one(kept), at(5), seen=AlertReviews(kept.folder, at(5)))
    assert [alert.rule for alert in row.seen] == ["faint"]


def test_when_other_entries_fire_the_rule_it_is_new_again(tmp_path: Path) -> None:
    log = entries_of((at(0), begins()), *HURT, rated(5, 9), sent(5))
    path = tmp_path / "log.jsonl"
    kept = Caseload(tmp_path / "caseload")
    path.write_bytes(lines_of(log[:-2]))
    list(import_all([path], kept, None))
    seen = AlertReviews(kept.folder, at(5))
    row = row_of(one(kept), at(5), seen=seen)
    assert "pain_high" in {alert.rule for alert in row.open}
    seen.mark(row.patient.summary.logs, row.open, "seen", at(5))
    assert row_of(one(kept), at(5), seen=seen).open == ()
    path.write_bytes(lines_of(log))
    assert [result.kind for result in import_all([path], kept, None)] == ["extended"]
    assert "pain_high" in {alert.rule for alert in row_of(one(kept), at(5), seen=seen).open}


def test_the_file_is_a_journal_that_is_only_added_to(tmp_path: Path) -> None:
    kept = caseload(tmp_path, A=HURT)
    seen = AlertReviews(kept.folder, at(5))
    row = row_of(one(kept), at(5), seen=seen)
    seen.mark(row.patient.summary.logs, row.open[:1], "first", at(5))
    before = (kept.folder / NAME).read_bytes()
    seen.mark(row.patient.summary.logs, row.open[1:2] or row.open[:1], "second", at(6))
    after = (kept.folder / NAME).read_bytes()
    assert after.startswith(before)
    assert len(after) > len(before)
    assert verify_file(kept.folder / NAME).whole
    assert (kept.folder / NAME).stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_is_kept_aside_said_and_the_alerts_are_new_again(tmp_path: Path) -> None:
    kept = caseload(tmp_path, A=HURT)
    seen = AlertReviews(kept.folder, at(5))
    row = row_of(one(kept), at(5), seen=seen)
    seen.mark(row.patient.summary.logs, row.open, "noted", at(5))
    path = kept.folder / NAME
    path.write_bytes(path.read_bytes().replace(b"noted", b"nated"))
    again = AlertReviews(kept.folder, at(6))
    assert again.mended
    assert row_of(one(kept), at(6), seen=again).open
    assert list(kept.folder.glob("seen.broken-*"))
    again.mark(row.patient.summary.logs, row.open, "noted once more", at(6))
    assert row_of(one(kept), at(6), seen=AlertReviews(kept.folder, at(7))).open == ()


@pytest.mark.parametrize("note", HOSTILE[:6])
def test_a_note_comes_back_as_it_was_written(tmp_path: Path, note: str) -> None:
    kept = caseload(tmp_path, A=HURT)
    seen = AlertReviews(kept.folder, at(5))
    row = row_of(one(kept), at(5), seen=seen)
    seen.mark(row.patient.summary.logs, row.open[:1], note, at(5))
    again = AlertReviews(kept.folder, at(5))
    assert [look.note for look in row_of(one(kept), at(5), seen=again).seen.values()] == [note]


def test_a_folder_that_takes_nothing_marks_nothing(tmp_path: Path) -> None:
    kept = caseload(tmp_path, A=HURT)
    seen = AlertReviews(kept.folder, at(5))
    row = row_of(one(kept), at(5), seen=seen)
    (kept.folder / NAME).mkdir()
    with pytest.raises(Trouble):
        seen.mark(row.patient.summary.logs, row.open, "noted", at(5))
    assert row_of(one(kept), at(5), seen=seen).open == row.open


def test_imports_and_joins_leave_what_was_seen(tmp_path: Path) -> None:
    kept = caseload(tmp_path, A=HURT, B=[*sat(0), rated(1, 2), sent(4)])
    seen = AlertReviews(kept.folder, at(5))
    first, other = overview(kept.patients(), at(5), seen=seen)
    seen.mark(first.patient.summary.logs, first.open, "noted", at(5))
    with kept.writing() as placing:
        placing.join(other.patient, first.patient)
    assert (kept.folder / NAME).exists()
    assert len(kept.patients()) == 1


def test_where_no_entry_is_behind_it_the_cause_tells_one_firing_from_another() -> None:
    one = Alert("at_visit", "gate_waits", "", (), cause="gate_waits cleared multifidus both")
    other = Alert("at_visit", "gate_waits", "", (), cause="gate_waits cleared calf left")
    assert firing_id((), one) != firing_id((), other)
    assert firing_id((), one) == firing_id((), replace(one, text="in other words"))
