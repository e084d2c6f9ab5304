"""Short work, many times a day: one guided session is rated, the other rounds are ticked, and all of them count."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lives import BERLIN, LIBRARY, Life
from reloadpt.care.backfill import as_dealt, open_sets, sets_told_later
from reloadpt.care.days import short_work_on
from reloadpt.coach.guided import GuidedSession, already_rated
from reloadpt.journal.events import Due, DueItem, HowOften
from reloadpt.measures.adherence import adherence_between
from reloadpt.measures.planned import planned_days

BEGUN = datetime(2026, 11, 2, 9, tzinfo=BERLIN)
FLOOR = ("pelvic-floor-underactive:wake",)


def tick(life: Life, rounds: int) -> None:
    """Tick ``rounds`` of what is open today, as the key does: each a session of its own, with no rating."""
    for _ in range(rounds):
        life.at += timedelta(minutes=30)
        left = open_sets(life.plan, LIBRARY, life.record.history, life.at.date(), life.at)
        done = [as_dealt(item, side, item.sets) for item, side, sets in left if sets >= item.sets]
        if done:
            life.writes(*sets_told_later(life.record.history, done, life.at.date(), life.at, source="typed"))


def lived(days: int, *, guided: bool, ticks: int) -> Life:
    life = Life(BEGUN, FLOOR, more={"cleared": ("squeeze",)})
    for day in range(1, days):
        begins = BEGUN + timedelta(days=day)
        life.day(begins, most=int(guided))
        life.at = max(life.at, begins)
        life.opens()
        tick(life, ticks)
    life.at = BEGUN + timedelta(days=days)
    life.opens()
    return life


def phase(life: Life) -> str:
    return next(iter(life.today().phases.values())).phase


@pytest.mark.parametrize(
    ("guided", "ticks", "reached"), [(True, 2, "reload"), (True, 0, "reload"), (False, 3, "activate")]
)
def test_one_rated_session_a_day_is_enough_to_judge_and_none_is_not(
    *, guided: bool, ticks: int, reached: str
) -> None:
    assert phase(lived(6, guided=guided, ticks=ticks)) == reached


def test_ticked_rounds_count_for_what_is_due() -> None:
    life = lived(4, guided=True, ticks=2)
    counts = adherence_between(planned_days(life.shares()), until=(BEGUN + timedelta(days=3)).date())
    assert counts.by_source["typed"] > 0
    assert (counts.sets, counts.extra) == (1, 0)
    assert not open_sets(life.plan, LIBRARY, life.record.history, (BEGUN + timedelta(days=3)).date(), life.at)


def test_short_work_is_rated_once_a_day() -> None:
    life = lived(3, guided=False, ticks=0)
    life.session(life.today().items)
    life.at += timedelta(hours=3)
    items = life.today().items
    assert items
    again = GuidedSession.open(life.record, items, lambda: life.at)
    rated = {exercise for exercise, _ in already_rated(life.record.history, again.session)}
    again.leave()
    assert {item.exercise for item in items} <= rated


def test_what_is_done_twice_a_day_is_rated_each_time() -> None:
    life = Life(BEGUN, ("pelvic-floor-overactive:calm",))
    life.day(BEGUN + timedelta(days=1), most=1)
    life.at += timedelta(hours=3)
    items = life.today().items
    assert items
    again = GuidedSession.open(life.record, items, lambda: life.at)
    rated = already_rated(life.record.history, again.session)
    again.leave()
    assert rated == set()


@pytest.mark.parametrize(("times", "is_short"), [(2, False), (3, True), (6, True)])
@pytest.mark.parametrize("per", ["day", "week"])
def test_three_times_a_day_or_more_is_short(times: int, per: str, *, is_short: bool) -> None:
    life = Life(BEGUN, FLOOR)
    item = DueItem(
        exercise="pelvic-floor-underactive/long-squeeze", name="Long squeeze", muscle="pelvic-floor-underactive",
        sides=("both",), phase="activate", intent="wake", sets=1, times=1, since="2026-11-02",
        often=HowOften(times=times, per=per),  # type: ignore[arg-type]
    )  # fmt: skip
    life.writes(Due(day="2026-11-02", standing="planned", items=(item,)))
    assert bool(short_work_on(life.record.history, BEGUN.date())) is (is_short and per == "day")
