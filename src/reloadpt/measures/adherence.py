"""How much of what was planned was done: sessions and sets, by calendar week and over a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from reloadpt import wording
from reloadpt.files import clean
from reloadpt.journal.events import SkipReason, Source
from reloadpt.measures.course import Course
from reloadpt.measures.planned import PlannedDay, monday, muscle_of, unknown_days
from reloadpt.phrases import count_phrase

Band = Literal["80 % or more", "50–79 %", "below 50 %"]
BANDS: tuple[tuple[float, Band], ...] = ((0.8, "80 % or more"), (0.5, "50–79 %"), (0.0, "below 50 %"))
SOURCES: tuple[Source, ...] = get_args(Source)


@dataclass(frozen=True)
class Adherence:
    """Counts over some days. Sets done without being planned stand apart, in ``extra``.

    An exercise meant many times a day is planned as often, for that is the dose; ``days_done`` of ``days_planned``
    says beside it on how many days any of it was done, so that once every day is not read as seldom.
    ``by_source`` splits the sets done; ``unconfirmed`` counts those, extra ones too, that rest on the clock alone;
    ``skipped`` counts the sets that were left out with a reason.
    """

    sessions_done: int = 0
    sessions_planned: int = 0
    sets_done: int = 0
    sets_planned: int = 0
    days_done: int = 0
    days_planned: int = 0
    extra: int = 0
    unconfirmed: int = 0
    by_source: Mapping[Source, int] = field(default_factory=dict)
    skipped: Mapping[SkipReason, int] = field(default_factory=dict)

    @property
    def sessions(self) -> float | None:
        """Sessions done of those planned, 0-1; None where none was."""
        return self.sessions_done / self.sessions_planned if self.sessions_planned else None

    @property
    def sets(self) -> float | None:
        """Sets done of those planned, 0-1; None where none was."""
        return self.sets_done / self.sets_planned if self.sets_planned else None

    def sets_by(self, source: Source) -> float | None:
        """Sets done of those planned, from one source alone."""
        return self.by_source.get(source, 0) / self.sets_planned if self.sets_planned else None

    @property
    def pain_skips(self) -> int:
        """Sets left out for pain: a sign to look at, not a lack of will."""
        return self.skipped.get("pain", 0)

    @property
    def band(self) -> Band | None:
        """The band of the sets."""
        share = self.sets
        return None if share is None else next(band for least, band in BANDS if share >= least)


def adherence_between(
    days: Iterable[PlannedDay], since: date | None = None, until: date | None = None
) -> Adherence:
    """Count over the days from ``since`` to ``until``, both included."""
    counted = [day for day in days if (not since or day.day >= since) and (not until or day.day <= until)]
    sets = [planned_set for day in counted for planned_set in day.sets]
    done = [planned_set.done for planned_set in sets if planned_set.done]
    extra = [set_done for day in counted for set_done in day.extra]
    sessions = [session for day in counted for session in day.sessions]
    return Adherence(
        sessions_done=sum(session.done for session in sessions),
        sessions_planned=len(sessions),
        sets_done=len(done),
        sets_planned=len(sets),
        days_done=sum(any(planned_set.done for planned_set in day.sets) for day in counted),
        days_planned=sum(bool(day.sessions) for day in counted),
        extra=len(extra),
        unconfirmed=sum(not set_done.is_confirmed for set_done in (*done, *extra)),
        by_source=Counter(set_done.source for set_done in done),
        skipped=Counter(planned_set.reason for planned_set in sets if planned_set.reason),
    )


def by_week(days: Sequence[PlannedDay]) -> dict[date, Adherence]:
    """The counts of each calendar week on which anything was planned, keyed by its Monday, in order."""
    weeks: dict[date, list[PlannedDay]] = {}
    for day in days:
        if day.sessions:
            weeks.setdefault(monday(day.day), []).append(day)
    return {first: adherence_between(weeks[first]) for first in sorted(weeks)}


def caveats(course: Course, days: Iterable[PlannedDay]) -> tuple[str, ...]:
    """What is to be said wherever figures of these days are shown: what they do not hold, each in a sentence."""
    days = [*days]
    planned, left_out = sum(1 for day in days for _ in day.sets), sum(day.left_out for day in days)
    sentences = [*two_patients(course.aliases)] if course.logs < 2 else []
    sentences += [wording.NOT_OPENED_UNKNOWN()] if unknown_days(course) else []
    if left_out:
        sentences.append(wording.SETS_FITTED(planned=planned, prescribed=planned + left_out))
    unconfirmed = adherence_between(days).unconfirmed
    if unconfirmed:
        sentences.append(wording.UNCONFIRMED(sets=count_phrase(unconfirmed, "set")))
    if course.not_understood:
        sentence = wording.ONE_NOT_UNDERSTOOD if course.not_understood == 1 else wording.NOT_UNDERSTOOD
        sentences.append(sentence(count=course.not_understood))
    if course.lost:
        sentences.append(wording.LINES_LOST(count=course.lost))
    return tuple(sentences)


def two_patients(aliases: Sequence[str]) -> Iterable[str]:
    """What is to be said of a log that names more than one patient."""
    return [wording.TWO_PATIENTS(aliases=" and ".join(map(clean, aliases)))] if len(aliases) > 1 else []


@dataclass(frozen=True)
class MuscleSets:
    """The sets of one muscle: done, planned or not, and planned. What counts for two muscles is in both."""

    muscle: str
    done: int
    planned: int


def sets_by_muscle(days: Iterable[PlannedDay]) -> list[MuscleSets]:
    """The sets of each muscle over some days, most done first; a set that is credited counts there too."""
    done: Counter[str] = Counter()
    planned: Counter[str] = Counter()
    for day in days:
        for planned_set in day.sets:
            muscles = {planned_set.item.muscle, *(muscle_of(other) for other in planned_set.item.credits)}
            planned.update(muscles)
            done.update(muscles if planned_set.done else ())
        done.update(muscle_of(extra.exercise) for extra in day.extra)
    every = sorted({*done, *planned}, key=lambda muscle: (-done[muscle], muscle))
    return [MuscleSets(muscle, done[muscle], planned[muscle]) for muscle in every]
