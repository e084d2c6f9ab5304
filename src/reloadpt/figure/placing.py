"""Putting a body where a keyframe wants it: resting, planted, reaching, and above the floor.

Limbs that are held at both ends bend by themselves, so bones keep their length.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from reloadpt.figure.anatomy import (
    BALL,
    FOREARM,
    HAND,
    HEEL,
    PALM,
    RADIUS,
    SHIN,
    SIDES,
    THIGH,
    UPPER_ARM,
    Side,
    Vector,
)
from reloadpt.figure.landmarks import find_landmark
from reloadpt.figure.skeleton import (
    UPRIGHT,
    Skeleton,
    about_y,
    about_z,
    body,
    knee_between,
    minus,
    place_at,
    plus,
    point_between,
    put_foot,
)

WALL_FROM = 0.9
"""A hand planted higher than this, in metres, lies on a wall, its fingers up."""

ENDS = tuple(f"{stem}_{side}" for stem in ("foot", "hand") for side in SIDES)
"""What can be planted and can reach."""

Places = dict[str, Vector]
Goal = str | tuple[float, float] | Vector
Reach = Mapping[str, Goal]

_SKIN: tuple[tuple[str, float], ...] = (
    ("waist", RADIUS["waist"]),
    ("mid_back", RADIUS["ribs"]),
    ("neck_base", RADIUS["collar"]),
    ("neck_top", RADIUS["neck"]),
    ("head", RADIUS["skull"]),
    ("face", RADIUS["face"]),
    ("nose", RADIUS["nose"]),
)
_SKIN_SIDED: dict[str, tuple[tuple[str, float], ...]] = {
    "trunk": (("hip", RADIUS["buttock"]), ("shoulder", RADIUS["shoulder"])),
    "hand": (("elbow", RADIUS["elbow"]), ("wrist", RADIUS["wrist"]), ("palm", RADIUS["palm"]),
             ("fingers", RADIUS["fingers"])),
    "foot": (("knee", RADIUS["knee"]), ("ankle", RADIUS["ankle"]), ("heel", RADIUS["heel"]),
             ("ball", RADIUS["ball"]), ("toe", RADIUS["toe"])),
}  # fmt: skip


@dataclass(frozen=True)
class SolvedKeyframe:
    """One keyframe, worked out: what to hold where.

    ``level`` are the feet whose soles lie on what is below, and which way their toes point in degrees.
    """

    angles: dict[str, float]
    rests: Places
    planted: Places
    reach: Reach
    level: dict[Side, float | None]
    held: Places | None = None
    """Where the planted and reaching palms and ankles come to lie; unknown before the body was placed once."""


def solve_body(key: SolvedKeyframe, then: Reach | None = None, share: float = 0.0) -> Skeleton:
    """Put a body where its keyframe wants it: at rest, planted, reaching, and above the floor."""
    skeleton = body(key.angles)
    for side, yaw in key.level.items():
        level_foot(skeleton, side, yaw, key.angles)
    way = [minus(spot, find_landmark(skeleton, name)) for name, spot in key.rests.items()]
    skeleton.move(
        (
            sum(step[0] for step in way) / len(way),
            sum(step[1] for step in way) / len(way),
            sum(step[2] for step in way) / len(way),
        )
    )
    bound = [*key.planted, *key.reach]
    free = [end for end in ENDS if end not in bound]
    _lift(skeleton, free)
    for end, spot in key.planted.items():
        stem, side = limb_of(end)
        if stem == "foot":
            _plant_foot(skeleton, side, spot, key)
        else:
            _plant_hand(skeleton, side, spot, key)
    for end, to in key.reach.items():
        goal = _target(skeleton, end, to)
        if then is not None:
            goal = point_between(goal, _target(skeleton, end, then[end]), share)
        _reach(skeleton, end, goal, key)
    _lift(skeleton, ENDS)
    return skeleton


def skin_heights(skeleton: Skeleton, ends: Collection[str]) -> Iterator[tuple[float, str]]:
    """The height of the skin below each point of the trunk, the head and the limbs named by their ends."""
    points = skeleton.points
    for name, radius in _SKIN:
        yield points[name][2] - radius, name
    for side in SIDES:
        for name, radius in _SKIN_SIDED["trunk"]:
            yield points[f"{name}_{side}"][2] - radius, f"{name}_{side}"
    for end in ends:
        stem, side = limb_of(end)
        for name, radius in _SKIN_SIDED[stem]:
            yield points[f"{name}_{side}"][2] - radius, f"{name}_{side}"


def _lift(skeleton: Skeleton, ends: Collection[str]) -> None:
    """Lift a body of which any part is below the floor, and note which part that was."""
    low, name = min(skin_heights(skeleton, ends))
    if low < 0:
        skeleton.sunk[name] = max(skeleton.sunk.get(name, 0.0), -low)
        skeleton.move((0.0, 0.0, -low))


def limb_of(end: str) -> tuple[str, Side]:
    """ "hand" or "foot", and its side."""
    stem, _, side = end.partition("_")
    return stem, "left" if side == "left" else "right"


def level_foot(skeleton: Skeleton, side: Side, yaw: float | None, angles: Mapping[str, float]) -> None:
    """Lay a sole level, but for a raised heel (plus) or forefoot (minus); the ball bends as the heel rises."""
    foot = skeleton.feet[side]
    heel = angles[f"heel_{side}"]
    way = math.degrees(math.atan2(foot[3], foot[0])) if yaw is None else yaw
    put_foot(skeleton, side, about_y(about_z(UPRIGHT, way), heel), angles[f"toes_{side}"] + max(heel, 0.0))


def _plant_foot(skeleton: Skeleton, side: Side, ball: Vector, key: SolvedKeyframe) -> None:
    """Bend hip and knee so that a foot stands with its ball at a place; a raised forefoot turns on its heel."""
    points = skeleton.points
    flat = about_z(UPRIGHT, key.level.get(side) or 0.0)
    tipped = about_y(flat, key.angles[f"heel_{side}"])
    pivot = BALL
    if key.angles[f"heel_{side}"] < 0:
        pivot, ball = HEEL, place_at(ball, flat, minus(HEEL, BALL))
    ankle = place_at(ball, tipped, (-pivot[0], -pivot[1], -pivot[2]))
    hip = points[f"hip_{side}"]
    name = f"knee_{side}"
    if key.held is None:
        points[name] = plus(points[name], (flat[0] * 0.5, flat[3] * 0.5, 0.0))  # knees go where toes point
    points[name] = _joint(skeleton, name, hip, ankle, (THIGH, SHIN), _nudge(key))
    points[f"ankle_{side}"] = _end(points[name], ankle, SHIN)
    skeleton.short[f"foot_{side}"] = math.dist(ankle, points[f"ankle_{side}"])
    level_foot(skeleton, side, key.level.get(side), key.angles)


def _plant_hand(skeleton: Skeleton, side: Side, palm: Vector, key: SolvedKeyframe) -> None:
    """Bend shoulder and elbow so that a palm lies at a place: flat below, or fingers up on a wall."""
    points = skeleton.points
    fingers = (0.0, 0.0, 1.0) if palm[2] > WALL_FROM else (1.0, 0.0, 0.0)
    wrist = minus(palm, _times(fingers, PALM))
    shoulder = points[f"shoulder_{side}"]
    points[f"elbow_{side}"] = _joint(
        skeleton, f"elbow_{side}", shoulder, wrist, (UPPER_ARM, FOREARM), _nudge(key)
    )
    goal, wrist = wrist, _end(points[f"elbow_{side}"], wrist, FOREARM)
    points[f"wrist_{side}"] = wrist
    skeleton.short[f"hand_{side}"] = math.dist(goal, wrist)
    points[f"palm_{side}"] = plus(wrist, _times(fingers, PALM))
    points[f"fingers_{side}"] = plus(wrist, _times(fingers, HAND))


def _target(skeleton: Skeleton, end: str, to: Goal) -> Vector:
    """Where a hand or foot is to go: a place on the body, straight down to the floor, or a spot in the room."""
    end_now = find_landmark(skeleton, end)
    if isinstance(to, tuple):
        return to if len(to) == 3 else (to[0], end_now[1], to[1])
    if to == "floor":
        return (end_now[0], end_now[1], RADIUS["palm"] if end.startswith("hand") else RADIUS["ball"])
    return find_landmark(skeleton, to)


def _reach(skeleton: Skeleton, end: str, goal: Vector, key: SolvedKeyframe) -> None:
    """Bend a limb so that its palm or ankle comes to a place, or as near as its bones allow."""
    points = skeleton.points
    stem, side = limb_of(end)
    if stem == "hand":
        shoulder = points[f"shoulder_{side}"]
        lower = FOREARM + PALM
        elbow = _joint(skeleton, f"elbow_{side}", shoulder, goal, (UPPER_ARM, lower), _nudge(key))
        points[f"elbow_{side}"] = elbow
        palm = points[f"palm_{side}"] = _end(elbow, goal, lower)
        skeleton.short[end] = math.dist(goal, palm)
        points[f"wrist_{side}"] = point_between(elbow, palm, FOREARM / lower)
        points[f"fingers_{side}"] = point_between(elbow, palm, (FOREARM + HAND) / lower)
        return
    hip, ankle_before = points[f"hip_{side}"], points[f"ankle_{side}"]
    knee = points[f"knee_{side}"] = _joint(skeleton, f"knee_{side}", hip, goal, (THIGH, SHIN), _nudge(key))
    ankle = points[f"ankle_{side}"] = _end(knee, goal, SHIN)
    skeleton.short[end] = math.dist(goal, ankle)
    way = minus(ankle, ankle_before)
    for name in ("heel", "ball", "toe"):
        points[f"{name}_{side}"] = plus(points[f"{name}_{side}"], way)


def _nudge(key: SolvedKeyframe) -> float:
    """How strongly a joint is pushed the way it bends: first into place, later only off dead straight."""
    return 0.3 if key.held is None else 0.01


def _joint(
    skeleton: Skeleton, name: str, root: Vector, end: Vector, bones: tuple[float, float], nudge: float
) -> Vector:
    towards = plus(skeleton.points[name], _times(skeleton.bends[name], nudge))
    return knee_between(root, end, towards, *bones)


def _end(joint: Vector, target: Vector, length: float) -> Vector:
    """The end of a bone that points from a joint at a target."""
    way = minus(target, joint)
    far = math.sqrt(way[0] ** 2 + way[1] ** 2 + way[2] ** 2) or 1e-9
    return plus(joint, _times(way, length / far))


def _times(way: Vector, factor: float) -> Vector:
    return (way[0] * factor, way[1] * factor, way[2] * factor)
