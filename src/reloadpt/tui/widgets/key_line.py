"""The line at the bottom that says what the keys do now; each can be clicked or touched too."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from reloadpt.tui.actions import Action, key_name

NO_BREAK = "\u00a0"


class KeyLine(Static):
    """Shows actions as ``Space Begin   S Skip``."""

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        width: 100%;
        height: auto;
        max-height: 2;
        padding: 0 1;
        background: $panel;
        color: $foreground;
    }
    """

    _shown: tuple[Action | tuple[Action, str], ...] | None = None

    def show(self, *actions: Action | tuple[Action, str]) -> None:
        """Show these actions; a pair gives an action the word it has at this moment."""
        if actions == self._shown:
            return
        self._shown = actions
        parts: list[Content] = []
        for each in actions:
            action, label = each if isinstance(each, tuple) else (each, each.label)
            click = Style.from_meta({"@click": f"screen.{action.id}"})
            text = Content.assemble(
                (f" {key_name(action)}\u00a0", "$key-sign"), f" {label}  ".replace(" ", NO_BREAK)
            )
            parts.append(text.stylize(click))
        self.update(Content("").join(parts))
