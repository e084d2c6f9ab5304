"""A line: what is written is read back, what is checked is refused when it is wrong."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import example, given

from journal_samples import AT, EVERY_KIND, HOSTILE, OPENED, SET, events, foreign_line, resealed, times
from profiles import tries
from reloadpt.files import Trouble
from reloadpt.journal.entries import (
    LONGEST,
    START,
    ZEROS,
    Misfit,
    can_go_on,
    check_line,
    escape,
    read_line,
    write_entry,
    write_line,
)
from reloadpt.journal.events import AnyEvent, LogOpened, Note, PlanStarted, SetDone

PREV = "ab" * 16
"""The hash of some line before."""


def refused(line: bytes, n: int = 1, prev: str = PREV) -> str:
    with pytest.raises(Misfit) as misfit:
        check_line(line, n, prev)
    return str(misfit.value)


@tries(200)
@given(event=events, at=times)
@example(event=Note(text=" ".join(HOSTILE)), at=AT)
def test_whatever_is_written_reads_back_and_fits(event: AnyEvent, at: datetime) -> None:
    line = write_line(7, PREV, at, event)
    for entry in (read_line(line), check_line(line, 7, PREV)):
        assert (entry.n, entry.prev, entry.at, entry.line) == (7, PREV, at, line)
        assert entry.at.utcoffset() == at.utcoffset()
        assert entry.event == event
        assert entry.why is None
    assert not set(line) & set(b"<>&\r\n\0")
    keys = list(json.loads(line))
    assert keys[:4] == ["n", "prev", "at", "kind"]
    assert keys[-1] == "h"


def test_every_kind_of_event_has_a_sample() -> None:
    assert {type(event) for event in (OPENED, *EVERY_KIND)} == set(get_args(AnyEvent))


def test_the_entry_written_is_the_entry_read() -> None:
    assert write_entry(3, PREV, AT, SET) == read_line(write_line(3, PREV, AT, SET))


@tries(100)
@given(event=events)
@example(event=SetDone(session="s", exercise="e", set=1, hold_s=5, seconds=45))
def test_an_entry_read_and_written_again_is_the_same_line(event: AnyEvent) -> None:
    """Only such lines are read the quick way: a whole number must not be written as 5 and read as 5.0."""
    entry = write_entry(7, PREV, AT, event)
    assert entry.event
    assert write_entry(7, PREV, AT, entry.event).line == entry.line


def test_a_line_stands_verbatim_in_html() -> None:
    line = write_line(1, PREV, AT, Note(text="</script>&amp;"))
    assert b"\\u003c/script\\u003e\\u0026amp;" in line
    assert json.loads(line)["text"] == "</script>&amp;"
    assert escape(b"plain") == b"plain"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("place", ["set", "plan"])
def test_what_is_no_number_is_not_written(number: float, place: str) -> None:
    event = (
        SetDone(session="s", exercise="e", set=1, load_kg=number)
        if place == "set"
        else PlanStarted(plan={"limits": [{"x": number}]})
    )
    with pytest.raises(Trouble, match="cannot be written"):
        write_line(1, PREV, AT, event)


@pytest.mark.parametrize(
    "event",
    [
        SetDone(session="s", exercise="e", set=0),
        SetDone(session="", exercise="e", set=1),
        Note(text="half a pair \ud83d"),
        PlanStarted(plan={"deep": json.loads("[" * 99 + "]" * 99)}),
        PlanStarted(plan={"when": AT}),
        PlanStarted(plan={"what": object()}),
    ],
    ids=["set 0", "no session", "half a character", "deep", "a time in a plan", "no JSON"],
)
def test_what_could_not_be_read_back_is_not_written(event: AnyEvent) -> None:
    with pytest.raises(Trouble, match="cannot be written"):
        write_line(1, PREV, AT, event)


def test_a_line_has_at_most_64_kib() -> None:
    empty = len(write_line(1, PREV, AT, PlanStarted(plan={"note": ""})))
    most = PlanStarted(plan={"note": "x" * (LONGEST - empty)})
    line = write_line(1, PREV, AT, most)
    assert len(line) == LONGEST
    assert check_line(line, 1, PREV).event == most
    with pytest.raises(Trouble, match="64 KiB"):
        write_line(1, PREV, AT, PlanStarted(plan={"note": "x" * (LONGEST - empty + 1)}))
    assert "longer than 64 KiB" in refused(resealed(line.replace(b"xx", b"xxx", 1)))


@pytest.mark.parametrize("at", [datetime(2026, 11, 22), AT.replace(tzinfo=timezone(timedelta(seconds=3208)))])  # noqa: DTZ001
def test_a_time_needs_an_offset_in_whole_minutes(at: datetime) -> None:
    with pytest.raises(Trouble, match="offset"):
        write_line(1, PREV, at, SET)


def test_the_offset_of_the_patient_is_kept() -> None:
    line = write_line(1, PREV, AT, SET)
    assert b'"at":"2026-11-22T09:00:00+01:00"' in line
    assert read_line(line).at.astimezone(UTC).hour == 8


def test_a_flipped_byte_is_refused_wherever_it_is() -> None:
    line = write_line(1, PREV, AT, Note(text="é <3"))
    for place in range(len(line)):
        for bit in range(8):
            changed = bytearray(line)
            changed[place] ^= 1 << bit
            assert refused(bytes(changed))


def test_the_place_in_the_log_is_checked_where_it_is_known() -> None:
    line = write_line(5, PREV, AT, SET)
    assert check_line(line) == check_line(line, 5, PREV)
    assert "number 5 where 4 belongs" in refused(line, 4)
    assert "does not follow the line before" in refused(line, 5, ZEROS)


def test_the_first_line_opens_the_log_and_no_other_does() -> None:
    assert check_line(write_line(0, ZEROS, AT, OPENED), START.n + 1, START.h).event == OPENED
    assert "is not log_opened" in refused(write_line(0, ZEROS, AT, SET), 0, ZEROS)
    assert "only the first line is" in refused(write_line(1, PREV, AT, OPENED))


STYLES: list[dict[str, Any]] = [
    {},
    {"separators": (",", ":")},
    {"ensure_ascii": False},
    {"separators": (" ,\t", " : "), "ensure_ascii": False},
]


@pytest.mark.parametrize("style", STYLES)
def test_a_line_of_another_writer_fits_whatever_its_spaces_and_escapes(style: dict[str, Any]) -> None:
    fields = {"text": "5 > 3 & é \u2028 /", "mood": {"a": [1, 2.50, None]}, "n2": -0.0}
    line = foreign_line(1, PREV, "2026-11-22T09:00:00.250+01:00", "note", fields, **style)[:-1]
    entry = check_line(line, 1, PREV)
    assert entry.event == Note(text="5 > 3 & é \u2028 /")
    assert entry.at == AT + timedelta(milliseconds=250)
    assert entry.line == line
    slashed = resealed(line.replace(b"/", b"\\/"))
    assert check_line(slashed, 1, PREV).event == entry.event


@pytest.mark.parametrize(
    "at", ["2026-11-22T08:00:00Z", "2026-11-22t09:00:00.000000+01:00", "2026-11-22 03:00:00-05:00"]
)
def test_every_way_to_write_a_time_with_an_offset_is_read(at: str) -> None:
    assert check_line(foreign_line(1, PREV, at, "note", {"text": ""})[:-1], 1, PREV).at == AT


@pytest.mark.parametrize(
    ("kind", "fields", "why"),
    [
        ("mood_felt", {"mood": "fine"}, "mood_felt"),
        ("set_done", {"session": "s", "exercise": "e", "set": 1, "source": "guessed"}, "guessed"),
        ("set_done", {"session": "s", "exercise": "e", "set": 1, "reps": -1}, "reps"),
        ("set_done", {"exercise": "e"}, "session"),
        ("set_done", {"session": 5, "exercise": "e", "set": 1}, "session"),
        ("checked_in", {"when": "before", "pain": 11}, "pain"),
        ("note", {"text": "half a pair \ud83d"}, "surrogate"),
        ("note", {"text": "", "x": 10**4000}, ""),
    ],
)
def test_a_kind_or_value_not_understood_is_kept(kind: str, fields: dict[str, Any], why: str) -> None:
    line = foreign_line(1, PREV, "2026-11-22T09:00:00+01:00", kind, fields)[:-1]
    for entry in (check_line(line, 1, PREV), read_line(line)):
        assert (entry.kind, entry.line, entry.n) == (kind, line, 1)
        if why:
            assert entry.event is None
            assert why in (entry.why or "")


def test_fields_not_known_do_not_hide_an_event() -> None:
    line = foreign_line(1, PREV, "2026-11-22T09:00:00+01:00", "note", {"text": "a", "extra": {"b": [1]}})[:-1]
    assert check_line(line, 1, PREV).event == Note(text="a")


OURS = write_line(1, PREV, AT, Note(text="good"))
GOOD = foreign_line(1, PREV, "2026-11-22T09:00:00+01:00", "note", {"text": "good", "inner": {"a": 1}})[:-1]


@pytest.mark.parametrize(
    ("was", "becomes", "wrong"),
    [
        (b'"good"', b'"good", "text": "bad"', "the name “text” twice"),
        (b'{"a": 1}', b'{"a": 1, "a": 1}', "the name “a” twice"),
        (b'{"a": 1}', b'{"a": 1, "\\u0061": 1}', "the name “a” twice"),
        (b'{"a": 1}', b"NaN", "NaN"),
        (b'{"a": 1}', b"[-Infinity]", "-Infinity"),
        (b"good", b"go<od", "0x3c"),
        (b"good", b"go>od", "0x3e"),
        (b"good", b"go&od", "0x26"),
        (b"good", b"go\0od", "0x00"),
        (b'{"a": 1}', b'{"a":\r1}', "0x0d"),
        (b"good", b"go\x01od", "not JSON"),
        (b"good", b"go\xffod", "not UTF-8"),
        (b"good", b"go\xed\xa0\x80od", "not UTF-8"),
        (b'{"a": 1}', b'{"a": 01}', "not JSON"),
        (b'{"a": 1}', b'{"a": 1,}', "not JSON"),
        (b'{"a": 1}', b"[" * 20000 + b"]" * 20000, "nests deeper than 100"),
        (b'{"a": 1}', b"1" * 5000, "number too long"),
        (b'"n": 1', b'"n": 1.5', "`int`"),
        (b'"n": 1', b'"n": true', "`int`"),
        (b'"n": 1', b'"n": "1"', "`int`"),
        (b'"n": 1', b'"n": -1', "$.n"),
        (b'"n": 1', b'"n": 1' + b"0" * 30, "$.n"),
        (b'"kind": "note"', b'"kind": null', "$.kind"),
        (b"+01:00", b"", "timezone"),
        (b"2026-11-22T", b"2026-13-22T", "$.at"),
        (PREV.encode(), PREV.upper().encode(), "$.prev"),
        (b'"kind": "note"', b'"sort": "note"', "kind"),
        (b'{"n": 1, "prev": "%b"' % PREV.encode(), b'{"prev": "%b", "n": 1' % PREV.encode(), "in this order"),
        (b'"kind": "note", "text": "good"', b'"text": "good", "kind": "note"', "in this order"),
        (b'{"n"', b' {"n"', "does not begin with {"),
        (b'{"n"', b'\xef\xbb\xbf{"n"', "does not begin with {"),
        (b'{"a": 1}', b'{"a": 1', "not JSON"),
    ],
)  # fmt: skip
def test_what_the_format_does_not_allow_is_refused_though_the_hash_fits(
    was: bytes, becomes: bytes, wrong: str
) -> None:
    assert was in GOOD
    assert wrong in refused(resealed(GOOD.replace(was, becomes, 1)))
    was, becomes = was.replace(b": ", b":"), becomes.replace(b": ", b":")
    if was in OURS:
        assert wrong in refused(resealed(OURS.replace(was, becomes, 1)))


def test_the_lines_that_the_test_above_changes_fit() -> None:
    assert check_line(GOOD, 1, PREV)
    assert check_line(OURS, 1, PREV)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"{",
        b"[1]",
        b"null",
        b"\xff" * 100,
        b"%PDF-1.7",
        GOOD[:-1],
        GOOD + b" ",
        GOOD[:-40] + b', "h":"' + GOOD[-34:],
        GOOD[:-34] + GOOD[-34:].upper(),
        GOOD[:-40] + b"}",
    ],
)
def test_a_line_without_its_hash_at_the_end_is_refused(line: bytes) -> None:
    assert refused(line)


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 70000, b'{"n":1}', b'"\\ud800"']
)
def test_reading_quickly_refuses_what_is_no_line(line: bytes) -> None:
    with pytest.raises(Misfit):
        read_line(line)


@pytest.mark.parametrize("format_", ["reloadpt-log/1", "reloadpt-log/1.3"])
def test_a_log_of_our_major_format_is_written_to(format_: str) -> None:
    assert can_go_on(LogOpened(format=format_, log="x", patient="A-17"))


@pytest.mark.parametrize("format_", ["reloadpt-log/2", "reloadpt-log/10", "reloadpt-log", "other"])
def test_a_log_of_another_format_is_only_read(format_: str) -> None:
    assert not can_go_on(LogOpened(format=format_, log="x", patient="A-17"))


def test_nesting_ends_at_a_counted_depth_and_not_where_a_reader_gives_up() -> None:
    def line(depth: int) -> bytes:
        lists = b"[" * (depth - 1) + b"]" * (depth - 1)
        return resealed(GOOD.replace(b'{"a": 1}', lists).replace(b"good", b'[{\\\\\\"[{' * 50))

    plan = write_line(1, PREV, AT, PlanStarted(plan={"deep": []}))
    ours = [resealed(plan.replace(b"[]", b"[" * k + b"]" * k)) for k in (98, 99)]
    assert check_line(ours[0], 1, PREV)
    assert "deeper than 100" in refused(ours[1])
    assert check_line(line(100), 1, PREV)
    assert "deeper than 100" in refused(line(101))
