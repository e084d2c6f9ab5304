"""The things in the room: where each one stands or lies, from the body that uses it.

What is held or tied moves with the body; what stands keeps the place it has at the first keyframe.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from reloadpt.figure.anatomy import RADIUS, Vector
from reloadpt.figure.flesh import Ball, Solid
from reloadpt.figure.landmarks import find_landmark, split_side
from reloadpt.figure.model import Prop
from reloadpt.figure.skeleton import Skeleton, minus, plus

TIES: dict[str, Vector] = {
    "ahead": (0.8, 0.0, 0.0), "ahead-high": (0.7, 0.0, 0.5), "ahead-low": (0.7, 0.0, -0.5),
    "behind": (-0.8, 0.0, 0.0), "behind-high": (-0.7, 0.0, 0.5), "behind-low": (-0.7, 0.0, -0.5),
    "above": (0.0, 0.0, 0.7), "below": (0.0, 0.0, -0.7),
    "right": (0.0, -0.8, 0.0), "left": (0.0, 0.8, 0.0),
}  # fmt: skip
"""Where the far end of a band is tied, in metres from where the hand or foot begins."""

HALF_DEPTH = 0.22
WALL_HEIGHT = 2.0
BEHIND_HEAD = 0.125
"""From the middle of the head of a close-up to the wall that it leans on, in metres."""


Stroke = Literal["whole", "dashed", "band", "ground", "sheet"]


@dataclass(frozen=True, slots=True)
class PropLine:
    """Edges of a thing, or a band: a path through the room."""

    path: tuple[Vector, ...]
    stroke: Stroke = "dashed"


class Spot(NamedTuple):
    """A place on the body at which a thing stands or lies."""

    place: Vector
    name: str
    to: str | None
    body: Skeleton


Things = list[Solid | PropLine]


def prop_place(prop: Prop) -> str:
    """The place on the body that a thing is at: the one that is written, or the usual one of its kind."""
    return prop.at or _AT.get(prop.kind, "hand_right")


def prop_shapes(prop: Prop, keyframes: Sequence[Skeleton], now: Skeleton) -> Things:
    """What is drawn of a thing, from the body at the keyframes and the body now.

    What carries the body stands where it is lowest; a wall or a table where the first keyframe touches it.
    """
    place = prop_place(prop)
    if prop.kind in _STANDING:
        spots = [Spot(find_landmark(keyframe, place), place, prop.to, keyframe) for keyframe in keyframes]
        return _STANDING[prop.kind](
            min(spots, key=lambda spot: spot.place[2]) if prop.kind in _CARRYING else spots[0]
        )
    position = find_landmark(now, place)
    if prop.kind in ("band", "belt"):
        return [PropLine((position, _far_end(prop, place, keyframes[0], now)), "band")]
    if prop.kind in ("stick", "twist-bar", "dumbbell", "kettlebell"):
        return _bar(prop, place, position, now)
    if prop.kind == "hand":
        return _hand(position, prop.to or "ahead")
    size = 0.034 if prop.kind == "ball" and place.startswith("hand") else _SIZE.get(prop.kind, 0.1)
    if prop.kind == "backpack" and place.startswith("thigh"):
        position = plus(position, (0.0, 0.0, RADIUS["knee"] + size))
    return [Solid("prop", (Ball(position, size),))]


def _far_end(prop: Prop, place: str, first: Skeleton, now: Skeleton) -> Vector:
    if prop.to is None or prop.to in TIES:
        way = TIES[prop.to or "ahead"]
        if "pelvis" not in first.points or "hip_left" not in first.points:
            way = (way[0] / 4, way[1] / 4, way[2] / 4)
        x, y, z = plus(find_landmark(first, place), way)
        return (x, y, max(z, 0.01))
    return find_landmark(now, prop.to)


def _bar(prop: Prop, place: str, position: Vector, now: Skeleton) -> Things:
    if prop.to and prop.to not in TIES:
        return [PropLine((position, find_landmark(now, prop.to)), stroke="whole")]
    side = split_side(place)[1]
    along: Vector = (1.0, 0.0, 0.0)
    if f"elbow_{side}" in now.points:
        way = minus(position, now.points[f"elbow_{side}"])
        length = math.hypot(way[0], way[2])
        if length > 0.1:
            along = (-way[2] / length, 0.0, way[0] / length)
    half = {"dumbbell": 0.085, "kettlebell": 0.0, "stick": 0.45, "twist-bar": 0.13}[prop.kind]
    ends = (_moved_along(position, along, half), _moved_along(position, along, -half))
    if prop.kind == "kettlebell":
        return [Solid("prop", (Ball((position[0], position[1], position[2] - 0.1), 0.085),))]
    if prop.kind == "dumbbell":
        plates: Things = [Solid("prop", (Ball(end, 0.055),)) for end in ends]
        return [*plates, PropLine(ends, stroke="whole")]
    return [PropLine(ends, stroke="whole")]


def _hand(position: Vector, to: str) -> Things:
    """A hand laid on a place of a close-up, its forearm coming from the side that ``to`` names."""
    x, y, z = TIES.get(to, TIES["ahead"])
    far = math.hypot(x + y, z) or 1.0
    out: Vector = ((x + y) / far, 0.0, z / far)
    up: Vector = (-abs(out[2]), 0.0, abs(out[0]))

    def at(away: float, along: float) -> Vector:
        return _moved_along(_moved_along(position, out, away), up, along)

    return [
        Solid(
            "prop", (Ball(at(0.02, 0.06), 0.014), Ball(at(0.024, 0.0), 0.02), Ball(at(0.03, -0.03), 0.024))
        ),
        Solid("prop", (Ball(at(0.03, -0.03), 0.024), Ball(at(0.055, -0.045), 0.026))),
        Solid("prop", (Ball(at(0.055, -0.045), 0.026), Ball(at(0.2, -0.09), 0.036))),
    ]


def _moved_along(place: Vector, way: Vector, far: float) -> Vector:
    return (place[0] + way[0] * far, place[1] + way[1] * far, place[2] + way[2] * far)


def _box(low: Vector, high: Vector) -> Things:
    """A block by its edges: the top, the front and the near side."""
    (a, b, c), (d, e, f) = low, high
    top = ((a, b, f), (d, b, f), (d, e, f), (a, e, f), (a, b, f))
    front = ((a, b, f), (a, b, c), (d, b, c), (d, b, f))
    return [
        PropLine(top, stroke="whole"),
        PropLine(front, stroke="whole"),
        PropLine(((d, b, c), (d, e, c), (d, e, f)), stroke="whole"),
    ]


def _seat(low: float, high: float, top: float, y: float, back: float | None) -> Things:
    """A top on four legs, with a back that stands at x ``back``."""
    near, far = y - HALF_DEPTH, y + HALF_DEPTH
    lines: Things = [
        PropLine(
            ((low, near, top), (high, near, top), (high, far, top), (low, far, top), (low, near, top)),
            "whole",
        )
    ]
    lines += [PropLine(((x, side, top), (x, side, 0.0))) for x in (low, high) for side in (near, far)]
    if back is not None:
        upper = top + 0.42
        lines.append(
            PropLine(((back, near, top), (back, near, upper), (back, far, upper), (back, far, top)), "whole")
        )
    return lines


def _chair(spot: Spot) -> Things:
    x, y, z = spot.place
    if spot.name.startswith("hand"):
        back = x + 0.02
        return _seat(back, back + 0.42, max(z - 0.46, 0.1), y, back)
    if spot.name.startswith(("calf", "foot", "heel", "ankle", "shin")):
        radius = 0.085 if spot.name.startswith(("calf", "shin")) else 0.04
        return _seat(x - 0.05, x + 0.4, z - radius, 0.0, x + 0.4)
    return _seat(x - 0.19, x + 0.25, z - RADIUS["buttock"], 0.0, x - 0.19)


def _bench(spot: Spot) -> Things:
    x, y, z = spot.place
    top = max(z - (0.085 if spot.name == "collar" else RADIUS["knee"]), 0.1)
    return _seat(x - 0.2, x + 0.2, top, y, None)


def _step(spot: Spot) -> Things:
    x, _, z = spot.place
    top = max(z - RADIUS["ball"], 0.06)
    return _box((x - 0.24, -0.25, 0.0), (x + 0.14, 0.25, top))


def _table(spot: Spot) -> Things:
    x, y, z = spot.place
    return _seat(x - 0.25, x + 0.4, z - RADIUS["palm"], y, None)


def _wall(spot: Spot) -> Things:
    """A wall behind what touches it: ahead or behind, or to one side where ``to`` says so."""
    x, y, z = spot.place
    if "pelvis" not in spot.body.points:
        x += math.copysign(BEHIND_HEAD, TIES[spot.to or "behind"][0])
        return [PropLine(((x, 0.0, z - 0.24), (x, 0.0, z + 0.14)), stroke="whole")]
    skin = RADIUS["palm"] if spot.name.startswith(("hand", "elbow", "forearm")) else 0.0
    if spot.to in ("left", "right"):
        y += skin if spot.to == "left" else -skin
        return [_upright((-0.5, y), (0.5, y))]
    x += math.copysign(skin, x - spot.body.points["pelvis"][0])
    return [_upright((x, -0.1), (x, 0.55))]


def _upright(near: tuple[float, float], far: tuple[float, float]) -> PropLine:
    (a, b), (c, d) = near, far
    return PropLine(((a, b, 0.0), (a, b, WALL_HEIGHT), (c, d, WALL_HEIGHT), (c, d, 0.0), (a, b, 0.0)))


def _mat(spot: Spot) -> Things:
    across = [x for x, _, _ in spot.body.points.values()]
    deep = [y for _, y, _ in spot.body.points.values()]
    low, high = min(across) - 0.12, max(across) + 0.12
    near, far = min(deep) - 0.1, max(deep) + 0.1
    corners = ((low, near, 0.0), (high, near, 0.0), (high, far, 0.0), (low, far, 0.0), (low, near, 0.0))
    return [PropLine(corners, stroke="whole")]


def _cushion(half_length: float, radius: float) -> Callable[[Spot], Things]:
    """A soft thing that lies right under a place, or on the floor below it."""

    def laid(spot: Spot) -> Things:
        x, y, z = spot.place
        under = RADIUS.get(_THICK.get(split_side(spot.name)[0], ""), 0.05)
        height = max(z - under - radius * 0.8, radius)
        return [
            Solid(
                "prop",
                (Ball((x - half_length, y, height), radius), Ball((x + half_length, y, height), radius)),
            )
        ]

    return laid


_TURNS = tuple(step * math.pi / 16 for step in range(33))


def _mirror(spot: Spot) -> Things:
    x, y, z = spot.place
    if "pelvis" not in spot.body.points:
        glass = ((x + 0.19 * math.sin(turn), y, z + 0.235 * math.cos(turn)) for turn in _TURNS)
        return [PropLine(tuple(glass), stroke="whole")]
    ring = tuple((x + 0.55 + 0.03 * math.sin(turn), y, z + 0.2 * math.cos(turn)) for turn in _TURNS)
    return [PropLine(ring, stroke="whole")]


def _anchor(spot: Spot) -> Things:
    x, y, z = spot.place
    return _box((x - 0.1, y - 0.3, z + 0.04), (x + 0.1, y + 0.3, z + 0.14))


_AT = {"chair": "pelvis", "wall": "hand_right", "pillow": "head", "towel": "head", "table": "hand_right",
       "step": "foot_right", "bench": "collar", "foam-roller": "blade_right", "mirror": "head",
       "backpack": "back", "anchor": "ankle_right", "ball": "knees", "heat-pack": "jaw", "mat": "pelvis"}  # fmt: skip
_THICK = {"head": "skull", "neck": "neck", "pelvis": "buttock", "hip": "buttock", "belly": "face", "knee": "knee",
          "knees": "knee", "ankle": "ankle", "hand": "palm", "elbow": "elbow", "forearm": "elbow",
          "foot": "ball"}  # fmt: skip
_SIZE = {"ball": 0.11, "backpack": 0.13, "heat-pack": 0.05}
_CARRYING = ("chair", "bench", "step", "pillow", "towel", "foam-roller")
_STANDING: dict[str, Callable[[Spot], Things]] = {
    "chair": _chair,
    "bench": _bench,
    "step": _step,
    "table": _table,
    "wall": _wall,
    "mat": _mat,
    "pillow": _cushion(0.13, 0.055),
    "towel": _cushion(0.04, 0.035),
    "foam-roller": _cushion(0.0, 0.075),
    "mirror": _mirror,
    "anchor": _anchor,
}
