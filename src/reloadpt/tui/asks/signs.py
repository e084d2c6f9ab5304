"""The warning signs by group, each with its letter, and one key for none of them once all were to be seen."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.style import Style
from textual.widgets import Static

from reloadpt.dialogue.asks import BACK, Back, Marks, Option
from reloadpt.tui.asks.sheet import TREMOR_S
from reloadpt.tui.kit.actions import BACK_TO_TODAY, HELP, NONE_OF_THESE, READ_ON, SIGN_LIST, SURE, bindings
from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.widgets.hung_text import HangingLine, HangingText
from reloadpt.tui.widgets.key_line import KeyLine

LETTERS = "acefgjklopqrstuvxyz"
"""No digits: one that was meant for the question before must not mark a sign. None of the letters that mean the
same on every screen: b goes back, d is done, h it hurts, i how, m more, w worries; n says none."""

INDENT = 6
"""A letter and its box."""


class SignsScreen(KeyedScreen[tuple[str, ...] | Back]):
    """Asks about the groups of ``marks``; ``before`` are those that were marked already.

    ``ticks`` are seconds that never run backward. Space reads on, and never says none of these.
    """

    BINDINGS = bindings(*SIGN_LIST)
    PINNED = (HELP,)

    def __init__(self, marks: Marks, before: tuple[str, ...] | None, ticks: Callable[[], float]) -> None:
        super().__init__()
        self._ticks = ticks
        self._marks = marks
        values = {option.value for option in marks.options}
        self._marked = {value for value in before or () if value in values}
        self._seen = False
        self._last_key: tuple[str, float] = ("", float("-inf"))

    def compose(self) -> ComposeResult:
        """The question, each group with its symptoms, and what to press."""
        with VerticalScroll(classes="page", id="groups"):
            yield Static(Content(self._marks.question), classes="title")
            yield Static(Content("\n".join(self._marks.says)), classes="said")
            yield Static(
                f"Press its letter to mark it. {self.key(NONE_OF_THESE)} if it is none.", classes="quiet"
            )
            for number in range(len(self._marks.options)):
                yield HangingText(id=f"group-{number}", classes="said gap")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the list."""
        self.watch(self.query_one("#groups"), "scroll_y", self._look, init=False)
        self._renew()
        self.call_after_refresh(self._look)

    def on_resize(self) -> None:
        """Another size, another last line."""
        self.call_after_refresh(self._look)

    def _look(self) -> None:
        """Notice that the last line is to be seen."""
        text = self.query_one("#groups", VerticalScroll)
        self._seen = self._seen or text.scroll_y >= text.max_scroll_y - 1
        self._show_keys()

    def _show_keys(self) -> None:
        way = [SURE] if self._marked else [NONE_OF_THESE] if self._seen else [READ_ON]
        self.query_one(KeyLine).show(*way, BACK_TO_TODAY)

    def _renew(self) -> None:
        for number, (letter, option) in enumerate(zip(LETTERS, self._marks.options, strict=False)):
            self.query_one(f"#group-{number}", HangingText).show(self._group(letter, option))
        self._show_keys()

    def _group(self, letter: str, option: Option) -> list[HangingLine]:
        marked = option.value in self._marked
        style = "bold $error" if marked else "bold"
        mark = Content.assemble((f"{letter.upper()} ", "$key-sign"), "[x] " if marked else "[ ] ")
        click = Style.from_meta({"@click": f"screen.mark('{letter}')"})
        head = HangingLine(Content.styled(option.label, style).stylize(click), mark.stylize(click), INDENT)
        lines = [HangingLine(Content(line).stylize(click), " " * INDENT, INDENT) for line in option.lines]
        return [head, *lines]

    def on_key(self, event: Key) -> None:
        """A letter marks a group, or takes the mark away; one that trembles is pressed once."""
        now = self._ticks()
        key, at = self._last_key
        self._last_key = event.key, now
        letters = LETTERS[: len(self._marks.options)]
        if event.key == key and now - at < TREMOR_S:
            event.stop()
            event.prevent_default()
        elif event.character and event.character.lower() in letters:
            event.stop()
            self.action_mark(event.character.lower())

    def action_mark(self, letter: str) -> None:
        """Mark the group with this letter, or take its mark away."""
        self._marked ^= {self._marks.options[LETTERS.index(letter)].value}
        self._renew()

    def action_read_on(self) -> None:
        """Show what stands further down."""
        text = self.query_one("#groups", VerticalScroll)
        text.scroll_relative(y=max(text.size.height - 2, 1), animate=False)

    def action_none_of_these(self) -> None:
        """None of them: not while one is marked, nor before the last line was to be seen."""
        if self._marked:
            self.notify(
                f"One is marked. {self.key(SURE)} if it is so; its letter again if it is not.",
                markup=False,
                timeout=6,
            )
        elif self._seen:
            self.answer(())
        else:
            self.notify(f"{self.key(READ_ON)} shows the rest of the list first.", markup=False, timeout=6)

    def action_sure(self) -> None:
        """What is marked is so."""
        if self._marked:
            self.answer(tuple(option.value for option in self._marks.options if option.value in self._marked))

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002
        """Go back to the question before."""
        self.answer(BACK)
