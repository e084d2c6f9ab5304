"""The library of postures: each a body at rest somewhere, by its joint angles and by what it rests on.

A posture of its own says where the body rests; one that is ``like`` another is that one with other angles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reloadpt.figure.anatomy import Vector
from reloadpt.figure.model import Prop, View

FEET = ("foot_left", "foot_right")
HANDS = ("hand_left", "hand_right")
BALLS = ("ball_left", "ball_right")
KNEES = ("knee_left", "knee_right")

ELBOWS_SOFT = {"shoulder_out": 9, "elbow": 10}
SEAT = 0.45


@dataclass(frozen=True)
class Posture:
    """One posture of the library: what it ``says`` in words, ``like`` which other one it is, its own ``angles``.

    ``props`` are what it cannot be without, ``view`` is from where it shows best, ``aside`` how far it is shifted to
    the left in metres. ``rests`` names the points that keep their place while the body moves; ``ahead`` and ``height`` say where
    (without a height, where the body's lowest point touches the floor). ``planted`` hands and feet stay where
    they are, at ``spots`` where those are given; their limbs follow. ``reach`` is as an author writes it.
    """

    says: str
    angles: Mapping[str, float] = field(default_factory=dict)
    like: str = ""
    rests: tuple[str, ...] = ()
    ahead: float = 0.0
    aside: float = 0.0
    height: float | None = None
    planted: tuple[str, ...] = ()
    spots: Mapping[str, Vector] = field(default_factory=dict)
    reach: Mapping[str, str | tuple[float, float]] = field(default_factory=dict)
    props: tuple[Prop, ...] = ()
    view: View | None = None


POSTURES: dict[str, Posture] = {
    "standing": Posture("upright, arms by the side", ELBOWS_SOFT, rests=BALLS, planted=FEET),
    "standing-wide": Posture(
        "upright, feet wider than the hips",
        ELBOWS_SOFT | {"hip_out": 14},
        rests=BALLS,
        planted=FEET,
        view="front",
    ),
    "hands-on-wall": Posture(
        "facing a wall at arm's length, both hands on it",
        {"lean": 10, "shoulder": 68, "elbow": 38, "ankle": 10},
        rests=BALLS,
        planted=(*FEET, *HANDS),
        spots={"hand_left": (0.6, 0.2, 1.36), "hand_right": (0.6, -0.2, 1.36)},
        props=(Prop(kind="wall", at="hand_right"),),
    ),
    "forearms-on-wall": Posture(
        "close to a wall, forearms upright against it",
        {"lean": 2, "shoulder": 62, "elbow": 116},
        rests=BALLS,
        planted=FEET,
        props=(Prop(kind="wall", at="hand_right"),),
    ),
    "back-to-wall": Posture(
        "leaning with the back on a wall, feet a step ahead",
        {"hip": 20, "knee": 10, **ELBOWS_SOFT},
        rests=("pelvis",),
        height=0.87,
        planted=FEET,
        spots={"foot_left": (0.42, 0.1, 0.026), "foot_right": (0.42, -0.1, 0.026)},
        props=(Prop(kind="wall", at="back"),),
    ),
    "wall-sit-shallow": Posture("slid a little down the wall", like="back-to-wall", height=0.75),
    "wall-sit": Posture("slid down the wall, thighs nearly level", like="back-to-wall", height=0.58),
    "squat": Posture(
        "hips back and down, arms ahead",
        {"lean": 38, "hip": 98, "knee": 98, "low_back": -5, "shoulder": 95},
        like="standing",
    ),
    "mini-squat": Posture("a shallow squat", {"lean": 22, "hip": 50, "knee": 50}, like="standing"),
    "deep-squat": Posture(
        "a full squat, heels held up a little",
        {"lean": 40, "hip": 138, "knee": 146, "heel": 14, "low_back": 15, "shoulder": 95, "hip_out": 12},
        like="standing",
    ),
    "hinge": Posture(
        "bent at the hips with a long spine, knees soft, arms hanging",
        {"lean": 62, "hip": 72, "knee": 20, "low_back": -6, "shoulder": 60, "neck": -12},
        like="standing",
    ),
    "on-one-leg": Posture(
        "on the right leg, the left foot just off the floor",
        {"hip_left": 22, "knee_left": 45, "hip_right": 0, "knee_right": 0},
        like="standing",
    ),
    "single-leg-hinge": Posture(
        "on the right leg, bent at the hip, the left leg long behind",
        {"lean": 70, "hip_right": 82, "knee_right": 20, "hip_left": 0, "knee_left": 5, "ankle_left": -20,
         "low_back": -5, "shoulder": 68, "neck": -15},
        like="standing",
    ),
    "split-stance": Posture(
        "the right foot a long step ahead, upright",
        {"hip_right": 30, "knee_right": 15, "hip_left": -20, "knee_left": 10, "heel_left": 25, **ELBOWS_SOFT},
        rests=("pelvis",),
        height=0.83,
        planted=FEET,
        spots={"foot_right": (0.46, -0.1, 0.026), "foot_left": (-0.34, 0.1, 0.026)},
    ),
    "split-squat": Posture(
        "down between both feet, the back knee near the floor", {"lean": 6}, like="split-stance", height=0.58
    ),
    "feet-apart": Posture(
        "upright, feet a shoulder's width apart, seen from the front",
        ELBOWS_SOFT,
        rests=("pelvis",),
        height=0.91,
        planted=FEET,
        spots={"foot_left": (0.12, 0.17, 0.026), "foot_right": (0.12, -0.17, 0.026)},
        view="front",
    ),
    "weight-right": Posture(
        "feet apart, the hips shifted over the right foot", like="feet-apart", aside=-0.13
    ),
    "weight-left": Posture("feet apart, the hips shifted over the left foot", like="feet-apart", aside=0.13),
    "step-back": Posture(
        "the right foot a long step behind, upright",
        {"hip_left": 30, "knee_left": 15, "hip_right": -20, "knee_right": 10, "heel_right": 0, **ELBOWS_SOFT},
        rests=("pelvis",),
        height=0.84,
        planted=FEET,
        spots={"foot_left": (0.42, 0.1, 0.026), "foot_right": (-0.22, -0.1, 0.026)},
    ),
    "calf-stretch": Posture(
        "hands on a wall, the right foot a long step behind, heel down",
        {"lean": 8, "hip_left": 40, "knee_left": 25, "hip_right": -12, "shoulder": 75, "elbow": 25},
        rests=("pelvis",),
        height=0.83,
        planted=(*FEET, *HANDS),
        spots={"foot_left": (0.36, 0.1, 0.026), "foot_right": (-0.24, -0.1, 0.026),
               "hand_left": (0.62, 0.18, 1.3), "hand_right": (0.62, -0.18, 1.3)},
        props=(Prop(kind="wall", at="hand_right"),),
    ),
    "wide-stance": Posture(
        "upright, the feet a long step apart",
        {"hip_out": 28, **ELBOWS_SOFT},
        rests=("pelvis",),
        height=0.83,
        planted=FEET,
        spots={"foot_left": (0.12, 0.44, 0.026), "foot_right": (0.12, -0.44, 0.026)},
        view="front",
    ),
    "side-lunge": Posture(
        "sitting to the right hip, the left leg long to the side",
        {"lean": 32, "shoulder": 75, "neck": -15},
        like="wide-stance",
        ahead=-0.16,
        aside=-0.28,
        height=0.58,
        spots={"foot_left": (0.12, 0.46, 0.026)},
    ),
    "walking-right": Posture(
        "a step with the right foot ahead",
        {"hip_right": 24, "knee_right": 8, "hip_left": -16, "knee_left": 12, "heel_left": 35},
        like="standing",
    ),
    "walking-left": Posture(
        "a step with the left foot ahead",
        {"hip_left": 24, "knee_left": 8, "hip_right": -16, "knee_right": 12, "heel_right": 35},
        like="standing",
    ),
    "step-stance": Posture(
        "the right foot on a step, the left on the floor behind",
        {"lean": 10, "hip_right": 70, "knee_right": 70, **ELBOWS_SOFT},
        rests=("pelvis",),
        ahead=0.02,
        height=0.9,
        planted=FEET,
        spots={"foot_left": (0.0, 0.1, 0.026), "foot_right": (0.42, -0.1, 0.226)},
        props=(Prop(kind="step", at="foot_right"),),
    ),
    "on-step": Posture(
        "upright on a step, both feet on it",
        like="step-stance",
        angles={"lean": 0},
        ahead=0.3,
        height=1.11,
        planted=FEET,
        spots={"foot_left": (0.42, 0.1, 0.226)},
    ),
    "lateral-step": Posture(
        "on the right leg on a step, the left foot free beside it",
        {"hip_left": 8, "knee_left": 10, "hip_out_left": 6},
        rests=("ball_right",),
        height=0.226,
        planted=("foot_right",),
        props=(Prop(kind="step", at="foot_right"),),
        view="front",
    ),
    "sitting": Posture(
        "upright on a chair, feet flat, hands on the thighs",
        {"hip": 88, "knee": 88},
        rests=("pelvis",),
        ahead=-0.45,
        height=SEAT + 0.1,
        planted=FEET,
        spots={"foot_left": (0.0, 0.1, 0.026), "foot_right": (0.0, -0.1, 0.026)},
        reach={"hand_left": "thigh_left", "hand_right": "thigh_right"},
        props=(Prop(kind="chair", at="pelvis"),),
    ),
    "leaning-forward": Posture(
        "on a chair, leaning forward to stand up", {"lean": 38, "neck": -12}, like="sitting"
    ),
    "sitting-at-table": Posture(
        "on a chair, the right forearm on a table",
        {"shoulder_right": 28, "elbow_right": 62, "shoulder_out_right": 8},
        like="sitting",
        props=(Prop(kind="table", at="hand_right"),),
    ),
    "long-sitting": Posture(
        "on the floor, legs long ahead",
        {"hip": 90, "knee": 2},
        rests=("pelvis",),
        reach={"hand_left": "thigh_left", "hand_right": "thigh_right"},
    ),
    "tailor-sitting": Posture(
        "on the floor, soles together, knees out",
        {"hip": 75, "hip_out": 50, "hip_turn": 30, "knee": 128, "ankle": -10},
        rests=("pelvis",),
        reach={"foot_left": (0.28, 0.1), "foot_right": (0.28, 0.1), "hand_left": "ankle_left",
               "hand_right": "ankle_right"},
        view="front",
    ),
    "half-kneeling": Posture(
        "on the left knee, the right foot ahead",
        {"hip_right": 90, "knee_right": 90, "hip_left": 0, "knee_left": 90, "ankle_left": -45, **ELBOWS_SOFT},
        rests=("knee_left",),
        planted=("foot_right",),
    ),
    "half-kneeling-back": Posture(
        "on the right knee, the left foot ahead",
        {"hip_left": 90, "knee_left": 90, "hip_right": 0, "knee_right": 90, "ankle_right": -45,
         **ELBOWS_SOFT},
        rests=("knee_right",),
        planted=("foot_left",),
    ),
    "kneeling": Posture("upright on both knees", {"knee": 90, "ankle": -50, **ELBOWS_SOFT}, rests=KNEES),
    "sitting-on-heels": Posture(
        "on the heels", {"hip": 70, "knee": 156, "lean": 4, "shoulder": 20, "elbow": 35}, like="kneeling"
    ),
    "childs-pose": Posture(
        "hips back to the heels, arms long ahead, head low",
        {"lean": 66, "hip": 134, "knee": 158, "low_back": 20, "upper_back": 14, "neck": 0, "shoulder": 160,
         "elbow": 8},
        like="kneeling",
        reach={"hand_left": "floor", "hand_right": "floor"},
    ),
    "quadruped": Posture(
        "on hands and knees, back flat",
        {"lean": 82, "hip": 82, "knee": 90, "ankle": -50, "shoulder": 82, "neck": -4},
        rests=KNEES,
        planted=HANDS,
        spots={"hand_left": (0.5, 0.2, 0.034), "hand_right": (0.5, -0.2, 0.034)},
    ),
    "cat": Posture(
        "on hands and knees, back rounded, head down",
        {"blade_forward": 30, "lean": 70, "hip": 72, "low_back": 20, "upper_back": 24, "neck": 35},
        like="quadruped",
    ),
    "cow": Posture(
        "on hands and knees, back hollow, head up",
        {"lean": 105, "hip": 103, "low_back": -25, "upper_back": -12, "neck": -32},
        like="quadruped",
    ),
    "bird-dog": Posture(
        "on hands and knees, right arm and left leg long",
        {"neck": 14, "shoulder_right": 174, "elbow_right": 0, "hip_left": -8, "knee_left": 0,
         "ankle_left": 0},
        like="quadruped",
    ),
    "thread-the-needle": Posture(
        "on hands and knees, the right arm threaded under the left, the chest turned down",
        {"lean": 96, "hip": 96, "upper_back_turn": -32, "low_back_turn": -10, "shoulder_right": 90,
         "shoulder_out_right": -42, "elbow_right": 5, "neck": 10},
        like="quadruped",
        view="corner",
    ),
    "plank": Posture(
        "on hands and toes, body straight",
        {"lean": 76, "shoulder": 76, "neck": -8, "heel": 62},
        rests=("pelvis",),
        height=0.47,
        planted=(*FEET, *HANDS),
        spots={"foot_left": (-0.8, 0.09, 0.026), "foot_right": (-0.8, -0.09, 0.026),
               "hand_left": (0.5, 0.2, 0.034), "hand_right": (0.5, -0.2, 0.034)},
    ),
    "mountain-climber": Posture(
        "a plank with the right knee drawn in under the chest",
        {"ankle_right": -35},
        like="plank",
        reach={"foot_right": (0.06, 0.24)},
    ),
    "prone": Posture(
        "face down, arms by the side",
        {"neck": -12, "lean": 90, "ankle": -55, "shoulder": -4, "shoulder_out": 8},
        rests=("pelvis",),
    ),
    "prone-y": Posture(
        "face down, arms overhead in a Y", {"shoulder": 176, "shoulder_out": 28}, like="prone", view="high"
    ),
    "prone-t": Posture(
        "face down, arms out to the sides", {"shoulder": 90, "shoulder_out": 88}, like="prone", view="high"
    ),
    "prone-w": Posture(
        "face down, elbows bent by the ribs, hands by the head",
        {"shoulder": 45, "shoulder_out": 70, "shoulder_turn": 70, "elbow": 100},
        like="prone",
        view="high",
    ),
    "supine": Posture(
        "on the back, legs long", {"lean": -90, "shoulder_out": 14, "shoulder": -4}, rests=("neck_base",)
    ),
    "hook-lying": Posture(
        "on the back, knees bent, feet flat",
        {"lean": -90, "hip": 50, "knee": 104, "shoulder_out": 14, "shoulder": -4},
        rests=("neck_base",),
        planted=FEET,
    ),
    "knees-right": Posture(
        "on the back, knees bent, both knees swayed to the right",
        {"lean": -90, "hip": 50, "knee": 104, "hip_out_right": 42, "hip_out_left": -36, "turn": 0,
         "shoulder_out": 40, "shoulder": -4},
        rests=("neck_base",),
        planted=FEET,
        spots={"foot_left": (1.18, 0.2, 0.026), "foot_right": (1.18, -0.2, 0.026)},
        view="feet",
    ),
    "knees-left": Posture(
        "on the back, knees bent, both knees swayed to the left",
        {"lean": -90, "hip": 50, "knee": 104, "hip_out_right": -36, "hip_out_left": 42, "shoulder_out": 40,
         "shoulder": -4},
        rests=("neck_base",),
        planted=FEET,
        spots={"foot_left": (1.18, 0.2, 0.026), "foot_right": (1.18, -0.2, 0.026)},
        view="feet",
    ),
    "on-roller": Posture(
        "on the back over a roller, hands behind the head, hips on the floor",
        {"lean": -76, "hip": 62, "knee": 100, "upper_back": -4, "neck": 14, "shoulder": 120,
         "shoulder_out": 50, "elbow": 130},
        rests=("pelvis",),
        planted=FEET,
        reach={"hand_left": "ear_left", "hand_right": "ear_right"},
        props=(Prop(kind="foam-roller", at="back"),),
    ),
    "legs-on-chair": Posture(
        "on the back, hips and knees at right angles, calves on a chair",
        {"hip": 90, "knee": 90, "shoulder_out": 30, "shoulder": -4, "lean": -90},
        rests=("neck_base",),
        props=(Prop(kind="chair", at="calf_right"),),
    ),
    "tabletop": Posture(
        "on the back, hips and knees at right angles in the air",
        {"hip": 90, "knee": 90, "lean": -90, "shoulder_out": 14},
        rests=("neck_base",),
    ),
    "dead-bug": Posture(
        "on the back, arms up, hips and knees at right angles",
        {"shoulder": 90, "shoulder_out": 0},
        like="tabletop",
    ),
    "bridge": Posture(
        "on the back, hips lifted in line with knees and shoulders",
        {"lean": -114, "neck": 24, "upper_back": 3},
        like="hook-lying",
    ),
    "single-leg-bridge": Posture(
        "a bridge on the right foot, the left leg long", {"hip_left": 0, "knee_left": 0}, like="bridge"
    ),
    "knees-to-chest": Posture(
        "on the back, both knees drawn in",
        {"lean": -98, "hip": 128, "knee": 130, "low_back": 8},
        like="tabletop",
        reach={"hand_left": "shin_left", "hand_right": "shin_right"},
    ),
    "knee-to-chest": Posture(
        "on the back, the right knee drawn in, the left leg bent",
        {"hip_right": 128, "knee_right": 130},
        like="hook-lying",
        reach={"hand_left": "shin_right", "hand_right": "shin_right"},
    ),
    "happy-baby": Posture(
        "on the back, knees wide, hands behind the thighs",
        {"shoulder_out": 60, "shoulder": 55, "lean": -96, "hip": 122, "hip_out": 38, "knee": 100,
         "low_back": 6},
        like="tabletop",
        reach={"hand_left": "thigh_left", "hand_right": "thigh_right"},
    ),
    "figure-4": Posture(
        "on the back, the right ankle across the left knee",
        {"hip_right": 82, "hip_out_right": 48, "hip_turn_right": 62, "knee_right": 100},
        like="hook-lying",
        reach={"foot_right": "knee_left"},
        view="corner",
    ),
    "thrust-low": Posture(
        "the upper back on a bench, feet flat, hips low",
        {"lean": -58, "hip": 40, "knee": 90, "upper_back": 6, "neck": 20, "shoulder_out": 12},
        rests=("collar",),
        reach={"hand_left": "hip_left", "hand_right": "hip_right"},
        height=0.5,
        planted=FEET,
        spots={"foot_left": (0.86, 0.1, 0.026), "foot_right": (0.86, -0.1, 0.026)},
        props=(Prop(kind="bench", at="collar"),),
    ),
    "thrust-high": Posture(
        "the upper back on a bench, hips level with it",
        {"lean": -92, "neck": 34, "upper_back": 8},
        like="thrust-low",
    ),
    "side-lying": Posture(
        "on the left side, hips and knees bent",
        {"turn": 90, "tilt": -90, "hip": 45, "knee": 90, "shoulder_left": 75, "elbow_left": 25,
         "shoulder_right": 35, "elbow_right": 40, "neck_side": -8},
        rests=("pelvis",),
        props=(Prop(kind="pillow", at="head"),),
        view="high",
    ),
    "side-lying-long": Posture(
        "on the left side, legs long",
        {"hip": 0, "knee": 0, "hip_left": 20, "knee_left": 40},
        like="side-lying",
    ),
    "copenhagen": Posture(
        "on the left elbow, the right knee on a bench",
        {"turn": 90, "tilt": -76, "hip_right": 0, "hip_out_right": 6, "knee_right": 90, "hip_left": 30,
         "knee_left": 60, "shoulder_out_left": 68, "elbow_left": 90, "neck_side": 8},
        rests=("elbow_left",),
        props=(Prop(kind="bench", at="knee_right"),),
        view="high",
    ),
    "side-bridge": Posture(
        "on the left elbow and knee, hips lifted",
        {"turn": 90, "tilt": -68, "hip": 0, "knee": 90, "shoulder_left": 0, "shoulder_out_left": 68,
         "elbow_left": 90, "shoulder_right": 0, "neck_side": 8},
        rests=("elbow_left",),
        view="high",
    ),
}  # fmt: skip
