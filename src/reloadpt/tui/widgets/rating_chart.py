"""Ratings 0-10 over days in a terminal: a row for each number, lines in braille dots, needlings on top.

Drawn here, without a plotting library: each number has a row of its own, so that it can be read off, and the
marks tell the lines apart without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from reloadpt.measures.trends import Rating

HIGHEST = 10
ROWS = HIGHEST + 1
AXIS = 3
BOTH = "◉"
NEEDLE, NEEDLE_LINE = "▼", "┊"
GAP = timedelta(days=4)
"""A line is not drawn over a longer time without a rating."""
LEAST_WIDTH, LEAST_HEIGHT = 16, 5
BLANK = 0x2800
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))


@dataclass(frozen=True)
class ChartLine:
    """Ratings in order of time, the mark of each, the style of all, and how many dots apart its line is."""

    label: str
    ratings: Sequence[Rating]
    mark: str
    style: str
    every: int = 1


Cell = tuple[str, str]


def chart_rows(
    lines: Sequence[ChartLine], needled: Sequence[datetime], begin: date, until: date, width: int, height: int
) -> list[list[Cell]]:
    """The chart as rows of cells (sign, style), from the day ``begin`` to ``until``; none where it is too small."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return []
    chart = _Chart(begin, max((until - begin).days + 1, 2), width - AXIS - 1, min(height - 2, ROWS))
    for moment in needled:
        chart.needle(moment)
    for line in lines:
        chart.dots(line)
    for line in lines:
        chart.marks(line)
    return [chart.top(), *chart.body(), chart.foot()]


class _Chart:
    def __init__(self, begin: date, days: int, width: int, rows: int) -> None:
        self.begin, self.days, self.width, self.rows = begin, days, width, rows
        self.bits: dict[tuple[int, int], tuple[int, str]] = {}
        self.signs: dict[tuple[int, int], Cell] = {}
        self.needles: set[int] = set()

    def across(self, moment: datetime) -> float | None:
        """The column of a moment, or None where it is not on the chart."""
        days = (moment.date() - self.begin).days + (moment.hour + moment.minute / 60) / 24
        return days * self.width / self.days if 0 <= days < self.days else None

    def up(self, score: int) -> int:
        """The row of a score."""
        return round((HIGHEST - score) * (self.rows - 1) / HIGHEST)

    def needle(self, moment: datetime) -> None:
        x = self.across(moment)
        if x is None:
            return
        self.needles.add(int(x))
        for row in range(self.rows):
            self.signs[row, int(x)] = (NEEDLE_LINE, "$quiet")

    def dots(self, line: ChartLine) -> None:
        """The line between two ratings that are not too far apart."""
        for one, other in pairwise(line.ratings):
            x0, x1 = self.across(one.at), self.across(other.at)
            if x0 is None or x1 is None or other.at - one.at > GAP:
                continue
            self._join(
                (round(2 * x0), 4 * self.up(one.score) + 2),
                (round(2 * x1), 4 * self.up(other.score) + 2),
                line,
            )

    def _join(self, one: tuple[int, int], other: tuple[int, int], line: ChartLine) -> None:
        steps = max(abs(other[0] - one[0]), abs(other[1] - one[1]), 1)
        for step in range(0, steps + 1, line.every):
            x = round(one[0] + (other[0] - one[0]) * step / steps)
            y = round(one[1] + (other[1] - one[1]) * step / steps)
            place = (y // 4, x // 2)
            bits, style = self.bits.get(place, (0, line.style))
            self.bits[place] = (bits | DOTS[x % 2][y % 4], style)

    def marks(self, line: ChartLine) -> None:
        for rating in line.ratings:
            x = self.across(rating.at)
            if x is None:
                continue
            place = (self.up(rating.score), int(x))
            before = self.signs.get(place, ("", ""))[0]
            sign = line.mark if before in ("", NEEDLE_LINE, line.mark) else BOTH
            self.signs[place] = (sign, f"bold {line.style}")

    def top(self) -> list[Cell]:
        cells: list[Cell] = [(" ", "")] * (AXIS + 1)
        return [*cells, *((NEEDLE if x in self.needles else " ", "$quiet") for x in range(self.width))]

    def body(self) -> list[list[Cell]]:
        labels = {self.up(score): str(score) for score in range(HIGHEST, -1, -2 if self.rows == ROWS else -5)}
        return [
            [
                *((sign, "$quiet") for sign in f"{labels.get(row, ''):>{AXIS}}"),
                ("┤" if row in labels else "│", "$quiet"),
                *(self._cell(row, x) for x in range(self.width)),
            ]
            for row in range(self.rows)
        ]

    def _cell(self, row: int, x: int) -> Cell:
        sign = self.signs.get((row, x))
        if sign and sign[0] != NEEDLE_LINE:
            return sign
        if (row, x) in self.bits:
            bits, style = self.bits[row, x]
            return chr(BLANK + bits), style
        return sign or (" ", "")

    def foot(self) -> list[Cell]:
        """Days along the foot, as many as have room."""
        text = [" "] * (AXIS + 1 + self.width)
        step = next(
            step for step in (1, 2, 7, 14, 28, 56, 91, 182, 10_000) if step * self.width / self.days >= 8
        )
        for k in range(0, self.days, step):
            day = self.begin + timedelta(days=k)
            at = AXIS + 1 + int(k * self.width / self.days)
            label = f"{day.day} {day:%b}"
            if at + len(label) <= len(text):
                text[at : at + len(label)] = label
        return [(sign, "$quiet") for sign in text]


class RatingChart(Widget):
    """Shows lines of ratings, from one day to another, as large as its width."""

    DEFAULT_CSS = "RatingChart { width: 100%; height: auto; }"

    def __init__(
        self, lines: Sequence[ChartLine], needled: Sequence[datetime], begin: date, until: date
    ) -> None:
        super().__init__()
        self._lines = tuple(line for line in lines if line.ratings)
        self._needled = tuple(needled)
        self._begin, self._until = begin, until

    def render(self) -> RenderResult:
        """Draw for the size the widget has now."""
        width, height = self.size
        rows = chart_rows(self._lines, self._needled, self._begin, self._until, width, height)
        return Content("\n").join(_content(row) for row in rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A row for each number, one for the needlings and one for the days; fewer on a low screen."""
        return min(ROWS + 2, max(viewport.height - 6, LEAST_HEIGHT))


def _content(row: Sequence[Cell]) -> Content:
    parts = (
        (style, "".join(sign for sign, _ in run)) for style, run in groupby(row, key=lambda cell: cell[1])
    )
    return Content.assemble(*((text, style) for style, text in parts))
