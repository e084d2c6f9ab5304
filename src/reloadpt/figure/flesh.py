"""The thickness of a body: round solids laid along its bones, each the hull of two or more balls."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from reloadpt.figure.anatomy import RADIUS, SIDES, Vector
from reloadpt.figure.skeleton import Frame, Skeleton, place_at, point_between


class Ball(NamedTuple):
    """A round place: where it is, and half its thickness."""

    centre: Vector
    radius: float


@dataclass(frozen=True, slots=True)
class Solid:
    """A convex piece of the body, or of a thing: the hull of its balls. ``part`` is the limb it belongs to."""

    part: str
    balls: tuple[Ball, ...]


def flesh(skeleton: Skeleton) -> list[Solid]:
    """The solids of a whole body."""
    solids = [*_trunk(skeleton), *_head(skeleton)]
    for side in SIDES:
        solids += _arm(skeleton, side)
        solids += _leg(skeleton, side)
    return solids


def _pair(origin: Vector, frame: Frame, aside: float, radius: float) -> tuple[Ball, Ball]:
    return Ball(place_at(origin, frame, (0, aside, 0)), radius), Ball(
        place_at(origin, frame, (0, -aside, 0)), radius
    )


def _trunk(skeleton: Skeleton) -> list[Solid]:
    points = skeleton.points
    seat = _pair(points["pelvis"], skeleton.pelvis, 0.07, RADIUS["buttock"])
    waist = _pair(points["waist"], skeleton.pelvis, 0.055, RADIUS["waist"])
    ribs = _pair(points["mid_back"], skeleton.chest, 0.06, RADIUS["ribs"])
    collar = place_at(points["neck_base"], skeleton.chest, (0, 0, -0.075))
    chest = _pair(collar, skeleton.chest, 0.085, RADIUS["collar"])
    shoulders = tuple(Ball(points[f"shoulder_{side}"], RADIUS["shoulder"]) for side in SIDES)
    throat = Ball(points["neck_base"], RADIUS["neck"])
    return [
        Solid("trunk", (*seat, *waist)),
        Solid("trunk", (*waist, *ribs)),
        Solid("trunk", (*ribs, *chest)),
        Solid("trunk", (*shoulders, throat)),
    ]


def _head(skeleton: Skeleton) -> list[Solid]:
    points = skeleton.points
    skull, face = Ball(points["head"], RADIUS["skull"]), Ball(points["face"], RADIUS["face"])
    return [
        Solid("head", (Ball(points["neck_base"], RADIUS["neck"]), Ball(points["neck_top"], RADIUS["neck"]))),
        Solid("head", (skull, face)),
        Solid("head", (face, Ball(points["nose"], RADIUS["nose"]))),
    ]


def _chain(part: str, *balls: Ball) -> list[Solid]:
    return [Solid(part, pair) for pair in pairwise(balls)]


def _arm(skeleton: Skeleton, side: str) -> list[Solid]:
    points = skeleton.points
    places = ((name, points[f"{name}_{side}"]) for name in ("shoulder", "elbow", "wrist", "palm", "fingers"))
    return _chain(f"arm_{side}", *(Ball(place, RADIUS[name]) for name, place in places))


def _leg(skeleton: Skeleton, side: str) -> list[Solid]:
    points = skeleton.points
    knee, ankle = points[f"knee_{side}"], points[f"ankle_{side}"]
    leg = f"leg_{side}"
    heel, ball, toe = (Ball(points[f"{name}_{side}"], RADIUS[name]) for name in ("heel", "ball", "toe"))
    joint = Ball(ankle, RADIUS["ankle"])
    return [
        *_chain(
            leg,
            Ball(points[f"hip_{side}"], RADIUS["hip"]),
            Ball(knee, RADIUS["knee"]),
            Ball(point_between(knee, ankle, 0.3), RADIUS["calf"]),
            joint,
        ),
        Solid(leg, (joint, heel, ball)),
        Solid(leg, (ball, toe)),
    ]
