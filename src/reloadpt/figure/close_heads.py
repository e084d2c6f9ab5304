"""Close-ups of a head: from the side, its face from the front, and from above."""

from __future__ import annotations

import math

from reloadpt.figure.close_shapes import CloseUpDrawing, Values, frame_places, solid
from reloadpt.figure.flesh import Solid
from reloadpt.figure.skeleton import UPRIGHT, about_y, place_at


def head(values: Values) -> CloseUpDrawing:
    """Head and neck from the side; the jaw lies behind the cheek, so that only its lower edge shows."""
    base = about_y(UPRIGHT, values["lean"])
    body = frame_places((0.0, 0.0, 0.0), base)
    neck = about_y(base, values["neck"])
    top = place_at(body(-0.05, 0.12), neck, (0.03, 0.0, 0.14))
    skull = about_y(neck, values["nod"])
    face = frame_places(top, skull)
    hinge = face(0.0, 0.05)
    jaw = frame_places(hinge, about_y(skull, values["jaw"]))
    points = {
        "head": face(0.0, 0.115),
        "crown": face(0.0, 0.22),
        "nose": face(0.135, 0.075),
        "jaw": jaw(0.075, -0.1),
        "forehead": face(0.112, 0.14),
        "neck": body(-0.04, 0.18),
        "hand_right": jaw(0.13, -0.1),
        "_hinge": hinge,
        "_throat": body(-0.05, 0.09),
    }
    return points, [
        solid("trunk", (body(-0.15, -0.02), 0.05), (body(0.05, -0.02), 0.045), (body(-0.05, 0.09), 0.062)),
        solid("neck", (body(-0.05, 0.09), 0.062), (top, 0.058)),
        solid(
            "jaw", (hinge, 0.032), (jaw(0.004, -0.045), 0.026), (jaw(0.084, -0.076), 0.022),
            (jaw(0.101, -0.03), 0.011),
        ),
        solid("head", (face(-0.014, 0.125), 0.097), (face(0.03, 0.135), 0.083), (face(-0.02, 0.07), 0.06)),
        solid("head", (face(0.03, 0.132), 0.082), (face(0.096, 0.115), 0.018), (face(0.088, 0.062), 0.02),
              (face(0.015, 0.065), 0.05)),
        solid("head", (face(0.099, 0.11), 0.009), (face(0.134, 0.072), 0.0115), (face(0.1, 0.064), 0.011)),
        solid("head", (face(0.088, 0.06), 0.02), (face(0.103, 0.044), 0.012), (face(0.03, 0.055), 0.034)),
        solid("ear", (face(-0.012, 0.108), 0.017), (face(-0.008, 0.082), 0.012)),
        solid("eye", (face(0.086, 0.113), 0.006)),
    ]  # fmt: skip


_EYE, _EAR = 24.0, 92.0
"""Degrees round the head from the middle of the face."""


def face(values: Values) -> CloseUpDrawing:
    """A face from the front: what turns away goes round the head, and what has gone round is not seen."""
    upright = about_y(UPRIGHT, -values["neck_side"])
    head = frame_places((0.0, 0.0, 0.14), upright)
    turn = values["neck_turn"]
    across = -0.05 * math.sin(math.radians(turn))
    drop = 0.075 * math.sin(math.radians(values["jaw"]))
    chin = across * 0.8 - 0.1 * math.sin(math.radians(values["jaw_side"]))
    points = {
        "head": head(0.0, 0.19),
        "crown": head(0.0, 0.32),
        "jaw": head(chin, 0.045 - drop),
        "nose": head(across, 0.14),
        "temple_right": head(-0.095, 0.2),
        "temple_left": head(0.095, 0.2),
        "neck": (0.0, 0.0, 0.1),
        "hand_right": head(chin - 0.085, 0.085 - drop * 0.5),
        "_throat": (0.0, 0.0, 0.06),
    }
    cheeks = ((head(across * 0.3 - 0.042, 0.14), 0.052), (head(across * 0.3 + 0.042, 0.14), 0.052))
    behind: list[Solid] = []
    before: list[Solid] = []
    for side, sign in (("right", -1), ("left", 1)):
        far, near = _round(sign * _EAR - turn)
        ear = solid(f"ear_{side}", (head(far * 0.106, 0.185), 0.02), (head(far * 0.1, 0.15), 0.014))
        (before if near > 0.2 else behind).append(ear)
    solids = [
        solid("trunk", ((-0.19, 0.0, -0.02), 0.05), ((0.19, 0.0, -0.02), 0.05), ((0.0, 0.0, 0.07), 0.062)),
        solid("neck", ((0.0, 0.0, 0.05), 0.06), (head(0.0, 0.08), 0.057)),
        *behind,
        solid("head", (head(0.0, 0.215), 0.102), *cheeks),
        solid(
            "head",
            *cheeks,
            (head(chin - 0.022, 0.075 - drop), 0.032),
            (head(chin + 0.022, 0.075 - drop), 0.032),
        ),
        *before,
    ]
    for side, sign in (("right", -1), ("left", 1)):
        far, near = _round(sign * _EYE - turn)
        if near > 0.15:
            solids.append(solid(f"eye_{side}", (head(far * 0.094, 0.203), 0.0095)))
    far, _ = _round(-turn)
    solids.append(solid("nose", (head(far * 0.07, 0.19), 0.006), (head(far * 0.108, 0.145), 0.0125)))
    lips = across * 1.1 + (chin - across * 0.8) * 0.7
    solids.append(
        solid(
            "mouth",
            (head(lips - 0.027, 0.1), 0.0045),
            (head(lips + 0.027, 0.1), 0.0045),
            (head(lips, 0.1 - drop * 0.72), 0.0045 + drop * 0.3),
        )
    )
    return points, solids


def crown(values: Values) -> CloseUpDrawing:
    """Head and shoulders from above, the nose below, so that its right is on our left as in a face."""
    skull = frame_places((0.0, 0.0, 0.13), about_y(UPRIGHT, values["neck_turn"]))
    points = {
        "head": skull(0.0, 0.0),
        "crown": skull(0.0, 0.0),
        "forehead": skull(0.0, -0.105),
        "neck": skull(0.0, 0.105),
        "nose": skull(0.0, -0.128),
        "temple_right": skull(-0.088, -0.01),
        "temple_left": skull(0.088, -0.01),
        "_top": skull(0.0, 0.02),
    }
    ears = [
        solid(f"ear_{side}", (skull(sign * 0.086, 0.022), 0.013), (skull(sign * 0.08, -0.012), 0.011))
        for side, sign in (("right", -1), ("left", 1))
    ]
    return points, [
        solid("trunk", ((-0.19, 0.0, 0.155), 0.056), ((0.0, 0.0, 0.165), 0.066), ((0.19, 0.0, 0.155), 0.056)),
        *ears,
        solid("nose", (skull(0.0, -0.09), 0.024), (skull(0.0, -0.122), 0.0115)),
        solid("head", (skull(0.0, 0.03), 0.078), (skull(0.0, -0.032), 0.07)),
    ]


def _round(angle: float) -> tuple[float, float]:
    """Where a place at this angle of a round head is seen: how far aside, and how near."""
    return math.sin(math.radians(angle)), math.cos(math.radians(angle))
