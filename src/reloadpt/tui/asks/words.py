"""One line of words from the person: the path of a plan file, who saw them."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static

from reloadpt.files import JOINERS, Trouble
from reloadpt.tui.kit.actions import ACCEPT_TYPED, HELP_TYPING, LEAVE_TYPING, SIGNS_TYPING, WORDS, bindings
from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.widgets.key_line import KeyLine


class WordsScreen(KeyedScreen["str | None"]):
    """Asks for one line of words, which may be none where ``optional``. None where the person leaves.

    What ``read`` does not take is said, and stays in the line to be mended.
    """

    CSS_PATH = "question.tcss"
    BINDINGS = bindings(*WORDS)
    PINNED = (SIGNS_TYPING, HELP_TYPING)

    def __init__(
        self,
        question: str,
        says: str = "",
        longest: int = 1000,
        read: Callable[[str], object] = str.strip,
        *,
        optional: bool = False,
    ) -> None:
        super().__init__()
        self._question = question
        self._says = says
        self._longest = longest
        self._read = read
        self._optional = optional

    def compose(self) -> ComposeResult:
        """The question, a word about it, and the line to type on."""
        with Vertical(classes="page question"):
            yield Static(Content(self._question), classes="title")
            if self._says:
                yield Static(Content(self._says), classes="said gap")
            yield Static(id="wrong", classes="grave")
            yield Input(max_length=self._longest)
        yield KeyLine()

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()
        self.query_one(KeyLine).show(ACCEPT_TYPED, LEAVE_TYPING)

    def action_accept(self) -> None:
        """That is what I mean: clicked or touched."""
        self._take(self.query_one(Input).value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: that is what I mean."""
        self._take(event.value)

    def on_key(self, event: Key) -> None:
        """A sign that joins letters is spelling too; the line itself takes only what can be printed."""
        if event.character and event.character in JOINERS:
            self.query_one(Input).insert_text_at_cursor(event.character)

    def _take(self, words: str) -> None:
        if not words.strip() and not self._optional:
            return
        try:
            self._read(words)
        except Trouble as trouble:
            self.query_one("#wrong", Static).update(Content(str(trouble)))
        else:
            self.answer(words.strip())
