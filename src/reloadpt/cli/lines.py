"""Entries of the journal as plain lines that a person reads."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reloadpt.care.correcting import event_in_words
from reloadpt.care.history import History
from reloadpt.files import clean, clip
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import (
    Amended,
    CheckedIn,
    ExerciseRated,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
)

SOURCES = {"timed": "timed", "self_paced": "self paced", "typed": "typed", "back_filled": "filled in later"}


def entry_text(entry: Entry) -> str:
    """One entry on one line: number, time, kind and what it says."""
    return f"{entry.n:>6}  {entry.at:%Y-%m-%d %H:%M}  {entry.kind:<15} {_event_text(entry)}".rstrip()


def corrections_of(entries: Iterable[Entry]) -> dict[int, str]:
    """By the number of each corrected entry, a line that says how it stands now and what corrected it last."""
    entries = list(entries)
    last = {entry.event.amends: entry for entry in entries if isinstance(entry.event, Amended)}
    if not last:
        return {}
    history = History()
    history.fold(entries)
    lines = {}
    for n, by in last.items():
        corrected, _ = history.find(n)
        if corrected is None or not isinstance(by.event, Amended):
            continue
        now = clean(event_in_words(corrected.event)) if corrected.event else ""
        now = "as first written" if corrected.event == corrected.first else now
        why = f": {clean(by.event.reason)}" if by.event.reason else ""
        lines[n] = f"{'':>26}{f'now {now}' if now else 'taken back'} (corrected by entry {by.n}{why})"
    return lines


def _event_text(entry: Entry) -> str:
    match entry.event:
        case None:
            return "(this version does not know it)"
        case PlanStarted(plan=plan):
            return f"{clip(plan.get('id'))} for {clip(plan.get('patient'))}"
        case CheckedIn() as checkin:
            sore = ", ".join(f"{soreness.muscle} {soreness.score}" for soreness in checkin.soreness)
            pain = "not given" if checkin.pain is None else checkin.pain
            day = f" of {checkin.for_day}" if checkin.for_day else ""
            return f"{checkin.when}{day}: pain {pain}" + (f", soreness {sore}" if sore else "")
        case SessionOpened() as opened:
            return f"{opened.session}: {', '.join(item.name for item in opened.items)}"
        case SetDone() as done:
            parts = [str(done.reps)] if done.reps is not None else []
            what = " × ".join([*parts, *([f"{done.hold_s:g} s"] if done.hold_s else [])])
            side = "" if done.side == "both" else f" {done.side}"
            day = f" for {done.for_day}" if done.for_day else ""
            sure = "" if done.is_confirmed else ", not confirmed"
            return (
                f"{done.exercise}{side}, set {done.set}: {what or 'done'} ({SOURCES[done.source]}{day}{sure})"
            )
        case SetSkipped() as skipped:
            side = "" if skipped.side == "both" else f" {skipped.side}"
            return f"{skipped.exercise}{side}, set {skipped.set}: {skipped.reason.replace('_', ' ')}"
        case ExerciseRated() as rated:
            return f"{rated.exercise}: pain {rated.pain}"
        case Amended() as amended:
            change = amended.change
            what = "taken back" if change is None else clip(change, 200) if change else "as first written"
            why = f" ({clean(amended.reason)})" if amended.reason else ""
            return f"entry {amended.amends}: {what}{why}"
        case SessionClosed() as closed:
            return f"{closed.session}: {closed.how}"
        case event:
            fields = {name: value for name, value in msgspec.to_builtins(event).items() if name != "kind"}
            given = ((name, value) for name, value in fields.items() if value not in (None, ""))
            return ", ".join(f"{name} {clip(value)}" for name, value in given)
