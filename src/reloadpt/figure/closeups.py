"""Close-ups for movements too fine for a whole body: a head, a face, a head from above, a foot, toes, a hand, a fist, a pelvis.

Each is drawn in the plane of the picture from a few values; each value says which parts it moves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from reloadpt.figure import close_heads, close_limbs, close_trunk
from reloadpt.figure.close_shapes import BONE, CloseUpDrawing, Values
from reloadpt.figure.flesh import Ball, Solid
from reloadpt.figure.skeleton import UPRIGHT, Skeleton


@dataclass(frozen=True)
class CloseUp:
    """One close-up: what it shows, what moves in it with its range, the parts that each of these moves."""

    says: str
    moves: dict[str, tuple[float, float]]
    parts: dict[str, tuple[str, ...]]
    draw: Callable[[Values], CloseUpDrawing]
    floor: bool = False
    joints: dict[str, tuple[str, float]] = field(default_factory=dict)
    """Where a part grows out of what lies behind it: the place, and how wide in metres."""

    @property
    def points(self) -> tuple[str, ...]:
        """The places in it that a thing can be at and that can be marked."""
        return tuple(name for name in self.draw(dict.fromkeys(self.moves, 0.0))[0] if name[0] != "_")

    def skeleton(self, values: Values) -> tuple[Skeleton, tuple[Solid, ...]]:
        """Its points and solids for these values; what is missing is 0. Nothing is below the floor."""
        points, solids = self.draw({name: values.get(name, 0.0) for name in self.moves})
        low = min(ball.centre[2] - ball.radius for solid in solids for ball in solid.balls)
        up = max(0.0, -low)
        skeleton = Skeleton(points, UPRIGHT, UPRIGHT, UPRIGHT)
        skeleton.move((0.0, 0.0, up))
        return skeleton, tuple(
            Solid(solid.part, tuple(Ball((x, y, z + up), radius) for (x, y, z), radius in solid.balls))
            for solid in solids
        )


_TOES = tuple(f"toe {place}" for place in range(5))
_FIST = ("fist", *(f"finger {place}" for place in range(5)))
_HEAD = ("head", "jaw", "ear", "eye")
_FACE = ("head", "ear_left", "ear_right", "eye_left", "eye_right", "nose", "mouth")
_BONES = (BONE, "pubis", *(f"{BONE} {step}" for step in range(1, close_trunk.VERTEBRAE + 1)))

CLOSE_UPS: dict[str, CloseUp] = {
    "close-head": CloseUp(
        "head and neck from the side; lean -90 lies on the back",
        {"jaw": (0, 30), "nod": (-30, 30), "neck": (-45, 50), "lean": (-90, 45)},
        {"jaw": ("jaw",), "nod": _HEAD, "neck": (*_HEAD, "neck"), "lean": ()},
        close_heads.head,
        joints={"head": ("_hinge", 0.088), "neck": ("_throat", 0.085), "jaw": ("_hinge", 0.06)},
    ),
    "close-face": CloseUp(
        "head from the front",
        {"jaw": (0, 30), "jaw_side": (-15, 15), "neck_side": (-45, 45), "neck_turn": (-80, 80)},
        {"jaw": ("mouth",), "jaw_side": ("mouth",), "neck_side": _FACE, "neck_turn": _FACE},
        close_heads.face,
        joints={"neck": ("_throat", 0.09)},
    ),
    "close-crown": CloseUp(
        "head and shoulders from above, nose below",
        {"neck_turn": (-80, 80)},
        {"neck_turn": ("head", "ear_left", "ear_right", "nose")},
        close_heads.crown,
    ),
    "close-foot": CloseUp(
        "foot and lower leg from the side; arch is in percent, lift in centimetres off the floor; aside turns "
        "the foot in (plus) or out",
        {
            "ankle": (-55, 40), "toes": (-45, 85), "heel": (-40, 60), "arch": (0, 100), "lean": (-30, 40),
            "aside": (-40, 40), "lift": (0, 15),
        },
        {
            "ankle": ("foot", "toes"),
            "toes": ("toes",),
            "heel": ("foot",),
            "arch": ("foot",),
            "lean": ("shin",),
            "aside": ("foot", "toes"),
            "lift": (),
        },
        close_limbs.foot,
        floor=True,
    ),
    "close-toes": CloseUp(
        "a foot from above; spread is in percent", {"spread": (0, 100)}, {"spread": _TOES}, close_limbs.toes
    ),
    "close-hand": CloseUp(
        "hand and forearm from the side, palm down; wrist is plus where the back of the hand lifts; aside "
        "bends the hand to the thumb (plus) or away",
        {"wrist": (-85, 85), "knuckles": (0, 95), "fingers": (0, 115), "aside": (-40, 40)},
        {
            "wrist": ("palm", "fingers"),
            "knuckles": ("fingers",),
            "fingers": ("fingers",),
            "aside": ("palm", "fingers"),
        },
        close_limbs.hand,
    ),
    "close-palm": CloseUp(
        "hand and forearm from the side, palm up; wrist is plus where the palm lifts",
        {"wrist": (-85, 85), "knuckles": (0, 95), "fingers": (0, 115)},
        {"wrist": ("palm", "fingers"), "knuckles": ("fingers",), "fingers": ("fingers",)},
        close_limbs.palm,
    ),
    "close-turn": CloseUp(
        "a fist round a handle, seen from the front, thumb up at 0",
        {"palm_up": (-95, 95)},
        {"palm_up": _FIST},
        close_limbs.turn,
    ),
    "close-pelvis": CloseUp(
        "pelvis and trunk from the side, with spine, pubic bone and pelvic floor; floor (the pelvic floor lifts) "
        "and breath are in percent; lean -90 lies on the back",
        {"tuck": (-25, 25), "floor": (-100, 100), "breath": (0, 100), "lean": (-90, 45)},
        {"tuck": _BONES, "floor": ("floor",), "breath": ("dome",), "lean": ()},
        close_trunk.pelvis,
        joints={"trunk": ("_hip", 0.16)},
    ),
}  # fmt: skip
