"""The pace of a repetition as a moving bar: a part for each beat, as long as it lasts, with its name above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

EIGHTHS = " ▏▎▍▌▋▊▉█"
TALL_ROWS = 34
"""Rows of a terminal from which the bar is two cells thick."""


@dataclass(frozen=True)
class Part:
    """One beat: its ``name``, how long it lasts, and how much of it (0-1) has passed; ``now`` where one is in it."""

    name: str
    seconds: float
    passed: float
    now: bool = False


class Pace(Widget):
    """Shows ``parts`` side by side; that one is in stands out, by a sign and by being bold."""

    DEFAULT_CSS = "Pace { width: 1fr; height: auto; color: $primary; }"

    parts: reactive[tuple[Part, ...]] = reactive((), layout=False)

    def render(self) -> RenderResult:
        """Draw names and bars for the width the widget has now."""
        width = self.size.width
        if not width or not self.parts:
            return ""
        cells = shares([part.seconds for part in self.parts], width)
        names = [_name(part, cell) for part, cell in zip(self.parts, cells, strict=True)]
        plain = self.app.native_ansi_color
        bars = [_bar(part, cell, plain=plain) for part, cell in zip(self.parts, cells, strict=True)]
        row = Content(" ").join(bars)
        return Content("\n").join([Content(" ").join(names), *[row] * (self.size.height - 1)])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A row of names, and a bar of one or two."""
        return 3 if self.app.size.height >= TALL_ROWS else 2


def shares(lengths: Sequence[float], width: int) -> list[int]:
    """Cells for each length, in proportion, none without one, with a gap of one cell between them."""
    room = max(width - len(lengths) + 1, len(lengths))
    whole = sum(lengths) or 1.0
    cells = [max(round(room * length / whole), 1) for length in lengths]
    while sum(cells) > room and max(cells) > 1:
        cells[cells.index(max(cells))] -= 1
    cells[cells.index(max(cells))] += max(room - sum(cells), 0)
    return cells


def _name(part: Part, cells: int) -> Content:
    text = f"▸ {part.name}" if part.now else part.name
    if len(text) > cells:
        text = part.name[:cells]
    return Content.styled(f"{text:<{cells}}", "bold $foreground" if part.now else "$quiet")


def _bar(part: Part, cells: int, *, plain: bool) -> Content:
    """What has passed on a track; where no colours can be mixed the track is made of dots."""
    eighths = round(min(max(part.passed, 0.0), 1.0) * cells * 8)
    whole, rest = divmod(eighths, 8)
    full = "█" * whole + (EIGHTHS[rest] if rest else "")
    if plain:
        return Content.assemble(full, "░" * (cells - len(full)))
    return Content.styled(f"{full:<{cells}}", "on $track")
