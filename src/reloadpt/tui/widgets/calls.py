"""Telephone numbers to be read from two metres, the one to call first the largest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from reloadpt.care.safety import Call
from reloadpt.tui.widgets.big_text import GLYPHS, SMALL_GLYPHS, blocks
from reloadpt.tui.widgets.digits import can_draw, digit_lines, width_of

PEN_FROM = 8
"""The least height in half cells of what the round pen draws; the blocks are 7 and 5 high, 0 is as it is typed."""
BLOCKS = {7: GLYPHS, 5: SMALL_GLYPHS}
FIRST = (*range(32, PEN_FROM - 1, -1), *BLOCKS, 0)
OTHERS = (14, 12, 10, 8, *BLOCKS)
"""Heights in half cells, tried in this order."""
GUTTER, WIDEST_GUTTER = 3, 10
"""Between two numbers beside each other, which must not be read as one."""
LEAST_COLUMN = 16
"""A number stands beside another in a column so wide at least, otherwise below it."""
ROOMY = 12
"""From so many lines on there is air between the numbers."""


class PlacedCall(NamedTuple):
    """A call whose number is broken into lines that fit, at a height in half cells."""

    says: str
    lines: Sequence[str]
    dots: int
    width: int

    @property
    def rows(self) -> int:
        """How many lines of the screen it takes."""
        gap = 1 if self.dots else 0
        return 1 + len(self.lines) * max(-(-self.dots // 2), 1) + gap * (len(self.lines) - 1)

    def draw(self, style: str) -> list[Content]:
        """What stands above the number, and the number."""
        rows: list[str] = []
        for line in self.lines:
            picture = _picture(line, self.dots)
            rows += ["", *picture] if rows and self.dots else picture
        says = Content.styled(self.says, style).truncate(self.width, ellipsis=True)
        return [says, *(Content.styled(row, style) for row in rows)]


class CallLayout(NamedTuple):
    """The calls as they will stand: the first above rows of others, each row beside each other."""

    first: PlacedCall
    others: Sequence[Sequence[PlacedCall]]
    air: int

    @property
    def rows(self) -> int:
        """How many lines of the screen it takes."""
        return self.first.rows + sum(self.air + max(placed.rows for placed in row) for row in self.others)

    def draw(self) -> list[Content]:
        """Every line."""
        lines = self.first.draw("bold $error")
        for row in self.others:
            columns = zip_longest(*(placed.draw("bold") for placed in row), fillvalue=Content(""))
            widths = [placed.width + GUTTER for placed in row]
            lines += [Content("")] * self.air
            lines += [
                Content("").join(
                    part.pad_right(wide - part.cell_length) for part, wide in zip(parts, widths, strict=True)
                )
                for parts in columns
            ]
        return lines


def call_lines(calls: Sequence[Call], width: int, height: int) -> list[Content]:
    """The numbers as large as ``width`` × ``height`` cells allow, those that come later smaller than the first.

    That no number stays small goes before the size of the first. Where not even what is typed fits, the last
    lines are for scrolling.
    """
    if not calls:
        return []
    arranged = None
    for arranged in _arrangements(calls, width, air=1 if height >= ROOMY else 0):
        if arranged.rows <= height:
            break
    return arranged.draw() if arranged else []


def _arrangements(calls: Sequence[Call], width: int, air: int) -> Iterator[CallLayout]:
    """Every way there is, best first; the last one is as they are typed."""
    firsts = [placed for dots in FIRST if (placed := _placed(calls[0], dots, width))]
    others = {dots: rows for dots in (*OTHERS, 0) if (rows := _others(calls[1:], dots, width)) is not None}
    for first in firsts:
        for dots in OTHERS:
            if dots in others and dots < first.dots:
                yield CallLayout(first, others[dots], air)
    for first in firsts:
        yield CallLayout(first, others[0], air)


def _others(calls: Sequence[Call], dots: int, width: int) -> list[list[PlacedCall]] | None:
    """The calls after the first in rows, as few lines as can be; None where one does not fit."""
    below = [placed for call in calls if (placed := _placed(call, dots, width))]
    if len(below) < len(calls):
        return None
    half = (width - GUTTER) // 2
    narrow = [placed for call in calls if (placed := _placed(call, dots, half))]
    ways = [[[placed] for placed in below]]
    for row in (below, narrow):
        if not len(row) == len(calls) > 1 or min(placed.width for placed in row) < LEAST_COLUMN:
            continue
        spare = (width - sum(placed.width for placed in row)) // (len(row) - 1)
        if spare >= GUTTER:
            wider = min(spare, WIDEST_GUTTER) - GUTTER
            ways.append([[*(placed._replace(width=placed.width + wider) for placed in row[:-1]), row[-1]]])
    return min(ways, key=lambda rows: sum(max(placed.rows for placed in row) for row in rows))


def _placed(call: Call, dots: int, width: int) -> PlacedCall | None:
    """A call at a height, its number broken between groups where it is too wide; None where it does not fit."""
    lines: list[str] = []
    for group in call.number.split():
        if lines and _width(f"{lines[-1]} {group}", dots) <= width:
            lines[-1] += f" {group}"
        else:
            lines.append(group)
    if dots and not all(0 < _width(line, dots) <= width for line in lines):
        return None
    says = Content(call.says).cell_length
    return PlacedCall(
        call.says, lines, dots, min(max([says, *(_width(line, dots) for line in lines)]), width)
    )


def _width(text: str, dots: int) -> int:
    """Cells that ``text`` takes at a height; 0 where it cannot be drawn."""
    if dots >= PEN_FROM:
        return width_of(text, dots) if can_draw(text) else 0
    return max((Content(row).cell_length for row in _picture(text, dots)), default=0)


def _picture(text: str, dots: int) -> list[str]:
    if dots >= PEN_FROM:
        return digit_lines(text, dots)
    return (blocks(text, 1, BLOCKS[dots]) or []) if dots else [text]


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
