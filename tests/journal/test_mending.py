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
from reloadpt.care.history import History
from reloadpt.files import MEBIBYTE, Trouble
from reloadpt.journal.chain import verify_file
from reloadpt.journal.entries import ZEROS
from reloadpt.journal.events import (
    Amended,
    AnyEvent,
    Cleared,
    Continues,
    FlagRaised,
    LogOpened,
    Lost,
    Needled,
    Note,
    PlanStarted,
    Shared,
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
    return opened, [event for event in carried if event and not isinstance(event, Lost)]


def lost(path: Path) -> list[tuple[int, int]]:
    """The lines that a mended log says are lost: which, and how many."""
    return [
        (entry.event.line, entry.event.lines)
        for entry in Journal(path).entries()
        if isinstance(entry.event, Lost)
    ]


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
        "All of it is kept as journal.broken-20261122T080000Z, and a new log goes on with every line of it that "
        "can be read. 5 of 6 lines can be read. Lost: line 4."
    )
    first, *rest = Journal(journal.path).entries()
    assert isinstance(first.event, LogOpened)
    assert first.event.continues == Continues(log=OPENED.log, h=head)
    assert first.event.log != OPENED.log
    assert (first.event.patient, first.event.zone) == (OPENED.patient, OPENED.zone)
    wrong = "was changed after it was written: its hash does not fit its bytes"
    assert [entry.event for entry in rest] == [plan(), SET, Lost(line=4, wrong=wrong), NEEDLED, FLAG]
    again = Journal(journal.path)
    assert again.append([SET], AT)[-1].n == 6
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


@pytest.mark.parametrize("line", range(2, 2 + len(EVERY_KIND)))
def test_every_other_line_is_carried_as_it_is_with_its_number_and_time(tmp_path: Path, line: int) -> None:
    journal = journal_at(tmp_path, EVERY_KIND)
    before = [entry for entry in Journal(journal.path).entries() if entry.n != line - 1]
    damage(journal.path, line, b'"at"', b'"aT"')
    opened, _ = mended(journal.path)
    after = [*Journal(journal.path).entries()]
    assert opened.continues is not None
    told = after[line - 1].event
    assert isinstance(told, Lost)
    assert (told.line, told.lines) == (line, 1)
    kept = [entry for entry in after if entry.n != line - 1]
    assert [(entry.n, entry.at, entry.event) for entry in kept[1:]] == [
        (entry.n, entry.at, entry.event) for entry in before[1:]
    ]
    assert [entry.line.partition(b'"at"')[2][:-40] for entry in kept[1:]] == [
        entry.line.partition(b'"at"')[2][:-40] for entry in before[1:]
    ]


@pytest.mark.parametrize(
    ("bad", "kept"),
    [
        ((2,), 199),
        ((201,), 199),
        (tuple(range(2, 202, 3)), 133),
        ((100, 101), 198),
        (tuple(range(2, 202)), 0),
    ],
)
def test_of_200_entries_only_those_are_lost_that_were_damaged(
    tmp_path: Path, bad: tuple[int, ...], kept: int
) -> None:
    notes: list[AnyEvent] = [Note(text=str(number)) for number in range(2, 202)]
    journal = journal_at(tmp_path, notes)
    for line in bad:
        damage(journal.path, line, b'"kind"', b'"kinD"')
    _, carried = mended(journal.path)
    assert carried == [note for number, note in enumerate(notes, start=2) if number not in bad]
    assert len(carried) == kept
    assert lost(journal.path) == [(line, 1) for line in bad]


def test_what_names_another_entry_names_it_still(tmp_path: Path) -> None:
    journal = journal_at(
        tmp_path, [Note(text="gone"), SET, SET, Amended(amends=3), Amended(amends=1), Shared(through=4)]
    )
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(b"".join([lines[0], b"x\n", b"y\n", *lines[2:]]))
    _, carried = mended(journal.path)
    # one line more stands before them now; the note that one of them corrected is lost, and it corrects nothing
    assert carried == [SET, SET, Amended(amends=4), Amended(amends=1), Shared(through=5)]


def test_missing_lines_are_counted_and_doubled_ones_carried_once(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET, plan(), NEEDLED, FLAG])
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(b"".join([lines[0], lines[1], lines[1], lines[4]]))
    assert mended(journal.path)[1] == [SET, FLAG]
    assert lost(journal.path) == [(3, 2)]


def test_lines_of_another_log_are_not_carried(tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "one", [plan(), SET])
    other = Journal(tmp_path / "other.jsonl")
    other.start(opened_again(log="11111111-7f5b-4f0e-9a51-0f6a1f0d9a11", patient="B-22"), AT)
    other.append([plan(patient="B-22", id="p9"), NEEDLED], AT)
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(b"".join([*lines[:2], other.path.read_bytes(), lines[2]]))
    assert mended(journal.path)[1] == [plan(), SET]
    assert b"B-22" not in journal.path.read_bytes()


def test_a_log_mended_twice_counts_all_that_was_lost(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [plan(), SET, SET, FLAG])
    damage(journal.path, 3)
    mended(journal.path)
    damage(journal.path, 4)
    assert mended(journal.path)[1] == [plan(), FLAG]
    assert lost(journal.path) == [(3, 1), (4, 1)]
    history = History()
    history.fold(Journal(journal.path).entries())
    assert history.lost == 2


def test_a_damaged_flag_still_locks_and_a_damaged_clearing_frees_nobody(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [plan(), NUMB, FLAG, SEEN])
    damage(journal.path, 3, b'"advice":""', b'"advice":"?"')
    damage(journal.path, 5, b"the clinic", b"the patient")
    assert mended(journal.path)[1] == [plan(), FlagRaised(code="SN", advice="?"), FLAG]
    assert lost(journal.path) == [(3, 1), (5, 1)]


def test_a_damaged_plan_is_taken_only_where_there_is_no_better_one(tmp_path: Path) -> None:
    only = journal_at(tmp_path / "only", [plan(), FLAG])
    damage(only.path, 2, b"A-17", b"A-71")
    assert mended(only.path)[1] == [plan(patient="A-71"), FLAG]

    later = journal_at(tmp_path / "later", [plan(), FLAG, PlanStarted(plan=NEXT_PLAN)])
    damage(later.path, 4, b"A-17", b"A-71")
    assert mended(later.path)[1] == [plan(), FLAG]

    both = journal_at(tmp_path / "both", [plan(), NEEDLED, plan(), FLAG])
    damage(both.path, 2, b"A-17", b"A-71")
    assert mended(both.path)[1] == [NEEDLED, plan(), FLAG]


def test_lost_moved_and_overlong_lines_lose_nothing_else(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET, plan(), NEEDLED, FLAG])
    lines = journal.path.read_bytes().splitlines(keepends=True)
    long = b"x" * (2 * MEBIBYTE) + b"\n"
    journal.path.write_bytes(b"".join([lines[0], long, lines[4], lines[2], long, lines[3], b"x" * 200_000]))
    assert mended(journal.path)[1] == [FLAG, plan(), NEEDLED]
    assert list(tmp_path.glob("*broken*"))


def test_the_order_of_the_file_decides_where_lines_were_moved(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [plan(), FLAG, SEEN])
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(b"".join([lines[0], lines[1], lines[3], lines[2]]))
    assert mended(journal.path)[1] == [plan(), SEEN, FLAG]
    assert not lost(journal.path)


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
    entry, *rest = Journal(path).entries()
    assert all(isinstance(other.event, Lost) for other in rest)
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
    assert [entry.event for entry in journal.entries()][1:] == [
        plan(),
        Lost(line=3, wrong="was changed after it was written: its hash does not fit its bytes"),
    ]
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
