"""What is asked inside a session: why an exercise is left out, and how it felt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reloadpt import wording
from reloadpt.care.answers import PAIN_ENDS, SKIP_REASONS
from reloadpt.care.confirming import confirming_entries, is_unconfirmed, to_confirm
from reloadpt.care.correcting import EFFORT_ENDS
from reloadpt.care.exercise_outcomes import exercise_outcomes
from reloadpt.care.history import Session
from reloadpt.care.ratings import PLACE_WORDS, RatingCell, Ratings, RatingSheet
from reloadpt.dialogue.asks import (
    Ask,
    Cells,
    Choice,
    CountRow,
    Head,
    Row,
    Sheet,
    Tally,
    go_through,
    options_of,
    yes_or_no,
)
from reloadpt.dialogue.elsewhere import of_head, write_down
from reloadpt.dialogue.respondent import Respondent
from reloadpt.journal.events import AnyEvent, Item, SkipReason
from reloadpt.phrases import date_phrase


async def skip_reason(ask: Ask) -> SkipReason:
    """Ask why the rest of an exercise is left out."""
    chosen = await ask(Choice(wording.ASK_SKIP(), options=options_of(*SKIP_REASONS)))
    return next(reason for reason, _ in SKIP_REASONS if reason == chosen)


@dataclass(frozen=True)
class EndAnswers:
    """What was answered after an exercise or a session: the entries that confirm its sets, and how it felt."""

    confirming: tuple[AnyEvent, ...] = ()
    ratings: Ratings = field(default_factory=Ratings)


async def end_session(session: Session, items: Sequence[Item], ask: Ask) -> EndAnswers:
    """Ask whether that is what was done, where the clock alone says so, then how ``items`` felt."""
    confirming = await ask_what_was_done(session, ask) if is_unconfirmed(session) else ()
    return EndAnswers(confirming, await rate(session.session, items, ask) if items else Ratings())


async def ask_what_was_done(session: Session, ask: Ask, question: str = "") -> tuple[AnyEvent, ...]:
    """Ask whether the sets of ``session`` are so; the entries that confirm them, mend them, or leave them open."""
    rows = tuple(
        CountRow(
            str(index), outcome.item.name, outcome.done + len(outcome.parts), outcome.dealt, outcome.words
        )
        for index, outcome in enumerate(exercise_outcomes(session))
    )
    counts = await ask(Tally(question or wording.IS_THIS_WHAT_YOU_DID(), rows=rows))
    return confirming_entries(session, {int(key): count for key, count in counts.items()})


async def confirm_last_session(patient: Respondent, head: Head) -> bool:
    """At a start: ask about the sets of the last session that nobody confirmed; False where the person went back."""
    session = to_confirm(patient.record.history, patient.wall())
    if session is None:
        return True

    async def ask_about_it(ask: Ask) -> tuple[AnyEvent, ...]:
        return await ask_what_was_done(
            session, ask, wording.WAS_THIS_WHAT_YOU_DID(day=date_phrase(session.day))
        )

    entries = await go_through(head, ask_about_it)
    await write_down(patient, of_head(head), *(entries or ()))
    return entries is not None


async def rate(session: str, items: Sequence[Item], ask: Ask) -> Ratings:
    """Ask how ``items`` of ``session`` felt; what is left out stays unknown."""
    sheet = RatingSheet.of(items)
    rows: list[Row] = []
    for cell in sheet.cells:
        rows.append(_row(cell, str(len(rows)), rows[-1].key if rows else ""))
    cells: Cells = await ask(Sheet(wording.ASK_HOW(), rows=tuple(rows)))
    for number, cell in enumerate(sheet.cells):
        value = cells.get(str(number))
        yes_no = cell.kind in ("two_more", "three_more") and value is not None
        cell.value = value == "yes" if yes_no else value
    return sheet.ratings(session)


def _row(cell: RatingCell, key: str, before: str) -> Row:
    about = cell.item.name if cell.item else ""
    match cell.kind:
        case "place":
            return Row(
                key,
                cell.question,
                options=options_of(*PLACE_WORDS.items()),
                only_with=before,
                about=about,
                optional=True,
            )
        case "two_more" | "three_more":
            return Row(key, cell.question, options=yes_or_no(), about=about, optional=True)
        case kind:
            return Row(
                key, cell.question, EFFORT_ENDS if kind == "effort" else PAIN_ENDS, about=about, optional=True
            )
