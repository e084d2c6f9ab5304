"""The table of who has nothing to do: its counts as they are, and a programme that must not pass."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reloadpt.program.cells import ALL_CONSTRAINTS, CONSTRAINTS, Constraint, empty_cells, table_in_words
from reloadpt.program.library import Library
from reloadpt.program.programme import Programme

LIBRARY = Library()
PROGRAMMES = [LIBRARY.programme(muscle) for muscle in LIBRARY.muscles]


def left_empty(programmes: list[Programme], constraint: Constraint) -> list[str]:
    return [str(cell) for cell in empty_cells(programmes, constraint) if cell.excuse is None]


@pytest.mark.parametrize("constraint", ALL_CONSTRAINTS, ids=lambda constraint: constraint.name)
def test_no_cell_is_empty_without_a_reason(constraint: Constraint) -> None:
    assert left_empty(PROGRAMMES, constraint) == []


def test_no_cell_is_empty_for_somebody_who_can_do_everything() -> None:
    assert left_empty(PROGRAMMES, Constraint("nothing")) == []


def without_links(exercises: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The exercises that stand in for none, without the names of their neighbours."""
    return [
        {name: value for name, value in exercise.items() if name not in ("easier", "harder")}
        for exercise in exercises
        if "instead_of" not in exercise
    ]


def altered(folder: Path, **changes: Any) -> list[Programme]:
    told = json.loads(LIBRARY.paths["gluteus-maximus"].read_text(encoding="utf-8"))
    told["exercises"] = without_links(told["exercises"])
    told |= {"without": []} | changes
    for each in told["exercises"]:
        if each["phase"] == "reload":
            each |= {"position": "quadruped", "type": "activation", "asks": []}
    (folder / "gluteus-maximus.json").write_text(json.dumps(told), encoding="utf-8")
    return [Library(folder).programme("gluteus-maximus")]


NO_FLOOR = CONSTRAINTS[0]
BOTH = ["gluteus-maximus calm reload", "gluteus-maximus wake reload"]


def test_a_phase_on_hands_and_knees_alone_is_empty_without_the_floor(tmp_path: Path) -> None:
    programmes = altered(tmp_path)
    assert left_empty(programmes, NO_FLOOR) == BOTH
    assert left_empty(programmes, CONSTRAINTS[1]) != BOTH
    said = table_in_words(programmes)
    assert "cannot get down to the floor          2   on purpose    0" in said
    assert "  cannot get down to the floor: gluteus-maximus wake reload" in said


def test_a_cell_that_is_empty_on_purpose_says_why_and_what_is_done(tmp_path: Path) -> None:
    cell = {
        "phase": "reload",
        "intent": "wake",
        "cannot": ["floor"],
        "why": "Too heavy.",
        "done": "The bridge.",
    }
    programmes = altered(tmp_path, without=[cell])
    assert left_empty(programmes, NO_FLOOR) == BOTH[:1]
    assert (
        "  cannot get down to the floor: gluteus-maximus wake reload on purpose: Too heavy. The bridge."
        in (table_in_words(programmes))
    )
    narrower = altered(tmp_path, without=[cell | {"cannot": ["floor", "kneel"]}])
    assert left_empty(narrower, NO_FLOOR) == BOTH, "it is said of people who cannot kneel either"


def test_breathing_fills_no_cell_by_standing_in(tmp_path: Path) -> None:
    told = json.loads(LIBRARY.paths["gluteus-maximus"].read_text(encoding="utf-8"))
    told["exercises"] = without_links(told["exercises"])
    first = next(exercise for exercise in told["exercises"] if exercise["phase"] == "reload")
    breathing = first | {
        "id": "gluteus-maximus/quiet-breathing", "type": "breathe", "position": "sitting", "asks": [],
        "intent": "both", "instead_of": first["id"], "movement": "quiet-breathing",
    }  # fmt: skip
    told["exercises"] = [
        each
        for each in told["exercises"]
        if "instead_of" not in each and (each["phase"] != "reload" or each is first)
    ]
    first |= {"position": "quadruped", "asks": []}
    for stand_in, empty in ((breathing, BOTH), (breathing | {"type": "activation"}, [])):
        told["exercises"] = [each for each in told["exercises"] if "instead_of" not in each] + [stand_in]
        (tmp_path / "gluteus-maximus.json").write_text(json.dumps(told), encoding="utf-8")
        assert left_empty([Library(tmp_path).programme("gluteus-maximus")], NO_FLOOR) == empty
