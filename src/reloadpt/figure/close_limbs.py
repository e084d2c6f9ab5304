"""Close-ups of a foot, its toes, a hand, and a fist."""

from __future__ import annotations

import math

from reloadpt.figure.anatomy import Vector
from reloadpt.figure.close_shapes import CloseUpDrawing, Values, frame_places, solid
from reloadpt.figure.skeleton import UPRIGHT, about_y, place_at


def foot(values: Values) -> CloseUpDrawing:
    """A foot on the floor or off it, from the side."""
    heel, arch = values["heel"], values["arch"] * 0.0002
    if heel >= 0:
        pivot, ball = (0.125, -0.056), (0.125, 0.0, 0.026)
    else:
        pivot, ball = (-0.045, -0.045), (-0.045, 0.0, 0.034)
    tipped = about_y(UPRIGHT, heel)
    x, y, z = place_at(ball, tipped, (-pivot[0], 0.0, -pivot[1]))
    ankle = (x, y, z + values["lift"] / 100)
    long = math.cos(math.radians(values["aside"] * 1.4))
    straight = frame_places(ankle, about_y(tipped, -values["ankle"]))

    def foot(x: float, z: float) -> Vector:
        return straight(x * long, z)

    toes = about_y(tipped, -values["ankle"] - values["toes"] - max(heel, 0.0))
    shin = frame_places(ankle, about_y(UPRIGHT, values["lean"]))
    tip = place_at(foot(0.125, -0.056), toes, (0.07 * long, 0.0, 0.002))
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
        solid("shin", (ankle, 0.038), (shin(-0.012, 0.2), 0.055), (shin(-0.004, 0.3), 0.05)),
        solid("foot", (ankle, 0.038), (foot(-0.045, -0.045), 0.034)),
        solid("foot", (ankle, 0.038), (foot(0.05, -0.025 + arch), 0.03)),
        solid("foot", (foot(-0.03, -0.055 + arch), 0.024), (foot(0.05, -0.03 + arch), 0.022)),
        solid("foot", (foot(0.05, -0.028 + arch), 0.028), (foot(0.125, -0.056), 0.026)),
        solid("toes", (foot(0.125, -0.056), 0.026), (tip, 0.019)),
    ]


def toes(values: Values) -> CloseUpDrawing:
    """A foot from above."""
    fan = values["spread"] * 0.13
    solids = [
        solid("foot", ((0.0, 0.0, 0.035), 0.034), ((-0.035, 0.0, 0.19), 0.028), ((0.03, 0.0, 0.175), 0.024))
    ]
    shape = ((-0.042, 0.022, 0.058), (-0.018, 0.0155, 0.058), (0.002, 0.014, 0.05), (0.021, 0.013, 0.042),
             (0.039, 0.012, 0.034))  # fmt: skip
    for place, (x, radius, length) in enumerate(shape):
        lean = math.radians((place - 1.6) * (5 + fan))
        low = (x, 0.0, 0.208 - abs(place - 1) * 0.008)
        end = (x + math.sin(lean) * length, 0.0, low[2] + math.cos(lean) * length)
        solids.append(solid(f"toe {place}", (low, radius * 0.9), (end, radius)))
    return {
        "foot_right": (0.0, 0.0, 0.18),
        "toes_right": (0.0, 0.0, 0.25),
        "heel_right": (0, 0, 0.03),
    }, solids


def hand(values: Values) -> CloseUpDrawing:
    """A forearm with the palm down."""
    return _forearm(values, 1.0)


def palm(values: Values) -> CloseUpDrawing:
    """The same with the palm up: what bends, bends upwards."""
    return _forearm(values, -1.0)


def _forearm(values: Values, down: float) -> CloseUpDrawing:
    """``down`` is 1 where the palm faces the floor, -1 where it faces up."""
    elbow, wrist = (-0.26, 0.0, 0.2), (0.0, 0.0, 0.2)
    frame = about_y(UPRIGHT, -values["wrist"])
    long = math.cos(math.radians(values.get("aside", 0.0) * 1.4))
    flat = frame_places(wrist, frame)
    knuckle = flat(0.09 * long, 0.0)
    first = about_y(frame, down * values["knuckles"])
    middle = place_at(knuckle, first, (0.048 * long, 0.0, 0.0))
    second = about_y(first, down * values["fingers"])
    tip = place_at(middle, second, (0.045 * long, 0.0, 0.0))
    thumb = flat(0.07 * long, -0.045 * down)
    points = {
        "elbow_right": elbow,
        "forearm_right": (-0.13, 0.0, 0.2),
        "wrist_right": wrist,
        "hand_right": flat(0.085 * long, -0.022 * down),
        "hand_left": flat(0.075, 0.028),
    }
    return points, [
        solid("forearm", (elbow, 0.05), ((-0.12, 0.0, 0.2), 0.045), (wrist, 0.03)),
        solid("palm", (wrist, 0.029), (knuckle, 0.026)),
        solid("fingers", (knuckle, 0.022), (middle, 0.018)),
        solid("fingers", (middle, 0.018), (tip, 0.015)),
        solid("palm", (flat(0.03 * long, -0.015 * down), 0.018), (thumb, 0.014)),
    ]


def turn(values: Values) -> CloseUpDrawing:
    """A fist round a handle, from the front."""
    fist = frame_places((0.0, 0.0, 0.2), about_y(UPRIGHT, -values["palm_up"]))
    points = {"hand_right": fist(0.0, 0.0), "wrist_right": (0.0, 0.0, 0.2), "forearm_right": (0.0, 0.0, 0.1)}
    fingers = [
        solid(f"finger {place}", (fist(0.03, z), 0.0125), (fist(-0.02, z), 0.0125))
        for place, z in enumerate((0.034, 0.012, -0.01, -0.032))
    ]
    return points, [
        solid("forearm", ((0.0, 0.0, 0.05), 0.05), ((0.0, 0.0, 0.19), 0.036)),
        solid("stick", (fist(0.0, 0.15), 0.012), (fist(0.0, -0.11), 0.012)),
        solid("fist", (fist(-0.028, 0.03), 0.024), (fist(-0.024, -0.03), 0.022), (fist(0.02, 0.0), 0.03)),
        *fingers,
        solid("finger 4", (fist(-0.03, 0.045), 0.014), (fist(0.012, 0.055), 0.0125)),
    ]
