"""All of today: where each muscle is, each exercise and why it is there, what to do and leave alone, every note."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reloadpt.care.at_a_glance import muscle_sentence
from reloadpt.care.in_words import dose_sentence, muscle_in_words, sided_name
from reloadpt.care.today import Today
from reloadpt.tui.kit.actions import BACK_TO_TODAY, GO_ON, WHOLE_DAY, bindings
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.patient.today import care_lines
from reloadpt.tui.widgets.hung_text import HangingLine, HangingText
from reloadpt.tui.widgets.key_line import KeyLine

INDENT = 4


class WholeDayScreen(PatientPage[None]):
    """A page to read, from one heading to the next."""

    BINDINGS = bindings(*WHOLE_DAY)

    def compose(self) -> ComposeResult:
        """Its parts, those that there is something to."""
        due = self.record_app.today()
        with VerticalScroll(classes="page", id="reading"):
            for title, lines in self._parts(due) if due else ():
                if lines:
                    yield Static(Content(title), classes="title gap")
                    yield HangingText(lines)
        yield KeyLine()

    def on_mount(self) -> None:
        """Name the keys."""
        self.query_one("#reading").focus()
        self.call_after_refresh(self._show_keys)

    def on_resize(self) -> None:
        """Another size, another end of the page."""
        self.call_after_refresh(self._show_keys)

    def _parts(self, due: Today) -> Iterator[tuple[str, list[HangingLine]]]:
        library = self.record_app.library
        yield (
            "Where you are",
            [
                HangingLine(Content(muscle_sentence(muscle_in_words(key, library), now)))
                for key, now in due.phases.items()
            ],
        )
        yield (
            "Due now",
            [
                line
                for number, item in enumerate(due.items, start=1)
                for line in (
                    HangingLine(
                        Content.assemble((sided_name(item), "bold"), f": {dose_sentence(item)}."),
                        f"{number}",
                        INDENT,
                    ),
                    HangingLine(Content.styled(item.why, "$quiet"), " ", INDENT),
                )
            ],
        )
        yield "After the needle", care_lines(due)
        yield "Notes", [HangingLine(Content(note)) for note in due.notes]

    def _show_keys(self) -> None:
        more = (text := self.query_one(VerticalScroll)).scroll_offset.y < text.max_scroll_y
        self.query_one(KeyLine).show((GO_ON, "Read on" if more else "Back to Today"), BACK_TO_TODAY)

    def action_next(self) -> None:
        """Read on; at the end, back."""
        text = self.query_one(VerticalScroll)
        if text.scroll_offset.y < text.max_scroll_y:
            text.scroll_relative(y=max(text.size.height - 2, 1), animate=False)
            self.call_after_refresh(self._show_keys)
        else:
            self.answer(None)
