"""A cause is told once, again when it changed or after seven days; "I told them" only quiets it."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from diary import Diary, plan_for
from test_worked_courses import LATE, lived

from lives import LIBRARY, Life
from reloadpt.care.today import concerns_told
from reloadpt.journal.events import Cleared, ConcernTold

STOPPED = "3/1s1 3/5s1 3/5s1 3/5s1 3s1"
"""Three days too far: the muscle is stopped on day 3."""


def stopped() -> Diary:
    """A patient who was told on day 4 that a muscle is stopped, as it is written down."""
    diary = lived(STOPPED)
    assert [concern.rule for concern in diary.today(4).concerns] == ["stopped"]
    diary.write(diary.at(4), ConcernTold(cause="stopped multifidus both"))
    return diary


def told(diary: Diary, day: int) -> list[str]:
    """What is told on a day."""
    return [concern.rule for concern in diary.today(day, LATE).concerns if concern.rule == "stopped"]


def test_it_is_told_for_the_rest_of_the_day_and_again_after_seven_days() -> None:
    diary = stopped()
    assert [told(diary, day) for day in (4, 5, 10)] == [["stopped"], [], []]
    assert told(diary, 11) == ["stopped"]
    assert "stopped" in {evidence.rule for evidence in diary.today(7).evidence}, "it holds all the while"


def test_another_cause_is_told_at_once() -> None:
    diary = lived(STOPPED)
    diary.write(diary.at(4), ConcernTold(cause="stopped multifidus left"))
    assert told(diary, 5) == ["stopped"]


def test_i_told_them_quiets_it_that_day_and_ends_no_stop() -> None:
    diary = stopped()
    diary.write(diary.at(4), ConcernTold(cause="stopped multifidus both", to="therapist"))
    assert [told(diary, day) for day in (4, 10, 11)] == [[], [], ["stopped"]]
    assert diary.today(4).states.muscles["multifidus:both"].stopped


def test_they_said_i_may_go_on_ends_it() -> None:
    diary = stopped()
    diary.write(diary.at(5), Cleared(code="spoke", by="my therapist", seen_at="2026-11-07"))
    assert "stopped" not in {evidence.rule for evidence in diary.today(5, LATE).evidence}
    assert not diary.today(5, LATE).states.muscles["multifidus:both"].stopped


def test_a_clock_set_back_does_not_quiet_what_is_still_to_come() -> None:
    diary = lived(STOPPED)
    diary.write(diary.at(30), ConcernTold(cause="stopped multifidus both"))
    assert told(diary, 5) == ["stopped"]


def test_what_is_told_after_a_check_in_is_written_down_once() -> None:
    """By the program itself: constant pain 5 from a start of 2, four weeks long, every day."""
    at = plan_for("multifidus:wake").made_at
    life = Life(at, ["multifidus:wake"], pain=lambda day: 2 if day < 4 else 5)
    days: dict[str, list[int]] = {}
    for day in range(28):
        life.day(at + timedelta(days=day, hours=1), most=1)
        for cause in {concern.cause for concern in life.today().concerns}:
            days.setdefault(cause, []).append(day)
        assert concerns_told(life.plan, LIBRARY, life.record.history, life.at) == []
    assert any(cause.startswith("pain_up") for cause in days)
    for cause, on in days.items():
        assert all(later - earlier >= 7 for earlier, later in pairwise(on)), cause
