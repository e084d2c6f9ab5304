"""What every page that makes a plan has: the draft, a heading, a cursor, and the keys on and back."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.plan.draft import PlanDraft
from reloadpt.tui.widgets.key_line import KeyLine


class PlanPage(KeyedScreen["PlanDraft | None"]):
    """One page. The answer is the draft as it then is; None goes back.

    Of a list the line at ``cursor`` is marked; from the last line it goes on to the first where it ``GOES_ROUND``.
    """

    CSS_PATH = "page.tcss"
    HEADING = ""
    SAYS = ""
    GOES_ROUND = True
    COMPLAINT_S = 8

    def __init__(self, draft: PlanDraft) -> None:
        super().__init__()
        self.draft = draft
        self.cursor = 0

    def compose(self) -> ComposeResult:
        """The heading, a word about it, and what the page is made of."""
        with Vertical(classes="page"):
            yield Static(Content(self.HEADING), classes="title")
            if self.SAYS:
                yield Static(Content(self.SAYS), classes="quiet")
            yield from self.parts()
        yield KeyLine()

    def parts(self) -> Iterator[Widget]:
        """What stands under the heading."""
        raise NotImplementedError

    @property
    def line_count(self) -> int:
        """How many lines the cursor can stand on."""
        return 0

    def renew(self) -> None:
        """Show the lines as they are now."""

    def move(self, by: int) -> None:
        """Move the cursor so many lines down."""
        at = self.cursor + by
        self.cursor = at % self.line_count if self.GOES_ROUND else max(0, min(at, self.line_count - 1))
        self.renew()

    def action_up(self) -> None:
        """The line above."""
        self.move(-1)

    def action_down(self) -> None:
        """The line below."""
        self.move(1)

    def action_at(self, row: int) -> None:
        """A line was clicked."""
        self.cursor = row
        self.renew()

    def action_on(self) -> None:
        """These are right: go on."""
        self.answer(self.draft)

    def action_page_back(self) -> None:
        """Back to the page before."""
        self.answer(None)


def pointer(*, current: bool) -> tuple[str, str]:
    """What stands before a line, and its style: a sign where the cursor is."""
    return "> " if current else "  ", "$key-sign"
