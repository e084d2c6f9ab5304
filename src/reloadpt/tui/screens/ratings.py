"""How the session felt: all of it on one screen, one key a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.style import Style
from textual.widgets import Static

from reloadpt.care.questions import after_session
from reloadpt.journal.events import ExerciseRated, Item
from reloadpt.tui.actions import Action, bindings
from reloadpt.tui.screens.page import Page
from reloadpt.tui.screens.score import TEN_KEY
from reloadpt.tui.widgets.key_line import KeyLine
from reloadpt.tui.widgets.scale import Scale

NEXT_CELL = Action("next", "space", "Next", "On to the next question; after the last one, save.")
PREVIOUS = Action("previous", "up,b", "Back", "Back to the question before.")

Kind = Literal["pain", "place", "effort", "two_more", "worst"]
Value = int | str | bool
PLACES = {"u": "usual", "n": "needle", "o": "new"}
PLACE_LABELS = {"u": "the usual place", "n": "where the needle was", "o": "another, new place"}
YES_LABELS = {"y": "yes", "n": "no"}
PLACE_WORDS = {"usual": "usual place", "needle": "where the needle was", "new": "another, new place"}
ANSWERS = {"y": True, "n": False}


@dataclass(frozen=True)
class Ratings:
    """What was answered; empty where the person would rather not."""

    ratings: tuple[ExerciseRated, ...] = ()
    worst: int | None = None


@dataclass
class _Cell:
    """One question about one item (None: about the whole session), and its answer."""

    kind: Kind
    item: Item | None
    value: Value | None = None

    @property
    def question(self) -> str:
        match self.kind:
            case "worst":
                return "Worst pain in this session?"
            case "pain":
                return "Pain during it?"
            case "place":
                return "Where was that pain?"
            case "effort":
                return "How hard was it?"
            case "two_more":
                return "Two more with good form?"

    @property
    def told(self) -> str:
        match self.value:
            case None:
                return "–"
            case bool():
                return "yes" if self.value else "no"
            case int():
                return str(self.value)
            case word:
                return PLACE_WORDS[word]


@dataclass
class _Sheet:
    """The cells in order; the place is asked only where there was pain."""

    cells: list[_Cell] = field(default_factory=list)

    @classmethod
    def of(cls, items: Sequence[Item]) -> _Sheet:
        asked = after_session(items)
        by_id = {item.exercise: item for item in items}
        sheet = cls([_Cell("worst", None)] if asked.worst else [])
        for question in asked.exercises:
            item = by_id[question.exercise]
            sheet.cells += [_Cell("pain", item), _Cell("place", item)]
            if question.effort:
                sheet.cells.append(_Cell("effort", item))
            if question.two_more:
                sheet.cells.append(_Cell("two_more", item))
        return sheet

    def asked(self) -> list[_Cell]:
        hurt = {cell.item for cell in self.cells if cell.kind == "pain" and cell.value}
        return [cell for cell in self.cells if cell.kind != "place" or cell.item in hurt]


class RatingsScreen(Page[Ratings]):
    """Asks how ``items`` of ``session`` felt. What is left out stays unknown."""

    BINDINGS = bindings(NEXT_CELL, PREVIOUS)

    def __init__(self, session: str, items: Sequence[Item]) -> None:
        super().__init__()
        self._session = session
        self._items = tuple(items)
        self._sheet = _Sheet.of(items)
        self._at: _Cell = self._sheet.cells[0]

    def compose(self) -> ComposeResult:
        """The answers so far, and the question that is next."""
        with VerticalScroll(classes="page", can_focus=False):
            yield Static(id="question", classes="title")
            yield Scale(classes="gap")
            yield Static(id="answers", classes="said gap")
            yield Static(id="meaning", classes="quiet")
            yield Static("How did it feel?", classes="title gap")
            yield Static(id="sheet", classes="said")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the first question."""
        self._renew()

    def _renew(self) -> None:
        parts: list[str | tuple[str, str]] = []
        item: Item | None = None
        for cell in self._sheet.asked():
            if cell.item is not None and cell.item is not item:
                item = cell.item
                parts.append((f"{item.name}\n", "bold"))
            marker = ">" if cell is self._at else " "
            style = "bold $primary" if cell is self._at else "$foreground"
            parts.append((f"{marker} {cell.question:<28} {cell.told}\n", style))
        self.query_one("#sheet", Static).update(Content.assemble(*parts))
        about = f"{self._at.item.name}: " if self._at.item else ""
        self.query_one("#question", Static).update(Content(about + self._at.question))
        self._show_answers()
        meaning = {
            "pain": "0 none, 10 the worst there can be. T for ten.",
            "worst": "0 none, 10 the worst there can be. T for ten.",
            "effort": "0 as at rest, 10 the most you could do. T for ten.",
        }.get(self._at.kind, "")
        self.query_one("#meaning", Static).update(meaning)
        last = self._at is self._sheet.asked()[-1]
        self.query_one(KeyLine).show((NEXT_CELL, "Save" if last else "Next"), PREVIOUS)

    def _show_answers(self) -> None:
        scale, words = self.query_one(Scale), self.query_one("#answers", Static)
        chosen = self._at.value
        labels = {"place": PLACE_LABELS, "two_more": YES_LABELS}.get(self._at.kind)
        scale.display = labels is None
        words.display = labels is not None
        if labels is None:
            scale.chosen = chosen if isinstance(chosen, int) else None
            return
        words.update(
            Content("\n").join(
                Content.assemble((f" {key.upper()} ", "$key-sign"), f" {label}").stylize(
                    Style.from_meta({"@click": f"screen.answer('{key}')"})
                )
                for key, label in labels.items()
            )
        )

    def on_key(self, event: Key) -> None:
        """A digit or a letter is the answer to the question that is next."""
        sign = event.character or ""
        if self._at.kind in ("pain", "effort", "worst"):
            if sign and sign in "0123456789":
                event.stop()
                self.action_score(int(sign))
            elif event.key == TEN_KEY:
                event.stop()
                self.action_score(10)
        elif sign in (PLACES if self._at.kind == "place" else ANSWERS):
            event.stop()
            self.action_answer(sign)

    def action_score(self, number: int) -> None:
        """Answer with this number."""
        if self._at.kind in ("pain", "effort", "worst"):
            self._take(number)

    def action_answer(self, key: str) -> None:
        """Answer with the word of this key."""
        if self._at.kind == "place" and key in PLACES:
            self._take(PLACES[key])
        elif self._at.kind == "two_more" and key in ANSWERS:
            self._take(ANSWERS[key])

    def _take(self, value: Value) -> None:
        self._at.value = value
        self._move(1)

    def _move(self, by: int) -> None:
        asked = self._sheet.asked()
        place = asked.index(self._at) + by
        if 0 <= place < len(asked):
            self._at = asked[place]
        self._renew()

    def action_previous(self) -> None:
        """Back to the question before."""
        self._move(-1)

    def action_next(self) -> None:
        """On to the next question; after the last one, save."""
        if self._at is self._sheet.asked()[-1]:
            self.answer(self._ratings())
        else:
            self._move(1)

    def _ratings(self) -> Ratings:
        worst = next((cell.value for cell in self._sheet.cells if cell.kind == "worst"), None)
        ratings = []
        for item in self._items:
            given = {cell.kind: cell.value for cell in self._sheet.asked() if cell.item is item}
            if any(value is not None for value in given.values()):
                ratings.append(
                    ExerciseRated(
                        session=self._session,
                        exercise=item.exercise,
                        side=item.side,
                        pain=_number(given.get("pain")),
                        place=_place(given.get("place")),
                        effort=_number(given.get("effort")),
                        two_more=_yes(given.get("two_more")),
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
