"""The card of an exercise that is due: how it is done, how it feels, what to avoid and when to stop, with its figure."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reloadpt.care.in_words import sided_name
from reloadpt.journal.events import Item
from reloadpt.program.programme import Exercise
from reloadpt.tui.kit.actions import BACK_TO_TODAY, CARD_BEFORE, CARDS, GO_ON, bindings
from reloadpt.tui.patient.moving_figure import MovingFigure
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.patient.session_words import card_text
from reloadpt.tui.widgets.hung_text import HangingText
from reloadpt.tui.widgets.key_line import KeyLine


class CardsScreen(PatientPage[None]):
    """The cards of ``items``, one at a time, from the one at ``first`` on; ``exercises`` are theirs, by id."""

    CSS_PATH = "cards.tcss"
    BINDINGS = bindings(*CARDS)

    def __init__(self, items: Sequence[Item], exercises: dict[str, Exercise], first: int) -> None:
        super().__init__()
        self._items, self._exercises, self._at = tuple(items), exercises, first

    def compose(self) -> ComposeResult:
        """The name, the words, and the figure beside or below them."""
        with VerticalScroll(classes="page", id="cards"):
            yield Static(id="name", classes="title")
            with Horizontal(id="both"):
                yield HangingText(id="words", classes="gap")
                yield MovingFigure(id="moving")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the first."""
        self._turn_to(self._at)

    def _turn_to(self, at: int) -> None:
        self._at = at
        item = self._items[at]
        exercise = self._exercises.get(item.exercise)
        heading = f"{at + 1} of {len(self._items)}   {sided_name(item)}"
        self.query_one("#name", Static).update(Content(heading))
        self.query_one("#words", HangingText).show(card_text(item, exercise))
        self.query_one(MovingFigure).exercise = exercise
        self.query_one("#cards").scroll_home(animate=False)
        last = at + 1 == len(self._items)
        before = [CARD_BEFORE] if at else []
        self.query_one(KeyLine).show(
            (GO_ON, "Back to Today" if last else "Next exercise"), *before, BACK_TO_TODAY
        )

    def action_next(self) -> None:
        """The next card; after the last one back."""
        if self._at + 1 < len(self._items):
            self._turn_to(self._at + 1)
        else:
            self.answer(None)

    def action_card_before(self) -> None:
        """The card before this one."""
        self._turn_to(max(self._at - 1, 0))
