"""The house: no module stands on another that stands on it, and a public name means one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import reloadpt

SOURCE = Path(reloadpt.__file__).parent
COMMAND = "a command of two families, named by what is typed"
NAMED_TWICE = {
    "check": COMMAND,
    "checkin": COMMAND,
    "export": COMMAND,
    "list_": COMMAND,
    "new": COMMAND,
    "schema": COMMAND,
    "show": COMMAND,
}
"""Public names that stand in more than one module on purpose, and why."""


def modules_of(source: Path) -> dict[str, ast.Module]:
    """The modules of the package ``source`` by their dotted names."""
    modules = {}
    for path in sorted(source.rglob("*.py")):
        parts = path.relative_to(source.parent).with_suffix("").parts
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(path.read_bytes())
    return modules


def imports_of(module: ast.Module, modules: Mapping[str, object]) -> Iterator[str]:
    """The modules that it imports anywhere: at its top, in a function, or for its types alone."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are written out"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in modules else str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def circles(modules: Mapping[str, ast.Module]) -> list[set[str]]:
    """The sets of modules of which each reaches every other by imports."""
    reached: dict[str, set[str]] = {}
    direct = {name: {*imports_of(module, modules)} & modules.keys() for name, module in modules.items()}
    for name in modules:
        seen: set[str] = set()
        waiting = [*direct[name]]
        while waiting:
            other = waiting.pop()
            if other not in seen:
                seen.add(other)
                waiting += direct[other]
        reached[name] = seen
    found = {frozenset(other for other in reached[name] if name in reached[other]) for name in modules}
    return [set(circle) for circle in found if circle]


def names_twice(modules: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """Public classes and functions that stand in more than one module, with these modules."""
    places: dict[str, set[str]] = defaultdict(set)
    for module, tree in modules.items():
        for node in tree.body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                places[node.name].add(module)
    return {name: where for name, where in places.items() if len(where) > 1 and not name.startswith("_")}


def package(folder: Path, **texts: str) -> dict[str, ast.Module]:
    """The modules of a package ``house`` made of these texts."""
    (folder / "house").mkdir()
    for name, text in texts.items():
        (folder / "house" / f"{name}.py").write_text(text, encoding="utf-8")
    return modules_of(folder / "house")


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(modules_of(SOURCE)) == []


def test_a_circle_of_types_and_late_imports_is_found(tmp_path: Path) -> None:
    modules = package(
        tmp_path,
        __init__="",
        screen="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.app import App\n",
        app="def first() -> None:\n    from house import screen\n",
        below="import house.app\n",
    )
    assert circles(modules) == [{"house.screen", "house.app"}]


def test_a_module_that_imports_itself_is_found(tmp_path: Path) -> None:
    assert circles(package(tmp_path, own="import house.own\n")) == [{"house.own"}]


def test_each_public_name_stands_in_one_module_but_for_those_on_the_list() -> None:
    assert names_twice(modules_of(SOURCE)).keys() == NAMED_TWICE.keys()
    assert all(NAMED_TWICE.values())


def test_a_name_in_two_modules_is_found_and_a_private_one_is_not(tmp_path: Path) -> None:
    modules = package(
        tmp_path,
        one="class Page: ...\ndef _line(): ...\ndef draw(): ...\n",
        two="class Page: ...\ndef _line(): ...\nasync def paint(): ...\n",
    )
    assert names_twice(modules) == {"Page": {"house.one", "house.two"}}
