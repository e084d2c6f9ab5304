"""How the items of a session unfold in time: their sets in order, as steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from reloadpt.coach.dose import Beat, beats_of
from reloadpt.journal.events import Item, Side

StepKind = Literal["card", "ready", "work", "hurt", "rest", "switch", "rate"]
RateWhen = Literal["end", "each"]

READY_S = 10
"""Get ready in the position one is in."""
POSITION_S = 30
"""Get into another position."""
FLOOR_S = 60
"""Get down to the floor."""
SWITCH_S = 10
FLOOR = frozenset({"quadruped", "kneeling", "half-kneeling", "plank"})
"""What is done on the floor; whatever is done lying, a bed will do."""


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

    ``item`` (index), ``side`` and ``set`` name the set that is worked, or that a card, ready, rest or switch leads
    to; a rate step names its item alone, and the last one none. A card is there to be read before an exercise, and
    a hurt step follows one that was stopped for pain. ``seconds`` is None where the step waits for the person. Work steps alone have ``reps`` (planned) and, where they are paced, ``beats``.
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


def ready_seconds(item: Item, position: str | None) -> int:
    """How long it takes to get ready for ``item`` from ``position``; None is on the way, "" at the keyboard."""
    if item.position == position:
        return READY_S
    return FLOOR_S if item.position in FLOOR and position not in FLOOR else POSITION_S


def timeline(
    items: Sequence[Item],
    rate: RateWhen = "end",
    done: Collection[tuple[str, Side, int]] = (),
    *,
    self_paced: bool = False,
    position: str | None = "",
    cards: Collection[str] = (),
    more: Mapping[str, int] | None = None,
) -> tuple[Step, ...]:
    """Lay out what is still to come of ``items``, from a get-ready to the last rating.

    ``done`` names the sets that need no step any more, done or skipped. ``position`` is the one the person is in at
    the start; None where they are on their way. ``self_paced`` leaves every set to the person. With ``rate`` "each"
    a rate step follows every item that has sets here. ``cards`` are the exercises before which a card waits, and
    ``more`` the seconds that some exercises have to get ready beside the usual.
    """
    steps: list[Step] = []
    last: TimelineSet | None = None
    waiting = set(cards)
    for planned in planned_sets(items):
        item = items[planned.item]
        if key_of(items, planned) in done:
            continue
        if last is None or planned.item != last.item:
            if last is not None and rate == "each":
                steps.append(Step("rate", last.item))
            if item.exercise in waiting:
                waiting.discard(item.exercise)
                steps.append(Step("card", *planned))
            seconds = ready_seconds(item, position) + (more or {}).get(item.exercise, 0)
            steps.append(Step("ready", *planned, seconds=seconds))
            position = item.position
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
