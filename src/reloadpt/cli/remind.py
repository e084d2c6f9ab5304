"""``reloadpt remind``: reminders for any calendar."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import click

from reloadpt.clock import now
from reloadpt.clock import zone as zone_here
from reloadpt.files import Trouble, clip, is_output, place_to_write, places, write_out


@click.command()
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="The calendar file, .ics.")  # fmt: skip
@click.option("--time", "times", multiple=True, metavar="HH:MM",
              help="A time of day; give it once for each. Without it, those of the settings.")  # fmt: skip
@click.option("--zone", help="Your time zone, such as Europe/Berlin; this machine's if absent.")
@click.option("--before", type=click.IntRange(0, 1440), default=0, show_default=True,
              help="Minutes ahead of each.")  # fmt: skip
@click.option("--plan", "plan_file", type=click.Path(path_type=Path),
              help="A plan file; else the plan in use.")  # fmt: skip
def remind(out: Path, times: tuple[str, ...], zone: str | None, before: int, plan_file: Path | None) -> None:
    """Write reminders for any calendar: times to look what is due, the next visit, the end of the plan.

    Nothing in it says what you do or why. Import it again after a new plan; nothing is sent.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from reloadpt.program.library import Library
    from reloadpt.settings import read_settings
    from reloadpt.share.calendar import OURS, Reminders, reminders_calendar
    from reloadpt.share.drafts import may_write_file

    here, at = places(), now()
    if plan_file:
        from reloadpt.cli.plan import read_plan

        plan = read_plan(plan_file)
    else:
        from reloadpt.care.record import Record

        plan = Record.open(here.journal, at).need_plan()
    name = zone or zone_here()
    if name is None:
        raise Trouble("This machine does not say its time zone. Name it: --zone Europe/Berlin.")
    try:
        known = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Trouble(f"There is no time zone {clip(name)}. One is written such as Europe/Berlin.") from None
    if not is_output(out):
        may_write_file(place_to_write(out), lambda there: not there or OURS in there, "calendar of ours")
    wanted = tuple(sorted({_time(text) for text in times or read_settings(here.settings)[0].reminders}))
    if not wanted:
        raise Trouble("The settings name no time of day for reminders. Give one: --time 09:00.")
    made = reminders_calendar(
        plan, Library(here.exercises), Reminders(wanted, known, timedelta(minutes=before)), at
    )
    write_out(out, made.to_ical())
    click.echo(
        f"{out}: {len(made.events)} reminders. Import it into your calendar; nothing was sent.", err=True
    )


def _time(text: str) -> time:
    try:
        found = time.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{clip(text)} is not a time of day such as 09:00.") from None
    return found.replace(tzinfo=None, second=0, microsecond=0)
