"""What was called saved is read back: a journal replaced, cut, grown or gone meanwhile is noticed at the next entry."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app_runs import NEEDLED, home_with_plan, low_back_plan
from reloadpt.care.record import Record
from reloadpt.clinic.receiving import receive
from reloadpt.files import Places
from reloadpt.journal.chain import verify_file
from reloadpt.journal.elsewhere import files_elsewhere, place_elsewhere
from reloadpt.journal.events import FlagRaised, Note
from reloadpt.journal.journal import Journal, NotSaved, OutOfReach

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


def test_a_journal_that_is_gone_is_told_and_nothing_is_begun_anew(home: Places, tmp_path: Path) -> None:
    record = Record.open(home.journal, NEEDLED)
    tell(record, "first")
    away = home.data.rename(tmp_path / "away")
    for _ in range(2):
        with pytest.raises(OutOfReach, match="your journal is gone from its place"):
            tell(record, "second")
        assert record.history.plan is not None  # no first questions in the middle
    assert not home.data.exists()
    assert files_elsewhere() == []  # it is offered, and not done unasked
    away.rename(home.data)
    tell(record, "second")
    assert notes(home.journal) == ["first", "second"]


def gone_and_elsewhere(home: Places, tmp_path: Path) -> tuple[Record, Path]:
    """A record that tells first at home, then second and third elsewhere; and where the home went."""
    record = Record.open(home.journal, NEEDLED)
    tell(record, "first")
    away = home.data.rename(tmp_path / "away")
    with pytest.raises(OutOfReach):
        tell(record, "second")
    record.write_elsewhere(LATER)
    tell(record, "second", "third")
    return record, away


def test_what_is_written_elsewhere_is_there_and_can_be_read_by_itself(home: Places, tmp_path: Path) -> None:
    record, _ = gone_and_elsewhere(home, tmp_path)
    [path] = files_elsewhere()
    assert path.stat().st_mode & 0o077 == 0
    log = receive(path, None)
    assert (log.log, log.course.patient) == (record.history.log, "A-17")
    assert len(log.course.notes) == 3
    assert log.damaged == 1  # the plan, which stood only in the journal
    assert not home.data.exists()


def test_it_comes_back_as_soon_as_the_journal_does(home: Places, tmp_path: Path) -> None:
    record, away = gone_and_elsewhere(home, tmp_path)
    record.take_changes()
    away.rename(home.data)
    tell(record, "fourth")
    assert notes(home.journal) == ["first", "second", "third", "fourth"]
    assert record.take_changes() == [
        "2 entries that had been written elsewhere, while your journal was out of reach: now in your journal."
    ]
    assert not place_elsewhere().exists()
    assert record.history.entries == verify_file(home.journal).entries


@pytest.mark.parametrize("grown", [False, True])
def test_it_comes_back_at_the_next_start(home: Places, tmp_path: Path, *, grown: bool) -> None:
    record, away = gone_and_elsewhere(home, tmp_path)
    record.keep_state()
    assert not home.data.exists()
    away.rename(home.data)
    if grown:
        Journal(home.journal).append([Note(text="meanwhile")], LATER)
    again = Record.open(home.journal, LATER)
    assert notes(home.journal) == ["first", *["meanwhile"] * grown, "second", "third"]
    assert any("2 entries that had been written elsewhere" in notice for notice in again.notices)
    assert not place_elsewhere().exists()
    assert not any("elsewhere" in notice for notice in Record.open(home.journal, LATER).notices)


def test_another_log_takes_nothing_of_it(home: Places, tmp_path: Path) -> None:
    gone_and_elsewhere(home, tmp_path)
    other = home_with_plan(tmp_path / "other")
    before = other.journal.read_bytes()
    assert Record.open(other.journal, LATER).notices == []
    assert other.journal.read_bytes() == before
    assert len(files_elsewhere()) == 1
    [notice] = Record.open(home.journal, LATER).notices
    assert str(place_elsewhere()) in notice


def test_what_cannot_be_written_elsewhere_either_is_not_saved(home: Places, tmp_path: Path) -> None:
    record, _ = gone_and_elsewhere(home, tmp_path)
    shutil.rmtree(place_elsewhere())
    place_elsewhere().write_text("a file")
    with pytest.raises(NotSaved, match="NOT saved"):
        tell(record, "fourth")


def test_what_is_held_locks_and_is_written_with_the_next(home: Places, tmp_path: Path) -> None:
    record = Record.open(home.journal, NEEDLED)
    away = home.data.rename(tmp_path / "away")
    sign = FlagRaised(code="ST", advice="x")
    with pytest.raises(OutOfReach):
        record.append([sign], LATER)
    record.hold([sign], LATER)
    assert [lock.code for lock in record.history.locks] == ["ST"]
    record.keep_state()
    away.rename(home.data)
    tell(record, "later")
    assert [lock.code for lock in record.history.locks] == ["ST"]
    told = [entry.event for entry in Journal(home.journal).entries()]
    assert told[-2:] == [sign, Note(text="later")]


def test_nothing_is_written_into_the_journal_of_another_person(home: Places, tmp_path: Path) -> None:
    record = Record.open(home.journal, NEEDLED)
    tell(record, "mine")
    other = home_with_plan(tmp_path / "other", low_back_plan(patient="B-22"))
    shutil.copyfile(other.journal, home.journal)
    with pytest.raises(NotSaved, match="“B-22”"):
        tell(record, "mine too")
    assert home.journal.read_bytes() == other.journal.read_bytes()
    assert record.history.patient == "A-17"
