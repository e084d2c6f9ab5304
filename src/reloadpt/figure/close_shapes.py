"""What close-ups are drawn with: solids in the plane of the picture, by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from reloadpt.figure.anatomy import Vector
from reloadpt.figure.flesh import Ball, Solid
from reloadpt.figure.skeleton import UPRIGHT, Frame, about_y, place_at

Values = Mapping[str, float]
CloseUpDrawing = tuple[dict[str, Vector], list[Solid]]

BONE = "bone"
"""A part that is drawn lighter, as if seen through the skin."""


def solid(part: str, *balls: tuple[Vector, float]) -> Solid:
    """The hull of balls in one part."""
    return Solid(part, tuple(Ball(*ball) for ball in balls))


def frame_places(origin: Vector, frame: Frame) -> Callable[[float, float], Vector]:
    """Places by x and z in a turned frame."""
    return lambda x, z: place_at(origin, frame, (x, 0.0, z))


def curve(part: str, low: Vector, over: Vector, high: Vector, radius: float, steps: int = 8) -> list[Solid]:
    """A bent strip from ``low`` to ``high`` that is drawn towards ``over``."""
    spots: Sequence[Vector] = [
        tuple(  # type: ignore[misc]  # three parts, as each of the three places has
            (1 - s) ** 2 * a + 2 * s * (1 - s) * b + s**2 * c for a, b, c in zip(low, over, high, strict=True)
        )
        for s in (step / steps for step in range(steps + 1))
    ]
    return [solid(part, (first, radius), (then, radius)) for first, then in pairwise(spots)]


def lean_over(drawn: CloseUpDrawing, degrees: float) -> CloseUpDrawing:
    """The whole of it tipped forward, or with less than 0 laid back."""
    if not degrees:
        return drawn
    points, solids = drawn
    tip = frame_places((0.0, 0.0, 0.0), about_y(UPRIGHT, degrees))
    return {name: tip(x, z) for name, (x, _, z) in points.items()}, [
        Solid(solid.part, tuple(Ball(tip(centre[0], centre[2]), radius) for centre, radius in solid.balls))
        for solid in solids
    ]
