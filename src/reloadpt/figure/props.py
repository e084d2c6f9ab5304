"""The things in the room: where each one is, from the body that uses it."""

from __future__ import annotations

from reloadpt.figure.anatomy import Vector

TIES: dict[str, Vector] = {
    "ahead": (1.0, 0.0, 0.0), "ahead-high": (0.9, 0.0, 0.7), "ahead-low": (0.9, 0.0, -0.6),
    "behind": (-1.0, 0.0, 0.0), "behind-high": (-0.9, 0.0, 0.7), "behind-low": (-0.9, 0.0, -0.6),
    "above": (0.0, 0.0, 1.0), "below": (0.0, 0.0, -1.0),
    "right": (0.0, -1.0, 0.0), "left": (0.0, 1.0, 0.0),
}  # fmt: skip
"""Where the far end of a band is tied, and which way that is from the hand or foot."""
