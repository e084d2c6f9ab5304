"""Close-ups for movements too fine for a whole body: a head, a face, a foot, toes, a hand, a fist, a pelvis.

Each is drawn in the plane of the picture from a few values; each value says which parts it moves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reloadpt.figure.anatomy import Vector
from reloadpt.figure.flesh import Ball, Solid
from reloadpt.figure.skeleton import UPRIGHT, Frame, Skeleton, about_y, at

Values = Mapping[str, float]
Drawn = tuple[dict[str, Vector], list[Solid]]

BONE = "bone"
"""A part that is drawn lighter, as if seen through the skin."""


@dataclass(frozen=True)
class CloseUp:
    """One close-up: what it shows, what moves in it with its range, the parts that each of these moves."""

    says: str
    moves: dict[str, tuple[float, float]]
    parts: dict[str, tuple[str, ...]]
    draw: Callable[[Values], Drawn]
    floor: bool = False

    @property
    def points(self) -> tuple[str, ...]:
        """The places in it that a thing can be at and that can be marked."""
        return tuple(self.draw(dict.fromkeys(self.moves, 0.0))[0])

    def skeleton(self, values: Values) -> tuple[Skeleton, tuple[Solid, ...]]:
        """Its points and solids for these values; what is missing is 0. Nothing is below the floor."""
        points, solids = self.draw({name: values.get(name, 0.0) for name in self.moves})
        low = min(ball.centre[2] - ball.radius for solid in solids for ball in solid.balls)
        up = max(0.0, -low)
        skeleton = Skeleton(points, UPRIGHT, UPRIGHT, UPRIGHT)
        skeleton.move((0.0, 0.0, up))
        return skeleton, tuple(
            Solid(
                solid.part,
                tuple(Ball((x, y, z + up), radius) for (x, y, z), radius in solid.balls),
            )
            for solid in solids
        )


def _solid(part: str, *balls: tuple[Vector, float]) -> Solid:
    return Solid(part, tuple(Ball(*ball) for ball in balls))


def _hinge(origin: Vector, frame: Frame) -> Callable[[float, float], Vector]:
    """Places by x and z in a turned frame."""
    return lambda x, z: at(origin, frame, (x, 0.0, z))


def _head(values: Values) -> Drawn:
    neck = about_y(UPRIGHT, values["neck"])
    top = at((-0.05, 0.0, 0.12), neck, (0.03, 0.0, 0.14))
    skull = about_y(neck, values["nod"])
    head = _hinge(top, skull)
    hinge = head(0.005, 0.05)
    jaw = _hinge(hinge, about_y(skull, values["jaw"]))
    points = {
        "head": head(0.0, 0.115),
        "nose": head(0.135, 0.075),
        "jaw": jaw(0.04, -0.06),
        "forehead": head(0.095, 0.14),
        "neck": (-0.04, 0.0, 0.18),
        "hand_right": jaw(0.13, -0.1),
    }
    return points, [
        _solid("trunk", ((-0.14, 0.0, 0.0), 0.05), ((0.03, 0.0, 0.0), 0.05), ((-0.05, 0.0, 0.1), 0.06)),
        _solid("neck", ((-0.05, 0.0, 0.1), 0.06), (top, 0.058)),
        _solid("head", (head(-0.01, 0.12), 0.095), (head(0.03, 0.125), 0.085), (head(-0.02, 0.06), 0.055)),
        _solid("head", (head(0.03, 0.125), 0.085), (head(0.09, 0.04), 0.024), (head(0.03, 0.06), 0.04)),
        _solid("head", (head(0.105, 0.11), 0.01), (head(0.134, 0.066), 0.013), (head(0.1, 0.058), 0.012)),
        _solid(
            "jaw",
            (hinge, 0.03),
            (jaw(-0.005, -0.05), 0.026),
            (jaw(0.08, -0.085), 0.024),
            (jaw(0.094, -0.052), 0.013),
        ),
    ]


def _face(values: Values) -> Drawn:
    side = about_y(UPRIGHT, -values["neck_side"])
    head = _hinge((0.0, 0.0, 0.14), side)
    across = 0.075 * math.sin(math.radians(values["neck_turn"]))
    drop = 0.07 * math.sin(math.radians(values["jaw"]))
    aside = across + 0.1 * math.sin(math.radians(values["jaw_side"]))
    mouth = 0.095
    points = {
        "head": head(0.0, 0.19),
        "jaw": head(aside, 0.06 - drop),
        "nose": head(across, 0.14),
        "temple_right": head(-0.085, 0.18),
        "temple_left": head(0.085, 0.18),
        "neck": (0.0, 0.0, 0.1),
        "hand_right": head(aside - 0.1, 0.05 - drop),
    }
    return points, [
        _solid("trunk", ((-0.17, 0.0, 0.0), 0.05), ((0.17, 0.0, 0.0), 0.05), ((0.0, 0.0, 0.09), 0.055)),
        _solid("neck", ((0.0, 0.0, 0.05), 0.058), (head(0.0, 0.06), 0.056)),
        _solid("head", (head(0.0, 0.215), 0.1), (head(-0.03, 0.13), 0.06), (head(0.03, 0.13), 0.06)),
        _solid(
            "jaw",
            (head(aside - 0.03, 0.055 - drop), 0.034),
            (head(aside + 0.03, 0.055 - drop), 0.034),
            (head(-0.055, 0.115), 0.03),
            (head(0.055, 0.115), 0.03),
        ),
        _solid("eye_left", (head(across - 0.038, 0.205), 0.011)),
        _solid("eye_right", (head(across + 0.038, 0.205), 0.011)),
        _solid("nose", (head(across, 0.18), 0.006), (head(across, 0.145), 0.012)),
        _solid(
            "mouth",
            (head(across - 0.026, mouth), 0.004),
            (head(across + 0.026, mouth), 0.004),
            (head(aside, mouth - drop * 0.75), 0.004 + drop * 0.28),
        ),
    ]


def _foot(values: Values) -> Drawn:
    heel, arch = values["heel"], values["arch"] * 0.0002
    if heel >= 0:
        pivot, ball = (0.125, -0.056), (0.125, 0.0, 0.026)
    else:
        pivot, ball = (-0.045, -0.045), (-0.045, 0.0, 0.034)
    tipped = about_y(UPRIGHT, heel)
    ankle = at(ball, tipped, (-pivot[0] + 0.0, 0.0, -pivot[1]))
    foot = _hinge(ankle, about_y(tipped, -values["ankle"]))
    toes = about_y(tipped, -values["ankle"] - values["toes"] - max(heel, 0.0))
    shin = _hinge(ankle, about_y(UPRIGHT, values["lean"]))
    tip = at(foot(0.125, -0.056), toes, (0.07, 0.0, 0.002))
    points = {
        "ankle_right": ankle,
        "knee_right": shin(0.0, 0.3),
        "shin_right": shin(0.03, 0.16),
        "calf_right": shin(-0.05, 0.22),
        "heel_right": foot(-0.045, -0.045),
        "foot_right": foot(0.125, -0.056),
        "toes_right": tip,
        "hand_right": shin(0.12, 0.3),
    }
    return points, [
        _solid("shin", (ankle, 0.038), (shin(-0.012, 0.2), 0.055), (shin(-0.004, 0.3), 0.05)),
        _solid("foot", (ankle, 0.038), (foot(-0.045, -0.045), 0.034)),
        _solid("foot", (ankle, 0.038), (foot(0.05, -0.025 + arch), 0.03)),
        _solid("foot", (foot(-0.03, -0.055 + arch), 0.024), (foot(0.05, -0.03 + arch), 0.022)),
        _solid("foot", (foot(0.05, -0.028 + arch), 0.028), (foot(0.125, -0.056), 0.026)),
        _solid("toes", (foot(0.125, -0.056), 0.026), (tip, 0.019)),
    ]


def _toes(values: Values) -> Drawn:
    fan = values["spread"] * 0.13
    solids = [
        _solid("foot", ((0.0, 0.0, 0.035), 0.034), ((-0.035, 0.0, 0.19), 0.028), ((0.03, 0.0, 0.175), 0.024))
    ]
    shape = ((-0.042, 0.022, 0.058), (-0.018, 0.0155, 0.058), (0.002, 0.014, 0.05), (0.021, 0.013, 0.042),
             (0.039, 0.012, 0.034))  # fmt: skip
    for place, (x, radius, length) in enumerate(shape):
        lean = math.radians((place - 1.6) * (5 + fan))
        low = (x, 0.0, 0.208 - abs(place - 1) * 0.008)
        end = (x + math.sin(lean) * length, 0.0, low[2] + math.cos(lean) * length)
        solids.append(_solid(f"toe {place}", (low, radius * 0.9), (end, radius)))
    return {
        "foot_right": (0.0, 0.0, 0.18),
        "toes_right": (0.0, 0.0, 0.25),
        "heel_right": (0, 0, 0.03),
    }, solids


def _hand(values: Values) -> Drawn:
    elbow, wrist = (-0.26, 0.0, 0.2), (0.0, 0.0, 0.2)
    palm_frame = about_y(UPRIGHT, -values["wrist"])
    palm = _hinge(wrist, palm_frame)
    knuckle = palm(0.09, 0.0)
    first = about_y(palm_frame, values["knuckles"])
    middle = at(knuckle, first, (0.048, 0.0, 0.0))
    second = about_y(first, values["fingers"])
    tip = at(middle, second, (0.045, 0.0, 0.0))
    thumb = palm(0.07, -0.045)
    points = {
        "elbow_right": elbow,
        "forearm_right": (-0.13, 0.0, 0.2),
        "wrist_right": wrist,
        "hand_right": palm(0.07, -0.01),
        "hand_left": at(wrist, palm_frame, (0.09, 0.0, 0.07)),
    }
    return points, [
        _solid("forearm", (elbow, 0.05), ((-0.12, 0.0, 0.2), 0.045), (wrist, 0.03)),
        _solid("palm", (wrist, 0.029), (knuckle, 0.026)),
        _solid("fingers", (knuckle, 0.022), (middle, 0.018)),
        _solid("fingers", (middle, 0.018), (tip, 0.015)),
        _solid("palm", (palm(0.03, -0.015), 0.018), (thumb, 0.014)),
    ]


def _turn(values: Values) -> Drawn:
    fist = _hinge((0.0, 0.0, 0.2), about_y(UPRIGHT, -values["palm_up"]))
    points = {"hand_right": fist(0.0, 0.0), "wrist_right": (0.0, 0.0, 0.2), "forearm_right": (0.0, 0.0, 0.1)}
    fingers = [
        _solid(f"finger {place}", (fist(0.03, z), 0.0125), (fist(-0.02, z), 0.0125))
        for place, z in enumerate((0.034, 0.012, -0.01, -0.032))
    ]
    return points, [
        _solid("forearm", ((0.0, 0.0, 0.05), 0.05), ((0.0, 0.0, 0.19), 0.036)),
        _solid("stick", (fist(0.0, 0.15), 0.012), (fist(0.0, -0.11), 0.012)),
        _solid("fist", (fist(-0.028, 0.03), 0.024), (fist(-0.024, -0.03), 0.022), (fist(0.02, 0.0), 0.03)),
        *fingers,
        _solid("finger 4", (fist(-0.03, 0.045), 0.014), (fist(0.012, 0.055), 0.0125)),
    ]


def _pelvis(values: Values) -> Drawn:
    hip: Vector = (0.0, 0.0, 0.11)
    bowl = _hinge(hip, about_y(UPRIGHT, -values["tuck"]))
    breath, lift = values["breath"] / 100, values["floor"] / 100
    waist = bowl(-0.015, 0.15)
    ribs = (waist[0], 0.0, waist[2] + 0.15)
    belly = (waist[0] + 0.012 + 0.02 * breath, 0.0, waist[2] + 0.03)
    pubis, tail = bowl(0.06, -0.045), bowl(-0.07, -0.035)
    sag = bowl(-0.005, -0.068 + 0.05 * lift)
    dome = ribs[2] + 0.045 - 0.035 * breath
    points = {
        "pelvis": hip,
        "hip_right": hip,
        "belly": (belly[0] + 0.09, 0.0, belly[2]),
        "low_back": (waist[0] - 0.09, 0.0, waist[2]),
        "pelvic_floor": sag,
        "ribs_right": ribs,
    }
    return points, [
        _solid("thigh", (hip, 0.105), ((0.3, 0.0, 0.1), 0.075)),
        _solid("trunk", (bowl(-0.015, 0.0), 0.11), (waist, 0.092)),
        _solid("trunk", (ribs, 0.1), ((ribs[0], 0.0, ribs[2] + 0.06), 0.102)),
        _solid("belly", (waist, 0.092), (belly, 0.094), (ribs, 0.098)),
        _solid(BONE, (bowl(-0.075, 0.075), 0.018), (bowl(-0.05, 0.09), 0.02), (tail, 0.012)),
        _solid(BONE, (bowl(-0.05, 0.09), 0.02), (bowl(0.03, 0.085), 0.022), (bowl(0.0, 0.0), 0.03)),
        _solid(BONE, (bowl(0.0, 0.0), 0.03), (pubis, 0.014)),
        _solid("floor", (pubis, 0.009), (sag, 0.011)),
        _solid("floor", (sag, 0.011), (tail, 0.009)),
        _solid("dome", ((ribs[0] - 0.08, 0.0, dome - 0.045), 0.007), ((ribs[0] - 0.03, 0.0, dome), 0.008)),
        _solid("dome", ((ribs[0] - 0.03, 0.0, dome), 0.008), ((ribs[0] + 0.035, 0.0, dome), 0.008)),
        _solid("dome", ((ribs[0] + 0.035, 0.0, dome), 0.008), ((ribs[0] + 0.08, 0.0, dome - 0.04), 0.007)),
    ]


_TOES = tuple(f"toe {place}" for place in range(5))
_FIST = ("fist", *(f"finger {place}" for place in range(5)))

CLOSE_UPS: dict[str, CloseUp] = {
    "close-head": CloseUp(
        "head and neck from the side",
        {"jaw": (0, 30), "nod": (-30, 30), "neck": (-45, 50)},
        {"jaw": ("jaw",), "nod": ("head", "jaw"), "neck": ("head", "jaw", "neck")},
        _head,
    ),
    "close-face": CloseUp(
        "head from the front",
        {"jaw": (0, 30), "jaw_side": (-15, 15), "neck_side": (-45, 45), "neck_turn": (-80, 80)},
        {"jaw": ("jaw",), "jaw_side": ("jaw",), "neck_side": ("head", "jaw"), "neck_turn": ("head", "jaw")},
        _face,
    ),
    "close-foot": CloseUp(
        "foot and lower leg from the side; arch is in percent",
        {"ankle": (-55, 40), "toes": (-45, 85), "heel": (-40, 60), "arch": (0, 100), "lean": (-30, 40)},
        {
            "ankle": ("foot", "toes"),
            "toes": ("toes",),
            "heel": ("foot",),
            "arch": ("foot",),
            "lean": ("shin",),
        },
        _foot,
        floor=True,
    ),
    "close-toes": CloseUp(
        "a foot from above; spread is in percent", {"spread": (0, 100)}, {"spread": _TOES}, _toes
    ),
    "close-hand": CloseUp(
        "hand and forearm from the side, palm down; wrist is plus where the back of the hand lifts",
        {"wrist": (-85, 85), "knuckles": (0, 95), "fingers": (0, 115)},
        {"wrist": ("palm", "fingers"), "knuckles": ("fingers",), "fingers": ("fingers",)},
        _hand,
    ),
    "close-turn": CloseUp(
        "a fist round a handle, seen from the front, thumb up at 0",
        {"palm_up": (-95, 95)},
        {"palm_up": _FIST},
        _turn,
    ),
    "close-pelvis": CloseUp(
        "pelvis and low back from the side, sitting; floor (the pelvic floor lifts) and breath are in percent",
        {"tuck": (-25, 25), "floor": (-100, 100), "breath": (0, 100)},
        {"tuck": (BONE,), "floor": ("floor",), "breath": ("dome", "belly")},
        _pelvis,
    ),
}
