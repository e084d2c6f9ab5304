"""What was called saved is read back: a journal replaced, cut, grown or gone meanwhile is noticed at the next entry."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app_runs import NEEDLED, home_with_plan, low_back_plan
from reloadpt.care.record import RESCUED, Record
from reloadpt.clinic.receiving import receive
from reloadpt.files import Places
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import Note
from reloadpt.journal.journal import Journal, NotSaved

LATER = NEEDLED + timedelta(hours=3)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("HOME", str(tmp_path))
    return home_with_plan(tmp_path)


def tell(record: Record, *words: str) -> None:
    for word in words:
        record.append([Note(text=word)], LATER)


def notes(path: Path) -> list[str]:
    assert verify_file(path).whole
    return [entry.event.text for entry in Journal(path).entries() if isinstance(entry.event, Note)]


@pytest.mark.parametrize("how", ["an older copy", "cut", "an older copy that grew"])
def test_what_a_restored_or_cut_journal_lost_is_written_again(home: Places, tmp_path: Path, how: str) -> None:
    record = Record.open(home.journal, NEEDLED)
    tell(record, "first")
    copy = shutil.copyfile(home.journal, tmp_path / "copy.jsonl")
    tell(record, "second", "third")
    if how == "cut":
        home.journal.write_bytes(copy.read_bytes())
    else:
        copy.replace(home.journal)
    if how == "an older copy that grew":
        Record.open(home.journal, NEEDLED).append([Note(text="elsewhere")], LATER)
    tell(record, "fourth")
    grown = ["elsewhere"] if how == "an older copy that grew" else []
    assert notes(home.journal) == ["first", *grown, "second", "third", "fourth"]
    [said] = record.take_changes()
    assert "2 entries that it no longer held: written again" in said
    assert record.take_changes() == []
    assert record.history.entries == verify_file(home.journal).entries


def test_what_another_program_added_is_told_with_its_count(home: Places) -> None:
    record = Record.open(home.journal, NEEDLED)
    tell(record, "first")
    Record.open(home.journal, NEEDLED).append([Note(text="theirs"), Note(text="too")], LATER)
    tell(record, "second")
    assert notes(home.journal) == ["first", "theirs", "too", "second"]
    [said] = record.take_changes()
    assert "added 2 entries" in said


def test_a_line_of_ours_that_was_damaged_is_written_again(home: Places) -> None:
    record = Record.open(home.journal, NEEDLED)
    tell(record, "first", "second", "third")
    home.journal.write_bytes(home.journal.read_bytes().replace(b'"second"', b'"secOnd"') + b"{}\n")
    tell(record, "fourth")
    assert sorted(notes(home.journal)) == ["first", "fourth", "second", "third"]
    assert "1 entry that it no longer held" in record.take_changes()[0]


def test_a_journal_that_is_gone_is_told_and_all_is_written_when_it_is_back(
    home: Places, tmp_path: Path
) -> None:
    record = Record.open(home.journal, NEEDLED)
    tell(record, "first")
    away = home.data.rename(tmp_path / "away")
    for _ in range(2):
        with pytest.raises(NotSaved, match="your journal is gone from its place"):
            tell(record, "second")
        assert record.history.plan is not None  # no first questions in the middle
    assert not home.journal.exists()
    kept = receive(tmp_path / RESCUED, None)
    assert len(kept.course.notes) == 2
    away.rename(home.data)
    tell(record, "second")
    assert notes(home.journal) == ["first", "second"]


def test_nothing_is_written_into_the_journal_of_another_person(home: Places, tmp_path: Path) -> None:
    record = Record.open(home.journal, NEEDLED)
    tell(record, "mine")
    other = home_with_plan(tmp_path / "other", low_back_plan(patient="B-22"))
    shutil.copyfile(other.journal, home.journal)
    with pytest.raises(NotSaved, match="“B-22”"):
        tell(record, "mine too")
    assert home.journal.read_bytes() == other.journal.read_bytes()
    assert record.history.patient == "A-17"
