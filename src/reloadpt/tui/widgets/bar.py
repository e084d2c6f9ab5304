"""A thin line that fills."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


def filled(fraction: float, width: int) -> tuple[str, str]:
    """The full part and the empty part of a line ``width`` cells long: heavy, then light."""
    full = round(min(max(fraction, 0.0), 1.0) * width)
    return "━" * full, "─" * (width - full)


class Bar(Widget):
    """Shows ``fraction`` (0-1) of its width as full."""

    DEFAULT_CSS = "Bar { width: 1fr; height: 1; color: $primary; }"

    fraction: reactive[float] = reactive(0.0, layout=False, repaint=False)

    def watch_fraction(self, before: float, now: float) -> None:
        """Draw again only where a cell more is full."""
        width = self.size.width
        if filled(before, width) != filled(now, width):
            self.refresh()

    def render(self) -> RenderResult:
        """Draw the bar for the width the widget has now."""
        full, empty = filled(self.fraction, self.size.width)
        return Content.assemble(full, (empty, "$empty-bar"))
