"""The lines at the bottom that say what the keys do now; each can be clicked or touched too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from reloadpt.tui.kit.actions import Action, key_name
from reloadpt.tui.kit.settings_app import SettingsApp

Shown = Action | tuple[Action, str]
GAP = "   "
MOST_LINES = 2
LOW_SCREEN = 14
"""Rows of a terminal below which there is one line of keys only."""


class KeyLine(Widget):
    """Shows actions as ``Space Begin   S Skip``; what has no room is left out from the end, and is in the help."""

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        width: 100%;
        height: auto;
        padding: 0 1;
        background: $panel;
        color: $foreground;
    }
    KeyLine.-marked { border-top: hkey $warning; border-title-color: $warning; border-title-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Shown, ...] = ()

    def on_mount(self) -> None:
        """Where the app says what it works on, say it above the keys of every screen."""
        mark = getattr(self.app, "mark", "")
        self.set_class(bool(mark), "-marked")
        if mark:
            self.border_title = Content(mark).markup

    def show(self, *actions: Shown) -> None:
        """Show these actions; a pair gives an action the word it has at this moment."""
        if actions != self._shown:
            self._shown = actions
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Draw the lines for the width there is now."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the keys take."""
        return max(len(self._lines(width)), 1)

    async def on_click(self, event: Click) -> None:
        """Do what was clicked or touched."""
        name = event.style.meta.get("does")
        if name:
            await self.screen.run_action(name)

    def _lines(self, width: int) -> list[Content]:
        keymap = cast("SettingsApp[object]", self.app).keymap
        most = 1 if self.app.size.height < LOW_SCREEN else MOST_LINES
        return pack_words([_drawn(action, keymap) for action in self._shown], width, most)


def pack_words(words: Sequence[Content], width: int, most: int) -> list[Content]:
    """Lay ``words`` out in at most ``most`` lines of ``width`` cells, none of them broken."""
    lines: list[list[Content]] = [[]]
    used = 0
    for word in words:
        length = word.cell_length + (len(GAP) if lines[-1] else 0)
        if used + length > width and lines[-1]:
            if len(lines) == most:
                break
            lines.append([])
            used, length = 0, word.cell_length
        lines[-1].append(word)
        used += length
    return [Content(GAP).join(line).truncate(width) for line in lines]


def _drawn(shown: Shown, keymap: Mapping[str, str]) -> Content:
    action, label = shown if isinstance(shown, tuple) else (shown, shown.label)
    text = Content.assemble((key_name(action, keymap), "$key-sign"), f" {label}")
    return text.stylize(Style.from_meta({"does": action.id}))
