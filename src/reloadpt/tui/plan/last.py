"""The plan in words before it is written, and where it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reloadpt.files import shorten
from reloadpt.tui.kit.actions import bindings
from reloadpt.tui.kit.plan_actions import DOWN, LAST_PAGE, PAGE_BACK, UP, WRITE
from reloadpt.tui.plan.draft import PlanDraft
from reloadpt.tui.plan.page import PlanPage
from reloadpt.tui.widgets.key_line import KeyLine

LONGEST_PATH = 300


class LastPage(PlanPage):
    """Shows the plan in words; one key writes it. ``trouble`` is why it could not be written just now."""

    BINDINGS = bindings(*LAST_PAGE)
    HEADING = "This is the plan"

    def __init__(
        self, draft: PlanDraft, words: Sequence[str], paths: Sequence[Path], trouble: str = ""
    ) -> None:
        super().__init__(draft)
        self._trouble = trouble
        self._words = tuple(words)
        self._paths = tuple(paths)

    def parts(self) -> Iterator[Widget]:
        """The words, then the files."""
        names = " and ".join(path.name for path in self._paths)
        folder = shorten(str(self._paths[0].parent), LONGEST_PATH)
        if self._trouble:
            yield Static(Content(self._trouble), classes="grave gap")
        yield Static(Content.assemble(f"{self.key(WRITE)} writes ", (names, "bold")), classes="said gap")
        yield Static(Content(f"into {folder}"), classes="quiet")
        yield VerticalScroll(*(_indented(line) for line in self._words), classes="form", can_focus=False)

    def on_mount(self) -> None:
        """Say what the keys do."""
        self.query_one(KeyLine).show(WRITE, (UP, "Up"), (DOWN, "Down"), PAGE_BACK)

    def move(self, by: int) -> None:
        """Up or down in the words."""
        text = self.query_one(VerticalScroll)
        text.scroll_up(animate=False) if by < 0 else text.scroll_down(animate=False)


def _indented(line: str) -> Static:
    """A line whose words stay under its beginning where it wraps."""
    words = line.lstrip(" ")
    widget = Static(Content(words), classes="said")
    widget.styles.padding = (0, 0, 0, len(line) - len(words))
    return widget
