"""``reloadpt checkin``, ``needled`` and ``pause``: what a patient tells without opening the app."""

from __future__ import annotations

import difflib
from datetime import datetime
from typing import Literal, cast

import click

from reloadpt import wording
from reloadpt.care.questions import signs_now
from reloadpt.care.record import Record
from reloadpt.care.safety import lock_in_force
from reloadpt.cli.completing import complete_muscles
from reloadpt.cli.times import MOMENT, read_day
from reloadpt.clock import now, zone
from reloadpt.dialogue.moments import LONGEST_PAUSE, check_past
from reloadpt.dialogue.needled import OLDEST, is_known, needled_lines
from reloadpt.files import Trouble, clip, one_of, places
from reloadpt.journal.events import CheckedIn, Needled, Paused, Side, Soreness
from reloadpt.program.library import Library
from reloadpt.program.other_muscles import OTHER_MUSCLES, muscle_slug

SIDES = ("left", "right", "both")
LONGEST_REASON = 1000


@click.command()
@click.option("--pain", type=click.IntRange(0, 10), help="Your usual pain now, 0-10.")
@click.option("--soreness", "scores", multiple=True, metavar="MUSCLE[:SIDE]:N",
              help="Soreness where the needle was, 0-10; once for each muscle.")  # fmt: skip
@click.option("--when", type=click.Choice(["before", "morning"]),
              help="Before a session, or the first of the day; morning for the first of a day if absent.")  # fmt: skip
def checkin(pain: int | None, scores: tuple[str, ...], when: Literal["before", "morning"] | None) -> None:
    """Write down pain and soreness now.

    Warning signs are not asked about here; the app asks them, and what is locked stays locked.
    """
    at = now()
    record = open_record(at)
    if pain is None and not scores:
        raise click.UsageError("A check-in needs a number: --pain N, or --soreness MUSCLE:N.")
    check_in = CheckedIn(
        when=when or _when(record, at),
        pain=pain,
        soreness=tuple(read_soreness(record, text) for text in scores),
        zone=zone(),
    )
    told = [(site.muscle, site.side) for site in check_in.soreness]
    if len(set(told)) < len(told):
        raise click.UsageError("One muscle has two scores on the same side. Give each once.")
    record.append([check_in], at)
    click.echo("Written down.", err=True)
    tell_what_stays_open(record, at)


@click.command()
@click.argument("muscle", metavar="MUSCLE[:SIDE]", shell_complete=complete_muscles)
@click.option("--at", "needled_at", type=MOMENT, help="When it was; now if absent.")
@click.option("--stim", is_flag=True, help="The needles carried a current (e-stim).")
def needled(muscle: str, needled_at: datetime | None, stim: bool) -> None:
    """Write down that a muscle was needled again: it begins with gentle movement once more."""
    at = now()
    record = open_record(at)
    name, side = _muscle_and_side(record, muscle)
    library = Library(places().exercises)
    name = muscle_slug(name)
    if name not in OTHER_MUSCLES:
        library.programme(name)
    moment = check_past(needled_at or at, at, at - OLDEST)
    event = Needled(muscle=name, side=side, needled_at=moment, stim=stim)
    if is_known(record.history, event):
        click.echo(wording.NEEDLED_TWICE(), err=True)
        return
    record.append([event], at)
    for line in needled_lines(event, record.need_plan(), library, at):
        click.echo(line, err=True)
    tell_what_stays_open(record, at)


@click.command()
@click.option("--from", "first", required=True, metavar="DAY", help="The first day without exercise.")
@click.option("--to", "last", required=True, metavar="DAY", help="The last one.")
@click.option("--reason", default="", help="Why: a holiday, an illness.")
def pause(first: str, last: str, reason: str) -> None:
    """Say which days will be without exercise, so that nothing is planned and nothing counts as missed."""
    at = now()
    record = open_record(at)
    begin, end = read_day(first), read_day(last)
    if end < begin:
        raise click.UsageError(
            f"The pause would end on {end} before it begins on {begin}. Nothing was written."
        )
    if end - begin > LONGEST_PAUSE:
        raise click.UsageError(wording.LONGEST_PAUSE())
    if len(reason) > LONGEST_REASON:
        raise click.UsageError(f"The reason is longer than {LONGEST_REASON} signs. Say it shorter.")
    event = Paused(from_=begin.isoformat(), to=end.isoformat(), reason=reason)
    if event in record.history.pauses:
        click.echo("This pause was written down already; nothing changed.", err=True)
        return
    record.append([event], at)
    days = (end - begin).days + 1
    click.echo(f"Written down: {days} day{'s' * (days > 1)} without exercise, {begin} to {end}.", err=True)


def open_record(at: datetime) -> Record:
    """The record with a plan in use; what had to be done to open it is said."""
    record = Record.open(places().journal, at, Library(places().exercises))
    record.need_plan()
    for notice in record.notices:
        click.echo(notice, err=True)
    return record


def _when(record: Record, at: datetime) -> Literal["before", "morning"]:
    """The first of a day says how the night was; the first of a plan and any later one, how it is now."""
    given = [moment for moment, check_in in record.history.check_ins() if check_in.when != "other"]
    begun = record.history.plan_started_at
    first_of_plan = begun is not None and not any(moment >= begun for moment in given)
    return "before" if first_of_plan or any(moment.date() == at.date() for moment in given) else "morning"


def read_soreness(record: Record, text: str) -> Soreness:
    """Read ``MUSCLE[:SIDE]:N`` of a muscle that was needled."""
    site, _, score = text.rpartition(":")
    if not site or not score.isascii() or not score.isdecimal() or int(score[:3]) > 10:
        raise click.UsageError(f"The soreness {clip(text)} is not MUSCLE:N or MUSCLE:SIDE:N, N from 0 to 10.")
    name, side = _muscle_and_side(record, site)
    needled_here = {needling.muscle for needling in record.history.needlings}
    if name not in needled_here:
        near = difflib.get_close_matches(name, needled_here, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Needled were: {', '.join(sorted(needled_here))}."
        raise Trouble(f"{clip(name)} was not needled, so there is no needle site to be sore. {hint}")
    return Soreness(muscle=name, side=side, score=int(score))


def _muscle_and_side(record: Record, text: str) -> tuple[str, Side]:
    """Read ``MUSCLE`` or ``MUSCLE:SIDE``; the side is the plan's where the plan has one, else both."""
    name, _, word = text.partition(":")
    if word:
        if word not in SIDES:
            raise click.UsageError(
                f"{clip(text)} is not MUSCLE or MUSCLE:SIDE, with the side {one_of(SIDES)}."
            )
        return name, cast("Side", word)
    sides: list[Side] = [target.side for target in record.need_plan().targets if target.muscle == name]
    return name, sides[0] if len(sides) == 1 else "both"


def tell_what_stays_open(record: Record, at: datetime) -> None:
    """Say what numbers do not answer: a lock, and warning signs that were not asked."""
    lock = lock_in_force(record.history.locks, at)
    if lock:
        click.echo(f"Exercise stays closed. {lock.advice}", err=True)
    elif signs_now(record.need_plan(), Library(places().exercises), record.history, at):
        click.echo(wording.SIGNS_NOT_ASKED(), err=True)
