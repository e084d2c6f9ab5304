"""Reads that fail in every command, and files that change under a session in both heads: nothing of it is silent."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from faults.patient import NOT_SAVED, Patient, sets_found, tell, whole
from faults.table import Row
from program_runs import Run, environment, reloadpt
from reloadpt.care.record import Record
from reloadpt.clock import now
from reloadpt.program.library import Library
from reloadpt.program.making import plan_file
from terminal_runs import Terminal, start_or_go_on

SAVED = re.compile(r"(\d+) of \d+ sets saved")
CALLS: tuple[tuple[str, ...], ...] = (
    ("checkin", "--pain", "3"), ("log", "verify"), ("today",), ("today", "--json"), ("log", "show"), ("log", "path"), ("log", "schema"),
    ("log", "add", "checkin", "--pain", "2"), ("log", "add", "note", "sore"), ("log", "add", "session"), ("log", "add", "sets", "multifidus/quick-0"),
    ("log", "amend", "3", "--void"), ("needled", "multifidus"), ("pause", "--from", "2030-01-01", "--to", "2030-01-02"),
    ("plan", "show"), ("plan", "check", "a.plan.json"), ("plan", "use", "a.plan.json"), ("plan", "keep", "a.plan.json", "mine"), ("plan", "templates"), ("plan", "schema"),
    ("plan", "new", "--patient", "B-2", "--target", "multifidus", "--screen", "all=no", "--phone", "none", "--emergency", "112", "-o", "b.plan.json"),
    ("share", "-o", "r.html"), ("export", "--as", "csv", "-o", "out"), ("remind", "-o", "r.ics"), ("handout", "-o", "h.html"), ("learn",), ("forget", "settings"),
    ("clinic", "import", "a.html"), ("clinic", "list"), ("clinic", "show", "{id}"), ("clinic", "verify"), ("clinic", "key"), ("clinic", "join", "{id}", "{id}"),
    ("clinic", "part", "{id}"), ("clinic", "close", "{id}", "ST", "--by", "Dr B"), ("clinic", "export", "--as", "jsonl", "-o", "clinic"),
    ("exercises", "list"), ("exercises", "show", "multifidus/bird-dog"), ("exercises", "check", "multifidus.json"), ("exercises", "new", "vastus-own"),
    ("exercises", "review", "multifidus", "--by", "Dr B", "--role", "physiotherapist"), ("exercises", "schema"), ("demo",), ("--plain",),
)  # fmt: skip
"""Every command; the first two are tried in CI. ``demo`` needs a terminal; ``serve`` reads no file of ours."""


def prepared(home: Path) -> dict[str, str]:
    """Beside ``home`` a plan, a programme and a report to give to commands, in it a caseload; the patient's id there."""
    folder = home.parent
    record = Record.open(home / "journal.jsonl", now())
    record.keep_state()
    assert record.plan
    (folder / "a.plan.json").write_bytes(plan_file(record.plan))
    shutil.copy(Library().paths["multifidus"], folder)
    (home / "exercises").mkdir()
    shutil.copy(Library().paths["multifidus"], home / "exercises")
    for arguments in (
        ("share", "-o", folder / "a.html"),
        ("clinic", "import", folder / "a.html"),
        ("clinic", "key"),
    ):
        done = reloadpt(home, *arguments)
        assert done.code == 0, done
    [patient] = (home / "caseload").glob("*/summary.json")
    return {"{id}": patient.parent.name}


def failing_reads(home: Path, calls: Sequence[tuple[str, ...]], most: int) -> Row:
    """Each read of a file of ours fails, one after the other: what is answered is as it is without, or it is told."""
    names = prepared(home)
    tried = told = saved = found = 0
    said = ""
    for call in calls:
        arguments = [names.get(word, word) for word in call]
        sound, place = (_copy(home.parent, name) for name in ("sound", "again"))
        as_usual = _call(sound, arguments)
        for n in range(1, most + 1):
            _copy(home.parent, "again")
            log = home.parent / "strace.log"
            files = [path for path in place.rglob("*") if path.is_file()]
            only = [part for path in files for part in ("-P", str(path))]
            fails = ("-e", "trace=read,pread64", "-e", f"inject=read,pread64:error=EIO:when={n}")
            answer = _call(
                place, arguments, ["strace", "-f", "-qq", "-e", "signal=none", "-o", str(log), *only, *fails]
            )
            if "(INJECTED)" not in log.read_text():
                break
            tried += 1
            assert answer.code in (0, 1), (call, n, answer)
            assert "Traceback" not in answer.err, (call, n, answer.err)
            assert not (place / "home" / "crash.txt").exists(), (call, n)
            is_told = (
                bool(answer.err.strip())
                if answer.code
                else _alike(answer, as_usual)
                or answer.err != as_usual.err
                or bool(NOT_SAVED.search(answer.out))
            )
            assert is_told, (call, n, answer, as_usual)
            told += 1
            said = said or (answer.err.splitlines()[0] if answer.code else "")
            kept = home.joinpath("journal.jsonl").read_bytes()
            there = place / "home" / "journal.jsonl"
            saved += 1
            found += (call[0] == "forget" and answer.code == 0) or there.read_bytes().startswith(kept)
            if call[0] in ("checkin", "pause", "needled") and answer.code == 0:
                saved += 1
                found += len(there.read_bytes()) > len(kept)
    return Row("a read that fails, at each read of each command", tried, saved, found, said, told=told)


def _copy(folder: Path, name: str) -> Path:
    """A copy of a folder within itself."""
    place = folder / name
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns("again", "sound"))
    return place


def _call(folder: Path, arguments: Sequence[str], through: Sequence[str] = ()) -> Run:
    done = subprocess.run(
        [*through, sys.executable, "-m", "reloadpt", *arguments], cwd=folder, env=environment(folder / "home"),
        capture_output=True, text=True, check=False, input="",
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr)


def _alike(answer: Run, other: Run) -> bool:
    """Whether two answers say the same, but for where it was and the time of day."""

    def plain(text: str) -> str:
        return re.sub(r"again|sound|\d\d:\d\d(:\d\d)?(\.\d+)?", "", text)

    return plain(answer.out) == plain(other.out)


# Files that change under a session --------------------------------------------------------------------------


class LineHead:
    """A session in the line mode, through pipes."""

    def __init__(self, home: Path) -> None:
        self._patient = Patient(home)
        self._known = 0

    def until(self, sets: int, sentence: str = "") -> int:
        """Go on until so many sets are called saved and ``sentence`` was said; how many are."""
        while self._patient.sit(sets) < 30 and sentence not in self.told:
            sets += 1
        return self._patient.called_saved

    @property
    def told(self) -> str:
        """All that was said since it was last forgotten."""
        return " ".join(self._patient.told[self._known :])

    def forget(self) -> None:
        """What was said until now does not count."""
        self._known = len(self._patient.told)

    def end(self) -> int:
        """Leave, and say how many were called saved."""
        self._patient.kill()
        return self._patient.called_saved


class ScreenHead:
    """The same on the screen, in a pseudo-terminal."""

    def __init__(self, home: Path) -> None:
        self.terminal = Terminal(home)
        self.told = ""
        self._saved = 0
        self._pressed_at = 0.0
        start_or_go_on(self.terminal)

    def until(self, sets: int, sentence: str = "") -> int:
        """Look until so many sets are called saved and ``sentence`` was said; how many are."""
        while self._saved < sets or sentence not in self.told:
            shown = " ".join(self.terminal.look().split())
            if found := SAVED.search(shown):
                self._saved = int(found[1])
            if sentence and sentence in shown:
                self.told = sentence
            if "Space goes on" in shown and time.monotonic() - self._pressed_at > 1:
                # the clocks run fast: a slow moment is a sleep, which holds the session
                self._pressed_at = time.monotonic()
                self.terminal.press(" ")
        return self._saved

    def forget(self) -> None:
        """What was said until now does not count."""
        self.told = ""

    def end(self) -> int:
        """Kill it, and say how many were called saved."""
        self.terminal.kill()
        return self._saved


def swap(home: Path, data: bytes) -> None:
    """Put another file in the journal's place, as a sync program does."""
    (home / "swapped").write_bytes(data)
    (home / "swapped").replace(home / "journal.jsonl")


def changed_under_it(
    home: Path, heads: Sequence[Callable[[Path], LineHead | ScreenHead]], kinds: Sequence[str]
) -> Row:
    """The journal is replaced, grown, cut or put back while a session is open: it is said, and nothing is lost."""
    journal = home / "journal.jsonl"
    tried = told = saved = found = 0
    first = journal.read_bytes()
    for head_kind in heads:
        for kind in kinds:
            swap(home, first)
            home.joinpath("journal.state.json").unlink(missing_ok=True)
            head = head_kind(home)
            sets = head.until(1)
            older = journal.read_bytes()
            sets = head.until(sets + 1)  # on the screen several go by at one look
            sentence = "written again"
            if kind == "grown":
                sentence = "added 1 entry"
                tells = tell(home, "beside it")[0]
                saved, found = saved + tells, found + (b"beside it" in journal.read_bytes())
            elif kind == "cut":
                journal.write_bytes(older)
            else:
                newer = journal.read_bytes()
                swap(home, older)
                if kind == "put back":
                    sets = head.until(sets + 1, sentence)
                    head.forget()
                    swap(home, newer)
            head.until(sets + 2, sentence)
            tried += 1
            told += sentence in head.told
            called = head.end()
            saved += called
            found += min(called, sets_found(home))
            assert whole(home)
    return Row("a journal that changes under a session", tried, saved, found, sentence, told=told)


HEADS: tuple[Callable[[Path], LineHead | ScreenHead], ...] = (LineHead, ScreenHead)
KINDS = ("replaced", "grown", "cut", "put back")
