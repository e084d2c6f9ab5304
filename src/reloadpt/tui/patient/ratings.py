"""How the session felt: all of it on one screen, one key a number."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.style import Style
from textual.widgets import Static

from reloadpt import wording
from reloadpt.care.ratings import PLACE_WORDS, RatingCell, Ratings, RatingSheet, Value
from reloadpt.journal.events import Item
from reloadpt.tui.asks.score import TEN_KEY
from reloadpt.tui.kit.actions import NEXT_CELL, PREVIOUS, RATINGS, bindings
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.widgets.key_line import KeyLine
from reloadpt.tui.widgets.scale import Scale

PLACES = {"u": "usual", "n": "needle", "o": "new"}
PLACE_LABELS = {key: wording.PLACES[place]() for key, place in PLACES.items()}
YES_LABELS = {"y": "yes", "n": "no"}
ANSWERS = {"y": True, "n": False}


class RatingsScreen(PatientPage[Ratings]):
    """Asks how ``items`` of ``session`` felt. What is left out stays unknown."""

    BINDINGS = bindings(*RATINGS)

    def __init__(self, session: str, items: Sequence[Item]) -> None:
        super().__init__()
        self._session = session
        self._sheet = RatingSheet.of(items)
        self._at: RatingCell = self._sheet.cells[0]

    def compose(self) -> ComposeResult:
        """The answers so far, and the question that is next."""
        with VerticalScroll(classes="page", can_focus=False):
            yield Static(id="question", classes="title")
            yield Scale(classes="gap")
            yield Static(id="answers", classes="said gap")
            yield Static(id="meaning", classes="quiet")
            yield Static(wording.ASK_HOW(), classes="title gap")
            yield Static(id="sheet", classes="said")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the first question."""
        self._renew()

    def _renew(self) -> None:
        parts: list[str | tuple[str, str]] = []
        item: Item | None = None
        for cell in self._sheet.cells_to_ask():
            if cell.item is not None and cell.item is not item:
                item = cell.item
                parts.append((f"{item.name}\n", "bold"))
            marker = ">" if cell is self._at else " "
            style = "bold $primary" if cell is self._at else "$foreground"
            parts.append((f"{marker} {cell.question:<28} {_value_in_words(cell.value)}\n", style))
        self.query_one("#sheet", Static).update(Content.assemble(*parts))
        about = f"{self._at.item.name}: " if self._at.item else ""
        self.query_one("#question", Static).update(Content(about + self._at.question))
        self._show_answers()
        meaning = {
            "pain": f"{wording.MEANING_PAIN()} T for ten.",
            "worst": f"{wording.MEANING_PAIN()} T for ten.",
            "effort": f"{wording.MEANING_EFFORT()} T for ten.",
        }.get(self._at.kind, "")
        self.query_one("#meaning", Static).update(meaning)
        last = self._at is self._sheet.cells_to_ask()[-1]
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
        cells = self._sheet.cells_to_ask()
        place = cells.index(self._at) + by
        if 0 <= place < len(cells):
            self._at = cells[place]
        self._renew()

    def action_previous(self) -> None:
        """Back to the question before."""
        self._move(-1)

    def action_next(self) -> None:
        """On to the next question; after the last one, save."""
        if self._at is self._sheet.cells_to_ask()[-1]:
            self.answer(self._sheet.ratings(self._session))
        else:
            self._move(1)


def _value_in_words(value: Value | None) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case word:
            return PLACE_WORDS[word]
