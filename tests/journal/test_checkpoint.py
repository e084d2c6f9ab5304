"""The state beside a journal: used while it fits, dropped in any doubt."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from journal_samples import AT, EVERY_KIND, journal_at
from reloadpt.files import Trouble
from reloadpt.journal.entries import Mark
from reloadpt.journal.events import Note
from reloadpt.journal.journal import Journal

PAYLOAD = b'{"sets": 12, "note": "\xc3\xa9"}'


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = journal_at(tmp_path)
    assert journal.mark is not None
    journal.save_checkpoint(journal.mark, "history/1", PAYLOAD)
    return journal


def state(journal: Journal) -> Path:
    return journal.path.with_name("journal.state.json")


def test_what_was_kept_comes_back_with_its_mark(journal: Journal) -> None:
    assert Journal(journal.path).load_checkpoint("history/1") == (journal.mark, PAYLOAD)
    assert state(journal).stat().st_mode & 0o777 == 0o600 or os.name == "nt"


def test_it_still_stands_when_more_was_appended(journal: Journal) -> None:
    mark = journal.mark
    journal.append([Note(text="later")], AT)
    again = Journal(journal.path)
    kept = again.load_checkpoint("history/1")
    assert kept == (mark, PAYLOAD)
    assert [entry.event for entry in again.entries(kept[0])] == [Note(text="later")]
    assert again.mark == journal.mark


def test_another_version_begins_anew(journal: Journal) -> None:
    assert journal.load_checkpoint("history/2") is None


def test_without_a_state_or_a_journal_there_is_none(journal: Journal) -> None:
    journal.path.rename(journal.path.with_name("moved"))
    assert journal.load_checkpoint("history/1") is None
    state(journal).unlink()
    assert journal.load_checkpoint("history/1") is None


def test_any_flipped_byte_drops_it(journal: Journal) -> None:
    whole = state(journal).read_bytes()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        state(journal).write_bytes(changed)
        assert journal.load_checkpoint("history/1") is None
    state(journal).write_bytes(whole)
    assert journal.load_checkpoint("history/1")


@pytest.mark.parametrize("content", [b"", b"{}", b"null", b"\xff" * 50, b"[" * 100_000])
def test_a_state_that_is_something_else_drops_it(journal: Journal, content: bytes) -> None:
    state(journal).write_bytes(content)
    assert journal.load_checkpoint("history/1") is None


def test_a_line_that_is_no_longer_there_drops_it(journal: Journal) -> None:
    log = journal.path.read_bytes()
    last = log.rindex(b"\n", 0, -1) + 1
    for changed in (log[:last], log[:-1], log[:-20] + b"x" + log[-19:], log[:-1] + b" \n", b""):
        journal.path.write_bytes(changed)
        assert journal.load_checkpoint("history/1") is None
    journal.path.write_bytes(log)
    assert journal.load_checkpoint("history/1")


@pytest.mark.parametrize("moved", [{"offset": 0}, {"offset": 10**12}, {"n": 3}, {"h": "0" * 32}])
def test_a_mark_that_fits_no_line_drops_it(journal: Journal, moved: dict[str, object]) -> None:
    kept = msgspec.json.decode(state(journal).read_bytes())
    state(journal).write_bytes(msgspec.json.encode(kept | moved))
    assert journal.load_checkpoint("history/1") is None


def test_a_state_that_cannot_be_kept_is_said_so_and_the_old_one_stays(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert journal.mark is not None
    with pytest.raises(Trouble, match="no space left"):
        journal.save_checkpoint(journal.mark, "history/1", b"[]")
    assert journal.load_checkpoint("history/1") == (journal.mark, PAYLOAD)
    assert sorted(path.name for path in journal.path.parent.iterdir()) == [
        "journal.jsonl",
        "journal.lock",
        "journal.state.json",
    ]


def test_a_state_is_not_kept_for_a_log_that_was_removed_or_is_another(journal: Journal) -> None:
    assert journal.mark is not None
    state(journal).unlink()
    journal.save_checkpoint(Mark(1, 1, "0" * 32), "history/1", PAYLOAD)
    journal.path.unlink()
    journal.save_checkpoint(journal.mark, "history/1", PAYLOAD)
    assert not state(journal).exists()


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="asks Linux how much was read")
def test_a_start_reads_only_the_last_line_and_what_is_new(tmp_path: Path) -> None:
    def read_so_far() -> int:
        return int(Path("/proc/self/io").read_text().split()[1])

    journal = journal_at(tmp_path, EVERY_KIND * 300)
    assert journal.mark is not None
    assert journal.path.stat().st_size > 1_200_000
    journal.save_checkpoint(journal.mark, "history/1", PAYLOAD)
    journal.append([Note(text="new")], AT)

    before = read_so_far()
    again = Journal(journal.path)
    kept = again.load_checkpoint("history/1")
    assert kept
    assert len(list(again.entries(kept[0]))) == 1
    again.append([Note(text="newer")], AT)
    assert read_so_far() - before < 400_000

    before = read_so_far()
    assert len(list(Journal(journal.path).entries())) > 5000
    assert read_so_far() - before > 1_200_000
