"""How much a dose is eased, and when it can be eased no more."""

from __future__ import annotations

import pytest

from reloadpt.coach.dose import eased_item
from reloadpt.journal.events import Item


def dose(reps: int, hold_s: int = 0) -> Item:
    return Item(
        exercise="a", name="a", muscle="a", phase="reload", intent="wake", sets=1, reps=reps, hold_s=hold_s
    )


@pytest.mark.parametrize(("before", "after"), [(10, 7), (8, 6), (5, 4), (4, 3), (3, 2), (2, 1)])
def test_repetitions_go_down_by_three_tenths_to_the_nearest(before: int, after: int) -> None:
    assert eased_item(dose(before, hold_s=10)) == dose(after, hold_s=10)


@pytest.mark.parametrize(("before", "after"), [(30, 21), (20, 14), (10, 7), (7, 5), (6, 5)])
def test_one_hold_gets_shorter_down_to_five_seconds(before: int, after: int) -> None:
    assert eased_item(dose(1, hold_s=before)) == dose(1, hold_s=after)


@pytest.mark.parametrize("least", [dose(1), dose(1, hold_s=5), dose(1, hold_s=3)])
def test_the_least_dose_stays_as_it_is(least: Item) -> None:
    assert eased_item(least) == least
