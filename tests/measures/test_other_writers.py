"""Logs without a word of what was due, by other programs and older versions: what their sessions dealt was due."""

from __future__ import annotations

from pathlib import Path

import pytest

from reloadpt.journal.chain import verify_log
from reloadpt.journal.entries import Entry, read_line, write_line
from reloadpt.journal.events import SessionClosed
from reloadpt.measures.adherence import adherence_between, caveats
from reloadpt.measures.course import course_of
from reloadpt.measures.planned import planned_days
from sample_logs import NEEDLED

LOGS = Path(__file__).parent / "logs"


def read(name: str) -> list[Entry]:
    entries: list[Entry] = []
    assert verify_log((LOGS / f"{name}.jsonl").read_bytes(), on_entry=entries.append).whole
    return entries


@pytest.mark.parametrize(
    ("name", "sets", "sessions"),
    [
        ("all-that-was-dealt-was-done", (113, 113), (19, 19)),
        ("one-session-a-day", (6, 6), (3, 3)),
        ("two-sessions-a-day", (12, 12), (6, 6)),
        ("nulls-of-another-writer", (62, 70), (14, 14)),
    ],
)
def test_the_figures_are_those_of_the_log(
    name: str, sets: tuple[int, int], sessions: tuple[int, int]
) -> None:
    course = course_of(read(name))
    counts = adherence_between(planned_days(course))
    assert (counts.sets_done, counts.sets_planned) == sets
    assert (counts.sessions_done, counts.sessions_planned) == sessions
    assert (counts.extra, course.not_understood) == (0, 0)


def test_a_day_that_was_never_opened_is_not_known_and_that_is_said() -> None:
    some = course_of(read("one-session-a-day"))
    every = course_of(read("nulls-of-another-writer"))
    assert caveats(some, planned_days(some)) == ("Days when the program was not opened are not counted.",)
    assert caveats(every, planned_days(every)) == ()


def line(text: str) -> bytes:
    return write_line(1, "0" * 32, NEEDLED, SessionClosed(session="a", how="finished")).replace(
        b'"worst":null,"note":""', text.encode()
    )


def test_null_stands_for_what_may_be_absent_and_for_nothing_else() -> None:
    event = read_line(line('"worst":null,"note":null')).event
    assert event == SessionClosed(session="a", how="finished")
    assert read_line(line('"worst":null,"note":""').replace(b'"finished"', b"null")).event is None
    assert read_line(line('"worst":null,"note":7')).why
