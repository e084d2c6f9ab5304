"""``reloadpt share``: make the one file that a patient gives to their therapist."""

from __future__ import annotations

from pathlib import Path

import click

from reloadpt import wording
from reloadpt.clock import now
from reloadpt.files import Trouble, places


@click.command()
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file to write.")
@click.option("--to", metavar="AGE_RECIPIENT",
              help="Seal it to this age key; else to the plan's, if it has one.")  # fmt: skip
def share(out: Path | None, to: str | None) -> None:
    """Make the one file for your therapist: a report to read, with the whole journal inside.

    Nothing is sent: give the file to your therapist yourself.
    """
    from reloadpt.journal.journal import Journal
    from reloadpt.program.library import Library
    from reloadpt.share.sending import write_shared_report

    here = places()
    journal = Journal(here.journal)
    if not journal.exists:
        raise Trouble(f"{journal.path}: there is no journal yet. It begins with the first plan.")
    sent = write_shared_report(journal.path, Library(here.exercises), now(), out, to)
    if sent.mended:
        click.echo(sent.mended, err=True)
    click.echo(f"{sent.path}: your report, with {sent.entries} entries of your journal inside.", err=True)
    if sent.to:
        click.echo(wording.SEALED_TO(key=sent.to), err=True)
    else:
        click.echo(wording.NOT_SEALED(), err=True)
    click.echo(wording.addressed(wording.NOTHING_SENT(), alone=sent.alone), err=True)
