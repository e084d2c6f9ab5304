"""What was done, that it is saved, and what comes next."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reloadpt import wording
from reloadpt.care.confirming import is_unconfirmed
from reloadpt.care.exercise_outcomes import exercise_outcomes, saved_words
from reloadpt.care.history import Session
from reloadpt.care.safety import call_line
from reloadpt.phrases import moment_phrase
from reloadpt.tui.kit.actions import NEXT, SUMMARY, bindings
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.widgets.key_line import KeyLine


class SummaryScreen(PatientPage[None]):
    """Shown once a session has ended."""

    BINDINGS = bindings(*SUMMARY)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._sitting = session

    def compose(self) -> ComposeResult:
        """A line for each exercise, and when to come again."""
        outcomes = exercise_outcomes(self._sitting)
        done, dealt = sum(outcome.done for outcome in outcomes), sum(outcome.dealt for outcome in outcomes)
        with VerticalScroll(classes="page"):
            yield Static(saved_words(self._sitting), classes="title")
            yield Static(f"{done} of {dealt} sets done.", classes="said gap")
            for outcome in outcomes:
                sign = "✓" if outcome.is_whole else "·"
                yield Static(Content(f"{sign} {outcome.item.name}: {outcome.words}"), classes="said")
            if is_unconfirmed(self._sitting):
                yield Static(wording.NOT_CONFIRMED(), classes="warn gap")
            due = self.record_app.today()
            alone = due is not None and due.plan.self_made
            yield Static(wording.addressed(wording.NOTHING_SENT(), alone=alone), classes="quiet gap")
            if due and not due.locked:
                if due.items:
                    yield Static(f"Still due today: {len(due.items)}.", classes="quiet gap")
                elif due.next_at:
                    yield Static(f"Next: {moment_phrase(due.next_at, due.at)}.", classes="quiet gap")
                yield Static(Content(call_line(due.plan)), classes="quiet gap")
        yield KeyLine()

    def on_mount(self) -> None:
        """Say how to go on."""
        self.query_one(KeyLine).show((NEXT, "Back to Today"))

    def action_next(self) -> None:
        """Back to Today."""
        self.answer(None)
