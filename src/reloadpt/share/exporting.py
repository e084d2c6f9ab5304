"""Exports as they are written: tables as CSV or Parquet in a folder, FHIR bundles, the journal's own lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import msgspec

from reloadpt.care.record import APP
from reloadpt.files import Trouble
from reloadpt.journal.entries import Entry
from reloadpt.journal.journal import Broken, Journal
from reloadpt.journal.mending import mend
from reloadpt.measures.course import course_of
from reloadpt.share.csv_files import CsvTable
from reloadpt.share.datapackage import INDEX, ExportScope, datapackage, is_index, listed_in
from reloadpt.share.drafts import FileDraft, drafts, may_write_file, may_write_folder
from reloadpt.share.fhir import BEGINNING, bundle
from reloadpt.share.rows import TABLES
from reloadpt.share.tables import Tables, tables_of_log

LINE_BEGINS = b'{"n":'
"""How a journal's first line begins, and so an export of its lines."""


@dataclass(frozen=True)
class ExportResult:
    """What was written: how many rows, resources or lines. ``said`` is what had to be done to the journal first."""

    count: int
    said: str | None = None


class TableWriter(Protocol):
    """One table being written."""

    def add(self, rows: Iterable[msgspec.Struct]) -> None:
        """Write rows."""

    def close(self) -> None:
        """Write what is left."""


def export_lines(log: Path, out: Path, at: datetime, since: date | None, until: date | None) -> ExportResult:
    """The journal's lines as they are; of a period only its own, which is then no whole log any more."""
    may_write_file(out, lambda there: not there or there.startswith(LINE_BEGINS), "journal")
    if out.resolve() == log.resolve():
        raise Trouble(f"{out}: this is the journal itself. Choose another name.")

    def write(entries: Iterable[Entry]) -> int:
        count = 0
        with drafts(out.parent) as draft:
            file = draft(out.name)
            for entry in entries:
                if (since or date.min) <= entry.at.date() <= (until or date.max):
                    file.write(entry.line + b"\n")
                    count += 1
        return count

    return _mended(log, at, write)


def export_bundle(log: Path, out: Path, at: datetime, since: date | None, until: date | None) -> ExportResult:
    """The journal as one FHIR bundle."""
    may_write_file(out, lambda there: not there or there.startswith(BEGINNING), "FHIR export")

    def write(entries: Iterable[Entry]) -> int:
        told = tables_of_log(course_of(entries), since, until)
        with drafts(out.parent) as draft:
            return write_bundle(told, draft(out.name))

    return _mended(log, at, write)


def export_tables(log: Path, out: Path, at: datetime, made: ExportScope) -> ExportResult:
    """The journal as tables in the folder ``out``."""

    def write(entries: Iterable[Entry]) -> int:
        return write_tables([tables_of_log(course_of(entries), made.since, made.until)], out, made)

    may_write_tables(out, made)
    return _mended(log, at, write)


def _mended(log: Path, at: datetime, write: Callable[[Iterable[Entry]], int]) -> ExportResult:
    """Write from every entry; a journal with a line that does not fit is first kept beside a new one."""
    try:
        return ExportResult(write(Journal(log).entries()))
    except Broken:
        said = mend(log, at, APP)
        return ExportResult(write(Journal(log).entries()), said)


def may_write_tables(folder: Path, made: ExportScope) -> None:
    """Raise ``Trouble`` where ``folder`` is not free for tables of this kind."""
    names = tuple(f"{name}.{made.kind}" for name in TABLES)
    may_write_folder(folder, names, INDEX, lambda there: is_index(there, made.kind))


def write_tables(patients: Iterable[Tables], folder: Path, made: ExportScope) -> int:
    """Write the tables of patients, one after another, into one file each; return how many rows.

    Raises:
        Trouble: pyarrow is missing, the folder holds what is not ours, or it cannot be written.
    """
    may_write_tables(folder, made)
    count = 0
    with drafts(folder) as draft:
        files = {name: draft(f"{name}.{made.kind}") for name in TABLES}
        writers = {name: _writer(made, name, file) for name, file in files.items()}
        for each in patients:
            for name, writer in writers.items():
                rows = getattr(each, name)
                writer.add(rows)
                count += len(rows)
        for writer in writers.values():
            writer.close()
        draft(INDEX).write(datapackage(made, files))
    return count


def _writer(made: ExportScope, name: str, draft: FileDraft) -> TableWriter:
    if made.kind == "csv":
        return CsvTable(name, draft)
    from reloadpt.share.parquet import ParquetTable

    return ParquetTable(name, draft)


def write_bundle(told: Tables, draft: FileDraft) -> int:
    """Write one patient's bundle; return how many resources."""
    count = 0
    for piece in bundle(told):
        draft.write(piece)
        count += b'{"fullUrl":' in piece
    return count


def write_bundles(patients: Iterable[tuple[str, Tables]], folder: Path, made: ExportScope) -> int:
    """Write a bundle for each patient, named by what stands before it; return how many resources.

    Bundles of an earlier export into the same folder that this one does not hold are taken away.
    """
    may_write_folder(folder, (), INDEX, lambda there: is_index(there, made.kind))
    before = listed_in((folder / INDEX).read_bytes()) if (folder / INDEX).exists() else []
    count = 0
    with drafts(folder) as draft:
        files = {}
        for name, told in patients:
            files[name] = draft(f"{name}.fhir.json")
            count += write_bundle(told, files[name])
            files[name].finish()
        draft(INDEX).write(datapackage(made, files))
    for name in {*before} - {file.path.name for file in files.values()}:
        if "/" not in name and name.endswith(".fhir.json"):
            (folder / name).unlink(missing_ok=True)
    return count
