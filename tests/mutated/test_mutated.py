"""A few changed inputs of each kind; ``python tests/mutated`` tries ten thousand."""

from __future__ import annotations

import random

import pytest

from museum.commands import room
from mutated.__main__ import CASELOAD, WHEN, tried
from mutated.inputs import KINDS, changed, try_kind
from reloadpt.cli import clinic


@pytest.mark.parametrize("name", [*KINDS, CASELOAD])
def test_a_changed_input_is_answered_with_0_1_or_2(name: str) -> None:
    assert [answer for seed in range(4) for answer in tried(name, seed)] == []


def test_a_mistake_of_ours_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(clinic, "_caseload", fails)
    with room(WHEN) as here:
        found = try_kind(here, "log", random.Random(1))  # noqa: S311  (nothing is kept secret by it)
    assert "ended with 70" in found[0]
    assert "KeyError" in found[0]


def test_what_is_changed_is_changed() -> None:
    data = b'{"a": 1, "b": [2, 3]}'
    assert len({changed(data, random.Random(seed)) for seed in range(20)}) > 10  # noqa: S311  (as above)
