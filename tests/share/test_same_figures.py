"""One log, one answer: every surface says the same figures, and so does DuckDB from the CSV and from the lines alone."""

from __future__ import annotations

import json
import random
import re
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from lives import BERLIN, Life
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.importing import import_all
from reloadpt.clinic.overview import overview, row_as_json
from reloadpt.journal.events import Needled, Note
from reloadpt.measures.progress import progress_of
from reloadpt.share.datapackage import ExportScope
from reloadpt.share.drafts import export_drafts
from reloadpt.share.exporting import write_bundle, write_tables
from reloadpt.share.page import gather_report
from reloadpt.share.tables import tables_of_log

DOCS = Path(__file__).parents[2] / "docs"
BEGINS = datetime(2026, 9, 28, 10, 0, tzinfo=BERLIN)
CASES = {
    1: ["multifidus:wake"],
    2: ["lumbar-paraspinals:calm", "multifidus:wake"],
    3: ["upper-trapezius:calm", "gluteus-medius:wake"],
}


def queries(page: str) -> list[str]:
    return re.findall(r"```sql\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)


def lived(seed: int) -> Life:
    """Four weeks of somebody who comes on some days, does some of it, and is needled again."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    life = Life(BEGINS, CASES[seed])
    for day in range(28):
        begins = BEGINS.replace(hour=8) + timedelta(days=day)
        if day == 16:
            life.at = max(life.at, begins)
            life.writes(Needled(muscle=CASES[seed][0].partition(":")[0], needled_at=life.at))
        if chance.random() < 0.6:
            life.day(begins, most=chance.choice((1, 2, 9)), sets=chance.choice((None, None, 1, 3)))
    life.at = max(life.at, BEGINS + timedelta(days=28))
    life.writes(Note(text="<b>That is all.</b>"))
    return life


@pytest.mark.parametrize("seed", CASES)
def test_every_surface_says_the_same(seed: int, tmp_path: Path) -> None:
    life = lived(seed)
    course, at = life.shares(), life.at
    (tmp_path / "journal.jsonl").write_bytes(life.lines.data)

    caseload = Caseload(tmp_path / "caseload")
    assert [result.kind for result in import_all([tmp_path / "journal.jsonl"], caseload, None)] == ["new"]
    [row] = overview(caseload.patients(), at)
    listed = row_as_json(row)
    sets = (listed["sets_done"], listed["sets_planned"])
    sessions = (listed["sessions_done"], listed["sessions_planned"])
    assert 0 < sets[0] < sets[1]

    page, progress = gather_report(course, at, ""), progress_of(course, at)
    for counts in (page.counts, progress.counts):
        assert (counts.sets_done, counts.sets_planned) == sets
        assert (counts.sessions_done, counts.sessions_planned) == sessions
    assert list(page.caveats) == list(progress.caveats) == listed["caveats"]

    tables = tables_of_log(course)
    with export_drafts(tmp_path) as draft:
        write_bundle(tables, draft("bundle.json"))
    resources = [
        each["resource"] for each in json.loads((tmp_path / "bundle.json").read_text("utf-8"))["entry"]
    ]
    told = {}
    for resource in resources:
        coding = resource.get("code", {}).get("coding", [{}])[0].get("code", "")
        if coding.startswith("adherence-"):
            told[coding] = [part["valueQuantity"]["value"] for part in resource["component"]]
    assert told == {"adherence-sets": list(sets), "adherence-sessions": list(sessions)}

    for kind in ("csv", "parquet"):
        write_tables([tables], tmp_path / kind, ExportScope(kind))
        query = queries("export.md")[0].replace(".csv'", f".{kind}'")
        if kind == "parquet":
            query = query.replace("read_csv", "read_parquet")
        with duckdb.connect() as base:
            base.execute(f"set file_search_path = '{tmp_path / kind}'")
            found = base.execute(query).fetchall()
        assert [each[1:5] for each in found] == [(*sessions, *sets)], kind

    with duckdb.connect() as base:
        base.execute(f"set file_search_path = '{tmp_path}'")
        found = base.execute(queries("journal.md")[1]).fetchall()
        assert found == [(*sets, *sessions)], "from the lines alone"


def test_how_often_a_week_is_prescribed_is_in_the_lines(tmp_path: Path) -> None:
    life = lived(1)
    (tmp_path / "journal.jsonl").write_bytes(life.lines.data)
    with duckdb.connect() as base:
        base.execute(f"set file_search_path = '{tmp_path}'")
        found = {
            name: (float(times), float(sets))
            for name, times, sets in base.execute(queries("journal.md")[0]).fetchall()
        }
    assert found["multifidus/bridge"][0] == 4.0
    assert found["multifidus/prone-multifidus-hold"] == (14.0, 14.0)


def test_another_log_has_other_figures(tmp_path: Path) -> None:
    found = []
    for seed in (1, 2):
        (tmp_path / "journal.jsonl").write_bytes(lived(seed).lines.data)
        with duckdb.connect() as base:
            base.execute(f"set file_search_path = '{tmp_path}'")
            found += base.execute(queries("journal.md")[1]).fetchall()
    assert found[0] != found[1]
