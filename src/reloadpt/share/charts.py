"""Ratings over time as the geometry of a chart: lines, points, needlings and days, ready to be drawn as SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from reloadpt.measures.trends import Rating
from reloadpt.phrases import calendar_day_phrase

WIDTH, HEIGHT = 720, 200
LEFT, RIGHT, TOP, BOTTOM = 34, 14, 26, 30
HIGHEST = 10
GAP = timedelta(days=4)
"""A line is not drawn over a longer time without a rating."""
DOTS_UP_TO = 120
"""More ratings than this are a line without dots."""
MARKS = ("dot", "square", "diamond", "ring")


@dataclass(frozen=True)
class Point:
    """One rating, where it is drawn, and its words."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Series:
    """One line of a chart; ``mark`` tells it apart without colour."""

    label: str
    mark: str
    path: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Tick:
    """A place on an axis and what stands there."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """A chart of ratings 0-10 by day: its ``title``, and ``in_words`` what it shows.

    ``series`` are its lines; ``days`` are the ticks along its foot, ``levels`` those at its side, ``needlings`` the
    days of the needle. ``width`` and ``height`` are those of the drawing, ``left``, ``right``, ``top`` and ``floor``
    the edges of the chart in it, all in units of the drawing.
    """

    title: str
    in_words: str
    series: tuple[Series, ...]
    days: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    needlings: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    floor: int = HEIGHT - BOTTOM


def draw_chart(
    title: str, ratings_by_label: Mapping[str, Sequence[Rating]], needled: Sequence[datetime], until: date
) -> Chart | None:
    """Draw ratings, by label, from the first of them or the needling before it; None where there are none."""
    readings = [rating for ratings in ratings_by_label.values() for rating in ratings]
    if not readings:
        return None
    first = min(rating.at for rating in readings).date()
    before = [moment.date() for moment in needled if moment.date() <= first]
    begin = max(first - timedelta(days=3), max(before, default=first))
    span = max((max(until, first) - begin).days + 1, 3)

    def across(at: datetime) -> float:
        days = (at.date() - begin).days + (at.hour + at.minute / 60) / 24
        return round(LEFT + (WIDTH - LEFT - RIGHT) * days / span, 1)

    needlings = [moment for moment in needled if begin <= moment.date() <= until]
    series = tuple(
        Series(
            label,
            MARKS[i % len(MARKS)],
            _path([(across(rating.at), _height_of(rating.score), rating.at) for rating in ratings]),
            tuple(
                Point(
                    across(rating.at),
                    _height_of(rating.score),
                    f"{calendar_day_phrase(rating.at)}: {rating.score}",
                )
                for rating in (ratings if len(ratings) <= DOTS_UP_TO else ())
            ),
        )
        for i, (label, ratings) in enumerate(ratings_by_label.items())
        if ratings
    )
    return Chart(
        title=title,
        in_words=_chart_in_words(ratings_by_label, needlings),
        series=series,
        days=_day_ticks(begin, span, across),
        levels=tuple(Tick(_height_of(level), str(level)) for level in (0, 5, 10)),
        needlings=tuple(Tick(across(day), calendar_day_phrase(day)) for day in needlings),
    )


def _height_of(score: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * score / HIGHEST, 1)


def _path(points: Sequence[tuple[float, float, datetime]]) -> str:
    """An SVG path through points; it breaks where nothing was rated for long."""
    steps = []
    last: datetime | None = None
    for x, y, at in points:
        steps.append(f"{'L' if last and at - last <= GAP else 'M'}{x:g} {y:g}")
        last = at
    return "".join(steps)


def _day_ticks(begin: date, span: int, across: Callable[[datetime], float]) -> tuple[Tick, ...]:
    """At most eight days along the foot of the chart."""
    step = next(step for step in (1, 2, 7, 14, 28, 56, 91, 182, 10_000) if span / step <= 8)
    days = [begin + timedelta(days=k) for k in range(0, span, step)]
    return tuple(Tick(across(datetime.combine(day, time())), f"{day.day} {day:%b}") for day in days)


def _chart_in_words(ratings_by_label: Mapping[str, Sequence[Rating]], needled: Sequence[datetime]) -> str:
    sentences = []
    for label, ratings in ratings_by_label.items():
        if not ratings:
            continue
        first, last = ratings[0], ratings[-1]
        most = max(ratings, key=lambda rating: rating.score)
        sentences.append(
            f"{label}: {first.score} on {calendar_day_phrase(first.at)}, {last.score} on {calendar_day_phrase(last.at)}, "
            f"highest {most.score} on {calendar_day_phrase(most.at)}."
        )
    if needled:
        sentences.append(
            f"Needled on {', '.join(dict.fromkeys(calendar_day_phrase(moment) for moment in needled))}."
        )
    return " ".join(sentences)
