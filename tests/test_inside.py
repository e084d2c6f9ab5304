"""The glossary and the page on the rooms name what is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "reloadpt"
PLACE = re.compile(r"`([a-z_]+(?:/[a-z_]+)*)(?::([A-Za-z_]+))?`")
ROOMS = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"}


def names_in(module: Path) -> set[str]:
    """Every class, function and value of a module, by name."""
    names: set[str] = set()
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


def missing_places(page: str) -> list[str]:
    """The places that a page names and that are not there, as `room/module:Name`."""
    missing = []
    for match in PLACE.finditer(page):
        place, name = match.groups()
        module = SOURCE / f"{place}.py"
        named_for_sure = name is not None or (place.split("/")[0] in ROOMS and "/" in place)
        if not named_for_sure:
            continue
        if not module.is_file():
            if name is not None or not (SOURCE / place).is_dir():
                missing.append(match[0].strip("`"))
        elif name is not None and name not in names_in(module):
            missing.append(match[0].strip("`"))
    return missing


@pytest.mark.parametrize("page", ["words.md", "inside.md"])
def test_every_place_that_the_page_names_is_there(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert len(PLACE.findall(text)) > 20
    assert missing_places(text) == []


@pytest.mark.parametrize("place", ["care/nothing:Plan", "care/today:Yesterday", "care/nothing"])
def test_a_place_that_is_not_there_is_found(place: str) -> None:
    assert missing_places(f"see `{place}` and `care/today:Today`") == [place]


def test_every_room_stands_in_the_picture() -> None:
    picture = (ROOT / "docs" / "inside.md").read_text(encoding="utf-8").split("```")[1]
    assert [room for room in sorted(ROOMS) if f"{room}/" not in picture] == []
