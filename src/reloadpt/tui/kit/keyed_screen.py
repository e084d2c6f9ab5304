"""What every screen has: its keys as they are now, help made from them, complaints, and one answer."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar, cast

from textual.events import Key
from textual.screen import Screen

from reloadpt.tui.kit.actions import CLICKER, NEXT_OBVIOUS, Action, key_name, keys_of
from reloadpt.tui.kit.settings_app import SettingsApp

Result = TypeVar("Result")


DEAD_S = 1.0
"""So long Space does nothing on a screen that came: it was meant for what was there before."""


class KeyedScreen(Screen[Result], Generic[Result]):
    """A screen whose bindings come from the registry of actions."""

    PINNED: ClassVar[tuple[Action, ...] | None] = None
    """The keys that are never left out, where they are others here than on every screen of the app."""
    SILENT: ClassVar[bool] = False
    """Whether nothing is said on it: whom to call stands there alone."""

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
    _came_at: float | None = None

    def on_screen_resume(self) -> None:
        """It came, or came back."""
        ticks = self.settings_app.ticks
        self._came_at = ticks() if ticks else None

    @property
    def space_is_dead(self) -> bool:
        """Whether it came so short a time ago that Space was meant for another."""
        ticks = self.settings_app.ticks
        return ticks is not None and (self._came_at is None or ticks() - self._came_at < DEAD_S)

    def _is_next(self, key: str) -> bool:
        """Whether a key does the next obvious thing by its first key, or as a clicker does."""
        app = self.settings_app
        bound = (
            keys_of(action, app.keymap)[0] for action in app.actions_on(self) if action.id in NEXT_OBVIOUS
        )
        return key in bound or (app.settings.clicker and CLICKER.get(key, ())[:1] == NEXT_OBVIOUS[:1])

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

    async def _on_key(self, event: Key) -> None:
        """What was said has been seen; Space may be dead. A clicker or a pedal is the next thing, back, or hold, where that is set."""
        self.settings_app.unsay(self)
        if self.space_is_dead and self._is_next(event.key):
            event.stop()
            event.prevent_default()
            return
        meant = CLICKER.get(event.key, ()) if self.settings_app.settings.clicker else ()
        does = next((name for name in meant if hasattr(self, f"action_{name}")), None)
        if does is not None:
            event.stop()
            event.prevent_default()
            self.call_later(self.run_action, does)

    def action_help(self) -> None:
        """Show what the keys of this screen do."""
        app = self.settings_app
        app.open_screen("HelpScreen", app.actions_on(self), app.keymap, app.call_line)

    def action_help_typing(self) -> None:
        """Show what the keys of this screen do, where letters are typed."""
        self.action_help()

    def action_signs(self) -> None:
        """Something worries the person: ask about the warning signs over whatever is open."""
        if self.settings_app.pinned:
            self.run_worker(self.settings_app.worry(), exclusive=True, group="signs")

    def action_signs_typing(self) -> None:
        """The same, where letters are typed."""
        self.action_signs()
