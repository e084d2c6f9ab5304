"""Whom to call, as large as the screen allows."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reloadpt.care.safety import SignLock, not_told, stays_closed, whom_to_call
from reloadpt.program.plan import Plan
from reloadpt.tui.kit.actions import BACK_TO_TODAY, LOCKED, SEEN, bindings
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.widgets.calls import Calls
from reloadpt.tui.widgets.key_line import KeyLine


class LockedScreen(PatientPage["bool | None"]):
    """Shown for the sign ``code``. True where the person was seen, None where everything stays locked."""

    CSS_PATH = "locked.tcss"
    BINDINGS = bindings(*LOCKED)
    SILENT = True

    def __init__(self, lock: SignLock, plan: Plan) -> None:
        super().__init__()
        self._lock = lock
        self._calls = whom_to_call(lock.code, plan.contact)
        self._not_told = not_told(plan)

    def compose(self) -> ComposeResult:
        """The numbers, what to say, and that nobody was told."""
        with VerticalScroll(classes="page"):
            yield Calls(self._calls)
            yield Static(Content(self._not_told), classes="grave gap", id="not-told")
            yield Static(Content(self._lock.advice), classes="grave gap")
            yield Static(stays_closed(self._lock.code), classes="said gap")
        yield KeyLine()

    def on_mount(self) -> None:
        """Name the keys."""
        self.query_one(KeyLine).show(BACK_TO_TODAY, SEEN)

    def action_seen(self) -> None:
        """Someone who treats this person has seen them."""
        self.answer(True)
