"""From joint angles to where every point of the body is: rotations, and limbs that reach for a place.

A frame is a rotation matrix by rows of nine numbers; its columns are the part's own x, y and z in the room.
The room has x ahead, y to the left of a body that stands upright, z up; metres.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from reloadpt.figure.anatomy import (
    BALL,
    CROWN,
    FACE,
    FOREARM,
    HALF_HIPS,
    HALF_SHOULDERS,
    HAND,
    HEAD_CENTRE,
    HEEL,
    LOW_BACK,
    NECK,
    NOSE,
    PALM,
    PELVIS,
    SHIN,
    SHOULDER_DROP,
    SIDES,
    THIGH,
    TOES,
    TOWARDS,
    UPPER_ARM,
    UPPER_BACK,
    Side,
    Vector,
)

Frame = tuple[float, float, float, float, float, float, float, float, float]
Angles = Mapping[str, float]
Points = dict[str, Vector]

UPRIGHT: Frame = (1, 0, 0, 0, 1, 0, 0, 0, 1)


def about_x(frame: Frame, degrees: float) -> Frame:
    """Turn a part about its own x: y goes towards z."""
    if not degrees:
        return frame
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    a, b, d, e, f, g, h, i, j = frame
    return (a, b * c + d * s, d * c - b * s, e, f * c + g * s, g * c - f * s, h, i * c + j * s, j * c - i * s)


def about_y(frame: Frame, degrees: float) -> Frame:
    """Turn a part about its own y: z goes towards x."""
    if not degrees:
        return frame
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    a, b, d, e, f, g, h, i, j = frame
    return (a * c - d * s, b, a * s + d * c, e * c - g * s, f, e * s + g * c, h * c - j * s, i, h * s + j * c)


def about_z(frame: Frame, degrees: float) -> Frame:
    """Turn a part about its own z: x goes towards y."""
    if not degrees:
        return frame
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    a, b, d, e, f, g, h, i, j = frame
    return (a * c + b * s, b * c - a * s, d, e * c + f * s, f * c - e * s, g, h * c + i * s, i * c - h * s, j)


def place_at(origin: Vector, frame: Frame, place: Vector) -> Vector:
    """Where a place of a part is in the room."""
    x, y, z = place
    a, b, d, e, f, g, h, i, j = frame
    return (
        origin[0] + a * x + b * y + d * z,
        origin[1] + e * x + f * y + g * z,
        origin[2] + h * x + i * y + j * z,
    )


def into_frame(frame: Frame, vector: Vector) -> Vector:
    """A direction of the room, seen from a part."""
    x, y, z = vector
    a, b, d, e, f, g, h, i, j = frame
    return (a * x + e * y + h * z, b * x + f * y + i * z, d * x + g * y + j * z)


def minus(end: Vector, start: Vector) -> Vector:
    """The way from ``start`` to ``end``."""
    return (end[0] - start[0], end[1] - start[1], end[2] - start[2])


def plus(place: Vector, way: Vector) -> Vector:
    """``place``, moved by ``way``."""
    return (place[0] + way[0], place[1] + way[1], place[2] + way[2])


def point_between(start: Vector, end: Vector, share: float) -> Vector:
    """The place that lies a share of the way from ``start`` to ``end``."""
    return (
        start[0] + (end[0] - start[0]) * share,
        start[1] + (end[1] - start[1]) * share,
        start[2] + (end[2] - start[2]) * share,
    )


@dataclass(slots=True)
class Skeleton:
    """Every point of one body, and the frames of the parts that others hang on."""

    points: Points
    pelvis: Frame
    chest: Frame
    head: Frame
    feet: dict[Side, Frame] = field(default_factory=dict)
    bends: dict[str, Vector] = field(default_factory=dict)
    """The way each elbow and knee points, by the joint's name."""
    short: dict[str, float] = field(default_factory=dict)
    """How far each hand or foot that is held somewhere ends from there, in metres."""
    sunk: dict[str, float] = field(default_factory=dict)
    """Points that would lie below the floor had the body not been lifted, and how deep in metres."""

    def move(self, way: Vector) -> None:
        """Move the whole body."""
        x, y, z = way
        self.points = {name: (a + x, b + y, c + z) for name, (a, b, c) in self.points.items()}


def body(angles: Angles) -> Skeleton:
    """The body with these joint angles in degrees (all of ``anatomy.LIMITS``), its pelvis at the origin."""
    points: Points = {"pelvis": (0.0, 0.0, 0.0)}
    pelvis = about_y(about_x(about_z(UPRIGHT, -angles["turn"]), angles["tilt"]), angles["lean"])
    points["waist"] = place_at(points["pelvis"], pelvis, (0, 0, PELVIS))
    back = _bend(pelvis, angles, "low_back")
    points["mid_back"] = place_at(points["waist"], back, (0, 0, LOW_BACK))
    chest = _bend(back, angles, "upper_back")
    base = points["neck_base"] = place_at(points["mid_back"], chest, (0, 0, UPPER_BACK))
    neck = _bend(chest, angles, "neck")
    top = points["neck_top"] = place_at(base, neck, (0, 0, NECK))
    head = about_y(neck, angles["nod"])
    for name, place in (("head", HEAD_CENTRE), ("face", FACE), ("nose", NOSE), ("crown", CROWN)):
        points[name] = place_at(top, head, place)
    skeleton = Skeleton(points, pelvis, chest, head)
    for side in SIDES:
        points[f"hip_{side}"] = place_at(points["pelvis"], pelvis, (0, TOWARDS[side] * HALF_HIPS, 0))
        points[f"shoulder_{side}"] = _shoulder(base, chest, angles, side)
        _arm(skeleton, angles, side)
        _leg(skeleton, angles, side)
    return skeleton


def _bend(frame: Frame, angles: Angles, joint: str) -> Frame:
    return about_y(about_x(about_z(frame, -angles[f"{joint}_turn"]), angles[f"{joint}_side"]), angles[joint])


def _shoulder(base: Vector, chest: Frame, angles: Angles, side: Side) -> Vector:
    """The shoulder rides on the collar bone, which the shoulder blade lifts and brings forward."""
    out = TOWARDS[side]
    frame = about_x(about_z(chest, -out * angles[f"blade_forward_{side}"]), out * angles[f"blade_{side}"])
    return place_at(base, frame, (0, out * HALF_SHOULDERS, -SHOULDER_DROP))


def _limb(frame: Frame, angles: Angles, joint: str, side: Side) -> Frame:
    """The frame of an upper arm or thigh: flexion, then away from the midline, then about its own length."""
    out = TOWARDS[side]
    raised = about_x(about_y(frame, -angles[f"{joint}_{side}"]), out * angles[f"{joint}_out_{side}"])
    return about_z(raised, out * angles[f"{joint}_turn_{side}"])


def _arm(skeleton: Skeleton, angles: Angles, side: Side) -> None:
    points = skeleton.points
    upper = _limb(skeleton.chest, angles, "shoulder", side)
    skeleton.bends[f"elbow_{side}"] = (-upper[0], -upper[3], -upper[6])
    points[f"elbow_{side}"] = place_at(points[f"shoulder_{side}"], upper, (0, 0, -UPPER_ARM))
    lower = about_y(upper, -angles[f"elbow_{side}"])
    wrist = points[f"wrist_{side}"] = place_at(points[f"elbow_{side}"], lower, (0, 0, -FOREARM))
    hand = about_y(lower, -angles[f"wrist_{side}"])
    points[f"palm_{side}"] = place_at(wrist, hand, (0, 0, -PALM))
    points[f"fingers_{side}"] = place_at(wrist, hand, (0, 0, -HAND))


def _leg(skeleton: Skeleton, angles: Angles, side: Side) -> None:
    points = skeleton.points
    upper = _limb(skeleton.pelvis, angles, "hip", side)
    skeleton.bends[f"knee_{side}"] = (upper[0], upper[3], upper[6])
    points[f"knee_{side}"] = place_at(points[f"hip_{side}"], upper, (0, 0, -THIGH))
    lower = about_y(upper, angles[f"knee_{side}"])
    points[f"ankle_{side}"] = place_at(points[f"knee_{side}"], lower, (0, 0, -SHIN))
    put_foot(skeleton, side, about_y(lower, -angles[f"ankle_{side}"]), angles[f"toes_{side}"])


def put_foot(skeleton: Skeleton, side: Side, foot: Frame, toes: float) -> None:
    """Hang a foot on its ankle; ``toes`` is how far the toes are bent up, in degrees."""
    points = skeleton.points
    ankle = points[f"ankle_{side}"]
    skeleton.feet[side] = foot
    points[f"heel_{side}"] = place_at(ankle, foot, HEEL)
    ball = points[f"ball_{side}"] = place_at(ankle, foot, BALL)
    points[f"toe_{side}"] = place_at(ball, about_y(foot, -toes), (TOES, 0, 0.004))


def limb_angles(skeleton: Skeleton, joint: str, side: Side) -> dict[str, float]:
    """The joint angles that put a limb where it lies now, as ``body`` takes them.

    ``joint`` is "shoulder" or "hip". A straight limb says nothing about its turn, which is then left out.
    """
    out = TOWARDS[side]
    points = skeleton.points
    if joint == "shoulder":
        parent, bend, sign = skeleton.chest, "elbow", 1.0
        last, tip = "wrist", minus(points[f"fingers_{side}"], points[f"wrist_{side}"])
    else:
        parent, bend, sign = skeleton.pelvis, "knee", -1.0
        foot = skeleton.feet[side]
        last, tip = "ankle", (foot[0], foot[3], foot[6])
    root, middle, end = points[f"{joint}_{side}"], points[f"{bend}_{side}"], points[f"{last}_{side}"]
    x, y, z = into_frame(parent, _unit(minus(middle, root)))
    flexion = math.degrees(math.atan2(x, -z))
    away = math.degrees(math.asin(max(-1.0, min(1.0, out * y))))
    plain = about_x(about_y(parent, -flexion), out * away)
    x, y, z = into_frame(plain, _unit(minus(end, middle)))
    angles = {f"{joint}_{side}": flexion, f"{joint}_out_{side}": away}
    angles[f"{bend}_{side}"] = math.degrees(math.acos(max(-1.0, min(1.0, -z))))
    if math.hypot(x, y) > 0.02:
        angles[f"{joint}_turn_{side}"] = out * math.degrees(math.atan2(sign * y, sign * x))
    lower = about_y(
        about_z(plain, out * angles.get(f"{joint}_turn_{side}", 0.0)), -sign * angles[f"{bend}_{side}"]
    )
    x, y, z = into_frame(lower, _unit(tip))
    angles[f"{last}_{side}"] = math.degrees(math.atan2(x, -z) if last == "wrist" else math.atan2(z, x))
    return angles


def _unit(way: Vector) -> Vector:
    length = math.sqrt(way[0] ** 2 + way[1] ** 2 + way[2] ** 2) or 1e-9
    return (way[0] / length, way[1] / length, way[2] / length)


def knee_between(hip: Vector, ankle: Vector, towards: Vector, upper: float, lower: float) -> Vector:
    """Where the joint between two bones lies, so that both keep their length.

    ``towards`` is a place on the side it bends to. Where the end is out of reach, the limb points at it.
    """
    way = minus(ankle, hip)
    distance = math.sqrt(way[0] ** 2 + way[1] ** 2 + way[2] ** 2)
    along = (way[0] / distance, way[1] / distance, way[2] / distance) if distance > 1e-6 else (0.0, 0.0, -1.0)
    reach = min(max(distance, abs(upper - lower) + 1e-6), upper + lower - 1e-6)
    share = (upper**2 - lower**2 + reach**2) / (2 * reach)
    height = math.sqrt(max(upper**2 - share**2, 0.0))
    aside = minus(towards, hip)
    depth = aside[0] * along[0] + aside[1] * along[1] + aside[2] * along[2]
    aside = (aside[0] - along[0] * depth, aside[1] - along[1] * depth, aside[2] - along[2] * depth)
    length = math.sqrt(aside[0] ** 2 + aside[1] ** 2 + aside[2] ** 2)
    if length < 1e-6:
        level = math.hypot(along[0], along[1])
        aside = (-along[1], along[0], 0.0) if level > 1e-6 else (1.0, 0.0, 0.0)
        length = max(level, 1e-6) if level > 1e-6 else 1.0
    return (
        hip[0] + along[0] * share + aside[0] / length * height,
        hip[1] + along[1] * share + aside[1] / length * height,
        hip[2] + along[2] * share + aside[2] / length * height,
    )
