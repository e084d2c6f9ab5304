"""The words an author may use, by kind, and the nearest right one to a word that is wrong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Literal

from reloadpt.figure.anatomy import PARTS, SIDED, SIDES, WHOLE
from reloadpt.figure.closeups import CLOSE_UPS
from reloadpt.figure.landmarks import LANDMARKS
from reloadpt.figure.postures import POSTURES
from reloadpt.figure.props import TIES

Kind = Literal["postures", "angles", "points", "ends", "reach", "ties", "parts"]


def known(kind: Kind) -> tuple[str, ...]:
    """Every right word of a kind."""
    return _KNOWN[kind]


def nearest(word: str, kind: Kind) -> str:
    """A hint at the right word, ready to end a sentence: the nearest one, or where the list is."""
    found = get_close_matches(word.lower().replace("-", "_"), known(kind), n=1, cutoff=0.5)
    found = found or get_close_matches(word.lower(), known(kind), n=1, cutoff=0.5)
    return f"Did you mean “{found[0]}”?" if found else "The figures guide lists them."


_SIDED = tuple(f"{joint}_{side}" for joint in SIDED for side in SIDES)
_CLOSE = tuple({name: None for close in CLOSE_UPS.values() for name in close.moves})
_KNOWN: dict[Kind, tuple[str, ...]] = {
    "postures": (*POSTURES, *CLOSE_UPS),
    "angles": tuple(dict.fromkeys((*WHOLE, *SIDED, *_SIDED, *_CLOSE))),
    "points": LANDMARKS,
    "ends": tuple(f"{end}_{side}" for end in ("hand", "foot") for side in SIDES),
    "reach": (*LANDMARKS, "floor"),
    "ties": (*LANDMARKS, *TIES),
    "parts": PARTS,
}
