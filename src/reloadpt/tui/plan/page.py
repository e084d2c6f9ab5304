"""What every page that makes a plan has: the draft, a heading, and the keys on and back."""

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
    """One page. The answer is the draft as it then is; None goes back."""

    CSS_PATH = "page.tcss"
    HEADING = ""
    SAYS = ""

    def __init__(self, draft: PlanDraft) -> None:
        super().__init__()
        self.draft = draft

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

    def complain(self, text: str) -> None:
        """Say why it does not go on."""
        self.notify(text, severity="error", markup=False, timeout=8)

    def action_page_back(self) -> None:
        """Back to the page before."""
        self.answer(None)
