"""Arrows that say which way a place presses, or goes where its movement is too small to see; flat, in metres.

An arrow begins at its place and grows on the way out, so that the first picture shows a short one.
"""

from __future__ import annotations

import math
from itertools import pairwise

from reloadpt.figure.anatomy import Vector
from reloadpt.figure.model import Way

Round = tuple[float, float, float]
"""A round place of a picture: across, up, radius."""

LENGTH = 0.27
"""Of a whole arrow beside a whole body; a close-up is about a third of its size."""

CLOSE = 0.4
SHORTEST = 0.55
RING_STEPS = 16

WAYS: dict[Way, Vector] = {
    "up": (0.0, 0.0, 1.0), "down": (0.0, 0.0, -1.0), "ahead": (1.0, 0.0, 0.0), "behind": (-1.0, 0.0, 0.0),
    "right": (0.0, -1.0, 0.0), "left": (0.0, 1.0, 0.0), "round": (0.0, 0.0, 0.0),
}  # fmt: skip
"""Directions of the room."""


def straight_arrow(
    place: tuple[float, float], way: tuple[float, float], size: float, t: float, *, into: bool = False
) -> list[list[Round]]:
    """The hulls of an arrow from ``place``, or into it, along ``way``, a unit vector: its shaft and its head."""
    a, b = way
    length = LENGTH * size * (SHORTEST + (1 - SHORTEST) * t)
    back = length if into else 0.0
    x, y = place[0] - a * back, place[1] - b * back
    head, wide, thin = 0.105 * size, 0.062 * size, 0.016 * size

    def at(along: float, aside: float, radius: float) -> Round:
        return x + a * along - b * aside, y + b * along + a * aside, radius

    neck = length - head
    tip = [at(length, 0, 0.006 * size), at(neck, wide, 0.006 * size), at(neck, -wide, 0.006 * size)]
    return [[at(0, 0, thin), at(neck, 0, thin)], tip]


def round_arrow(centre: tuple[float, float], size: float, t: float, *, flipped: bool) -> list[list[Round]]:
    """The hulls of an arrow that goes round ``centre``, a circle seen from the side."""
    x, y = centre
    wide, high, thin = (-0.1 if flipped else 0.1) * size, 0.22 * size, 0.014 * size
    sweep = math.radians(120 + 200 * t)

    def at(turn: float, radius: float) -> Round:
        return x + wide * math.sin(turn), y + high * math.cos(turn), radius

    steps = [at(sweep * step / RING_STEPS, thin) for step in range(RING_STEPS + 1)]
    end, before = steps[-1], at(sweep - 0.12, thin)
    dx, dy = end[0] - before[0], end[1] - before[1]
    length = math.hypot(dx, dy) or 1e-9
    [_, tip] = straight_arrow((end[0], end[1]), (dx / length, dy / length), size * 0.8, 0.0)
    shift = 0.8 * size * (LENGTH * SHORTEST - 0.105)
    head = [(cx - dx / length * shift, cy - dy / length * shift, r) for cx, cy, r in tip]
    return [*([first, then] for first, then in pairwise(steps)), head]
