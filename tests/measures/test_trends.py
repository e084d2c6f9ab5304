from __future__ import annotations

import pytest

from reloadpt.journal.events import ActivityRated, Amended, CheckedIn
from reloadpt.measures.trends import (
    activity_trends,
    last_seen,
    latest_soreness,
    morning_ratings,
    pain_readings,
    pain_trend,
    start_pain,
)
from sample_logs import Said, at, begins, course, rated, sat, sent


def test_pain_is_measured_against_the_plan() -> None:
    change = pain_trend(course((at(0), begins(start_pain=6)), rated(0, 5), rated(3, 3)))
    assert (change.start, change.now.score if change.now else None, change.points) == (6, 3, -3)
    assert change.worth_having


def test_without_a_start_in_the_plan_the_first_rating_before_a_session_is_it() -> None:
    other: Said = (at(0, 7), CheckedIn(when="other", pain=9))
    assert start_pain(course((at(0), begins(start_pain=None)), other, rated(0, 5), rated(3, 3))) == 5


@pytest.mark.parametrize(
    ("start", "now", "worth"),
    [(4, 2, True), (4, 3, False), (10, 8, False), (10, 7, True), (3, 2, False), (2, 0, True)],
)
def test_a_change_is_worth_having_from_two_points_and_thirty_percent(
    start: int, now: int, *, worth: bool
) -> None:
    assert pain_trend(course((at(0), begins(start_pain=start)), rated(3, now))).worth_having is worth


def test_pain_that_rose_is_not_worth_having() -> None:
    assert not pain_trend(course((at(0), begins(start_pain=4)), rated(3, 8))).worth_having


def test_no_rating_is_no_change() -> None:
    change = pain_trend(course((at(0), begins())))
    assert change.points is None
    assert not change.worth_having


def test_a_start_of_nonsense_is_passed_over() -> None:
    assert start_pain(course((at(0), begins(start_pain=99)), rated(0, 5))) == 5
    assert start_pain(course((at(0), begins(start_pain="much")), rated(0, 5))) == 5


def test_corrections_count_and_what_was_taken_back_does_not() -> None:
    log = course(
        (at(0), begins()),
        rated(0, 5),
        rated(1, 9),
        rated(2, 8),
        (at(2, 10), Amended(amends=3, change={"pain": 2})),
        (at(2, 10), Amended(amends=4, change=None)),
    )
    assert [rating.score for rating in pain_readings(log)] == [5, 2]


def test_a_morning_is_the_first_rating_of_a_day() -> None:
    found = morning_ratings(course((at(0), begins()), rated(0, 5, 20), rated(1, 3, 7), rated(1, 6, 19)))
    assert [rating.score for rating in found.values()] == [5, 3]


def test_soreness_is_the_latest_of_each_site_sorest_first() -> None:
    log = course((at(0), begins()), rated(0, 5, sore=6), rated(1, 5, sore=2))
    [sore] = latest_soreness(log)
    assert (sore.muscle, sore.rating.score) == ("multifidus", 2)


def test_activities_have_a_first_and_a_latest_score() -> None:
    log = course(
        (at(0), begins()),
        (at(0), ActivityRated(activity="sit an hour", score=3)),
        (at(7), ActivityRated(activity="sit an hour", score=6)),
        (at(7), ActivityRated(activity="lift", score=1)),
    )
    assert {name: (first.score, last.score) for name, (first, last) in activity_trends(log).items()} == {
        "sit an hour": (3, 6),
        "lift": (1, 1),
    }


def test_sharing_is_no_sign_of_life() -> None:
    assert last_seen(course((at(0), begins()), *sat(1), sent(9))) == at(1)
    assert last_seen(course((at(0), begins()), sent(9))) is None
