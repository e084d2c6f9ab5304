"""pytest inside a forked process: chosen tests until the first that fails, or all of a file with the lines each reaches."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from types import BuiltinFunctionType

import coverage
import pytest
from coverage.exceptions import CoverageException

SHARED = "fixture "
DATA = "reached"
CONTEXT = "MUTANTS_TEST"
QUIET = [
    "-q",
    "--tb=short",
    "-p",
    "no:xdist",
    "-p",
    "no:cacheprovider",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
]


def warmed(modules: list[str]) -> None:
    """Import what the tests import beside the package and themselves, so that no fork has to."""
    for module in ("_pytest.assertion.rewrite", "pytest_asyncio.plugin", "hypothesis", *modules):
        if importlib.util.find_spec(module.partition(".")[0]):
            importlib.import_module(module)


def chosen_run(tests: list[str], source: str, tree: Path, answer: Path) -> int:
    """Run tests, in the order given within each file, until one fails; its name is the answer. Return pytest's code."""
    run = Chosen(tests)
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    try:
        return in_tree(tree, source, ["-x", *files], run)
    finally:
        answer.write_text(json.dumps({"failed": run.failed, "ran": run.ran}))


def recording_run(file: str, source: str, tree: Path, answer: Path) -> int:
    """Run a file of tests under coverage; the answer has what each took and the lines it reached. Return pytest's code.

    ``tests`` are the processor's seconds by name, so that a busy machine changes nothing, ``failed`` names, ``lines`` for each module and line the places of the tests in
    ``tests``; ``warm`` the modules from elsewhere that were imported.
    """
    os.environ["COVERAGE_CORE"] = "ctrace"
    reached = coverage.Coverage(
        data_file=None, config_file=False, source=[str(tree / source)], messages=False
    )
    reached.set_option(
        "run:disable_warnings", ["no-data-collected", "module-not-imported", "module-not-measured"]
    )
    run = Recorded(reached, tree)
    started_too(tree / source, Path(os.environ["TMPDIR"]))
    reached.start()
    try:
        code = in_tree(tree, source, [file], run)
    finally:
        reached.stop()
    answer.write_text(json.dumps(run.answer()))
    return code


def started_too(package: Path, folder: Path) -> None:
    """Have each Python that a test starts record as well; the test's name comes to it in the environment."""
    (folder / "recording.ini").write_text(f"""[run]
data_file = {folder / DATA}
parallel = true
source = {package}
context = ${{{CONTEXT}}}
sigterm = true
patch = _exit
disable_warnings = no-data-collected, module-not-imported, module-not-measured
""")
    (folder / "site").mkdir()
    (folder / "site" / "sitecustomize.py").write_text("import coverage\n\ncoverage.process_startup()\n")
    os.environ["COVERAGE_PROCESS_START"] = str(folder / "recording.ini")
    os.environ["PYTHONPATH"] = str(folder / "site")


def in_tree(tree: Path, source: str, arguments: list[str], plugin: object) -> int:
    """Run pytest in a copy of the checkout, whose package comes before any that is installed."""
    packages = str((tree / source).parent)
    here = str(Path(__file__).resolve().parent)
    checkout = str(Path(here).parent)
    sys.path[:] = [packages, *(path for path in sys.path if not path.startswith(checkout))]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (packages, os.environ.get("PYTHONPATH"))))
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    if importlib.util.find_spec("hypothesis"):
        arguments = ["--hypothesis-seed=0", *arguments]
        found_quickly()
    base = os.environ["TMPDIR"]
    return int(pytest.main([*QUIET, f"--rootdir={tree}", f"--basetemp={base}/pytest", *arguments], [plugin]))


def found_quickly() -> None:
    """Have hypothesis look for an example and leave it at that: not make it small, nor keep it for the next mutant."""
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "mutants",
        phases=(Phase.explicit, Phase.generate),
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("mutants")


def recorded(folder: Path) -> Iterator[coverage.CoverageData]:
    """Return what other processes recorded, without those that were killed while they wrote it."""
    for path in folder.glob(f"{DATA}.*"):
        data = coverage.CoverageData(str(path))
        with suppress(CoverageException):
            data.read()
            data.measured_files()
            yield data


def is_module(file: str) -> bool:
    """Return whether a file is Python: a template says it is the file that its code comes from."""
    return file.endswith(".py")


class Chosen:
    """A plugin that keeps the tests chosen, in their order, and remembers the first that failed."""

    def __init__(self, tests: list[str]) -> None:
        self.places = {test: place for place, test in enumerate(tests)}
        self.failed = ""
        self.ran = 0

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self.places), key=lambda item: self.places[item.nodeid]
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.ran += report.when == "call"
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid


class Recorded:
    """A plugin that tells coverage which test runs.

    What a fixture shared by several tests does is put down to each of them, and what the package or the tests keep in
    a cache is forgotten between two tests: else only the first would seem to reach it.
    """

    def __init__(self, reached: coverage.Coverage, tree: Path) -> None:
        self.reached = reached
        self.tree = tree
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []
        self.users: dict[str, list[str]] = {}
        self.current = ""
        self.warm: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for name in getattr(item, "fixturenames", []):
                self.users.setdefault(SHARED + name, []).append(item.nodeid)
        ours = str(self.tree)
        self.warm = sorted(
            name
            for name, module in list(sys.modules.items())
            if (place := getattr(module, "__file__", None)) and not place.startswith(ours)
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.forget()
        self.switch(item.nodeid)
        before = sum(os.times()[:4])
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = sum(os.times()[:4]) - before

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        before = self.current
        if fixturedef.scope != "function":
            self.switch(SHARED + fixturedef.argname)
        try:
            return (yield)
        finally:
            if self.current != before:
                self.switch(before)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def switch(self, context: str) -> None:
        """Put what is reached from now on down to a test, or to a fixture, here and in what it starts."""
        self.current = os.environ[CONTEXT] = context
        self.reached.switch_context(context)

    def forget(self) -> None:
        """Empty the caches of functions of the package and of the tests."""
        ours = str(self.tree)
        for module in list(sys.modules.values()):
            if (getattr(module, "__file__", None) or "").startswith(ours):
                for value in list(vars(module).values()):
                    if callable(clear := getattr(value, "cache_clear", None)) and isinstance(
                        clear, BuiltinFunctionType
                    ):
                        clear()

    def answer(self) -> dict[str, object]:
        """Return what was recorded, as JSON takes it."""
        places = {name: place for place, name in enumerate(self.seconds)}
        lines: dict[str, dict[int, set[int]]] = {}
        for data in [self.reached.get_data(), *recorded(Path(os.environ["TMPDIR"]))]:
            for file in filter(is_module, data.measured_files()):
                reached = data.contexts_by_lineno(file)
                of_file = (
                    lines.setdefault(Path(file).relative_to(self.tree).as_posix(), {}) if reached else {}
                )
                for line, contexts in reached.items():
                    names = {test for context in contexts for test in self.users.get(context, [context])}
                    of_file.setdefault(line, set()).update(places[test] for test in names if test in places)
        in_order = {
            file: {line: sorted(tests) for line, tests in of_file.items() if tests}
            for file, of_file in lines.items()
        }
        return {"tests": self.seconds, "failed": self.failed, "lines": in_order, "warm": self.warm}
