from __future__ import annotations

import os
import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from profiles import tries
from reloadpt.clinic.receiving import LARGEST, receive
from reloadpt.files import Trouble
from reloadpt.journal.entries import ZEROS, escape, line_hash, write_line
from reloadpt.journal.events import LogOpened
from reloadpt.measures.adherence import adherence_between
from reloadpt.measures.planned import planned_days
from reloadpt.share.embedded import OPENING, embed
from reloadpt.share.seal import new_key
from reloadpt.share.seal import seal_bytes as sealed
from sample_logs import NEEDLED, at, begins, entries_of, lines_of, rated, sat, sent

LINES = lines_of(entries_of((at(0), begins()), rated(0, 4), *sat(0), sent(0)))
PAGE = b"<!DOCTYPE html><title>x</title>" + embed(LINES) + b"</html>"


def written(folder: Path, data: bytes, name: str = "a.html") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def why(path: Path, secret: str | None = None) -> str:
    with pytest.raises(Trouble) as refused:
        receive(path, secret)
    told = str(refused.value)
    assert "\n" not in told
    return told


def raw(n: int, prev: str, rest: str) -> bytes:
    """A line as another program might write it, hash and all."""
    body = escape(f'{{"n":{n},"prev":"{prev}","at":"2026-11-20T09:00:00+01:00",{rest}'.encode())
    return b'%b,"h":"%b"}\n' % (body, line_hash(body).encode())


def test_a_report_and_a_bare_log_give_the_same_lines(tmp_path: Path) -> None:
    assert receive(written(tmp_path, PAGE), None).lines == LINES
    assert receive(written(tmp_path, LINES, "a.jsonl"), None).lines == LINES


def test_a_sealed_one_opens_with_the_clinics_key_alone(tmp_path: Path) -> None:
    secret, public = new_key()
    other, _ = new_key()
    path = written(tmp_path, sealed(PAGE, public), "a.html.age")
    assert receive(path, secret).lines == LINES
    assert "another key" in why(path, other)
    assert "no key yet" in why(path)


def test_a_sealed_file_that_was_touched_is_refused(tmp_path: Path) -> None:
    secret, public = new_key()
    whole = sealed(PAGE, public)
    for data in (whole[:-1], whole[:40], whole[:-9] + b"x" + whole[-8:], whole[:30] + b"?" + whole[31:]):
        assert "damaged" in why(written(tmp_path, data), secret)
    assert "sealed twice" in why(written(tmp_path, sealed(whole, public)), secret)


def test_a_torn_tail_is_left_behind(tmp_path: Path) -> None:
    assert receive(written(tmp_path, LINES + b'{"n":99', "a.jsonl"), None).lines == LINES


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"hello", "a text, which is not read"),
        (b"<html></html>", "without a log inside"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture, which is not read"),
        (b"PK\x03\x04rest", "zip"),
        (PAGE.decode().encode("utf-16"), "UTF-16"),
        (PAGE + PAGE, "more than one log"),
        (PAGE + OPENING, "more than one log"),
        (PAGE + b"<p id=\"reloadpt-log\">", "more than one log"),
        (OPENING + LINES, "breaks off"),
        (OPENING + b"</script>", "damaged"),
        (embed(b"\n" + LINES), "line 1"),
        (b"{}\n", "line 1"),
        (b'{"a":' * 100_000, "never ends"),
        (b'{"a":' * 10_000 + b"\n", "line 1"),
        (b"{" + b"x" * 70_000 + b"\n", "longer than 64 KiB"),
    ],
    ids=range(17),
)  # fmt: skip
def test_what_is_no_whole_log_is_refused_in_one_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in why(written(tmp_path, data))


@pytest.mark.parametrize(
    ("data", "damaged", "says"),
    [
        (embed(LINES.replace(b"\n", b"\r\n")), 0, ""),
        (b"\xef\xbb\xbf" + LINES, 0, ""),
        (embed(b"\xef\xbb\xbf" + LINES), 1, "10 of 10 lines can be read"),
        (LINES + LINES, 1, "line 11"),
        (LINES.replace(b'"pain":4', b'"pain":5'), 1, "9 of 10 lines can be read. Lost: line 3."),
        (b"".join(LINES.splitlines(keepends=True)[:2] + LINES.splitlines(keepends=True)[3:]), 1, "9 of 10 lines"),
        (LINES.partition(b"\n")[2], 1, "9 of 10 lines"),
        (b"x\n" * 5 + LINES.partition(b"\n")[2], 5, "9 of 14 lines"),
    ],
    ids=range(8),
)  # fmt: skip
def test_of_a_damaged_log_every_line_is_taken_that_fits(
    tmp_path: Path, data: bytes, damaged: int, says: str
) -> None:
    received = receive(written(tmp_path, data), None)
    assert (received.damaged, says in received.damage) == (damaged, True)
    assert bool(received.damage) is bool(damaged)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    assert f"{LARGEST // 1024 // 1024} MiB" in why(path)


def test_what_is_no_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.html"
    os.mkfifo(fifo)
    assert "not a file" in why(fifo)
    assert "not a file" in why(Path("/dev/zero"))
    assert "no such file" in why(tmp_path / "absent")
    assert "not a path" in why(Path("a\0b"))
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert "cannot be read" in why(loop)


@pytest.mark.parametrize("log", ["../../../etc/passwd", "x", "a/b", "", "\u202e", "0" * 200])
def test_a_logs_id_that_is_no_uuid_never_becomes_a_name(tmp_path: Path, log: str) -> None:
    line = raw(0, ZEROS, f'"kind":"log_opened","format":"reloadpt-log/1","log":"{log}","patient":"A"')
    assert why(written(tmp_path, line, "a.jsonl"))


def test_a_uuid_in_another_dress_has_one_name(tmp_path: Path) -> None:
    log = uuid.uuid4()
    for text in (str(log).upper(), f"{{{log}}}", log.urn):
        line = (
            write_line(0, ZEROS, NEEDLED, LogOpened(format="reloadpt-log/1", log=text, patient="A")) + b"\n"
        )
        assert receive(written(tmp_path, line, "a.jsonl"), None).log == str(log)


def test_a_later_format_is_kept_and_counted_as_not_understood(tmp_path: Path) -> None:
    first = raw(
        0, ZEROS, f'"kind":"log_opened","format":"reloadpt-log/9","log":"{uuid.uuid4()}","patient":"A"'
    )
    second = raw(1, first[-35:-3].decode(), '"kind":"sang","what":"a song"')
    taken = receive(written(tmp_path, first + second, "a.jsonl"), None)
    assert taken.course.not_understood == 1


@pytest.mark.parametrize(
    "rest",
    [
        '"kind":"plan_started","plan":{"id":5,"patient":{"a":1},"targets":7}',
        '"kind":"plan_started","plan":{"targets":[1,2]}',
        '"kind":"plan_started","plan":{"id":"p","patient":"A","targets":[{"muscle":"x","side":"both","needled_at":"0001-01-01T00:00:00+14:00"}]}',
        '"kind":"plan_started","plan":{"id":"p","patient":"A","targets":[{"muscle":"x","side":"both","needled_at":"2026-11-20T00:00:00"}]}',
        '"kind":"plan_started","plan":{"id":"p","made_at":"9999-12-31T23:59:59-12:00","ends":"9999-12-31T23:59:59-12:00","targets":[]}',
        '"kind":"plan_started","plan":{"id":"p","doses":5,"exercises":{"a":1},"targets":[],"start_pain":[],"next_visit":{}}',
        '"kind":"plan_started","plan":{"id":"p","doses":[{"exercise":"multifidus/bird-dog","often":{"times":0,"per":"week"}}],"targets":[]}',
        '"kind":"needled","muscle":"x","needled_at":"2026-11-20T00:00:00"',
        '"kind":"needled","muscle":"x","needled_at":"0001-01-01T00:00:00+14:00"',
        '"kind":"paused","from":"0000-00-00","to":"9999-99-99"',
        '"kind":"paused","from":"0001-01-01","to":"9999-12-31"',
        '"kind":"set_done","session":"s","exercise":"e","set":1,"for_day":"9999-12-31"',
        '"kind":"set_done","session":"s","exercise":"e","set":1,"for_day":"0001-01-01"',
        '"kind":"amended","amends":0,"change":{"log":"x"}',
        '"kind":"amended","amends":9007199254740992,"change":null',
        '"kind":"session_opened","session":"2026-11-20.99999999999999999999"',
        '"kind":"session_closed","session":"never","how":"finished"',
        '"kind":"shared","through":9007199254740992',
        '"kind":"cleared","code":"SI","by":"","seen_at":""',
        '"kind":"note","text":"\\ud800"',
    ],
)  # fmt: skip
def test_values_from_another_program_never_break_the_reckoning(tmp_path: Path, rest: str) -> None:
    first = raw(
        0, ZEROS, f'"kind":"log_opened","format":"reloadpt-log/1","log":"{uuid.uuid4()}","patient":"A"'
    )
    plan = lines_of(entries_of((at(0), begins())))
    second = raw(1, first[-35:-3].decode(), rest)
    third = raw(2, second[-35:-3].decode(), '"kind":"shared","through":1')
    taken = receive(written(tmp_path, first + second + third, "a.jsonl"), None)
    assert adherence_between(planned_days(taken.course)).sets_done >= 0
    assert plan


@given(st.binary(max_size=300), st.integers(0, len(PAGE) - 1))
@tries(60, HealthCheck.function_scoped_fixture)
def test_bytes_put_anywhere_into_a_report_give_its_log_or_one_sentence(
    tmp_path: Path, junk: bytes, where: int
) -> None:
    path = written(tmp_path, PAGE[:where] + junk + PAGE[where + len(junk) // 2 :])
    try:
        taken = receive(path, None)
    except Trouble as trouble:
        assert "\n" not in str(trouble)  # noqa: PT017
    else:
        assert taken.damaged or LINES.startswith(taken.lines)
