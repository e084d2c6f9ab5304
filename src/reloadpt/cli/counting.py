"""Which caseloads a command of the clinic looks at, and who counts them: options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from reloadpt.files import places

if TYPE_CHECKING:
    from reloadpt.clinic.cluster import CountingTerms, FolderCount

Command = TypeVar("Command", bound=Callable[..., object])


def counting_options(command: Command) -> Command:
    """Give a command the options ``--caseload`` (``caseloads``) and ``--cluster``."""
    caseload = click.option(
        "--caseload",
        "caseloads",
        multiple=True,
        metavar="PLACE",
        help="Another caseload than this clinic's: a folder or an address; may stand several times.",
    )
    cluster = click.option("--cluster", metavar="ADDRESS", help="Count on the workers of this Dask cluster.")
    return caseload(cluster(command))


def summaries_from_logs(
    caseloads: tuple[str, ...], cluster: str | None
) -> tuple[list[FolderCount], CountingTerms]:
    """Count every patient from the logs; of a log that cannot be read, say so."""
    from reloadpt.clinic.cluster import count_patients, counting_terms
    from reloadpt.clinic.thresholds import thresholds_in

    here = places()
    by = counting_terms(thresholds_in(here.config))
    found = list(count_patients(caseloads or (str(here.caseload),), by, cluster))
    for part in found:
        for name in part.unread:
            click.echo(f"{name}: this log cannot be read, and is left out.", err=True)
    return found, by
