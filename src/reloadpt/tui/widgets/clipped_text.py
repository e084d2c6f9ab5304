"""Text in as many lines as it is given; what has no room is cut at a word, with a mark."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

CUT = "…"


def clipped_lines(text: str, width: int, most: int) -> list[str]:
    """``text`` in lines of ``width`` cells, at most ``most`` of them; where it was cut the last one ends with a mark."""
    lines = [line.plain.rstrip() for line in Content(text).wrap(max(width, 1))] if text else []
    if len(lines) <= most or not most:
        return lines[:most]
    last = lines[most - 1]
    while last and len(last) + len(CUT) + 1 > width:
        last = last.rpartition(" ")[0] if " " in last else last[:-1]
    return [*lines[: most - 1], f"{last} {CUT}" if last and width > len(CUT) + 1 else CUT]


class ClippedText(Widget):
    """Shows such text, as high as its style lets it be."""

    DEFAULT_CSS = "ClippedText { width: 100%; height: auto; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id, classes=classes)
        self.text = ""

    def show(self, text: str) -> None:
        """Show this text."""
        if text != self.text:
            self.text = text
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Draw the lines for the size there is now."""
        return Content("\n".join(clipped_lines(self.text, *self.size)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the words take."""
        return len(clipped_lines(self.text, width, len(self.text) + 1))
