"""How pain, soreness and activities went: first, now, and whether the change is worth having.

Pain is the usual pain and soreness is at the needle site, both 0-10, never mixed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reloadpt.care.days import activity_ends
from reloadpt.care.history import CorrectableEntry
from reloadpt.journal.events import CheckedIn, Side
from reloadpt.measures.course import Course

WORTH_POINTS = 2
WORTH_SHARE = 0.3
"""A fall in pain is worth having from this many points and this share of the start."""


@dataclass(frozen=True)
class Rating:
    """A rating 0-10, when it was given, and the entry that says so."""

    n: int
    at: datetime
    score: int


@dataclass(frozen=True)
class Trend:
    """Where something began and where it is now; ``now`` is None until it was rated."""

    start: int | None
    now: Rating | None

    @property
    def points(self) -> int | None:
        """How far it went: below zero is less."""
        return None if self.start is None or self.now is None else self.now.score - self.start

    @property
    def worth_having(self) -> bool:
        """Whether pain fell by two points and by 30 %."""
        if self.points is None or not self.start:
            return False
        return -self.points >= WORTH_POINTS and -self.points >= WORTH_SHARE * self.start


@dataclass(frozen=True)
class SiteSoreness:
    """The latest soreness of one needled site."""

    muscle: str
    side: Side
    rating: Rating


def pain_readings(course: Course) -> list[Rating]:
    """Every rating of pain at a check-in, as corrected, by time."""
    found = [
        Rating(kept.n, kept.at, checkin.pain)
        for kept, checkin in _checkins(course)
        if checkin.pain is not None
    ]
    return sorted(found, key=lambda rating: rating.at)


def morning_ratings(course: Course) -> dict[date, Rating]:
    """The first rating of pain of each day, of whatever kind."""
    found: dict[date, Rating] = {}
    for rating in pain_readings(course):
        found.setdefault(rating.at.date(), rating)
    return found


def start_pain(course: Course) -> int | None:
    """Pain at the start: as the plan in force says, else the first rating before a session, else the first."""
    if course.plan and course.plan.start_pain is not None:
        return course.plan.start_pain
    first = next(
        (
            checkin.pain
            for _, checkin in _checkins(course)
            if checkin.when == "before" and checkin.pain is not None
        ),
        None,
    )
    if first is not None:
        return first
    return next((rating.score for rating in pain_readings(course)), None)


def pain_trend(course: Course) -> Trend:
    """Pain at the start and now."""
    ratings = pain_readings(course)
    return Trend(start_pain(course), ratings[-1] if ratings else None)


def soreness_readings(course: Course) -> dict[tuple[str, Side], list[Rating]]:
    """Every rating of soreness by needle site (muscle and side), as corrected, by time."""
    found: dict[tuple[str, Side], list[Rating]] = {}
    for kept, checkin in _checkins(course):
        for soreness in checkin.soreness:
            found.setdefault((soreness.muscle, soreness.side), []).append(
                Rating(kept.n, kept.at, soreness.score)
            )
    return {site: sorted(ratings, key=lambda rating: rating.at) for site, ratings in found.items()}


def sorest(course: Course) -> list[Rating]:
    """The highest soreness of each check-in that rated any, as corrected, by time."""
    found = [
        Rating(kept.n, kept.at, max(soreness.score for soreness in checkin.soreness))
        for kept, checkin in _checkins(course)
        if checkin.soreness
    ]
    return sorted(found, key=lambda rating: rating.at)


def latest_soreness(course: Course) -> list[SiteSoreness]:
    """The latest soreness of each needle site, sorest first."""
    latest = [
        SiteSoreness(muscle, side, ratings[-1])
        for (muscle, side), ratings in soreness_readings(course).items()
    ]
    return sorted(latest, key=lambda sore: (-sore.rating.score, sore.muscle, sore.side))


def activity_trends(course: Course) -> dict[str, tuple[Rating, Rating]]:
    """The first and the latest score of each activity, 0 unable to 10 as before."""
    return {
        activity: (Rating(first.n, first.at, first.score), Rating(last.n, last.at, last.score))
        for activity, (first, last) in activity_ends(course).items()
    }


def last_seen(course: Course) -> datetime | None:
    """When the patient last wrote anything; sharing is no such thing."""
    return course.active_at


def _checkins(course: Course) -> Iterator[tuple[CorrectableEntry, CheckedIn]]:
    return ((kept, kept.event) for kept in course.checkins if isinstance(kept.event, CheckedIn))
