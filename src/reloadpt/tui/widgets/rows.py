"""Lines of one row each, of which one is marked as where one is; that one is always in sight."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Static


class Rows(VerticalScroll, can_focus=False):
    """Shows lines; a click on one calls the screen's ``at`` with its number."""

    DEFAULT_CSS = """
    Rows { height: 1fr; margin-top: 1; }
    Rows > Static { width: 100%; height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def compose(self) -> ComposeResult:
        """One block of lines, in its own colours although a click does something."""
        block = Static()
        block.auto_links = False
        yield block

    def show(self, lines: Sequence[Content], at: int) -> None:
        """Show these lines, the one at ``at`` in sight."""
        parts = [line.stylize(Style.from_meta({"@click": f"screen.at({n})"})) for n, line in enumerate(lines)]
        self.query_one(Static).update(Content("\n").join(parts))
        self.call_after_refresh(self._keep_in_sight, at, len(lines))

    def _keep_in_sight(self, at: int, count: int) -> None:
        top, height = round(self.scroll_target_y), self.size.height
        if at <= 1:
            self.scroll_to(y=0, animate=False)
        elif at < top + 1:
            self.scroll_to(y=at - 1, animate=False)
        elif at >= top + height - 1:
            self.scroll_to(y=min(at + 2, count) - height, animate=False)
