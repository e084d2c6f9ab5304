"""Lines of a label and words beside it, laid out anew for each width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from reloadpt.tui.kit.hanging import hanging

LITTLE_ROOM = 20
"""Cells for words beside a label; less where the label itself is short: twice its own cells are enough."""


class HangingLine(msgspec.Struct, frozen=True):
    """Words, and what stands before them in ``indent`` cells."""

    words: Content
    label: str | Content = ""
    indent: int = 0

    def lines(self, width: int) -> Iterator[Content]:
        """What it takes in ``width`` cells; where there is little room the label stands in the line."""
        label = Content(self.label) if isinstance(self.label, str) else self.label
        if self.indent and width - self.indent < min(2 * self.indent, LITTLE_ROOM):
            words = Content("  ").join((label, self.words)) if label.plain else self.words
            return hanging(Content(""), words, width, indent=0)
        return hanging(label, self.words, width, indent=self.indent)


class HangingText(Widget):
    """Shows such lines."""

    DEFAULT_CSS = "HangingText { width: 100%; height: auto; }"

    def __init__(
        self,
        lines: Sequence[HangingLine] = (),
        *,
        id: str | None = None,  # noqa: A002  (Textual's name)
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._lines = tuple(lines)

    def show(self, lines: Sequence[HangingLine]) -> None:
        """Show these; where there are none it takes no room."""
        self._lines = tuple(lines)
        self.display = bool(lines)
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Draw the lines for the width there is now."""
        return Content("\n").join(self._laid_out(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the words take."""
        return len(self._laid_out(width))

    def _laid_out(self, width: int) -> list[Content]:
        return [part for line in self._lines for part in line.lines(width)]
