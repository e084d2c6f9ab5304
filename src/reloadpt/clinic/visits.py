"""What changed between two visits: how the patient was at each, and what was done between them.

A visit is where a plan began; the last report stands for the visit that is now. Every figure is the measures' own,
of the log as it was then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reloadpt.care.in_words import full_dose
from reloadpt.journal.entries import Entry
from reloadpt.measures.adherence import adherence_between
from reloadpt.measures.course import Course, course_of
from reloadpt.measures.muscle_phases import muscle_phases, muscle_states
from reloadpt.measures.planned import planned_days
from reloadpt.measures.trends import activity_trends, latest_soreness, pain_trend
from reloadpt.share.page import site_label


@dataclass(frozen=True)
class Visit:
    """One visit: when, and how many entries the log had before it. ``plan``: a plan began then."""

    at: datetime
    entries: int
    plan: bool


@dataclass(frozen=True)
class VisitChange:
    """One thing at two visits, in words; ``dash`` where it was not known."""

    what: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether it is another one now."""
        return self.before != self.after


@dataclass(frozen=True)
class VisitComparison:
    """Two visits beside each other, part by part, and what was done between them."""

    first: Visit
    second: Visit
    felt: tuple[VisitChange, ...]
    phases: tuple[VisitChange, ...]
    doses: tuple[VisitChange, ...]
    done: tuple[str, ...]


DASH = "–"


def visits_of(course: Course) -> tuple[Visit, ...]:
    """Every plan's beginning, and the end of the log."""
    visits = [Visit(period.at, period.n, plan=True) for period in course.began]
    if course.last_at and (not visits or course.last_at > visits[-1].at):
        visits.append(Visit(course.last_at, course.entries, plan=False))
    return tuple(visits)


def compare_visits(entries: Sequence[Entry], first: Visit, second: Visit) -> VisitComparison:
    """What changed from one visit to a later one."""
    # the plan of a visit is of that visit: its targets and doses are told with it
    then, now = (course_of(entries[: visit.entries + visit.plan]) for visit in (first, second))
    counts = adherence_between(planned_days(now), first.at.date(), second.at.date())
    done = [f"{counts.sessions_done} of {counts.sessions_planned} sessions"]
    done.append(f"{counts.sets_done} of {counts.sets_planned} sets")
    if counts.pain_skips:
        done.append(f"{counts.pain_skips} sets left out for pain")
    return VisitComparison(
        first,
        second,
        felt=_changes(_readings(then), _readings(now)),
        phases=_changes(_phases(then), _phases(now)),
        doses=_changes(_doses(then), _doses(now)),
        done=tuple(done),
    )


def _changes(then: dict[str, str], now: dict[str, str]) -> tuple[VisitChange, ...]:
    return tuple(
        VisitChange(label, then.get(label, DASH), now.get(label, DASH))
        for label in dict.fromkeys([*then, *now])
    )


def _readings(course: Course) -> dict[str, str]:
    change = pain_trend(course)
    score = change.now.score if change.now else change.start
    readings = {"Pain": DASH if score is None else str(score)}
    readings |= {
        f"Soreness, {site_label(soreness.muscle, soreness.side)}": str(soreness.rating.score)
        for soreness in latest_soreness(course)
    }
    return readings | {
        activity: f"{last.score} of 10" for activity, (_, last) in activity_trends(course).items()
    }


def _phases(course: Course) -> dict[str, str]:
    return {
        site_label(muscle, side or "both"): phase
        for site, phase in muscle_phases(course, muscle_states(course)).items()
        for muscle, _, side in (site.partition(":"),)
    }


def _doses(course: Course) -> dict[str, str]:
    """The dose of each exercise as it was last dealt."""
    return {item.name: full_dose(item) for session in course.sessions.values() for item in session.items}
