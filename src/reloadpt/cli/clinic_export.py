"""``reloadpt clinic export``: all patients or some, for research, audit and other systems."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from reloadpt.cli.completing import complete_patients
from reloadpt.cli.counting import counting_options, summaries_from_logs
from reloadpt.files import places


@click.command()
@click.argument("patients", nargs=-1, metavar="[PATIENT]...", shell_complete=complete_patients)
@click.option("--as", "kind", required=True, type=click.Choice(["csv", "fhir", "parquet"]),
              help="What to write.")  # fmt: skip
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path),
              help="The folder; a new one, or an export's.")  # fmt: skip
@click.option("--deidentified", is_flag=True,
              help="Aliases and ids replaced, dates shifted patient by patient, free words left out.")  # fmt: skip
@counting_options
def export(
    patients: tuple[str, ...],
    kind: str,
    out: Path,
    deidentified: bool,
    caseloads: tuple[str, ...],
    cluster: str | None,
) -> None:
    """Write all patients, or those named by alias or id.

    csv and parquet are tables with a data dictionary beside them, fhir is one R4 bundle a patient.
    docs/export.md tells every column, and what de-identified means.
    """
    from reloadpt.clinic.caseload import Caseload
    from reloadpt.clinic.exporting import export_patients as write_all
    from reloadpt.clinic.exporting import find_patients, write_patients
    from reloadpt.clinic.thresholds import thresholds_in
    from reloadpt.share.datapackage import As, ExportScope
    from reloadpt.share.deidentify import NAME, make_or_read_key

    here = places()
    made = ExportScope(cast("As", kind), deidentified=deidentified)
    key = make_or_read_key(here.config) if deidentified else None
    if caseloads or cluster:
        from reloadpt.clinic.cluster import tables_by_patient

        everyone, by = summaries_from_logs(caseloads, cluster)
        found = find_patients([count.patient for count in everyone if count.patient], patients)
        ids = {patient.id for patient in found}
        some = [count for count in everyone if count.patient and count.patient.id in ids]
        count = write_patients(tables_by_patient(some, by, key, cluster), out, made)
    else:
        caseload = Caseload(here.caseload, thresholds_in(here.config))
        found = find_patients(caseload.patients(), patients)
        count = write_all(caseload, found, out, made, key)
    unit = "resources" if kind == "fhir" else "rows"
    click.echo(f"{out}: {len(found)} patients, {count} {unit}. Nothing was sent.", err=True)
    if deidentified:
        click.echo(
            f"De-identified, not anonymous: who holds a patient's own record can find it by its numbers. "
            f"{here.config / NAME} makes the next export fit this one; keep it in the clinic.",
            err=True,
        )
