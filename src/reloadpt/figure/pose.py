"""Where every point of a figure's body is at any moment of its movement.

Between keyframes angles are interpolated, so bones keep their length; what rests or is planted at both ends
stays put.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from reloadpt.figure.anatomy import SIDES
from reloadpt.figure.closeups import CLOSE_UPS, CloseUp
from reloadpt.figure.flesh import Solid
from reloadpt.figure.keys import solved_keyframes
from reloadpt.figure.mirror import mirrored, other_side
from reloadpt.figure.model import Figure
from reloadpt.figure.placing import Goal, Places, SolvedKeyframe, solve_body
from reloadpt.figure.skeleton import Skeleton, point_between
from reloadpt.figure.words import wrong_words
from reloadpt.files import Trouble

MOVES = 6.0
"""A joint that changes by more than this between keyframes, in degrees, is one that moves."""

GOES = 0.04
"""And a limb goes somewhere when its knee or foot, elbow or hand moves further than this, in metres."""

_ARM = ("shoulder", "shoulder_out", "shoulder_turn", "elbow", "wrist", "blade", "blade_forward")
_LEG = ("hip", "hip_out", "hip_turn", "knee", "ankle", "toes", "heel")


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
        return {other_side(name): (x, -y, z) for name, (x, y, z) in self.skeleton.points.items()}


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
    keys = solved_keyframes(figure)
    spot = min(max(t, 0.0), 1.0) * (len(keys) - 1)
    first = min(int(spot), max(len(keys) - 2, 0))
    skeleton = _between(keys[first], keys[min(first + 1, len(keys) - 1)], spot - first)
    return Pose(figure, t, skeleton, flipped)


_canonical = lru_cache(maxsize=256)(mirrored)


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
    angles, then = figure.frames[first].angles, figure.frames[min(first + 1, len(figure.frames) - 1)].angles
    return {
        name: angles.get(name, 0.0) + (then.get(name, 0.0) - angles.get(name, 0.0)) * (spot - first)
        for name in angles.keys() | then.keys()
    }


def _between(first: SolvedKeyframe, second: SolvedKeyframe, share: float) -> Skeleton:
    """The body a share of the way from one keyframe to the next."""
    if share == 0.0 and first is second:
        return solve_body(first)
    angles = {name: value + (second.angles[name] - value) * share for name, value in first.angles.items()}
    rests = {name: point_between(spot, second.rests[name], share) for name, spot in first.rests.items()}
    planted = {
        end: point_between(spot, second.planted[end], share)
        for end, spot in first.planted.items()
        if end in second.planted
    }
    level = {side: yaw for side, yaw in first.level.items() if side in second.level}
    reach: dict[str, Goal] = {}
    then: dict[str, Goal] = {}
    held, held_then = first.held or {}, second.held or {}
    for end in held.keys() & held_then.keys() - planted.keys():
        both = end in first.reach and end in second.reach
        reach[end] = first.reach[end] if both else held[end]
        then[end] = second.reach[end] if both else held_then[end]
    return solve_body(SolvedKeyframe(angles, rests, planted, reach, level, held), then, share)


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
    keys, bodies = solved_keyframes(figure), [skeleton.points for skeleton in keyframes(figure)]
    bent = {
        name
        for key in keys
        for name, value in key.angles.items()
        if abs(value - keys[0].angles[name]) > MOVES
    }
    parts_moving = []
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
                parts_moving.append(f"{part}_{side}")
    if parts_moving:
        return tuple(parts_moving) if len(parts_moving) < 4 else ()
    trunk = any(name in bent for name in ("lean", "tilt", "turn", "low_back", "upper_back"))
    return () if trunk or not any(name.startswith(("neck", "nod")) for name in bent) else ("head",)
