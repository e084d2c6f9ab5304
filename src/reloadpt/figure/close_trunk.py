"""A close-up of the pelvis and the trunk above it from the side, as if the skin could be looked through."""

from __future__ import annotations

from reloadpt.figure.anatomy import Vector
from reloadpt.figure.close_shapes import BONE, CloseUpDrawing, Values, curve, frame_places, lean_over, solid
from reloadpt.figure.skeleton import UPRIGHT, about_y

VERTEBRAE = 7


def pelvis(values: Values) -> CloseUpDrawing:
    """Spine, tail bone and pubic bone, the pelvic floor hung between them, the dome of the breath above."""
    return lean_over(_sitting(values), values["lean"])


def _sitting(values: Values) -> CloseUpDrawing:
    hip: Vector = (0.0, 0.0, 0.115)
    bowl = frame_places(hip, about_y(UPRIGHT, -values["tuck"]))
    breath, lift = values["breath"] / 100, values["floor"] / 100
    root = bowl(-0.066, 0.06)
    waist = (root[0] + 0.07, 0.0, 0.3)
    top = (waist[0] - 0.02, 0.0, 0.56)
    ribs = (waist[0] - 0.012 + 0.006 * breath, 0.0, 0.44)
    belly = (waist[0] + 0.008 + 0.026 * breath, 0.0, 0.27)
    pubis, tail = bowl(0.082, -0.028), bowl(-0.062, -0.04)
    floor = bowl(0.01, -0.085 + 0.115 * lift)
    dome = 0.435 - 0.05 * breath
    points = {
        "pelvis": hip,
        "hip_right": hip,
        "belly": (belly[0] + 0.09, 0.0, belly[2]),
        "low_back": (waist[0] - 0.09, 0.0, waist[2] - 0.05),
        "pelvic_floor": bowl(0.01, -0.05 + 0.05 * lift),
        "ribs_right": ribs,
        "_hip": hip,
    }
    spine = [
        solid(f"{BONE} {step}", _along(root, waist, top, step / VERTEBRAE))
        for step in range(1, VERTEBRAE + 1)
    ]
    return points, [
        solid("thigh", (hip, 0.1), ((0.36, 0.0, 0.105), 0.072)),
        solid("trunk", (bowl(-0.012, 0.0), 0.115), (waist, 0.092)),
        solid("trunk", (waist, 0.092), (ribs, 0.106), (top, 0.1)),
        solid("trunk", (hip, 0.1), (belly, 0.092), (ribs, 0.1)),
        *spine,
        solid(BONE, (root, 0.021), (bowl(-0.078, 0.0), 0.018)),
        solid(BONE, (bowl(-0.078, 0.0), 0.016), (tail, 0.009)),
        solid("pubis", (bowl(0.075, -0.008), 0.022), (pubis, 0.015)),
        *curve("floor", tail, floor, pubis, 0.0115),
        *curve("dome", (ribs[0] - 0.075, 0.0, dome - 0.05), (ribs[0] + 0.01, 0.0, dome + 0.06),
               (ribs[0] + 0.092, 0.0, dome - 0.03), 0.009),
    ]  # fmt: skip


def _along(root: Vector, waist: Vector, top: Vector, share: float) -> tuple[Vector, float]:
    """A vertebra: the spine goes up from the sacrum, forward at the waist and back again; they get smaller."""
    hollow = waist[0] - 0.046
    x = (1 - share) ** 2 * root[0] + 2 * share * (1 - share) * hollow + share**2 * (top[0] - 0.06)
    return (x, 0.0, root[2] + 0.01 + (top[2] - root[2]) * share), 0.019 - 0.004 * share
