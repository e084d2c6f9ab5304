"""A whole log: damage is named by line, a torn tail is none, and nothing grows with the file."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_samples import EVERY_KIND, OPENED, events, foreign_log, journal_at, resealed
from profiles import tries
from reloadpt.files import MEBIBYTE, Trouble
from reloadpt.journal.chain import Verdict, verify_file, verify_log
from reloadpt.journal.entries import LONGEST, START, Entry
from reloadpt.journal.events import AnyEvent


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return journal_at(tmp_path_factory.mktemp("log")).path.read_bytes()


def broken_at(log: bytes) -> int:
    verdict = verify_log(log)
    assert verdict.first_break is not None
    assert not verdict.whole
    assert verdict.entries == verdict.first_break.line - 1
    assert str(verdict.first_break).startswith(f"line {verdict.first_break.line} ")
    return verdict.first_break.line


def test_a_log_of_ours_is_whole(log: bytes) -> None:
    verdict = verify_log(log)
    assert verdict.whole
    assert verdict.entries == len(EVERY_KIND) + 1
    assert verdict.end.n == len(EVERY_KIND)
    assert verdict.end.offset == len(log)
    assert verdict.h == log[-35:-3].decode()
    assert (verdict.opened, verdict.log) == (OPENED, OPENED.log)
    assert (verdict.torn, verdict.not_understood) == (0, 0)


@tries(20)
@given(told=st.lists(events, max_size=8))
def test_whatever_happened_the_chain_fits(
    told: list[AnyEvent], tmp_path_factory: pytest.TempPathFactory
) -> None:
    journal = journal_at(tmp_path_factory.mktemp("any"), told)
    seen: list[Entry] = []
    assert verify_file(journal.path).whole
    assert verify_log(journal.path.read_bytes(), on_entry=seen.append).not_understood == 0
    assert [entry.event for entry in seen] == [OPENED, *told]


@pytest.mark.parametrize(
    "style", [{}, {"separators": (",", ":")}, {"ensure_ascii": False, "separators": (" , ", " :")}]
)
def test_a_log_by_another_program_is_whole(style: dict[str, Any]) -> None:
    log = foreign_log(
        ("plan_started", {"plan": {"id": "p", "targets": [], "new_in_2030": True}}),
        ("note", {"text": "<é> & \u2028"}),
        ("dreamt", {"of": "sheep"}),
        ("set_done", {"session": "s", "exercise": "e", "side": "middle", "set": 1}),
        **style,
    )
    verdict = verify_log(log)
    assert verdict.whole
    assert (verdict.entries, verdict.not_understood, verdict.log) == (5, 2, "f0")
    assert broken_at(log.replace(b"sheep", b"goats")) == 4


def test_one_flipped_byte_is_found_wherever_it_is() -> None:
    log = foreign_log(("note", {"text": "a < b"}), ("note", {"text": "é"}), separators=(",", ":"))
    lines = log.split(b"\n")
    ends = [sum(len(line) + 1 for line in lines[: k + 1]) for k in range(3)]
    for place in range(len(log)):
        for bit in range(8):
            changed = bytearray(log)
            changed[place] ^= 1 << bit
            verdict = verify_log(bytes(changed))
            if place == len(log) - 1:
                assert verdict.torn == len(lines[2]) + 1
                assert verdict.entries == 2
            else:
                assert verdict.first_break is not None
                assert verdict.first_break.line == next(k for k in range(3) if place < ends[k]) + 1


def test_a_missing_a_moved_and_a_doubled_line_are_named(log: bytes) -> None:
    lines = log.splitlines(keepends=True)
    assert broken_at(b"".join(lines[1:])) == 1
    assert broken_at(b"".join([*lines[:4], *lines[5:]])) == 5
    assert broken_at(b"".join([*lines[:4], lines[5], lines[4], *lines[6:]])) == 5
    assert broken_at(b"".join([*lines[:5], lines[4], *lines[5:]])) == 6
    assert broken_at(b"".join([*lines[:5], b"\n", *lines[5:]])) == 6
    assert broken_at(b"".join(lines) + lines[0]) == len(lines) + 1


def test_a_line_put_in_with_a_fitting_hash_is_named_by_what_follows(log: bytes) -> None:
    lines = log.splitlines(keepends=True)
    changed = resealed(lines[5].rstrip(b"\n").replace(b'"reps":6', b'"reps":9')) + b"\n"
    assert changed != lines[5]
    assert broken_at(b"".join([*lines[:5], changed, *lines[6:]])) == 7


def test_only_an_earlier_copy_shows_a_lost_end(log: bytes) -> None:
    shorter = b"".join(log.splitlines(keepends=True)[:-3])
    assert verify_log(shorter).whole
    assert log.startswith(shorter)


def test_a_tail_torn_at_any_byte_is_no_break(log: bytes) -> None:
    last = log.splitlines(keepends=True)[-1]
    start = len(log) - len(last)
    for cut in range(start, len(log)):
        verdict = verify_log(log[:cut])
        assert verdict.whole
        assert (verdict.entries, verdict.torn, verdict.end.offset) == (len(EVERY_KIND), cut - start, start)


@pytest.mark.parametrize("tail", [b"\0" * 4096, b"\xff", b"\r", b"x" * (LONGEST * 3), b"<html>"])
def test_a_tail_is_torn_whatever_it_holds(log: bytes, tail: bytes) -> None:
    verdict = verify_log(log + tail)
    assert (verdict.whole, verdict.torn) == (True, len(tail))
    if tail != b"\r":
        assert broken_at(log + tail + b"\n") == verdict.entries + 1


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", "empty"),
        (b"\n", "begin with {"),
        (b"not a log", "not a log"),
        (b"not a log\n", "not a line of a log"),
        (b"{}\n", "hash"),
        (bytes(range(256)) * 40, "not a line of a log"),
        (b"\0" * (2 * MEBIBYTE), "not a log"),
        (b"\x1f\x8b\x08\n\n", "not a line of a log"),
        (b"[" * 200_000 + b"\n", "64 KiB"),
    ],
)
def test_what_is_no_log_is_said_in_a_sentence(content: bytes, wrong: str) -> None:
    verdict = verify_log(content)
    assert verdict.entries == 0
    assert verdict.first_break is not None
    assert verdict.first_break.line == 1
    assert wrong in verdict.first_break.wrong
    assert "\n" not in str(verdict.first_break)


def test_a_line_too_long_is_named_without_being_read_whole(log: bytes) -> None:
    assert broken_at(log + b'{"n":' + b" " * (3 * MEBIBYTE) + b"}\n" + log) == len(EVERY_KIND) + 2


def test_memory_does_not_grow_with_the_file(tmp_path: Path, log: bytes) -> None:
    def peak(path: Path) -> tuple[Verdict, int]:
        tracemalloc.start()
        verdict = verify_file(path)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return verdict, most

    sparse = tmp_path / "sparse.jsonl"
    sparse.write_bytes(log)
    with sparse.open("r+b") as stream:
        stream.truncate(256 * MEBIBYTE)
    verdict, most = peak(sparse)
    assert verdict.torn == 256 * MEBIBYTE - len(log)
    assert most < 6 * MEBIBYTE
    with sparse.open("r+b") as stream:
        stream.seek(0, io.SEEK_END)
        stream.write(b"\n")
    verdict, most = peak(sparse)
    assert "64 KiB" in str(verdict.first_break)
    assert most < 6 * MEBIBYTE


def test_checking_can_go_on_from_a_mark(log: bytes) -> None:
    marks = [START]
    verify_log(log, on_entry=lambda entry: marks.append(marks[-1].after(entry)))
    verdict = verify_log(io.BytesIO(log), marks[4])
    assert (verdict.whole, verdict.entries, verdict.end) == (True, len(EVERY_KIND) - 3, marks[-1])
    wrong = verify_log(log, marks[4]._replace(h="f" * 32))
    assert wrong.first_break is not None
    assert wrong.first_break.line == 5


def test_a_stream_that_cannot_seek_is_read_as_it_comes(log: bytes) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    assert verify_log(Pipe(log)).entries == len(EVERY_KIND) + 1


def test_what_is_written_while_it_is_checked_is_not_mistaken_for_a_line_too_long(log: bytes) -> None:
    class Growing(io.BytesIO):
        def readline(self, limit: int | None = -1) -> bytes:
            line = super().readline(limit)
            return line if len(line) < 400 else line[:-200]

    assert max(map(len, log.splitlines())) > 400
    verdict = verify_log(Growing(log))
    assert verdict.whole
    assert verdict.torn > 0


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no such file"):
        verify_file(tmp_path / "none.jsonl")
    with pytest.raises(Trouble, match="cannot be read"):
        verify_file(tmp_path)


def test_a_first_line_that_is_not_understood_leaves_the_log_without_a_name() -> None:
    log = foreign_log(("note", {"text": "x"}), separators=(",", ":")).splitlines(keepends=True)
    odd = resealed(log[0].rstrip(b"\n").replace(b'"patient":"B-2"', b'"patient":7')) + b"\n"
    verdict = verify_log(odd)
    assert (verdict.whole, verdict.not_understood, verdict.log) == (True, 1, None)
    assert verify_log(log[0]).log == "f0"
