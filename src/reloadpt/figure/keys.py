"""The keyframes of a figure, worked out: from the postures an author names to angles, and what is held where."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from reloadpt.figure.anatomy import LIMITS, RADIUS, SIDED, SIDES, Side
from reloadpt.figure.closeups import CLOSE_UPS
from reloadpt.figure.landmarks import find_landmark
from reloadpt.figure.model import Figure, Frame, View
from reloadpt.figure.placing import (
    ENDS,
    Goal,
    Places,
    SolvedKeyframe,
    level_foot,
    limb_of,
    skin_heights,
    solve_body,
)
from reloadpt.figure.postures import POSTURES, Posture
from reloadpt.figure.skeleton import Skeleton, body, limb_angles

SAME_HEIGHT = 0.03
"""A foot higher than the other by more than this, in metres, does not carry the body."""

_PAIRS = ({"ball_left", "ball_right"}, {"knee_left", "knee_right"})
_LIMB_JOINTS = {"hand": ("shoulder", "shoulder_out", "shoulder_turn", "elbow"),
             "foot": ("hip", "hip_out", "hip_turn", "knee")}  # fmt: skip


@lru_cache(maxsize=256)
def solved_keyframes(figure: Figure) -> tuple[SolvedKeyframe, ...]:
    """The keyframes worked out, all held by the same points."""
    keys = [_asked_keyframe(frame) for frame in figure.frames]
    keys = _on_what_carries(keys)
    skeletons = [solve_body(key) for key in keys]
    names = (figure.stays,) if figure.stays else tuple(keys[0].rests)
    first = skeletons[0]
    for index, (key, skeleton) in enumerate(zip(keys, skeletons, strict=True)):
        holder = first if figure.stays else skeleton
        keys[index] = replace(
            key,
            rests={name: key.rests.get(name) or find_landmark(holder, name) for name in names},
            angles=key.angles | _limbs_as_they_lie(key, skeleton),
            held={end: skeleton.points[_reaching_point(end)] for end in (*key.planted, *key.reach)},
        )
    for before, key in pairwise(keys):
        for name, value in key.angles.items():
            key.angles[name] = value + 360 * round((before.angles[name] - value) / 360)
    return tuple(keys)


def angles_of_both_sides(angles: Mapping[str, float]) -> dict[str, float]:
    """Angles with every name in full: one without a side sets both, unless that side has its own."""
    full = {name: value for name, value in angles.items() if name in LIMITS}
    for name, value in angles.items():
        if name in SIDED:
            for side in SIDES:
                full.setdefault(f"{name}_{side}", value)
    return full


def posture_layers(name: str) -> list[Posture]:
    """A posture after those it is like, the one that stands by itself first."""
    if name in CLOSE_UPS:
        return [Posture(CLOSE_UPS[name].says)]
    postures = [POSTURES[name]]
    while postures[0].like:
        postures.insert(0, POSTURES[postures[0].like])
    return postures


def posture_view(name: str) -> View | None:
    """Where a posture is best seen from, if it says."""
    return next((layer.view for layer in reversed(posture_layers(name)) if layer.view), None)


def _asked_keyframe(frame: Frame) -> SolvedKeyframe:
    """What one keyframe asks for, before it is placed."""
    layers = posture_layers(frame.posture)
    root = layers[0]
    angles = dict.fromkeys(LIMITS, 0.0) | angles_of_both_sides(root.angles)
    rests, planted, yaw = _ground(frame.posture)
    planted = dict(planted)
    reach: dict[str, Goal] = dict(root.reach)
    named: set[str] = set()
    for more, to in [(layer.angles, layer.reach) for layer in layers[1:]] + [(frame.angles, frame.reach)]:
        new = angles_of_both_sides(more)
        angles |= new
        named |= new.keys()
        for end in ENDS:
            if _moves_limb(end, new):
                reach.pop(end, None)
        reach |= to
    planted = {end: spot for end, spot in planted.items() if not _moves_limb(end, named) and end not in reach}
    level: dict[Side, float | None] = {}
    for side in SIDES:
        if f"foot_{side}" in planted:
            level[side] = yaw
        elif f"ball_{side}" in rests and f"ankle_{side}" not in named:
            level[side] = None
    return SolvedKeyframe(angles, dict(rests), planted, reach, level)


def _moves_limb(end: str, names: Collection[str]) -> bool:
    """Whether writing these angles takes a hand or foot from where the posture put it."""
    stem, side = limb_of(end)
    return any(f"{joint}_{side}" in names for joint in _LIMB_JOINTS[stem])


@cache
def _ground(name: str) -> tuple[Places, Places, float]:
    """Where a posture rests, where its hands and feet are planted, and the way its feet point."""
    layers = posture_layers(name)
    root = layers[0]
    height = next((layer.height for layer in reversed(layers) if layer.height is not None), None)
    ahead = next((layer.ahead for layer in reversed(layers) if layer.ahead), 0.0)
    spots: Places = {}
    for layer in layers:
        spots |= layer.spots
    angles = dict.fromkeys(LIMITS, 0.0) | angles_of_both_sides(root.angles)
    skeleton = body(angles)
    yaw = -angles["turn"]
    for side in SIDES:
        if f"foot_{side}" in root.planted:
            level_foot(skeleton, side, yaw, angles)
    rest_points = [find_landmark(skeleton, name) for name in root.rests]
    x = sum(spot[0] for spot in rest_points) / len(rest_points)
    z = sum(spot[2] for spot in rest_points) / len(rest_points)
    free = [end for end in ENDS if end not in root.reach and end not in spots]
    aside = next((layer.aside for layer in reversed(layers) if layer.aside), 0.0)
    lift = -min(skin_heights(skeleton, free))[0] if height is None else height - z
    skeleton.move((ahead - x, aside, lift))
    rests = {name: spots.get(_end_at(name)) or find_landmark(skeleton, name) for name in root.rests}
    planted = {
        end: spots.get(end) or find_landmark(skeleton, end) for layer in layers for end in layer.planted
    }
    return rests, planted, yaw


def _end_at(point: str) -> str:
    return point.replace("ball_", "foot_")


def _on_what_carries(keys: list[SolvedKeyframe]) -> list[SolvedKeyframe]:
    """Where one foot or knee leaves the floor in any keyframe, the body rests on the other in all of them."""
    names = set(keys[0].rests)
    if names not in _PAIRS or any(set(key.rests) != names for key in keys):
        return keys
    touching = ("knee",) if "knee_left" in names else ("heel", "ball", "toe")
    lifted: set[Side] = set()
    for key in keys:
        points = solve_body(key).points
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


def _limbs_as_they_lie(key: SolvedKeyframe, skeleton: Skeleton) -> dict[str, float]:
    """The angles of limbs that are planted or reach, so that they can also move freely from there."""
    angles: dict[str, float] = {}
    for end in (*key.planted, *key.reach):
        stem, side = limb_of(end)
        angles |= limb_angles(skeleton, "shoulder" if stem == "hand" else "hip", side)
    return angles


def _reaching_point(end: str) -> str:
    """The point of the skeleton that is brought to where a hand or foot reaches."""
    return end.replace("hand", "palm").replace("foot", "ankle")
