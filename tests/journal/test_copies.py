"""What a sync program did to the folder is said, and nothing of it is lost or read in."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_samples import AT, PLAN, SET, journal_at
from reloadpt.care.record import TORN, WENT_BACK, Record
from reloadpt.journal.copies import copies_of
from reloadpt.journal.events import Note, PlanStarted
from reloadpt.journal.journal import Journal

NAMES = (
    "journal (anna's conflicted copy 2026-11-22).jsonl", "journal.sync-conflict-20261122-101500-ABCDEFG.jsonl",
    "journal-LAPTOP.jsonl", "journal (1).jsonl", "~syncthing~journal.jsonl.tmp", "journal.jsonl.orig",
)  # fmt: skip


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return journal_at(tmp_path, [PlanStarted(plan=PLAN), SET])


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_that_holds_more_is_said_and_left_as_it_is(journal: Journal, name: str) -> None:
    copy = journal.path.with_name(name)
    copy.write_bytes(journal.path.read_bytes())
    assert not copies_of(journal.path), "it holds nothing more"
    Journal(copy).append([Note(text="on the other machine"), SET], AT)
    before = copy.read_bytes(), journal.path.read_bytes()
    [said] = Record.open(journal.path, AT).notices
    assert name in said
    assert "2 entries that are not in your journal" in said
    assert (copy.read_bytes(), journal.path.read_bytes()) == before


def test_a_copy_that_parted_is_counted_from_where_it_parted(journal: Journal) -> None:
    copy = journal.path.with_name(NAMES[0])
    copy.write_bytes(journal.path.read_bytes())
    Journal(copy).append([Note(text="there")], AT)
    journal.append([Note(text="here"), SET, SET], AT)
    assert [each.more for each in copies_of(journal.path)] == [1]


def test_what_the_program_itself_keeps_is_no_copy(journal: Journal) -> None:
    for name in (
        "journal.torn-2-20261122T080000Z",
        "journal.broken-20261122T080000Z",
        ".journal.jsonl.0a1b2c",
        "x.jsonl",
    ):
        journal.path.with_name(name).write_bytes(b"{}\n{}\n")
    journal.path.with_name(NAMES[0]).symlink_to("/etc/hostname")
    assert not copies_of(journal.path)


@pytest.mark.parametrize("put_back", ["an older copy", "another log"])
def test_a_journal_that_went_back_is_said_once(journal: Journal, put_back: str) -> None:
    older = journal.path.read_bytes()
    another = journal_at(
        journal.path.parent / "other", [PlanStarted(plan=PLAN), Note(text="x"), SET]
    ).path.read_bytes()
    record = Record.open(journal.path, AT)
    record.append([Note(text="later")], AT)
    record.keep_state()
    assert not Record.open(journal.path, AT).notices
    journal.path.write_bytes(older if put_back == "an older copy" else another)
    again = Record.open(journal.path, AT)
    assert WENT_BACK in again.notices
    again.keep_state()
    assert not Record.open(journal.path, AT).notices


def test_a_torn_tail_is_said_where_it_is_kept(journal: Journal) -> None:
    with journal.path.open("ab") as stream:
        stream.write(b'{"n":3,')
    [said] = Record.open(journal.path, AT).notices
    [kept] = journal.path.parent.glob("journal.torn-3-*")
    assert said == TORN.format(name=kept.name)
    assert not Record.open(journal.path, AT).notices


def test_a_mended_journal_is_not_missed(journal: Journal) -> None:
    Record.open(journal.path, AT).keep_state()
    journal.path.write_bytes(journal.path.read_bytes().replace(b'"reps":6', b'"reps":7'))
    assert len(Record.open(journal.path, AT).notices) == 1
    assert not Record.open(journal.path, AT).notices
