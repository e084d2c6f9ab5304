"""After a break: the damaged log is kept, and a new one goes on with the plan and what is locked."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_samples import AT, EVERY_KIND, OPENED, PLAN, SET, journal_at, opened_again
from profiles import tries
from reloadpt.files import MEBIBYTE, Trouble
from reloadpt.journal.chain import verify_file
from reloadpt.journal.entries import ZEROS
from reloadpt.journal.events import (
    AnyEvent,
    Cleared,
    Continues,
    FlagRaised,
    LogOpened,
    Needled,
    Note,
    PlanStarted,
)
from reloadpt.journal.journal import Broken, Journal
from reloadpt.journal.mending import mend
from reloadpt.journal.people import NOT_KNOWN

NEXT_PLAN = PLAN | {"id": "p2"}
NEEDLED = Needled(muscle="multifidus", needled_at=AT)
FLAG = FlagRaised(code="SI", advice="Call the clinic today.")
NUMB = FlagRaised(code="SN")
SEEN = Cleared(code="SI", by="the clinic", seen_at="2026-11-22")


def plan(**changed: Any) -> PlanStarted:
    return PlanStarted(plan=PLAN | changed)


def damage(path: Path, line: int, was: bytes | None = None, becomes: bytes = b"\xff") -> None:
    """Change one line (counted from 1), keeping the others as they are."""
    lines = path.read_bytes().splitlines(keepends=True)
    changed = lines[line - 1].replace(was, becomes) if was else becomes + b"\n"
    assert changed != lines[line - 1]
    path.write_bytes(b"".join([*lines[: line - 1], changed, *lines[line:]]))


def mended(path: Path) -> tuple[LogOpened, list[AnyEvent]]:
    """Mend the log; how the new one was opened, and what it carries."""
    mend(path, AT, "reloadpt 0.1.0")
    assert verify_file(path).whole
    opened, *carried = [entry.event for entry in Journal(path).entries()]
    assert isinstance(opened, LogOpened)
    assert None not in carried
    return opened, [event for event in carried if event]


def test_the_damaged_log_is_kept_whole_and_a_new_one_continues_it(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [plan(), SET, SET, NEEDLED, FLAG])
    damage(journal.path, 4, b'"reps":6', b'"reps":9')
    with journal.path.open("ab") as stream:
        stream.write(b"torn tail")
    broken = journal.path.read_bytes()
    head = verify_file(journal.path).h

    said = mend(journal.path, AT, "reloadpt 0.1.0")

    assert (tmp_path / "journal.broken-20261122T080000Z").read_bytes() == broken
    assert said == (
        "The log is damaged: line 4 was changed after it was written: its hash does not fit its bytes. "
        "All of it is kept as journal.broken-20261122T080000Z, and a new log goes on with your plan and "
        "1 warning sign."
    )
    first, *rest = Journal(journal.path).entries()
    assert isinstance(first.event, LogOpened)
    assert first.event.continues == Continues(log=OPENED.log, h=head)
    assert first.event.log != OPENED.log
    assert (first.event.patient, first.event.zone) == (OPENED.patient, OPENED.zone)
    assert [entry.event for entry in rest] == [plan(), NEEDLED, FLAG]
    again = Journal(journal.path)
    assert again.append([SET], AT)[-1].n == 4
    assert verify_file(journal.path).whole


@pytest.mark.skipif(os.name == "nt", reason="permissions are another thing there")
def test_both_files_are_private(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    damage(journal.path, 3)
    old = os.umask(0)
    try:
        mend(journal.path, AT, "")
    finally:
        os.umask(old)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_whole_log_is_left_as_it_is(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    before = journal.path.read_bytes()
    assert "Nothing was changed" in mend(journal.path, AT, "")
    journal.path.write_bytes(before + b"torn")
    assert "Nothing was changed" in mend(journal.path, AT, "")
    assert journal.path.read_bytes() == before + b"torn"
    assert not list(tmp_path.glob("*broken*"))


@pytest.mark.parametrize(
    ("told", "carried"),
    [
        ([], []),
        ([plan()], [plan()]),
        ([plan(), NEEDLED, PlanStarted(plan=NEXT_PLAN)], [PlanStarted(plan=NEXT_PLAN)]),
        ([plan(), PlanStarted(plan=NEXT_PLAN), NEEDLED], [PlanStarted(plan=NEXT_PLAN), NEEDLED]),
        ([plan(), FLAG, SEEN], [plan()]),
        ([plan(), FLAG, NUMB, SEEN], [plan(), NUMB]),
        ([plan(), SEEN, FLAG], [plan(), FLAG]),
        ([plan(), FLAG, FLAG], [plan(), FLAG]),
        ([FLAG], [FLAG]),
        # a new plan ends a lock, the same one again changes nothing
        ([plan(), FLAG, PlanStarted(plan=NEXT_PLAN)], [PlanStarted(plan=NEXT_PLAN)]),
        ([plan(), NEEDLED, FLAG, plan()], [plan(), NEEDLED, FLAG]),
        ([plan(), FLAG, plan(note="the same id")], [plan(), FLAG]),
    ],
)
@pytest.mark.parametrize("where", ["before", "after"])
def test_plan_and_locks_are_carried_from_both_sides_of_the_break(
    tmp_path: Path, told: list[AnyEvent], carried: list[AnyEvent], where: str
) -> None:
    note = Note(text="damaged")
    journal = journal_at(tmp_path, [*told, note] if where == "before" else [note, *told])
    damage(journal.path, len(told) + 2 if where == "before" else 2, b"damaged", b"DAMAGED")
    assert mended(journal.path)[1] == carried


def test_a_damaged_flag_still_locks_and_a_damaged_clearing_frees_nobody(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [plan(), NUMB, FLAG, SEEN])
    damage(journal.path, 3, b'"advice":""', b'"advice":"?"')
    damage(journal.path, 5, b"the clinic", b"the patient")
    assert mended(journal.path)[1] == [plan(), FlagRaised(code="SN", advice="?"), FLAG]


def test_a_damaged_plan_is_taken_only_where_there_is_no_better_one(tmp_path: Path) -> None:
    only = journal_at(tmp_path / "only", [plan(), FLAG])
    damage(only.path, 2, b"A-17", b"A-71")
    assert mended(only.path)[1] == [plan(patient="A-71"), FLAG]

    later = journal_at(tmp_path / "later", [plan(), FLAG, PlanStarted(plan=NEXT_PLAN)])
    damage(later.path, 4, b"A-17", b"A-71")
    assert mended(later.path)[1] == [plan(), FLAG]

    both = journal_at(tmp_path / "both", [plan(), NEEDLED, plan(), FLAG])
    damage(both.path, 2, b"A-17", b"A-71")
    assert mended(both.path)[1] == [plan(), NEEDLED, FLAG]


def test_lost_moved_and_overlong_lines_lose_nothing_else(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET, plan(), NEEDLED, FLAG])
    lines = journal.path.read_bytes().splitlines(keepends=True)
    long = b"x" * (2 * MEBIBYTE) + b"\n"
    journal.path.write_bytes(b"".join([lines[0], long, lines[4], lines[2], long, lines[3], b"x" * 200_000]))
    assert mended(journal.path)[1] == [plan(), NEEDLED]
    assert list(tmp_path.glob("*broken*"))


def test_the_order_of_the_file_decides_where_lines_were_moved(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [plan(), FLAG, SEEN])
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(b"".join([lines[0], lines[1], lines[3], lines[2]]))
    assert mended(journal.path)[1] == [plan(), FLAG]


def test_a_damaged_first_line_still_tells_whose_log_it_is(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [plan(), FLAG])
    damage(journal.path, 1, b"0.1.0", b"9.1.0")
    opened, carried = mended(journal.path)
    assert opened.continues == Continues(log=OPENED.log, h=ZEROS)
    assert (opened.patient, carried) == ("A-17", [plan(), FLAG])


def test_without_a_first_line_the_plan_tells_it(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [plan(), FLAG])
    damage(journal.path, 1)
    opened, carried = mended(journal.path)
    assert (opened.patient, opened.continues, carried) == ("A-17", None, [plan(), FLAG])


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\0" * 70_000, bytes(range(256)) * 9, b"[" * 90_000 + b"\n"]
)
def test_a_log_that_cannot_be_read_at_all_shuts_nobody_out(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(content)
    said = mend(path, AT, "reloadpt 0.1.0")
    assert said.startswith("The log is damaged: line 1 ")
    assert said.endswith("and a new, empty log goes on from it.")
    assert next(tmp_path.glob("*broken*")).read_bytes() == content
    (entry,) = Journal(path).entries()
    assert isinstance(entry.event, LogOpened)
    assert (entry.event.patient, entry.event.continues) == (NOT_KNOWN, None)
    assert Journal(path).append([SET], AT)


def test_mending_again_and_again_keeps_every_file(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [plan(), FLAG])
    logs = set()
    for _ in range(3):
        damage(journal.path, 1, b'"app":"', b'"app":"x')
        logs.add(journal.path.read_bytes())
        assert mended(journal.path)[1] == [plan(), FLAG]
    assert {path.read_bytes() for path in tmp_path.glob("*broken*")} == logs


def test_a_running_journal_notices_that_its_log_was_mended(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [plan(), SET])
    damage(journal.path, 3, b'"reps":6', b'"reps":9')
    with pytest.raises(Broken):
        Journal(journal.path).append([SET], AT)
    mend(journal.path, AT, "")
    with pytest.raises(Trouble, match="NOT saved"):
        journal.append([SET], AT)
    assert [entry.event for entry in journal.entries()][1:] == [plan()]
    assert journal.append([SET], AT)


def test_a_log_of_another_format_is_never_mended(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.start(opened_again(format="reloadpt-log/2"), AT)
    with journal.path.open("ab") as stream:
        stream.write(b"{}\n")
    before = journal.path.read_bytes()
    with pytest.raises(Trouble, match="only reads"):
        mend(journal.path, AT, "")
    assert journal.path.read_bytes() == before
    assert not list(tmp_path.glob("*broken*"))


@pytest.mark.parametrize("nth", range(1, 5))
def test_a_mending_that_fails_leaves_the_log_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    journal = journal_at(tmp_path, [plan(), FLAG])
    damage(journal.path, 2)
    before = journal.path.read_bytes()
    calls = []
    real = os.fsync

    def failing(handle: int) -> None:
        calls.append(handle)
        if len(calls) == nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(Trouble, match="no space left"):
        mend(journal.path, AT, "")
    if nth < 4:
        assert journal.path.read_bytes() == before
    monkeypatch.undo()
    if nth < 4:
        assert mended(journal.path)[1] == [FLAG]
    assert verify_file(journal.path).whole


def test_without_a_log_there_is_nothing_to_mend(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no such file"):
        mend(tmp_path / "journal.jsonl", AT, "")


@tries(40)
@given(data=st.data())
def test_whatever_the_damage_the_journal_opens_again(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    journal = journal_at(tmp_path_factory.mktemp("damaged"), EVERY_KIND)
    log = bytearray(journal.path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(log)))
        log[start : start + data.draw(st.integers(0, 600))] = data.draw(st.binary(max_size=80))
    journal.path.write_bytes(log)
    mend(journal.path, AT, "")
    again = Journal(journal.path)
    if not again.exists:
        again.start(OPENED, AT)
    again.append([SET], AT)
    assert verify_file(journal.path).whole
