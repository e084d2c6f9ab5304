"""Digits drawn with a round pen at any size, four dots to a cell, so that they fill the room they are given."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, pi, sin

Point = tuple[float, float]
Line = tuple[Point, ...]
Segment = tuple[Point, Point]

SLIM = 0.5
"""Width of a digit's middle line, where its height is 1."""
PEN = 0.17
"""Width of the pen, and of the gap between digits, in heights."""
LEAST_DOTS = 12
"""A height in half cells below which a round pen draws no digit that can be read."""
QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"


def _arc(x: float, y: float, across: float, down: float, begin: int, end: int) -> Line:
    """Points of an arc about (x, y), by degrees, clockwise from the right."""
    steps = max(abs(end - begin) // 15, 1)
    turns = (pi / 180 * (begin + (end - begin) * step / steps) for step in range(steps + 1))
    return tuple((x + across * cos(turn), y + down * sin(turn)) for turn in turns)


def _turned(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(tuple((SLIM - x, 1 - y) for x, y in line) for line in lines)


SIX: tuple[Line, ...] = (
    _arc(0.25, 0.72, 0.25, 0.28, 0, 360),
    ((0.0, 0.72), (0.02, 0.53), (0.09, 0.34), (0.2, 0.16), (0.37, 0.0)),
)
STROKES: dict[str, tuple[Line, ...]] = {
    "0": ((*_arc(0.25, 0.27, 0.25, 0.27, 180, 360), *_arc(0.25, 0.73, 0.25, 0.27, 0, 180), (0.0, 0.27)),),
    "1": (((0.05, 0.22), (0.27, 0.0), (0.27, 1.0)), ((0.04, 1.0), (0.5, 1.0))),
    "2": ((*_arc(0.25, 0.26, 0.25, 0.26, 190, 395), (0.0, 1.0), (0.5, 1.0)),),
    "3": (_arc(0.24, 0.25, 0.24, 0.25, 200, 450), _arc(0.24, 0.74, 0.26, 0.26, 270, 520)),
    "4": (((0.37, 1.0), (0.37, 0.0), (0.0, 0.7), (0.5, 0.7)),),
    "5": (((0.45, 0.0), (0.06, 0.0), (0.03, 0.45)), _arc(0.23, 0.68, 0.27, 0.32, 222, 520)),
    "6": SIX,
    "7": (((0.0, 0.0), (0.5, 0.0), (0.17, 1.0)),),
    "8": (_arc(0.25, 0.24, 0.22, 0.24, 0, 360), _arc(0.25, 0.74, 0.25, 0.26, 0, 360)),
    "9": _turned(SIX),
    ":": (((0.0, 0.28), (0.0, 0.28)), ((0.0, 0.74), (0.0, 0.74))),
    " ": (),
    "+": (((0.0, 0.5), (0.5, 0.5)), ((0.25, 0.25), (0.25, 0.75))),
    "-": (((0.0, 0.5), (0.3, 0.5)),),
    "/": (((0.35, 0.0), (0.0, 1.0)),),
    ".": (((0.0, 1.0), (0.0, 1.0)),),
    "(": (((0.2, 0.0), (0.05, 0.25), (0.0, 0.5), (0.05, 0.75), (0.2, 1.0)),),
    ")": (((0.0, 0.0), (0.15, 0.25), (0.2, 0.5), (0.15, 0.75), (0.0, 1.0)),),
}
WIDTHS = {":": 0.0, " ": 0.2, "-": 0.3, "/": 0.35, ".": 0.0, "(": 0.2, ")": 0.2}


def can_draw(text: str) -> bool:
    """Whether every sign is a digit, or one that stands between digits."""
    return bool(text) and all(sign in STROKES for sign in text)


def fitting(text: str, width: int, height: int) -> int:
    """The height, in half cells, at which ``text`` just fits ``width`` × ``height`` cells; 0 where none does."""
    for dots in range(2 * height, LEAST_DOTS - 1, -1):
        if width_of(text, dots) <= width:
            return dots
    return 0


def digit_lines(text: str, dots: int) -> list[str]:
    """Lines of ``text`` with digits ``dots`` half cells high."""
    if not can_draw(text):
        return []
    glyphs = [_glyph(sign, dots) for sign in text]
    gap = " " * _gap(dots)
    return [gap.join(glyph[row] for glyph in glyphs) for row in range(-(-dots // 2))]


def width_of(text: str, dots: int) -> int:
    """How many cells ``text`` takes with digits ``dots`` half cells high."""
    return sum(_cells(sign, dots) for sign in text) + _gap(dots) * (len(text) - 1)


def _gap(dots: int) -> int:
    return max(round(PEN * dots * 0.8), 1)


def _cells(sign: str, dots: int) -> int:
    pen = PEN * dots
    return max(round(WIDTHS.get(sign, SLIM) * (dots - pen) + pen), 1)


@lru_cache(256)
def _glyph(sign: str, dots: int) -> tuple[str, ...]:
    """One sign: a dot is on where it is nearer to a stroke than half the pen."""
    pen = PEN * dots
    scale = dots - pen
    placed = [[(x * scale + pen / 2, y * scale + pen / 2) for x, y in line] for line in STROKES[sign]]
    segments = [pair for line in placed for pair in pairwise(line)]
    cells = _cells(sign, dots)

    rows = [_row(segments, y + 0.5, 2 * cells, pen / 2) for y in range(dots + dots % 2)]
    return tuple(
        "".join(
            QUADRANTS[upper[x] + 2 * upper[x + 1] + 4 * lower[x] + 8 * lower[x + 1]]
            for x in range(0, 2 * cells, 2)
        )
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )


def _row(segments: list[Segment], y: float, count: int, reach: float) -> list[bool]:
    """Which dots of a row are on; only the strokes that come near to it are looked at."""
    close = [(a, b) for a, b in segments if min(a[1], b[1]) - reach <= y <= max(a[1], b[1]) + reach]
    return [any(_near((x + 0.5) / 2, y, a, b, reach) for a, b in close) for x in range(count)]


def _near(x: float, y: float, a: Point, b: Point, reach: float) -> bool:
    """Whether (x, y) lies within ``reach`` of the line from a to b."""
    (ax, ay), (bx, by) = a, b
    along, across = bx - ax, by - ay
    length = along * along + across * across
    part = min(max(((x - ax) * along + (y - ay) * across) / length, 0.0), 1.0) if length else 0.0
    return hypot(x - ax - part * along, y - ay - part * across) <= reach
