"""The report before the Nu HTML checker, the strictest there is; ``.ci/run`` puts it where it is looked for."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from test_in_a_browser import hostile_log, page_of

from reloadpt.journal.entries import Entry
from reloadpt.journal.events import Amended, Note, SetDone
from sample_logs import BIRD_DOG, at, begins, entries_of, rated, sat, sent

CHECKER = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
JAVA = shutil.which("java")

pytestmark = pytest.mark.skipif(
    not (JAVA and CHECKER.is_file()) and not os.environ.get("CI"), reason="needs the Nu HTML checker and Java"
)


def complaints(page: Path) -> list[str]:
    """The errors that the checker finds."""
    assert JAVA
    done = subprocess.run(
        [JAVA, "-jar", str(CHECKER), "--errors-only", "--format", "gnu", str(page)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = [line for line in done.stderr.splitlines() if "error" in line]
    assert bool(found) == (done.returncode != 0), done
    return found


def ordinary_log() -> list[Entry]:
    away = SetDone(
        session="2026-11-21.1", exercise=BIRD_DOG, set=1, source="back_filled", for_day="2026-11-21"
    )
    return entries_of(
        (at(0), begins()), rated(0, 4, sore=3), *sat(0), rated(1, 3), *sat(2, 2), (at(3), away),
        (at(3), Note(text="a < b & c")), (at(3), Amended(amends=2, change={"pain": 3}, reason="x")), sent(3),
    )  # fmt: skip


def test_an_ordinary_and_a_hostile_report_are_valid(tmp_path: Path) -> None:
    for name, entries in (("ordinary", ordinary_log()), ("hostile", hostile_log())):
        page = tmp_path / f"{name}.html"
        page.write_bytes(page_of(entries))
        assert complaints(page) == []


def test_the_checker_finds_what_is_not(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_bytes(page_of(ordinary_log()).replace(b"</main>", b"<p><div></p><img></main>"))
    assert complaints(page)
