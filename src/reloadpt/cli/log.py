"""``reloadpt log``: look at the journal, and check that it is whole."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reloadpt.cli.lines import corrections_of, entry_text
from reloadpt.cli.log_add import add
from reloadpt.cli.log_amend import amend
from reloadpt.files import Trouble, escape_unseen, json_text, places
from reloadpt.journal.journal import Journal


@click.group()
def log() -> None:
    """Look at the journal, check it, add to it and correct it."""


log.add_command(add)
log.add_command(amend)


@log.command()
@click.option("--json", "as_json", is_flag=True, help="The lines as they stand in the file.")
def show(as_json: bool) -> None:
    """Show what is written, oldest first; what was corrected says below how it stands now."""
    if as_json:
        for entry in _journal().entries():
            line = entry.line.decode()
            # a pipe gets the bytes that were hashed; on a terminal what cannot be seen is escaped
            click.echo(escape_unseen(line) if sys.stdout.isatty() else line)
        return
    entries = list(_journal().entries())
    corrected = corrections_of(entries)
    for entry in entries:
        click.echo(entry_text(entry))
        if entry.n in corrected:
            click.echo(corrected[entry.n])


@log.command()
def path() -> None:
    """Say where the journal is."""
    click.echo(places().journal)


@log.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def verify(file: Path | None) -> None:
    """Check every line against its hash and the line before; exit 1 at the first that does not fit.

    It shows damage. It cannot show a log that was written anew, nor that an exercise was done.
    """
    from reloadpt.journal.chain import verify_file

    target = file or _journal().path
    verdict = verify_file(target)
    if verdict.first_break:
        raise Trouble(f"{target}, {verdict.first_break}.")
    click.echo(f"{target}: {verdict.entries} entries, every line fits the one before. Head {verdict.end.h}")
    if verdict.torn:
        click.echo(
            f"{verdict.torn} bytes after the last whole line were torn off by an interruption and do not count.",
            err=True,
        )
    if verdict.not_understood:
        are = "entry is" if verdict.not_understood == 1 else "entries are"
        click.echo(f"{verdict.not_understood} {are} of a kind this version does not know.", err=True)
    sys.exit(0)


@log.command()
def schema() -> None:
    """Print the JSON Schema of a line."""
    from reloadpt.journal.entries import entry_schema

    click.echo(json_text(entry_schema(), indent=2))


def _journal() -> Journal:
    journal = Journal(places().journal)
    if not journal.exists:
        raise Trouble(f"{journal.path}: there is no journal yet. It begins with the first plan.")
    return journal
