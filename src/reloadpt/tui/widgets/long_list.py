"""Any number of lines of one row each, one of them marked; only those in sight are made and drawn."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import RenderResult
from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message
from textual.widget import Widget

WHEEL = 3


class LongList(Widget, can_focus=True):
    """Shows lines that ``draw(number, width)`` makes; the one at ``at`` is marked and always in sight."""

    DEFAULT_CSS = "LongList { height: 1fr; width: 100%; }"

    class Moved(Message):
        """Another line is marked."""

    class Chosen(Message):
        """The marked line was clicked or touched again."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id)
        self._draw: Callable[[int, int], Content] = lambda _number, _width: Content("")
        self._top = 0
        self.count = 0
        self.at = 0

    def show(self, count: int, draw: Callable[[int, int], Content], at: int = 0) -> None:
        """Show other lines."""
        self.count, self._draw = count, draw
        self._go(at)

    def move(self, by: int) -> None:
        """Mark another line, so many further down."""
        self._go(self.at + by)

    def page(self, by: int) -> None:
        """The same in screens full."""
        self.move(by * max(1, self.size.height - 1))

    def end(self, *, last: bool) -> None:
        """Mark the first line, or the last."""
        self._go(self.count - 1 if last else 0)

    def _go(self, at: int) -> None:
        self.at = max(0, min(at, self.count - 1))
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved())

    def _keep_in_sight(self) -> None:
        height = max(1, self.size.height)
        self._top = max(0, min(self._top, self.at, self.count - 1))
        self._top = max(self._top, self.at - height + 1)

    def render(self) -> RenderResult:
        """Draw the lines in sight."""
        width = max(1, self.size.width)
        lines = []
        for number in range(self._top, min(self.count, self._top + self.size.height)):
            line = self._draw(number, width).truncate(width, pad=True)
            lines.append(line.stylize("$here") if number == self.at else line)
        return Content("\n").join(lines)

    def on_resize(self, _event: Resize) -> None:
        """Keep the marked line in sight."""
        self._keep_in_sight()

    def on_click(self, event: Click) -> None:
        """Mark the line under the pointer; where it is marked already, choose it."""
        number = self._top + event.y
        if number >= self.count:
            return
        if number == self.at:
            self.post_message(self.Chosen())
        else:
            self._go(number)

    def on_mouse_scroll_down(self, _event: MouseScrollDown) -> None:
        """Further down."""
        self.move(WHEEL)

    def on_mouse_scroll_up(self, _event: MouseScrollUp) -> None:
        """Further up."""
        self.move(-WHEEL)
