"""A sheet of rows, a number or a choice each, all in sight, mended at any time, and sent as a whole."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.style import Style
from textual.widgets import Static

from reloadpt.dialogue.asks import BACK, Back, Cells, Row, Sheet, typed_number
from reloadpt.tui.kit.actions import (
    BACK_TO_TODAY,
    HELP,
    LEAVE_OUT,
    NEXT_ROW,
    PREVIOUS_ROW,
    SHEET,
    SIGNS,
    bindings,
)
from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.widgets.key_line import KeyLine

TREMOR_S = 0.3
"""The same key again within so long is a tremor."""
LABEL_WIDE = 34
NUMBERS_WIDE = 36
BELOW_FROM = 6
"""Where it is narrow the numbers from this one on stand in a second row, so that a finger finds each."""
DIGITS = "0123456789"


class SheetScreen(KeyedScreen[Cells | Back]):
    """Asks the rows of ``sheet``; ``before`` is what was answered already. A digit marks, and does not move on.

    ``ticks`` are seconds that never run backward.
    """

    BINDINGS = bindings(*SHEET)

    def __init__(
        self,
        sheet: Sheet,
        before: Cells | None,
        ticks: Callable[[], float],
    ) -> None:
        super().__init__()
        self._ticks = ticks
        self._sheet = sheet
        keys = {row.key for row in sheet.rows}
        self._cells: dict[str, int | str | None] = {
            key: value for key, value in (before or {}).items() if key in keys
        }
        self._left_out = {key for key, value in self._cells.items() if value is None}
        self._at = 0
        self._typed: int | None = None
        """What was typed in the row since it was come to."""
        self._last_key: tuple[str, float] = ("", float("-inf"))

    def compose(self) -> ComposeResult:
        """The rows, and what the numbers of the one that is marked mean."""
        with VerticalScroll(classes="page", can_focus=False):
            yield Static(Content(self._sheet.question), classes="title")
            for line in self._sheet.says:
                yield Static(Content(line), classes="quiet")
            for number in range(len(self._sheet.rows)):
                yield Static(id=f"row-{number}", classes="said gap")
            yield Static(id="meaning", classes="quiet gap")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the first row."""
        self._renew()

    def on_resize(self) -> None:
        """Where it is narrow the numbers stand below their question."""
        self._renew()

    @property
    def _rows(self) -> list[Row]:
        return self._sheet.asked(self._cells)

    @property
    def _row(self) -> Row:
        return self._rows[self._at]

    def _renew(self) -> None:
        asked = self._rows
        about = ""
        for number, row in enumerate(self._sheet.rows):
            shown = self.query_one(f"#row-{number}", Static)
            shown.display = row in asked
            if row not in asked:
                continue
            heading = f"{row.about}\n" if row.about != about else ""
            about = row.about
            shown.set_class(bool(heading) or not about, "gap")
            shown.update(Content.assemble((heading, "bold"), self._line(row)))
        row = self._row
        self.query_one("#meaning", Static).update(Content(self._meaning(row)))
        last = self._at == len(asked) - 1
        self.query_one(KeyLine).show(
            (NEXT_ROW, "Send" if last else "Next"), PREVIOUS_ROW, LEAVE_OUT, SIGNS, HELP, BACK_TO_TODAY
        )
        self.query_one(f"#row-{self._sheet.rows.index(row)}").scroll_visible(animate=False)

    def _meaning(self, row: Row) -> str:
        if row.options:
            return "Press the number before your answer."
        last = f" Last time {row.last}." if row.last is not None else ""
        return f"0 is {row.ends[0]}, 10 is {row.ends[1]}. For ten press 1 and then 0.{last}"

    def _line(self, row: Row) -> Content:
        here = row is self._row
        mark = "> " if here else "  "
        narrow = self.app.size.width < LABEL_WIDE + NUMBERS_WIDE
        label = row.question if narrow else f"{row.question:<{LABEL_WIDE}}"
        gap = "\n  " if (narrow or len(row.question) >= LABEL_WIDE) and not row.options else ""
        parts: list[Content | str | tuple[str, str]] = [
            (f"{mark}{label}{gap}", "bold $primary" if here else "$foreground")
        ]
        value = self._cells.get(row.key)
        if row.options and here:
            for number, option in enumerate(row.options, start=1):
                parts += [
                    "\n    ",
                    self._answer(row, number, f"{number} {option.label}", chosen=value == option.value),
                ]
        elif row.options:
            parts.append(next((option.label for option in row.options if option.value == value), "–"))
        else:
            for number in range(11):
                below = narrow and number == BELOW_FROM
                parts += ["\n  "] if below else [" "] if narrow and number else []
                parts.append(self._answer(row, number, str(number), chosen=value == number))
            if narrow and here:
                parts.append((f"\n   0 {row.ends[0]}, 10 {row.ends[1]}", "$quiet"))
        if value is None and row.key in self._left_out:
            parts.append(("  left out", "$quiet"))
        elif row.last is not None and not narrow:
            parts.append((f"last {row.last}", "$quiet"))
        return Content.assemble(*parts)

    def _answer(self, row: Row, number: int, text: str, *, chosen: bool) -> Content:
        style = "bold reverse $primary" if chosen else "$primary" if row is self._row else "$foreground"
        wide = "  " if self.app.size.width < LABEL_WIDE + NUMBERS_WIDE and not row.options else " "
        told = Content.styled(f"{wide[1:]}[{text}]{wide[1:]}" if chosen else f"{wide}{text}{wide}", style)
        return told.stylize(
            Style.from_meta({"@click": f"screen.take({self._sheet.rows.index(row)}, {number})"})
        )

    def on_key(self, event: Key) -> None:
        """A digit marks; a key that trembles is pressed once."""
        now = self._ticks()
        key, at = self._last_key
        self._last_key = event.key, now
        if event.key == key and now - at < TREMOR_S:
            event.stop()
            event.prevent_default()
        elif event.character and event.character in DIGITS:
            event.stop()
            self._mark(int(event.character))

    def action_take(self, row: int, number: int) -> None:
        """A number or an answer was clicked or touched."""
        if self._sheet.rows[row] in self._rows:
            self._move_to(self._rows.index(self._sheet.rows[row]))
            self._put(number)

    def _mark(self, digit: int) -> None:
        self._typed = digit if self._row.options else typed_number(self._typed, digit)
        self._put(self._typed)

    def _put(self, number: int) -> None:
        row = self._row
        if not row.options:
            self._cells[row.key] = number
        elif 1 <= number <= len(row.options):
            self._cells[row.key] = row.options[number - 1].value
        self._left_out.discard(row.key)
        self._renew()

    def _move_to(self, at: int) -> None:
        self._at, self._typed = at, None
        self._renew()

    def action_previous(self) -> None:
        """Back to the row before."""
        if self._at:
            self._move_to(self._at - 1)

    def action_next(self) -> None:
        """On to the next row; after the last one send the sheet, once each row has an answer or is left out."""
        row = self._row
        if self._cells.get(row.key) is None and not row.optional and row.key not in self._left_out:
            self.notify(f"Press a number, or {self.key(LEAVE_OUT)} to leave it out.", timeout=4)
        elif self._at + 1 < len(self._rows):
            self._move_to(self._at + 1)
        else:
            self.answer({asked.key: self._cells.get(asked.key) for asked in self._rows})

    def action_leave_out(self) -> None:
        """Give no answer in this row."""
        self._cells[self._row.key] = None
        self._left_out.add(self._row.key)
        self.action_next()

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002
        """Go back to the question before."""
        self.answer(BACK)
