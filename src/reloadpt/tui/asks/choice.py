"""One choice, or several, from a list."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option as ListLine

from reloadpt.dialogue.asks import BACK, Back, Marks, Option
from reloadpt.tui.kit.actions import (
    ACCEPT,
    BACK_TO_TODAY,
    CHOICE,
    MARK,
    NONE_OF_THESE,
    PICK,
    SEVERAL,
    bindings,
    keys_of,
)
from reloadpt.tui.kit.hanging import hanging, lay_out
from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.widgets.key_line import KeyLine

WIDEST = 1000
MOST_DIGITS = 9


class ChoiceScreen(KeyedScreen["str | None"]):
    """Asks for one of ``options`` (value, label); each has a digit too. None where the person leaves."""

    CSS_PATH = "question.tcss"
    BINDINGS = bindings(*CHOICE)

    def __init__(
        self, question: str, options: Sequence[tuple[str, str]], says: str = "", before: str | None = None
    ) -> None:
        super().__init__()
        self._question = question
        self._options = tuple(options)
        self._says = says
        self._before = before

    def compose(self) -> ComposeResult:
        """The question, a word about it, and the list."""
        with Vertical(classes="page question"):
            yield Static(Content(self._question), classes="title")
            if self._says:
                yield Static(Content(self._says), classes="said gap")
            yield OptionList(*(ListLine(self._line(at)) for at in range(len(self._options))))
        yield KeyLine()

    def _line(self, at: int, width: int = WIDEST) -> Content:
        sign = Content.styled(str(at + 1) if at < MOST_DIGITS else " ", "$key-sign")
        return Content("\n").join(hanging(sign, self._options[at][1], width, indent=2))

    def on_resize(self) -> None:
        """Lines wrap for the width there is now."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        shown = self.query_one(OptionList)
        width = shown.scrollable_content_region.width
        lay_out(shown, (self._line(at, width) for at in range(len(self._options))))

    def on_mount(self) -> None:
        """Begin on the first line, or on what was chosen before."""
        listed = self.query_one(OptionList)
        listed.focus()
        values = [value for value, _ in self._options]
        if self._before in values:
            listed.highlighted = values.index(self._before)
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


class SeveralScreen(KeyedScreen[tuple[str, ...] | Back]):
    """Asks for several options of ``marks``; ``before`` are those that were marked already."""

    CSS_PATH = "question.tcss"
    BINDINGS = bindings(*SEVERAL)

    def __init__(self, marks: Marks, before: tuple[str, ...] | None = None) -> None:
        super().__init__()
        self._marks = marks
        self._lines: list[Option | str] = []
        for option in marks.options:
            if option.heading and option.heading not in self._lines:
                self._lines.append(option.heading)
            self._lines.append(option)
        self._chosen = {
            option.value: mark
            for option in marks.options
            for mark in ("", "?")
            if option.value + mark in (before or ())
        }

    def compose(self) -> ComposeResult:
        """The question and the list."""
        with Vertical(classes="page question"):
            yield Static(Content(self._marks.question), classes="title")
            yield Static(Content("\n".join(self._marks.says)), classes="said")
            yield Static(
                f"{self.key(MARK)} marks a line. {self.key(ACCEPT)} when these are all.", classes="quiet"
            )
            yield OptionList(
                *(ListLine(self._line(line), disabled=isinstance(line, str)) for line in self._lines)
            )
        yield KeyLine()

    def _line(self, line: Option | str) -> Content:
        if isinstance(line, str):
            return Content.styled(line, "$quiet")
        marks = {"": ("[x] ", "$key-sign"), "?": ("[?] ", "$key-sign"), None: ("[ ] ", "$quiet")}
        return Content.assemble(marks[self._chosen.get(line.value)], line.label)

    def on_mount(self) -> None:
        """Begin on the first line."""
        self.query_one(OptionList).focus()
        self._show_keys()

    def _show_keys(self) -> None:
        none = [(NONE_OF_THESE, self._marks.none)] if self._marks.none and not self._chosen else []
        self.query_one(KeyLine).show(MARK, *none, *([ACCEPT] if self._chosen else []), BACK_TO_TODAY)

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
        """Mark a line; where it may be unknown, then as not known; then not at all."""
        line = self._lines[at]
        if isinstance(line, str):
            return
        mark = self._chosen.pop(line.value, None)
        if mark is None:
            self._chosen[line.value] = ""
        elif mark == "" and self._marks.unsure:
            self._chosen[line.value] = "?"
        self.query_one(OptionList).replace_option_prompt_at_index(at, self._line(line))
        self._show_keys()

    def action_accept(self) -> None:
        """These are all; none is not an answer."""
        if self._chosen:
            options = [option.value for option in self._marks.options]
            self.answer(tuple(value + self._chosen[value] for value in options if value in self._chosen))
        else:
            self.notify(f"Mark at least one with {self.key(MARK)}.", markup=False, timeout=4)

    def action_none_of_these(self) -> None:
        """None of them, where that is an answer: not while one is marked."""
        if self._marks.none and not self._chosen:
            self.answer(())

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002
        """Go back to the question before."""
        self.answer(BACK)
