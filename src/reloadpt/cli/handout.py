"""``reloadpt handout``: the plan on paper, with pictures and boxes to tick."""

from __future__ import annotations

from pathlib import Path

import click

from reloadpt.clock import now
from reloadpt.files import MEBIBYTE, Trouble, is_output, place_to_write, places, read_bytes, write_out

OURS = b'<meta name="generator" content="reloadpt'


@click.command()
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="The HTML file.")  # fmt: skip
@click.option("--plan", "plan_file", type=click.Path(path_type=Path),
              help="A plan file; without it the plan in use.")  # fmt: skip
@click.option("--paper", type=click.Choice(["a4", "letter"]),
              help="The size of paper; the printer's own if absent.")  # fmt: skip
def handout(out: Path, plan_file: Path | None, paper: str | None) -> None:
    """Put the plan on paper: pictures, doses, boxes to tick, warning signs, whom to call.

    Open the file in any browser and print it. Nothing is sent.
    """
    from reloadpt.program.library import Library
    from reloadpt.share.handout import gather_handout as gather
    from reloadpt.share.handout import render_handout

    if plan_file:
        from reloadpt.cli.plan import read_plan

        plan = read_plan(plan_file)
    else:
        from reloadpt.care.record import Record

        used = Record.open(places().journal, now()).plan
        if used is None:
            raise Trouble("There is no plan in use. Name a plan file with --plan.")
        plan = used
    told = gather(plan, Library(places().exercises))
    if (
        not is_output(out)
        and place_to_write(out).exists()
        and OURS not in read_bytes(out, 64 * MEBIBYTE)[:4000]
    ):
        raise Trouble(f"{out}: a file that is no handout is here already. Choose another name.")
    write_out(out, render_handout(told, "a4" if paper == "a4" else "letter" if paper else None))
    count = sum(len(part.cards) for part in told.parts)
    click.echo(f"{out}: {count} exercises on paper. Open it in a browser and print it.", err=True)
