"""Which tests reach a line: what was recorded of each file of tests, kept until it or what it imports is changed."""

from __future__ import annotations

import ast
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mutants.operators import Mutant

FOLDER = ".mutants"
DEEP = 5


@dataclass
class Reached:
    """The tests, how long each takes (seconds), those that reach each line of the package, and those that failed."""

    root: Path
    seconds: dict[str, float] = field(default_factory=dict)
    lines: dict[str, dict[int, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    warm: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    mentions: Mentions | None = None

    def add(self, record: dict[str, object]) -> None:
        """Take in what was recorded of one file of tests."""
        tests, lines, warm, failed = (record[name] for name in ("tests", "lines", "warm", "failed"))
        assert isinstance(tests, dict)
        assert isinstance(lines, dict)
        assert isinstance(warm, list)
        assert isinstance(failed, list)
        names = list(tests)
        self.seconds.update(tests)
        self.warm.update(warm)
        self.failed.update(str(test) for test in failed)
        for file, of_file in lines.items():
            for line, places in of_file.items():
                self.lines[file][int(line)].update(names[place] for place in places)

    def tests(self, mutant: Mutant) -> set[str]:
        """Return the tests that reach what a mutant changes.

        In a function: those that ran its lines, or the statement around them. While a module is imported every test
        would: so those that run a line where the name it makes is used.
        """
        if mutant.top is not None:
            self.mentions = self.mentions or Mentions(self.root, sorted(self.lines))
            return self.using(bound_by(mutant.top), set(), 0) or self.of_lines(mutant.file, 0, 1 << 30)
        return self.of_lines(mutant.file, mutant.first, mutant.last) or self.of_lines(
            mutant.file, *mutant.header
        )

    def of_lines(self, file: str, first: int, last: int) -> set[str]:
        """Return the tests that ran any line from ``first`` to ``last``."""
        return {test for line, tests in self.lines[file].items() if first <= line <= last for test in tests}

    def using(self, names: set[str], seen: set[str], depth: int) -> set[str]:
        """Return the tests that run a line which uses one of the names, or a name that is made of them."""
        assert self.mentions
        tests: set[str] = set()
        for name in names - seen:
            seen.add(name)
            for file, line in self.mentions.inside[name]:
                tests |= self.lines[file].get(line, set())
            for test in self.mentions.tests[name]:
                tests |= {known for known in self.seconds if known.partition("[")[0] == test}
            if depth < DEEP:
                tests |= self.using(self.mentions.making[name], seen, depth + 1)
        return tests


class Mentions:
    """Where each name is used: lines in functions, names that a module makes of it, and tests that speak of it."""

    def __init__(self, root: Path, files: list[str]) -> None:
        self.inside: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self.making: dict[str, set[str]] = defaultdict(set)
        self.tests: dict[str, set[str]] = defaultdict(set)
        for file in files:
            for statement in ast.parse((root / file).read_text(encoding="utf-8")).body:
                self._statement(file, statement)
        for path in sorted((root / "tests").rglob("test_*.py")):
            file = path.relative_to(root).as_posix()
            for statement in ast.parse(path.read_text(encoding="utf-8")).body:
                for name in used_in(statement):
                    self.tests[name].update(f"{file}::{test}" for test in tests_of(statement))

    def _statement(self, file: str, statement: ast.stmt) -> None:
        makes = bound_by(statement)
        for node, in_function in inner(statement, in_function=False):
            for name in names_of(node):
                if in_function:
                    self.inside[name].add((file, getattr(node, "lineno", 0)))
                else:
                    self.making[name] |= makes - {name}
        if isinstance(statement, ast.ClassDef):
            for node, in_function in inner(statement, in_function=False):
                if in_function and hasattr(node, "lineno"):
                    self.inside[statement.name].add((file, node.lineno))


def inner(node: ast.AST, *, in_function: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Return each node within one, and whether it runs only when a function is called."""
    yield node, in_function
    for name, value in ast.iter_fields(node):
        within = in_function or (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and name == "body"
        )
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name not in {"annotation", "returns"}:
                yield from inner(child, in_function=within)


def names_of(node: ast.AST) -> list[str]:
    """Return the name that a node reads, or that it takes under another one."""
    match node:
        case ast.Name(ctx=ast.Load()):
            return [node.id]
        case ast.Attribute():
            return [node.attr]
        case ast.ImportFrom():
            return [name.name for name in node.names if name.asname not in {None, name.name}]
        case _:
            return []


def used_in(statement: ast.stmt) -> set[str]:
    """Return every name used anywhere in a statement."""
    return {name for node in ast.walk(statement) for name in names_of(node)}


def bound_by(statement: ast.stmt) -> set[str]:
    """Return the names that a statement of a module makes."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {statement.name}
        case ast.ImportFrom():
            return {name.asname for name in statement.names if name.asname}
        case _:
            return {
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }


def tests_of(statement: ast.stmt) -> list[str]:
    """Return the tests that a statement of a test module holds, as the end of their names."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() if statement.name.startswith("test"):
            return [statement.name]
        case ast.ClassDef():
            return [f"{statement.name}::{test}" for child in statement.body for test in tests_of(child)]
        case _:
            return []


class Kept:
    """What was recorded before, in a folder that git ignores; one file for each file of tests."""

    def __init__(self, root: Path, source: Path) -> None:
        self.root = root
        self.folder = root / FOLDER
        self.hashes = {
            path.relative_to(root).as_posix(): hashed(path.read_bytes())
            for path in sorted(source.rglob("*.py"))
        }
        beside = [
            path for path in sorted((root / "tests").rglob("*.py")) if not path.name.startswith("test_")
        ]
        beside = [path for path in beside if path.parent.name != "mutants"] + [root / "pyproject.toml"]
        self.support = hashed(b"".join(path.read_bytes() for path in beside))

    def read(self, file: str) -> dict[str, object] | None:
        """Return what was recorded of a file of tests, None where that, or what it imported, is another now."""
        path = self._path(file)
        if not path.exists():
            return None
        record: dict[str, object] = json.loads(path.read_text())
        imported = record["imported"]
        assert isinstance(imported, dict)
        return record if all(self.hashes.get(name) == known for name, known in imported.items()) else None

    def keep(self, file: str, record: dict[str, object]) -> None:
        """Keep what was recorded, together with what the modules reached were then."""
        lines = record["lines"]
        assert isinstance(lines, dict)
        self.folder.mkdir(exist_ok=True)
        imported = {name: self.hashes[name] for name in lines if name in self.hashes}
        self._path(file).write_text(json.dumps({**record, "imported": imported}))

    def _path(self, file: str) -> Path:
        known = hashed(self.support.encode() + (self.root / file).read_bytes())
        return self.folder / f"{file.replace('/', '.')}.{known[:16]}.json"


def hashed(content: bytes) -> str:
    """Return the hash of some bytes."""
    return hashlib.sha256(content).hexdigest()
