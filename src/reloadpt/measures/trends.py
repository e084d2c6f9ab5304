"""How pain, soreness and activities went: first, now, and whether the change is worth having.

Pain is the usual pain and soreness is at the needle site, both 0-10, never mixed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reloadpt.care.history import Kept
from reloadpt.journal.events import CheckedIn, Side
from reloadpt.measures.course import Course

WORTH_POINTS = 2
WORTH_SHARE = 0.3
"""A fall in pain is worth having from this many points and this share of the start."""


@dataclass(frozen=True)
class Reading:
    """A rating 0-10, when it was given, and the entry that says so."""

    n: int
    at: datetime
    score: int


@dataclass(frozen=True)
class Change:
    """Where something began and where it is now; ``now`` is None until it was rated."""

    start: int | None
    now: Reading | None

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
class Sore:
    """The latest soreness of one needled site."""

    muscle: str
    side: Side
    reading: Reading


def pain_readings(course: Course) -> list[Reading]:
    """Every rating of pain at a check-in, as corrected, by time."""
    found = [
        Reading(kept.n, kept.at, checkin.pain)
        for kept, checkin in _checkins(course)
        if checkin.pain is not None
    ]
    return sorted(found, key=lambda reading: reading.at)


def mornings(course: Course) -> dict[date, Reading]:
    """The first rating of pain of each day, of whatever kind."""
    found: dict[date, Reading] = {}
    for reading in pain_readings(course):
        found.setdefault(reading.at.date(), reading)
    return found


def start_pain(course: Course) -> int | None:
    """Pain at the start: as the plan in force says, else the first rating before a session, else the first."""
    told = course.plan.get("start_pain") if course.plan else None
    if isinstance(told, int) and 0 <= told <= 10:
        return told
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
    return next((reading.score for reading in pain_readings(course)), None)


def pain(course: Course) -> Change:
    """Pain at the start and now."""
    readings = pain_readings(course)
    return Change(start_pain(course), readings[-1] if readings else None)


def soreness_readings(course: Course) -> dict[tuple[str, Side], list[Reading]]:
    """Every rating of soreness by needle site (muscle and side), as corrected, by time."""
    found: dict[tuple[str, Side], list[Reading]] = {}
    for kept, checkin in _checkins(course):
        for each in checkin.soreness:
            found.setdefault((each.muscle, each.side), []).append(Reading(kept.n, kept.at, each.score))
    return {site: sorted(readings, key=lambda reading: reading.at) for site, readings in found.items()}


def sorest(course: Course) -> list[Reading]:
    """The highest soreness of each check-in that rated any, as corrected, by time."""
    found = [
        Reading(kept.n, kept.at, max(each.score for each in checkin.soreness))
        for kept, checkin in _checkins(course)
        if checkin.soreness
    ]
    return sorted(found, key=lambda reading: reading.at)


def soreness(course: Course) -> list[Sore]:
    """The latest soreness of each needle site, sorest first."""
    latest = [
        Sore(muscle, side, readings[-1]) for (muscle, side), readings in soreness_readings(course).items()
    ]
    return sorted(latest, key=lambda sore: (-sore.reading.score, sore.muscle, sore.side))


def activities(course: Course) -> dict[str, tuple[Reading, Reading]]:
    """The first and the latest score of each activity, 0 unable to 10 as before."""
    found: dict[str, tuple[Reading, Reading]] = {}
    for rated in sorted(course.rated, key=lambda rated: rated.at):
        reading = Reading(rated.n, rated.at, rated.score)
        found[rated.activity] = (found.get(rated.activity, (reading, reading))[0], reading)
    return found


def last_seen(course: Course) -> datetime | None:
    """When the patient last wrote anything; sharing is no such thing."""
    return course.active_at


def _checkins(course: Course) -> Iterator[tuple[Kept, CheckedIn]]:
    return ((kept, kept.event) for kept in course.checkins if isinstance(kept.event, CheckedIn))
