"""Days as the patient lives them: journeys, summer time, clocks set back, days written down later, corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from diary import DAY_0, EVENING, LIBRARY, MORNING, ZONE, Diary, done, doses, phases, plan_for

from reloadpt.care.today import today_at
from reloadpt.journal.events import (
    Amended,
    CheckedIn,
    ExerciseRated,
    Paused,
    SessionClosed,
    SessionOpened,
    SetDone,
)

OPENED = "3/2s2 3/2s2 3/2s1 3/2s1"


def fresh(**plan: Any) -> Diary:
    return Diary(plan_for("multifidus:wake", start_pain=3, **plan))


def outcomes(diary: Diary, day: int) -> list[tuple[str, str]]:
    """The days that were judged, and how."""
    judged = diary.today(day).states.judgements
    return [(f"{each.day:%d}", each.outcome) for each in judged]


def test_a_traveller_across_eight_zones_does_the_day_once_and_is_judged_once() -> None:
    diary = fresh().live("3/2s2 3/2s2")
    there = timezone(timedelta(hours=9))
    evening = datetime(2026, 11, 4, 7, 0, tzinfo=there)
    assert evening.date() == DAY_0.date() + timedelta(days=2), "it is the third day there, the second at home"
    diary.zone = there
    diary.live("3/2s1 3/2s1 3s1")
    assert outcomes(diary, 4) == [("03", "green"), ("04", "green"), ("05", "green")]
    assert phases(diary.today(4)) == "activate", "96 true hours are not over"
    assert phases(diary.today(4, EVENING)) == "reload"


def test_the_same_date_lived_twice_across_the_date_line_is_one_day() -> None:
    diary = fresh(
        doses=[{"exercise": "multifidus/prone-multifidus-hold", "often": {"times": 1, "per": "day"}}]
    )
    diary.zone = timezone(timedelta(hours=12))
    diary.live("- - 3/2s1")
    assert doses(diary.today(2, EVENING)) == {}
    diary.zone = timezone(timedelta(hours=-10))
    assert doses(diary.today(2)) == {}, "this date has had its exercises"
    assert doses(diary.today(3)), "the next date has not"


def test_on_the_night_the_clocks_change_a_day_is_neither_doubled_nor_lost() -> None:
    zone = ZoneInfo("Europe/Berlin")
    needled = datetime(2026, 10, 23, 9, 0, tzinfo=zone)
    plan = plan_for("multifidus:wake", start_pain=3, needled_at=needled)
    diary = Diary(replace(plan))

    def local(day: int, hour: int, minute: int = 0) -> datetime:
        # as the program's clock gives it: a fixed offset, that of the moment
        moment = datetime(2026, 10, day, hour, minute, tzinfo=zone)
        return moment.astimezone(timezone(moment.utcoffset() or timedelta(0)))

    lift = "multifidus/prone-opposite-arm-lift"
    for day in (24, 25, 26):
        due = today_at(plan, LIBRARY, diary.history, local(day, 10))
        assert lift in [item.exercise for item in due.items]
        session = diary.history.next_session(local(day, 10).date())
        diary.write(local(day, 10), SessionOpened(session=session, items=due.items))
        diary.write(local(day, 10, 5), *done(session, due.items))
        late = today_at(plan, LIBRARY, diary.history, local(day, 23, 30))
        assert lift not in [item.exercise for item in late.items], "once a day, and it was done"


def test_a_reset_that_ends_in_the_hour_the_clocks_change_lasts_24_true_hours() -> None:
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    needled = datetime(2026, 10, 24, 9, 0, tzinfo=summer)
    plan = plan_for("multifidus:wake", needled_at=needled)
    diary = Diary(plan)
    before, after = datetime(2026, 10, 25, 7, 59, tzinfo=winter), datetime(2026, 10, 25, 8, 0, tzinfo=winter)
    assert phases(today_at(plan, LIBRARY, diary.history, before)) == "reset"
    assert phases(today_at(plan, LIBRARY, diary.history, after)) == "activate"


def test_a_clock_set_back_by_hours_does_not_deal_a_day_again() -> None:
    diary = fresh(
        doses=[{"exercise": "multifidus/prone-multifidus-hold", "often": {"times": 1, "per": "day"}}]
    )
    diary.live("- 3/2s1")
    assert doses(diary.today(1, time(9, 30))) == {}, "half an hour before it was done, by the wrong clock"


def test_days_written_by_a_clock_far_ahead_wait_and_do_not_hide_the_days_since() -> None:
    diary = fresh().live("3/2s2 3/2s2")
    diary.live("8/8s8", first=1000)
    diary.live("3/2s1 3/2s1 3s1", first=2)
    assert phases(diary.today(4)) == "reload"
    assert outcomes(diary, 4) == [("03", "green"), ("04", "green"), ("05", "green")]


def test_a_clock_far_ahead_when_days_were_forgotten_makes_all_be_read_again() -> None:
    diary = fresh().live("3/2s2 3/2s2")
    diary.rate(1000, 5)
    diary.forget()
    assert diary.history.trimmed_to is not None
    assert not diary.history.reaches_back
    diary.rate(2, 3)
    assert diary.history.reaches_back


def test_a_session_past_midnight_belongs_to_the_day_it_began() -> None:
    diary = fresh().live("3/2s2 3/2s1")
    items = diary.today(2, time(23, 50)).items
    diary.rate(2, 3, 1, when=time(23, 49))
    diary.write(diary.at(2, time(23, 50)), SessionOpened(session="2026-11-04.1", items=items))
    after_midnight = diary.at(3, time(0, 10))
    diary.write(after_midnight, *done("2026-11-04.1", items))
    for item in items:
        diary.write(after_midnight, ExerciseRated(session="2026-11-04.1", exercise=item.exercise, pain=7))
    diary.write(after_midnight, SessionClosed(session="2026-11-04.1", how="finished"))
    diary.rate(3, 3, when=time(7))
    assert outcomes(diary, 3) == [("03", "green"), ("04", "red")]


def test_what_is_written_down_for_an_earlier_day_belongs_to_that_day() -> None:
    diary = fresh().live("3/2s2 3/2s1 3s1")
    items = diary.today(2).items
    for_day = "2026-11-04"
    late = diary.at(3, time(9))
    diary.write(late, SessionOpened(session="2026-11-05.1", items=items))
    for event in done("2026-11-05.1", items):
        assert isinstance(event, SetDone)
        diary.write(late, SetDone(**{name: getattr(event, name) for name in ("session", "exercise", "side", "set")},
                                  reps=event.reps, source="back_filled", for_day=for_day))  # fmt: skip
    for item in items:
        diary.write(late, ExerciseRated(session="2026-11-05.1", exercise=item.exercise, pain=2))
    diary.rate(3, 3, 1)
    assert outcomes(diary, 3) == [("03", "green"), ("04", "green")]
    assert doses(diary.today(3)), "the day itself has still its exercises"


def test_a_correction_changes_the_judgement_of_its_day() -> None:
    diary = fresh().live("3/2s2 3/5s1 3s1")
    assert outcomes(diary, 2) == [("03", "red")]
    for entry in list(diary.entries):
        if isinstance(entry.event, ExerciseRated):
            diary.write(diary.at(2), Amended(amends=entry.n, change={"pain": 2}, reason="typed wrongly"))
    assert outcomes(diary, 2) == [("03", "green")]


def test_a_rating_two_days_later_still_counts_and_three_days_later_does_not() -> None:
    assert outcomes(fresh().live("3/2s2 3/2s1 - 3s1"), 3) == [("03", "green")]
    assert outcomes(fresh().live("3/2s2 3/2s1 - - 3s1"), 4) == [("03", "amber")]


def test_a_day_waits_for_its_morning_and_then_48_hours() -> None:
    diary = fresh().live("3/2s2 3/2s1")
    assert outcomes(diary, 2) == []
    assert diary.today(3, time(10, 25)).states.judgements[0].outcome == "amber"


def test_ratings_within_48_hours_of_a_needling_enter_no_mean() -> None:
    diary = fresh().live("9s2 9s2 3/2s1 3/2s1 3s1")
    judged = diary.today(4).states.judgements
    assert [each.baseline for each in judged] == [3, 3], "the start, then the one morning that counts"


def test_a_rating_after_a_new_needling_says_nothing_of_the_session_before_it() -> None:
    assert outcomes(fresh().live("3/2s2 3/2s1 3s1"), 2) == [("03", "green")]
    assert outcomes(fresh().live("3/2s2 3/2s1 N3s1"), 2) == []
    judged = fresh().live("3/2s2 3/2s1 N8s1 3s1").today(4).states.judgements
    assert [each.rule for each in judged] == ["no_morning"]


def test_a_pause_counts_as_days_away_and_is_told() -> None:
    diary = fresh().live(f"{OPENED} 3/2s1 3s1")
    diary.write(diary.at(5), Paused(from_="2026-11-08", to="2026-11-16", reason="holiday"))
    during = diary.today(8)
    assert during.paused_until is not None
    assert any("pause until Monday 16 November" in note for note in during.notes)
    back = diary.today(15)
    assert back.paused_until is None
    assert phases(back) == "activate"


def test_before_the_plan_began_today_is_that_of_the_plan_alone() -> None:
    diary = fresh().live("3/2s2 3/2s1")
    assert phases(diary.today(-3)) == "reset"


@pytest.mark.parametrize("year", [1, 1900, 9998])
def test_a_year_that_cannot_be_meant_is_passed_over(year: int) -> None:
    diary = fresh().live("3/2s2 3/2s2")
    odd = datetime(year, 5, 5, 5, 5, tzinfo=ZONE)
    diary.write(odd, CheckedIn(when="before", pain=9))
    diary.live("3/2s1 3s1", first=2)
    assert [each.outcome for each in diary.today(3, MORNING).states.judgements] == ["green", "green"]
