"""The guide for authors says what the program does: its example passes, its tables name every field and word."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from reloadpt.program.check import InvalidFile, read_form
from reloadpt.program.library import Library, shipped_folder
from reloadpt.program.programme import (
    BodyEffects,
    Demand,
    EmptyCell,
    Exercise,
    ExerciseType,
    Phase,
    Position,
    Programme,
    Region,
    StopCode,
)
from reloadpt.program.starting import EXAMPLE, starting_text

GUIDE = (shipped_folder().parent / "docs" / "authors.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return [
        each.removeprefix(f"{kind}\n") for each in GUIDE.split("```")[1::2] if each.startswith(f"{kind}\n")
    ]


def test_the_example_exercise_passes_in_a_programme(tmp_path: Path) -> None:
    programme = json.loads(starting_text("my-muscle", Library()))
    example = json.loads(blocks("json")[1])
    at = [each["phase"] for each in programme["exercises"]].index(example["phase"])
    programme["exercises"][at] = example
    path = tmp_path / "my-muscle.json"
    path.write_text(json.dumps(programme, indent=1), encoding="utf-8")
    assert read_form(path, Programme).exercises[at].name == example["name"]


@pytest.mark.parametrize("form", [Programme, Exercise, BodyEffects])
def test_every_field_has_its_line(form: type[Programme | Exercise | BodyEffects]) -> None:
    named = {
        word
        for line in GUIDE.splitlines()
        if line.startswith("| `")
        for word in line.split("|")[1].split("`")[1::2]
    }
    assert {field.name for field in fields(form)} <= named


@pytest.mark.parametrize("words", [Phase, Position, Demand, Region, ExerciseType, StopCode])
def test_every_word_of_a_choice_is_told(words: object) -> None:
    assert [word for word in get_args(words) if f"`{word}`" not in GUIDE] == []


def test_the_empty_cells_of_the_guide_pass(tmp_path: Path) -> None:
    [empty] = [json.loads(each)["without"] for each in blocks("json") if '"without"' in each]
    programme = json.loads(starting_text("my-muscle", Library())) | {"without": empty}
    path = tmp_path / "my-muscle.json"
    path.write_text(json.dumps(programme, indent=1), encoding="utf-8")
    [cell] = read_form(path, Programme).without
    assert {*cell.cannot} == {"floor", "back", "front", "kneel", "stand"}
    assert {field.name for field in fields(EmptyCell)} == {*empty[0]}


def test_the_told_problems_are_what_the_check_says(tmp_path: Path) -> None:
    programme = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    programme["exercises"][0]["phase"] = "resett"
    programme["exercises"][0]["figure"]["frames"] = [{"posture": "planck"}]
    path = tmp_path / "my-muscle.json"
    path.write_text(json.dumps(programme, indent=1), encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        read_form(path, Programme)
    for problem in caught.value.problems:
        assert str(problem).partition(": ")[2] in GUIDE
