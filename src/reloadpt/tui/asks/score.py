"""One number from 0 to 10, answered with one key."""

from __future__ import annotations

from typing import Literal, TypeAlias

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from reloadpt.tui.kit.actions import BACK_TO_TODAY, LEAVE_OUT, SAME, SCORE, Action, bindings
from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.widgets.key_line import KeyLine
from reloadpt.tui.widgets.scale import Scale

TEN_KEY = "t"
Answer: TypeAlias = int | Literal["left"] | None


class ScoreScreen(KeyedScreen[Answer]):
    """Asks one number. The answer is 0-10, None where it is left out, or ``left`` where the person leaves."""

    CSS_PATH = "question.tcss"
    BINDINGS = bindings(*SCORE)

    def __init__(
        self, question: str, ends: tuple[str, str], last: int | None = None, *, optional: bool = False
    ) -> None:
        super().__init__()
        self._question = question
        self._ends = ends
        self._last = last
        self._optional = optional

    def compose(self) -> ComposeResult:
        """The question, the scale, and what its ends mean."""
        with Vertical(classes="page question"):
            yield Static(Content(self._question), classes="title")
            yield Scale(self._last, classes="gap")
            yield Static(
                f"0 is {self._ends[0]}, 10 is {self._ends[1]}. Press 0 to 9, or T for ten.",
                classes="quiet gap",
            )
            if self._last is not None:
                yield Static(
                    f"Last time: {self._last}. {self.key(SAME)} if it is the same.", classes="said gap"
                )
            elif self._optional:
                yield Static(f"{self.key(SAME)} if you would rather not say.", classes="said gap")
        yield KeyLine()

    def on_mount(self) -> None:
        """Say which keys there are."""
        keys: list[Action | tuple[Action, str]] = [LEAVE_OUT, BACK_TO_TODAY]
        if self._last is not None:
            keys.insert(0, SAME)
        elif self._optional:
            keys[0] = (SAME, LEAVE_OUT.label)
        self.query_one(KeyLine).show(*keys)

    def on_key(self, event: Key) -> None:
        """A digit is the answer."""
        if event.character and event.character in "0123456789":
            event.stop()
            self.action_score(int(event.character))
        elif event.key == TEN_KEY:
            event.stop()
            self.action_score(10)

    def action_score(self, number: int) -> None:
        """Answer with this number."""
        self.answer(number)

    def action_same(self) -> None:
        """Answer with the last number; where there is none and none is needed, go on without."""
        if self._last is not None or self._optional:
            self.answer(self._last)

    def action_leave_out(self) -> None:
        """Give no number."""
        self.answer(None)

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002
        """Leave without an answer."""
        self.answer("left")
