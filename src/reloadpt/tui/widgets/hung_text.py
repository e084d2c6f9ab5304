"""Lines of a label and words beside it, laid out anew for each width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from reloadpt.tui.hanging import hanging


@dataclass(frozen=True)
class Hung:
    """Words, and what stands before them in ``indent`` cells."""

    words: Content
    label: str = ""
    indent: int = 0


class HungText(Widget):
    """Shows such lines."""

    DEFAULT_CSS = "HungText { width: 100%; height: auto; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id, classes=classes)
        self._told: tuple[Hung, ...] = ()

    def show(self, told: Sequence[Hung]) -> None:
        """Show these; where there are none it takes no room."""
        self._told = tuple(told)
        self.display = bool(told)
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Draw the lines for the width there is now."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the words take."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        return [
            line
            for each in self._told
            for line in hanging(Content(each.label), each.words, width, indent=each.indent)
        ]
