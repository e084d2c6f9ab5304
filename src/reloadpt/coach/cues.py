"""What is to be heard, said or flashed during a step, and when."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from reloadpt.coach.timeline import Step
from reloadpt.journal.events import Item, Side

CueKind = Literal[
    "card",  # an exercise is to be read about before it begins
    "get_ready",  # a ready step begins; `seconds` long
    "go",  # a set begins; `of` repetitions
    "out",
    "hold",
    "return",  # a beat of repetition `rep` begins
    "count",  # repetition `rep` is complete
    "halfway",  # through a long hold
    "done",  # the set is over and recorded
    "rest",  # a rest begins: between sets, or (with `rep`) between two holds
    "switch",  # change sides
    "three",
    "two",
    "one",  # seconds before the next set
    "hurt",  # an exercise was stopped for pain
    "rate",  # rate now
    "paused",
    "go_on",
    "easier",  # the dose is now `of` repetitions, of `seconds` each where they are holds; `before` it was that item's
    "more_time",  # there are now `seconds` left of this step
    "no_easier",  # it cannot get easier
    "nothing_done",  # there is nothing yet to record
    "finished",
    "stopped",
]

LONG_HOLD_S = 20
LAST_SECONDS: tuple[CueKind, ...] = ("three", "two", "one")


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to hear or see, ``due`` in seconds of the coach's time, so that lateness can be measured.

    ``item`` (index), ``side`` and ``set`` name the set it belongs to. ``rep`` of ``of`` counts repetitions
    from 1. ``seconds`` is how long what begins will last. ``before`` is the item before it was made easier.
    """

    kind: CueKind
    due: float
    item: int | None = None
    side: Side | None = None
    set: int | None = None
    rep: int | None = None
    of: int | None = None
    seconds: float | None = None
    before: Item | None = None


def cues_of(step: Step) -> tuple[Cue, ...]:
    """Every cue of ``step``, earliest first, ``due`` in seconds from its beginning.

    Each beat has a cue at its beginning; each paced repetition a ``count`` at its end.
    """
    if step.kind == "work":
        return _cues_of_work(step)
    if step.kind in ("card", "hurt"):
        return (Cue("card" if step.kind == "card" else "hurt", 0, step.item, step.side, step.set),)
    if step.seconds is None:
        return (Cue("rate", 0, step.item),)
    opening: CueKind = "get_ready" if step.kind == "ready" else "rest" if step.kind == "rest" else "switch"
    cues = [Cue(opening, 0, step.item, step.side, step.set, seconds=step.seconds)]
    for before, kind in zip((3, 2, 1), LAST_SECONDS, strict=True):
        if step.seconds > before:
            cues.append(Cue(kind, step.seconds - before, step.item, step.side, step.set))
    return tuple(cues)


def _cues_of_work(step: Step) -> tuple[Cue, ...]:
    def cue(kind: CueKind, due: float, rep: int | None = None, seconds: float | None = None) -> Cue:
        return Cue(kind, due, step.item, step.side, step.set, rep, step.reps, seconds)

    cues = [cue("go", 0, seconds=step.seconds)]
    due: float = 0
    for beat, following in zip_longest(step.beats, step.beats[1:]):
        cues.append(cue(beat.kind, due, beat.rep, beat.seconds))
        if beat.kind == "hold" and beat.seconds >= LONG_HOLD_S:
            cues.append(cue("halfway", due + beat.seconds / 2, beat.rep))
        due += beat.seconds
        rep_is_over = following is None or following.kind == "rest" or following.rep != beat.rep
        if beat.kind != "rest" and rep_is_over:
            cues.append(cue("count", due, beat.rep))
    return tuple(cues)
