"""Exports as they are written: tables as CSV or Parquet in a folder, FHIR bundles, the journal's own lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import msgspec

from reloadpt.care.record import APP
from reloadpt.files import MEBIBYTE, Trouble, read_bytes
from reloadpt.journal.entries import Entry
from reloadpt.journal.journal import Broken, Journal
from reloadpt.journal.mending import mend
from reloadpt.measures.course import course_of
from reloadpt.share.csv_files import CsvTable
from reloadpt.share.datapackage import INDEX, ExportScope, datapackage, exported_files, is_index
from reloadpt.share.drafts import HashedDraft, export_drafts, may_write_file, may_write_folder
from reloadpt.share.fhir import BEGINNING, bundle
from reloadpt.share.rows import TABLES
from reloadpt.share.tables import Tables, tables_of_log

LINE_BEGINS = b'{"n":'
"""How a journal's first line begins, and so an export of its lines."""


@dataclass(frozen=True)
class ExportResult:
    """What was written: how many rows, resources or lines. ``mended`` is what had to be done to the journal first."""

    count: int
    mended: str | None = None


class TableWriter(Protocol):
    """One table being written."""

    def add(self, rows: Iterable[msgspec.Struct]) -> None:
        """Write rows."""

    def close(self) -> None:
        """Write what is left."""


def export_lines(log: Path, out: Path, at: datetime, since: date | None, until: date | None) -> ExportResult:
    """The journal's lines as they are; of a period only its own, which is then no whole log any more."""
    may_write_file(out, lambda beginning: not beginning or beginning.startswith(LINE_BEGINS), "journal")
    if out.resolve() == log.resolve():
        raise Trouble(f"{out}: this is the journal itself. Choose another name.")

    def write(entries: Iterable[Entry]) -> int:
        count = 0
        with export_drafts(out.parent) as draft:
            file = draft(out.name)
            for entry in entries:
                if (since or date.min) <= entry.at.date() <= (until or date.max):
                    file.write(entry.line + b"\n")
                    count += 1
        return count

    return _write_mended(log, at, write)


def export_bundle(log: Path, out: Path, at: datetime, since: date | None, until: date | None) -> ExportResult:
    """The journal as one FHIR bundle."""
    may_write_file(out, lambda there: not there or there.startswith(BEGINNING), "FHIR export")

    def write(entries: Iterable[Entry]) -> int:
        tables = tables_of_log(course_of(entries), since, until)
        with export_drafts(out.parent) as draft:
            return write_bundle(tables, draft(out.name))

    return _write_mended(log, at, write)


def export_tables(log: Path, out: Path, at: datetime, scope: ExportScope) -> ExportResult:
    """The journal as tables in the folder ``out``."""

    def write(entries: Iterable[Entry]) -> int:
        return write_tables([tables_of_log(course_of(entries), scope.since, scope.until)], out, scope)

    may_write_tables(out, scope)
    return _write_mended(log, at, write)


def _write_mended(log: Path, at: datetime, write: Callable[[Iterable[Entry]], int]) -> ExportResult:
    """Write from every entry; a journal with a line that does not fit is first kept beside a new one."""
    try:
        return ExportResult(write(Journal(log).entries()))
    except Broken:
        mended = mend(log, at, APP)
        return ExportResult(write(Journal(log).entries()), mended)


def may_write_tables(folder: Path, scope: ExportScope) -> None:
    """Raise ``Trouble`` where ``folder`` is not free for tables of this kind."""
    names = tuple(f"{name}.{scope.kind}" for name in TABLES)
    may_write_folder(folder, names, INDEX, lambda there: is_index(there, scope.kind))


def write_tables(patients: Iterable[Tables], folder: Path, scope: ExportScope) -> int:
    """Write the tables of patients, one after another, into one file each; return how many rows.

    Raises ``Trouble`` where pyarrow is missing, the folder holds what is not ours, or it cannot be written.
    """
    may_write_tables(folder, scope)
    count = 0
    with export_drafts(folder) as draft:
        files = {name: draft(f"{name}.{scope.kind}") for name in TABLES}
        writers = {name: _writer(scope, name, file) for name, file in files.items()}
        for tables in patients:
            for name, writer in writers.items():
                rows = getattr(tables, name)
                writer.add(rows)
                count += len(rows)
        for writer in writers.values():
            writer.close()
        draft(INDEX).write(datapackage(scope, files))
    return count


def _writer(scope: ExportScope, name: str, draft: HashedDraft) -> TableWriter:
    if scope.kind == "csv":
        return CsvTable(name, draft)
    from reloadpt.share.parquet import ParquetTable

    return ParquetTable(name, draft)


def write_bundle(tables: Tables, draft: HashedDraft) -> int:
    """Write one patient's bundle; return how many resources."""
    count = 0
    for piece in bundle(tables):
        draft.write(piece)
        count += b'{"fullUrl":' in piece
    return count


def write_bundles(patients: Iterable[tuple[str, Tables]], folder: Path, scope: ExportScope) -> int:
    """Write a bundle for each patient, named by what stands before it; return how many resources.

    Bundles of an earlier export into the same folder that this one does not hold are taken away.
    """
    may_write_folder(folder, (), INDEX, lambda there: is_index(there, scope.kind))
    before = exported_files(read_bytes(folder / INDEX, 256 * MEBIBYTE)) if (folder / INDEX).exists() else []
    count = 0
    with export_drafts(folder) as draft:
        files = {}
        for name, tables in patients:
            files[name] = draft(f"{name}.fhir.json")
            count += write_bundle(tables, files[name])
            files[name].finish()
        draft(INDEX).write(datapackage(scope, files))
    for name in {*before} - {file.path.name for file in files.values()}:
        if "/" not in name and name.endswith(".fhir.json"):
            (folder / name).unlink(missing_ok=True)
    return count
