"""What is asked inside a session: why an exercise is left out, and how it felt."""

from __future__ import annotations

from collections.abc import Sequence

from reloadpt import wording
from reloadpt.care.answers import PAIN_ENDS, SKIP_REASONS
from reloadpt.care.correcting import EFFORT_ENDS
from reloadpt.care.ratings import PLACE_WORDS, RatingCell, Ratings, RatingSheet
from reloadpt.dialogue.asks import Ask, Cells, Choice, Row, Sheet, options_of, yes_or_no
from reloadpt.journal.events import Item, SkipReason


async def skip_reason(ask: Ask) -> SkipReason:
    """Ask why the rest of an exercise is left out."""
    chosen = await ask(Choice(wording.ASK_SKIP(), options=options_of(*SKIP_REASONS)))
    return next(reason for reason, _ in SKIP_REASONS if reason == chosen)


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
