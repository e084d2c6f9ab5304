"""What changed between two visits: how the patient was at each, and what was done between them.

A visit is where a plan began; the last report stands for the visit that is now. Every figure is the measures' own,
of the log as it was then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reloadpt.care.told import full_dose
from reloadpt.journal.entries import Entry
from reloadpt.measures.adherence import adherence
from reloadpt.measures.course import Course, course_of
from reloadpt.measures.expected import Meant
from reloadpt.measures.planned import days
from reloadpt.measures.standing import phases, standings_of
from reloadpt.measures.trends import activities, pain, soreness
from reloadpt.share.page import site_in_words


@dataclass(frozen=True)
class Visit:
    """One visit: when, and how many entries the log had before it. ``plan``: a plan began then."""

    at: datetime
    entries: int
    plan: bool


@dataclass(frozen=True)
class Changed:
    """One thing at two visits, in words; ``dash`` where it was not known."""

    what: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether it is another one now."""
        return self.before != self.after


@dataclass(frozen=True)
class Between:
    """Two visits beside each other, part by part, and what was done between them."""

    first: Visit
    second: Visit
    felt: tuple[Changed, ...]
    phases: tuple[Changed, ...]
    doses: tuple[Changed, ...]
    done: tuple[str, ...]


DASH = "–"


def visits(course: Course) -> tuple[Visit, ...]:
    """Every plan's beginning, and the end of the log."""
    found = [Visit(began.at, began.n, plan=True) for began in course.began]
    if course.last_at and (not found or course.last_at > found[-1].at):
        found.append(Visit(course.last_at, course.entries, plan=False))
    return tuple(found)


def between(entries: Sequence[Entry], meant: Meant, first: Visit, second: Visit) -> Between:
    """What changed from one visit to a later one."""
    # the plan of a visit is of that visit: its targets and doses are told with it
    then, now = (course_of(entries[: visit.entries + visit.plan]) for visit in (first, second))
    counts = adherence(days(now, meant), first.at.date(), second.at.date())
    done = [f"{counts.sessions_done} of {counts.sessions_planned} sessions"]
    done.append(f"{counts.sets_done} of {counts.sets_planned} sets")
    if counts.pain_skips:
        done.append(f"{counts.pain_skips} sets left out for pain")
    return Between(
        first,
        second,
        felt=_side_by_side(_felt(then), _felt(now)),
        phases=_side_by_side(_phases(then), _phases(now)),
        doses=_side_by_side(_doses(then), _doses(now)),
        done=tuple(done),
    )


def _side_by_side(then: dict[str, str], now: dict[str, str]) -> tuple[Changed, ...]:
    return tuple(
        Changed(what, then.get(what, DASH), now.get(what, DASH)) for what in dict.fromkeys([*then, *now])
    )


def _felt(course: Course) -> dict[str, str]:
    change = pain(course)
    rated = change.now.score if change.now else change.start
    found = {"Pain": DASH if rated is None else str(rated)}
    found |= {
        f"Soreness, {site_in_words(each.muscle, each.side)}": str(each.reading.score)
        for each in soreness(course)
    }
    return found | {activity: f"{last.score} of 10" for activity, (_, last) in activities(course).items()}


def _phases(course: Course) -> dict[str, str]:
    return {
        site_in_words(muscle, side or "both"): phase
        for site, phase in phases(course, standings_of(course)).items()
        for muscle, _, side in (site.partition(":"),)
    }


def _doses(course: Course) -> dict[str, str]:
    """The dose of each exercise as it was last dealt."""
    return {item.name: full_dose(item) for sitting in course.sittings.values() for item in sitting.items}
