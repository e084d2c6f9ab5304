"""Calls the program's own commands in this process, in a home of their own and at a moment that stands still."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from click.testing import CliRunner

import reloadpt.clock
from reloadpt.cli import cli
from reloadpt.crash import crash_sentence, exit_code

ZONE = "Europe/Berlin"
HERE = "…"
"""Stands for the folder of a reading in what the program says: it is another one every time."""
PARSER = re.compile(r"(not JSON here|not TOML) \(.*\)")
"""Where the program quotes Python's own parsers: their words are another version's affair."""


@dataclass(frozen=True)
class Answer:
    """What one command answered: its exit code, and what it wrote to each stream."""

    call: str
    code: int
    out: str
    err: str

    def lines(self, *, out: bool = True) -> list[str]:
        """The call and what was answered, line by line; what went to stderr begins with ``!``.

        Without ``out`` what went to stdout is left away.
        """
        written = [f"  {line}" for line in self.out_lines] if out else []
        return [f"$ {self.call} -> {self.code}", *written, *(f"! {line}" for line in lines_of(self.err))]

    @property
    def out_lines(self) -> list[str]:
        """What went to stdout, line by line."""
        return lines_of(self.out)


class Room:
    """A folder for one reading: ``home`` is the program's one folder, ``path`` where its files are put."""

    def __init__(self, path: Path, at: datetime) -> None:
        self.path = path
        self.home = path / "home"
        self.at = at
        self.home.mkdir(mode=0o700)

    def call(self, *arguments: str | Path) -> Answer:
        """Call ``reloadpt`` with these arguments."""
        words = [str(argument) for argument in arguments]
        with self.machine():
            result = CliRunner().invoke(cli, words, prog_name="reloadpt")
            code, err = result.exit_code, result.stderr
            if result.exception and not isinstance(result.exception, SystemExit):
                # as the program's way in does with what a command raises
                code, err = exit_code(result.exception), f"{err}{crash_sentence(result.exception)}\n"
        call = " ".join(["reloadpt", *words])
        return Answer(self.placeless(call), code, self.placeless(result.stdout), self.placeless(err))

    @contextmanager
    def machine(self) -> Iterator[None]:
        """While this is held it is ``at`` in one time zone, and ``home`` is the program's folder."""
        with _machine(self.home, self.at):
            yield

    def placeless(self, text: str) -> str:
        """What the program said, without what is another folder's or another Python's."""
        return PARSER.sub(r"\1 (…)", text.replace(f"{self.path}/", "").replace(str(self.path), HERE))


def lines_of(text: str) -> list[str]:
    """Split at LF alone: a journal's words may hold what Python too takes for the end of a line."""
    return text.removesuffix("\n").split("\n") if text else []


@contextmanager
def room(at: datetime) -> Iterator[Room]:
    """A fresh room in which it is ``at``, gone afterwards. Its name is short: the program cuts long names."""
    with tempfile.TemporaryDirectory(prefix="museum-") as folder:
        yield Room(Path(folder), at)


@contextmanager
def _machine(home: Path, at: datetime) -> Iterator[None]:
    """A machine whose clock stands at ``at``, in one time zone, with ``home`` as the program's folder."""

    class StoppedClock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # never of this class
            return at.astimezone(tz)

    wanted = {"RELOADPT_HOME": str(home), "TZ": ZONE, "COLUMNS": "80"}
    before = {name: os.environ.get(name) for name in wanted}
    clock = vars(reloadpt.clock)
    real = clock["datetime"]
    os.environ.update(wanted)
    time.tzset()
    # every command takes its time from this one module, which takes it from this one name
    clock["datetime"] = StoppedClock
    try:
        yield
    finally:
        clock["datetime"] = real
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        time.tzset()
