"""What comes out when reloadpt itself fails: a sentence, and nothing of what it worked on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from crashing import MESSAGE, VALUE
from program_runs import environment, home_in_use, reloadpt
from reloadpt import crash

PROGRAM = Path(__file__).with_name("crashing.py")
SAID = "Reloadpt stopped because of a mistake in it"
LEFT_FULL_SCREEN = "\x1b[?1049l"
SHOWS_CURSOR = "\x1b[?25h"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return home_in_use(tmp_path_factory.mktemp("crash") / "home")


@pytest.fixture(autouse=True)
def _no_note(home: Path) -> None:
    (home / crash.NAME).unlink(missing_ok=True)


def noted(home: Path) -> str:
    note = home / crash.NAME
    assert note.stat().st_mode & 0o777 == 0o600
    text = note.read_text()
    assert "ValueError" in text
    assert "KeyError" in text
    assert "in fails" in text
    for kept_out in (VALUE, MESSAGE, str(home), "Traceback"):
        assert kept_out not in text
    return text


def command(home: Path, where: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, PROGRAM, where, *arguments],
        env=environment(home),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def app(
    home: Path, where: str, *arguments: str, keys: str = "", wait: str = "Space begins"
) -> tuple[int, str]:
    """The exit code of the app in a terminal, and all that it wrote."""
    child = pexpect.spawn(
        sys.executable,
        [str(PROGRAM), where, *arguments],
        env={**environment(home), "TERM": "xterm-256color"},
        dimensions=(24, 100),
        encoding="utf-8",
        timeout=None,
    )
    before = ""
    if keys:
        child.expect_exact(wait)
        before = child.before + wait
        child.send(keys)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus is not None
    return child.exitstatus, before + child.before


@pytest.mark.parametrize(
    "arguments", [("today",), ("today", "--json"), ("checkin", "--pain", "3"), ("plan", "show"), ("--plain",)]
)  # fmt: skip
def test_a_command_that_fails_says_one_sentence_and_keeps_a_note_without_values(
    home: Path, arguments: tuple[str, ...]
) -> None:
    done = command(home, "record", *arguments)
    assert (done.returncode, done.stdout) == (crash.EXIT_CODE, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(SAID)
    assert str(home / crash.NAME) in done.stderr
    assert VALUE not in done.stderr
    assert MESSAGE not in done.stderr
    noted(home)


@pytest.mark.parametrize(
    ("where", "keys"),
    [("record", ""), ("compose", ""), ("timer", ""), ("key", "l"), ("worker", "\r")],
)
def test_the_app_gives_the_terminal_back_and_says_one_sentence(home: Path, where: str, keys: str) -> None:
    code, shown = app(home, where, keys=keys)
    assert code == crash.EXIT_CODE
    _, _, after = shown.rpartition(LEFT_FULL_SCREEN)
    assert SAID in after
    assert where == "record" or SHOWS_CURSOR in shown.rpartition(LEFT_FULL_SCREEN)[0][-200:] + after
    assert after.count(SAID) == 1
    for kept_out in (VALUE, MESSAGE, "Traceback", "locals", "╭"):
        assert kept_out not in after
    noted(home)


def test_the_pages_that_make_a_plan_do_the_same(home: Path) -> None:
    code, shown = app(home, "plan page", "plan", "new")
    assert code == crash.EXIT_CODE
    assert SAID in shown.rpartition(LEFT_FULL_SCREEN)[2]
    assert VALUE not in shown
    noted(home)


def test_a_task_that_nobody_waits_for_says_nothing(home: Path) -> None:
    code, shown = app(home, "task")
    assert code == 0
    assert VALUE not in shown
    assert "Traceback" not in shown


def test_a_thread_that_fails_says_one_sentence(home: Path) -> None:
    done = command(home, "thread", "today")
    assert done.stderr.startswith(SAID)
    assert done.stderr.count("\n") == 1
    noted(home)


def test_what_fails_while_it_is_let_go_of_says_nothing(home: Path) -> None:
    done = command(home, "let go", "today")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interrupt_says_nothing(home: Path) -> None:
    done = command(home, "interrupt", "today")
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


def test_where_no_note_can_be_kept_the_sentence_still_comes(home: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "home"
    in_the_way.write_text("")
    done = command(in_the_way, "record", "today")
    assert done.returncode == crash.EXIT_CODE
    assert done.stderr.startswith(SAID)
    assert "noted" not in done.stderr


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="limits are told elsewhere there")
def test_no_core_dump_is_made(home: Path) -> None:
    look = (
        "import reloadpt.care.record as r\n"
        "r.Record.open = lambda *_: print(open('/proc/self/limits').read()) or exit(0)\n"
        "import sys; sys.argv = ['reloadpt', 'today']\n"
        "from reloadpt.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], env=environment(home), capture_output=True, text=True, check=True
    )
    [line] = [line for line in done.stdout.splitlines() if line.startswith("Max core file size")]
    assert line.split()[4] == "0"


def test_what_a_file_is_called_and_says_never_moves_the_cursor(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "\x1b[2J\u202e.plan.json"
    path.write_text('{"\\u001b]0;owned\\u0007": 1, "targets": [{"\\u202e": 2}]}')
    for name in (path, tmp_path / "\x1b[2Jabsent"):
        done = reloadpt(home, "plan", "check", name)
        assert done.code == 1
        assert all(line.isprintable() for line in done.err.split("\n")), done.err
