"""The rows that every export writes: they are the measures' own, and lose nothing that was done."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import Any

import pytest

from export_samples import sixty_sessions, tables_of
from reloadpt.journal.events import (
    Amended,
    CheckedIn,
    ExerciseRated,
    FlagRaised,
    Paused,
    PlanStarted,
    SessionOpened,
    SetDone,
)
from reloadpt.measures.adherence import adherence_between
from reloadpt.measures.planned import planned_days
from reloadpt.share.tables import Tables, tables_of_log
from sample_logs import BIRD_DOG, Said, at, begins, course, due, dues, item, rated, sat


def told(*said: Said, **more: Any) -> Tables:
    return tables_of_log(course((at(0), begins()), *said), **more)


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return tables_of(sixty_sessions(tmp_path_factory.mktemp("sixty") / "journal.jsonl"))


def test_what_is_planned_and_done_is_what_the_measures_count(sixty: Tables) -> None:
    counts = sixty.counts
    assert len(sixty.sets) == counts.sets_planned == sum(row.sets_planned for row in sixty.sessions)
    done = sum(row.status == "done" for row in sixty.sets)
    assert done == counts.sets_done == sum(row.sets_done for row in sixty.sessions)
    planned = [row for row in sixty.sessions if row.status != "extra"]
    assert (len(planned), sum(row.status == "done" for row in planned)) == (
        counts.sessions_planned,
        counts.sessions_done,
    )
    assert len(sixty.extra_sets) == counts.extra == sum(row.extra_sets for row in sixty.sessions)
    assert 0 < counts.sets_done < counts.sets_planned


def test_each_session_s_sets_stand_together_in_the_order_of_the_sessions(sixty: Tables) -> None:
    sets = iter(sixty.sets)
    for session in sixty.sessions:
        mine = list(islice(sets, session.sets_planned))
        assert {(row.session_id, row.session_date, row.plan_id) for row in mine} <= {
            (session.session_id, session.session_date, session.plan_id)
        }
        assert sum(row.status == "done" for row in mine) == session.sets_done
    assert next(sets, None) is None


def test_a_period_counts_its_days_as_the_measures_do() -> None:
    log = course((at(0), begins()), *sat(1), *sat(2, 1), *dues(3, 4), *sat(5))
    since, until = at(2).date(), at(4).date()
    some = tables_of_log(log, since, until)
    assert some.counts == adherence_between(planned_days(log), since, until)
    assert {row.session_date for row in some.sets} == {at(day).date() for day in (2, 3, 4)}
    assert tables_of_log(log, until=at(0).date()).sets == ()


def test_what_was_done_without_being_planned_stands_apart() -> None:
    extra = SetDone(session="2026-11-22.1", exercise="multifidus/other", set=1, reps=5)
    found = told(*sat(2), (at(2), extra))
    assert [(row.exercise_id, row.session_id) for row in found.extra_sets] == [
        ("multifidus/other", "2026-11-22.1")
    ]
    assert found.counts.extra == 1


def test_a_session_on_a_paused_day_is_extra_and_its_sets_too() -> None:
    pause = (at(1), Paused(from_="2026-11-22", to="2026-11-22"))
    found = told(pause, due(1), *sat(2), *sat(3))
    assert [(f"{row.session_date}", row.status) for row in found.sessions] == [
        ("2026-11-21", "not_opened"), ("2026-11-22", "extra"), ("2026-11-23", "done"),
    ]  # fmt: skip
    assert len(found.extra_sets) == 4


def test_locked_days_have_no_denominators_and_the_sign_has_its_row() -> None:
    found = told(*sat(1), (at(2), FlagRaised(code="SI")), rated(5, 3))
    assert {row.session_date for row in found.sets} == {at(1).date()}
    assert [(row.code, row.raised_date, row.ended_date) for row in found.signs] == [
        ("SI", at(2).date(), None)
    ]


def test_a_correction_is_in_the_rows_and_a_voided_set_is_not_done() -> None:
    log = [(at(0), begins()), rated(1, 3), *sat(1, None, item(sets=2))]
    found = tables_of_log(course(*log, (at(1, 10), Amended(amends=2, change={"pain": 5}))))
    assert [row.pain_0_10 for row in found.checkins] == [5]
    voided = tables_of_log(course(*log, (at(1, 10), Amended(amends=4, change=None))))
    assert [row.status for row in voided.sets] == ["skipped", "done"]


def test_a_rating_stands_on_the_rows_of_its_exercise_and_side() -> None:
    dealt = item(sets=1, per_side=True)
    said = [
        *sat(1, None, dealt, item("multifidus/dead-bug", sets=1)),
        (at(1), ExerciseRated(session="2026-11-21.1", exercise=BIRD_DOG, side="left", pain=4)),
        (at(1), ExerciseRated(session="2026-11-21.1", exercise=BIRD_DOG, side="both", pain=2, effort=6)),
    ]
    rows = {(row.exercise_id, row.side): (row.pain_during_0_10, row.effort_0_10) for row in told(*said).sets}
    assert rows == {
        (BIRD_DOG, "left"): (4, 6),
        (BIRD_DOG, "right"): (2, 6),
        ("multifidus/dead-bug", "both"): (None, None),
    }


def test_a_new_plan_is_the_plan_of_what_comes_after_it() -> None:
    second = (at(3, 9), PlanStarted(plan=begins("p2").plan))
    found = told(*sat(1), due(2), *sat(3, hour=8), second, *sat(3, hour=10, k=2), due(4), *sat(5))
    plans = {(f"{row.session_date:%d}", row.session_id): row.plan_id for row in found.sessions}
    assert plans == {
        ("21", "2026-11-21.1"): "p1", ("22", None): "p1", ("23", "2026-11-23.1"): "p1",
        ("23", "2026-11-23.2"): "p2", ("24", None): "p2", ("25", "2026-11-25.1"): "p2",
    }  # fmt: skip
    assert [row.plan_id for row in found.plans] == ["p1", "p2"]
    assert {(row.plan_id, row.exercise_id) for row in found.prescribed} == {
        ("p1", BIRD_DOG),
        ("p2", BIRD_DOG),
    }


@pytest.mark.parametrize(
    ("zone", "kept"),
    [("Europe/Berlin", "Europe/Berlin"), ("Etc/GMT+2", "Etc/GMT+2"), ("UTC", "UTC"), ("+02:00", None),
     ("=1+1", None), ("", None), (None, None), ("x" * 61, None), ("Europe/Berlin\n", None)],
)  # fmt: skip
def test_a_zone_is_a_name_or_nothing(zone: str | None, kept: str | None) -> None:
    said: list[Said] = [
        (at(1), SessionOpened(session="2026-11-21.1", zone=zone, items=(item(),))),
        (at(1), CheckedIn(when="before", pain=3, zone=zone)),
    ]
    found = told(*said)
    assert [row.timezone for row in found.sessions] == [kept]
    assert [row.timezone for row in found.checkins] == [kept]


def test_times_are_those_of_the_patient_s_clock() -> None:
    [session] = told(*sat(1)).sessions
    assert session.session_start
    assert session.session_start.utcoffset() == timedelta(hours=1)
    assert session.session_start.hour == 9


def test_a_log_with_nothing_in_it_gives_empty_tables() -> None:
    found = tables_of_log(course())
    assert (found.sets, found.sessions, found.plans, found.counts.sets_planned) == ((), (), (), 0)
