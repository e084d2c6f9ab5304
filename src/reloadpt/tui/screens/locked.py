"""Whom to call, as large as the screen allows."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reloadpt import wording
from reloadpt.care.safety import SignLock, stays_closed, whom_to_call
from reloadpt.program.plan import Contact
from reloadpt.tui.actions import BACK_TO_TODAY, LOCKED, SEEN, bindings
from reloadpt.tui.screens.page import PatientPage
from reloadpt.tui.widgets.calls import Calls
from reloadpt.tui.widgets.key_line import KeyLine


class LockedScreen(PatientPage[bool]):
    """Shown for the sign ``code``. True where the person was seen and says by whom."""

    BINDINGS = bindings(*LOCKED)
    DEFAULT_CSS = """
    LockedScreen .page { max-width: 140; }
    LockedScreen Calls { min-height: 9; }
    """

    def __init__(self, lock: SignLock, contact: Contact) -> None:
        super().__init__()
        self._lock = lock
        self._calls = whom_to_call(lock.code, contact)

    def compose(self) -> ComposeResult:
        """The numbers, what to say, and that nobody was told."""
        with VerticalScroll(classes="page"):
            yield Calls(self._calls)
            yield Static(Content(self._lock.advice), classes="grave gap")
            yield Static(wording.NOT_TOLD(), classes="grave gap")
            yield Static(stays_closed(self._lock.code), classes="said gap")
        yield KeyLine()

    def on_mount(self) -> None:
        """Name the keys."""
        self.query_one(KeyLine).show(BACK_TO_TODAY, SEEN)

    def action_seen(self) -> None:
        """Someone who treats this person has seen them."""
        self.answer(True)

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002
        """Back; everything stays locked."""
        self.answer(False)
