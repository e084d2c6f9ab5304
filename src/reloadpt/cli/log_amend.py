"""``reloadpt log amend``: correct an entry; what was first written stays in the log."""

from __future__ import annotations

import click

from reloadpt.care.correcting import amending_entry as amended
from reloadpt.care.correcting import (
    correctable_fields,
    event_in_words,
    field_named,
    read_value,
    restoring_entry,
    voiding_entry,
)
from reloadpt.care.history import CorrectableEntry, Session
from reloadpt.cli.telling import open_record
from reloadpt.clock import now
from reloadpt.files import Trouble, clean, clip
from reloadpt.measures.course import course_of

CAN_BE = "check-ins, sets, ratings and notes can be corrected"


@click.command()
@click.argument("number", metavar="N", type=click.IntRange(0))
@click.argument("changes", nargs=-1, metavar="[FIELD=VALUE]…")
@click.option("--void", is_flag=True, help="Take the entry back: it never was.")
@click.option("--as-written", "undo", is_flag=True, help="Undo all corrections of the entry.")
@click.option("--reason", default="", help="Why, in a few words; needed for every correction.")
def amend(number: int, changes: tuple[str, ...], void: bool, undo: bool, reason: str) -> None:
    """Correct entry N, by the number that `log show` prints.

    Only check-ins, sets, ratings and notes can be corrected. Nothing is rewritten: the correction is an entry of
    its own, and a report shows both. Without FIELD=VALUE it shows what can be changed; VALUE may be none.
    """
    if bool(changes) + void + undo > 1:
        raise click.UsageError("Give FIELD=VALUE, or --void, or --as-written: one of them.")
    at = now()
    record = open_record(at)
    entries = list(record.journal.entries())
    corrected, session = course_of(entries).find(number)
    if corrected is None:
        if number >= len(entries):
            raise Trouble(f"There is no entry {number}; the last one is {len(entries) - 1}.")
        raise Trouble(
            f"Entry {number} is a {entries[number].kind}; only {CAN_BE}. A note can say what is wrong."
        )
    if not changes and not void and not undo:
        _show(corrected, session)
        return
    if void:
        event = voiding_entry(corrected, reason)
    elif undo:
        event = restoring_entry(corrected, reason)
    else:
        event = amended(
            corrected,
            {name: read_value(field_named(corrected, name), text) for name, text in _pairs(changes)},
            reason,
        )
    (entry,) = record.append([event], at)
    was = (
        clean(event_in_words(corrected.event, _name(corrected, session))) if corrected.event else "taken back"
    )
    now_says, _ = course_of([*entries, entry]).find(number)
    becomes = "taken back"
    if now_says and now_says.event:
        becomes = clean(event_in_words(now_says.event, _name(corrected, session)))
    click.echo(f"Corrected by entry {entry.n}. It was: {was}. Now: {becomes}.", err=True)


def _show(entry: CorrectableEntry, session: Session | None) -> None:
    click.echo(f"Entry {entry.n}: {clean(event_in_words(entry.event or entry.first, _name(entry, session)))}")
    if entry.event is None:
        click.echo("It was taken back.")
    for field in correctable_fields(entry.event or entry.first):
        choices = f"   ({', '.join(value for value, _ in field.choices)})" if field.choices else ""
        value = "none" if field.value is None else clean(str(field.value))
        click.echo(f"  {clean(field.name)}={value}{choices}")


def _pairs(changes: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = []
    for change in changes:
        name, sign, text = change.partition("=")
        if not sign or not name:
            raise click.UsageError(f"{clip(change)} is not FIELD=VALUE, such as pain=3.")
        pairs.append((name, text))
    if len({name for name, _ in pairs}) < len(pairs):
        raise click.UsageError("One field has two values. Give each once.")
    return pairs


def _name(entry: CorrectableEntry, session: Session | None) -> str:
    exercise = getattr(entry.first, "exercise", "")
    item = session.item(exercise) if session else None
    return item.name if item else exercise
