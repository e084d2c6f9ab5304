"""How the items of a session unfold in time: their sets in order, as steps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

import msgspec

from reloadpt.coach.dose import Beat, beats_of
from reloadpt.journal.events import Item, Side

StepKind = Literal["ready", "work", "rest", "switch", "rate"]
RateWhen = Literal["end", "each"]

READY_S = 5
MOVE_S = 30
"""Get ready where the position changes to or from the floor."""
SWITCH_S = 5
FLOOR = frozenset(
    {"supine", "prone", "side-lying", "quadruped", "kneeling", "half-kneeling", "plank", "long-sitting"}
)


class SetKey(NamedTuple):
    """What names a set in the journal; ``set`` counts from 1. A plain tuple of the three is equal to it."""

    exercise: str
    side: Side
    set: int


class TimelineSet(NamedTuple):
    """One set of the session: the index of its item, its side, and its number from 1."""

    item: int
    side: Side
    set: int


class Step(msgspec.Struct, frozen=True):
    """The smallest thing the coach guides.

    ``item`` (index), ``side`` and ``set`` name the set that is worked, or that a ready, rest or switch leads
    to; a rate step names its item alone, and the last one none. ``seconds`` is None where the step waits for
    the person. Work steps alone have ``reps`` (planned) and, where they are paced, ``beats``.
    """

    kind: StepKind
    item: int | None = None
    side: Side | None = None
    set: int | None = None
    seconds: float | None = None
    reps: int | None = None
    beats: tuple[Beat, ...] = ()


def planned_sets(items: Sequence[Item]) -> tuple[TimelineSet, ...]:
    """Every set of ``items`` in the order it is done: rounds, and in a round left before right."""
    return tuple(
        TimelineSet(index, side, number)
        for index, item in enumerate(items)
        for number in range(1, item.sets + 1)
        for side in item.sides
    )


def key_of(items: Sequence[Item], planned: TimelineSet) -> SetKey:
    """Name ``planned`` as the journal does."""
    return SetKey(items[planned.item].exercise, planned.side, planned.set)


def is_on_floor(item: Item) -> bool:
    """Say whether ``item`` is done lying, kneeling or on all fours: somewhere to get down to and up from."""
    return item.position in FLOOR


def timeline(
    items: Sequence[Item],
    rate: RateWhen = "end",
    done: Collection[tuple[str, Side, int]] = (),
    *,
    self_paced: bool = False,
    on_floor: bool | None = False,
) -> tuple[Step, ...]:
    """Lay out what is still to come of ``items``, from a get-ready to the last rating.

    ``done`` names the sets that need no step any more, done or skipped. ``on_floor`` says where the person
    is at the start; None where that is not known, or they are on their way. ``self_paced`` leaves every set
    to the person. With ``rate`` "each" a rate step follows every item that has sets here.
    """
    steps: list[Step] = []
    last: TimelineSet | None = None
    for planned in planned_sets(items):
        item = items[planned.item]
        if key_of(items, planned) in done:
            continue
        if last is None or planned.item != last.item:
            if last is not None and rate == "each":
                steps.append(Step("rate", last.item))
            seconds = READY_S if is_on_floor(item) == on_floor else MOVE_S
            steps.append(Step("ready", *planned, seconds=seconds))
            on_floor = is_on_floor(item)
        elif planned.set != last.set and item.rest_s:
            steps.append(Step("rest", *planned, seconds=item.rest_s))
        elif planned.side != last.side:
            steps.append(Step("switch", *planned, seconds=SWITCH_S))
        beats = () if self_paced else beats_of(item)
        seconds_of_work = sum(beat.seconds for beat in beats) if beats else None
        steps.append(Step("work", *planned, seconds=seconds_of_work, reps=item.reps, beats=beats))
        last = planned
    if last is not None and rate == "each":
        steps.append(Step("rate", last.item))
    return (*steps, Step("rate"))


def planned_seconds(steps: Sequence[Step], item: int | None = None) -> float:
    """Add up the seconds of ``steps``, or of those of one item; steps that wait for the person count 0."""
    return sum(step.seconds or 0 for step in steps if item is None or step.item == item)
