from __future__ import annotations

from reloadpt.journal.events import ExerciseRated, SetSkipped
from reloadpt.measures.exercised import ScoreSummary, exercise_courses
from reloadpt.measures.planned import planned_days
from sample_logs import BIRD_DOG, Said, at, begins, course, due, filled_in, item, sat, sent


def felt(day: int, pain: int | None, effort: int | None = None) -> Said:
    moment = at(day, 9.5)
    return moment, ExerciseRated(session=f"{moment.date()}.1", exercise=BIRD_DOG, pain=pain, effort=effort)


def test_an_exercise_is_told_from_its_first_dose_to_its_last() -> None:
    said = course(
        (at(0), begins()),
        *sat(1, None, item(sets=2)),
        felt(1, 5, 7),
        *sat(2, 1, item(sets=3)),
        felt(2, 3),
        (at(2, 9.6), SetSkipped(session=f"{at(2).date()}.1", exercise=BIRD_DOG, side="both", set=2, reason="pain")),
    )  # fmt: skip
    [found] = exercise_courses(said, planned_days(said))
    assert (found.first.sets, found.last.sets) == (2, 3)
    assert (found.done, found.planned, found.pain_skips) == (3, 5, 1)
    assert found.pain == ScoreSummary(latest=3, highest=5)
    assert found.effort == ScoreSummary(latest=7, highest=7)


def test_an_exercise_that_nobody_rated_has_no_score() -> None:
    said = course((at(0), begins()), *sat(1))
    [found] = exercise_courses(said, planned_days(said))
    assert found.pain == found.effort == ScoreSummary(None, None)


def test_what_was_never_dealt_is_not_there() -> None:
    said = course((at(0), begins()))
    assert exercise_courses(said, planned_days(said)) == ()


def test_what_was_only_filled_in_later_is_there_in_place_of_what_was_due() -> None:
    hold, bridge = "multifidus/prone-multifidus-hold", "multifidus/bridge"
    log = [(at(0), begins()), *sat(0, None, item(hold, 9)), *filled_in(3, bridge, 2), due(3, item(hold, 3))]
    said = course(*log, sent(5))
    first, told = exercise_courses(said, planned_days(said))
    assert (first.last.exercise, told.last.exercise) == (hold, bridge)
    assert (told.done, told.planned) == (2, 2)
    assert (first.done, first.planned) == (9, 10), "one set of the day was not done"
