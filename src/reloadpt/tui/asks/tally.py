"""What was done, a line an exercise, to be confirmed, mended or left open; no key that goes on by itself confirms."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from reloadpt.dialogue.asks import BACK, Back, Tally
from reloadpt.tui.kit.actions import (
    ALL_SO,
    BACK_TO_TODAY,
    LEAVE_OPEN,
    LESS,
    NEXT_LINE,
    ONE_MORE,
    PREVIOUS_ROW,
    TALLY,
    bindings,
)
from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.widgets.key_line import KeyLine


class TallyScreen(KeyedScreen[Mapping[str, int] | Back]):
    """Asks whether the counts of ``tally`` are so; ``before`` are those that were told already."""

    BINDINGS = bindings(*TALLY)

    def __init__(self, tally: Tally, before: Mapping[str, int] | None) -> None:
        super().__init__()
        self._tally = tally
        self._counts = {row.key: row.count for row in tally.rows} | {**(before or {})}
        self._at = 0

    def compose(self) -> ComposeResult:
        """The question and a line for each exercise."""
        with VerticalScroll(classes="page", can_focus=False):
            yield Static(Content(self._tally.question), classes="title")
            for line in self._tally.says:
                yield Static(Content(line), classes="quiet")
            for number in range(len(self._tally.rows)):
                yield Static(id=f"count-{number}", classes="said gap" if not number else "said")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin on the first line."""
        self._renew()
        self.query_one(KeyLine).show(
            ALL_SO, PREVIOUS_ROW, NEXT_LINE, LESS, ONE_MORE, LEAVE_OPEN, BACK_TO_TODAY
        )

    def _renew(self) -> None:
        for number, row in enumerate(self._tally.rows):
            count = self._counts[row.key]
            words = row.words if count == row.count else f"{count} of {row.most} sets, mended"
            here = number == self._at
            line = Content.assemble(
                (f"{'>' if here else ' '} {row.label}: ", "bold $primary" if here else "bold"), words
            )
            shown = self.query_one(f"#count-{number}", Static)
            shown.update(line.stylize(Style.from_meta({"@click": f"screen.at({number})"})))
        self.query_one(f"#count-{self._at}").scroll_visible(animate=False)

    def action_at(self, row: int) -> None:
        """A line was clicked or touched."""
        self._at = row
        self._renew()

    def action_next(self) -> None:
        """The line below; Space confirms nothing."""
        self.action_at(min(self._at + 1, len(self._tally.rows) - 1))

    def action_previous(self) -> None:
        """The line above."""
        self.action_at(max(self._at - 1, 0))

    def action_less(self) -> None:
        """One set less was done."""
        self._mend(-1)

    def action_one_more(self) -> None:
        """One set more was done."""
        self._mend(1)

    def _mend(self, by: int) -> None:
        row = self._tally.rows[self._at]
        self._counts[row.key] = min(max(self._counts[row.key] + by, 0), row.most)
        self._renew()

    def action_all_so(self) -> None:
        """It is so, as it stands here."""
        self.answer(dict(self._counts))

    def action_leave_open(self) -> None:
        """Not sure: nothing is confirmed."""
        self.answer({})

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002
        """Go back to the question before."""
        self.answer(BACK)
