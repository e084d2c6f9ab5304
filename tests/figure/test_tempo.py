from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reloadpt.figure.tempo import Stage, figure_moment

STAGES: list[Stage] = ["out", "hold", "return", "rest"]


def test_a_repetition_goes_out_stays_comes_back_and_rests() -> None:
    assert [(figure_moment(stage, 0), figure_moment(stage, 1)) for stage in STAGES] == [
        (0, 1),
        (1, 1),
        (1, 0),
        (0, 0),
    ]


@given(st.sampled_from(STAGES), st.floats(-5, 5))
def test_a_moment_is_always_within_the_movement(stage: Stage, fraction: float) -> None:
    assert 0 <= figure_moment(stage, fraction) <= 1


@pytest.mark.parametrize("stage", ["out", "return"])
def test_the_way_is_gentle_at_both_ends_and_never_turns_back(stage: Stage) -> None:
    places = [figure_moment(stage, step / 100) for step in range(101)]
    steps = [abs(after - before) for before, after in itertools.pairwise(places)]
    assert places == sorted(places, reverse=stage == "return")
    assert max(steps[0], steps[-1]) < 0.001 < 0.015 < steps[50]
