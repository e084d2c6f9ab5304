"""Today in lines: what is due and why, what to do and leave alone after the needle, what to take to a therapist."""

from __future__ import annotations

from reloadpt import wording
from reloadpt.care.confirming import is_unconfirmed
from reloadpt.care.exercise_outcomes import exercise_outcomes, saved_words, sets_whole
from reloadpt.care.history import Session
from reloadpt.care.in_words import full_dose, muscle_in_words, sided_name
from reloadpt.care.instructions import what_to_fetch
from reloadpt.care.next_step import NextStep
from reloadpt.care.safety import call_line, lock_in_words
from reloadpt.care.today import Today, nothing_due_sentence
from reloadpt.coach.timeline import planned_seconds, timeline
from reloadpt.journal.events import Item
from reloadpt.phrases import moment_phrase
from reloadpt.program.library import Library
from reloadpt.settings import WeightUnit
from reloadpt.voice.spoken import counted_in_words


def today_in_lines(due: Today, library: Library, unit: WeightUnit = "kg") -> list[str]:
    """Everything that Today shows but the one thing to do next."""
    alone = f" ({wording.OWN_PLAN()})" if due.plan.self_made else ""
    heading = f"Today, {due.at:%A} {due.at.day} {due.at:%B}{alone}."
    if due.locked:
        return [heading, *lock_in_words(due.locked, due.plan), *due.notes]
    clinic = [line] if (line := call_line(due.plan)) else []
    phases = [
        f"{muscle_in_words(key, library)}: {wording.DAY_AFTER(phase=now.phase, day=now.day)}. {now.why}".rstrip()
        for key, now in due.phases.items()
    ]
    items = [f"{number}. {_item(item, unit)}" for number, item in enumerate(due.items, start=1)]
    fetch = [needs] if (needs := what_to_fetch(due.plan, library, due.items)) else []
    return [heading, *phases, *_aftercare(due), *items, *fetch, *due.notes, *clinic]


def next_step_offer(due: Today, step: NextStep, session: Session | None) -> str:
    """The next thing, in a sentence that the answers follow."""
    if step == "call":
        return wording.CLOSED()
    if step == "go_on" and session is not None:
        return f"A session is under way: {saved_sets(session)}."
    if due.items:
        minutes = max(round(planned_seconds(timeline(due.items)) / 60), 1)
        return f"{counted_in_words(len(due.items), 'exercise')}, about {counted_in_words(minutes, 'minute')}."
    return nothing_due_sentence(due)


def saved_sets(session: Session) -> str:
    """``3 of 12 sets are saved``."""
    done, dealt = sets_whole(session)
    return f"{done} of {dealt} sets are saved"


def summary(session: Session) -> list[str]:
    """What was done in a session that has ended, and that it is saved."""
    lines = [saved_words(session)]
    lines += [f"{outcome.item.name}: {outcome.words}." for outcome in exercise_outcomes(session)]
    return [*lines, *([wording.NOT_CONFIRMED()] if is_unconfirmed(session) else []), wording.NOTHING_SENT()]


def _item(item: Item, unit: WeightUnit) -> str:
    dose = full_dose(item, unit)
    words = f"{sided_name(item)}. {item.why}"
    return words if dose in item.why else f"{words} {dose}."


def _aftercare(due: Today) -> list[str]:
    care = due.aftercare
    if care is None:
        return []
    return [
        f"{wording.AFTER_NEEDLE(until=moment_phrase(care.ends_at, due.at).removeprefix('on '))}:",
        *([f"To do: {' '.join(care.do)}"] if care.do else []),
        f"To leave alone: {'; '.join(care.avoid)}.",
        care.note,
    ]
