"""One side of a movement is the same side for every muscle that has it, or the programme says that it is not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from reloadpt.figure.drawing import props_of
from reloadpt.figure.mirror import mirrored
from reloadpt.figure.model import Figure
from reloadpt.figure.pose import pose
from reloadpt.figure.props import prop_place
from reloadpt.program.library import Library
from reloadpt.program.programme import Exercise, sides_agree


def shared() -> Iterator[tuple[Exercise, Exercise]]:
    """Each two one-sided exercises that are the same movement."""
    library = Library()
    known: dict[str, list[Exercise]] = {}
    for muscle in library.muscles:
        for exercise in library.programme(muscle).exercises:
            if exercise.dose.per_side:
                known.setdefault(exercise.movement, []).append(exercise)
    for group in known.values():
        yield from combinations(group, 2)


Spots = list[tuple[float, float, float]]


def ends(figure: Figure) -> tuple[Spots, Spots]:
    """Where every joint is at the start and at the end; what only one hand holds counts for much."""
    start, end = (
        [place for _, place in sorted(moment.points.items())]
        + [moment.points[hands[0]] if len(hands) == 1 else (0.0, 0.0, 0.0)] * 40
        for hands in [
            [prop_place(prop).replace("hand", "palm") for prop in props_of(figure) if prop.kind == "dumbbell"]
        ]
        for moment in (pose(figure, 0), pose(figure, 1))
    )
    return start, end


def unlike(one: Figure, other: Figure) -> float:
    """How far apart two movements are, whichever end each begins at."""
    (a, b), (c, d) = ends(one), ends(other)
    return min(sum(map(math.dist, a + b, c + d)), sum(map(math.dist, a + b, d + c)))


def on_the_same_side(one: Exercise, other: Exercise) -> bool:
    here, there = (Figure.model_validate(each.figure) for each in (one, other))
    return unlike(here, there) <= unlike(here, mirrored(there))


PAIRS = [*shared()]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda each: each.id)
def test_the_right_side_of_a_movement_is_right_for_both_unless_one_says_opposite(
    one: Exercise, other: Exercise
) -> None:
    assert on_the_same_side(one, other) is sides_agree((one, other))


def test_a_pair_whose_sides_differ_is_noticed() -> None:
    one = Library().exercise("multifidus/bird-dog")
    turned = replace(
        one, figure=mirrored(Figure.model_validate(one.figure)).model_dump() | {"faces": "right"}
    )
    assert not on_the_same_side(one, turned)
