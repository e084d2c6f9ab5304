"""The figure that performs an exercise, in braille dots, as large as its space."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reloadpt.figure.braille import braille_sheet
from reloadpt.figure.model import Figure
from reloadpt.figure.pose import pose

MOMENTS = 40
"""A movement is drawn at so many moments; each is drawn once and kept, since it comes back every repetition."""
KINDS = {"p": "figure-view--thing", "b": "figure-view--body", "w": "figure-view--working"}


class FigureView(Widget):
    """Draws ``figure`` at ``moment``, 0 at its first keyframe to 1 at its last.

    A session draws it twelve times a second, so its lines are made ready by hand, and from one moment to the next
    only those are drawn again that differ.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {*KINDS.values()}
    DEFAULT_CSS = """
    FigureView { width: 1fr; height: 1fr; }
    FigureView > .figure-view--thing { color: $quiet; }
    FigureView > .figure-view--body { color: $foreground; }
    FigureView > .figure-view--working { color: $primary; }
    """

    figure: reactive[Figure | None] = reactive(None, layout=False)
    moment: reactive[int] = reactive(0, layout=False, repaint=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id)
        self._drawn: dict[tuple[int, int, int], list[Strip]] = {}

    def watch_figure(self) -> None:
        """Another figure: nothing that was drawn holds."""
        self._drawn.clear()

    def notify_style_update(self) -> None:
        """Other colours: nothing that was drawn holds."""
        self._drawn.clear()
        super().notify_style_update()

    def show(self, t: float) -> None:
        """Show the moment nearest to ``t``, 0 to 1."""
        self.moment = round(t * MOMENTS)

    def watch_moment(self, before: int, now: int) -> None:
        """Have the lines drawn again in which the two moments differ."""
        if self.figure is None:
            return
        width, height = self.size
        drawn = self._drawn.get((before, width, height))
        if drawn is None:
            self.refresh()
            return
        changed = [
            Region(0, y, width, 1)
            for y, (old, new) in enumerate(zip(drawn, self._lines(now), strict=True))
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """One line of the moment, for the size the widget has now."""
        lines = self._lines(self.moment)
        return lines[y] if y < len(lines) else Strip.blank(self.size.width, self.rich_style)

    def _lines(self, moment: int) -> list[Strip]:
        width, height = self.size
        if self.figure is None or not width or not height:
            return []
        key = (moment, width, height)
        if key not in self._drawn:
            if len(self._drawn) > 4 * MOMENTS:
                self._drawn.clear()
            drawn = braille_sheet(pose(self.figure, moment / MOMENTS), width, height)
            blank = self.rich_style
            styles = {" ": blank} | {
                mark: self.get_component_rich_style(name) for mark, name in KINDS.items()
            }
            self._drawn[key] = [
                _coloured(line, marks, styles).adjust_cell_length(width, blank)
                for line, marks in zip(drawn.lines, drawn.marks, strict=True)
            ]
        return self._drawn[key]


def _coloured(line: str, marks: str, styles: dict[str, Style]) -> Strip:
    parts = []
    at = 0
    for mark, run in groupby(marks):
        length = sum(1 for _ in run)
        parts.append(Segment(line[at : at + length], styles[mark]))
        at += length
    return Strip(parts, len(line))
