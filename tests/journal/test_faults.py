"""What was called saved is there: killed programs, full disks, failing syncs, many writers at once."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_samples import AT, OPENED, SET, journal_at
from reloadpt.files import Trouble
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import AnyEvent, Note
from reloadpt.journal.journal import Journal, NotSaved

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from reloadpt.journal.events import Note
from reloadpt.journal.journal import Journal, NotSaved

path, who, times, limit = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
if limit:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
journal = Journal(path)
for k in range(times):
    try:
        journal.append([Note(text=f"{who}.{k}"), Note(text="é" * (k % 200))], datetime.now(UTC))
    except NotSaved as trouble:
        print("NOT", trouble, flush=True)
    else:
        print(f"{who}.{k}", flush=True)
"""


def writer(path: Path, who: str, times: int, limit: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), who, str(times), str(limit)],
        stdout=subprocess.PIPE,
        text=True,
    )


def texts(path: Path) -> list[str]:
    return [
        entry.event.text
        for entry in Journal(path).entries()
        if isinstance(entry.event, Note) and "." in entry.event.text
    ]


def test_programs_that_write_at_once_lose_and_repeat_nothing(tmp_path: Path) -> None:
    path = journal_at(tmp_path, ()).path
    children = [writer(path, f"w{k}", 25) for k in range(4)]
    said: list[str] = []
    for child in children:
        said += child.communicate()[0].split()
        assert child.returncode == 0
    assert len(said) == 100
    assert sorted(texts(path)) == sorted(said)
    for k in range(4):
        assert [text for text in texts(path) if text.startswith(f"w{k}.")] == [f"w{k}.{i}" for i in range(25)]
    verdict = verify_file(path)
    assert (verdict.whole, verdict.torn, verdict.entries) == (True, 0, 201)


def test_a_program_killed_at_any_moment_loses_nothing_it_called_saved(tmp_path: Path) -> None:
    path = journal_at(tmp_path, ()).path
    saved: list[str] = []
    for k in range(20):  # milliseconds after the first line
        with writer(path, f"k{k}", 10**6) as child:
            assert child.stdout
            saved.append(child.stdout.readline().strip())
            time.sleep(k / 1000)
            child.kill()
            saved += child.stdout.read().split()
        found = texts(path)
        assert found[: len(saved)] == saved
        assert len(found) <= len(saved) + 1
        saved = found
        assert verify_file(path).whole
    assert Journal(path).append([SET], AT)
    assert verify_file(path).torn == 0


@pytest.mark.skipif(sys.platform == "win32", reason="limits of the system are another thing there")
def test_a_disk_that_fills_up_leaves_whole_lines_and_says_what_is_not_saved(tmp_path: Path) -> None:
    path = journal_at(tmp_path, ()).path
    with writer(path, "w", 400, limit=40_000) as child:
        assert child.stdout
        said = child.stdout.read().splitlines()
    saved = [line for line in said if not line.startswith("NOT")]
    refused = [line for line in said if line.startswith("NOT")]
    assert 10 < len(saved) < 390
    assert len(refused) == 400 - len(saved)
    assert all("NOT saved (file too large)" in line for line in refused)
    assert texts(path) == saved
    verdict = verify_file(path)
    assert (verdict.whole, verdict.torn, verdict.entries) == (True, 0, 1 + 2 * len(saved))
    assert Journal(path).append([SET], AT), "with room again, the next start goes on"


class Faults:
    """The system's calls on the journal file, some of which fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.plan: dict[str, list[Callable[[int, bytes], int | None] | OSError | None]] = {}
        for call in ("write", "fsync", "ftruncate"):
            monkeypatch.setattr(os, call, self._watched(call, getattr(os, call)))

    def _watched(self, call: str, real: Callable[..., int]) -> Callable[..., int | None]:
        def made(handle: int, *what: bytes) -> int | None:
            fault = self.plan[call].pop(0) if self.plan.get(call) else None
            if isinstance(fault, OSError):
                raise fault
            if fault:
                return fault(handle, what[0])
            return real(handle, *what)

        def part(share: float) -> Callable[[int, bytes], int]:
            return lambda handle, data: real(handle, bytes(data)[: int(len(data) * share)])

        if call == "write":
            self.part = part
        return made


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Faults:
    return Faults(monkeypatch)


def untouched(handle: int, size: bytes) -> None:
    """A call that says it went well and does nothing."""


FULL = OSError(errno.ENOSPC, "No space left on device")
BROKEN = OSError(errno.EIO, "Input/output error")


def told(path: Path) -> list[AnyEvent | None]:
    verdict = verify_file(path)
    assert (verdict.whole, verdict.torn) == (True, 0)
    return [entry.event for entry in Journal(path).entries()]


def test_a_write_in_pieces_is_one_line(tmp_path: Path, faults: Faults) -> None:
    journal = journal_at(tmp_path, ())
    faults.plan = {"write": [faults.part(0.3), faults.part(0.5), faults.part(0.9)]}
    journal.append([SET], AT)
    assert told(journal.path) == [OPENED, SET]


@pytest.mark.parametrize("error", [FULL, BROKEN])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99, 1.0])
def test_a_write_or_sync_that_fails_once_is_rolled_back_and_made_again(
    tmp_path: Path, faults: Faults, error: OSError, share: float
) -> None:
    journal = journal_at(tmp_path, ())
    if share == 1.0:
        faults.plan = {"fsync": [error]}
    else:
        faults.plan = {"write": [faults.part(share), error] if share else [error]}
    (entry,) = journal.append([SET], AT)
    assert entry.event == SET
    journal.append([Note(text="next")], AT)
    assert told(journal.path) == [OPENED, SET, Note(text="next")]


@pytest.mark.parametrize("error", [FULL, BROKEN])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99, 1.0])
def test_failing_twice_says_not_saved_and_writes_no_more(
    tmp_path: Path, faults: Faults, error: OSError, share: float
) -> None:
    journal = journal_at(tmp_path, [SET])
    before = journal.path.read_bytes()
    if share == 1.0:
        faults.plan = {"fsync": [error, None, error]}
    elif share:
        faults.plan = {"write": [faults.part(share), error] * 2}
    else:
        faults.plan = {"write": [error, error]}
    with pytest.raises(NotSaved, match="NOT saved") as trouble:
        journal.append([Note(text="lost"), SET], AT)
    assert str(error.strerror).lower() in str(trouble.value)
    assert journal.path.read_bytes() == before
    with pytest.raises(NotSaved):
        journal.append([Note(text="refused")], AT)
    assert [entry.event for entry in journal.entries()] == [OPENED, SET], "it can still be read"
    Journal(journal.path).append([Note(text="after a new start")], AT)
    assert told(journal.path) == [OPENED, SET, Note(text="after a new start")]


def test_a_write_that_takes_nothing_is_a_failure(tmp_path: Path, faults: Faults) -> None:
    journal = journal_at(tmp_path, ())
    faults.plan = {"write": [faults.part(0.0), faults.part(0.0)]}
    with pytest.raises(NotSaved):
        journal.append([SET], AT)
    assert told(journal.path) == [OPENED]


@pytest.mark.parametrize("call", ["ftruncate", "fsync"])
def test_where_even_the_roll_back_fails_nothing_is_joined_to_what_is_left(
    tmp_path: Path, faults: Faults, call: str
) -> None:
    journal = journal_at(tmp_path, [SET])
    faults.plan = {"write": [faults.part(0.7), BROKEN], call: [BROKEN] * 4}
    with pytest.raises(NotSaved):
        journal.append([Note(text="lost")], AT)
    with pytest.raises(NotSaved):
        journal.append([Note(text="refused")], AT)
    faults.plan = {}
    Journal(journal.path).append([Note(text="later")], AT)
    assert told(journal.path) == [OPENED, SET, Note(text="later")]


def test_a_roll_back_is_looked_at_before_it_is_believed(tmp_path: Path, faults: Faults) -> None:
    journal = journal_at(tmp_path, [SET])
    faults.plan = {"write": [faults.part(0.7), BROKEN], "ftruncate": [untouched, untouched]}
    with pytest.raises(NotSaved):
        journal.append([Note(text="lost")], AT)
    assert verify_file(journal.path).torn > 0
    Journal(journal.path).append([Note(text="later")], AT)
    assert told(journal.path) == [OPENED, SET, Note(text="later")]


@pytest.mark.parametrize("call", ["write", "fsync", "ftruncate"])
def test_a_torn_tail_that_cannot_be_set_aside_stays_and_nothing_is_saved(
    tmp_path: Path, faults: Faults, call: str
) -> None:
    journal = journal_at(tmp_path, [SET])
    with journal.path.open("ab") as stream:
        stream.write(b'{"n":2,"torn')
    faults.plan = {call: [FULL]}
    again = Journal(journal.path)
    with pytest.raises(NotSaved, match="no space left"):
        again.append([Note(text="lost")], AT)
    assert verify_file(journal.path).torn == 12
    again.append([Note(text="later")], AT)
    assert told(journal.path) == [OPENED, SET, Note(text="later")]
    kept = [path.read_bytes() for path in tmp_path.glob("*torn-2*")]
    assert set(kept) == {b'{"n":2,"torn'}


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_log_that_cannot_start_leaves_none(tmp_path: Path, faults: Faults, call: str) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    faults.plan = {call: [FULL]}
    with pytest.raises(Trouble, match="no space left"):
        journal.start(OPENED, AT)
    assert not journal.exists
    assert [path.name for path in tmp_path.iterdir()] == ["journal.lock"]
    journal.start(OPENED, AT)
    assert told(journal.path) == [OPENED]
