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
from reloadpt.share.deidentify import deidentified, offset, pseudonym
from reloadpt.share.exporting import write_bundles, write_tables
from reloadpt.share.tables import Tables, tables_of_log


def patients_named(patients: Sequence[Patient], names: Sequence[str]) -> list[Patient]:
    """The patients with these aliases or ids, or all.

    Raises:
        Trouble: a name is nobody's, or that of several.
    """
    if not names:
        return list(patients)
    found: dict[str, Patient] = {}
    for name in names:
        alike = [each for each in patients if name in (each.summary.patient, each.id)]
        if not alike:
            raise Trouble(
                f"There is no patient {clip(name)} in the caseload. `reloadpt clinic list` shows all."
            )
        if len(alike) > 1:
            ids = ", ".join(each.id for each in alike)
            raise Trouble(f"{len(alike)} patients have the alias {clip(name)}. Name one by its id: {ids}.")
        found[alike[0].id] = alike[0]
    return list(found.values())


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
        hidden = [(pseudonym(key, each.id), each.id) for each in patients]
        return [NamedPatient(known, alias, alias) for alias, known in sorted(hidden)]
    aliases = Counter(each.summary.patient for each in patients)
    open_names = sorted((each.summary.patient, each.id) for each in patients)
    return [
        NamedPatient(known, alias if aliases[alias] == 1 else f"{alias} {known}", known)
        for alias, known in open_names
    ]


def tables_of(course: Course, who: NamedPatient, key: bytes | None) -> Tables:
    """A patient's tables as they leave the clinic; with the clinic's ``key`` de-identified.

    Only what everyone has keeps its name then: programmes of the clinic's own do not.
    """
    with foreign_log_errors(who.id):
        told = tables_of_log(course, patient_id=who.alias)
    return deidentified(told, who.alias, offset(key, who.id), _shipped()) if key else told


def export_patients(
    caseload: Caseload,
    patients: Sequence[Patient],
    folder: Path,
    made: ExportScope,
    key: bytes | None,
) -> int:
    """Write patients into ``folder``, one held at a time; with the clinic's ``key`` they are de-identified.

    Returns how many rows, or resources of FHIR, were written.
    """
    by_id = {each.id: each for each in patients}
    told = (
        (who.file, tables_of(caseload.course(by_id[who.id]), who, key))
        for who in named_patients(patients, key)
    )
    return write_patients(told, folder, made)


def write_patients(told: Iterator[tuple[str, Tables]], folder: Path, made: ExportScope) -> int:
    """Write the tables of patients, each with the name of its file; return how many rows or resources."""
    if made.kind == "fhir":
        return write_bundles(told, folder, made)
    return write_tables((each for _, each in told), folder, made)


@cache
def _shipped() -> Library:
    return Library()
