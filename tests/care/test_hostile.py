"""Journals that no patient of ours wrote: nothing in them makes Today fail, and locks stay locked."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import msgspec
from diary import DAY_0, LIBRARY, LOW_BACK, Diary, plan_for
from hypothesis import given
from hypothesis import strategies as st

from profiles import tries
from reloadpt.care.following import keep_recent
from reloadpt.care.history import History
from reloadpt.care.today import today_at
from reloadpt.journal.events import (
    Amended,
    AnyEvent,
    CheckedIn,
    Cleared,
    ExerciseRated,
    FlagRaised,
    MissedExplained,
    Needled,
    Paused,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
    Soreness,
)

PLAN = plan_for(*LOW_BACK, start_pain=3)
ITEMS = Diary(PLAN).live("3/2s2 3s2").today(1).items
ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
MOMENTS = st.one_of(
    st.datetimes(datetime(2026, 10, 1), datetime(2027, 3, 1), timezones=ZONES),  # noqa: DTZ001
    st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=ZONES),  # noqa: DTZ001
)
DAYS = st.sampled_from(["2026-11-03", "0001-01-01", "9999-12-31", "2026-99-99", "2020-02-30"])
EXERCISES = st.sampled_from(
    [item.exercise for item in ITEMS] + ["multifidus/gone", "nobody/knows", "no-slash"]
)
SESSIONS = st.sampled_from(["2026-11-03.1", "2026-11-04.1", "9999-12-31.9", "odd"])
SCORES = st.integers(0, 10)
SIDES = st.sampled_from(["left", "right", "both"])
EVENTS: st.SearchStrategy[AnyEvent] = st.one_of(
    st.builds(CheckedIn, when=st.sampled_from(["before", "morning", "other"]), pain=SCORES | st.none(),
              soreness=st.lists(st.builds(Soreness, muscle=st.sampled_from(["multifidus", "gone"]), side=SIDES,
                                          score=SCORES), max_size=2).map(tuple)),
    st.builds(SessionOpened, session=SESSIONS, items=st.lists(st.sampled_from(ITEMS), max_size=3).map(tuple)),
    st.builds(SetDone, session=SESSIONS, exercise=EXERCISES, side=SIDES, set=st.integers(1, 4),
              for_day=DAYS | st.none()),
    st.builds(SetSkipped, session=SESSIONS, exercise=EXERCISES, side=SIDES, set=st.integers(1, 4),
              reason=st.sampled_from(["pain", "equipment", "time"])),
    st.builds(ExerciseRated, session=SESSIONS, exercise=EXERCISES, side=SIDES, pain=SCORES | st.none(),
              effort=SCORES | st.none(), two_more=st.booleans() | st.none()),
    st.builds(SessionClosed, session=SESSIONS, how=st.sampled_from(["finished", "stopped"]), worst=SCORES | st.none()),
    st.builds(Needled, muscle=st.sampled_from(["multifidus", "gone"]), side=SIDES,
              needled_at=MOMENTS | st.just(datetime(2026, 11, 5))),  # noqa: DTZ001
    st.builds(Paused, from_=DAYS, to=DAYS),
    st.builds(MissedExplained, day=DAYS, barrier=st.just("")),
    st.builds(Cleared, code=st.sampled_from(["spoke", "SL"]), by=st.just("x"), seen_at=st.just("")),
    st.builds(Amended, amends=st.integers(0, 30), change=st.none() | st.just({"pain": 9, "for_day": "2026-11-01"})),
    st.builds(PlanStarted, plan=st.sampled_from([
        PLAN.as_json() | {"id": "second"}, {"id": "empty"}, {"id": "odd", "targets": "none"},
        PLAN.as_json() | {"id": "far", "made_at": "9999-12-30T00:00:00Z", "ends": "0001-01-01T00:00:00Z"},
        PLAN.as_json() | {"id": "other", "targets": [{"muscle": "gone", "needled_at": "2026-11-01T00:00:00Z"}]},
    ])),
)  # fmt: skip


@tries(60)
@given(st.lists(st.tuples(MOMENTS, EVENTS), max_size=25), MOMENTS)
def test_nothing_in_a_journal_makes_today_fail(
    written: list[tuple[datetime, AnyEvent]], at: datetime
) -> None:
    diary = Diary(PLAN)
    for moment, event in written:
        diary.write(moment, event)
    asked = at if 1990 <= at.year < 2200 else DAY_0
    before = today_at(PLAN, LIBRARY, diary.history, asked)
    keep_recent(diary.history, 10)
    kept = msgspec.json.decode(msgspec.json.encode(diary.history), type=History)
    after = today_at(PLAN, LIBRARY, kept, asked)
    assert (before.locked, before.plan) == (after.locked, after.plan)


@tries(40)
@given(st.lists(st.tuples(MOMENTS, EVENTS), max_size=15), st.integers(0, 15))
def test_whatever_else_is_written_a_sign_locks_until_it_is_cleared(
    written: list[tuple[datetime, AnyEvent]], place: int
) -> None:
    diary = Diary(PLAN)
    for moment, event in [*written[:place], (DAY_0, FlagRaised(code="ST", advice="Call.")), *written[place:]]:
        if not (isinstance(event, PlanStarted) and event.plan.get("made_at", "") > "2027"):
            diary.write(moment, event)
    assert today_at(PLAN, LIBRARY, diary.history, DAY_0 + timedelta(days=1)).items == ()


def test_a_set_written_down_for_a_day_to_come_is_of_the_day_it_was_written() -> None:
    diary = Diary(PLAN).live("3/2s2")
    done = SetDone(session="2026-11-02.1", exercise="multifidus/bird-dog", set=1, for_day="9999-12-31")
    diary.write(diary.at(1), done)
    assert diary.today(2).states.muscles["multifidus:both"].last_done == date(2026, 11, 3)
