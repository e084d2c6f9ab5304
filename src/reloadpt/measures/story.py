"""The sentence that tells a patient's story: how much was done, how pain and what matters went, what changed last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from reloadpt import wording
from reloadpt.care.in_words import full_dose
from reloadpt.measures.adherence import Adherence
from reloadpt.measures.changes import dose_changes
from reloadpt.measures.course import Course
from reloadpt.measures.planned import PlannedDay
from reloadpt.measures.trends import WORTH_POINTS, Trend, activity_trends, morning_ratings, pain_trend
from reloadpt.phrases import calendar_day_phrase, count_phrase, day_phrase

IN_WEEKS = timedelta(days=14)
"""From here on a time is told in weeks."""


def story(course: Course, days: Sequence[PlannedDay], counts: Adherence) -> str:
    """What happened so far, of what the measures say; nothing in it depends on today.

    ``days`` are those of ``planned_days``, ``counts`` what they add up to.
    """
    return " ".join((*_done(days, counts), *_pain(course), *_activity(course), *_last_change(course)))


def file_age(reported_at: datetime | None, at: datetime) -> str:
    """How old the file is that all this rests on; empty where none was shared."""
    if reported_at is None:
        return ""
    day = reported_at.astimezone(at.tzinfo).date()
    return wording.STORY_FILE(day=day_phrase(day, at.date()).removeprefix("on "))


def _done(days: Sequence[PlannedDay], counts: Adherence) -> Iterator[str]:
    planned = [day.day for day in days if day.sets]
    if counts.sets is None or not planned:
        yield wording.STORY_NOTHING_DUE()
        return
    lasted = max(planned) - min(planned) + timedelta(days=1)
    weeks, whole = lasted.days // 7, lasted >= IN_WEEKS
    during = count_phrase(weeks, "week") if whole else count_phrase(lasted.days, "day")
    yield wording.STORY_DONE(share=round(100 * counts.sets), during=during)


def _pain(course: Course) -> Iterator[str]:
    trend = pain_trend(course)
    if trend.now is None:
        yield wording.STORY_NO_PAIN()
    elif not trend.points:
        yield wording.STORY_PAIN_SAME(now=trend.now.score)
    else:
        since = _since(course, trend)
        yield wording.STORY_PAIN(start=trend.start, now=trend.now.score, since=calendar_day_phrase(since))


def _since(course: Course, trend: Trend) -> date:
    """The first of the mornings running up to the last that went as far as matters, or as this one did."""
    start, points = trend.start or 0, trend.points or 0
    least = min(abs(points), WORTH_POINTS)
    mornings = [*morning_ratings(course).items()]
    first = mornings[-1][0]
    for day, rating in reversed(mornings):
        moved = rating.score - start
        if moved * points <= 0 or abs(moved) < least:
            break
        first = day
    return first


def _activity(course: Course) -> Iterator[str]:
    """The activity that lost most, else the one that won most."""
    moved = {
        name: (first.score, last.score)
        for name, (first, last) in activity_trends(course).items()
        if first.score != last.score
    }
    if moved:
        name = min(
            moved, key=lambda name: (moved[name][1] >= moved[name][0], -abs(moved[name][1] - moved[name][0]))
        )
        first, now = moved[name]
        yield wording.STORY_ACTIVITY(name=name, first=first, now=now)


def _last_change(course: Course) -> Iterator[str]:
    for change in dose_changes(course)[:1]:
        yield wording.STORY_CHANGE(
            name=change.after.name,
            before=full_dose(change.before),
            after=full_dose(change.after),
            day=calendar_day_phrase(change.at.date()),
        )
