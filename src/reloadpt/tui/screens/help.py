"""What every key of a screen does, made from the registry of actions."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from reloadpt.tui.actions import ALL, BACK_TO_TODAY, bindings, key_name
from reloadpt.tui.widgets.key_line import KeyLine


class HelpScreen(Screen[None]):
    """The keys of the screen it was called from."""

    BINDINGS = bindings(BACK_TO_TODAY)

    def __init__(self, of: Screen[Any]) -> None:
        super().__init__()
        here = {binding.id for _, binding in of._bindings}  # noqa: SLF001
        self._actions = [action for action in ALL if action.id in here]

    def compose(self) -> ComposeResult:
        """A line for each action."""
        with VerticalScroll(classes="page"):
            yield Static("What the keys do here", classes="title")
            for action in self._actions:
                yield Static(
                    Content.assemble(
                        (f"{key_name(action):>7}", "$key-sign"), f"  {action.label}\n         {action.says}"
                    ),
                    classes="said gap",
                )
        yield KeyLine()

    def on_mount(self) -> None:
        """Say how to get back."""
        self.query_one(KeyLine).show(BACK_TO_TODAY)

    async def action_dismiss(self, result: None = None) -> None:
        """Back to the screen it was called from."""
        self.dismiss(result)
