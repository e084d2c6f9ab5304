"""Close-ups for movements too fine for a whole body: a head, a face, a foot, toes, a hand, a pelvis."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CloseUp:
    """One close-up: what it shows, and what moves in it with its range, in degrees unless it says percent."""

    says: str
    moves: dict[str, tuple[float, float]]


CLOSE_UPS: dict[str, CloseUp] = {
    "close-head": CloseUp(
        "head and neck from the side", {"jaw": (0, 30), "nod": (-30, 30), "neck": (-45, 50)}
    ),
    "close-face": CloseUp(
        "head from the front",
        {"jaw": (0, 30), "jaw_side": (-15, 15), "neck_side": (-45, 45), "neck_turn": (-80, 80)},
    ),
    "close-foot": CloseUp(
        "foot and lower leg from the side; arch is in percent",
        {"ankle": (-55, 40), "toes": (-45, 85), "heel": (-40, 60), "arch": (0, 100), "lean": (-30, 40)},
    ),
    "close-toes": CloseUp("the forefoot from above; spread is in percent", {"spread": (0, 100)}),
    "close-hand": CloseUp(
        "hand and forearm from the side, palm down",
        {"wrist": (-85, 85), "knuckles": (0, 95), "fingers": (0, 115)},
    ),
    "close-turn": CloseUp("a fist seen from the front, thumb up at 0", {"palm_up": (-95, 95)}),
    "close-pelvis": CloseUp(
        "pelvis and low back from the side; floor and breath are in percent",
        {"tuck": (-25, 25), "floor": (-100, 100), "breath": (0, 100)},
    ),
}
