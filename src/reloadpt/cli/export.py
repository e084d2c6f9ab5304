"""``reloadpt export``: the record for a spreadsheet, a hospital's system, another program."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from reloadpt.clock import now
from reloadpt.files import Trouble, places

KINDS = ("csv", "fhir", "jsonl", "parquet")
UNITS = {"csv": "rows", "parquet": "rows", "fhir": "resources", "jsonl": "lines of the journal"}
NOT_SEALED = "It is not sealed: whoever has it can read it. Nothing was sent."


@click.command()
@click.option("--as", "kind", required=True, type=click.Choice(KINDS), help="What to write.")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path),
              help="A folder for csv and parquet, a file for fhir and jsonl.")  # fmt: skip
@click.option("--from", "since", metavar="DAY", help="The first day, such as 2026-11-20.")
@click.option("--to", "until", metavar="DAY", help="The last day.")
def export(kind: str, out: Path, since: str | None, until: str | None) -> None:
    """Write the record for another program; the figures are those of the report.

    csv and parquet are tables with a data dictionary beside them, fhir is an R4 bundle, jsonl the journal's own
    lines. docs/export.md tells every column.
    """
    from reloadpt.cli.times import read_period
    from reloadpt.share.datapackage import As, ExportScope
    from reloadpt.share.exporting import export_bundle, export_lines, export_tables

    log = places().journal
    if not log.exists():
        raise Trouble(f"{log}: there is no journal yet. It begins with the first plan.")
    first, last = read_period(since, until)
    if kind == "jsonl":
        made = export_lines(log, out, now(), first, last)
    elif kind == "fhir":
        made = export_bundle(log, out, now(), first, last)
    else:
        made = export_tables(log, out, now(), ExportScope(cast("As", kind), first, last))
    if made.mended:
        click.echo(made.mended, err=True)
    click.echo(f"{out}: {made.count} {UNITS[kind]}. {NOT_SEALED}", err=True)
