"""Where a figure is when an exercise is only looked at: round and round, at the pace of its dose."""

from __future__ import annotations

from reloadpt.figure.tempo import figure_moment
from reloadpt.program.programme import Dose

STILL_S = 1.0
"""How long it waits between two repetitions."""
INTO_HOLD_S = 2.0
LONGEST_HOLD_S = 5.0
"""Holds are shown, not sat through."""


def shown_moment(dose: Dose, seconds: float) -> float:
    """The figure's moment, 0 to 1, so many ``seconds`` after it began."""
    out, hold, back = map(float, dose.tempo_s)
    if dose.hold_s:
        out, hold, back = INTO_HOLD_S, min(dose.hold_s, LONGEST_HOLD_S), INTO_HOLD_S
    at = seconds % (out + hold + back + STILL_S)
    if at < out:
        return figure_moment("out", at / out)
    if at < out + hold:
        return figure_moment("hold", 0)
    if at < out + hold + back:
        return figure_moment("return", (at - out - hold) / back)
    return figure_moment("rest", 0)
