"""One moment of a figure, flat: round shapes and lines in the order they are painted, seen from the view.

A picture has x to the right and y up, in metres. Its frame is the same for every moment of a figure, so that
nothing jumps while the body moves.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from reloadpt.figure.anatomy import SIDES, Vector
from reloadpt.figure.arrows import CLOSE, WAYS, round_arrow, straight_arrow
from reloadpt.figure.close_shapes import BONE
from reloadpt.figure.flesh import Solid, flesh
from reloadpt.figure.keys import posture_layers, posture_view
from reloadpt.figure.landmarks import find_landmark
from reloadpt.figure.mirror import other_side
from reloadpt.figure.model import Figure, Prop, View, Way
from reloadpt.figure.pose import Pose, close_up, keyframes, moving_parts, pose
from reloadpt.figure.props import Stroke, prop_shapes

Tone = Literal["far", "body", "work", "thing", "bone", "region"]

CAMERAS: dict[View, tuple[float, float]] = {
    "side": (0.0, 0.0),
    "corner": (42.0, 18.0),
    "front": (90.0, 0.0),
    "back": (270.0, 0.0),
    "high": (8.0, 30.0),
    "above": (6.0, 62.0),
    "feet": (90.0, 26.0),
}
"""Where each view looks from: degrees round towards the body's front, and degrees up."""

FAR = 0.06
"""A limb that lies this much further from the eye than its fellow, in metres, is drawn as the far one."""

LOOKING_DOWN = 10.0
"""From this many degrees up, the floor is a sheet and not a line."""

CLOSE_MARK = 0.55
"""How large a marked region is in a close-up, beside a whole body."""

HELD = ("band", "belt", "stick", "twist-bar")
"""Lines that are held: they can run in front of the body, where all that stands is behind it."""

IN_FRONT = 0.05
"""A line this much nearer to the eye than the middle of the trunk, in metres, is drawn over the body."""

NEAR_FLOOR = 0.45
"""What is higher than this, in metres, has no floor drawn under it."""

MARGIN = 0.06
MOMENTS = (0.0, 0.25, 0.5, 0.75, 1.0)


class Circle(NamedTuple):
    """A round end of a shape, in the picture."""

    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled shape: the hull of its circles."""

    part: str
    tone: Tone
    circles: tuple[Circle, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A line of a thing in the room, or of the floor; ``over`` where it runs in front of the body."""

    points: tuple[tuple[float, float], ...]
    stroke: Stroke
    over: bool = False


class Bounds(NamedTuple):
    """The frame of a picture, in metres."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What is painted, first to last; ``roots`` are where a part grows out of what lies behind it, by part."""

    bounds: Bounds
    paths: tuple[Path, ...]
    shapes: tuple[Shape, ...]
    roots: dict[str, Circle]


class Camera:
    """Sees the room from one side, without perspective."""

    def __init__(self, view: View, *, flipped: bool):
        turn, up = (math.radians(angle) for angle in CAMERAS[view])
        sign = -1.0 if flipped else 1.0
        self._right = (sign * math.cos(turn), sign * math.sin(turn))
        self._rise, self._up = math.sin(up), math.cos(up)
        self._near = (math.sin(turn), -math.cos(turn))

    def see(self, place: Vector) -> tuple[float, float, float]:
        """Right, up, and how near to the eye; metres."""
        x, y, z = place
        towards = x * self._near[0] + y * self._near[1]
        return (
            x * self._right[0] + y * self._right[1],
            z * self._up - towards * self._rise,
            towards * self._up + z * self._rise,
        )


def view_of(figure: Figure) -> View:
    """Where a figure is seen from: as it says, or as its first posture shows best."""
    if close_up(figure):
        return "side"
    return figure.view or posture_view(figure.frames[0].posture) or "side"


@lru_cache(maxsize=256)
def props_of(figure: Figure) -> tuple[Prop, ...]:
    """The figure's things, and those its first posture cannot be without: the chair that it sits on."""
    kinds = {prop.kind for prop in figure.props}
    own = [prop for layer in posture_layers(figure.frames[0].posture) for prop in layer.props]
    return (*(prop for prop in own if prop.kind not in kinds), *figure.props)


def picture(moment: Pose) -> Picture:
    """The flat picture of one moment, ready to be painted."""
    return _flat(moment, _bounds(moment.figure, flipped=moment.flipped))


@lru_cache(maxsize=256)
def _bounds(figure: Figure, *, flipped: bool) -> Bounds:
    """A frame that holds every moment of a figure."""
    boxes: list[tuple[float, float, float, float]] = []
    for t in MOMENTS:
        moment = pose(figure, t)
        flat = _flat(replace(moment, flipped=flipped), Bounds(0, 0, 0, 0))
        for shape in flat.shapes:
            boxes += [(c.x - c.r, c.y - c.r, c.x + c.r, c.y + c.r) for c in shape.circles]
        boxes += [(x, y, x, y) for path in flat.paths for x, y in path.points]
    if moment.has_floor:
        boxes.append((boxes[0][0], 0.0, boxes[0][0], 0.0))
    return Bounds(
        min(box[0] for box in boxes) - MARGIN,
        min(box[1] for box in boxes) - MARGIN,
        max(box[2] for box in boxes) + MARGIN,
        max(box[3] for box in boxes) + MARGIN,
    )


def _flat(moment: Pose, bounds: Bounds) -> Picture:
    """Everything seen from the view, sorted from far to near part by part; marked regions come last."""
    figure = moment.figure
    camera = Camera(view_of(figure), flipped=moment.flipped)
    solids = list(moment.solids) or flesh(moment.skeleton)
    paths = [_ground(figure, bounds, camera)] if moment.has_floor else []
    trunk = [camera.see(ball.centre)[2] for solid in solids if solid.part == "trunk" for ball in solid.balls]
    body = sum(trunk) / len(trunk) + IN_FRONT if trunk else math.inf
    for prop in props_of(figure):
        for thing in prop_shapes(prop, keyframes(figure), moment.skeleton):
            if isinstance(thing, Solid):
                solids.append(thing)
            else:
                seen = [camera.see(place) for place in thing.path]
                over = prop.kind in HELD and sum(place[2] for place in seen) / len(seen) > body
                paths.append(Path(tuple(place[:2] for place in seen), thing.stroke, over))
    shapes = [
        *_layers(figure, solids, camera),
        *_region_shapes(moment, camera),
        *_arrow_shapes(moment, camera),
    ]
    return Picture(bounds, tuple(paths), tuple(shapes), _roots(moment, camera))


def _layers(figure: Figure, solids: list[Solid], camera: Camera) -> Iterator[Shape]:
    """The solids as flat shapes, part by part, the furthest part first; a close-up keeps its own order."""
    strong = figure.works or moving_parts(figure)
    parts: dict[str, list[tuple[float, Shape]]] = {}
    for solid in solids:
        balls_seen = [(camera.see(ball.centre), ball.radius) for ball in solid.balls]
        depth = sum(place[2] for place, _ in balls_seen) / len(balls_seen)
        shape = Shape(solid.part, "body", tuple(Circle(x, y, radius) for (x, y, _), radius in balls_seen))
        parts.setdefault(solid.part, []).append((depth, shape))
    depths = {part: sum(depth for depth, _ in group) / len(group) for part, group in parts.items()}
    beside = view_of(figure) not in ("front", "back", "feet")
    for part in sorted(parts, key=lambda name: depths[name]):
        fellow = depths.get(other_side(part), depths[part])
        tone = _tone(part, strong, far=beside and depths[part] < fellow - FAR)
        for _, shape in sorted(parts[part], key=lambda pair: pair[0]):
            yield Shape(part, tone, shape.circles)


def _region_shapes(moment: Pose, camera: Camera) -> Iterator[Shape]:
    """The places of a region: a ring, and a core that shows how firm it is."""
    region, t = moment.figure.region, moment.t
    size = CLOSE_MARK if moment.solids else 1.0
    for index, name in enumerate(region.at if region else ()):
        x, y, _ = camera.see(find_landmark(moment.skeleton, name))
        ring, core = (
            (least * size, most * size) for least, most in _SWELL[region.does if region else "swells"]
        )
        yield Shape(f"ring {index}", "region", (Circle(x, y, ring[0] + (ring[1] - ring[0]) * t),))
        yield Shape(f"core {index}", "work", (Circle(x, y, core[0] + (core[1] - core[0]) * t),))


def _arrow_shapes(moment: Pose, camera: Camera) -> Iterator[Shape]:
    """Each arrow, from its place on the body."""
    size = CLOSE if moment.solids else 1.0
    for index, arrow in enumerate(moment.figure.arrows):
        x, y, _ = camera.see(find_landmark(moment.skeleton, arrow.at))
        if arrow.way == "round":
            hulls = round_arrow((x, y), size, moment.t, flipped=moment.flipped)
        else:
            across, up, _ = camera.see(arrow_direction(arrow.way, close=bool(moment.solids)))
            far = math.hypot(across, up) or 1e-9
            way = (across / far, up / far)
            hulls = straight_arrow((x, y), way, size, moment.t, into=arrow.into)
        for hull in hulls:
            yield Shape(f"arrow {index}", "work", tuple(Circle(*circle) for circle in hull))


def arrow_direction(way: Way, *, close: bool) -> Vector:
    """A direction of the room; a close-up is flat, and one from the front has its right on our left."""
    x, y, z = WAYS[way]
    return (x + y, 0.0, z) if close else (x, y, z)


_SWELL = {
    "swells": ((0.05, 0.095), (0.02, 0.045)),
    "tightens": ((0.085, 0.05), (0.01, 0.036)),
    "softens": ((0.05, 0.095), (0.036, 0.01)),
}
"""Radii of ring and core, at rest and at the end of the way out, in metres."""


def _roots(moment: Pose, camera: Camera) -> dict[str, Circle]:
    """Where limbs and head grow out of the trunk, or in a close-up a part out of another: no gap is drawn there."""
    close = close_up(moment.figure)
    joints = close.joints if close else _BODY_JOINTS
    centres = {part: camera.see(moment.skeleton.points[joint]) for part, (joint, _) in joints.items()}
    return {part: Circle(x, y, joints[part][1]) for part, (x, y, _) in centres.items()}


_BODY_JOINTS = {
    "head": ("neck_base", 0.08),
    **{f"arm_{side}": (f"shoulder_{side}", 0.075) for side in SIDES},
    **{f"leg_{side}": (f"hip_{side}", 0.12) for side in SIDES},
}


def _tone(part: str, strong: Collection[str], *, far: bool) -> Tone:
    if part in strong:
        return "work"
    if part == "prop":
        return "thing"
    if part == "pubis" or part.startswith(BONE):
        return "bone"
    return "far" if far else "body"


@lru_cache(maxsize=256)
def _footprint(figure: Figure) -> tuple[float, float, float, float]:
    """How far ahead and aside a body reaches over its floor: from and to, metres."""
    spots = [
        spot for t in MOMENTS for spot in pose(figure, t).skeleton.points.values() if spot[2] < NEAR_FLOOR
    ]
    ahead, aside = [x for x, _, _ in spots], [y for _, y, _ in spots]
    return min(ahead) - 0.06, max(ahead) + 0.06, min(aside) - 0.05, max(aside) + 0.05


def _ground(figure: Figure, bounds: Bounds, camera: Camera) -> Path:
    """The floor: a line where it is seen from beside, a sheet under the body where it is seen from above."""
    view = view_of(figure)
    if CAMERAS[view][1] < LOOKING_DOWN:
        return Path(((bounds.left, 0.0), (bounds.right, 0.0)), "ground")
    low, high, near, far = _footprint(figure)
    corners = ((low, near, 0.0), (high, near, 0.0), (high, far, 0.0), (low, far, 0.0), (low, near, 0.0))
    return Path(tuple(camera.see(corner)[:2] for corner in corners), "sheet")


def outline(circles: tuple[Circle, ...]) -> list[tuple[Circle, float, float]]:
    """The hull of circles as arcs, anticlockwise: a circle, and the angles at which it begins and ends."""
    order = _hull_order(circles)
    if len(order) == 1:
        return [(order[0], 0.0, 2 * math.pi)]
    normals = []
    for first, then in zip(order, order[1:] + order[:1], strict=True):
        dx, dy = then.x - first.x, then.y - first.y
        tilt = max(-1.0, min(1.0, (first.r - then.r) / (math.hypot(dx, dy) or 1e-9)))
        normals.append(math.atan2(dy, dx) - math.acos(tilt))
    arcs = []
    for index, circle in enumerate(order):
        begin, end = normals[index - 1], normals[index]
        while end < begin:
            end += 2 * math.pi
        while end - begin > 2 * math.pi:
            end -= 2 * math.pi
        arcs.append((circle, begin, end))
    return arcs


def _hull_order(circles: tuple[Circle, ...]) -> list[Circle]:
    """The circles that show on the hull, in the order a walk round it meets them."""
    hull: list[Circle] = []
    for candidate in sorted(circles, key=lambda circle: -circle.r):
        if all(
            math.hypot(candidate.x - larger.x, candidate.y - larger.y) > larger.r - candidate.r + 1e-9
            for larger in hull
        ):
            hull.append(candidate)
    if len(hull) < 3:
        return hull
    order: list[Circle] = []
    for step in range(24):
        c, s = math.cos(step * math.pi / 12), math.sin(step * math.pi / 12)
        most = max(hull, key=lambda circle: circle.x * c + circle.y * s + circle.r)
        if not order or most != order[-1]:
            order.append(most)
    if len(order) > 1 and order[0] == order[-1]:
        order.pop()
    return order
