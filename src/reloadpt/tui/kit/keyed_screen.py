"""What every screen has: its keys as they are now, help made from them, complaints, and one answer."""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from textual.screen import Screen

from reloadpt.tui.kit.actions import Action, actions_of, key_name
from reloadpt.tui.kit.settings_app import SettingsApp

Result = TypeVar("Result")


class KeyedScreen(Screen[Result], Generic[Result]):
    """A screen whose bindings come from the registry of actions."""

    @property
    def settings_app(self) -> SettingsApp[object]:
        """The app, as what every app of ours is."""
        return cast("SettingsApp[object]", self.app)

    def key(self, action: Action) -> str:
        """The key of an action as it is set now and printed on a keyboard."""
        return key_name(action, self.settings_app.keymap)

    COMPLAINT_S = 20
    """So long it is said why something cannot be done."""
    _answered = False

    def complain(self, text: str) -> None:
        """Say why something cannot be done."""
        self.notify(text, severity="error", markup=False, timeout=self.COMPLAINT_S)

    def answer(self, result: Result | None) -> None:
        """Leave with ``result``; a second key that comes before the screen is gone changes nothing."""
        if self.is_current and not self._answered:
            self._answered = True
            self.dismiss(result)

    async def action_dismiss(self, result: Result | None = None) -> None:
        """Leave without an answer."""
        self.answer(result)

    def action_help(self) -> None:
        """Show what the keys of this screen do."""
        app = self.settings_app
        app.open_screen("HelpScreen", actions_of(self), app.keymap, app.call_line)
