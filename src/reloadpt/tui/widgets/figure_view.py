"""The figure that performs an exercise, in braille dots, as large as its space."""

from __future__ import annotations

from itertools import groupby

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reloadpt.figure.braille import sheet
from reloadpt.figure.model import Figure
from reloadpt.figure.pose import pose

MOMENTS = 40
"""A movement is drawn at so many moments; each is drawn once and kept, since it comes back every repetition."""
STYLES = {"p": "$quiet", "b": "$foreground", "w": "$primary", " ": ""}


class FigureView(Widget):
    """Draws ``figure`` at ``moment``, 0 at its first keyframe to 1 at its last."""

    DEFAULT_CSS = "FigureView { width: 1fr; height: 1fr; }"

    figure: reactive[Figure | None] = reactive(None, layout=False)
    moment: reactive[int] = reactive(0, layout=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id)
        self._drawn: dict[tuple[int, int, int], Content] = {}

    def watch_figure(self) -> None:
        """Another figure: nothing that was drawn holds."""
        self._drawn.clear()

    def show(self, t: float) -> None:
        """Show the moment nearest to ``t``, 0 to 1."""
        self.moment = round(t * MOMENTS)

    def render(self) -> RenderResult:
        """Draw the moment for the size the widget has now."""
        width, height = self.size
        key = (self.moment, width, height)
        if self.figure is None or not width or not height:
            return ""
        if key not in self._drawn:
            if len(self._drawn) > 4 * MOMENTS:
                self._drawn.clear()
            drawn = sheet(pose(self.figure, self.moment / MOMENTS), width, height)
            self._drawn[key] = Content("\n").join(
                _coloured(line, marks) for line, marks in zip(drawn.lines, drawn.marks, strict=True)
            )
        return self._drawn[key]


def _coloured(line: str, marks: str) -> Content:
    parts: list[tuple[str, str]] = []
    at = 0
    for mark, run in groupby(marks):
        length = sum(1 for _ in run)
        parts.append((line[at : at + length], STYLES.get(mark, "")))
        at += length
    return Content.assemble(*parts)
