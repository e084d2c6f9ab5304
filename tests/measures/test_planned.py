from __future__ import annotations

from typing import Any

import pytest

from reloadpt.journal.events import Cleared, DayStanding, Due, FlagRaised, Paused, SessionOpened, SetDone
from reloadpt.measures.adherence import adherence_between
from reloadpt.measures.planned import PlannedDay, planned_days, unknown_days
from sample_logs import BIRD_DOG, NEEDLED, Said, at, begins, course, due, dues, filled_in, item, sat, sent


def planned(*said: Said) -> list[PlannedDay]:
    return list(planned_days(course(*said)))


def by_day(*said: Said) -> dict[int, PlannedDay]:
    return {(day.day - NEEDLED.date()).days: day for day in planned(*said)}


def test_what_was_dealt_is_planned_and_what_was_done_of_it_is_done() -> None:
    [day] = planned((at(0), begins()), *sat(0, 3), sent(0))
    assert [each.status for each in day.sets] == ["done", "done", "done", "skipped"]
    assert not day.sessions[0].done, "three of four are below 80 %"


def test_a_session_counts_from_80_percent_of_its_sets() -> None:
    [four] = planned((at(0), begins()), *sat(0, 4, item(sets=5)), sent(0))
    [three] = planned((at(0), begins()), *sat(0, 3, item(sets=5)), sent(0))
    assert four.sessions[0].done
    assert not three.sessions[0].done


def test_a_day_on_which_nothing_was_opened_counts_as_planned() -> None:
    found = by_day((at(0), begins()), *sat(0), due(1), *sat(2), sent(3))
    assert found[1].missed
    assert [each.status for each in found[1].sets] == ["not_opened"] * 4
    assert not found[2].missed


def test_the_day_of_the_plan_and_the_day_of_the_report_are_not_over() -> None:
    found = by_day((at(0), begins()), due(0, standing="as_dealt"), *sat(1), due(1), due(2), sent(2))
    assert list(found) == [1]


def test_a_session_over_midnight_belongs_to_the_day_it_began() -> None:
    session = "2026-11-21.1"
    late: list[Said] = [(at(1, 23.9), SessionOpened(session=session, items=(item(),)))]
    late += [(at(2, 0.1), SetDone(session=session, exercise=BIRD_DOG, set=n)) for n in (1, 2, 3, 4)]
    found = by_day((at(0), begins()), *sat(0), *late, *sat(2), sent(3))
    assert found[1].sessions[0].done
    assert [len(found[day].extra) for day in (1, 2)] == [0, 0]


def test_several_times_a_day_are_several_sessions() -> None:
    found = by_day(
        (at(0), begins()), *sat(1), *sat(1, hour=14, k=2), due(1, times=3, often=(3, "day")), sent(2)
    )
    assert [session.session for session in found[1].sessions] == ["2026-11-21.1", "2026-11-21.2", None]
    assert [session.done for session in found[1].sessions] == [True, True, False]


def test_what_the_log_says_last_of_a_day_counts() -> None:
    found = by_day((at(0), begins()), due(1, item(sets=9)), due(1, item(sets=2)), sent(3))
    assert len(list(found[1].sets)) == 2


def test_a_day_of_which_the_log_does_not_say_what_was_due_counts_what_was_dealt() -> None:
    twice = [*sat(1, 2), *sat(1, hour=15, k=2)]
    log = course((at(0), begins()), *twice, *sat(3), due(3), sent(5))
    found = {(day.day - NEEDLED.date()).days: day for day in planned_days(log)}
    assert list(found) == [1, 3], "a day that was never opened is not known"
    assert len(list(found[1].sets)) == 6, "what was left was dealt again"
    assert unknown_days(log) == 2


WEEKLY: Any = {"often": (3, "week")}


def test_an_occasion_counts_once_on_the_day_it_was_done() -> None:
    open_from = dues(1, 3, since=1, **WEEKLY)
    found = by_day(
        (at(0), begins()), *open_from[:2], *sat(3), open_from[2], *sat(5), due(5, since=5, **WEEKLY), sent(6)
    )
    assert {day: each.sessions[0].done for day, each in found.items()} == {3: True, 5: True}


def test_one_that_was_dealt_and_not_done_counts_where_it_was_dealt_first() -> None:
    found = by_day((at(0), begins()), due(1, since=1, **WEEKLY), *sat(2, 0), due(2, since=1, **WEEKLY), *sat(3, 0),
                   due(3, since=1, **WEEKLY), due(4, since=4, **WEEKLY), sent(6))  # fmt: skip
    assert {day: each.sessions[0].done for day, each in found.items()} == {2: False, 4: False}


def test_one_that_was_never_dealt_counts_where_it_began() -> None:
    found = by_day((at(0), begins()), *dues(1, 2, since=1, **WEEKLY), *dues(3, 4, since=3, **WEEKLY), sent(9))
    assert {day: each.missed for day, each in found.items()} == {1: True, 3: True}


@pytest.mark.parametrize("per", ["week", "needling", "two_days"])
def test_one_still_open_on_the_day_of_the_report_does_not_count_yet(per: str) -> None:
    open_from = dues(1, 3, since=1, often=(1, per))
    assert by_day((at(0), begins()), *open_from, sent(4)) == {}
    assert list(by_day((at(0), begins()), *open_from, sent(5))) == [1], "it was open no more"


def test_what_was_done_of_it_on_another_of_its_days_is_set_against_it() -> None:
    later = [due(1, since=1, **WEEKLY), *sat(2, 1), due(2, since=1, **WEEKLY)]
    told = [*filled_in(3, BIRD_DOG, 2), due(3, since=1, **WEEKLY)]
    [day] = planned((at(0), begins()), *later, *told, sent(9))
    assert ([each.status for each in day.sets], day.extra) == (["done", "done", "done", "skipped"], ())


def test_what_was_dealt_on_a_day_that_changed_counts_there_alone() -> None:
    changed = due(2, since=1, standing="as_dealt", **WEEKLY)
    found = by_day((at(0), begins()), due(1, since=1, **WEEKLY), *sat(2), changed, sent(4))
    assert {day: each.sessions[0].done for day, each in found.items()} == {2: True}


def test_on_a_day_that_changed_in_its_middle_what_was_dealt_was_due() -> None:
    changed = due(1, item(), item("multifidus/other"), times=3, standing="as_dealt")
    [day] = planned((at(0), begins()), *sat(1), changed, sent(2))
    assert adherence_between([day]).sets == 1.0


@pytest.mark.parametrize("standing", ["locked", "paused"])
def test_a_day_that_is_told_as_locked_or_paused_leaves(standing: DayStanding) -> None:
    [day] = planned((at(0), begins()), *sat(1), due(1, standing=standing), sent(2))
    assert (day.state, len(day.extra), list(day.sets)) == (standing, 4, [])


@pytest.mark.parametrize("standing", ["over", "nothing_possible"])
def test_after_a_plan_or_where_nothing_is_possible_nothing_is_missed(standing: DayStanding) -> None:
    told = at(1), Due(day="2026-11-21", standing=standing)
    assert planned((at(0), begins()), told, sent(3)) == []


def test_a_session_given_up_and_dealt_again_the_same_day_counts_once() -> None:
    [day] = planned((at(0), begins()), *sat(0, 0), *sat(0, 4, hour=15, k=2), sent(0))
    assert len(day.sessions) == 1
    assert day.sessions[0].done


def test_locked_days_leave_and_what_was_done_on_them_stands_apart() -> None:
    found = by_day(
        (at(0), begins()),
        *sat(0),
        *sat(1),
        (at(1, 12), FlagRaised(code="SI")),
        (at(3, 12), Cleared(code="SI", by="the clinic", seen_at="2026-11-23")),
        *dues(1, 4),
        sent(5),
    )
    assert [found[day].state for day in (1, 2, 3)] == ["locked"] * 3
    assert not list(found[2].sets)
    assert len(found[1].extra) == 4
    assert found[4].missed


@pytest.mark.parametrize(("hour", "locked"), [(9, [1]), (15, [1]), (23, [1, 2])])
def test_a_faint_locks_its_day_and_eight_hours_and_no_day_after(hour: int, locked: list[int]) -> None:
    found = by_day((at(0), begins()), *sat(0), (at(1, hour), FlagRaised(code="SF")), *dues(1, 4), sent(5))
    assert [day for day, each in found.items() if each.state == "locked"] == locked
    assert found[3].missed, "nobody cleared it, and the days after are planned all the same"


def test_a_new_plan_by_a_therapist_ends_a_lock_and_one_made_before_it_does_not() -> None:
    raised = (at(1, 12), FlagRaised(code="SI"))
    after = begins("p2", made_at=at(2).isoformat())
    before = begins("p2", made_at=at(1, 8).isoformat())
    ended = by_day((at(0), begins()), *sat(0), raised, (at(2), after), *dues(1, 4), sent(5))
    state = by_day((at(0), begins()), *sat(0), raised, (at(2), before), *dues(1, 4), sent(5))
    assert ended[4].state == "planned"
    assert state[4].state == "locked"


def test_paused_days_leave() -> None:
    pause = Paused(from_="2026-11-21", to="2026-11-23")
    found = by_day((at(0), begins()), *sat(0), (at(0, 12), pause), *dues(1, 4), sent(5))
    assert [day for day, each in found.items() if each.state == "paused"] == [1, 2, 3]
    assert found[4].missed


def test_a_pause_that_makes_no_sense_is_passed_over() -> None:
    pause = Paused(from_="2026-99-99", to="0000-00-00")
    assert by_day((at(0), begins()), *sat(0), (at(0, 12), pause), due(1), sent(2))[1].missed


def test_what_was_filled_in_later_counts_for_its_day() -> None:
    back = [
        (
            at(2),
            SetDone(
                session="2026-11-22.1",
                exercise=BIRD_DOG,
                set=n,
                source="back_filled",
                for_day="2026-11-21",
            ),
        )
        for n in (1, 2, 3, 4)
    ]
    found = by_day((at(0), begins()), *sat(0), *back, due(1), sent(2))
    assert found[1].sessions[0].done
    assert adherence_between(found.values()).by_source == {"timed": 4, "back_filled": 4}


def test_of_a_day_that_was_not_opened_another_exercise_of_the_muscle_counts() -> None:
    other = "multifidus/prone-arm-lift"
    found = by_day((at(0), begins()), *sat(0), *filled_in(1, other, 3), due(1), sent(3))
    assert [each.status for each in found[1].sets] == ["done", "done", "done", "not_opened"]
    assert [each.item.exercise for each in found[1].sets] == [other] * 3 + [BIRD_DOG]
    assert found[1].extra == ()


def test_of_another_muscle_or_beside_an_opened_session_it_is_extra() -> None:
    found = by_day(
        (at(0), begins()),
        *sat(1, 1),
        *filled_in(1, "multifidus/prone-arm-lift", 4),
        due(1),
        *filled_in(2, "calf/heel-raise", 4),
        due(2),
        sent(4),
    )
    assert [each.status for each in found[1].sets] == ["done", "skipped", "skipped", "skipped"]
    assert [each.status for each in found[2].sets] == ["not_opened"] * 4
    assert [len(found[day].extra) for day in (1, 2)] == [4, 4]


def test_what_was_done_without_being_planned_is_extra() -> None:
    done = SetDone(session="2026-11-20.1", exercise="calf/heel-raise", set=1)
    [day] = planned((at(0), begins()), *sat(0), (at(0, 10), done), sent(0))
    assert len(day.extra) == 1
    assert adherence_between([day]).sets == 1.0


def test_the_same_set_written_twice_counts_once() -> None:
    again = SetDone(session="2026-11-20.1", exercise=BIRD_DOG, set=1)
    [day] = planned((at(0), begins()), *sat(0, 1), (at(0, 10), again), sent(0))
    assert adherence_between([day]).sets_done == 1
    assert not day.extra


def test_an_exercise_that_is_offered_is_never_planned() -> None:
    [day] = planned((at(0), begins()), *sat(0, 4, item(), item("multifidus/extra", optional=True)), sent(0))
    assert len(list(day.sets)) == 4


def test_a_log_without_a_plan_has_nothing_planned() -> None:
    assert planned() == []
    assert planned(sent(3)) == []
