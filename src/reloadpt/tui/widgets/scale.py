"""The numbers 0 to 10 in a row, to be pressed or touched."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

KEY_ROWS = ("╭───╮", "│ {:<2}│", "╰───╯")
KEYS_WIDE = 11 * 6 - 1
NUMBER_WIDE = 4


class Scale(Widget):
    """Shows the numbers as keys where there is room, else in plain rows; ``chosen`` stands out."""

    DEFAULT_CSS = "Scale { width: 100%; height: auto; link-color: $primary; }"

    chosen: reactive[int | None] = reactive(None, layout=False)

    def __init__(self, chosen: int | None = None, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self.set_reactive(Scale.chosen, chosen)

    def render(self) -> RenderResult:
        """Draw the numbers for the width the widget has now."""
        width = self.size.width
        if width >= KEYS_WIDE:
            return Content("\n").join(
                Content(" ").join(self._number(number, row) for number in range(11)) for row in KEY_ROWS
            )
        a_row = max(width // NUMBER_WIDE, 1)
        numbers = [self._number(number, " {:<2} ") for number in range(11)]
        return Content("\n").join(
            Content("").join(numbers[at : at + a_row]) for at in range(0, len(numbers), a_row)
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Three rows of keys, or as many plain rows as the width asks for."""
        return 3 if width >= KEYS_WIDE else -(-11 // max(width // NUMBER_WIDE, 1))

    def _number(self, number: int, shape: str) -> Content:
        style = "bold reverse $primary" if number == self.chosen else "$primary"
        click = Style.from_meta({"@click": f"screen.score({number})"})
        return Content(shape.format(number)).stylize(style).stylize(click)
