"""Where in its movement a figure is, from where in a repetition the coach is."""

from __future__ import annotations

from typing import Literal

Stage = Literal["out", "hold", "return", "rest"]


def figure_moment(stage: Stage, fraction: float) -> float:
    """The figure's ``t`` for a stage of a repetition and how much of that stage has passed, both 0 to 1.

    Out and return begin and end gently, whatever the tempo; a hold stays out, and rest stays where it began.
    """
    if stage == "hold":
        return 1.0
    if stage == "rest":
        return 0.0
    passed = _eased(min(max(fraction, 0.0), 1.0))
    return passed if stage == "out" else 1.0 - passed


def _eased(x: float) -> float:
    """Slow, quicker, slow, without a jerk at either end."""
    return x * x * x * (x * (6 * x - 15) + 10)
