"""One choice, or several, from a list."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reloadpt.tui.kit.actions import ACCEPT, BACK_TO_TODAY, CHOICE, MARK, PICK, SEVERAL, bindings, keys_of
from reloadpt.tui.kit.hanging import hanging, lay_out
from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.widgets.key_line import KeyLine

WIDEST = 1000
MOST_DIGITS = 9


class ChoiceScreen(KeyedScreen["str | None"]):
    """Asks for one of ``options`` (value, label); each has a digit too. None where the person leaves."""

    CSS_PATH = "question.tcss"
    BINDINGS = bindings(*CHOICE)

    def __init__(self, question: str, options: Sequence[tuple[str, str]], says: str = "") -> None:
        super().__init__()
        self._question = question
        self._options = tuple(options)
        self._says = says

    def compose(self) -> ComposeResult:
        """The question, a word about it, and the list."""
        with Vertical(classes="page question"):
            yield Static(Content(self._question), classes="title")
            if self._says:
                yield Static(Content(self._says), classes="said gap")
            yield OptionList(*(Option(self._line(at)) for at in range(len(self._options))))
        yield KeyLine()

    def _line(self, at: int, width: int = WIDEST) -> Content:
        sign = Content.styled(str(at + 1) if at < MOST_DIGITS else " ", "$key-sign")
        return Content("\n").join(hanging(sign, self._options[at][1], width, indent=2))

    def on_resize(self) -> None:
        """Lines wrap for the width there is now."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        option_list = self.query_one(OptionList)
        width = option_list.scrollable_content_region.width
        lay_out(option_list, (self._line(at, width) for at in range(len(self._options))))

    def on_mount(self) -> None:
        """Begin on the first line."""
        self.query_one(OptionList).focus()
        self.query_one(KeyLine).show(PICK, BACK_TO_TODAY)

    def on_key(self, event: Key) -> None:
        """A digit chooses its line."""
        if event.character and event.character in "123456789" and int(event.character) <= len(self._options):
            event.stop()
            self.answer(self._options[int(event.character) - 1][0])

    def action_pick(self) -> None:
        """Choose the line that is marked."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A line was chosen."""
        self.answer(self._options[event.option_index][0])


class SeveralScreen(KeyedScreen["tuple[str, ...] | None"]):
    """Asks for one or more of ``options`` (value, label). None where the person leaves.

    A label without a value is a heading over those that follow it.
    """

    CSS_PATH = "question.tcss"
    BINDINGS = bindings(*SEVERAL)

    def __init__(self, question: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._question = question
        self._options = tuple(options)
        self._chosen: set[int] = set()

    def compose(self) -> ComposeResult:
        """The question and the list."""
        with Vertical(classes="page question"):
            yield Static(Content(self._question), classes="title")
            yield Static(
                f"{self.key(MARK)} marks a line. {self.key(ACCEPT)} when these are all.", classes="quiet"
            )
            yield OptionList(
                *(Option(self._line(at), disabled=not value) for at, (value, _) in enumerate(self._options))
            )
        yield KeyLine()

    def _line(self, at: int) -> Content:
        if not self._options[at][0]:
            return Content.styled(self._options[at][1], "$quiet")
        mark = ("[x] ", "$key-sign") if at in self._chosen else ("[ ] ", "$quiet")
        return Content.assemble(mark, self._options[at][1])

    def on_mount(self) -> None:
        """Begin on the first line."""
        self.query_one(OptionList).focus()
        self.query_one(KeyLine).show(MARK, ACCEPT, BACK_TO_TODAY)

    def on_key(self, event: Key) -> None:
        """The key for all that is marked is not for the line, which would take Enter."""
        if event.key in keys_of(ACCEPT, self.settings_app.keymap):
            event.stop()
            event.prevent_default()
            self.action_accept()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A line was clicked or touched."""
        self._toggle(event.option_index)

    def action_mark(self) -> None:
        """Mark the line, or take the mark away."""
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            self._toggle(highlighted)

    def _toggle(self, at: int) -> None:
        self._chosen ^= {at}
        self.query_one(OptionList).replace_option_prompt_at_index(at, self._line(at))

    def action_accept(self) -> None:
        """These are all; none is not an answer."""
        if self._chosen:
            self.answer(tuple(self._options[at][0] for at in sorted(self._chosen)))
        else:
            self.notify(f"Mark at least one with {self.key(MARK)}.", markup=False, timeout=4)
