"""What a report says, gathered from the measures and put into words; the template only lays it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import msgspec

from reloadpt import wording
from reloadpt.care.correcting import event_in_words
from reloadpt.care.history import NEVER_CHANGED, CorrectableEntry, Session
from reloadpt.care.in_words import full_dose
from reloadpt.journal.events import CheckedIn, Note, Phase, SetDone
from reloadpt.measures.adherence import SOURCES, Adherence, adherence_between, by_week, caveats
from reloadpt.measures.alerts import Alert, by_level, ends_of_plan, from_log, from_today
from reloadpt.measures.changes import Corrections, corrections, dose_changes
from reloadpt.measures.course import Correction, Course
from reloadpt.measures.exercised import ScoreSummary, exercise_courses
from reloadpt.measures.muscle_phases import muscle_phases, muscle_states
from reloadpt.measures.planned import PlannedDay, exercise_name, planned_days
from reloadpt.measures.sign_evidence import sign_became
from reloadpt.measures.story import story
from reloadpt.measures.trends import (
    SiteSoreness,
    Trend,
    activity_trends,
    last_seen,
    latest_soreness,
    pain_readings,
    pain_trend,
    soreness_readings,
)
from reloadpt.program.plan import Plan
from reloadpt.share.charts import Chart, draw_chart

LEVEL_WORDS = {"today": "Today", "this_week": "This week", "at_visit": "At the next visit"}
SOURCE_WORDS = {
    "timed": "timed by the coach",
    "self_paced": "at their own pace",
    "typed": "typed in",
    "back_filled": "filled in later",
}
SKIP_WORDS = {
    "pain": "pain",
    "time": "no time",
    "equipment": "no equipment",
    "unsure": "not sure how",
    "felt_well": "felt well",
    "other": "another reason",
}
HOW_WORDS = {
    "finished": "finished",
    "stopped": "stopped early",
    "flagged": "ended by a warning sign",
    "abandoned": "left open",
}


@dataclass(frozen=True)
class SessionLine:
    """One exercise of one session: its dose, and what became of it."""

    name: str
    dose: str
    done: int
    planned: int
    skipped: tuple[str, ...]
    pain: str
    effort: str
    why: str


@dataclass(frozen=True)
class SessionReport:
    """One session."""

    at: datetime
    how: str
    lines: tuple[SessionLine, ...]
    worst: int | None
    note: str
    filled_in_for: date | None = None
    """The day that it is of, where all of it was written down later."""


@dataclass(frozen=True)
class DoseStep:
    """A dose that was changed, and why."""

    at: datetime
    name: str
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class WeekReport:
    """One calendar week: the counts, and the parts of a bar of 100 by source."""

    first: date
    counts: Adherence
    parts: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class ExerciseReport:
    """One exercise over the whole log: its ``name`` and ``muscle`` as a person reads them.

    ``first_dose`` and ``last_dose`` are in words. Of the sets ``planned`` so many were ``done``; ``pain_skips`` were
    left out for pain. ``pain`` and ``effort``, 0-10, are the latest score and the highest where it is another.
    """

    name: str
    muscle: str
    first_dose: str
    last_dose: str
    done: int
    planned: int
    pain_skips: int
    pain: str
    effort: str


@dataclass(frozen=True)
class CorrectionReport:
    """One correction: what stood there, and what stands now."""

    at: datetime
    n: int
    what: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class SignReport:
    """A warning sign that was marked, and what ``became`` of it in words; ``withdrawn``: it was taken back at once."""

    at: datetime
    code: str
    text: str
    ended: datetime | None
    by: str
    became: str
    withdrawn: bool


@dataclass(frozen=True)
class ReportPage:
    """Everything that a report shows of ``course`` at ``at``.

    ``head`` is the hash of the last entry. ``phases`` are the phases now by muscle or ``muscle:side``. ``plan`` is
    None where it cannot be read. ``alerts``, ``counts``, ``weeks``, ``pain``, ``pain_chart``, ``sore`` and
    ``sore_chart`` stand on the first page. Newest first are ``sessions``, ``steps`` (doses changed), ``corrections``
    and ``signs`` (answered with yes). ``exercises`` are those of the whole log, ``notes`` the patient's with their
    time. ``asked`` counts the answers no by question; ``activities`` has the first and the latest score, 0-10.
    ``sources`` counts the sets done and ``skips`` those left out, by label; ``no_reason`` were left out without one,
    ``not_opened`` in sessions that were never opened. ``corrected`` counts the corrections. The log goes from
    ``first_day``; ``last_seen`` is when the patient last did something. ``story`` tells it all in a few sentences.
    """

    course: Course
    at: datetime
    head: str
    phases: dict[str, Phase]
    plan: Plan | None
    alerts: tuple[Alert, ...]
    counts: Adherence
    weeks: tuple[WeekReport, ...]
    pain: Trend
    pain_chart: Chart | None
    sore: tuple[SiteSoreness, ...]
    sore_chart: Chart | None
    sessions: tuple[SessionReport, ...]
    exercises: tuple[ExerciseReport, ...]
    steps: tuple[DoseStep, ...]
    corrections: tuple[CorrectionReport, ...]
    signs: tuple[SignReport, ...]
    asked: tuple[tuple[str, int], ...]
    notes: tuple[tuple[datetime, str], ...]
    activities: tuple[tuple[str, int, int], ...]
    first_day: date | None
    last_seen: datetime | None
    sources: tuple[tuple[str, int], ...]
    skips: tuple[tuple[str, int], ...]
    no_reason: int
    not_opened: int
    corrected: Corrections
    caveats: tuple[str, ...]
    story: str


def gather_report(course: Course, at: datetime, head: str) -> ReportPage:
    """Gather what a report of ``course`` says at ``at``; ``head`` is the hash of the last entry in it."""
    days = planned_days(course)
    counts, states = adherence_between(days), muscle_states(course)
    ends = ends_of_plan(course)
    ratings = pain_readings(course)
    needled = sorted({needling.needled_at.astimezone(at.tzinfo) for needling in course.needlings})
    names = {planned_set.item.exercise: planned_set.item.name for day in days for planned_set in day.sets}
    names |= {item.exercise: item.name for session in course.sessions.values() for item in session.items}
    no_reason = sum(
        planned_set.status == "skipped" and not planned_set.reason for day in days for planned_set in day.sets
    )
    return ReportPage(
        course=course,
        at=at,
        head=head,
        phases=muscle_phases(course, states),
        plan=_plan(course),
        alerts=by_level([*from_log(course, days, states), *from_today(None, ends, at)]),
        counts=counts,
        weeks=tuple(_week_report(first, counts) for first, counts in by_week(days).items()),
        pain=pain_trend(course),
        pain_chart=draw_chart("Pain", {"Pain": ratings}, needled, at.date()),
        sore=tuple(latest_soreness(course)),
        sore_chart=draw_chart(
            "Soreness",
            {site_label(*site): readings for site, readings in soreness_readings(course).items()},
            needled,
            at.date(),
        ),
        sessions=tuple(
            _session_report(session, names)
            for session in reversed(course.sessions.values())
            if session.items or session.entries
        ),
        exercises=_exercise_reports(course, days),
        steps=_dose_steps(course),
        corrections=_correction_reports(course, names),
        signs=tuple(
            SignReport(
                sign.at,
                sign.code,
                wording.sign_text(sign.code),
                sign.ended_at,
                sign.by,
                sign_became(sign),
                sign.withdrawn,
            )
            for sign in reversed(course.signs)
        ),
        asked=_denied_signs(course),
        notes=_notes(course),
        activities=tuple(
            (activity, first.score, last.score) for activity, (first, last) in activity_trends(course).items()
        ),
        first_day=course.began[0].at.date() if course.began else None,
        last_seen=last_seen(course),
        sources=tuple((SOURCE_WORDS[source], counts.by_source.get(source, 0)) for source in SOURCES),
        skips=tuple(
            (SKIP_WORDS[reason], count)
            for reason, count in sorted(counts.skipped.items(), key=lambda pair: -pair[1])
        ),
        no_reason=no_reason,
        not_opened=sum(planned_set.status == "not_opened" for day in days for planned_set in day.sets),
        corrected=corrections(course),
        caveats=caveats(course, days),
        story=story(course, days, counts),
    )


def _plan(course: Course) -> Plan | None:
    return None if course.period is None or course.period.unread else course.plan


def muscle_label(muscle: object) -> str:
    """A muscle as a person reads it."""
    return str(muscle).replace("-", " ")


def site_label(muscle: str, side: str) -> str:
    """A needle site as a person reads it."""
    return muscle_label(muscle).capitalize() + ("" if side == "both" else f", {side}")


def _week_report(first: date, counts: Adherence) -> WeekReport:
    parts = []
    begin = 0.0
    for source in SOURCES:
        width = 100 * (counts.sets_by(source) or 0)
        if width:
            parts.append((source, round(begin, 2), round(width, 2)))
        begin += width
    return WeekReport(first, counts, tuple(parts))


def _session_report(session: Session, names_by_id: Mapping[str, str]) -> SessionReport:
    done = Counter(event.exercise for event in session.sets_done())
    skipped: dict[str, list[str]] = {}
    for skip in session.sets_skipped():
        skipped.setdefault(skip.exercise, []).append(SKIP_WORDS[skip.reason])
    ratings = {rating.exercise: rating for rating in session.ratings()}
    names = [item.exercise for item in session.items]
    lines = []
    for exercise in dict.fromkeys([*names, *done, *skipped]):
        item, rating = session.item(exercise), ratings.get(exercise)
        lines.append(
            SessionLine(
                name=item.name if item else names_by_id.get(exercise) or exercise_name(exercise),
                dose=full_dose(item) if item else "not dealt" if session.items else "",
                done=done[exercise],
                planned=item.sets_in_all if item else 0,
                skipped=tuple(dict.fromkeys(skipped.get(exercise, ()))),
                pain=_score(rating.pain if rating else None),
                effort=_score(rating.effort if rating else None),
                why=item.why if item else "",
            )
        )
    how = HOW_WORDS.get(session.how or "", "not ended")
    late = not session.items and all(event.source == "back_filled" for event in session.sets_done())
    days = [entry.day for entry in session.entries if isinstance(entry.event, SetDone)]
    return SessionReport(
        session.opened_at,
        "filled in later" if late else how,
        tuple(lines),
        session.worst,
        session.note,
        min(days, default=session.day) if late else None,
    )


def _exercise_reports(course: Course, days: Sequence[PlannedDay]) -> tuple[ExerciseReport, ...]:
    return tuple(
        ExerciseReport(
            name=exercise.last.name,
            muscle=muscle_label(exercise.last.muscle),
            first_dose=full_dose(exercise.first),
            last_dose=full_dose(exercise.last),
            done=exercise.done,
            planned=exercise.planned,
            pain_skips=exercise.pain_skips,
            pain=_score_words(exercise.pain),
            effort=_score_words(exercise.effort),
        )
        for exercise in exercise_courses(course, days)
    )


def _dose_steps(course: Course) -> tuple[DoseStep, ...]:
    """Every dose that differs from the one dealt before, newest first, with the reason it was dealt with."""
    return tuple(
        DoseStep(
            change.at, change.after.name, full_dose(change.before), full_dose(change.after), change.after.why
        )
        for change in dose_changes(course)
    )


def _correction_reports(course: Course, names: Mapping[str, str]) -> tuple[CorrectionReport, ...]:
    entries = {entry.n: entry for session in course.sessions.values() for entry in session.entries}
    entries |= {entry.n: entry for entry in (*course.checkins, *course.notes)}
    return tuple(
        _correction_report(entries.get(correction.amended.amends), correction, names)
        for correction in reversed(course.amendments)
    )


def _correction_report(
    entry: CorrectableEntry | None, by: Correction, names: Mapping[str, str]
) -> CorrectionReport:
    change = by.amended.change
    report = CorrectionReport(by.at, by.amended.amends, "entry", "", "taken back", by.amended.reason)
    if entry is None:
        return replace(report, after="taken back" if change is None else _field_values(change))
    exercise = getattr(entry.first, "exercise", "")
    first = msgspec.to_builtins(entry.first)
    report = replace(
        report,
        what=str(first["kind"]).replace("_", " "),
        before=event_in_words(entry.first, names.get(exercise, exercise)),
    )
    if change is None:
        return report
    changed = {name: value for name, value in change.items() if name not in NEVER_CHANGED}
    try:
        corrected = msgspec.convert(first | changed, type(entry.first))
    except msgspec.ValidationError:
        return replace(report, after=_field_values(change))
    return replace(report, after=event_in_words(corrected, names.get(exercise, exercise)))


def _field_values(values: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in values.items() if value not in (None, [], "")
    )


def _notes(course: Course) -> tuple[tuple[datetime, str], ...]:
    """What the patient wrote, notes and worries, with their times."""
    notes = [(entry.at, entry.event.text) for entry in course.notes if isinstance(entry.event, Note)]
    notes += [(worry.at, wording.WORRIED(words=worry.words)) for worry in course.worries if worry.words]
    return tuple(sorted(notes, key=lambda note: note[0]))


def _denied_signs(course: Course) -> tuple[tuple[str, int], ...]:
    """Each warning sign that was asked about, and how many times the answer was no; one taken back was no no."""
    marked = {(sign.code, sign.at) for sign in course.signs}
    times: Counter[str] = Counter()
    for entry in course.checkins:
        if isinstance(entry.event, CheckedIn):
            told = entry.event.flags
            times.update(
                code for code in entry.event.asked if code not in told and (code, entry.at) not in marked
            )
    return tuple((wording.sign_text(code), count) for code, count in times.items())


def _score(score: int | None) -> str:
    return "" if score is None else str(score)


def _score_words(summary: ScoreSummary) -> str:
    """The latest score, and the highest where it is another."""
    return (
        _score(summary.latest)
        if summary.latest == summary.highest
        else f"{summary.latest} (highest {summary.highest})"
    )
