"""What every screen knows of its keys: which they are now, and a page of help made from them."""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from textual.screen import Screen

from reloadpt.tui.actions import Action, actions_of, key_name
from reloadpt.tui.settled import SettingsApp

Result = TypeVar("Result")


class KeyedScreen(Screen[Result], Generic[Result]):
    """A screen whose bindings come from the registry of actions."""

    @property
    def settled(self) -> SettingsApp[object]:
        """The app, as what every app of ours is."""
        return cast("SettingsApp[object]", self.app)

    def key(self, action: Action) -> str:
        """The key of an action as it is set now and printed on a keyboard."""
        return key_name(action, self.settled.keymap)

    def action_help(self) -> None:
        """Show what the keys of this screen do."""
        from reloadpt.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(actions_of(self), self.settled.keymap))
