"""Digits and capital letters as large as their space allows, to be read from two metres."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from reloadpt.tui.widgets.digits import can_draw, digit_lines, fitting

DOTS_HIGH = 7
GLYPHS = {
    "0": ".###. #...# #...# #...# #...# #...# .###.",
    "1": "..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.",
    "2": ".###. #...# ....# ...#. ..#.. .#... #####",
    "3": ".###. #...# ....# ..##. ....# #...# .###.",
    "4": "...#. ..##. .#.#. #..#. ##### ...#. ...#.",
    "5": "##### #.... ####. ....# ....# #...# .###.",
    "6": "..##. .#... #.... ####. #...# #...# .###.",
    "7": "##### ....# ...#. ..#.. ..#.. ..#.. ..#..",
    "8": ".###. #...# #...# .###. #...# #...# .###.",
    "9": ".###. #...# #...# .#### ....# ...#. .##..",
    "A": ".###. #...# #...# ##### #...# #...# #...#",
    "B": "####. #...# #...# ####. #...# #...# ####.",
    "C": ".###. #...# #.... #.... #.... #...# .###.",
    "D": "####. #...# #...# #...# #...# #...# ####.",
    "E": "##### #.... #.... ####. #.... #.... #####",
    "F": "##### #.... #.... ####. #.... #.... #....",
    "G": ".###. #...# #.... #.### #...# #...# .###.",
    "H": "#...# #...# #...# ##### #...# #...# #...#",
    "I": "### .#. .#. .#. .#. .#. ###",
    "J": "..### ...#. ...#. ...#. ...#. #..#. .##..",
    "K": "#...# #..#. #.#.. ##... #.#.. #..#. #...#",
    "L": "#.... #.... #.... #.... #.... #.... #####",
    "M": "#...# ##.## #.#.# #.#.# #...# #...# #...#",
    "N": "#...# ##..# #.#.# #.#.# #..## #...# #...#",
    "O": ".###. #...# #...# #...# #...# #...# .###.",
    "P": "####. #...# #...# ####. #.... #.... #....",
    "Q": ".###. #...# #...# #...# #.#.# #..#. .##.#",
    "R": "####. #...# #...# ####. #.#.. #..#. #...#",
    "S": ".#### #.... #.... .###. ....# ....# ####.",
    "T": "##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..",
    "U": "#...# #...# #...# #...# #...# #...# .###.",
    "V": "#...# #...# #...# #...# #...# .#.#. ..#..",
    "W": "#...# #...# #...# #.#.# #.#.# ##.## #...#",
    "X": "#...# #...# .#.#. ..#.. .#.#. #...# #...#",
    "Y": "#...# #...# .#.#. ..#.. ..#.. ..#.. ..#..",
    "Z": "##### ....# ...#. ..#.. .#... #.... #####",
    ":": ". # # . # # .",
    "/": "....# ....# ...#. ..#.. .#... #.... #....",
    "+": "..... ..#.. ..#.. ##### ..#.. ..#.. .....",
    "-": "... ... ... ### ... ... ...",
    ".": ". . . . . . #",
    "(": ".# #. #. #. #. #. .#",
    ")": "#. .# .# .# .# .# #.",
    " ": "... ... ... ... ... ... ...",
}
SMALL_GLYPHS = {
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "### ..# ### #.. ###",
    "3": "### ..# .## ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    "+": "... .#. ### .#. ...",
    "-": "... ... ### ... ...",
    "/": "..# ..# .#. #.. #..",
    ".": ". . . . #",
    "(": ".# #. #. #. .#",
    ")": "#. .# .# .# #.",
    " ": ". . . . .",
}
"""What a telephone number is written with, where the others are too large."""
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def enlarged(text: str, width: int, height: int) -> list[str]:
    """Lines of ``text`` in blocks, as large as fits ``width`` × ``height`` cells; plain where nothing fits.

    A dot is a half cell high and one wide, times the scale, which is square in most terminals.
    """
    for scale in range(height * 2 // DOTS_HIGH, 0, -1):
        lines = blocks(text, scale)
        if lines and len(lines[0]) <= width:
            return lines
    return [text[:width]]


def blocks(text: str, scale: int, glyphs: Mapping[str, str] = GLYPHS) -> list[str] | None:
    """``text`` in blocks, a dot ``scale`` cells wide; None where a sign of it has no glyph."""
    signs = [glyphs[sign].split() for sign in text.upper() if sign in glyphs]
    if not text or len(signs) < len(text):
        return None
    dots = [".".join(rows) for rows in zip(*signs, strict=True)]
    rows = ["".join(dot * scale for dot in row) for row in dots for _ in range(scale)]
    rows += ["." * len(rows[0])] * (len(rows) % 2)
    return [
        "".join(HALVES[upper == "#", lower == "#"] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(rows[::2], rows[1::2], strict=True)
    ]


class BigText(Widget):
    """Shows ``text`` in the middle of its space, as large as it will go.

    ``widest`` is the longest text that will stand here for a while: digits keep the size at which it fits, so
    that they do not jump from 9 to 10.
    """

    DEFAULT_CSS = "BigText { width: 1fr; height: 1fr; color: $primary; }"

    text: reactive[str] = reactive("", layout=False)
    widest: reactive[str] = reactive("", layout=False)

    def render(self) -> RenderResult:
        """Draw the signs for the size the widget has now."""
        width, height = self.size
        if not width or not height:
            return ""
        lines = self._digits(width, height) or enlarged(self.text, width, height)
        above = (height - len(lines)) // 2
        margin = max(width - max(len(line) for line in lines), 0) // 2
        return Content("\n".join([*[""] * above, *((" " * margin + line).ljust(width) for line in lines)]))

    def _digits(self, width: int, height: int) -> list[str]:
        """The text in digits of the round pen; none where it has other signs or no room."""
        if not can_draw(self.text):
            return []
        dots = min(fitting(text, width, height) for text in (self.text, self.widest) if can_draw(text))
        return digit_lines(self.text, dots) if dots else []

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As high as there is room."""
        return container.height
