"""The pace of a repetition as a moving bar: a part for each beat, as long as it lasts, with its name above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

EIGHTHS = " ▏▎▍▌▋▊▉█"
TALL_ROWS = 34
"""Rows of a terminal from which the bar is two cells thick."""


@dataclass(frozen=True)
class PacePart:
    """One beat: its ``name``, how long it lasts, and how much of it (0-1) has passed; ``now`` where one is in it."""

    name: str
    seconds: float
    passed: float
    now: bool = False


class Pace(Widget):
    """Shows ``parts`` side by side; that one is in stands out, by a sign and by being bold.

    A session moves it several times a second, so its lines are made ready by hand, and the names are drawn again
    only when they change.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pace--name", "pace--now", "pace--track"}
    DEFAULT_CSS = """
    Pace { width: 1fr; height: auto; color: $primary; }
    Pace > .pace--name { color: $quiet; }
    Pace > .pace--now { color: $foreground; text-style: bold; }
    Pace > .pace--track { color: $primary; background: $track; }
    """

    parts: reactive[tuple[PacePart, ...]] = reactive((), layout=False, repaint=False)

    def watch_parts(self, before: tuple[PacePart, ...], now: tuple[PacePart, ...]) -> None:
        """Draw again what changed: the bar, or all of it."""
        width, height = self.size
        if _names(before) != _names(now):
            self.refresh()
        else:
            self.refresh(Region(0, 1, width, height - 1))

    def render_line(self, y: int) -> Strip:
        """The names, or the bar below them, for the width the widget has now."""
        width, style = self.size.width, self.rich_style
        if not width or not self.parts:
            return Strip.blank(width, style)
        cells = shares([part.seconds for part in self.parts], width)
        segments: list[Segment] = []
        for part, own in zip(self.parts, cells, strict=True):
            segments.append(Segment(" ", style))
            segments.append(self._name_of(part, own) if y == 0 else self._bar_of(part, own, style))
        return Strip(segments[1:]).adjust_cell_length(width, style)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A row of names, and a bar of one or two."""
        return 3 if self.app.size.height >= TALL_ROWS else 2

    def _name_of(self, part: PacePart, cells: int) -> Segment:
        text = f"▸ {part.name}" if part.now else part.name
        if len(text) > cells:
            text = part.name[:cells]
        kind = "pace--now" if part.now else "pace--name"
        return Segment(f"{text:<{cells}}", self.get_component_rich_style(kind))

    def _bar_of(self, part: PacePart, cells: int, plain: Style) -> Segment:
        """What has passed on a track; where no colours can be mixed the track is made of dots."""
        eighths = round(min(max(part.passed, 0.0), 1.0) * cells * 8)
        whole, rest = divmod(eighths, 8)
        full = "█" * whole + (EIGHTHS[rest] if rest else "")
        if self.app.native_ansi_color:
            return Segment(full + "░" * (cells - len(full)), plain)
        return Segment(f"{full:<{cells}}", self.get_component_rich_style("pace--track"))


def _names(parts: tuple[PacePart, ...]) -> list[tuple[str, float, bool]]:
    """What the names and their places come from."""
    return [(part.name, part.seconds, part.now) for part in parts]


def shares(lengths: Sequence[float], width: int) -> list[int]:
    """Cells for each length, in proportion, none without one, with a gap of one cell between them."""
    room = max(width - len(lengths) + 1, len(lengths))
    whole = sum(lengths) or 1.0
    cells = [max(round(room * length / whole), 1) for length in lengths]
    while sum(cells) > room and max(cells) > 1:
        cells[cells.index(max(cells))] -= 1
    cells[cells.index(max(cells))] += max(room - sum(cells), 0)
    return cells
