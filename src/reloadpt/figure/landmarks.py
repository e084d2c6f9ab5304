"""Places on the body by the names that an author uses, from a skeleton."""

from __future__ import annotations

from reloadpt.figure.anatomy import SIDES, TOWARDS, Side, Vector
from reloadpt.figure.skeleton import Frame, Skeleton, place_at, point_between

_SAME: dict[str, str] = {"head": "head", "neck": "neck_top", "collar": "neck_base", "nose": "nose",
                         "crown": "crown", "pelvis": "pelvis"}  # fmt: skip
_SAME_SIDED: dict[str, str] = {
    "shoulder": "shoulder", "elbow": "elbow", "wrist": "wrist", "hand": "palm", "hip": "hip", "knee": "knee",
    "ankle": "ankle", "heel": "heel", "foot": "ball", "toes": "toe",
}  # fmt: skip
_BETWEEN: dict[str, tuple[str, str, float]] = {
    "upper_arm": ("shoulder", "elbow", 0.55),
    "forearm": ("elbow", "wrist", 0.45),
    "thigh": ("hip", "knee", 0.6),
    "shin": ("knee", "ankle", 0.45),
}
# Each lies off a point of the skeleton, in the frame of its part; y here is away from the midline.
_OFF: dict[str, tuple[str, str, Vector]] = {
    "neck": ("neck_base", "chest", (0.0, 0.0, 0.03)),
    "jaw": ("neck_top", "head", (0.06, 0.0, 0.03)),
    "forehead": ("neck_top", "head", (0.1, 0.0, 0.16)),
    "chest": ("mid_back", "chest", (0.09, 0.0, 0.12)),
    "back": ("mid_back", "chest", (-0.098, 0.0, 0.06)),
    "belly": ("waist", "pelvis", (0.085, 0.0, 0.02)),
    "low_back": ("waist", "pelvis", (-0.086, 0.0, 0.04)),
    "pelvic_floor": ("pelvis", "pelvis", (0.0, 0.0, -0.09)),
}
_OFF_SIDED: dict[str, tuple[str, str, Vector]] = {
    "buttock": ("pelvis", "pelvis", (-0.085, 0.085, -0.03)),
    "ribs": ("mid_back", "chest", (0.0, 0.125, 0.03)),
    "blade": ("mid_back", "chest", (-0.085, 0.08, 0.13)),
    "temple": ("neck_top", "head", (0.03, 0.08, 0.13)),
    "ear": ("neck_top", "head", (0.0, 0.09, 0.1)),
}

_PAIRS: dict[str, str] = {"knees": "knee", "feet": "foot", "hands": "hand", "ankles": "ankle"}

LANDMARKS: tuple[str, ...] = (
    *_SAME,
    *_OFF,
    *_PAIRS,
    *(f"{name}_{side}" for name in (*_SAME_SIDED, *_BETWEEN, *_OFF_SIDED, "calf") for side in SIDES),
)
"""Every name of a place on the body."""


def split_side(name: str) -> tuple[str, Side | None]:
    """A name and its side, if it has one."""
    for side in SIDES:
        if name.endswith(f"_{side}"):
            return name.removesuffix(f"_{side}"), side
    return name, None


def find_landmark(skeleton: Skeleton, name: str) -> Vector:
    """Where the place ``name`` of this body is; a point of the skeleton by its own name, too."""
    points = skeleton.points
    if name in points:
        return points[name]
    if name in _SAME:
        return points[_SAME[name]]
    if name in _PAIRS:
        left, right = (find_landmark(skeleton, f"{_PAIRS[name]}_{side}") for side in SIDES)
        return point_between(left, right, 0.5)
    stem, side = split_side(name)
    if side is None:
        point, part, place = _OFF[stem]
        return place_at(points[point], _frame(skeleton, part), place)
    if stem in _SAME_SIDED:
        return points[f"{_SAME_SIDED[stem]}_{side}"]
    if stem in _BETWEEN:
        upper, lower, share = _BETWEEN[stem]
        return point_between(points[f"{upper}_{side}"], points[f"{lower}_{side}"], share)
    if stem in _OFF_SIDED:
        point, part, (x, y, z) = _OFF_SIDED[stem]
        return place_at(points[point], _frame(skeleton, part), (x, y * TOWARDS[side], z))
    return point_between(points[f"knee_{side}"], points[f"ankle_{side}"], 0.4)


def _frame(skeleton: Skeleton, part: str) -> Frame:
    return {"pelvis": skeleton.pelvis, "chest": skeleton.chest, "head": skeleton.head}[part]
