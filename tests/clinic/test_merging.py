from __future__ import annotations

from reloadpt.clinic.merging import merge
from reloadpt.journal.events import Amended
from reloadpt.measures.adherence import adherence_between
from reloadpt.measures.course import course_of
from reloadpt.measures.planned import planned_days
from reloadpt.measures.trends import pain_readings
from sample_logs import at, begins, entries_of, rated, sat


def test_two_logs_are_read_in_the_order_of_time() -> None:
    one = entries_of((at(0), begins()), rated(1, 5), rated(3, 3))
    two = entries_of((at(0), begins()), rated(2, 4))
    merged, origin = merge({"b": one, "a": two})
    assert [reading.score for reading in pain_readings(course_of(merged))] == [5, 4, 3]
    assert [entry.n for entry in merged] == list(range(len(merged)))
    assert origin[:2] == [("a", 0), ("a", 1)], "at the same instant the log's id decides"


def test_sessions_of_the_same_name_stay_apart() -> None:
    one = entries_of((at(0), begins()), *sat(0, 4))
    two = entries_of((at(0), begins()), *sat(0, 1))
    course = course_of(merge({"a": one, "b": two})[0])
    assert len(course.sessions) == 2
    assert adherence_between(planned_days(course)).sets_done == 5


def test_a_correction_finds_the_entry_of_its_own_log() -> None:
    one = entries_of((at(0), begins()), rated(1, 5), (at(1, 9), Amended(amends=2, change={"pain": 1})))
    two = entries_of((at(0), begins()), rated(1, 9))
    course = course_of(merge({"a": one, "b": two})[0])
    assert sorted(reading.score for reading in pain_readings(course)) == [1, 9]


def test_one_log_merged_alone_says_the_same() -> None:
    one = entries_of((at(0), begins()), rated(0, 5), *sat(0, 3), *sat(1, 2))
    alone, merged = course_of(one), course_of(merge({"a": one})[0])
    assert adherence_between(planned_days(merged)) == adherence_between(planned_days(alone))
