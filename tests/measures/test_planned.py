from __future__ import annotations

from datetime import date, timedelta

import pytest

from reloadpt.journal.events import Cleared, FlagRaised, Paused, SessionOpened, SetDone, SetSkipped
from reloadpt.measures.adherence import adherence_between, by_week
from reloadpt.measures.planned import PlannedDay, planned_days
from sample_logs import BIRD_DOG, NEEDLED, Said, at, begins, course, item, sat, sent


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
    found = by_day((at(0), begins()), *sat(0), *sat(2), sent(3))
    assert found[1].missed
    assert [each.status for each in found[1].sets] == ["not_opened"] * 4
    assert not found[2].missed


def test_the_day_of_the_plan_and_the_day_of_the_report_are_not_over() -> None:
    found = by_day((at(0), begins()), *sat(1), sent(2))
    assert list(found) == [1]


def test_a_session_over_midnight_belongs_to_the_day_it_began() -> None:
    session = "2026-11-21.1"
    late: list[Said] = [(at(1, 23.9), SessionOpened(session=session, items=(item(),)))]
    late += [(at(2, 0.1), SetDone(session=session, exercise=BIRD_DOG, set=n)) for n in (1, 2, 3, 4)]
    found = by_day((at(0), begins()), *sat(0), *late, *sat(2), sent(3))
    assert found[1].sessions[0].done
    assert [len(found[day].extra) for day in (1, 2)] == [0, 0]


def test_several_times_a_day_are_several_sessions() -> None:
    often = {BIRD_DOG: (3, "day")}
    found = by_day((at(0), begins(often=often)), *sat(1), *sat(1, hour=14, k=2), sent(2))
    assert [session.session for session in found[1].sessions] == ["2026-11-21.1", "2026-11-21.2", None]


def test_three_a_week_are_three_in_a_silent_week() -> None:
    often = {BIRD_DOG: (3, "week")}
    found = planned((at(0), begins(often=often)), *sat(0), sent(24))
    weeks = by_week(found)
    assert weeks[date(2026, 11, 23)].sessions_planned == 3
    assert weeks[date(2026, 11, 30)].sessions_planned == 3
    assert weeks[date(2026, 11, 23)].sessions_done == 0


def test_every_two_days_is_every_other_day() -> None:
    found = by_day((at(0), begins(often={BIRD_DOG: (1, "two_days")})), *sat(0), sent(7))
    assert list(found) == [0, 2, 4, 6]


def test_once_after_the_needle_is_once() -> None:
    found = by_day((at(0), begins(often={BIRD_DOG: (1, "needling")})), *sat(0), sent(7))
    assert list(found) == [0]


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
        sent(5),
    )
    assert [found[day].state for day in (1, 2, 3)] == ["locked"] * 3
    assert not list(found[2].sets)
    assert len(found[1].extra) == 4
    assert found[4].missed


@pytest.mark.parametrize(("hour", "locked"), [(9, [1]), (15, [1]), (23, [1, 2])])
def test_a_faint_locks_its_day_and_eight_hours_and_no_day_after(hour: int, locked: list[int]) -> None:
    found = by_day((at(0), begins()), *sat(0), (at(1, hour), FlagRaised(code="SF")), sent(5))
    assert [day for day, each in found.items() if each.state == "locked"] == locked
    assert found[3].missed, "nobody cleared it, and the days after are planned all the same"


def test_a_new_plan_by_a_therapist_ends_a_lock_and_one_made_before_it_does_not() -> None:
    raised = (at(1, 12), FlagRaised(code="SI"))
    after = begins("p2", made_at=at(2).isoformat())
    before = begins("p2", made_at=at(1, 8).isoformat())
    ended = by_day((at(0), begins()), *sat(0), raised, (at(2), after), sent(5))
    state = by_day((at(0), begins()), *sat(0), raised, (at(2), before), sent(5))
    assert ended[4].state == "planned"
    assert state[4].state == "locked"


def test_paused_days_leave() -> None:
    pause = Paused(from_="2026-11-21", to="2026-11-23")
    found = by_day((at(0), begins()), *sat(0), (at(0, 12), pause), sent(5))
    assert [day for day, each in found.items() if each.state == "paused"] == [1, 2, 3]
    assert found[4].missed


def test_a_pause_that_makes_no_sense_is_passed_over() -> None:
    pause = Paused(from_="2026-99-99", to="0000-00-00")
    assert by_day((at(0), begins()), *sat(0), (at(0, 12), pause), sent(2))[1].missed


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
    found = by_day((at(0), begins()), *sat(0), *back, sent(2))
    assert found[1].sessions[0].done
    assert adherence_between(found.values()).by_source == {"timed": 4, "back_filled": 4}


def filled_in(day: int, exercise: str, sets: int = 4) -> list[Said]:
    """Sets of an earlier day, told on the day after."""
    moment = at(day + 1)
    told: list[Said] = [(moment, SessionOpened(session=f"{moment.date()}.9"))]
    told += [
        (moment, SetDone(session=f"{moment.date()}.9", exercise=exercise, set=number, reps=9,
                         source="back_filled", for_day=at(day).date().isoformat()))
        for number in range(1, sets + 1)
    ]  # fmt: skip
    return told


def test_of_a_day_that_was_not_opened_another_exercise_of_the_muscle_counts() -> None:
    other = "multifidus/prone-arm-lift"
    found = by_day((at(0), begins()), *sat(0), *filled_in(1, other, 3), sent(3))
    assert [each.status for each in found[1].sets] == ["done", "done", "done", "not_opened"]
    assert [each.item.exercise for each in found[1].sets] == [other] * 3 + [BIRD_DOG]
    assert found[1].sessions[0].sets[0].item.reps == 9
    assert found[1].extra == ()


def test_of_another_muscle_or_beside_an_opened_session_it_is_extra() -> None:
    found = by_day(
        (at(0), begins()),
        *sat(1, 1),
        *filled_in(1, "multifidus/prone-arm-lift"),
        *filled_in(2, "calf/heel-raise"),
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


def test_at_most_so_many_exercises_are_planned_for_a_day_that_was_not_opened() -> None:
    names = [f"multifidus/e{n}" for n in range(6)]
    plan = begins(often=dict.fromkeys(names, (1, "day")), most_exercises=3)
    found = by_day((at(0), plan), *sat(0, None, *(item(name, 1) for name in names)), sent(2))
    assert len(list(found[1].sets)) == 3


def test_after_two_stops_for_pain_an_exercise_is_expected_no_more() -> None:
    hurt = [
        said
        for day in (0, 1)
        for said in (
            (at(day), SessionOpened(session=f"{at(day).date()}.1", items=(item(),))),
            (at(day), SetSkipped(session=f"{at(day).date()}.1", exercise=BIRD_DOG, set=1, reason="pain")),
        )
    ]
    found = by_day((at(0), begins()), *hurt, sent(5))
    assert list(found) == [0, 1]
    assert adherence_between(found.values()).pain_skips == 2


def test_the_daily_calm_exercise_is_daily_however_often_its_own_phase_means_it() -> None:
    often = {BIRD_DOG: (6, "day")}
    calm = item(rule="calm.daily")
    found = by_day((at(0), begins(often=often)), *sat(0, None, calm), *sat(1, None, calm), sent(3))
    assert [len(found[day].sessions) for day in (1, 2)] == [1, 1]


def test_an_easy_day_is_not_expected_again() -> None:
    gentle = item("multifidus/breathing", sets=1, rule="day.easy")
    found = by_day((at(0), begins()), *sat(0), *sat(1, None, gentle), sent(3))
    assert [each.item.exercise for each in found[1].sets] == ["multifidus/breathing"]
    assert {each.item.exercise for each in found[2].sets} == {BIRD_DOG}


@pytest.mark.parametrize("change", [{"phase": "reload"}, {"rule": "stop"}])
def test_what_was_dealt_before_ends_with_its_phase_or_a_stop(change: dict[str, str]) -> None:
    later = item("multifidus/later", sets=1, **change)
    found = by_day((at(0), begins()), *sat(0), *sat(1, None, later), sent(3))
    assert {each.item.exercise for each in found[2].sets} == {"multifidus/later"}


def test_a_patient_who_never_opened_anything_had_something_planned_all_the_same() -> None:
    found = planned((at(0), begins(often={})), sent(6))
    assert [day.missed for day in found] == [True] * 5


def test_a_plan_is_dealt_for_two_weeks_after_its_end_and_no_longer() -> None:
    found = by_day((at(0), begins(ends=at(10).isoformat())), *sat(0), sent(60))
    assert max(found) == 24


def test_a_plan_that_says_it_lasts_for_centuries_is_not_believed() -> None:
    found = by_day((at(0), begins(ends="2199-01-01T00:00:00+01:00")), *sat(0), sent(300))
    assert max(found) == 42 + 14


def test_a_log_without_a_plan_has_nothing_planned() -> None:
    assert planned() == []
    assert planned(sent(3)) == []


def test_until_cuts_the_days_off() -> None:
    log = course((at(0), begins()), *sat(0), *sat(1), *sat(2), sent(3))
    assert [each.day for each in planned_days(log, at(1).date())] == [NEEDLED.date(), at(1).date()]


def test_a_year_is_quick_enough_for_a_thousand_patients() -> None:
    said = [each for day in range(0, 300, 2) for each in sat(day)]
    found = planned_days(course((at(0), begins(ends=at(299).isoformat())), *said, sent(300)))
    assert len(found) == 300
    assert found[-1].day - found[0].day < timedelta(days=300)
