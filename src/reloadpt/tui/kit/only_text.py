"""Keeps whatever turns the writing round, or could be an order to the terminal, out of everything that is drawn."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

ORDERS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control codes, and the marks that set the direction of writing; none of them takes a cell."""


class OnlyText(LineFilter):
    """The last word on each line, so that no screen needs to think of it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Leave out what is no text."""
        if not any(ORDERS.search(segment.text) for segment in segments):
            return segments
        return [Segment(ORDERS.sub("", text), style, control) for text, style, control in segments]
