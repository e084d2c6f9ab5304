"""The journal on disk: appended, read, locked, and never joined to what a crash left."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from journal_samples import AT, EVERY_KIND, OPENED, SET, foreign_log, journal_at, opened_again, resealed
from reloadpt.files import Trouble
from reloadpt.journal.chain import verify_file
from reloadpt.journal.entries import LONGEST, START, Entry
from reloadpt.journal.events import AnyEvent, Note, PlanStarted
from reloadpt.journal.journal import Broken, Journal, NotSaved, Replaced
from reloadpt.journal.locks import LockTaken

posix = pytest.mark.skipif(os.name == "nt", reason="permissions are another thing there")


def told(journal: Journal) -> list[AnyEvent | None]:
    return [entry.event for entry in Journal(journal.path).entries()]


def beside(journal: Journal, part: str) -> list[Path]:
    return sorted(path for path in journal.path.parent.iterdir() if part in path.name)


def test_a_log_starts_once_with_its_first_line(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "new" / "journal.jsonl")
    assert not Journal(journal.path).exists
    entry = journal.start(OPENED, AT)
    assert journal.exists
    assert (entry.n, entry.prev, entry.event) == (0, START.h, OPENED)
    assert journal.path.read_bytes() == entry.line + b"\n"
    with pytest.raises(Trouble, match="here already"):
        Journal(journal.path).start(opened_again(patient="B-2"), AT)
    assert told(journal) == [OPENED]


@posix
def test_everything_of_it_is_private_from_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    real = os.write

    def watched(handle: int, data: bytes) -> int:
        modes.append(os.fstat(handle).st_mode & 0o777)
        return real(handle, data)

    monkeypatch.setattr(os, "write", watched)
    old = os.umask(0)
    try:
        journal = journal_at(tmp_path / "home" / "data")
        assert journal.mark
        journal.save_checkpoint(journal.mark, "1", b"{}")
        with journal.session():
            pass
        with journal.path.open("ab") as stream:
            stream.write(b"torn")
        journal.append([SET], AT)
    finally:
        os.umask(old)
    assert set(modes) == {0o600}
    assert len(beside(journal, "")) == 5
    assert {path.stat().st_mode & 0o777 for path in beside(journal, "")} == {0o600}
    assert journal.path.parent.stat().st_mode & 0o777 == 0o700
    assert journal.path.parent.parent.stat().st_mode & 0o777 == 0o700


@posix
def test_what_is_called_saved_was_synced_and_so_was_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[bool, int]] = []
    real = os.fsync

    def watched(handle: int) -> None:
        found = os.fstat(handle)
        synced.append((os.path.isdir(f"/proc/self/fd/{handle}"), found.st_size))  # noqa: PTH112
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    journal = Journal(tmp_path / "journal.jsonl")
    line = len(journal.start(OPENED, AT).line) + 1
    assert synced[0] == (False, line)
    assert synced[1][0]
    synced.clear()
    (entry,) = journal.append([SET], AT)
    assert synced == [(False, line + len(entry.line) + 1)]


def test_several_events_are_one_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = journal_at(tmp_path, ())
    writes: list[bytes] = []
    real = os.write

    def watched(handle: int, data: bytes) -> int:
        writes.append(bytes(data))
        return real(handle, data)

    monkeypatch.setattr(os, "write", watched)
    entries = journal.append(EVERY_KIND, AT)
    assert len(writes) == 1
    assert writes[0] == b"".join(entry.line + b"\n" for entry in entries)
    assert [entry.event for entry in entries] == list(EVERY_KIND)
    assert [entry.n for entry in entries] == list(range(1, len(EVERY_KIND) + 1))
    assert told(journal) == [OPENED, *EVERY_KIND]


def test_appending_nothing_writes_nothing(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    before = journal.path.read_bytes()
    assert journal.append((), AT) == ()
    assert Journal(journal.path).append((), AT) == ()
    assert journal.path.read_bytes() == before


def test_one_event_that_cannot_be_written_saves_none_of_them(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, ())
    with pytest.raises(Trouble, match="64 KiB"):
        journal.append([SET, Note(text="x" * 10_000), PlanStarted(plan={"note": "<" * 11_000})], AT)
    assert told(journal) == [OPENED]
    assert len(journal.append([SET], AT)) == 1


def test_a_clock_set_back_does_not_matter(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, ())
    for days in (3, -400, 0, -1):
        journal.append([SET], AT + timedelta(days=days))
    assert verify_file(journal.path).whole
    assert [entry.at - AT for entry in journal.entries()][1:3] == [timedelta(days=3), timedelta(days=-400)]


def test_without_a_log_nothing_is_appended(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="NOT saved"):
        Journal(tmp_path / "journal.jsonl").append([SET], AT)
    with pytest.raises(NotSaved, match="NOT saved"):
        Journal(tmp_path / "nowhere" / "journal.jsonl").append([SET], AT)
    assert not (tmp_path / "journal.jsonl").exists()
    assert not (tmp_path / "nowhere").exists()


# reading


def test_reading_goes_on_from_a_mark(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    mark = START
    for entry in journal.entries():
        mark = mark.after(entry)
        assert [later.n for later in Journal(journal.path).entries(mark)] == list(
            range(entry.n + 1, len(EVERY_KIND) + 1)
        )
    assert mark == journal.mark


def test_the_mark_is_where_reading_ended(tmp_path: Path) -> None:
    assert Journal(tmp_path / "journal.jsonl").mark is None
    journal = Journal(journal_at(tmp_path).path)
    for entry in journal.entries():
        if entry.n == 3:
            break
    assert journal.mark is not None
    assert journal.mark.n == 3
    assert [entry.n for entry in journal.append([SET], AT)] == list(range(4, len(EVERY_KIND) + 2))


def test_reading_from_an_earlier_mark_does_not_lead_an_append_astray(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET, SET, SET])
    assert next(journal.entries()).n == 0
    assert journal.mark
    assert journal.mark.n == 0
    assert [entry.n for entry in journal.append([SET], AT)] == [1, 2, 3, 4]
    assert verify_file(journal.path).whole


def test_what_another_program_added_is_handed_out_before_ones_own(tmp_path: Path) -> None:
    mine = journal_at(tmp_path, ())
    other = Journal(mine.path)
    assert [entry.n for entry in other.append([Note(text="theirs")], AT)] == [1]
    handed = mine.append([Note(text="mine")], AT)
    assert [entry.event for entry in handed] == [Note(text="theirs"), Note(text="mine")]
    assert mine.append([SET], AT)[0].n == 3
    assert [entry.n for entry in other.append([SET], AT)] == [2, 3, 4]
    assert verify_file(mine.path).entries == 5


def test_a_log_by_another_program_is_read_and_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(foreign_log(("note", {"text": "é <3"}), ("dreamt", {"of": "sheep"})))
    journal = Journal(path)
    assert [entry.event for entry in journal.entries()][1:] == [Note(text="é <3"), None]
    journal.append([SET], AT)
    assert verify_file(path).entries == 4


@pytest.mark.parametrize("format_", ["reloadpt-log/2", "someone-elses/1"])
def test_a_log_of_another_major_format_is_read_and_never_written_to(tmp_path: Path, format_: str) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.start(opened_again(format=format_), AT)
    again = Journal(journal.path)
    assert len(list(again.entries())) == 1
    before = journal.path.read_bytes() + b'{"n":1'
    journal.path.write_bytes(before)
    with pytest.raises(NotSaved, match="only reads"):
        again.append([SET], AT)
    assert journal.path.read_bytes() == before


def test_a_newer_minor_format_is_written_to(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.start(opened_again(format="reloadpt-log/1.4"), AT)
    assert Journal(journal.path).append([SET], AT)


def test_a_line_changed_with_care_is_noticed_at_the_one_after_it(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET, SET])
    lines = journal.path.read_bytes().splitlines(keepends=True)
    lines[1] = resealed(lines[1][:-1].replace(b'"reps":6', b'"reps":9')) + b"\n"
    journal.path.write_bytes(b"".join(lines))
    with pytest.raises(Broken, match="line 3 does not follow"):
        list(Journal(journal.path).entries())


# torn tails


def test_a_line_torn_at_any_byte_is_set_aside_and_never_swallows_the_next(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET, Note(text="é the last line <3")])
    whole = journal.path.read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    for cut in range(start, len(whole)):
        journal.path.write_bytes(whole[:cut])
        assert told(journal) == [OPENED, SET], "a reader leaves the tail alone"
        assert journal.path.read_bytes() == whole[:cut]
        again = Journal(journal.path)
        assert again.exists
        assert [entry.n for entry in again.append([Note(text="next")], AT)] == [2]
        assert told(journal) == [OPENED, SET, Note(text="next")]
        assert verify_file(journal.path).whole
        kept = beside(journal, "torn-2-20261122T080000Z")
        assert [path.read_bytes() for path in kept] == ([whole[start:cut]] if cut > start else [])
        for path in kept:
            path.unlink()


def test_a_tail_torn_while_this_program_runs_is_set_aside_too(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, ())
    for k in range(3):
        with journal.path.open("ab") as stream:
            stream.write(b'{"n":99' + b"x" * (LONGEST * k))
        (entry,) = journal.append([Note(text=str(k))], AT)
        assert entry.n == k + 1
    assert verify_file(journal.path).entries == 4
    assert len(beside(journal, "torn")) == 3


def test_tails_torn_in_the_same_second_do_not_replace_one_another(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, ())
    whole = journal.path.read_bytes()
    for tail in (b"a", b"b", b"c"):
        journal.path.write_bytes(whole + tail)
        Journal(journal.path).append((), AT)
    assert sorted(path.read_bytes() for path in beside(journal, "torn-1")) == [b"a", b"b", b"c"]
    assert journal.path.read_bytes() == whole


def test_a_first_line_torn_is_no_log_yet_and_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    for content in (b"", b'{"n":0,"prev"', b"\0" * (3 * LONGEST)):
        journal.path.write_bytes(content)
        assert not journal.exists
        assert list(Journal(journal.path).entries()) == []
        Journal(journal.path).start(OPENED, AT)
        assert told(journal) == [OPENED]
    assert len(beside(journal, "torn-0")) == 2


# breaks


def test_a_line_that_does_not_fit_is_named_when_it_is_read(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    lines = journal.path.read_bytes().splitlines(keepends=True)
    for damaged in (
        [*lines[:4], *lines[5:]],
        [*lines[:4], lines[5], lines[4], *lines[6:]],
        [*lines[:4], b"\xff\n", *lines[5:]],
        [*lines[:4], lines[4].replace(b"2026", b"2027"), *lines[5:]],
        [*lines[:4], b"x" * 70_000 + b"\n", *lines[5:]],
    ):
        journal.path.write_bytes(b"".join(damaged))
        seen: list[Entry] = []
        with pytest.raises(Broken, match="line 5 ") as broken:
            seen.extend(Journal(journal.path).entries())
        assert broken.value.first_break.line == 5


def test_nothing_is_appended_to_a_last_line_that_does_not_fit(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    changed = journal.path.read_bytes()[:-60] + b"x" + journal.path.read_bytes()[-59:]
    journal.path.write_bytes(changed)
    for events in ([SET], ()):
        with pytest.raises(Broken, match=f"line {len(EVERY_KIND) + 1} was changed"):
            Journal(journal.path).append(events, AT)
    again = Journal(journal.path)
    again.mark = journal.mark
    with pytest.raises(Broken, match="was changed"):
        again.append([SET], AT)
    assert journal.path.read_bytes() == changed


def test_nothing_is_appended_after_another_programs_bad_line(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET])
    with journal.path.open("ab") as stream:
        stream.write(b'{"n":2}\n')
    with pytest.raises(Broken, match="line 3 "):
        journal.append([SET], AT)
    with pytest.raises(Broken, match="line 3 "):
        Journal(journal.path).append([SET], AT)


def test_a_damaged_first_line_is_a_break(tmp_path: Path) -> None:
    journal = journal_at(tmp_path)
    journal.path.write_bytes(b"x" + journal.path.read_bytes()[1:])
    with pytest.raises(Broken, match="line 1 "):
        Journal(journal.path).append([SET], AT)
    with pytest.raises(Broken, match="line 1 "):
        list(Journal(journal.path).entries())


def test_a_journal_put_in_the_place_of_ours_is_noticed(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET])
    assert journal.mark
    mark = journal.mark
    theirs = tmp_path / "theirs"
    theirs.write_bytes(foreign_log(*[("note", {"text": "x" * 300})] * 5))
    theirs.replace(journal.path)
    before = journal.path.read_bytes()
    for _ in range(2):
        with pytest.raises(Replaced, match="NOT saved"):
            journal.append([SET], AT)
    with pytest.raises(Replaced):
        list(journal.entries(mark))
    assert journal.path.read_bytes() == before
    assert len(list(journal.entries())) == 6
    assert journal.append([SET], AT)[0].n == 6
    assert verify_file(journal.path).whole


def test_a_shorter_copy_put_back_is_noticed(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET])
    earlier = journal.path.read_bytes()
    journal.append([SET], AT)
    journal.path.write_bytes(earlier)
    with pytest.raises(Replaced):
        journal.append([SET], AT)
    assert journal.path.read_bytes() == earlier


def test_the_same_content_under_a_new_inode_is_gone_on_with(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET])
    copy = tmp_path / "copy"
    copy.write_bytes(journal.path.read_bytes())
    copy.replace(journal.path)
    assert len(journal.append([SET], AT)) == 1
    assert verify_file(journal.path).entries == 3


def test_conflict_copies_beside_it_are_left_alone(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET])
    copy = tmp_path / "journal (conflicted copy 2026-11-22).jsonl"
    copy.write_bytes(journal.path.read_bytes()[:-9])
    journal.append([SET], AT)
    assert verify_file(journal.path).entries == 3
    assert copy.exists()


# locks


def test_one_session_at_a_time(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, ())
    with journal.session():
        with (
            pytest.raises(LockTaken, match="Another window has a session open"),
            Journal(journal.path).session(),
        ):
            pytest.fail("two sessions at once")
        journal.append([SET], AT)
    with Journal(journal.path).session():
        pass


HOLD = """
import sys
from pathlib import Path
from reloadpt.journal.journal import Journal
with Journal(Path(sys.argv[1])).session():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_session_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, ())
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(journal.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout
        assert child.stdout.readline().strip() == b"held"
        with pytest.raises(LockTaken), journal.session():
            pytest.fail("two sessions at once")
        child.kill()
        child.wait()
    with journal.session():
        pass


def test_an_append_gives_up_on_a_lock_that_is_never_let_go(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, ())
    other = Journal(journal.path)
    other._lock.patience_s = 0.01
    with journal._lock, pytest.raises(NotSaved, match="another program keeps the log locked"):
        other.append([SET], AT)
    assert len(other.append([SET], AT)) == 1


def test_an_append_waits_for_another_one(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, ())
    other = Journal(journal.path)
    started = threading.Event()

    def later() -> None:
        started.set()
        other.append([Note(text="waited")], AT)

    thread = threading.Thread(target=later)
    with journal._lock:
        thread.start()
        started.wait()
        assert told(journal) == [OPENED]
    thread.join()
    assert told(journal) == [OPENED, Note(text="waited")]


def test_a_lock_file_removed_meanwhile_is_left_for_the_new_one_once_another_writer_is_seen(
    tmp_path: Path,
) -> None:
    first = journal_at(tmp_path, [SET])
    first._lock.patience_s = 0.0
    first.path.with_name("journal.lock").unlink()
    later = Journal(first.path)
    later.append([SET], AT)
    with later._lock, pytest.raises(NotSaved, match="locked"):
        first.append([SET], AT)
    first.append([SET], AT)
    with first._lock:
        later._lock.patience_s = 0.0
        with pytest.raises(NotSaved, match="locked"):
            later.append([SET], AT)
    assert verify_file(first.path).entries == 4


def test_threads_of_one_program_take_turns(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, ())
    threads = [
        threading.Thread(target=lambda k=k: [journal.append([Note(text=f"{k}.{i}")], AT) for i in range(20)])
        for k in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    texts = [event.text for event in told(journal) if isinstance(event, Note)]
    assert sorted(texts) == sorted(f"{k}.{i}" for k in range(4) for i in range(20))
    assert verify_file(journal.path).whole


def test_a_folder_that_takes_no_writing_says_that_nothing_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = journal_at(tmp_path, [SET]).path
    real = os.open

    def read_only(file: str | Path, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, "Read-only file system", str(file))
        return real(file, flags, mode)

    monkeypatch.setattr(os, "open", read_only)
    journal = Journal(path)
    with pytest.raises(NotSaved, match="NOT saved") as trouble:
        journal.append([SET], AT)
    assert "read-only file system" in str(trouble.value)
    assert len(list(journal.entries())) == 2
    monkeypatch.undo()
    assert len(journal.append([SET], AT)) == 1, "an open that failed is no reason to give up"


def test_after_closing_it_opens_again(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET])
    journal.close()
    journal.close()
    assert journal.append([SET], AT)[0].n == 2


def test_a_reader_is_not_troubled_by_a_line_that_is_being_written(tmp_path: Path) -> None:
    journal = journal_at(tmp_path, [SET])
    whole = journal.path.read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    journal.path.write_bytes(whole[: start + 30])
    reading = Journal(journal.path).entries()
    assert next(reading).event == OPENED
    with journal.path.open("ab") as stream:
        stream.write(whole[start + 30 :])
    assert len(list(reading)) <= 1
    assert told(journal) == [OPENED, SET]
