"""``reloadpt log add``: what was done away from the screen, written down later."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, cast

import click

from reloadpt.care.backfill import (
    BackfilledSets,
    as_dealt,
    check_day,
    checked_in_later,
    open_sets,
    sets_told_later,
    sides_of,
)
from reloadpt.care.record import Record
from reloadpt.cli.completing import complete_exercises
from reloadpt.cli.telling import open_record, read_soreness, tell_what_stays_open
from reloadpt.cli.times import read_day
from reloadpt.clock import now, zone
from reloadpt.files import Trouble, clean, places
from reloadpt.journal.events import AnyEvent, Note, SetDone
from reloadpt.program.library import Library

LONGEST_NOTE = 10_000
_DAY = click.option(
    "--day", "day", default="today", metavar="DAY", help="2026-11-20, today or yesterday; today if absent."
)
_PAIN = click.option("--pain", "worst", type=click.IntRange(0, 10), help="The worst pain in it, 0-10.")


@click.group()
def add() -> None:
    """Write down what was done away from the screen.

    It is marked as filled in later, for the day that it was done on: today, or up to four weeks back.
    """


@add.command()
@click.argument("exercise", metavar="EXERCISE[:SIDE]", shell_complete=complete_exercises)
@click.option("--sets", "count", type=click.IntRange(1, 20), default=1, show_default=True,
              help="How many sets, on each side where it has two.")  # fmt: skip
@click.option("--reps", type=click.IntRange(0, 1000), help="Repetitions in each set.")
@click.option("--hold", "hold_s", type=click.FloatRange(0, 3600), help="Seconds held in each.")
@click.option("--load", "load_kg", type=click.FloatRange(0, 1000), help="Kilograms.")
@_DAY
@_PAIN
def sets(
    exercise: str,
    count: int,
    reps: int | None,
    hold_s: float | None,
    load_kg: float | None,
    day: str,
    worst: int | None,
) -> None:
    """Write down sets of one exercise.

    EXERCISE is its id, as `exercises list` shows it: multifidus/bird-dog.
    """
    at = now()
    record = open_record(at)
    name, _, word = exercise.partition(":")
    if word not in ("", "left", "right", "both"):
        raise click.UsageError(
            f"{clean(exercise)} is not EXERCISE or EXERCISE:SIDE, with left, right or both."
        )
    sides = sides_of(name, record.need_plan(), Library(places().exercises), record.history)
    if word in ("left", "right"):
        sides = (cast('Literal["left", "right"]', word),)
    done = [BackfilledSets(name, side, count, reps, hold_s, load_kg) for side in sides]
    _write(record, sets_told_later(record.history, done, read_day(day, at.date()), at, worst), at)


@add.command()
@_DAY
@_PAIN
def session(day: str, worst: int | None) -> None:
    """Write down that a whole day's plan was done.

    What is written down already is not written again.
    """
    at = now()
    record = open_record(at)
    of_day = read_day(day, at.date())
    check_day(record.history, of_day, at)
    library = Library(places().exercises)
    left = open_sets(record.need_plan(), library, record.history, of_day, at)
    if not left:
        raise Trouble(
            f"Nothing planned for {of_day} is still open. `reloadpt log add sets EXERCISE --day {of_day}` "
            "writes down what was done beside the plan."
        )
    done = [as_dealt(item, side, sets) for item, side, sets in left]
    _write(record, sets_told_later(record.history, done, of_day, at, worst), at)


@add.command()
@_DAY
@click.option("--pain", type=click.IntRange(0, 10), help="Your usual pain then, 0-10.")
@click.option("--worst", type=click.IntRange(0, 10), help="The worst pain of the day before, 0-10.")
@click.option("--soreness", "scores", multiple=True, metavar="MUSCLE[:SIDE]:N",
              help="Soreness where the needle was, 0-10; once for each muscle.")  # fmt: skip
@click.option("--when", type=click.Choice(["morning", "other"]), default="morning", show_default=True,
              help="In the morning, or at another time of the day.")  # fmt: skip
def checkin(
    day: str, pain: int | None, worst: int | None, scores: tuple[str, ...], when: Literal["morning", "other"]
) -> None:
    """Write down how it was on a day that has been.

    Warning signs are not asked about here; the app asks them, and what is locked stays locked.
    """
    at = now()
    record = open_record(at)
    soreness = tuple(read_soreness(record, text) for text in scores)
    if len({(site.muscle, site.side) for site in soreness}) < len(soreness):
        raise click.UsageError("One muscle has two scores on the same side. Give each once.")
    event = checked_in_later(
        record.history,
        read_day(day, at.date()),
        at,
        when,
        pain=pain,
        worst=worst,
        soreness=soreness,
        zone=zone(),
    )
    _write(record, [event], at)


@add.command()
@click.argument("text", nargs=-1, required=True)
def note(text: tuple[str, ...]) -> None:
    """Write something for your therapist to read."""
    at = now()
    record = open_record(at)
    told = " ".join(text).strip()
    if not told or len(told) > LONGEST_NOTE:
        raise click.UsageError(f"A note has 1 to {LONGEST_NOTE} signs.")
    _write(record, [Note(text=told)], at)


def _write(record: Record, events: list[AnyEvent], at: datetime) -> None:
    entries = record.append(events, at)
    first = entries[0]
    count = sum(isinstance(event, SetDone) for event in events)
    what = f"{count} set{'s' * (count != 1)}, " if count else ""
    last = f" to {first.n + count - 1}" if count > 1 else ""
    click.echo(
        f"Written down: {what}entr{'ies' if count > 1 else 'y'} {first.n}{last}. "
        f"`reloadpt log amend {first.n}` corrects it.",
        err=True,
    )
    tell_what_stays_open(record, at)
