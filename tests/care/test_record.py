"""The record: journal and history in step, whatever happened to the file meanwhile."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reloadpt.care.record import Record
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import CheckedIn, Note
from reloadpt.journal.journal import NotSaved
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, make_plan, parse_target

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def begun(folder: Path) -> Record:
    """A record with a plan and two entries."""
    library = Library()
    plan = make_plan(
        patient="A-17",
        targets=(parse_target("multifidus:wake", AT, library),),
        answers=ScreeningAnswers.parse(["all=no"]),
        at=AT,
        made_by="the clinic",
    )
    record = Record.open(folder / "journal.jsonl", AT)
    record.start_plan(plan, AT)
    record.append([CheckedIn(when="before", pain=3)], AT + timedelta(hours=1))
    return record


def test_what_one_program_writes_the_other_has_at_its_next_append(tmp_path: Path) -> None:
    one = begun(tmp_path)
    other = Record.open(tmp_path / "journal.jsonl", AT)
    other.append([CheckedIn(when="other", pain=7)], AT + timedelta(hours=2))
    one.append([Note(text="x")], AT + timedelta(hours=3))
    assert [check_in.pain for _, check_in in one.history.check_ins()] == [3, 7]


def test_a_kept_state_gives_the_same_history_as_reading_it_all(tmp_path: Path) -> None:
    record = begun(tmp_path)
    record.keep_state()
    record.append([CheckedIn(when="other", pain=5)], AT + timedelta(hours=2))
    again = Record.open(record.journal.path, AT)
    (tmp_path / "journal.state.json").unlink()
    whole = Record.open(record.journal.path, AT)
    assert list(again.history.check_ins()) == list(whole.history.check_ins())
    assert again.plan == whole.plan


@pytest.mark.parametrize("state", [b"", b"{}", b"\x00\xff", b'{"offset": 1e999}', b"[" * 10_000])
def test_a_state_in_doubt_is_rebuilt(tmp_path: Path, state: bytes) -> None:
    record = begun(tmp_path)
    record.keep_state()
    (tmp_path / "journal.state.json").write_bytes(state)
    assert [check_in.pain for _, check_in in Record.open(record.journal.path, AT).history.check_ins()] == [3]


def test_a_torn_tail_is_set_aside_when_the_record_is_opened(tmp_path: Path) -> None:
    record = begun(tmp_path)
    with record.journal.path.open("ab") as handle:
        handle.write(b'{"n":3,"pre')
    Record.open(record.journal.path, AT)
    assert verify_file(record.journal.path).torn == 0
    assert len(list(tmp_path.glob("journal.torn-*"))) == 1


def test_a_broken_journal_is_kept_and_the_plan_carried_on(tmp_path: Path) -> None:
    record = begun(tmp_path)
    data = record.journal.path.read_bytes()
    record.journal.path.write_bytes(data.replace(b'"pain":3', b'"pain":4'))
    opened = Record.open(record.journal.path, AT)
    assert len(opened.notices) == 1
    assert opened.plan is not None
    assert opened.plan.patient == "A-17"
    assert verify_file(record.journal.path).first_break is None
    assert len(list(tmp_path.glob("*.broken-*"))) == 1


def test_a_journal_broken_under_a_running_program_is_mended_at_the_next_append(tmp_path: Path) -> None:
    record = begun(tmp_path)
    data = record.journal.path.read_bytes()
    record.journal.path.write_bytes(data + b'{"n":3}\n')
    record.append([Note(text="still here")], AT + timedelta(hours=2))
    assert record.notices
    assert verify_file(record.journal.path).first_break is None
    assert b"still here" in record.journal.path.read_bytes()


def test_a_journal_that_was_replaced_is_read_again(tmp_path: Path) -> None:
    record = begun(tmp_path / "one")
    begun(tmp_path / "two").append([CheckedIn(when="other", pain=9)], AT + timedelta(hours=2))
    (tmp_path / "two" / "journal.jsonl").replace(record.journal.path)
    record.append([Note(text="x")], AT + timedelta(hours=3))
    assert [check_in.pain for _, check_in in record.history.check_ins()] == [3, 9]
    assert verify_file(record.journal.path).first_break is None


def test_after_a_disk_that_failed_the_next_append_tries_afresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = begun(tmp_path)
    real = os.fsync

    def failing(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(NotSaved):
        record.append([Note(text="lost")], AT)
    monkeypatch.setattr(os, "fsync", real)
    record.append([Note(text="kept")], AT)
    assert verify_file(record.journal.path).first_break is None
    assert b"kept" in record.journal.path.read_bytes()
    assert b"lost" not in record.journal.path.read_bytes()
