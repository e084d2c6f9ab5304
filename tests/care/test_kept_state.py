"""Today from a kept state: the same answer, without reading what lies behind it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from diary import DAY_0, LIBRARY, LOW_BACK, Diary, plan_for

from reloadpt.care.following import KEPT_DAYS
from reloadpt.care.record import Record
from reloadpt.care.today import Today, today_at
from reloadpt.journal.events import Amended, Note

WEEK = "3/2s1 3/2s0 3/2s0 3 3/2 3/2 3 "


def write_down(diary: Diary, path: Path) -> Record:
    """The diary as a journal on disk."""
    record = Record.open(path, DAY_0)
    record.start_plan(diary.plan, diary.entries[0].at)
    for entry in diary.entries[1:]:
        assert entry.event is not None
        record.append([entry.event], entry.at)
    return record


def answer(record: Record, day: int) -> Today:
    return today_at(record.need_plan(), LIBRARY, record.history, DAY_0 + timedelta(days=day, hours=1))


def plain(due: Today) -> tuple[object, ...]:
    """What is shown; not the judgements of days that were forgotten."""
    return due.phases, due.items, due.locked, due.ask, due.next_at, due.notes, due.concerns, due.judgements


@pytest.fixture(scope="module")
def long_diary() -> Diary:
    plan = plan_for(*LOW_BACK, start_pain=3, ends=(DAY_0 + timedelta(days=400)).isoformat())
    return Diary(plan).live("3/2s2 3/2s2 3/2s1 3/2s1 " + WEEK * 14)


def test_after_a_hundred_days_the_kept_state_gives_the_same_today(tmp_path: Path, long_diary: Diary) -> None:
    day = long_diary.next_day
    record = write_down(long_diary, tmp_path / "journal.jsonl")
    whole = plain(answer(record, day))
    record.keep_state()
    again = Record.open(tmp_path / "journal.jsonl", DAY_0)
    first_kept = date.fromordinal((again.history.last_at or DAY_0).toordinal() - KEPT_DAYS)
    assert again.history.trimmed_to == first_kept
    assert min(session.day for session in again.history.sessions.values()) >= first_kept
    assert plain(answer(again, day)) == whole


def test_with_a_kept_state_the_lines_behind_it_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    record = write_down(Diary(plan_for(*LOW_BACK, start_pain=3)).live("3/2s2 3/2s2"), path)
    for _ in range(100):
        record.append([Note(text=f"note {number}") for number in range(1000)], DAY_0 + timedelta(days=2))
    expected = plain(answer(record, 2))
    record.keep_state()
    assert record.history.entries > 100_000
    damage = b"x" * 1000
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(damage)
    again = Record.open(path, DAY_0)
    assert again.notices == [], "the damage was met"
    assert plain(answer(again, 2)) == expected
    (tmp_path / "journal.state.json").unlink()
    assert Record.open(path, DAY_0 + timedelta(days=3)).notices != [], "without the state all is read"


def test_what_was_read_from_the_first_line_is_kept_at_once(tmp_path: Path, long_diary: Diary) -> None:
    path = tmp_path / "journal.jsonl"
    day = long_diary.next_day
    whole = plain(answer(write_down(long_diary, path), day))
    assert not path.with_suffix(".state.json").exists()
    for read in (Record.open(path, DAY_0), Record.open(path, DAY_0)):
        assert path.with_suffix(".state.json").exists(), "killed now, it need not all be read again"
        assert read.history.trimmed_to is not None
        assert plain(answer(read, day)) == whole


def test_a_correction_of_a_forgotten_day_has_all_read_again(tmp_path: Path, long_diary: Diary) -> None:
    path = tmp_path / "journal.jsonl"
    record = write_down(long_diary, path)
    record.keep_state()
    first_rating = next(entry.n for entry in long_diary.entries if entry.kind == "checked_in")
    again = Record.open(path, DAY_0)
    assert again.history.trimmed_to is not None
    again.append([Amended(amends=first_rating + 1, change={"pain": 1}, reason="typed wrongly")], DAY_0)
    read = Record.open(path, DAY_0)
    for each in (again, read):
        assert not each.history.reaches_back
        assert each.history.corrections == 1


def test_an_older_state_is_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    record = write_down(Diary(plan_for(*LOW_BACK)).live("3/2s2"), path)
    assert record.journal.mark is not None
    record.journal.save_checkpoint(record.journal.mark, "history/1", b'{"log":"another"}')
    assert Record.open(path, DAY_0).history.log == record.history.log
