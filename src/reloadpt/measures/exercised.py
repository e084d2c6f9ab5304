"""Each exercise over a whole log: its dose at first and now, sets planned and done, and how it felt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reloadpt.journal.events import ExerciseRated, Item
from reloadpt.measures.course import Course
from reloadpt.measures.planned import PlannedDay


@dataclass(frozen=True)
class ScoreSummary:
    """The latest score that was given, 0-10, and the highest; None where none was."""

    latest: int | None
    highest: int | None


@dataclass(frozen=True)
class ExerciseCourse:
    """One exercise: the items it was first and last dealt as, or expected, its sets, and how it felt."""

    first: Item
    last: Item
    done: int
    planned: int
    pain_skips: int
    pain: ScoreSummary
    effort: ScoreSummary


def exercise_courses(course: Course, dealt: Sequence[PlannedDay]) -> tuple[ExerciseCourse, ...]:
    """Every exercise that was ever dealt, in the order in which they first were; then those only filled in later."""
    items: dict[str, list[Item]] = {}
    rated: dict[str, list[ExerciseRated]] = {}
    for session in course.sessions.values():
        for item in session.items:
            items.setdefault(item.exercise, []).append(item)
        for rating in session.ratings():
            rated.setdefault(rating.exercise, []).append(rating)
    told = [
        planned_set.item
        for day in dealt
        for planned_set in day.sets
        if planned_set.done and not planned_set.session
    ]
    for item in [item for item in told if item.exercise not in items]:
        items.setdefault(item.exercise, []).append(item)
    planned = Counter(planned_set.item.exercise for day in dealt for planned_set in day.sets)
    done = Counter(planned_set.item.exercise for day in dealt for planned_set in day.sets if planned_set.done)
    pain_skips = Counter(
        planned_set.item.exercise for day in dealt for planned_set in day.sets if planned_set.reason == "pain"
    )
    return tuple(
        ExerciseCourse(
            first=each[0],
            last=each[-1],
            done=done[exercise],
            planned=planned[exercise],
            pain_skips=pain_skips[exercise],
            pain=_felt([rating.pain for rating in rated.get(exercise, ())]),
            effort=_felt([rating.effort for rating in rated.get(exercise, ())]),
        )
        for exercise, each in items.items()
    )


def _felt(scores: Sequence[int | None]) -> ScoreSummary:
    given = [score for score in scores if score is not None]
    return ScoreSummary(given[-1], max(given)) if given else ScoreSummary(None, None)
