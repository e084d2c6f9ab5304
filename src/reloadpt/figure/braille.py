"""A picture in braille dots for a terminal: a small raster whose rows are whole numbers, a bit for each dot.

A cell is two dots wide and four high. What works is drawn solid, the rest of the body as an outline with a
half filling, things solid in a colour of their own; each part is set off from what lies behind it by a gap of one dot.
"""

from __future__ import annotations

import math
from itertools import groupby, pairwise
from typing import NamedTuple

from reloadpt.figure.drawing import Circle, Path, Picture, Shape, Tone, outline, picture
from reloadpt.figure.pose import Pose

LEAST_WIDTH = 12
LEAST_HEIGHT = 5
BLANK = 0x2800

Rows = list[int]


class BrailleSheet(NamedTuple):
    """Lines of braille, and for each cell what it mostly shows: " " nothing, p a thing, b body, w working."""

    lines: list[str]
    marks: list[str]


def braille(moment: Pose, width: int, height: int) -> list[str]:
    """The lines of a drawing of ``width`` by ``height`` cells; empty ones where that is too small to read."""
    return braille_sheet(moment, width, height).lines


def braille_sheet(moment: Pose, width: int, height: int) -> BrailleSheet:
    """The same lines with their marks, for a screen that gives each kind its own colour."""
    width, height = max(width, 0), max(height, 0)
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return BrailleSheet([""] * height, [""] * height)
    return _Raster(width, height, picture(moment)).paint()


class _Raster:
    """The dots of one drawing. Bit 0 of a row is its leftmost dot; row 0 is the top."""

    def __init__(self, width: int, height: int, flat: Picture):
        self.width, self.flat = width, flat
        self.across, self.down = 2 * width, 4 * height
        bounds = flat.bounds
        wide, high = bounds.right - bounds.left, bounds.top - bounds.bottom
        self.scale = min((self.across - 1) / wide, (self.down - 1) / high)
        spare = self.across - 1 - wide * self.scale
        self.left = spare / 2 - bounds.left * self.scale
        self.base = self.down - 1 + bounds.bottom * self.scale
        self.things: Rows = [0] * self.down
        self.body: Rows = [0] * self.down
        self.work: Rows = [0] * self.down
        some_work = any(shape.tone == "work" for shape in flat.shapes)
        self.inks: dict[Tone, tuple[Rows, tuple[int, ...]]] = {
            "work": (self.work, _SOLID),
            "body": (self.body, _HALF if some_work else _SOLID),
            "far": (self.body, _QUARTER),
            "thing": (self.things, _SOLID),
            "bone": (self.things, _NONE),
            "region": (self.things, _NONE),
        }

    def paint(self) -> BrailleSheet:
        """Everything in the order of the picture."""
        for path in self.flat.paths:
            if not path.over:
                self._line(path)
        for part, group in groupby(self.flat.shapes, key=lambda shape: shape.part):
            self._part(part, list(group))
        for path in self.flat.paths:
            if path.over:
                self._line(path)
        return self._sheet()

    def _part(self, part: str, shapes: list[Shape]) -> None:
        """One limb: clear a gap round it, but not where it joins the body, and fill it in its tone."""
        mask = self._mask(shapes)
        joint = self._mask([Shape(part, "body", (self.flat.roots[part],))]) if part in self.flat.roots else {}
        rows, sheer = self.inks[shapes[0].tone]
        layers = [layer for layer in (self.things, self.body, self.work) if any(layer)]
        for y in range(min(mask) - 1, max(mask) + 2):
            if not 0 <= y < self.down:
                continue
            above, own, below = mask.get(y - 1, 0), mask.get(y, 0), mask.get(y + 1, 0)
            gap = above | own | below
            gap = (gap | gap << 1 | gap >> 1) & ~joint.get(y, 0) | own
            for layer in layers:
                layer[y] &= ~gap
            if own:
                rows[y] |= own & (sheer[y & 3] | ~(own << 1 & own >> 1 & above & below))

    def _mask(self, shapes: list[Shape]) -> dict[int, int]:
        """The dots that shapes cover, by row."""
        mask: dict[int, int] = {}
        for shape in shapes:
            for y, first, last in self._spans(self._corners(shape.circles)):
                mask[y] = mask.get(y, 0) | ((2 << (last - first)) - 1) << first
        return mask

    def _corners(self, circles: tuple[Circle, ...]) -> list[tuple[float, float]]:
        """The hull of circles as a polygon, in dots."""
        corners = []
        for circle, begin, end in outline(circles):
            radius = circle.r * self.scale
            x, y = self.left + circle.x * self.scale, self.base - circle.y * self.scale
            steps = max(1, math.ceil((end - begin) * (1.6 if radius > 3 else 1.0)))
            for step in range(steps + 1):
                angle = begin + (end - begin) * step / steps
                corners.append((x + radius * math.cos(angle), y - radius * math.sin(angle)))
        return corners

    def _spans(self, corners: list[tuple[float, float]]) -> list[tuple[int, int, int]]:
        """The rows of a convex polygon: row, first dot, last dot; a thin one still leaves a trace."""
        low, high = min(y for _, y in corners), max(y for _, y in corners)
        top, bottom = max(math.ceil(low), 0), min(math.floor(high), self.down - 1)
        if top > bottom:
            xs = [x for x, _ in corners]
            row = min(max(round((low + high) / 2), 0), self.down - 1)
            return [self._span(row, min(xs), max(xs))]
        lefts, rights = [math.inf] * (bottom - top + 1), [-math.inf] * (bottom - top + 1)
        x0, y0 = corners[-1]
        for x1, y1 in corners:
            if y0 != y1:
                upper, lower = (y0, y1) if y0 < y1 else (y1, y0)
                slope = (x1 - x0) / (y1 - y0)
                begin = max(math.ceil(upper), top)
                x = x0 + (begin - y0) * slope
                for index in range(begin - top, min(math.floor(lower), bottom) - top + 1):
                    if x < lefts[index]:
                        lefts[index] = x
                    if x > rights[index]:
                        rights[index] = x
                    x += slope
            x0, y0 = x1, y1
        return [
            self._span(y, left, right)
            for y, (left, right) in enumerate(zip(lefts, rights, strict=True), top)
            if left <= right
        ]

    def _span(self, row: int, left: float, right: float) -> tuple[int, int, int]:
        first, last = math.ceil(left - 0.25), math.floor(right + 0.25)
        if last < first:
            first = last = round((left + right) / 2)
        edge = self.across - 1
        return row, min(max(first, 0), edge), min(max(last, 0), edge)

    def _line(self, path: Path) -> None:
        dot = 0
        points = [(self.left + x * self.scale, self.base - y * self.scale) for x, y in path.points]
        for (x0, y0), (x1, y1) in pairwise(points):
            steps = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0))))
            for step in range(steps):
                dot += 1
                if path.stroke in ("dashed", "sheet") and dot % 4 > 1:
                    continue
                x, y = round(x0 + (x1 - x0) * step / steps), round(y0 + (y1 - y0) * step / steps)
                if 0 <= x < self.across and 0 <= y < self.down:
                    self.things[y] |= 1 << x

    def _sheet(self) -> BrailleSheet:
        """Gather the dots into cells, four rows at a time."""
        lines, marks = [], []
        size = (self.width + 3) // 4 * 4
        for top in range(0, self.down, 4):
            things, body, work = (
                _cells(rows[top : top + 4], size) for rows in (self.things, self.body, self.work)
            )
            cells = (things | body | work).to_bytes(size, "little")
            lines.append(cells[: self.width].decode("latin-1").translate(_BRAILLE))
            kinds = 0
            for layer, kind in zip((things, body, work), _KINDS, strict=True):
                kinds |= int.from_bytes(layer.to_bytes(size, "little").translate(kind), "little")
            marks.append(kinds.to_bytes(size, "little")[: self.width].translate(_MARKS).decode("ascii"))
        return BrailleSheet(lines, marks)


def _cells(rows: Rows, size: int) -> int:
    """Four rows of dots as one number, a byte for each braille cell."""
    cells = 0
    for table, row in zip(_SPREAD, rows, strict=True):
        if row:
            spread = b"".join([table[byte] for byte in row.to_bytes(size // 4, "little")])
            cells |= int.from_bytes(spread, "little")
    return cells


def _dots(*pattern: int) -> tuple[int, ...]:
    """Four rows of a pattern of four dots, repeated across any width."""
    return tuple(int(f"{row:04b}" * 256, 2) for row in pattern)


_SOLID = _dots(15, 15, 15, 15)
_HALF = _dots(5, 10, 5, 10)
_QUARTER = _dots(1, 0, 4, 0)
_NONE = _dots(0, 0, 0, 0)
_SPREAD = tuple(
    [
        bytes(
            (left if byte >> 2 * pair & 1 else 0) | (right if byte >> 2 * pair & 2 else 0)
            for pair in range(4)
        )
        for byte in range(256)
    ]
    for left, right in ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
)
_BRAILLE = {cell: chr(BLANK + cell) for cell in range(256)}
_KINDS = tuple(bytes([0]) + bytes([kind]) * 255 for kind in (1, 2, 4))
_MARKS = b" pbbwwww" + bytes(248)
"""The strongest of the kinds in a cell gives it its mark."""
