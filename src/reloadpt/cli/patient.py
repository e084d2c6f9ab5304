"""``reloadpt`` and ``reloadpt today``: the app, and what is due now."""

from __future__ import annotations

from datetime import datetime

import click

from reloadpt import wording
from reloadpt.care.in_words import muscle_in_words, sided_name
from reloadpt.care.safety import call_line, lock_in_words
from reloadpt.care.today import Today, nothing_due_sentence
from reloadpt.care.today import today_at as decide
from reloadpt.cli.telling import open_record
from reloadpt.cli.times import MOMENT
from reloadpt.clock import now
from reloadpt.files import json_text, places
from reloadpt.program.library import Library

ITEM_FIELDS = ("exercise", "side", "phase", "intent", "sets", "reps", "hold_s", "load_kg", "rest_s", "why")


@click.command()
@click.option("--at", type=MOMENT, help="Another moment than now.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def today(at: datetime | None, as_json: bool) -> None:
    """What is due now, and why."""
    at = at or now()
    record = open_record(now())
    library = Library(places().exercises)
    due = decide(record.need_plan(), library, record.history, at)
    if as_json:
        click.echo(json_text(today_as_json(due)))
    else:
        click.echo(today_as_text(due, library))


def today_as_json(due: Today) -> dict[str, object]:
    """Today for programs: phase by muscle, items, lock, and whether a check-in is due."""
    return {
        "phase": {key: state.phase for key, state in due.phases.items()},
        "items": [{name: getattr(item, name) for name in ITEM_FIELDS} for item in due.items],
        "locked": {"code": due.locked.code, "advice": due.locked.advice} if due.locked else None,
        "checkin": due.checkin,
    }


def today_as_text(due: Today, library: Library) -> str:
    """Today for a person, line by line."""
    lines = []
    if due.locked:
        lines += lock_in_words(due.locked, due.plan)
    for key, now_in in due.phases.items():
        says = wording.DAY_AFTER(phase=now_in.phase, day=now_in.day)
        lines.append(f"{muscle_in_words(key, library)}: {says}")
    lines.extend(f"- {sided_name(item)}. {item.why}" for item in due.items)
    if not due.items and not due.locked:
        lines.append(nothing_due_sentence(due))
    lines.extend(due.notes)
    if not due.locked and (clinic := call_line(due.plan)):
        lines.append(clinic)
    return "\n".join(lines)
