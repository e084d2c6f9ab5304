"""Gates belong to movements: what waits for a word in one programme is dealt under no other name."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pytest
from diary import LIBRARY, plan_for

from reloadpt.care.candidates import is_meant, shut_movements
from reloadpt.program.programme import Exercise

SHIPPED = [exercise for muscle in LIBRARY.muscles for exercise in LIBRARY.programme(muscle).exercises]
DEADLIFT = LIBRARY.exercise("multifidus/romanian-deadlift")
HINGE = LIBRARY.exercise("lumbar-paraspinals/hip-hinge-with-load")


def differing(exercises: Iterable[Exercise]) -> list[str]:
    """The movements whose exercises do not wait for the same word."""
    gates: dict[str, set[tuple[bool, str | None]]] = {}
    for exercise in exercises:
        gates.setdefault(exercise.movement, set()).add((exercise.demanding, exercise.needs))
    return sorted(movement for movement, found in gates.items() if len(found) > 1)


def test_every_movement_waits_for_the_same_word_in_every_programme() -> None:
    assert differing(SHIPPED) == []


@pytest.mark.parametrize("gate", [{"demanding": True}, {"needs": "squeeze"}, {"needs": "therapist"}])
def test_a_movement_that_waits_in_one_programme_alone_is_found(gate: dict[str, object]) -> None:
    bridge = LIBRARY.exercise("multifidus/bridge")
    others = [exercise for exercise in SHIPPED if exercise.id != bridge.id]
    assert differing([*others, dataclasses.replace(bridge, **gate)]) == ["bridge"]  # type: ignore[arg-type]


def test_a_gate_is_shut_for_all_that_move_alike_and_opened_for_all() -> None:
    open_hinge = dataclasses.replace(HINGE, demanding=False)
    known = [DEADLIFT, open_hinge]
    plan = plan_for("multifidus:wake", "lumbar-paraspinals:wake")
    assert not any(is_meant(plan, "wake", exercise, shut_movements(plan, known)) for exercise in known)
    turned_on = dataclasses.replace(plan, demanding=(DEADLIFT.id,))
    assert all(is_meant(turned_on, "wake", exercise, shut_movements(turned_on, known)) for exercise in known)
    assert is_meant(turned_on, "wake", HINGE, shut_movements(turned_on, [DEADLIFT, HINGE]))


def test_what_needs_a_word_waits_for_it_under_every_name() -> None:
    lift = dataclasses.replace(HINGE, demanding=False, needs="therapist")
    other = dataclasses.replace(DEADLIFT, demanding=False)
    plan = plan_for("multifidus:wake")
    assert not is_meant(plan, "wake", other, shut_movements(plan, [lift, other]))
    cleared = dataclasses.replace(plan, cleared=("therapist",))
    assert is_meant(cleared, "wake", other, shut_movements(cleared, [lift, other]))
