"""The caseload, or some of it, for a spreadsheet, for research, for another system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from reloadpt.clinic.caseload import Caseload, Patient
from reloadpt.clinic.taking import reckoning
from reloadpt.files import Trouble, clip
from reloadpt.measures.expected import Meant
from reloadpt.program.library import Library
from reloadpt.share.datapackage import Made
from reloadpt.share.deidentify import deidentified, offset, pseudonym
from reloadpt.share.exporting import write_bundles, write_tables
from reloadpt.share.tables import Tables, tables


def chosen(patients: Sequence[Patient], names: Sequence[str]) -> list[Patient]:
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


def export(
    caseload: Caseload, patients: Sequence[Patient], meant: Meant, folder: Path, made: Made, key: bytes | None
) -> int:
    """Write patients into ``folder``, one held at a time; with the clinic's ``key`` they are de-identified.

    Returns how many rows, or resources of FHIR, were written.
    """
    told = _hidden(caseload, patients, meant, key) if key else _open(caseload, patients, meant)
    if made.kind == "fhir":
        return write_bundles(told, folder, made)
    return write_tables((each for _, each in told), folder, made)


def _open(caseload: Caseload, patients: Sequence[Patient], meant: Meant) -> Iterator[tuple[str, Tables]]:
    """Each patient under their alias, with the id beside it where others have the same one."""
    aliases = Counter(each.summary.patient for each in patients)
    for patient in sorted(patients, key=lambda each: (each.summary.patient, each.id)):
        alias = patient.summary.patient
        yield (
            patient.id,
            _tables(caseload, patient, meant, alias if aliases[alias] == 1 else f"{alias} {patient.id}"),
        )


def _hidden(
    caseload: Caseload, patients: Sequence[Patient], meant: Meant, key: bytes
) -> Iterator[tuple[str, Tables]]:
    """Each patient under a pseudonym, in an order that says nothing; only what everyone has keeps its name."""
    shipped = Library()
    for alias, patient in sorted(
        ((pseudonym(key, each.id), each) for each in patients), key=lambda pair: pair[0]
    ):
        told = _tables(caseload, patient, meant, alias)
        yield alias, deidentified(told, alias, offset(key, patient.id), shipped)


def _tables(caseload: Caseload, patient: Patient, meant: Meant, alias: str) -> Tables:
    with reckoning(patient.folder):
        return tables(caseload.course(patient), meant, patient_id=alias)
