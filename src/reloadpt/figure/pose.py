"""Where every point of a figure's body is at any moment of its movement.

Each keyframe is worked out once: its angles, where it rests, what is planted or reaches. In between, angles
are interpolated, so bones keep their length; what rests or is planted at both ends stays put.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from reloadpt.figure.anatomy import (
    BALL,
    FOREARM,
    HAND,
    HEEL,
    LIMITS,
    PALM,
    RADIUS,
    SHIN,
    SIDED,
    SIDES,
    THIGH,
    UPPER_ARM,
    Side,
    Vector,
)
from reloadpt.figure.closeups import CLOSE_UPS, CloseUp
from reloadpt.figure.flesh import Solid
from reloadpt.figure.landmarks import find
from reloadpt.figure.mirror import mirrored, other
from reloadpt.figure.model import Figure, Frame, View
from reloadpt.figure.postures import POSTURES, Posture
from reloadpt.figure.skeleton import (
    UPRIGHT,
    Skeleton,
    about_y,
    about_z,
    at,
    between,
    body,
    knee_between,
    limb_angles,
    minus,
    plus,
    put_foot,
)
from reloadpt.figure.words import wrong_words
from reloadpt.files import Trouble

MOVES = 6.0
"""A joint that changes by more than this between keyframes, in degrees, is one that moves."""

GOES = 0.04
"""And a limb goes somewhere when its knee or foot, elbow or hand moves further than this, in metres."""

_ARM = ("shoulder", "shoulder_out", "shoulder_turn", "elbow", "wrist", "blade", "blade_forward")
_LEG = ("hip", "hip_out", "hip_turn", "knee", "ankle", "toes", "heel")

SAME_HEIGHT = 0.03
"""A foot higher than the other by more than this, in metres, does not carry the body."""

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
_ENDS = tuple(f"{stem}_{side}" for stem in ("foot", "hand") for side in SIDES)
_FREES = {"hand": ("shoulder", "shoulder_out", "shoulder_turn", "elbow"),
             "foot": ("hip", "hip_out", "hip_turn", "knee")}  # fmt: skip


WALL_FROM = 0.9
"""A hand planted higher than this, in metres, lies on a wall, its fingers up."""

_PAIRS = ({"ball_left", "ball_right"}, {"knee_left", "knee_right"})

Places = dict[str, Vector]
Goal = str | tuple[float, float] | Vector
Reach = Mapping[str, Goal]


@dataclass(frozen=True)
class Pose:
    """A body at one moment of a figure.

    ``figure`` and ``skeleton`` face right; where the figure asked for faces left, ``flipped`` says so and the
    picture is turned round.
    """

    figure: Figure
    t: float
    skeleton: Skeleton
    flipped: bool = False
    solids: tuple[Solid, ...] = ()
    """What a close-up is drawn from; a whole body is fleshed out by ``flesh``."""

    @property
    def has_floor(self) -> bool:
        """Whether what is shown stands or lies on a floor: whole bodies do."""
        close = close_up(self.figure)
        return close is None or close.floor

    @property
    def points(self) -> Places:
        """Every point by name: metres ahead, to the left, and above the floor."""
        if not self.flipped:
            return self.skeleton.points
        return {other(name): (x, -y, z) for name, (x, y, z) in self.skeleton.points.items()}


@dataclass(frozen=True)
class Key:
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


def pose(figure: Figure, t: float) -> Pose:
    """The body of ``figure`` at ``t``: 0 is the first keyframe, 1 the last; nothing is below the floor."""
    flipped = figure.faces == "left"
    if flipped:
        figure = _canonical(figure)
    _refuse_wrong_words(figure)
    close = close_up(figure)
    if close:
        skeleton, solids = close.skeleton(_values(figure, t))
        return Pose(figure, t, skeleton, flipped, solids)
    keys = score(figure)
    spot = min(max(t, 0.0), 1.0) * (len(keys) - 1)
    first = min(int(spot), max(len(keys) - 2, 0))
    skeleton = _between(keys[first], keys[min(first + 1, len(keys) - 1)], spot - first)
    return Pose(figure, t, skeleton, flipped)


@lru_cache(maxsize=256)
def _refuse_wrong_words(figure: Figure) -> None:
    for problem in wrong_words(figure):
        raise Trouble(f"The figure cannot be drawn: {problem.where}: {problem.what}")


def close_up(figure: Figure) -> CloseUp | None:
    """The close-up that a figure shows, if it is one."""
    return CLOSE_UPS.get(figure.frames[0].posture)


def _values(figure: Figure, t: float) -> dict[str, float]:
    """What moves in a close-up, at a moment."""
    spot = min(max(t, 0.0), 1.0) * (len(figure.frames) - 1)
    first = min(int(spot), max(len(figure.frames) - 2, 0))
    one, then = figure.frames[first].angles, figure.frames[min(first + 1, len(figure.frames) - 1)].angles
    return {
        name: one.get(name, 0.0) + (then.get(name, 0.0) - one.get(name, 0.0)) * (spot - first)
        for name in one.keys() | then.keys()
    }


_canonical = lru_cache(maxsize=256)(mirrored)


def expand(angles: Mapping[str, float]) -> dict[str, float]:
    """Angles with every name in full: one without a side sets both, unless that side has its own."""
    full = {name: value for name, value in angles.items() if name in LIMITS}
    for name, value in angles.items():
        if name in SIDED:
            for side in SIDES:
                full.setdefault(f"{name}_{side}", value)
    return full


def lineage(name: str) -> list[Posture]:
    """A posture after those it is like, the one that stands by itself first."""
    if name in CLOSE_UPS:
        return [Posture(CLOSE_UPS[name].says)]
    found = [POSTURES[name]]
    while found[0].like:
        found.insert(0, POSTURES[found[0].like])
    return found


@lru_cache(maxsize=256)
def score(figure: Figure) -> tuple[Key, ...]:
    """The keyframes worked out, all held by the same points."""
    keys = [_key(frame) for frame in figure.frames]
    keys = _on_what_carries(keys)
    placed = [place(key) for key in keys]
    names = (figure.stays,) if figure.stays else tuple(keys[0].rests)
    first = placed[0]
    for index, (key, skeleton) in enumerate(zip(keys, placed, strict=True)):
        held = first if figure.stays else skeleton
        keys[index] = replace(
            key,
            rests={name: key.rests.get(name) or find(held, name) for name in names},
            angles=key.angles | _limbs_as_they_lie(key, skeleton),
            held={end: skeleton.points[_held(end)] for end in (*key.planted, *key.reach)},
        )
    for before, key in pairwise(keys):
        for name, value in key.angles.items():
            key.angles[name] = value + 360 * round((before.angles[name] - value) / 360)
    return tuple(keys)


def _key(frame: Frame) -> Key:
    """What one keyframe asks for, before it is placed."""
    layers = lineage(frame.posture)
    root = layers[0]
    angles = dict.fromkeys(LIMITS, 0.0) | expand(root.angles)
    rests, planted, yaw = _ground(frame.posture)
    planted = dict(planted)
    reach: dict[str, Goal] = dict(root.reach)
    written: set[str] = set()
    for more, to in [(layer.angles, layer.reach) for layer in layers[1:]] + [(frame.angles, frame.reach)]:
        new = expand(more)
        angles |= new
        written |= new.keys()
        for end in _ENDS:
            if _frees(end, new):
                reach.pop(end, None)
        reach |= to
    planted = {end: spot for end, spot in planted.items() if not _frees(end, written) and end not in reach}
    level: dict[Side, float | None] = {}
    for side in SIDES:
        if f"foot_{side}" in planted:
            level[side] = yaw
        elif f"ball_{side}" in rests and f"ankle_{side}" not in written:
            level[side] = None
    return Key(angles, dict(rests), planted, reach, level)


def _frees(end: str, names: Collection[str]) -> bool:
    """Whether writing these angles takes a hand or foot from where the posture put it."""
    stem, side = _limb(end)
    return any(f"{joint}_{side}" in names for joint in _FREES[stem])


@cache
def _ground(name: str) -> tuple[Places, Places, float]:
    """Where a posture rests, where its hands and feet are planted, and the way its feet point."""
    layers = lineage(name)
    root = layers[0]
    height = next((layer.height for layer in reversed(layers) if layer.height is not None), None)
    ahead = next((layer.ahead for layer in reversed(layers) if layer.ahead), 0.0)
    spots: Places = {}
    for layer in layers:
        spots |= layer.spots
    angles = dict.fromkeys(LIMITS, 0.0) | expand(root.angles)
    skeleton = body(angles)
    yaw = -angles["turn"]
    for side in SIDES:
        if f"foot_{side}" in root.planted:
            _level_foot(skeleton, side, yaw, angles)
    held = [find(skeleton, name) for name in root.rests]
    x = sum(spot[0] for spot in held) / len(held)
    z = sum(spot[2] for spot in held) / len(held)
    free = [end for end in _ENDS if end not in root.reach and end not in spots]
    aside = next((layer.aside for layer in reversed(layers) if layer.aside), 0.0)
    skeleton.move(
        (ahead - x, aside, (height - z) if height is not None else -min(_depths(skeleton, free))[0])
    )
    rests = {name: spots.get(_end_at(name)) or find(skeleton, name) for name in root.rests}
    planted = {end: spots.get(end) or find(skeleton, end) for layer in layers for end in layer.planted}
    return rests, planted, yaw


def _end_at(point: str) -> str:
    return point.replace("ball_", "foot_")


def _on_what_carries(keys: list[Key]) -> list[Key]:
    """Where one foot or knee leaves the floor in any keyframe, the body rests on the other in all of them."""
    names = set(keys[0].rests)
    if names not in _PAIRS or any(set(key.rests) != names for key in keys):
        return keys
    touching = ("knee",) if "knee_left" in names else ("heel", "ball", "toe")
    lifted: set[Side] = set()
    for key in keys:
        points = place(key).points
        low = {side: min(points[f"{name}_{side}"][2] - RADIUS[name] for name in touching) for side in SIDES}
        lifted |= {side for side in SIDES if low[side] > min(low.values()) + SAME_HEIGHT}
    if len(lifted) != 1:
        return keys
    off = lifted.pop()
    return [
        replace(
            key,
            rests={name: spot for name, spot in key.rests.items() if not name.endswith(off)},
            level={s: yaw for s, yaw in key.level.items() if s != off or f"foot_{s}" in key.planted},
        )
        for key in keys
    ]


def _limbs_as_they_lie(key: Key, skeleton: Skeleton) -> dict[str, float]:
    """The angles of limbs that are planted or reach, so that they can also move freely from there."""
    found: dict[str, float] = {}
    for end in (*key.planted, *key.reach):
        stem, side = _limb(end)
        found |= limb_angles(skeleton, "shoulder" if stem == "hand" else "hip", side)
    return found


def _between(one: Key, other_one: Key, share: float) -> Skeleton:
    """The body a share of the way from one keyframe to the next."""
    if share == 0.0 and one is other_one:
        return place(one)
    angles = {name: value + (other_one.angles[name] - value) * share for name, value in one.angles.items()}
    rests = {name: between(spot, other_one.rests[name], share) for name, spot in one.rests.items()}
    planted = {
        end: between(spot, other_one.planted[end], share)
        for end, spot in one.planted.items()
        if end in other_one.planted
    }
    level = {side: yaw for side, yaw in one.level.items() if side in other_one.level}
    reach: dict[str, Goal] = {}
    then: dict[str, Goal] = {}
    here, there = one.held or {}, other_one.held or {}
    for end in here.keys() & there.keys() - planted.keys():
        both = end in one.reach and end in other_one.reach
        reach[end] = one.reach[end] if both else here[end]
        then[end] = other_one.reach[end] if both else there[end]
    return place(Key(angles, rests, planted, reach, level, here), then, share)


def _held(end: str) -> str:
    """The point of the skeleton that is brought to where a hand or foot reaches."""
    return end.replace("hand", "palm").replace("foot", "ankle")


def place(key: Key, then: Reach | None = None, share: float = 0.0) -> Skeleton:
    """Put a body where its keyframe wants it: at rest, planted, reaching, and above the floor."""
    skeleton = body(key.angles)
    for side, yaw in key.level.items():
        _level_foot(skeleton, side, yaw, key.angles)
    way = [minus(spot, find(skeleton, name)) for name, spot in key.rests.items()]
    skeleton.move(
        (
            sum(step[0] for step in way) / len(way),
            sum(step[1] for step in way) / len(way),
            sum(step[2] for step in way) / len(way),
        )
    )
    bound = [*key.planted, *key.reach]
    free = [end for end in _ENDS if end not in bound]
    _lift(skeleton, free)
    for end, spot in key.planted.items():
        stem, side = _limb(end)
        if stem == "foot":
            _plant_foot(skeleton, side, spot, key)
        else:
            _plant_hand(skeleton, side, spot, key)
    for end, to in key.reach.items():
        goal = _target(skeleton, end, to)
        if then is not None:
            goal = between(goal, _target(skeleton, end, then[end]), share)
        _reach(skeleton, end, goal, key)
    _lift(skeleton, _ENDS)
    return skeleton


def _limb(end: str) -> tuple[str, Side]:
    stem, _, side = end.partition("_")
    return stem, "left" if side == "left" else "right"


def _depths(skeleton: Skeleton, ends: Collection[str]) -> Iterator[tuple[float, str]]:
    """The height of the skin below each point of the trunk, the head and the limbs named by their ends."""
    points = skeleton.points
    for name, radius in _SKIN:
        yield points[name][2] - radius, name
    for side in SIDES:
        for name, radius in _SKIN_SIDED["trunk"]:
            yield points[f"{name}_{side}"][2] - radius, f"{name}_{side}"
    for end in ends:
        stem, side = _limb(end)
        for name, radius in _SKIN_SIDED[stem]:
            yield points[f"{name}_{side}"][2] - radius, f"{name}_{side}"


def _lift(skeleton: Skeleton, ends: Collection[str]) -> None:
    """Lift a body of which any part is below the floor, and note which part that was."""
    low, name = min(_depths(skeleton, ends))
    if low < 0:
        skeleton.sunk[name] = max(skeleton.sunk.get(name, 0.0), -low)
        skeleton.move((0.0, 0.0, -low))


def _level_foot(skeleton: Skeleton, side: Side, yaw: float | None, angles: Mapping[str, float]) -> None:
    """Lay a sole level, but for a raised heel (plus) or forefoot (minus); the ball bends as the heel rises."""
    foot = skeleton.feet[side]
    heel = angles[f"heel_{side}"]
    way = math.degrees(math.atan2(foot[3], foot[0])) if yaw is None else yaw
    put_foot(skeleton, side, about_y(about_z(UPRIGHT, way), heel), angles[f"toes_{side}"] + max(heel, 0.0))


def _plant_foot(skeleton: Skeleton, side: Side, ball: Vector, key: Key) -> None:
    """Bend hip and knee so that a foot stands with its ball at a place; a raised forefoot turns on its heel."""
    points = skeleton.points
    flat = about_z(UPRIGHT, key.level.get(side) or 0.0)
    tipped = about_y(flat, key.angles[f"heel_{side}"])
    pivot = BALL
    if key.angles[f"heel_{side}"] < 0:
        pivot, ball = HEEL, at(ball, flat, minus(HEEL, BALL))
    ankle = at(ball, tipped, (-pivot[0], -pivot[1], -pivot[2]))
    hip = points[f"hip_{side}"]
    name = f"knee_{side}"
    if key.held is None:
        points[name] = plus(points[name], (flat[0] * 0.5, flat[3] * 0.5, 0.0))  # knees go where toes point
    points[name] = _joint(skeleton, name, hip, ankle, (THIGH, SHIN), _nudge(key))
    points[f"ankle_{side}"] = _end(points[name], ankle, SHIN)
    skeleton.short[f"foot_{side}"] = math.dist(ankle, points[f"ankle_{side}"])
    _level_foot(skeleton, side, key.level.get(side), key.angles)


def _plant_hand(skeleton: Skeleton, side: Side, palm: Vector, key: Key) -> None:
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
    here = find(skeleton, end)
    if isinstance(to, tuple):
        return to if len(to) == 3 else (to[0], here[1], to[1])
    if to == "floor":
        return (here[0], here[1], RADIUS["palm"] if end.startswith("hand") else RADIUS["ball"])
    return find(skeleton, to)


def _reach(skeleton: Skeleton, end: str, goal: Vector, key: Key) -> None:
    """Bend a limb so that its palm or ankle comes to a place, or as near as its bones allow."""
    points = skeleton.points
    stem, side = _limb(end)
    if stem == "hand":
        shoulder = points[f"shoulder_{side}"]
        lower = FOREARM + PALM
        elbow = _joint(skeleton, f"elbow_{side}", shoulder, goal, (UPPER_ARM, lower), _nudge(key))
        points[f"elbow_{side}"] = elbow
        palm = points[f"palm_{side}"] = _end(elbow, goal, lower)
        skeleton.short[end] = math.dist(goal, palm)
        points[f"wrist_{side}"] = between(elbow, palm, FOREARM / lower)
        points[f"fingers_{side}"] = between(elbow, palm, (FOREARM + HAND) / lower)
        return
    hip, before = points[f"hip_{side}"], points[f"ankle_{side}"]
    knee = points[f"knee_{side}"] = _joint(skeleton, f"knee_{side}", hip, goal, (THIGH, SHIN), _nudge(key))
    ankle = points[f"ankle_{side}"] = _end(knee, goal, SHIN)
    skeleton.short[end] = math.dist(goal, ankle)
    way = minus(ankle, before)
    for name in ("heel", "ball", "toe"):
        points[f"{name}_{side}"] = plus(points[f"{name}_{side}"], way)


def _nudge(key: Key) -> float:
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


def posture_view(name: str) -> View | None:
    """Where a posture is best seen from, if it says."""
    return next((layer.view for layer in reversed(lineage(name)) if layer.view), None)


@lru_cache(maxsize=256)
def keyframes(figure: Figure) -> tuple[Skeleton, ...]:
    """The body at every keyframe of a figure that faces right."""
    last = max(len(figure.frames) - 1, 1)
    return tuple(pose(figure, index / last).skeleton for index in range(len(figure.frames)))


@lru_cache(maxsize=256)
def moving_parts(figure: Figure) -> tuple[str, ...]:
    """The limbs that do the work: those that move by themselves, unless that is nearly all of them."""
    close = close_up(figure)
    if close:
        return tuple(
            part
            for name, parts in close.parts.items()
            for part in parts
            if len({frame.angles.get(name, 0.0) for frame in figure.frames}) > 1
        )
    keys, bodies = score(figure), [skeleton.points for skeleton in keyframes(figure)]
    bent = {
        name
        for key in keys
        for name, value in key.angles.items()
        if abs(value - keys[0].angles[name]) > MOVES
    }
    found = []
    for side in SIDES:
        for part, end, middle, last, joints in (
            ("arm", "hand", "elbow", "palm", _ARM),
            ("leg", "foot", "knee", "ball", _LEG),
        ):
            still = all(f"{end}_{side}" in key.planted or f"{end}_{side}" in key.reach for key in keys)
            goes = any(
                math.dist(points[name], bodies[0][name]) > GOES
                for points in bodies
                for name in (f"{middle}_{side}", f"{last}_{side}")
            )
            if goes and not still and any(f"{joint}_{side}" in bent for joint in joints):
                found.append(f"{part}_{side}")
    if found:
        return tuple(found) if len(found) < 4 else ()
    trunk = any(name in bent for name in ("lean", "tilt", "turn", "low_back", "upper_back"))
    return () if trunk or not any(name.startswith(("neck", "nod")) for name in bent) else ("head",)
