"""A person at the real line mode, through pipes, who counts what the program calls saved."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from plain_runs import Lists, agreeable
from program_runs import environment
from reloadpt.journal.chain import verify_file
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import Paused, SessionOpened, SetDone
from reloadpt.journal.journal import Journal
from reloadpt.plain.lines import InputEnded

SAVED = re.compile(r"(\d+) of \d+ sets saved\.")
NOT_SAVED = re.compile(r"NOT saved|cannot be", re.IGNORECASE)
REFUSED = "Another window has a session open"
PLAIN = ("-m", "reloadpt", "--plain", "--self-paced")


class Patient:
    """Sits down at ``reloadpt --plain --self-paced`` and answers agreeably.

    ``called_saved`` is how many sets of the session under way were called saved when last told, ``told`` all that
    was said.
    """

    def __init__(self, home: Path, through: Sequence[str] = (), program: Sequence[str] = PLAIN) -> None:
        self.home = home
        self.told: list[str] = []
        self.called_saved = 0
        self._lists = Lists()
        self.child = subprocess.Popen(
            [*through, sys.executable, *program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment(home), "TERM": "dumb"},
            text=True,
            errors="replace",
        )

    def sit(self, most: int = 1000, kill_after: float | None = None) -> int:
        """Answer until so many sets are called saved, an entry is refused, or it ends; the number called saved.

        With ``kill_after``, the program is killed so many seconds after the first set.
        """
        assert self.child.stdout
        assert self.child.stdin
        killer: threading.Timer | None = None
        for line in self.child.stdout:
            self.told.append(line.rstrip("\n"))
            found = SAVED.search(line)
            if found:
                self.called_saved = int(found[1])
                if kill_after is not None and killer is None:
                    killer = threading.Timer(kill_after, self.child.kill)
                    killer.start()
            if self.called_saved >= most or NOT_SAVED.search(line) or REFUSED in line:
                break
            answers = self._lists.of(self.told[-1])
            if not answers:
                continue
            try:
                self.child.stdin.write(agreeable(self.told[-1], answers) + "\n")
                self.child.stdin.flush()
            except (InputEnded, OSError):
                break
        if killer is not None:
            killer.join()
        return self.called_saved

    @property
    def refusals(self) -> list[str]:
        """What was said about entries that are not saved."""
        return [line for line in self.told if NOT_SAVED.search(line)]

    def kill(self) -> None:
        self.child.send_signal(signal.SIGKILL)
        self._let_go()

    def leave(self) -> int:
        """End the input and wait; the exit code."""
        assert self.child.stdin
        self.child.stdin.close()
        assert self.child.stdout
        self.told += self.child.stdout.read().splitlines()
        return self._let_go()

    def _let_go(self) -> int:
        assert self.child.stdin
        assert self.child.stdout
        with suppress(OSError):  # what was still to be answered is not heard any more
            self.child.stdin.close()
        self.child.stdout.close()
        return self.child.wait()


def entries(home: Path) -> list[Entry]:
    """What the journal holds; each line of it is checked."""
    return list(Journal(home / "journal.jsonl").entries())


def sets_found(home: Path) -> int:
    """How many different sets the journal has of its last session; a set that stands twice is a fault of its own."""
    told = [entry.event for entry in entries(home)]
    sessions = ["", *(event.session for event in told if isinstance(event, SessionOpened))]
    done = [
        (event.exercise, event.side, event.set)
        for event in told
        if isinstance(event, SetDone) and event.session == sessions[-1]
    ]
    assert len(done) == len(set(done)), "a set stands twice"
    return len(done)


def tell(home: Path, word: str, through: Sequence[str] = ()) -> tuple[bool, str]:
    """Write one entry that holds ``word``, by a command; whether it was called saved, and what was said."""
    day = f"{datetime.now(UTC).astimezone():%Y-%m-%d}"
    done = subprocess.run(
        [*through, sys.executable, "-m", "reloadpt", "pause", "--from", day, "--to", day, "--reason", word],
        env=environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode == 0, done.stderr


def words(home: Path) -> list[str]:
    """The words of ``tell`` that the journal holds."""
    return [entry.event.reason for entry in entries(home) if isinstance(entry.event, Paused)]


def whole(home: Path) -> bool:
    """Whether every line of the journal fits and nothing is torn."""
    verdict = verify_file(home / "journal.jsonl")
    return verdict.whole and not verdict.torn
