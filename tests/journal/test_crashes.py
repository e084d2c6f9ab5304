"""A program that dies before, within or after any single call to the system leaves a log that goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from journal_samples import AT, OPENED, PLAN, SET, journal_at
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import AnyEvent, FlagRaised, Lost, Note, PlanStarted
from reloadpt.journal.journal import Journal
from reloadpt.journal.mending import mend

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

CALLS = ("open", "write", "fsync", "ftruncate", "replace", "mkdir")
MOMENTS = ("before", "within", "after")
PLANNED = PlanStarted(plan=PLAN)
FLAG = FlagRaised(code="SI")


def died(work: Callable[[], object], kth: int, moment: str) -> bool:
    """Do ``work`` in a child that is killed at its ``kth`` call; False where it made fewer."""
    child = os.fork()
    if child == 0:
        count = 0

        def watched(real: Callable[..., Any]) -> Callable[..., Any]:
            def made(*what: Any, **how: Any) -> Any:
                nonlocal count
                count += 1
                if count == kth and moment == "within" and real.__name__ == "write":
                    real(what[0], bytes(what[1])[: len(what[1]) // 2])
                elif count == kth and moment == "after":
                    with suppress(OSError):  # also after a call that finds nothing there
                        real(*what, **how)
                if count == kth:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*what, **how)

            return made

        code = 1
        try:
            for call in CALLS:
                setattr(os, call, watched(getattr(os, call)))
            work()
            code = 0
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def deaths(folder: Path, prepare: Callable[[Path], object], work: Callable[[Path], object]) -> Iterator[Path]:
    """A journal for each moment at which ``work`` can die, with what it then left."""
    for moment in MOMENTS:
        kth, left = 0, True
        while left:
            kth += 1
            path = folder / f"{moment}-{kth}" / "home" / "journal.jsonl"
            path.parent.parent.mkdir()
            prepare(path)
            left = died(lambda path=path: work(path), kth, moment)  # type: ignore[misc]
            yield path
        assert kth > 3, "there were calls to die at"


def told(path: Path) -> list[AnyEvent | None]:
    return [entry.event for entry in Journal(path).entries()]


def goes_on(path: Path) -> None:
    Journal(path).append([Note(text="goes on")], AT)
    verdict = verify_file(path)
    assert (verdict.whole, verdict.torn) == (True, 0)
    assert told(path)[-1] == Note(text="goes on")


def test_dying_while_a_log_starts_leaves_a_log_or_none(tmp_path: Path) -> None:
    for path in deaths(tmp_path, Path.exists, lambda path: Journal(path).start(OPENED, AT)):
        if Journal(path).exists:
            assert told(path) == [OPENED]
        else:
            assert not path.exists()
            Journal(path).start(OPENED, AT)
        goes_on(path)


def test_dying_while_entries_are_appended_leaves_whole_lines_and_what_was_there(tmp_path: Path) -> None:
    def work(path: Path) -> None:
        journal = Journal(path)
        journal.append([SET], AT)
        journal.append([Note(text="two"), Note(text="three")], AT)

    everything = [OPENED, PLANNED, SET, Note(text="two"), Note(text="three")]
    lengths = set()
    for path in deaths(tmp_path, lambda path: journal_at(path.parent, [PLANNED]), work):
        found = told(path)
        assert found == everything[: len(found)]
        lengths.add(len(found))
        goes_on(path)
    assert lengths >= {2, 3, 5}


def test_dying_while_a_torn_tail_is_set_aside_loses_neither_it_nor_the_log(tmp_path: Path) -> None:
    tail = b'{"n":2,"prev":'

    def prepare(path: Path) -> None:
        journal_at(path.parent, [PLANNED])
        with path.open("ab") as stream:
            stream.write(tail)

    for path in deaths(tmp_path, prepare, lambda path: Journal(path).append([SET], AT)):
        assert told(path) in ([OPENED, PLANNED], [OPENED, PLANNED, SET])
        goes_on(path)
        assert tail in [kept.read_bytes() for kept in path.parent.glob("journal.torn-2-*")]


def test_dying_while_a_log_is_mended_loses_neither_the_old_one_nor_plan_and_locks(tmp_path: Path) -> None:
    damaged: list[bytes] = []

    def prepare(path: Path) -> None:
        journal_at(path.parent, [PLANNED, SET, FLAG])
        damaged.append(path.read_bytes().replace(b'"reps":6', b'"reps":7'))
        path.write_bytes(damaged[-1])

    for path in deaths(tmp_path, prepare, lambda path: mend(path, AT, "")):
        kept = [path, *path.parent.glob("journal.broken-*")]
        assert damaged[-1] in [each.read_bytes() for each in kept]
        mend(path, AT, "")
        assert [event for event in told(path)[1:] if not isinstance(event, Lost)] == [PLANNED, FLAG]
        goes_on(path)


def test_dying_while_the_state_is_kept_leaves_the_old_one(tmp_path: Path) -> None:
    def keep(path: Path, payload: bytes) -> None:
        journal = Journal(path)
        list(journal.entries())
        assert journal.mark
        journal.save_checkpoint(journal.mark, "1", payload)

    def prepare(path: Path) -> None:
        journal_at(path.parent, [PLANNED])
        keep(path, b"1")

    for path in deaths(tmp_path, prepare, lambda path: keep(path, b"2")):
        kept = Journal(path).load_checkpoint("1")
        assert kept
        assert kept[1] in (b"1", b"2")
