"""How a session felt: the questions after it in their order, and the ratings that the answers make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from reloadpt import wording
from reloadpt.care.questions import after_session
from reloadpt.journal.events import ExerciseRated, Item

Kind = Literal["pain", "place", "effort", "two_more", "three_more", "worst"]
Value = int | str | bool
PLACE_WORDS = {place: sentence() for place, sentence in wording.PLACES.items()}


@dataclass(frozen=True)
class Ratings:
    """What was answered; empty where the person would rather not."""

    ratings: tuple[ExerciseRated, ...] = ()
    worst: int | None = None


@dataclass
class RatingCell:
    """One question about one item (None: about the whole session), and its answer."""

    kind: Kind
    item: Item | None
    value: Value | None = None

    @property
    def question(self) -> str:
        """The question, without what it is about."""
        return wording.ASK_FELT[self.kind]()


@dataclass
class RatingSheet:
    """The cells in order; the place is asked only where there was pain."""

    items: tuple[Item, ...]
    cells: list[RatingCell] = field(default_factory=list)

    @classmethod
    def of(cls, items: Sequence[Item]) -> RatingSheet:
        """The questions that are worth asking about ``items``."""
        asked = after_session(items)
        by_id = {item.exercise: item for item in items}
        sheet = cls(tuple(items), [RatingCell("worst", None)] if asked.worst else [])
        for question in asked.exercises:
            item = by_id[question.exercise]
            sheet.cells += [RatingCell("pain", item), RatingCell("place", item)]
            if question.effort:
                sheet.cells.append(RatingCell("effort", item))
            if question.two_more:
                sheet.cells.append(RatingCell("two_more", item))
            if question.three_more:
                sheet.cells.append(RatingCell("three_more", item))
        return sheet

    def cells_to_ask(self) -> list[RatingCell]:
        """The cells to be asked, by the answers so far."""
        hurt = {cell.item for cell in self.cells if cell.kind == "pain" and cell.value}
        return [cell for cell in self.cells if cell.kind != "place" or cell.item in hurt]

    def ratings(self, session: str) -> Ratings:
        """What was answered, an entry for each item that has an answer."""
        worst = next((cell.value for cell in self.cells if cell.kind == "worst"), None)
        ratings = []
        for item in self.items:
            given = {cell.kind: cell.value for cell in self.cells_to_ask() if cell.item is item}
            if any(value is not None for value in given.values()):
                ratings.append(
                    ExerciseRated(
                        session=session,
                        exercise=item.exercise,
                        side=item.side,
                        pain=_number(given.get("pain")),
                        place=_place(given.get("place")),
                        effort=_number(given.get("effort")),
                        two_more=_yes(given.get("two_more")),
                        three_more=_yes(given.get("three_more")),
                    )
                )
        return Ratings(tuple(ratings), _number(worst))


def _number(value: Value | None) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _yes(value: Value | None) -> bool | None:
    return value if isinstance(value, bool) else None


def _place(value: Value | None) -> Literal["usual", "needle", "new"] | None:
    match value:
        case "usual" | "needle" | "new":
            return value
        case _:
            return None
