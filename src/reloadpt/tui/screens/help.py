"""What every key of a screen does, made from its bindings, which are made from the registry of actions."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from reloadpt.tui.actions import BACK_TO_TODAY, HELPING, actions_of, bindings, keys_of, printed
from reloadpt.tui.keyed import KeyedScreen
from reloadpt.tui.widgets.key_line import KeyLine


class HelpScreen(KeyedScreen[None]):
    """The keys of the screen it was called from."""

    DEFAULT_CSS = """
    HelpScreen Horizontal { height: auto; }
    HelpScreen .keys { width: 11; height: auto; text-align: right; margin-right: 2; }
    HelpScreen .does { width: 1fr; height: auto; }
    """
    BINDINGS = bindings(*HELPING)

    def __init__(self, of: Screen[Any]) -> None:
        super().__init__()
        self._actions = actions_of(of)

    def compose(self) -> ComposeResult:
        """A line for each action."""
        with VerticalScroll(classes="page"):
            yield Static("What the keys do here", classes="title")
            for action in self._actions:
                keys = " ".join(printed(key) for key in keys_of(action, self.settled.keymap))
                with Horizontal(classes="gap", id=f"help-{action.id}"):
                    yield Static(Content.styled(keys, "$key-sign"), classes="keys")
                    yield Static(Content.assemble((f"{action.label}\n", "bold"), action.says), classes="does")
            yield Static(
                "Ctrl+P lists all of this and does what you choose. Ctrl+Q leaves. "
                "Other keys can be set in the settings file.",
                classes="quiet gap",
            )
        yield KeyLine()

    def on_mount(self) -> None:
        """Say how to get back."""
        self.query_one(KeyLine).show(BACK_TO_TODAY)

    async def action_dismiss(self, result: None = None) -> None:
        """Back to the screen it was called from."""
        self.dismiss(result)
