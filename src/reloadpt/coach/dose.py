"""How the dose of one set is paced, and how it is made easier."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec

from reloadpt.journal.events import Item

BeatKind = Literal["out", "hold", "return", "rest"]
TEMPO_PARTS: tuple[BeatKind, ...] = ("out", "hold", "return")

EASIER_PERCENT = 70
LEAST_HOLD_S = 5


class Beat(msgspec.Struct, frozen=True):
    """One part of a repetition, ``seconds`` long; ``rep`` counts from 1. ``rest`` is between two holds."""

    kind: BeatKind
    seconds: float
    rep: int


def hold_of(item: Item) -> int | None:
    """Seconds of each hold, where ``item`` is made of holds; a tempo wins over a hold."""
    return item.hold_s if item.hold_s and not any(_tempo_of(item)) else None


@lru_cache(maxsize=64)
def beats_of(item: Item) -> tuple[Beat, ...]:
    """Pace one set of ``item``: its repetitions by tempo, or its holds; empty where it has neither."""
    hold = hold_of(item)
    if hold is None:
        tempo = _tempo_of(item)
        return tuple(
            Beat(kind, seconds, rep)
            for rep in range(1, item.reps + 1)
            for kind, seconds in zip(TEMPO_PARTS, tempo, strict=True)
            if seconds
        )
    beats: list[Beat] = []
    for rep in range(1, item.reps + 1):
        if rep > 1 and item.rep_rest_s:
            beats.append(Beat("rest", item.rep_rest_s, rep - 1))
        beats.append(Beat("hold", hold, rep))
    return tuple(beats)


def eased_item(item: Item) -> Item:
    """Take 30 % off the repetitions, to the nearest; where there is one, off its hold. The same where it cannot."""
    if item.reps > 1:
        return msgspec.structs.replace(item, reps=(item.reps * EASIER_PERCENT + 50) // 100)
    hold = hold_of(item)
    if hold is None or hold <= LEAST_HOLD_S:
        return item
    return msgspec.structs.replace(item, hold_s=max(LEAST_HOLD_S, (hold * EASIER_PERCENT + 50) // 100))


def _tempo_of(item: Item) -> tuple[int, ...]:
    """Seconds out, held and returning; zeros where ``item`` has no tempo."""
    return tuple(int(part) for part in item.tempo.split("-")) if item.tempo else (0, 0, 0)
