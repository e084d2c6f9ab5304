"""The lines at the bottom: what is said to the person, and what the keys do now, which can be clicked or touched too."""

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
from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.kit.settings_app import SettingsApp

Shown = Action | tuple[Action, str]
GAP = "   "
CUT = "…"
"""Stands where words or keys had no room."""
ROWS = ((14, 2), (30, 3))
"""Rows of keys at most on a terminal lower than so many rows; on a higher one ``MOST_ROWS``."""
MOST_ROWS = 6
SHORT_WIDTH = 60
"""A screen less wide has the short words of the keys that stand on all of them."""


class KeyLine(Widget):
    """Shows actions as ``Space Begin   S Skip``; what has no room is left out from the end, and is in the help.

    The keys that stand on every screen of the app stand last, and are never left out. What is said to the person
    stands above the keys, in lines that belong to it: nothing floats over anything.
    """

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
        self.said: list[str] = []
        """What is said, the latest last."""

    def on_mount(self) -> None:
        """Where the app says what it works on, say it above the keys of every screen; say what came before this one."""
        mark = getattr(self.app, "mark", "")
        self.set_class(bool(mark), "-marked")
        if mark:
            self.border_title = Content(mark).markup
        cast("SettingsApp[object]", self.app).say_what_waits()

    def show(self, *actions: Shown) -> None:
        """Show these actions; a pair gives an action the word it has at this moment."""
        if actions != self._shown:
            self._shown = actions
            self.refresh(layout=True)

    def say(self, text: str, seconds: float) -> None:
        """Say ``text`` above the keys for so long, or until the next key."""
        self.said = [*(said for said in self.said if said != text), text]
        self.refresh(layout=True)
        self.set_timer(seconds, lambda: self.unsay(text))

    def unsay(self, text: str | None = None) -> None:
        """Take back what was said, or all of it."""
        left = [said for said in self.said if text is not None and said != text]
        if left != self.said:
            self.said = left
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Draw the lines for the width there is now."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the words and the keys take."""
        return max(len(self._lines(width)), 1)

    async def on_click(self, event: Click) -> None:
        """Do what was clicked or touched."""
        name = event.style.meta.get("does")
        if name:
            await self.screen.run_action(name)

    def _lines(self, width: int) -> list[Content]:
        app = cast("SettingsApp[object]", self.app)
        height = app.size.height
        most = next((rows for below, rows in ROWS if height < below), MOST_ROWS)
        pinned = _pinned(self, app)
        short = app.size.width < SHORT_WIDTH
        always = [
            _drawn((action, action.short if short and action.short else action.label), app.keymap)
            for action in pinned
        ]
        ids = {action.id for action in pinned}
        shown = [
            _drawn(action, app.keymap)
            for action in self._shown
            if (action[0] if isinstance(action, tuple) else action).id not in ids
        ]
        room = max(height // 4, 1)
        return [*said_lines(self.said, width, room), *pack_keys(shown, always, width, most)]


def _pinned(node: Widget, app: SettingsApp[object]) -> tuple[Action, ...]:
    """The actions whose keys stand on every screen of the app, by the keys they have on this one."""
    own = node.screen.PINNED if isinstance(node.screen, KeyedScreen) else None
    return app.pinned if own is None or not app.pinned else own


def said_lines(said: Sequence[str], width: int, most: int) -> list[Content]:
    """What is said in at most ``most`` lines, the latest whole before the others; what is cut is marked."""
    lines: list[Content] = []
    for text in reversed(said):
        own = Content.styled(text, "bold").wrap(max(width, 1))
        room = most - len(lines)
        if len(own) > room:
            own = [
                *own[: max(room - 1, 0)],
                Content.styled(own[max(room - 1, 0)].plain[: width - 2] + f" {CUT}", "bold"),
            ]
            return [*own[:room], *lines] if room else lines
        lines = [*own, *lines]
    return lines


def pack_keys(shown: Sequence[Content], always: Sequence[Content], width: int, most: int) -> list[Content]:
    """The keys in at most ``most`` lines: as many of ``shown`` as have room, marked where not all, then ``always``."""
    for count in range(len(shown), -1, -1):
        cut = [Content(CUT)] if count < len(shown) else []
        lines = pack_words([*shown[:count], *cut, *always], width)
        if len(lines) <= most or not count:
            return lines[-most:]
    return []


def pack_words(words: Sequence[Content], width: int) -> list[Content]:
    """Lay ``words`` out in lines of ``width`` cells, none of them broken."""
    lines: list[list[Content]] = [[]]
    used = 0
    for word in words:
        length = word.cell_length + (len(GAP) if lines[-1] else 0)
        if used + length > width and lines[-1]:
            lines.append([])
            used, length = 0, word.cell_length
        lines[-1].append(word)
        used += length
    return [Content(GAP).join(line).truncate(width, ellipsis=True) for line in lines]


def _drawn(shown: Shown, keymap: Mapping[str, str]) -> Content:
    action, label = shown if isinstance(shown, tuple) else (shown, shown.label)
    text = Content.assemble((key_name(action, keymap), "$key-sign"), f" {label}")
    return text.stylize(Style.from_meta({"does": action.id}))
