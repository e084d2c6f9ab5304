"""Who does all that is dealt has done all, in every week; the others are told the truth."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lives import BERLIN, LIBRARY, Life, chance_of, diligent, life_of, short_weeks
from reloadpt.journal.events import Cleared, FlagRaised, Needled, Paused, Shared
from reloadpt.measures.adherence import adherence_between, by_week
from reloadpt.measures.course import Course, course_of
from reloadpt.measures.planned import PlannedDay, planned_days

BEGINS = datetime(2026, 9, 28, 10, 0, tzinfo=BERLIN)
DAYS = 15


def some_targets(seed: int) -> list[str]:
    chance = chance_of(seed)
    muscles = chance.sample(sorted(LIBRARY.muscles), 1 + seed % 5)
    return [f"{muscle}:{chance.choice(('calm', 'wake'))}" for muscle in muscles]


@pytest.mark.parametrize("seed", range(8))
def test_who_does_all_that_is_dealt_has_done_all_in_every_week(seed: int) -> None:
    course = life_of(some_targets(seed), seed, DAYS, most_exercises=(4, 2, 6, 1)[seed % 4])
    assert short_weeks(course) == []
    assert len(by_week(planned_days(course))) >= 2


def test_one_set_that_was_left_is_noticed() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    for day in range(3, 6):
        life.day(
            BEGINS + timedelta(days=day, hours=-2), sets=1 if day == 4 else None, most=1 if day == 4 else 9
        )
    assert len(short_weeks(life.shares())) == 1


def morning(day: int, hour: float = 8) -> datetime:
    return BEGINS.replace(hour=0) + timedelta(days=day, hours=hour)


def lazy_life(seed: int, days: int = DAYS) -> Life:
    """Somebody who comes on some days, and does some of what is dealt."""
    chance = chance_of(seed)
    life = Life(BEGINS, some_targets(seed), pain=lambda day: 1 + day % 3)
    for day in range(days):
        if chance.random() < 0.6:
            life.day(morning(day), most=chance.choice((1, 2, 9)), sets=chance.choice((None, None, 1, 3)))
    life.at = max(life.at, morning(days))
    return life


def whole_days(course: Course) -> list[PlannedDay]:
    planned = {day for day, due in course.dues.items() if due.standing == "planned"}
    return [day for day in planned_days(course) if day.day.isoformat() in planned]


def test_who_does_nothing_of_a_planned_day_has_none_of_it() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    life.day(morning(0, 11))
    life.at = morning(9)
    missed = [day for day in whole_days(life.shares()) if day.sessions]
    assert len(missed) > 4
    assert adherence_between(missed).sets == 0.0
    assert all(day.missed for day in missed)


@pytest.mark.parametrize("seed", range(6))
def test_telling_later_lowers_no_figure(seed: int) -> None:
    from reloadpt.care.backfill import as_dealt, open_sets, sets_told_later

    life, chance = lazy_life(seed), chance_of(seed)
    before = life.shares()
    for ago in chance.sample(range(1, 9), 4):
        day = (life.at - timedelta(days=ago)).date()
        left = open_sets(life.plan, LIBRARY, life.record.history, day, life.at)
        told = [as_dealt(item, side, sets) for item, side, sets in chance.sample(left, (len(left) + 1) // 2)]
        if told:
            life.writes(*sets_told_later(life.record.history, told, day, life.at))
    counts, more = (adherence_between(planned_days(course)) for course in (before, life.shares()))
    assert (more.sets or 0) >= (counts.sets or 0)
    assert (more.sessions or 0) >= (counts.sessions or 0)
    assert more.sets_done >= counts.sets_done


def does_more(life: Life, more: str) -> None:
    """On a planned day of which some is done: open more often, do more, or tell more of it."""
    from reloadpt.care.backfill import BackfilledSets, as_dealt, open_sets, sets_told_later

    life.at += timedelta(hours=3)
    due, day = life.today(), life.at.date()
    left = open_sets(life.plan, LIBRARY, life.record.history, day, life.at)
    match more:
        case "opened":
            life.session(due.items, sets=0)
        case "a set":
            life.session(due.items, sets=1)
        case "a session":
            life.session(due.items)
        case "twice":
            life.session(due.items)
            life.at += timedelta(hours=3)
            life.session(life.today().items)
        case "beside the plan":
            extra = [BackfilledSets(f"{life.plan.targets[0].muscle}/of-my-own", "both", 3)]
            life.writes(*sets_told_later(life.record.history, extra, day, life.at))
        case "told":
            told = [as_dealt(item, side, sets) for item, side, sets in left]
            life.writes(*(sets_told_later(life.record.history, told, day, life.at) if told else ()))
        case _:
            pass


def day_with_more(seed: int, more: str) -> tuple[PlannedDay | None, str]:
    """The third day of a life of ``seed``, on which some is done and then ``more``; and what stood of it."""
    life = Life(BEGINS, some_targets(seed))
    for day in (1, 2):
        life.day(morning(day))
    life.day(morning(3), most=1, sets=1)
    does_more(life, more)
    life.at = morning(5)
    life.opens()
    course = life.shares()
    date_of = morning(3).date()
    found = [planned for planned in planned_days(course) if planned.day == date_of]
    return (found[0] if found else None), course.dues[date_of.isoformat()].standing


@pytest.mark.parametrize("seed", range(5))
def test_on_a_planned_day_doing_more_or_opening_more_lowers_no_figure(seed: int) -> None:
    base, standing = day_with_more(seed, "")
    assert standing == "planned"
    assert base
    before = adherence_between([base])
    raised = set()
    for more in ("opened", "a set", "a session", "twice", "beside the plan", "told"):
        found, standing = day_with_more(seed, more)
        assert found, more
        assert standing == "planned", more
        after = adherence_between([found])
        assert (after.sets or 0) >= (before.sets or 0), more
        assert (after.sessions or 0) >= (before.sessions or 0), more
        assert after.sets_done + after.extra >= before.sets_done + before.extra, more
        raised |= {more} if (after.sets or 0) > (before.sets or 0) else set()
    assert raised >= {"a session", "told"}


@pytest.mark.parametrize("seed", range(3))
def test_random_lives_with_all_that_happens_keep_it(seed: int) -> None:
    """Needled again, a new plan, a pause, a lock, easy days, a journey over zones, the night of the clock change."""
    chance = chance_of(seed)
    easy = {chance.randrange(5, 24) for _ in range(3)}
    life = Life(datetime(2026, 10, 12, 10, 0, tzinfo=BERLIN), some_targets(seed + 2),
                pain=lambda day: 6 if day in easy else 1)  # fmt: skip
    first = life.at.replace(hour=0)
    for day in range(24):
        at = first + timedelta(days=day, hours=7 + chance.random() * 2)
        life.day(at, most=1 if day == 9 else 24)
        if day == 9:
            life.writes(Needled(muscle=life.plan.targets[0].muscle, needled_at=life.at))
            life.day(life.at + timedelta(minutes=30))
        if day == 12:
            life.writes(FlagRaised(code="SI", advice="Call."))
        if day == 13:
            life.at = first + timedelta(days=day, hours=20)
            life.writes(Cleared(code="SI", by="the clinic", seen_at="2026-10-25"))
        if day == 16:
            life.at += timedelta(minutes=5)
            life.starts(life.targets)
            life.day(life.at + timedelta(minutes=30))
        if day == 19:
            tomorrow = (first + timedelta(days=20)).date().isoformat()
            life.writes(Paused(from_=tomorrow, to=tomorrow))
    life.at = first + timedelta(days=24, hours=8)
    course = life.shares()
    assert short_weeks(course) == []
    assert {"as_dealt", "locked", "paused", "planned"} <= {due.standing for due in course.dues.values()}


def test_a_journey_over_zones_keeps_it() -> None:
    from zoneinfo import ZoneInfo

    life = Life(BEGINS, ["multifidus:wake"])
    for day, zone in enumerate(["Europe/Berlin"] * 4 + ["America/New_York"] * 4 + ["Asia/Tokyo"] * 4):
        life.at = life.at.astimezone(ZoneInfo(zone))
        life.day((BEGINS + timedelta(days=day)).replace(hour=8, tzinfo=ZoneInfo(zone)))
    life.at += timedelta(days=1)
    assert short_weeks(life.shares()) == []


def test_many_sessions_of_a_day_are_its_rounds() -> None:
    course = diligent(Life(BEGINS, ["upper-trapezius:calm"]), 3, lambda _: 7.0)
    due = course.dues["2026-09-30"]
    [day] = [day for day in planned_days(course) if day.day.isoformat() == "2026-09-30"]
    assert len(day.sessions) == max(item.times for item in due.items) > 1


def test_thirty_missed_days_are_one_entry_each_and_one_over_at_the_end_of_the_plan() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    life.day(morning(0, 11))
    life.at = morning(90)
    life.writes(Shared(through=1))
    dues = list(course_of(life.record.journal.entries()).dues.values())
    assert [due.standing for due in dues][-1] == "over"
    assert sum(due.standing == "over" for due in dues) == 1
    assert len(dues) == 1 + 42 + 14 - 1 + 1
