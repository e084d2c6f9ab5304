"""What an app shows, cell by cell: its colours as text to be kept, and how far text stands off its ground."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from string import ascii_letters
from typing import Any

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.app import App

MARKS = ("bold", "italic", "underline", "reverse")
EDGES = frozenset("▁▂▃▄▅▆▇")
"""One of these alone is the end of a scroll bar."""
NO_TEXT = frozenset(" \u00a0\u2800─░▏▎▍▌▋▊▉▁▂▃▅▆▇")
"""Blank cells, and thin lines and edges beside which a number or a word says the same."""


def lines_of(app: App[Any]) -> list[list[Segment]]:
    """The screen line by line, as it goes to the terminal."""
    return [list(strip) for strip in app.screen._compositor.render_strips()]


def text_in(app: App[Any]) -> str:
    """What stands on the screen, as plain text."""
    return "\n".join("".join(segment.text for segment in line) for line in lines_of(app))


def widths(app: App[Any]) -> set[int]:
    """How wide the lines of the screen are."""
    return {strip.cell_length for strip in app.screen._compositor.render_strips()}


TURNING = frozenset({"RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"})
"""What sets the direction of the writing after it."""


def assert_only_text(app: App[Any]) -> None:
    """Nothing on the screen moves a cursor or turns the writing round, and each line is as wide as the screen."""
    for sign in set(text_in(app)) - {"\n"}:
        assert unicodedata.category(sign) not in ("Cc", "Cs"), (app.screen, sign)
        assert unicodedata.bidirectional(sign) not in TURNING, (app.screen, sign)
    assert widths(app) == {app.size.width}, app.screen


def colours_in(app: App[Any]) -> str:
    """The colours of the screen: a letter for each look and how many cells it has, then what the letters mean."""
    letters: dict[str, str] = {}
    rows = []
    for line in lines_of(app):
        cells = _cells(line)
        runs = [
            (letters.setdefault(look, ascii_letters[len(letters)]), len([*same]))
            for look, same in groupby(cells)
        ]
        rows.append(" ".join(f"{letter}{count}" for letter, count in runs))
    told = [f"{len([*same])} × {row}" for row, same in groupby(rows)]
    return "\n".join([*told, *(f"{letter} = {look}" for look, letter in letters.items())])


def _cells(line: list[Segment]) -> list[str]:
    """The look of each cell; a blank one only shows its ground, and counts as one with what stands before it."""
    cells: list[str] = []
    before = ""
    for segment in line:
        style = segment.style or Style()
        marks = "".join(f" {name}" for name in MARKS if getattr(style, name))
        ground = f"on {_name(style.bgcolor)}"
        for sign in segment.text:
            blank = sign in " \u00a0\u2800" and not style.reverse and not style.underline
            if not blank:
                before = f"{_name(style.color)} {ground}{marks}"
            elif not before.removesuffix(" bold").endswith(ground):
                before = ground
            cells.append(before)
    return cells


def _name(colour: Color | None) -> str:
    return "default" if colour is None else colour.name


def least_contrast(app: App[Any]) -> tuple[float, str]:
    """The least ratio of text to its ground on the screen (WCAG 2.2), and the text that has it."""
    return min(
        (
            (contrast(segment.style), segment.text.strip())
            for line in lines_of(app)
            for segment in line
            if segment.style and segment.text not in EDGES and not NO_TEXT.issuperset(segment.text)
        ),
        default=(21.0, ""),
    )


def contrast(style: Style) -> float:
    """The ratio of text to its ground in a style whose colours are all told."""
    if style.color is None or style.bgcolor is None:
        raise AssertionError(f"no colour of its own: {style}")
    lighter, darker = sorted((_luminance(style.color), _luminance(style.bgcolor)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
