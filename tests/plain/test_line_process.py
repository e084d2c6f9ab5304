"""The line mode as a process of its own: through pipes, in a dumb terminal, interrupted, and killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO
from unicodedata import category

import pexpect
import pytest

from app_runs import low_back_plan
from plain_runs import NOTHING_DUE, Lists, agreeable, only
from program_runs import environment, reloadpt
from reloadpt.care.record import Record
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import Note, SessionClosed, SessionOpened, SetDone
from reloadpt.plain.lines import InputEnded
from reloadpt.program.plan import Contact
from reloadpt.program.programme import Dose, Frequency

FAST = Path(__file__).with_name("fast_plain.py")
KILLS = 15
ORDERS = "\x1b[31m\x1b]0;title\x07\x9b2J\r\x08\x00 \u202egnp.exe \u2067\u200f\u061c\u2028\u0085"
"""Escape codes, control codes, a title, and marks that turn the writing round."""
NO_TEXT = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
SHORT = Dose(sets=6, reps=2, hold_s=3, rest_s=2, rep_rest_s=1, often=Frequency(times=12, per="day"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a plan of one exercise that is due whenever the tests run."""
    home = tmp_path / "home"
    needled = datetime.now(UTC).astimezone() - timedelta(hours=1)
    plan = low_back_plan(needled, **only(SHORT, phase="reset"))
    Record.open(home / "journal.jsonl", needled).start_plan(plan, needled)
    return home


def events(home: Path, *kinds: type) -> list[object]:
    record = Record.open(home / "journal.jsonl", datetime.now(UTC).astimezone())
    return [entry.event for entry in record.journal.entries() if isinstance(entry.event, kinds)]


def sets(home: Path) -> list[tuple[str, str, int]]:
    return [(d.exercise, d.side, d.set) for d in events(home, SetDone) if isinstance(d, SetDone)]


class Process:
    """``reloadpt --plain --self-paced`` with pipes; each waiting line is answered agreeably."""

    def __init__(self, home: Path) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "reloadpt", "--plain", "--self-paced"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**environment(home), "TERM": "dumb", "LC_ALL": "C"},
        )
        self.said: list[str] = []
        self.lists = Lists()

    @property
    def pipes(self) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
        assert self.child.stdin
        assert self.child.stdout
        assert self.child.stderr
        return self.child.stdin, self.child.stdout, self.child.stderr

    def answer(self, most: int = 1000) -> bool:
        """Answer up to ``most`` questions; False where nothing more is due."""
        into, out, _ = self.pipes
        for line in out:
            self.said.append(line.decode().rstrip("\n"))
            if not (answers := self.lists.of(self.said[-1])):
                continue
            if not most:
                return True
            most -= 1
            try:
                into.write(agreeable(self.said[-1], answers).encode() + b"\n")
                into.flush()
            except InputEnded:
                return False
        raise AssertionError(f"it ended by itself: {self.said[-3:]}")

    def end(self) -> int:
        """End the input; the exit code."""
        into, out, err = self.pipes
        into.close()
        self.said += out.read().decode().splitlines()
        wrong = err.read().decode()
        out.close()
        err.close()
        assert wrong == ""
        return self.child.wait()

    def kill(self) -> None:
        self.child.send_signal(signal.SIGKILL)
        self.child.wait()
        for pipe in self.pipes:
            pipe.close()


def test_a_whole_session_goes_through_pipes(home: Path) -> None:
    process = Process(home)
    assert not process.answer()
    assert process.end() == 0
    assert process.said[-1] == "Goodbye. What was saved stays."
    assert "Well done. It is saved." in process.said
    assert "\x1b" not in "\n".join(process.said)
    assert len(sets(home)) == 6
    closed = events(home, SessionClosed)[0]
    assert isinstance(closed, SessionClosed)
    assert closed.how == "finished"


def test_hostile_text_goes_through_a_whole_session_as_text_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    needled = datetime.now(UTC).astimezone() - timedelta(hours=1)
    evil = (
        f"[/] [bold]x[/foo] {ORDERS} \U0001f468\u200d\U0001f469\u200d\U0001f467 {{x}} $quiet %s "
        + "long " * 60
    )
    plan = low_back_plan(
        needled, patient=evil[:60], note=evil * 6, made_by=evil[:300], activities=(evil[:200],),
        known_symptoms=(evil[:200],), contact=Contact(clinic=evil[:200], phone=evil[:200], emergency=evil[:200]),
        **only(SHORT, phase="reset", text=evil[:200]),
    )  # fmt: skip
    record = Record.open(home / "journal.jsonl", needled)
    record.start_plan(plan, needled)
    record.append((Note(text=(evil * 40)[:10_000]),), needled)
    process = Process(home)
    assert not process.answer()
    assert process.end() == 0
    # what joins the signs of a family is text
    said = "\n".join(process.said).replace("\U0001f468\u200d\U0001f469\u200d\U0001f467", "")
    assert len(sets(home)) == 6
    assert sum("[/] [bold]x[/foo]" in line for line in process.said) > 5
    powerful = [
        sign for sign in said if sign != "\n" and (category(sign) in NO_TEXT or not sign.isprintable())
    ]
    assert powerful == []


def test_answers_written_beforehand_are_read_from_a_file(home: Path) -> None:
    answers = ["", "3 1", "none of these", *["", ""] * 6, "1"]
    done = reloadpt(home, "--plain", "--self-paced", stdin="\n".join(answers))
    assert (done.code, done.err) == (0, "")
    assert "Well done. It is saved." in done.out
    assert "That is not one of the answers." not in done.out


@pytest.mark.parametrize("answered", [0, 2, 4, 9, 17])
def test_the_end_of_the_input_is_a_clean_end_at_any_question(home: Path, answered: int) -> None:
    process = Process(home)
    assert process.answer(answered)
    assert process.end() == 0
    assert process.said[-1].startswith("Goodbye. ")
    assert len(sets(home)) == sum(line.startswith("Done: ") for line in process.said)
    assert verify_file(home / "journal.jsonl").first_break is None


def test_killed_at_any_question_it_goes_on_at_the_next_set(home: Path) -> None:
    chance = random.Random(20261122)  # noqa: S311
    saved = 0
    for _ in range(KILLS):
        process = Process(home)
        due = process.answer(chance.randint(1, 9))
        process.kill()
        saved += sum(line.startswith("Done: ") for line in process.said)
        assert verify_file(home / "journal.jsonl").first_break is None
        assert len(sets(home)) == len(set(sets(home)))
        assert len(sets(home)) >= saved
        if not due:
            break
    process = Process(home)
    process.answer()
    assert process.end() == 0
    assert len(sets(home)) == len(set(sets(home))) == 6
    assert len(events(home, SessionOpened)) == 1
    assert saved, "the test never came to a saved set"


def terminal(home: Path, *command: str) -> pexpect.spawn[bytes]:
    return pexpect.spawn(
        sys.executable,
        list(command),
        env={**environment(home), "TERM": "dumb"},
        dimensions=(24, 80),
        timeout=None,
        echo=False,
    )


@pytest.mark.parametrize("end", ["interrupt", "end of input", "quit"])
def test_in_a_dumb_terminal_it_is_left_cleanly_in_every_way(home: Path, end: str) -> None:
    child = terminal(home, "-m", "reloadpt", "--plain", "--self-paced")
    child.expect_exact("Answers: Enter to begin")
    child.sendline("")
    child.expect_exact("The pain you came for")
    match end:
        case "interrupt":
            child.sendintr()
        case "end of input":
            child.sendeof()
        case _:
            child.sendline("quit")
    child.expect(pexpect.EOF)
    assert b"Goodbye." in child.before
    assert b"\x1b" not in child.before
    assert b"Traceback" not in child.before
    child.close()
    assert child.exitstatus == 0


def test_a_timed_set_hears_what_is_typed_and_goes_on_by_itself(home: Path) -> None:
    child = terminal(home, str(FAST), str(home))
    said, typed, lists = b"", 0, Lists()
    while True:
        child.expect(rb"[^\n]*\n")
        said += child.after
        line = child.after.decode().strip()
        if answers := lists.of(line):
            try:
                child.sendline(agreeable(line, answers))
            except InputEnded:
                child.sendeof()
                break
        elif line.startswith("Go. Set 2 of 6") and not typed:
            typed += 1
            child.sendline("pause")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert b"\x1b" not in said
    assert b"Paused at Own exercise, set 2 of 6." in said
    assert b"Going on." in said
    done = [each for each in events(home, SetDone) if isinstance(each, SetDone)]
    assert {each.source for each in done} == {"timed"}
    assert len(done) == 6


def test_ctrl_z_stops_the_time_however_short_and_coming_back_asks(home: Path) -> None:
    child = terminal(home, "-m", "reloadpt", "--plain")
    line, lists = "", Lists()
    while not line.startswith("Go. Set 1 of 6"):
        child.expect(rb"[^\n]*\n")
        line = child.after.decode().strip()
        if answers := lists.of(line):
            child.sendline(agreeable(line, answers))
        elif line.startswith(("Get ready", "Get into position")):
            child.sendline("done")
    os.kill(child.pid, signal.SIGSTOP)  # what Ctrl-Z comes to where a shell waits
    state = Path(f"/proc/{child.pid}/stat")
    while state.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "T":
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGCONT)
    child.expect_exact("The computer slept, or stood still. That time does not count.")
    child.expect_exact("Enter to continue")
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert sets(home) == []


def test_an_interrupt_while_an_entry_is_written_waits_for_it() -> None:
    script = (
        "import os, signal\n"
        "from reloadpt.plain.lines import InterruptedLines, InputEnded\n"
        "class Never:\n"
        "    def read(self, seconds):\n"
        "        raise AssertionError('it was read after an interrupt')\n"
        "lines = InterruptedLines(Never())\n"
        "os.kill(os.getpid(), signal.SIGINT)\n"
        "print('written')\n"
        "try:\n"
        "    lines.read(None)\n"
        "except InputEnded:\n"
        "    print('left')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "written\nleft\n"


def test_a_reader_that_goes_away_leaves_no_traceback(home: Path) -> None:
    process = Process(home)
    into, out, err = process.pipes
    out.readline()
    out.close()
    into.write(b"\n" * 50)
    into.close()
    wrong = err.read().decode()
    err.close()
    process.child.wait()
    assert "Traceback" not in wrong
    assert verify_file(home / "journal.jsonl").first_break is None


def test_without_any_input_it_says_today_and_ends(home: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"exec '{sys.executable}' -m reloadpt --plain <&-"],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "1. Own exercise." in done.stdout
    assert NOTHING_DUE not in done.stdout


@pytest.mark.parametrize(
    "arguments", [("--self-paced",), ("--aloud",), ("--plain", "today"), ("--plain", "--json")]
)
def test_a_wrong_call_says_what_is_right(home: Path, arguments: tuple[str, ...]) -> None:
    done = reloadpt(home, *arguments)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_the_line_mode_needs_no_screen_library(home: Path) -> None:
    script = (
        "import sys\n"
        "sys.argv = ['reloadpt', '--plain']\n"
        "from reloadpt.__main__ import main\n"
        "try:\n    main()\n"
        "except SystemExit as leave:\n    sys.stderr.write(f'left with {leave.code} ')\n"
        "sys.stderr.write(f\"HEAVY {sorted({'textual', 'rich', 'numpy', 'jinja2', 'pydantic'} & set(sys.modules))}\")\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input="",
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "left with 0 HEAVY []"
    alone = "import sys, reloadpt.plain.line_mode; print({'click', 'textual'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", alone], text=True) == "set()\n"


def test_a_dumb_terminal_is_pointed_to_the_line_mode(home: Path) -> None:
    child = terminal(home, "-m", "reloadpt")
    child.expect_exact("`reloadpt --plain` works line by line")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2
