"""``today --json`` on a long journal: how much of it is read, by the bytes that the system hands out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from program_runs import environment
from reloadpt.care.record import Record
from reloadpt.journal.events import AnyEvent, CheckedIn, Needled, SessionClosed, SessionOpened, SetDone
from sample_logs import NEEDLED, Patient, a_plan, item

DAYS, ENTRIES_A_DAY = 400, 250
AFTER = NEEDLED + timedelta(days=DAYS - 1, hours=6)
SQUAT = item("multifidus/squat", sets=8)
LITTLE = 1 / 33
_READ = re.compile(r"= (\d+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose journal holds 100,000 entries of a year and more; its state was kept."""
    home = tmp_path_factory.mktemp("home")
    ends = (NEEDLED + timedelta(days=500)).isoformat()
    Patient(home / "journal.jsonl", a_plan(ends=ends))
    record = Record.open(home / "journal.jsonl", NEEDLED)  # without programmes, so that no day is reckoned
    for day in range(DAYS):
        events: list[AnyEvent] = [CheckedIn(when="morning", pain=3)]
        for number in range(1, ENTRIES_A_DAY // 10 + 1):
            session = f"{(NEEDLED + timedelta(days=day)).date()}.{number}"
            events.append(SessionOpened(session=session, items=(SQUAT,)))
            events += [SetDone(session=session, exercise=SQUAT.exercise, set=n, reps=8) for n in range(1, 9)]
            events.append(SessionClosed(session=session, how="finished"))
        record.append(events, NEEDLED + timedelta(days=day, hours=3))
    assert record.history.entries > 100_000
    record.keep_state()
    return home


def read_of_the_journal(home: Path, traced: Path) -> tuple[dict[str, object], int]:
    """What ``today --json`` answers, and how many bytes of the journal it read."""
    journal = home / "journal.jsonl"
    done = subprocess.run(
        ["strace", "-f", "-q", "-o", traced, "-P", journal, "-e", "trace=read,pread64,readv,mmap", sys.executable,
         "-m", "reloadpt", "today", "--at", AFTER.isoformat(), "--json"],
        capture_output=True, text=True, env=environment(home), check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "mmap" not in traced.read_text(), "a file that is mapped is read without a word"
    return json.loads(done.stdout), sum(int(count) for count in _READ.findall(traced.read_text()))


def test_today_of_a_long_journal_reads_its_end_alone(home: Path, tmp_path: Path) -> None:
    size = (home / "journal.jsonl").stat().st_size
    answer, read = read_of_the_journal(home, tmp_path / "with a state")
    assert answer["phase"]
    assert 0 < read < size * LITTLE
    (home / "journal.state.json").rename(home / "kept.json")
    same, all_of_it = read_of_the_journal(home, tmp_path / "without")
    assert same == answer
    assert all_of_it >= size, "without its state it is read from the first line: the measure measures"
    (home / "kept.json").rename(home / "journal.state.json")


def test_the_state_does_not_grow_with_the_journal(home: Path) -> None:
    assert (home / "journal.state.json").stat().st_size < (home / "journal.jsonl").stat().st_size / 5


def test_what_was_written_since_is_read_and_no_more(home: Path, tmp_path: Path) -> None:
    journal = home / "journal.jsonl"
    before = journal.stat().st_size
    again = AFTER - timedelta(hours=1)
    Record.open(journal, again).append([Needled(muscle="multifidus", needled_at=again)], again)
    answer, read = read_of_the_journal(home, tmp_path / "since")
    assert isinstance(answer["phase"], dict)
    assert answer["phase"]["multifidus"] == "reset", "it was read"
    assert read < before * LITTLE
