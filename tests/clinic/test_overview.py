from __future__ import annotations

from pathlib import Path

from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.importing import import_all
from reloadpt.clinic.overview import PatientRow, overview, row_as_json
from reloadpt.journal.events import FlagRaised
from sample_logs import Said, at, begins, dues, entries_of, lines_of, rated, sat, sent


def rows(folder: Path, day: int, **patients: list[Said]) -> list[PatientRow]:
    paths = []
    for name, said in patients.items():
        paths.append(folder / f"{name}.jsonl")
        paths[-1].write_bytes(lines_of(entries_of((at(0), begins(f"plan of {name}", patient=name)), *said)))
    caseload = Caseload(folder / "caseload")
    assert {result.kind for result in import_all(paths, caseload, None)} <= {"new"}
    return overview(caseload.patients(), at(day))


def test_the_worst_come_first(tmp_path: Path) -> None:
    every_day = [each for day in range(4) for each in sat(day)]
    found = rows(
        tmp_path,
        5,
        steady=[*every_day, sent(4)],
        half=[*sat(0, 2), *sat(1, 2), *sat(2, 2), *sat(3, 2), sent(4)],
        flare=[*every_day, rated(1, 8), rated(2, 8), sent(4)],
        warned=[*sat(0), (at(1), FlagRaised(code="SN")), sent(4)],
        missing=[*sat(0), *dues(1, 2), *sat(3), sent(4)],
    )
    names = [row.patient.summary.patient for row in found]
    assert names == ["warned", "flare", "missing", "half", "steady"]


def test_a_row_says_what_the_contract_says(tmp_path: Path) -> None:
    [row] = rows(tmp_path, 2, A=[rated(0, 4, sore=3), *sat(0, 3), rated(1, 2, sore=1), sent(1)])
    assert row_as_json(row) == {
        "patient": "A",
        "sessions_done": 0,
        "sessions_planned": 1,
        "sets_done": 3,
        "sets_planned": 4,
        "sets_unconfirmed": 0,
        "adherence": 0.75,
        "last_seen": at(1, 8).isoformat(),
        "pain": 2,
        "pain_change": -2,
        "soreness": 1,
        "alerts": [],
        "caveats": [],
        "story": "Did 75 % in 1 day. Pain 4, then 2 since 21 November. File of yesterday.",
        "damage": [],
    }


def test_what_depends_on_today_is_added_when_it_is_looked_at(tmp_path: Path) -> None:
    said = {"A": [*sat(0), sent(1)]}
    assert [alert.rule for alert in rows(tmp_path, 2, **said)[0].alerts] == []
    later = overview(Caseload(tmp_path / "caseload").patients(), at(50))
    assert [alert.rule for alert in later[0].alerts] == ["no_report", "plan_over"]
    assert [alert["entries"] for alert in row_as_json(later[0])["alerts"]] == [[8], [1]]


def test_a_patient_who_did_nothing_has_no_figures_that_were_made_up(tmp_path: Path) -> None:
    [row] = rows(tmp_path, 1, A=[])
    told = row_as_json(row)
    assert (told["adherence"], told["pain"], told["pain_change"], told["last_seen"]) == (
        None,
        None,
        None,
        None,
    )
