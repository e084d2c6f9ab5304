"""What a screen sees of the coach at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reloadpt.coach.dose import BeatKind
from reloadpt.coach.timeline import TimelineSet
from reloadpt.journal.events import Ending, Side

State = Literal["idle", "card", "ready", "work", "hurt", "rest", "switch", "rate", "finished"]
PausedBecause = Literal["asked", "slept"]
CardBecause = Literal["new", "every", "alone"]
"""Why a card waits: its exercise is new in this plan, each one is to wait, or nobody pressed a key in the one before."""


@dataclass(frozen=True, slots=True)
class View:
    """What a screen needs of the coach at one moment. Times are in seconds, repetitions and sets from 1.

    ``state`` is the kind of the step; ``paused`` may be any, ``paused_because`` says why. ``item`` (index), ``side``
    and ``set_number`` of ``sets`` name the set at work, or the one that a card, ready, rest or switch leads to, or that was stopped for pain.
    ``card_because`` says why a card waits, and ``ready_seconds`` how long there will then be to get ready. ``rep`` of
    ``reps`` and the ``beat``, with ``beat_elapsed`` of ``beat_seconds``, are None but in a paced set; ``step_elapsed``
    is without pauses, ``step_seconds`` None where the step waits for the person. ``upcoming`` is the next set to be
    started. ``fraction`` is the share of sets done or skipped, ``sets_done`` counts those done whole,
    ``seconds_left`` is what is planned from here. ``ratings_due`` are the indices of the
    items to be rated: at the rate step of one item it alone, else every one with a set done and no rating.
    ``how`` says how the session ended, once it has.
    """

    state: State
    paused: bool
    paused_because: PausedBecause | None
    item: int | None
    side: Side | None
    set_number: int | None
    sets: int | None
    rep: int | None
    reps: int | None
    beat: BeatKind | None
    beat_elapsed: float | None
    beat_seconds: float | None
    step_elapsed: float
    step_seconds: float | None
    upcoming: TimelineSet | None
    fraction: float
    seconds_left: float
    sets_done: int
    ratings_due: tuple[int, ...]
    how: Ending | None
    card_because: CardBecause | None = None
    ready_seconds: float | None = None
