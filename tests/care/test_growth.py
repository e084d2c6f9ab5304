"""What is folded costs what it is long: the work is counted in lines that were run, not in time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import Any

import pytest

from reloadpt.care.following import follow_days, keep_recent
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import Amended, Needled, Note, SetDone
from reloadpt.measures.course import course_of
from sample_logs import Said, at, begins, entries_of, rated, sat

SIZE = 60
LINEAR = 2.3
"""Twice as much may cost twice as much, and a little for what is rounded."""


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python are run in ``work``."""
    count = 0

    def trace(_frame: FrameType, event: str, _told: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def amended(size: int) -> list[Said]:
    """Sets, and a correction of each."""
    done = SetDone(session="2026-11-20.1", exercise="multifidus/bird-dog", set=1, reps=6)
    sets: list[Said] = [(at(0), done) for _ in range(size)]
    return [*sets, *((at(1), Amended(amends=n + 2, change={"reps": 5})) for n in range(size))]


def noted(size: int) -> list[Said]:
    """Notes, each taken back at once."""
    return [
        said
        for n in range(size)
        for said in ((at(0), Note(text="x")), (at(0), Amended(amends=2 * n + 2, change=None)))
    ]


def needled(size: int) -> list[Said]:
    """A needling and a whole day, again and again."""
    return [
        said
        for day in range(size)
        for said in (
            (at(day), Needled(muscle="multifidus", needled_at=at(day) - timedelta(hours=1))),
            rated(day, 3),
            *sat(day, 2),
        )
    ]


@pytest.mark.parametrize("said", [amended, noted, needled])
def test_twice_as_many_entries_cost_twice_as_much(said: Callable[[int], list[Said]]) -> None:
    def cost(size: int) -> int:
        log = entries_of((at(0), begins()), *said(size))
        return lines_run(lambda: follow_days(course_of(log)))

    cost(1)  # what is made once
    assert cost(2 * SIZE) < LINEAR * cost(SIZE)


def test_what_grows_with_the_square_would_be_seen() -> None:
    def cost(size: int) -> int:
        return lines_run(lambda: [n in list(range(m)) for m in range(size) for n in range(m)])

    assert cost(2 * SIZE) > LINEAR * cost(SIZE)


def test_an_entry_is_found_by_its_number_whatever_came_after_it() -> None:
    log: list[Entry] = entries_of((at(0), begins()), rated(0, 4), *sat(0, 1), rated(50, 3), *sat(50, 1))
    course = course_of(log[:-3])
    first = next(entry.n for entry in log if isinstance(entry.event, SetDone))
    found, session = course.find(first)
    assert found is not None
    assert session is not None
    assert (found.n, session.entries[0]) == (first, found)
    course.fold(log[-3:])
    assert course.find(first) == (found, session)
    assert course.find(log[-2].n)[0] is not None
    assert course.find(2)[1] is None, "a check-in is of no session"
    keep_recent(course)
    assert course.find(first) == (None, None), "its day was left out"
    assert course.find(10_000) == (None, None)
