"""The clinic's export: the same figures everywhere, reckoned again by DuckDB; and what a de-identified one hides."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import fhirkit
import frictionless
import pytest

from export_samples import COMPLAINT, sixty_sessions
from fhir_rules import broken_rules
from program_runs import reloadpt
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.detail import detail_as_json
from reloadpt.clinic.exporting import export_patients, find_patients
from reloadpt.clinic.importing import import_all
from reloadpt.clinic.overview import overview, row_as_json
from reloadpt.files import Trouble, replace_file
from reloadpt.journal.events import CheckedIn, Note, PlanStarted, SessionClosed
from reloadpt.program.plan import Contact
from reloadpt.share.datapackage import ExportScope
from reloadpt.share.deidentify import date_offset, make_or_read_key, pseudonym
from reloadpt.share.rows import TABLES, table_columns
from reloadpt.share.sending import write_shared_report
from sample_logs import (
    AFTER,
    BIRD_DOG,
    Patient,
    a_plan,
    at,
    entries_of,
    four_days,
    item,
    library,
    lines_of,
    sat,
)

SECRETS = {
    "patient": "Marta-Q", "complaint": "fell off the ladder at the brewery", "made_by": "Dr Unmistakable",
    "note": "greets from Atlantis", "phone": "0123 4567890", "clinic": "Clinic under the Hill",
    "activity": "ride my grandmother's tandem", "symptom": "tingling since the tandem crash",
    "exercise": "multifidus/tandem-balance", "exercise name": "Balance as on the tandem",
    "muscle": "muscle-of-marta", "session note": "the neighbour Xaver helped", "zone": "Antarctica/Troll",
    "resistance": "the green band from Xaver", "override": "Xaver said so", "barrier": "wedding of Xaver",
}  # fmt: skip


@pytest.fixture(scope="module")
def caseload(tmp_path_factory: pytest.TempPathFactory) -> Caseload:
    """Three patients whose reports were imported: of sixty sessions, of four days, and of a plan alone."""
    folder = tmp_path_factory.mktemp("clinic")
    sixty = sixty_sessions(folder / "sixty" / "journal.jsonl")
    four = four_days(folder / "four" / "journal.jsonl", a_plan(patient="B-2"))
    alone = Patient(folder / "alone" / "journal.jsonl", a_plan(patient="=C-3", start_pain=None))
    alone.checks_in(at(3), 6)
    for i, patient in enumerate((sixty, four, alone)):
        write_shared_report(
            patient.path, patient.library, AFTER + timedelta(days=100), folder / f"{i}.html", None
        )
    found = Caseload(folder / "caseload")
    assert [each.kind for each in import_all([folder / f"{i}.html" for i in range(3)], found, None)] == [
        "new"
    ] * 3
    return found


def exported(
    caseload: Caseload, folder: Path, made: ExportScope, key: bytes | None = None, *names: str
) -> Path:
    patients = find_patients(caseload.patients(), names)
    assert export_patients(caseload, patients, folder, made, key) > 0
    return folder


FIGURES = (
    (Path(__file__).parents[2] / "docs" / "export.md")
    .read_text(encoding="utf-8")
    .partition("```sql\n")[2]
    .partition("```")[0]
)
"""The query that the docs give to everyone."""
KEYS = (
    "patient", "sessions_done", "sessions_planned", "sets_done", "sets_planned", "adherence", "pain",
    "pain_change", "soreness",
)  # fmt: skip


def by_duckdb(folder: Path, kind: str) -> list[tuple[Any, ...]]:
    """The figures as the docs reckon them; what ``sessions`` says of its sets must be what ``sets`` says."""
    query = FIGURES
    for name in TABLES:
        read = "read_csv" if kind == "csv" else "read_parquet"
        query = query.replace(f"read_csv('{name}.csv')", f"{read}('{folder / name}.{kind}')")
    sessions = query.partition("sessions as (from ")[2].partition(")),")[0].partition("),")[0] + ")"
    with duckdb.connect() as database:
        found = database.execute(query).fetchall()
        of_sessions = database.execute(
            f"select sum(sets_done), sum(sets_planned) from {sessions}"  # noqa: S608
        ).fetchall()
    assert of_sessions == [tuple(sum(row[i] for row in found) for i in (3, 4))], "sets and sessions agree"
    return found


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_duckdb_reckons_the_figures_of_the_overview_from_the_tables(
    caseload: Caseload, tmp_path: Path, kind: Any
) -> None:
    rows = [row_as_json(row) for row in overview(caseload.patients(), AFTER)]
    wanted = sorted(tuple(row[key] for key in KEYS) for row in rows)
    found = by_duckdb(exported(caseload, tmp_path / "out", ExportScope(kind)), kind)
    if kind == "csv":
        found = [(row[0].removeprefix("'"), *row[1:]) for row in found]
    assert sorted(found) == wanted
    assert len({row[3] for row in wanted}) == 3


def test_the_report_and_fhir_say_the_same(caseload: Caseload, tmp_path: Path) -> None:
    folder = exported(caseload, tmp_path / "out", ExportScope("fhir"))
    assert len(list(folder.glob("*.fhir.json"))) == 3
    for row in overview(caseload.patients(), AFTER):
        told, page = row_as_json(row), caseload.page(row.patient, AFTER)
        assert (page.counts.sets_done, page.counts.sets_planned) == (told["sets_done"], told["sets_planned"])
        bundle = json.loads((folder / f"{row.patient.id}.fhir.json").read_text(encoding="utf-8"))
        assert fhirkit.validate(json.dumps(bundle)) == []
        assert broken_rules(bundle) == {}
        resources = [entry["resource"] for entry in bundle["entry"]]
        figures = {
            each["code"]["coding"][0]["code"]: [part["valueQuantity"]["value"] for part in each["component"]]
            for each in resources
            if each.get("code", {}).get("text", "").startswith("Adherence")
        }
        assert figures == {
            "adherence-sets": [told["sets_done"], told["sets_planned"]],
            "adherence-sessions": [told["sessions_done"], told["sessions_planned"]],
        }
        outcomes = [each["outcome"]["text"] for each in resources if "outcome" in each]
        assert sum(int(text.split()[0]) for text in outcomes if "planned sets" in text) == told["sets_done"]
        pain = [each for each in resources if each.get("code", {}).get("text", "").startswith("Pain")]
        last = max(pain, key=lambda each: each["effectiveDateTime"])
        assert last["valueQuantity"]["value"] == told["pain"]
        assert (
            detail_as_json(row, page)["weeks"] == []
            or sum(week["sets_done"] for week in detail_as_json(row, page)["weeks"]) == told["sets_done"]
        )


def test_a_figure_that_was_changed_would_be_seen(caseload: Caseload, tmp_path: Path) -> None:
    folder = exported(caseload, tmp_path / "out", ExportScope("csv"))
    before = by_duckdb(folder, "csv")
    sets = folder / "sets.csv"
    sets.write_bytes(sets.read_bytes().replace(b",done,", b",skipped,", 1))
    with pytest.raises(AssertionError, match="agree"):
        by_duckdb(folder, "csv")
    assert before


@pytest.mark.parametrize("kind", ["csv", "parquet", "fhir", "jsonl"])
def test_journal_report_import_export_is_journal_export(tmp_path: Path, kind: str) -> None:
    patient, clinic = tmp_path / "patient", tmp_path / "clinic"
    four_days(patient / "journal.jsonl")
    assert reloadpt(patient, "share", "-o", tmp_path / "a.html").code == 0
    assert reloadpt(clinic, "clinic", "import", tmp_path / "a.html").code == 0
    assert reloadpt(patient, "export", "--as", kind, "-o", tmp_path / "ours").code == 0
    ours = tmp_path / "ours"
    if kind == "jsonl":
        [kept] = (clinic / "caseload").glob("*/*.jsonl")
        assert ours.read_bytes() == kept.read_bytes() == (patient / "journal.jsonl").read_bytes()
        return
    assert reloadpt(clinic, "clinic", "export", "--as", kind, "-o", tmp_path / "theirs").code == 0
    if kind == "fhir":
        [theirs] = (tmp_path / "theirs").glob("*.fhir.json")
        assert theirs.read_bytes() == ours.read_bytes()
        return
    files = [
        {path.name: path.read_bytes() for path in each.iterdir()} for each in (ours, tmp_path / "theirs")
    ]
    assert files[0] == files[1]


def test_patients_are_chosen_by_alias_or_id_and_a_name_of_nobody_is_told(
    caseload: Caseload, tmp_path: Path
) -> None:
    patients = caseload.patients()
    [four] = find_patients(patients, ["B-2"])
    assert find_patients(patients, [four.id, "B-2"]) == [four]
    with pytest.raises(Trouble, match="no patient"):
        find_patients(patients, ["B-22"])
    folder = exported(caseload, tmp_path / "out", ExportScope("csv"), None, "B-2")
    assert {line.split(",")[0] for line in (folder / "sets.csv").read_text().splitlines()[1:]} == {"B-2"}


def test_bundles_of_patients_who_are_not_in_it_any_more_are_taken_away(
    caseload: Caseload, tmp_path: Path
) -> None:
    folder = exported(caseload, tmp_path / "out", ExportScope("fhir"))
    (folder / "mine.fhir.json").write_text("mine", encoding="utf-8")
    exported(caseload, folder, ExportScope("fhir"), None, "B-2")
    [four] = find_patients(caseload.patients(), ["B-2"])
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["datapackage.json", f"{four.id}.fhir.json", "mine.fhir.json"]
    )


def test_two_patients_of_one_alias_are_told_apart(tmp_path: Path) -> None:
    caseload = Caseload(tmp_path / "caseload")
    for i in range(2):
        four_days(tmp_path / f"{i}" / "journal.jsonl")
        write_shared_report(
            tmp_path / f"{i}" / "journal.jsonl", library(), AFTER, tmp_path / f"{i}.html", None
        )
    assert len(list(import_all([tmp_path / "0.html", tmp_path / "1.html"], caseload, None))) == 2
    folder = exported(caseload, tmp_path / "out", ExportScope("csv"))
    told = {line.split(",")[0] for line in (folder / "plans.csv").read_text().splitlines()[1:]}
    assert told == {f"A-17 {patient.id}" for patient in caseload.patients()}
    with pytest.raises(Trouble, match="2 patients"):
        find_patients(caseload.patients(), ["A-17"])


# De-identified ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Caseload:
    """A caseload of one patient whose log tells all it can."""
    folder = tmp_path_factory.mktemp("telling")
    plan = a_plan(
        patient=SECRETS["patient"], complaint=SECRETS["complaint"], made_by=SECRETS["made_by"],
        note=SECRETS["note"], activities=(SECRETS["activity"],), known_symptoms=(SECRETS["symptom"],),
        contact=Contact(clinic=SECRETS["clinic"], phone=SECRETS["phone"]),
    ).as_json()  # fmt: skip
    own = item(
        SECRETS["exercise"], name=SECRETS["exercise name"], resistance=SECRETS["resistance"],
        why=SECRETS["override"],
    )  # fmt: skip
    strange = item("muscle-of-marta/x", name=SECRETS["exercise name"], muscle=SECRETS["muscle"])
    renamed = item(BIRD_DOG, name=SECRETS["exercise name"])
    from reloadpt.journal.events import ActivityRated, Cleared, FlagRaised, MissedExplained, Paused, Soreness

    events: list[Any] = [
        (at(0), PlanStarted(plan=plan)),
        (at(1, 8), CheckedIn(when="before", pain=3, asked=("SB", SECRETS["symptom"]), zone=SECRETS["zone"],
                             soreness=(Soreness(muscle=SECRETS["muscle"], score=2),))),
        *sat(1, None, own, strange, renamed),
        (at(1, 10), SessionClosed(session="2026-11-21.1", how="finished", note=SECRETS["session note"])),
        (at(1, 11), Note(text=SECRETS["note"])),
        (at(1, 12), ActivityRated(activity=SECRETS["activity"], score=4)),
        (at(2), FlagRaised(code=SECRETS["symptom"], advice=SECRETS["note"])),
        (at(2, 10), Cleared(code=SECRETS["symptom"], by=SECRETS["made_by"], seen_at="2026-11-22")),
        (at(3), MissedExplained(day="2026-11-22", barrier=SECRETS["barrier"])),
        (at(3), Paused(from_="2026-11-24", to="2026-11-25", reason=SECRETS["barrier"])),
    ]  # fmt: skip
    replace_file(folder / "log.jsonl", lines_of(entries_of(*events)))
    caseload = Caseload(folder / "caseload")
    assert [each.kind for each in import_all([folder / "log.jsonl"], caseload, None)] == ["new"]
    return caseload


def all_text(folder: Path) -> str:
    if list(folder.glob("*.parquet")):
        with duckdb.connect() as database:
            return "\n".join(
                str(database.execute(f"select * from read_parquet('{path}')").fetchall())  # noqa: S608
                for path in folder.glob("*.parquet")
            )
    return "\n".join(path.name + path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))


@pytest.mark.parametrize("kind", ["csv", "parquet", "fhir"])
def test_a_deidentified_export_tells_none_of_it(telling: Caseload, tmp_path: Path, kind: Any) -> None:
    [patient] = telling.patients()
    keys = (make_or_read_key(tmp_path / f"config-{number}") for number in range(100))
    # a plan's end lies weeks after its days: they all go back beyond it
    key = next(key for key in keys if date_offset(key, patient.id) > timedelta(weeks=26))
    open_, hidden = tmp_path / "open", tmp_path / "hidden"
    exported(telling, open_, ExportScope(kind))
    exported(telling, hidden, ExportScope(kind, deidentified=True), key)
    told, kept = all_text(open_), all_text(hidden)
    leaks = [name for name, secret in SECRETS.items() if secret in kept]
    assert leaks == []
    assert SECRETS["patient"] in told
    assert SECRETS["exercise name"] in told
    plan = telling.course(patient).began[0].id
    for secret in (patient.id, patient.summary.logs[0].log, plan, "2026-11", "2026, 11", "+01:00"):
        assert secret not in kept, secret
    assert pseudonym(key, patient.id) in kept
    assert "multifidus/bird-dog" in kept
    if kind == "fhir":
        for path in hidden.glob("*.fhir.json"):
            bundle = json.loads(path.read_text(encoding="utf-8"))
            assert fhirkit.validate(json.dumps(bundle)) == []
            assert broken_rules(bundle) == {}
        ids = [set(re.findall(r"urn:uuid:[0-9a-f-]{36}", text)) for text in (told, kept)]
        assert ids[0].isdisjoint(ids[1])
    if kind == "csv":
        assert frictionless.validate(str(hidden / "datapackage.json")).valid


def first_days(folder: Path) -> dict[str, date]:
    with (folder / "sets.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(row["patient_id"].removeprefix("'"), row["session_date"]) for row in csv.DictReader(stream)]
    return {
        patient: date.fromisoformat(min(day for who, day in rows if who == patient)) for patient, _ in rows
    }


def test_the_figures_stay_and_the_dates_move_by_whole_weeks_patient_by_patient(
    caseload: Caseload, tmp_path: Path
) -> None:
    key = make_or_read_key(tmp_path / "config")
    hidden = exported(caseload, tmp_path / "hidden", ExportScope("csv", deidentified=True), key)
    open_ = exported(caseload, tmp_path / "open", ExportScope("csv"))
    assert sorted(row[1:] for row in by_duckdb(hidden, "csv")) == sorted(
        row[1:] for row in by_duckdb(open_, "csv")
    )
    assert frictionless.validate(str(hidden / "datapackage.json")).valid
    firsts, was = first_days(hidden), first_days(open_)
    for patient in caseload.patients():
        back = was[patient.summary.patient] - firsts[pseudonym(key, patient.id)]
        assert back == date_offset(key, patient.id)
        assert back.days % 7 == 0
        assert back.days > 0
    assert len({date_offset(key, f"{i}") for i in range(50)}) > 30
    lines = (hidden / "sets.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == sorted(line.split(",")[0] for line in lines)


def test_the_key_is_made_once_kept_private_and_another_one_gives_other_names(tmp_path: Path) -> None:
    key = make_or_read_key(tmp_path / "one")
    assert make_or_read_key(tmp_path / "one") == key
    assert (tmp_path / "one" / "deidentify.key").stat().st_mode & 0o777 == 0o600
    other = make_or_read_key(tmp_path / "two")
    assert pseudonym(key, "x") != pseudonym(other, "x")
    (tmp_path / "two" / "deidentify.key").write_text("short\n", encoding="utf-8")
    with pytest.raises(Trouble, match="not a key"):
        make_or_read_key(tmp_path / "two")


def test_every_column_that_could_say_who_is_given_a_way_to_be_hidden() -> None:
    for table in TABLES:
        for field in table_columns(table):
            kept = field.column.private == "keep"
            if field.kind in ("date", "datetime"):
                assert field.column.private == "shift", f"{table}.{field.name}"
            elif field.kind == "string" and not field.words:
                # a tempo is digits and hyphens, by the journal's own rule
                assert not kept or field.name == "tempo", f"{table}.{field.name}"
            else:
                assert kept, f"{table}.{field.name}"


def first_day(folder: Path) -> str:
    """The earliest day that stands in the tables of an export."""
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.csv"))
    days: list[str] = re.findall(r"\b\d{4}-\d\d-\d\d", text)
    return min(days)


def test_by_the_command_it_says_what_it_is_and_is_not(tmp_path: Path) -> None:
    patient, clinic = tmp_path / "patient", tmp_path / "clinic"
    four_days(patient / "journal.jsonl", a_plan(complaint=COMPLAINT))
    reloadpt(patient, "share", "-o", tmp_path / "a.html")
    reloadpt(clinic, "clinic", "import", tmp_path / "a.html")
    done = reloadpt(clinic, "clinic", "export", "--as", "csv", "-o", tmp_path / "out", "--deidentified")
    assert (done.code, done.out) == (0, "")
    assert "not anonymous" in done.err
    assert COMPLAINT not in all_text(tmp_path / "out")
    # a later day may have gone back to the first one, and the first one to no day of the plan
    assert first_day(tmp_path / "out") < "2026-11-20"
    reloadpt(clinic, "clinic", "export", "--as", "csv", "-o", tmp_path / "open")
    assert first_day(tmp_path / "open") == "2026-11-20"
    nobody = reloadpt(clinic, "clinic", "export", "--as", "csv", "-o", tmp_path / "x", "Z-9")
    assert (nobody.code, (tmp_path / "x").exists()) == (1, False)


def test_two_devices_of_one_patient_are_one_in_every_export(tmp_path: Path) -> None:
    plan = PlanStarted(plan=a_plan().as_json())
    caseload = Caseload(tmp_path / "caseload")
    for name, days in (("phone", (1, 3)), ("laptop", (1, 2))):
        events = [said for day in days for said in sat(day, hour=9 if name == "phone" else 10)]
        replace_file(tmp_path / f"{name}.jsonl", lines_of(entries_of((at(0), plan), *events)))
    results = import_all([tmp_path / "phone.jsonl", tmp_path / "laptop.jsonl"], caseload, None)
    assert [each.kind for each in results] == ["new", "new"]
    [row] = overview(caseload.patients(), AFTER)
    folder = exported(caseload, tmp_path / "csv", ExportScope("csv"))
    [found] = by_duckdb(folder, "csv")
    told = row_as_json(row)
    assert found[1:5] == tuple(told[key] for key in KEYS[1:5])
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    [path] = exported(caseload, tmp_path / "fhir", ExportScope("fhir")).glob("*.fhir.json")
    bundle = json.loads(path.read_text(encoding="utf-8"))
    assert fhirkit.validate(json.dumps(bundle)) == []
    assert broken_rules(bundle) == {}
