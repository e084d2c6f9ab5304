"""The page about the plan is true: its example passes, its tables name every field and default, its schema holds."""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from program_runs import reloadpt
from reloadpt.program.check import InvalidFile, read_form, schema_of
from reloadpt.program.plan import (
    AlsoNeedled,
    Contact,
    DoseOverride,
    Limits,
    Override,
    Plan,
    ScreeningAnswer,
    Target,
)
from reloadpt.program.programme import Frequency
from reloadpt.program.screening import ITEMS
from sample_logs import a_plan

PAGE = (Path(__file__).parents[2] / "docs" / "plan.md").read_text(encoding="utf-8")
EXAMPLE = PAGE.partition("```json\n")[2].partition("```")[0]
SECTIONS: dict[str, type] = {
    "## The file": Plan,
    "### A target": Target,
    "### Also needled": AlsoNeedled,
    "### A dose": DoseOverride,
    "### A condition": ScreeningAnswer,
    "### Whom to call": Contact,
}


def rows(section: str) -> dict[str, str]:
    """The default of each field in the table of a section."""
    table = PAGE.partition(f"{section}\n")[2].partition("\n#")[0]
    return {
        name: default
        for cells, default in re.findall(r"^\| (`[^|]*`) \| ([^|]*) \|", table, re.MULTILINE)
        for name in re.findall(r"`([a-z_]+)`", cells)
    }


@pytest.mark.parametrize("section", SECTIONS)
def test_every_field_is_on_the_page_with_its_default(section: str) -> None:
    told = rows(section)
    assert set(told) == {field.name for field in fields(SECTIONS[section])}
    for field in fields(SECTIONS[section]):
        if field.default_factory is not MISSING:
            assert told[field.name] == "{}"
        elif field.default is MISSING:
            assert told[field.name] == "needed"
        elif isinstance(field.default, Limits | Contact):
            assert told[field.name] == "{}"
        else:
            assert told[field.name] == msgspec.json.encode(field.default).decode(), field.name


def test_the_smaller_objects_and_the_seven_conditions_are_told() -> None:
    for form in (Limits, Override, Frequency):
        assert all(f"`{field.name}`" in PAGE for field in fields(form))
    assert all(f"`{item}`" in PAGE for item in ITEMS)


def test_the_example_passes_the_check_and_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "example.plan.json"
    path.write_text(EXAMPLE, encoding="utf-8")
    assert reloadpt(tmp_path / "home", "plan", "check", path).code == 0
    printed = reloadpt(tmp_path / "home", "plan", "schema")
    assert printed.code == 0
    schema = json.loads(printed.out)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(EXAMPLE))
    Draft202012Validator(schema).validate(a_plan().as_json())


BAD: list[dict[str, Any]] = [
    {"format": "reloadpt-plan/2"},
    {"format": ...},
    {"id": ...},
    {"id": ""},
    {"patient": ...},
    {"patient": "x" * 61},
    {"made_at": ...},
    {"targets": ...},
    {"targets": []},
    {"targets": [{"muscle": "multifidus"}]},
    {"targets": [{"muscle": "Multi Fidus", "needled_at": "2026-11-20T09:00:00+01:00"}]},
    {"start_pain": 11},
    {"start_pain": "4"},
    {"progression": "bold"},
    {"most_exercises": 0},
    {"doses": [{"exercise": "bird dog"}]},
    {"doses": [{"exercise": "multifidus/bird-dog", "sets": 11}]},
    {"limits": {"reload": 11}},
    {"cannot": ["swim"]},
    {"contact": {"emergency": ""}},
    {"screened": [{"item": "infection", "answer": "perhaps"}]},
    {"surprise": 1},
]


@pytest.mark.parametrize("changed", BAD, ids=str)
def test_the_schema_and_the_check_refuse_the_same(changed: dict[str, Any], tmp_path: Path) -> None:
    plan = {name: value for name, value in (json.loads(EXAMPLE) | changed).items() if value is not ...}
    assert not Draft202012Validator(schema_of(Plan)).is_valid(plan)
    path = tmp_path / "bad.plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    with pytest.raises(InvalidFile):
        read_form(path, Plan)
