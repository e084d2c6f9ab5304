"""The caseload, or some of it, for a spreadsheet, for research, for another system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reloadpt.clinic.caseload import Caseload, Patient
from reloadpt.clinic.receiving import foreign_log_errors
from reloadpt.files import Trouble, clip
from reloadpt.measures.course import Course
from reloadpt.program.library import Library
from reloadpt.share.datapackage import ExportScope
from reloadpt.share.deidentify import date_offset, deidentify, pseudonym
from reloadpt.share.exporting import write_bundles, write_tables
from reloadpt.share.tables import Tables, tables_of_log


def find_patients(patients: Sequence[Patient], names: Sequence[str]) -> list[Patient]:
    """The patients with these aliases or ids, or all.

    Raises ``Trouble`` where a name is nobody's, or that of several.
    """
    if not names:
        return list(patients)
    matches: dict[str, Patient] = {}
    for name in names:
        alike = [patient for patient in patients if name in (patient.summary.patient, patient.id)]
        if not alike:
            raise Trouble(
                f"There is no patient {clip(name)} in the caseload. `reloadpt clinic list` shows all."
            )
        if len(alike) > 1:
            ids = ", ".join(patient.id for patient in alike)
            raise Trouble(f"{len(alike)} patients have the alias {clip(name)}. Name one by its id: {ids}.")
        matches[alike[0].id] = alike[0]
    return list(matches.values())


@dataclass(frozen=True)
class NamedPatient:
    """A patient, by the id in the caseload, and under which alias and which name of a file they leave it."""

    id: str
    alias: str
    file: str


def named_patients(patients: Sequence[Patient], key: bytes | None) -> list[NamedPatient]:
    """The patients in the order in which they are written, under their aliases or, with a ``key``, pseudonyms.

    Where several have the same alias the id stands beside it. The order of pseudonyms says nothing.
    """
    if key:
        hidden = [(pseudonym(key, patient.id), patient.id) for patient in patients]
        return [NamedPatient(patient_id, alias, alias) for alias, patient_id in sorted(hidden)]
    aliases = Counter(patient.summary.patient for patient in patients)
    open_names = sorted((patient.summary.patient, patient.id) for patient in patients)
    return [
        NamedPatient(patient_id, alias if aliases[alias] == 1 else f"{alias} {patient_id}", patient_id)
        for alias, patient_id in open_names
    ]


def tables_of(course: Course, named: NamedPatient, key: bytes | None) -> Tables:
    """A patient's tables as they leave the clinic; with the clinic's ``key`` de-identified.

    Only what everyone has keeps its name then: programmes of the clinic's own do not.
    """
    with foreign_log_errors(named.id):
        tables = tables_of_log(course, patient_id=named.alias)
    return deidentify(tables, named.alias, date_offset(key, named.id), _shipped()) if key else tables


def export_patients(
    caseload: Caseload,
    patients: Sequence[Patient],
    folder: Path,
    scope: ExportScope,
    key: bytes | None,
) -> int:
    """Write patients into ``folder``, one held at a time; with the clinic's ``key`` they are de-identified.

    Returns how many rows, or resources of FHIR, were written.
    """
    by_id = {patient.id: patient for patient in patients}
    tables = (
        (named.file, tables_of(caseload.course(by_id[named.id]), named, key))
        for named in named_patients(patients, key)
    )
    return write_patients(tables, folder, scope)


def write_patients(tables: Iterator[tuple[str, Tables]], folder: Path, scope: ExportScope) -> int:
    """Write the tables of patients, each with the name of its file; return how many rows or resources."""
    if scope.kind == "fhir":
        return write_bundles(tables, folder, scope)
    return write_tables((patient_tables for _, patient_tables in tables), folder, scope)


@cache
def _shipped() -> Library:
    return Library()
