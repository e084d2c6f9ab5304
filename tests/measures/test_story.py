"""The story of a patient in a few sentences: its numbers and days are those of the measures, read back by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from reloadpt.journal.events import ActivityRated
from reloadpt.measures.adherence import adherence_between
from reloadpt.measures.planned import planned_days
from reloadpt.measures.story import file_age, story
from sample_logs import Said, at, begins, course, dues, item, rated, sat


def told(*said: Said) -> str:
    found = course(*said)
    days = planned_days(found)
    return story(found, days, adherence_between(days))


def exercised(last: int, **more: int) -> list[Said]:
    dealt = item(sets=4)
    sessions = [said for day in range(1, last + 1) for said in sat(day, more.get("done"), dealt)]
    return [*dues(1, last, dealt), *sessions]


def test_a_flare_after_weeks_of_doing_everything_is_told_with_the_day_it_began() -> None:
    mornings = [rated(day, 3 if day < 20 else 8) for day in range(1, 29)]
    activities = [
        (at(1, 7), ActivityRated(activity="sitting", score=5)),
        (at(22, 7), ActivityRated(activity="sitting", score=1)),
    ]
    said = sorted(
        [(at(0), begins(start_pain=3)), *exercised(28), *mornings, *activities], key=lambda pair: pair[0]
    )
    day = f"{at(20).day} {at(20):%B}"
    assert told(*said) == (
        f"Did 100 % in 4 weeks. Pain 3, then 8 since {day}. sitting: was 5, now 1 (10 is as before)."
    )


def test_what_was_left_lowers_the_share_and_a_short_time_is_told_in_days() -> None:
    said = sorted(
        [(at(0), begins(start_pain=3)), *exercised(6, done=2), rated(3, 3)], key=lambda pair: pair[0]
    )
    assert told(*said) == "Did 50 % in 6 days. Pain 3, as at the start."


def test_two_weeks_are_told_in_weeks_and_a_day_less_in_days() -> None:
    for last, words in ((13, "in 13 days"), (14, "in 2 weeks"), (20, "in 2 weeks"), (21, "in 3 weeks")):
        said = sorted([(at(0), begins()), *exercised(last)], key=lambda pair: pair[0])
        assert words in told(*said)


def test_the_last_change_of_a_dose_is_told_with_both_doses() -> None:
    before, after = item(sets=2, reps=8), item(sets=2, reps=10)
    said: list[Said] = [(at(0), begins()), *sat(1, None, before), *sat(2, None, after), *sat(3, None, after)]
    assert told(*said).endswith(f"Last change: {after.name}, 2×8 to 2×10, on {at(2).day} {at(2):%B}.")


def test_one_bad_morning_between_good_ones_is_where_it_counts_from() -> None:
    said = [
        (at(0), begins(start_pain=3)),
        *(rated(day, score) for day, score in enumerate([3, 6, 3, 6, 7], 1)),
    ]
    assert f"Pain 3, then 7 since {at(4).day} {at(4):%B}." in told(*said)


def test_less_pain_counts_from_where_it_stayed_less() -> None:
    said = [
        (at(0), begins(start_pain=6)),
        *(rated(day, score) for day, score in enumerate([6, 5, 4, 3, 3], 1)),
    ]
    assert f"Pain 6, then 3 since {at(3).day} {at(3):%B}." in told(*said)


def test_without_a_rating_or_a_whole_day_it_says_so() -> None:
    assert told((at(0), begins())) == "Nothing was due for a whole day yet. Pain was never told."


def test_the_age_of_the_file_is_a_day_and_nothing_where_none_was_shared() -> None:
    now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    days = {0: "today", 1: "yesterday", 2: "Saturday", 20: "10 November"}
    for before, words in days.items():
        assert file_age(now - timedelta(days=before), now) == f"File of {words}."
    assert file_age(None, now) == ""
