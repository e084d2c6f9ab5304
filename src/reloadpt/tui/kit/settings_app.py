"""An app that follows what the person has set: colours, motion, mouse and keys, from its first frame on."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from textual.app import ReturnType, SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen

from reloadpt.files import Places, Trouble
from reloadpt.settings import change_setting, read_settings
from reloadpt.tui.kit.actions import SIGNS, SIGNS_TYPING, Action, actions_of
from reloadpt.tui.kit.only_text import OnlyText
from reloadpt.tui.kit.private_app import PrivateApp
from reloadpt.tui.kit.themes import THEMES, theme_of

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from textual.notifications import SeverityLevel


PAGE_CSS = Path(__file__).with_name("page.tcss")
"""What all screens have in common. An app names the one of the screen it opens too, so that all is read at once."""


class SettingsApp(PrivateApp[ReturnType]):
    """An app on the settings of ``places``; ``settings`` is what holds now, to be read whenever it matters."""

    CSS_PATH = [PAGE_CSS]  # noqa: RUF012  (Textual declares it)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]  # noqa: RUF012  (Textual declares it)
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-short"), (22, "-tall")]  # noqa: RUF012  (Textual declares it)

    mark = ""
    """A few words that stand above the keys of every screen."""
    pinned: tuple[Action, ...] = ()
    """The actions whose keys stand on every screen, at every width."""
    ticks: Callable[[], float] | None = None
    """Seconds that never run backward, by which keys are timed; where there are none no key is ever dead."""
    SAID_S = 5.0
    """So long something is said where nothing else is asked for."""
    _themed = False

    def __init__(self, places: Places) -> None:
        no_colour = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if no_colour else None)
        self.places = places
        self.settings, self.settings_problems = read_settings(places.settings)
        for theme in THEMES:
            self.register_theme(theme)
        self.keymap: dict[str, str] = {}
        """The keys that were set, by the id of the action."""
        if self.settings.keys:
            from reloadpt.tui.kit.changed_keys import changed_keys

            self.keymap, wrong = changed_keys(self.settings.keys, str(places.settings))
            self.settings_problems += wrong
        self._only_text = OnlyText()
        self._waits: list[tuple[str, float]] = []
        """What is to be said once there is a screen to say it on."""
        self._may_move = self.animation_level
        self._themed = True
        self.follow_settings()
        self.stylesheet.set_variables(self.get_css_variables())

    @property
    def call_line(self) -> str:
        """Whom to call, on a line for help; empty where nobody is known."""
        return ""

    def follow_settings(self) -> None:
        """Look and move as it is set; ``NO_COLOR`` wins over any theme, ``TEXTUAL_ANIMATIONS`` over motion."""
        self.theme = theme_of("terminal" if self.no_color else self.settings.theme).name
        self.animation_level = self._may_move if self.settings.motion else "none"

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme; none before it is known, so that those of another are not reckoned for nothing."""
        return super().get_css_variables() if self._themed else {}

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001  (Textual's)
        """Draw with the colours of the theme; those of the start are known before anything is drawn."""
        if self._screen_stacks[self.current_mode]:
            super().refresh_css(animate=animate)

    def change(self, name: str, value: object) -> None:
        """Set one thing and follow it; where it cannot be written it holds until the end, and is said."""
        self.settings = msgspec.structs.replace(self.settings, **{name: value})
        self.follow_settings()
        try:
            change_setting(self.places.settings, name, value)
        except Trouble as trouble:
            self.notify(f"{trouble} It holds until you leave.", severity="error", markup=False, timeout=20)

    def on_mount(self) -> None:
        """Say what in the settings does not hold, and collect garbage again where the start did without."""
        if not gc.isenabled():
            self.call_after_refresh(_collect_again)
        self.set_keymap(self.keymap)
        for problem in self.settings_problems:
            self.notify(problem, severity="warning", markup=False, timeout=30)

    def notify(
        self,
        message: str,
        *,
        title: str = "",  # noqa: ARG002  (Textual's)
        severity: SeverityLevel = "information",  # noqa: ARG002
        timeout: float | None = None,
        markup: bool = True,  # noqa: ARG002
    ) -> None:
        """Say something in the lines above the keys of the screen on top: nothing floats, and nothing outlives its screen.

        Where that one says nothing, such as whom to call, it is said below it.
        """
        self._waits.append((message, self.SAID_S if timeout is None else timeout))
        self.say_what_waits()

    def say_what_waits(self) -> None:
        """Say what could not be said before, where there is a screen for it now."""
        line = next(
            (
                found.first()
                for screen in reversed(self.screen_stack if self._screen_stacks[self.current_mode] else [])
                if not getattr(screen, "SILENT", False) and (found := screen.query("KeyLine"))
            ),
            None,
        )
        if line is None:
            return
        waits, self._waits = self._waits, []
        for text, seconds in waits:
            line.say(text, seconds)

    def unsay(self, screen: Screen[Any]) -> None:
        """Take back what is said on a screen: a key was pressed there."""
        for line in screen.query("KeyLine"):
            line.unsay()  # type: ignore[attr-defined]

    async def worry(self) -> None:
        """Something worries the person; only the patient's app has an answer."""

    def actions_on(self, screen: Screen[Any]) -> list[Action]:
        """What can be done on a screen of this app."""
        own = actions_of(screen)
        return (
            own if self.pinned else [action for action in own if action.id not in (SIGNS.id, SIGNS_TYPING.id)]
        )

    def open_screen(self, name: str, *arguments: Any) -> None:
        """Open the screen of this name, made of ``arguments``; its module is imported where none did so before."""
        from reloadpt.tui.kit.keyboard import screen_class

        self.push_screen(screen_class(name)(*arguments))

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001  (Textual's)
        """A letter does the same with Shift or Caps Lock, where its capital has nothing of its own to do."""
        if await super()._check_bindings(key, priority):
            return True
        return len(key) == 1 and key.isupper() and await super()._check_bindings(key.lower(), priority)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and one that lets only text through."""
        return [*super().get_line_filters(), self._only_text]

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: what can be done on this screen, and nothing else."""
        for action in self.actions_on(screen):
            yield SystemCommand(action.label, action.says, partial(self.run_action, f"screen.{action.id}"))

    def run_async(self, *, mouse: bool = True, **options: Any) -> Coroutine[Any, Any, ReturnType | None]:
        """Run; without the mouse where that is set, so that the terminal can select text."""
        return super().run_async(mouse=mouse and self.settings.mouse, **options)


def _collect_again() -> None:
    """From now on collect garbage, but do not look for it among what the start made: that stays."""
    gc.freeze()
    gc.enable()
