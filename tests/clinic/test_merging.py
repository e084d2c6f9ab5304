from __future__ import annotations

from reloadpt.clinic.merging import merge
from reloadpt.journal.events import Amended
from reloadpt.measures.adherence import adherence_between
from reloadpt.measures.course import course_of
from reloadpt.measures.planned import planned_days
from reloadpt.measures.trends import pain_readings
from sample_logs import at, begins, due, entries_of, item, rated, sat


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


def test_what_was_due_is_told_by_the_log_with_the_session_of_that_day() -> None:
    with_session = entries_of(
        (at(0), begins()), *sat(1, None, item(sets=2)), due(1, item(sets=2)), rated(3, 3)
    )
    without = entries_of((at(0), begins()), due(1, item(sets=9)), due(2), rated(3, 3))
    for names in ("ab", "ba"):
        course = course_of(merge(dict(zip(names, (with_session, without), strict=True)))[0])
        days = {day.day.day: adherence_between([day]) for day in planned_days(course)}
        assert (days[21].sets_done, days[21].sets_planned) == (2, 2)
        assert days[22].sets_planned == 4, "on the next day neither has one"


def test_where_that_log_does_not_say_it_what_was_dealt_was_due() -> None:
    with_session = entries_of((at(0), begins()), *sat(1), rated(3, 3))
    without = entries_of((at(0), begins()), due(1, item(sets=9)), rated(3, 3))
    course = course_of(merge({"a": with_session, "b": without})[0])
    assert adherence_between(planned_days(course)).sets == 1.0
