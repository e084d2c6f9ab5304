from __future__ import annotations

import pytest

from reloadpt.journal.events import SetDone, SetSkipped, Source
from reloadpt.measures.adherence import Adherence, adherence_between, by_week
from reloadpt.measures.planned import planned_days
from sample_logs import BIRD_DOG, Said, at, begins, course, dues, item, sat, sent


def count(*said: Said) -> Adherence:
    return adherence_between(planned_days(course((at(0), begins()), *said)))


def test_sets_are_done_of_dealt_over_the_days() -> None:
    found = count(*sat(0), *sat(1, 2), *sat(2, 0), sent(2))
    assert (found.sets_done, found.sets_planned) == (6, 12)
    assert (found.sessions_done, found.sessions_planned) == (1, 3)
    assert found.sets == pytest.approx(0.5)
    assert found.sessions == pytest.approx(1 / 3)


def test_once_a_day_of_three_is_a_third_of_the_dose_and_every_day() -> None:
    thrice = dues(1, 4, times=3, often=(3, "day"))
    found = count(*sat(1), *sat(2), *sat(3), *thrice, sent(5))
    assert (found.sessions_done, found.sessions_planned) == (3, 12)
    assert (found.days_done, found.days_planned) == (3, 4), "the last one was not opened"


def test_more_than_was_dealt_is_never_more_than_all() -> None:
    more: list[Said] = [
        (at(0, 11), SetDone(session="2026-11-20.1", exercise=BIRD_DOG, set=n)) for n in range(5, 12)
    ]
    found = count(*sat(0), *more, sent(0))
    assert found.sets == 1.0
    assert found.sets_done == found.sets_planned == 4
    assert found.extra == 7


def test_one_exercise_cannot_make_up_for_another() -> None:
    more: list[Said] = [
        (at(0, 11), SetDone(session="2026-11-20.1", exercise=BIRD_DOG, set=n)) for n in range(5, 9)
    ]
    found = count(*sat(0, 4, item(), item("multifidus/other")), *more, sent(0))
    assert (found.sets_done, found.sets_planned) == (4, 8)


@pytest.mark.parametrize("source", ["timed", "self_paced", "typed", "back_filled"])
def test_each_source_stands_apart(source: Source) -> None:
    done = SetDone(session="2026-11-20.1", exercise=BIRD_DOG, set=4, source=source)
    found = count(*sat(0, 3), (at(0, 10), done), sent(0))
    assert sum(found.by_source.values()) == 4
    assert found.sets_by(source) == (1.0 if source == "timed" else 0.25)


def test_pain_is_told_apart_from_other_reasons() -> None:
    skipped: list[Said] = [
        (at(0, 10), SetSkipped(session="2026-11-20.1", exercise=BIRD_DOG, set=3, reason="pain")),
        (at(0, 10), SetSkipped(session="2026-11-20.1", exercise=BIRD_DOG, set=4, reason="time")),
    ]
    found = count(*sat(0, 2), *skipped, sent(0))
    assert found.pain_skips == 1
    assert found.skipped == {"pain": 1, "time": 1}


def test_a_set_skipped_and_then_done_is_done() -> None:
    skipped = SetSkipped(session="2026-11-20.1", exercise=BIRD_DOG, set=1, reason="pain")
    found = count(*sat(0), (at(0, 10), skipped), sent(0))
    assert found.sets == 1.0
    assert found.pain_skips == 0


@pytest.mark.parametrize(
    ("done", "band"),
    [(10, "80 % or more"), (8, "80 % or more"), (7, "50–79 %"), (5, "50–79 %"), (4, "below 50 %")],
)
def test_bands(done: int, band: str) -> None:
    assert Adherence(sets_done=done, sets_planned=10).band == band


def test_nothing_planned_is_no_share_at_all() -> None:
    found = Adherence()
    assert (found.sets, found.sessions, found.band, found.sets_by("timed")) == (None, None, None, None)


def test_weeks_begin_on_monday_and_add_up() -> None:
    dealt = planned_days(course((at(0), begins()), *sat(0), *sat(2), *sat(3), *dues(1, 4), sent(5)))
    weeks = by_week(dealt)
    assert [first.isoformat() for first in weeks] == ["2026-11-16", "2026-11-23"]
    assert sum(week.sets_planned for week in weeks.values()) == adherence_between(dealt).sets_planned
    assert sum(week.sets_done for week in weeks.values()) == adherence_between(dealt).sets_done


def test_a_period_is_counted_with_both_its_ends() -> None:
    dealt = planned_days(course((at(0), begins()), *sat(0), *sat(1), *sat(2), sent(3)))
    assert adherence_between(dealt, at(1).date(), at(2).date()).sets_done == 8
    assert adherence_between(dealt, until=at(0).date()).sets_done == 4
