"""How it has gone, for the patient: every number that the progress screen and the line mode tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from reloadpt.measures.adherence import Adherence, MuscleSets, adherence_between, caveats, sets_by_muscle
from reloadpt.measures.calendar import CalendarDay, calendar_weeks
from reloadpt.measures.changes import Corrections, DealtDoseChange, corrections, dose_changes
from reloadpt.measures.course import Course
from reloadpt.measures.planned import planned_days
from reloadpt.measures.trends import (
    Rating,
    SiteSoreness,
    Trend,
    latest_soreness,
    pain_readings,
    pain_trend,
    sorest,
)

WEEKS = 6
"""So many weeks the calendar shows: those of a plan."""


@dataclass(frozen=True)
class Progress:
    """What a patient sees of a log at ``at``. Readings are in order of time; ``sorest`` is of the sorest site."""

    at: datetime
    pain: Trend
    pain_readings: tuple[Rating, ...]
    sorest: tuple[Rating, ...]
    sore: tuple[SiteSoreness, ...]
    needled: tuple[datetime, ...]
    calendar: tuple[tuple[CalendarDay, ...], ...]
    counts: Adherence
    muscles: tuple[MuscleSets, ...]
    changes: tuple[DealtDoseChange, ...]
    corrections: Corrections
    caveats: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was rated or done yet."""
        return not (self.pain_readings or self.sorest or self.counts.sets_done or self.counts.extra)

    @property
    def first_day(self) -> date:
        """The day of the first rating, or the last needling before it."""
        first = min(
            (rating.at.date() for rating in (*self.pain_readings, *self.sorest)), default=self.at.date()
        )
        return max((moment.date() for moment in self.needled if moment.date() <= first), default=first)


def progress_of(course: Course, at: datetime) -> Progress:
    """Gather what a patient sees of ``course`` at ``at``."""
    dealt = planned_days(course)
    return Progress(
        at=at,
        pain=pain_trend(course),
        pain_readings=tuple(pain_readings(course)),
        sorest=tuple(sorest(course)),
        sore=tuple(latest_soreness(course)),
        needled=tuple(sorted({needling.needled_at.astimezone(at.tzinfo) for needling in course.needlings})),
        calendar=calendar_weeks(course, dealt, at.date(), WEEKS),
        counts=adherence_between(dealt),
        muscles=tuple(sets_by_muscle(dealt)),
        changes=dose_changes(course),
        corrections=corrections(course),
        caveats=caveats(course, dealt),
    )
