"""Where each muscle stands at the last entry of a log, by care's own rules."""

from __future__ import annotations

from collections.abc import Iterator

from reloadpt.care.following import follow
from reloadpt.care.phases import phase_at
from reloadpt.care.standing import Standing, Standings
from reloadpt.journal.events import Phase
from reloadpt.measures.course import Course


def standings_of(course: Course) -> Standings:
    """Follow every muscle up to the last entry."""
    return follow(course, course.last_at)


def muscles(course: Course, standings: Standings) -> Iterator[tuple[Standing, Phase]]:
    """The muscles of the plan in force, each with its phase at the last entry."""
    terms = standings.terms
    if terms is None or course.last_at is None:
        return
    for target in terms.targets:
        standing = standings.muscles[target.key]
        yield standing, phase_at(standing, target, course.last_at, self_made=terms.made_by is None)[0]


def phases(course: Course, standings: Standings) -> dict[str, Phase]:
    """The phase of each muscle, keyed by muscle, or ``muscle:side`` where it is of one side."""
    return {
        each.muscle if each.side == "both" else each.key: phase for each, phase in muscles(course, standings)
    }
