"""Whom to call, as large as the screen allows."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reloadpt import wording
from reloadpt.care.safety import CLASSES
from reloadpt.tui.actions import BACK_TO_TODAY, LOCKED, SEEN, bindings
from reloadpt.tui.screens.page import Page
from reloadpt.tui.widgets.big_text import BigText
from reloadpt.tui.widgets.key_line import KeyLine


class LockedScreen(Page[bool]):
    """Shown for the sign ``code``. True where the person was seen and says by whom."""

    BINDINGS = bindings(*LOCKED)

    def __init__(self, code: str, advice: str, emergency: str, phone: str | None) -> None:
        super().__init__()
        self._advice = advice
        self._number = emergency if CLASSES.get(code, "emergency") != "same_day" else phone or ""

    def compose(self) -> ComposeResult:
        """The number, what to say, and that nobody was told."""
        with Vertical(classes="page"):
            yield BigText(id="number")
            yield Static(Content(self._advice), classes="grave", id="advice")
            yield Static(wording.NOT_TOLD(), classes="grave gap")
            yield Static(wording.LOCKED(), classes="said gap")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the number."""
        number = "".join(sign if sign.isdigit() else " " for sign in self._number).strip()
        self.query_one(BigText).text = number
        self.query_one(BigText).display = bool(number)
        self.query_one(KeyLine).show(BACK_TO_TODAY, SEEN)

    def action_seen(self) -> None:
        """Someone who treats this person has seen them."""
        self.answer(True)

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002
        """Back; everything stays locked."""
        self.answer(False)
