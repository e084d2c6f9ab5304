"""Telephone numbers to be read from two metres, the one to call first the largest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product, zip_longest
from typing import NamedTuple

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from reloadpt.care.safety import Call
from reloadpt.tui.widgets.big_text import GLYPHS, SMALL_GLYPHS, blocks


class Face(NamedTuple):
    """How a number is drawn: ``dots`` high at ``scale`` 1; as it is typed at 0."""

    glyphs: Mapping[str, str]
    dots: int
    scale: int

    @property
    def high(self) -> int:
        """Its height in dots, of which two are a row."""
        return self.dots * self.scale


TYPED = Face({}, 2, 0)
FIRST = (*(Face(GLYPHS, 7, scale) for scale in (4, 3, 2, 1)), Face(SMALL_GLYPHS, 5, 1), TYPED)
"""The first number, largest first."""
OTHERS = (Face(SMALL_GLYPHS, 5, 2), Face(SMALL_GLYPHS, 5, 1), TYPED)
FACES = sorted(
    (pair for pair in product(FIRST, OTHERS) if pair[1].high < pair[0].high or pair[1] == TYPED),
    key=lambda pair: (pair[1] == TYPED, -pair[0].high, -pair[1].high),
)
"""What is tried, in this order: that no number stays small goes before the size of the first."""
GUTTER = 3
LEAST_COLUMN = 16
"""A number stands beside another in a column so wide at least, otherwise below it."""
ROOMY = 12
"""From so many lines on there is air between the numbers."""


def call_lines(calls: Sequence[Call], width: int, height: int) -> list[Content]:
    """The numbers as large as ``width`` × ``height`` cells allow, those that come later smaller than the first.

    Where not even what is typed fits, the last lines are for scrolling.
    """
    lines: list[Content] = []
    for first, others in FACES:
        drawn = _drawn(calls, first, others, width, [Content("")] if height >= ROOMY else [])
        if drawn is not None:
            lines = drawn
            if len(lines) <= height:
                break
    return lines


def _drawn(
    calls: Sequence[Call], first: Face, others: Face, width: int, air: Sequence[Content]
) -> list[Content] | None:
    """All of it with these faces, in as few lines as can be.

    None where a number is too wide, or written with signs that a face does not have.
    """
    lines = _one(calls[0], first, width, "bold $error") if calls else []
    whole = [_one(call, others, width, "bold") for call in calls[1:]]
    halves = [_one(call, others, (width - GUTTER) // 2, "bold") for call in calls[1:]]
    below = [part for part in whole if part]
    if lines is None or len(below) < len(whole):
        return None
    ways = [[line for part in below for line in (*air, *part)]]
    for parts in (below, [part for part in halves if part]):
        columns = [max(line.cell_length for line in part) + GUTTER for part in parts]
        fits = len(parts) == len(whole) and sum(columns) - GUTTER <= width
        if fits and min(columns, default=0) >= LEAST_COLUMN:
            rows = zip_longest(*parts, fillvalue=Content(""))
            ways.append([*air, *(_side_by_side(row, columns) for row in rows)])
    return [*lines, *min(ways, key=len)]


def _one(call: Call, face: Face, width: int, style: str) -> list[Content] | None:
    """What stands above a number, and the number, broken between its groups where it is too wide."""
    number = " ".join(call.number.split())
    says = Content.styled(call.says, style).truncate(width, ellipsis=True)
    if face == TYPED:
        return [says, *Content.styled(number, style).wrap(width)] if width > 0 else None
    lines: list[str] = []
    group = ""
    for word in number.split():
        longer = f"{group} {word}".strip()
        if group and _width(longer, face) > width:
            lines.append(group)
            longer = word
        group = longer
    drawn: list[str] = []
    for line in (*lines, group):
        block = blocks(line, face.scale, face.glyphs)
        if block is None or len(block[0]) > width:
            return None
        drawn += ["", *block] if drawn else block
    return [says, *(Content.styled(row, style) for row in drawn)]


def _width(text: str, face: Face) -> int:
    block = blocks(text, face.scale, face.glyphs)
    return len(block[0]) if block else 0


def _side_by_side(row: Sequence[Content], columns: Sequence[int]) -> Content:
    padded = (part.pad_right(width - part.cell_length) for part, width in zip(row, columns, strict=True))
    return Content("").join(padded)


class Calls(Widget):
    """Shows the numbers, as large as they will go."""

    DEFAULT_CSS = "Calls { width: 1fr; height: 1fr; }"

    def __init__(self, calls: Sequence[Call]) -> None:
        super().__init__()
        self._calls = calls

    def render(self) -> RenderResult:
        """Draw the numbers for the size the widget has now."""
        width, height = self.size
        return Content("\n").join(call_lines(self._calls, width, height)) if width and height else ""
