"""What is asked, and when: few questions, each when it is worth asking."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from diary import EVENING, LOW_BACK, Diary, plan_for

from reloadpt.care.questions import EVERY_TIME, after_session
from reloadpt.journal.events import (
    ActivityRated,
    CheckedIn,
    Cleared,
    FlagRaised,
    Item,
    MissedExplained,
    Paused,
)

ACTIVITIES = ("sit an hour", "lift the child", "garden", "run")


def fresh(*targets: str, **plan: Any) -> Diary:
    return Diary(plan_for(*(targets or LOW_BACK), start_pain=3, **plan))


def item(**fields: Any) -> Item:
    usual: dict[str, Any] = {
        "exercise": "a/b",
        "name": "B",
        "muscle": "a",
        "phase": "reload",
        "intent": "wake",
    }
    return Item(**(usual | {"sets": 2} | fields))


def test_the_first_session_asks_pain_the_soreness_of_each_muscle_signs_and_activities() -> None:
    asked = fresh(activities=list(ACTIVITIES), known_symptoms=["tingling in the left foot"]).today(0).ask
    assert asked is not None
    assert (asked.moment, asked.when, asked.last_pain) == ("first", "before", None)
    assert [question.name for question in asked.soreness] == [
        "low back (the long muscles)",
        "low back (the deep muscles)",
    ]
    assert asked.signs[:2] == ("ST", "SN")
    assert asked.known_symptoms == ("tingling in the left foot",)
    assert asked.activities == ACTIVITIES[:3]
    assert not asked.worst
    assert asked.missed is None


def test_after_an_answer_nothing_is_asked_for_two_hours() -> None:
    diary = fresh()
    diary.rate(0, 3, 2, asked=("SN", "SL", "SI", "SB"))
    assert diary.today(0, time(11, 59)).ask is None
    assert not diary.today(0, time(11, 59)).checkin
    asked = diary.today(0, time(12, 1)).ask
    assert asked is not None
    assert (asked.moment, asked.when, asked.last_pain) == ("later", "before", 3)


def test_an_answer_that_was_given_without_the_signs_stands_in_for_none() -> None:
    diary = fresh()
    diary.rate(0, 3, 2)
    asked = diary.today(0, time(11, 59)).ask
    assert asked is not None
    assert asked.signs


def test_a_session_uses_its_answer_up() -> None:
    diary = fresh().live("3/2s2")
    asked = diary.today(0, EVENING).ask
    assert asked is not None
    assert asked.moment == "later"


def test_the_next_days_first_opening_asks_as_a_morning_even_where_nothing_is_due() -> None:
    diary = fresh("multifidus:wake").live("3/2s2 3/2s2 3/2s1 3/2s1 3/2s1")
    due = diary.today(5)
    assert due.items == ()
    assert due.ask is not None
    assert (due.ask.moment, due.ask.when, due.ask.worst) == ("morning", "morning", True)
    diary.rate(5, 3)
    assert diary.today(5, EVENING).ask is None, "nothing is due, and the morning was rated"


def test_signs_asked_on_demand_are_no_check_in() -> None:
    diary = fresh()
    diary.write(diary.at(0), CheckedIn(when="other", asked=("SI",)))
    assert diary.today(0).ask is not None


def test_soreness_is_asked_until_it_was_0_twice_and_again_after_a_needling() -> None:
    diary = fresh("multifidus:wake").live("3s2 3s0")
    assert len(getattr(diary.today(2).ask, "soreness", ())) == 1
    diary.live("3s0")
    assert getattr(diary.today(3).ask, "soreness", None) == ()
    diary.needle(3)
    again = getattr(diary.today(3).ask, "soreness", ())
    assert [question.last for question in again] == [None]


def test_soreness_is_asked_for_four_weeks_at_most() -> None:
    diary = fresh("multifidus:wake")
    diary.rate(27, 3)
    assert getattr(diary.today(28, time(9)).ask, "soreness", ()) != ()
    assert getattr(diary.today(29).ask, "soreness", None) == ()


def test_signs_are_asked_every_time_for_three_days_and_once_a_day_after() -> None:
    diary = fresh()
    for day in (2, 4):
        diary.rate(day, 3, 2, asked=("SL",))
    early, late = diary.today(2, EVENING).ask, diary.today(4, EVENING).ask
    assert early is not None
    assert early.signs != ()
    assert late is not None
    assert late.signs == ()
    assert late.known_symptoms == ()
    assert timedelta(hours=72) == EVERY_TIME


def test_a_watched_sign_hides_none_that_the_needle_still_asks_for() -> None:
    diary = fresh()
    for day in range(5):
        diary.rate(day, 3, 0, asked=("SN",))
    marked = FlagRaised(code="SN", advice="Call.")
    diary.write(diary.at(4, EVENING), marked)
    cleared = Cleared(code="SN", by="Dr. No", seen_at=diary.at(4, EVENING).isoformat(), how="in_person")
    diary.write(diary.at(4, EVENING) + timedelta(hours=1), cleared)
    ask = diary.today(6).ask
    assert ask is not None
    assert {"SN", "SW", "SK"} <= {*ask.signs}


def test_activities_are_asked_once_a_week() -> None:
    diary = fresh(activities=list(ACTIVITIES[:1]))
    diary.write(diary.at(0), ActivityRated(activity=ACTIVITIES[0], score=5))
    diary.live("3 3 3 3 3 3 3")
    assert getattr(diary.today(6, EVENING).ask, "activities", ()) == ()
    assert getattr(diary.today(7).ask, "activities", None) == ACTIVITIES[:1]


def test_two_planned_days_missed_in_a_row_ask_what_stood_in_the_way_once() -> None:
    diary = fresh().live("3/2s2 3/2s2")
    assert getattr(diary.today(3).ask, "missed", "none") is None, "one day"
    missed = getattr(diary.today(4).ask, "missed", None)
    assert [f"{day:%d}" for day in missed or ()] == ["04", "05"]
    diary.write(diary.at(4), MissedExplained(day="2026-11-05", barrier="no time"))
    assert getattr(diary.today(5).ask, "missed", "none") is None


def test_the_day_a_plan_begins_is_no_whole_day_that_was_missed() -> None:
    diary = fresh()
    assert getattr(diary.today(2).ask, "missed", "none") is None
    assert [f"{day:%d}" for day in getattr(diary.today(3).ask, "missed", ())] == ["03", "04"]


def test_paused_and_locked_days_are_not_missed() -> None:
    paused, locked = fresh().live("3/2s2 3/2s2"), fresh().live("3/2s2 3/2s2")
    paused.write(paused.at(1), Paused(from_="2026-11-04", to="2026-11-05"))
    assert getattr(paused.today(4).ask, "missed", "none") is None
    locked.write(locked.at(1), FlagRaised(code="SI"))
    assert locked.today(4).ask is None


def test_days_without_anything_planned_are_not_missed() -> None:
    diary = fresh("multifidus:wake", doses=[
        {"exercise": "multifidus/prone-multifidus-hold", "often": {"times": 1, "per": "week"}},
        {"exercise": "multifidus/prone-opposite-arm-lift", "often": {"times": 1, "per": "week"}},
    ]).live("- 3/2s1")  # fmt: skip
    assert getattr(diary.today(4).ask, "missed", "none") is None


def test_after_reset_there_is_one_worst_pain_for_the_session() -> None:
    asked = after_session([item(phase="reset"), item(exercise="a/c", phase="reset")])
    assert (asked.worst, asked.exercises) == (True, ())


def test_an_easy_day_is_asked_like_reset() -> None:
    assert after_session([item(rule="day.easy")]).worst


@pytest.mark.parametrize(
    ("kind", "effort_and_two_more"),
    [
        ("strength", (True, True)),
        ("isometric", (True, False)),
        ("activation", (False, False)),
        ("stretch", (False, False)),
    ],
)
def test_later_each_exercise_is_asked_for_what_is_worth_asking(
    kind: str, effort_and_two_more: tuple[bool, bool]
) -> None:
    asked = after_session([item(type=kind)])
    assert not asked.worst
    assert [(each.effort, each.two_more) for each in asked.exercises] == [effort_and_two_more]


def test_what_was_not_done_is_not_asked() -> None:
    asked = after_session([item(), item(exercise="a/c")], done=["a/c"])
    assert [each.exercise for each in asked.exercises] == ["a/c"]
