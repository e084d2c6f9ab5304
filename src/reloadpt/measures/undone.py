"""What of a day's plan was not done, so that what was done away from the screen can be told against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from reloadpt.journal.events import Item, Side
from reloadpt.measures.course import Course
from reloadpt.measures.expected import Meant
from reloadpt.measures.planned import planned_days


@dataclass(frozen=True)
class Undone:
    """So many sets of one item on one side that were planned for a day and are not done."""

    item: Item
    side: Side
    sets: int


def undone(
    course: Course, meant: Meant, day: date, today: date, due: Sequence[Item] = ()
) -> tuple[Undone, ...]:
    """What was planned for ``day`` and is not done; empty where the day had no plan.

    ``due`` is what is due now and not opened yet; it counts where ``day`` is ``today``. Of days before the plan
    was taken into use here, and of that day, what the programme deals by time alone stands in.
    """
    found: dict[tuple[str, Side], Undone] = {}
    left = [
        (each.item, each.side)
        for one in planned_days(course, meant, today)
        if one.day == day
        for each in one.sets
        if not each.done
    ]
    if day == today:
        opened = {item.exercise for item, _ in left}
        left += [
            (item, side)
            for item in due
            if item.exercise not in opened and not item.optional
            for side in item.sides
            for _ in range(item.sets)
        ]
    elif not left and course.began and day <= course.began[0].at.date():
        noon = datetime.combine(day, time(12), course.began[0].at.tzinfo)
        dealt = meant.deal(course.began[0].plan, noon)
        left = [(item, side) for item in dealt for side in item.sides for _ in range(item.sets)]
    for item, side in left:
        before = found.get((item.exercise, side))
        found[item.exercise, side] = Undone(item, side, before.sets + 1 if before else 1)
    return tuple(found.values())
