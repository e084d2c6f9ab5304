"""A double-click opens the app in a terminal, else in the browser; where neither can be, a page says why."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from program_runs import LOW_BACK, environment, home_in_use, reloadpt
from reloadpt.double_click import PAGE
from serving_runs import CHROMIUM, browser
from waiting import until

CLICK = "from reloadpt.double_click import open_anywhere; open_anywhere()"
QUICK = f"import reloadpt.web.server as server; server.AGAIN_S = 0.1; {CLICK}"
NO_WEB = f"import sys; sys.modules['aiohttp'] = None; {CLICK}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_in_use(tmp_path / "home")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder that is the whole PATH of what is started."""
    folder = tmp_path / "programs"
    folder.mkdir()
    return folder


def script(place: Path, text: str) -> Path:
    place.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    place.chmod(0o755)
    return place


def clicked(
    home: Path, programs: Path, *files: Path, code: str = CLICK, **more: str
) -> subprocess.Popen[str]:
    left = {name: value for name, value in environment(home).items() if "DISPLAY" not in name}
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, files)],
        env={**left, "PATH": str(programs), **more},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


class Tmux:
    """A terminal that opens a window for a command, and can be looked at."""

    def __init__(self, programs: Path) -> None:
        self._call = [shutil.which("tmux") or "", "-S", str(programs / "tmux")]
        words = " ".join(self._call)
        script(
            programs / "x-terminal-emulator",
            f'shift\nexec {words} -f /dev/null new-session -d -x 80 -y 40 "$@"',
        )

    def shown(self) -> str:
        """What stands on its screen."""
        seen = subprocess.run(
            [*self._call, "capture-pane", "-p"], capture_output=True, text=True, check=False
        )
        return seen.stdout

    def press(self, *keys: str) -> None:
        subprocess.run([*self._call, "send-keys", *keys], check=True)

    def end(self) -> None:
        subprocess.run([*self._call, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def tmux(programs: Path) -> Iterator[Tmux]:
    if not shutil.which("tmux"):
        pytest.skip("tmux is not here")
    terminal = Tmux(programs)
    yield terminal
    terminal.end()


def test_it_opens_in_a_terminal_and_a_plan_that_is_dropped_on_it_is_asked_about(
    tmp_path: Path, home: Path, programs: Path, tmux: Tmux
) -> None:
    plan = tmp_path / "next one.plan.json"
    assert (
        reloadpt(home, "plan", "new", *LOW_BACK, "--note", "Slowly.", "--screen", "all=no", "-o", plan).code
        == 0
    )
    child = clicked(home, programs, plan, DISPLAY=":0", TERM="xterm-256color")
    assert child.communicate()[1] == ""
    assert child.returncode == 0
    until(lambda: "Use it from now on?" in tmux.shown(), "the question about the plan")
    journal = home / "journal.jsonl"
    assert b"Slowly." not in journal.read_bytes()
    tmux.press("1")
    until(lambda: b"Slowly." in journal.read_bytes(), "the plan in the journal")


def test_without_a_terminal_it_opens_in_the_browser_and_ends_with_its_last_page(
    home: Path, programs: Path
) -> None:
    if CHROMIUM is None:
        pytest.skip("no Chromium is here")
    told = programs / "told"
    opener = script(programs / "opener", f'echo "$1" > {told}.part\n/bin/mv {told}.part {told}')
    child = clicked(home, programs, code=QUICK, BROWSER=f"{opener} %s")
    until(lambda: told.exists() or child.poll() is not None, "the address")
    with browser() as seen:
        seen.open(told.read_text(encoding="utf-8").strip())
        seen.until("Send", "Begin", "Check in")
        assert child.poll() is None
    assert child.communicate()[1] == ""
    assert child.returncode == 0


@pytest.mark.parametrize(
    ("code", "why"), [(NO_WEB, "no aiohttp"), (CLICK, "neither a terminal nor a browser")]
)
def test_where_it_cannot_be_opened_a_page_says_why(home: Path, programs: Path, code: str, why: str) -> None:
    kept = programs / "page.html"
    # a browser that shows files and refuses everything else
    takes = f'case "$1" in file://*) /bin/cp "${{1#file://}}" {kept};; *) exit 1;; esac'
    opener = script(programs / "opener", takes)
    child = clicked(home, programs, code=code, BROWSER=f"{opener} %s")
    said = child.communicate()[1]
    assert child.returncode == 1
    assert (why in said, said.count("\n")) == (True, 1)
    assert why in kept.read_text(encoding="utf-8")
    assert "What was called saved is safe." in kept.read_text(encoding="utf-8")


def test_a_terminal_that_fails_at_once_is_not_taken_for_one(home: Path, programs: Path) -> None:
    script(programs / "x-terminal-emulator", "exit 1")
    opener = script(programs / "opener", "exit 1")
    child = clicked(home, programs, DISPLAY=":0", BROWSER=f"{opener} %s")
    assert "neither a terminal nor a browser" in child.communicate()[1]


def test_the_page_holds_what_is_said_and_nothing_from_elsewhere() -> None:
    assert not re.search(r"https?:|<script|src=", PAGE)
    assert os.linesep not in PAGE.format(words="why").splitlines()[0]
