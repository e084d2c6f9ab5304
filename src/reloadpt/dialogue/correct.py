"""Corrections: which entry is not right, what it should say, and why; a day's session is one line that opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reloadpt import wording
from reloadpt.care.correcting import (
    LEFT_OUT,
    REASONS,
    CorrectableField,
    Value,
    amending_entry,
    correctable_fields,
    read_value,
    restoring_entry,
    voiding_entry,
)
from reloadpt.care.history import CorrectableEntry, Session
from reloadpt.care.retelling import entry_in_words, latest_entries
from reloadpt.dialogue.asks import Ask, Choice, Head, Row, Saying, Sheet, Words, go_through, options_of
from reloadpt.dialogue.check_in import number_in
from reloadpt.dialogue.elsewhere import write_down
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Trouble
from reloadpt.journal.events import Amended, SetDone
from reloadpt.phrases import count_phrase, day_phrase

VOID, UNDO, OWN_WORDS = "void", "as written", "own words"
SESSION = "session "
MOST_LINES = 60


async def correct(patient: Respondent, head: Head) -> None:
    """Ask which entry is not right, and correct it; nothing that was first written goes."""
    told = await go_through(head, partial(_correct, patient))
    if told:
        await head.ask(Saying(told, brief=True), None)


async def _correct(patient: Respondent, ask: Ask) -> str:
    history = patient.record.history
    entries = latest_entries(history)
    if not entries:
        return wording.NOTHING_TO_CORRECT()
    sessions = {session.session: session for session in history.sessions.values() if len(session.entries) > 1}
    of_session = {kept.n: name for name, session in sessions.items() for kept in session.entries}
    lines: dict[str, str] = {}
    for kept in entries:
        name = of_session.get(kept.n)
        if name is None:
            lines[str(kept.n)] = entry_in_words(history, kept)
        else:
            lines.setdefault(SESSION + name, session_line(sessions[name], patient))
    options = options_of(*[*lines.items()][:MOST_LINES])
    chosen = await ask(Choice("Which entry is not right?", options=options))
    if chosen.startswith(SESSION):
        session = sessions[chosen.removeprefix(SESSION)]
        inside = [kept for kept in entries if of_session.get(kept.n) == session.session]
        within = [(str(kept.n), entry_in_words(history, kept)) for kept in inside]
        all_of_it = (VOID, wording.TAKE_SESSION_BACK())
        chosen = await ask(Choice("What is not right in it?", options=options_of(all_of_it, *within)))
        if chosen == VOID:
            reason = await _ask_reason(ask)
            standing = [kept for kept in session.entries if kept.event is not None]
            await write_down(patient, ask, *(voiding_entry(kept, reason) for kept in standing))
            return wording.CORRECTED()
    kept = next(kept for kept in entries if str(kept.n) == chosen)
    amendment = await _ask_amendment(kept, entry_in_words(history, kept), ask)
    await write_down(patient, ask, amendment)
    return wording.CORRECTED()


def session_line(session: Session, patient: Respondent) -> str:
    """A session on one line: its day, and how many sets were done."""
    done = sum(isinstance(kept.event, SetDone) for kept in session.entries)
    day = day_phrase(session.day, patient.wall().date())
    return f"{day[:1].upper()}{day[1:]}, a session: {count_phrase(done, 'set')} done"


async def _ask_amendment(kept: CorrectableEntry, line: str, ask: Ask) -> Amended:
    fields = {field.name: field for field in correctable_fields(kept.event)} if kept.event else {}
    ways = [(name, f"{field.label}: {field.value_text}") for name, field in fields.items()]
    ways += [(VOID, "All of it: it never was")] if kept.event else []
    ways += [(UNDO, "Back to what was first written")] if kept.event != kept.first else []
    what = await ask(Choice("What is not right?", (line,), options_of(*ways)))
    if what in fields:
        value = await _ask_value(fields[what], ask)
        return amending_entry(kept, {what: value}, await _ask_reason(ask))
    change: Callable[[CorrectableEntry, str], Amended] = voiding_entry if what == VOID else restoring_entry
    return change(kept, await _ask_reason(ask))


async def _ask_value(field: CorrectableField, ask: Ask) -> Value:
    question = f"{field.label}?"
    if field.kind == "score":
        cells = await ask(Sheet(question, rows=(Row(field.name, field.label, field.ends),)))
        return number_in(cells, field.name)
    if field.choices:
        options = [*field.choices, *([(LEFT_OUT, "Not given")] if field.optional else [])]
        return read_value(field, await ask(Choice(question, options=options_of(*options))))
    says = f"It says {field.value_text}." + (" Type none where it is not known." if field.optional else "")
    lines = field.kind == "words"
    read = partial(read_value, field)
    return await ask(Words(question, (says,), read=read, named="what it should say", several_lines=lines))


async def _ask_reason(ask: Ask) -> str:
    question = "Why is it corrected?"
    options = [(reason, reason) for reason in REASONS]
    reason = await ask(
        Choice(question, options=options_of(*options, (OWN_WORDS, "Another reason, in words of my own")))
    )
    return (
        await ask(Words(question, read=_read_reason, named="a few words")) if reason == OWN_WORDS else reason
    )


def _read_reason(text: str) -> str:
    if not text.strip():
        raise Trouble("A correction needs a reason, in a few words.")
    return text.strip()
