"""Parquet: written some rows at a time, read by another program, and a plain sentence where pyarrow is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
from pyarrow import parquet

from program_runs import environment
from reloadpt.share.datapackage import ExportScope
from reloadpt.share.exporting import write_tables
from reloadpt.share.parquet import AT_ONCE
from reloadpt.share.rows import TABLES, table_columns
from reloadpt.share.tables import tables_of_log
from sample_logs import at, begins, course, four_days, item, meant, sat


def test_many_rows_stand_in_several_groups_and_none_is_lost(tmp_path: Path) -> None:
    one = tables_of_log(course((at(0), begins()), *sat(1, None, item(sets=20))), meant())
    write_tables([one] * (AT_ONCE // 20 + 1), tmp_path / "out", ExportScope("parquet"))
    found = parquet.ParquetFile(tmp_path / "out" / "sets.parquet")
    assert (found.metadata.num_row_groups, found.metadata.num_rows) == (2, AT_ONCE + 20)


def test_its_columns_have_the_types_of_the_dictionary_and_its_texts_no_apostrophe(tmp_path: Path) -> None:
    told = tables_of_log(course((at(0), begins()), *sat(1, None, item(name="=1+1"))), meant())
    write_tables([told], tmp_path / "out", ExportScope("parquet"))
    kinds = {
        "string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE",
        "datetime": "TIMESTAMP WITH TIME ZONE",
    }  # fmt: skip
    with duckdb.connect() as database:
        for name in TABLES:
            table = f"read_parquet('{tmp_path / 'out' / name}.parquet')"
            columns = database.execute(f"describe from {table}").fetchall()
            assert [(row[0], row[1]) for row in columns] == [
                (field.name, kinds[field.kind]) for field in table_columns(name)
            ]
        names = database.execute(
            f"select distinct exercise_name from read_parquet('{tmp_path / 'out' / 'sets'}.parquet')"  # noqa: S608
        ).fetchall()
    assert names == [("=1+1",)]


def test_without_pyarrow_it_says_what_to_install(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    four_days(home / "journal.jsonl")
    script = "import sys; sys.modules['pyarrow'] = None\nfrom reloadpt.__main__ import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", script, "export", "--as", "parquet", "-o", tmp_path / "out"],
        env=environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "pip install" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()
