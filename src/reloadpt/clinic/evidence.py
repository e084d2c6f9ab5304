"""The entries behind an alert, each as a therapist reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reloadpt import wording
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import (
    ActivityRated,
    CheckedIn,
    ExerciseRated,
    FlagRaised,
    FlagWithdrawn,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
    Shared,
    Worried,
)
from reloadpt.measures.alerts import Alert
from reloadpt.share.page import HOW_WORDS, SKIP_WORDS, muscle_label


def evidence_entries(
    alert: Alert, entries: Sequence[Entry], origin: Sequence[tuple[str, int]] = ()
) -> list[tuple[int, str]]:
    """The entries that fired ``alert``, each as its place in ``entries`` and its words, in order.

    ``origin`` names the log and the ``n`` of each entry, where several logs were merged.
    """
    place: Mapping[int | str, int] = {f"{log[:8]}:{n}": at for at, (log, n) in enumerate(origin)}
    places = [place.get(entry) if isinstance(entry, str) else entry for entry in alert.entries]
    return [(at, evidence_line(entries[at])) for at in places if at is not None and 0 <= at < len(entries)]


def evidence_line(entry: Entry) -> str:
    """One entry in words, with its day and time."""
    return f"{entry.at.day} {entry.at:%b %H:%M}  {_event_words(entry)}"


def _event_words(entry: Entry) -> str:
    match entry.event:
        case CheckedIn() as checkin:
            parts = [] if checkin.pain is None else [f"pain {checkin.pain}"]
            parts += [] if checkin.worst is None else [f"worst {checkin.worst}"]
            parts += [
                f"soreness {muscle_label(soreness.muscle)} {soreness.score}" for soreness in checkin.soreness
            ]
            parts += [f"yes to: {wording.sign_text(code)}" for code in checkin.flags]
            return f"check-in: {', '.join(parts) or 'no number given'}"
        case ExerciseRated() as rated:
            effort = "" if rated.effort is None else f", effort {rated.effort}"
            return f"{_name_of(rated.exercise)}: pain {'–' if rated.pain is None else rated.pain}{effort}"
        case SetSkipped() as skipped:
            return f"{_name_of(skipped.exercise)}, set {skipped.set} left out: {SKIP_WORDS[skipped.reason]}"
        case SetDone() as done:
            sure = "" if done.is_confirmed else ", not confirmed"
            return f"{_name_of(done.exercise)}, set {done.set} done{sure}"
        case SessionOpened() as opened:
            return f"session of {len(opened.items)} exercises opened"
        case SessionClosed() as closed:
            return f"session {HOW_WORDS[closed.how]}" + (
                "" if closed.worst is None else f", worst pain {closed.worst}"
            )
        case _:
            return _other_event_words(entry)


def _other_event_words(entry: Entry) -> str:
    match entry.event:
        case FlagRaised() as raised:
            return f"warning sign {raised.code}: {wording.sign_text(raised.code)}"
        case FlagWithdrawn() as taken_back:
            return f"taken back at once, {taken_back.code}: {wording.sign_text(taken_back.code)}"
        case Worried() as worried:
            return wording.WORRIED(words=worried.words)
        case ActivityRated() as activity:
            return f"{activity.activity}: {activity.score} of 10"
        case PlanStarted():
            return "plan began"
        case Shared():
            return "report made"
        case _:
            return entry.kind.replace("_", " ")


def _name_of(name: str) -> str:
    return muscle_label(name.rpartition("/")[2])
