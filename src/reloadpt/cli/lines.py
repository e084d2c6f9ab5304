"""Entries of the journal as plain lines that a person reads."""

from __future__ import annotations

import msgspec

from reloadpt.files import clip
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import (
    CheckedIn,
    ExerciseRated,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
)


def entry_text(entry: Entry) -> str:
    """One entry on one line: number, time, kind and what it says."""
    return f"{entry.n:>6}  {entry.at:%Y-%m-%d %H:%M}  {entry.kind:<15} {_said(entry)}".rstrip()


def _said(entry: Entry) -> str:
    match entry.event:
        case None:
            return "(this version does not know it)"
        case PlanStarted(plan=plan):
            return f"{clip(plan.get('id'))} for {clip(plan.get('patient'))}"
        case CheckedIn() as checkin:
            sore = ", ".join(f"{each.muscle} {each.score}" for each in checkin.soreness)
            pain = "not given" if checkin.pain is None else checkin.pain
            return f"{checkin.when}: pain {pain}" + (f", soreness {sore}" if sore else "")
        case SessionOpened() as opened:
            return f"{opened.session}: {', '.join(item.name for item in opened.items)}"
        case SetDone() as done:
            what = " × ".join(
                part
                for part in (
                    str(done.reps) if done.reps is not None else "",
                    f"{done.hold_s:g} s" if done.hold_s else "",
                )
                if part
            )
            side = "" if done.side == "both" else f" {done.side}"
            return f"{done.exercise}{side}, set {done.set}: {what} ({done.source.replace('_', ' ')})"
        case SetSkipped() as skipped:
            side = "" if skipped.side == "both" else f" {skipped.side}"
            return f"{skipped.exercise}{side}, set {skipped.set}: {skipped.reason.replace('_', ' ')}"
        case ExerciseRated() as rated:
            return f"{rated.exercise}: pain {rated.pain}"
        case SessionClosed() as closed:
            return f"{closed.session}: {closed.how}"
        case event:
            told = {name: value for name, value in msgspec.to_builtins(event).items() if name != "kind"}
            return ", ".join(
                f"{name} {clip(value)}" for name, value in told.items() if value not in (None, "")
            )
