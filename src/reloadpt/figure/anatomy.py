"""The body that performs: lengths and thicknesses in metres, its joints and how far each one goes.

An adult of 1.73 m, seven and a half heads tall; segment lengths after the tables of Drillis and Contini.
Each place is in the frame of the part it belongs to: x ahead, y to the body's left, z towards the head.
"""

from __future__ import annotations

from typing import Literal

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
TOWARDS: dict[Side, float] = {"left": 1.0, "right": -1.0}

Vector = tuple[float, float, float]

PELVIS = 0.11
LOW_BACK = 0.17
UPPER_BACK = 0.25
NECK = 0.085
HALF_HIPS = 0.088
HALF_SHOULDERS = 0.185
SHOULDER_DROP = 0.05
UPPER_ARM = 0.31
FOREARM = 0.25
PALM = 0.08
HAND = 0.165
THIGH = 0.425
SHIN = 0.42

HEAD_CENTRE: Vector = (0.012, 0.0, 0.125)
FACE: Vector = (0.045, 0.0, 0.068)
NOSE: Vector = (0.118, 0.0, 0.088)
CROWN: Vector = (0.01, 0.0, 0.225)

# In the frame of the foot, whose origin is the ankle and whose sole is level.
HEEL: Vector = (-0.045, 0.0, -0.045)
BALL: Vector = (0.125, 0.0, -0.056)
TOES = 0.065

RADIUS: dict[str, float] = {
    "buttock": 0.098, "waist": 0.086, "ribs": 0.098, "collar": 0.085, "shoulder": 0.056, "elbow": 0.041,
    "wrist": 0.029, "palm": 0.034, "fingers": 0.02, "hip": 0.088, "knee": 0.056, "ankle": 0.038,
    "calf": 0.056, "heel": 0.034, "ball": 0.026, "toe": 0.02, "neck": 0.052, "skull": 0.1, "face": 0.076,
    "nose": 0.02,
}  # fmt: skip
"""Half the thickness of the body at a place."""

# The widest a joint is written: past what most people have, short of what nobody does.
WHOLE: dict[str, tuple[float, float]] = {
    "lean": (-180, 180), "tilt": (-180, 180), "turn": (-180, 180), "low_back": (-35, 60),
    "low_back_side": (-35, 35), "low_back_turn": (-20, 20), "upper_back": (-30, 50),
    "upper_back_side": (-35, 35), "upper_back_turn": (-60, 60), "neck": (-60, 60), "neck_side": (-50, 50),
    "neck_turn": (-85, 85), "nod": (-35, 35),
}  # fmt: skip
SIDED: dict[str, tuple[float, float]] = {
    "blade": (-15, 35), "blade_forward": (-35, 35), "shoulder": (-70, 190), "shoulder_out": (-60, 185),
    "shoulder_turn": (-100, 110), "elbow": (-10, 155), "wrist": (-90, 90), "hip": (-35, 140),
    "hip_out": (-45, 85), "hip_turn": (-60, 80), "knee": (-8, 160), "ankle": (-60, 45), "toes": (-50, 90),
    "heel": (-50, 80),
}  # fmt: skip
"""Joints of the whole body, and those of which each side has one, with the range of each in degrees."""

LIMITS: dict[str, tuple[float, float]] = WHOLE | {
    f"{joint}_{side}": limit for joint, limit in SIDED.items() for side in SIDES
}

SIGNED = ("tilt", "turn", "low_back_side", "low_back_turn", "upper_back_side", "upper_back_turn",
          "neck_side", "neck_turn")  # fmt: skip
"""Whole-body angles that say right with plus and left with minus."""

BONES: tuple[tuple[str, str], ...] = (
    ("pelvis", "waist"), ("waist", "mid_back"), ("mid_back", "neck_base"), ("neck_base", "neck_top"),
    ("neck_top", "head"),
    *((f"{upper}_{side}", f"{lower}_{side}") for side in SIDES for upper, lower in (
        ("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "palm"), ("wrist", "fingers"), ("hip", "knee"),
        ("knee", "ankle"), ("ankle", "heel"), ("ankle", "ball"), ("ball", "toe"),
    )),
)  # fmt: skip
"""Pairs of points whose distance never changes."""

PARTS: tuple[str, ...] = ("head", "trunk", *(f"{limb}_{side}" for side in SIDES for limb in ("arm", "leg")))
"""What ``works`` can name: the parts that can be drawn strongest."""
