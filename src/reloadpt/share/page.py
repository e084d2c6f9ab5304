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
from reloadpt.files import Trouble
from reloadpt.journal.events import CheckedIn, Note, Phase, SetDone
from reloadpt.measures.adherence import SOURCES, Adherence, adherence_between, by_week, caveats
from reloadpt.measures.alerts import Alert, by_level, ends_of_plan, from_log, from_today
from reloadpt.measures.changes import Corrections, corrections, dose_changes
from reloadpt.measures.course import Correction, Course
from reloadpt.measures.exercised import ScoreSummary, exercise_courses
from reloadpt.measures.muscle_phases import muscle_phases, muscle_states
from reloadpt.measures.planned import PlannedDay, exercise_name, planned_days
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
from reloadpt.program.check import trust_form
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
    """One exercise over the whole log."""

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
    """A warning sign that was answered with yes."""

    at: datetime
    code: str
    text: str
    ended: datetime | None
    by: str


@dataclass(frozen=True)
class ReportPage:
    """Everything that a report shows."""

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


def gather_report(course: Course, at: datetime, head: str) -> ReportPage:
    """Gather what a report of ``course`` says at ``at``; ``head`` is the hash of the last entry in it."""
    dealt = planned_days(course)
    counts, states = adherence_between(dealt), muscle_states(course)
    ends = ends_of_plan(course)
    ratings = pain_readings(course)
    needled = sorted({each.needled_at.astimezone(at.tzinfo) for each in course.needlings})
    names = {each.item.exercise: each.item.name for day in dealt for each in day.sets}
    names |= {item.exercise: item.name for session in course.sessions.values() for item in session.items}
    left = sum(each.status == "skipped" and not each.reason for day in dealt for each in day.sets)
    return ReportPage(
        course=course,
        at=at,
        head=head,
        phases=muscle_phases(course, states),
        plan=_plan(course),
        alerts=by_level([*from_log(course, dealt, states), *from_today(None, ends, at)]),
        counts=counts,
        weeks=tuple(_week(first, each) for first, each in by_week(dealt).items()),
        pain=pain_trend(course),
        pain_chart=draw_chart("Pain", {"Pain": ratings}, needled, at.date()),
        sore=tuple(latest_soreness(course)),
        sore_chart=draw_chart(
            "Soreness",
            {site_label(*site): each for site, each in soreness_readings(course).items()},
            needled,
            at.date(),
        ),
        sessions=tuple(
            _told(session, names)
            for session in reversed(course.sessions.values())
            if session.items or session.kept
        ),
        exercises=_exercises(course, dealt),
        steps=_steps(course),
        corrections=_corrections(course, names),
        signs=tuple(
            SignReport(sign.at, sign.code, sign_in_words(sign.code), sign.ended_at, sign.by)
            for sign in reversed(course.signs)
        ),
        asked=_asked(course),
        notes=tuple((kept.at, kept.event.text) for kept in course.notes if isinstance(kept.event, Note)),
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
        no_reason=left,
        not_opened=sum(each.status == "not_opened" for day in dealt for each in day.sets),
        corrected=corrections(course),
        caveats=caveats(course, dealt),
    )


def _plan(course: Course) -> Plan | None:
    try:
        return trust_form(course.plan, Plan, "The plan in the journal") if course.plan else None
    except Trouble:
        return None


def muscle_label(muscle: object) -> str:
    """A muscle as a person reads it."""
    return str(muscle).replace("-", " ")


def site_label(muscle: str, side: str) -> str:
    """A needle site as a person reads it."""
    return muscle_label(muscle).capitalize() + ("" if side == "both" else f", {side}")


def sign_in_words(code: str) -> str:
    """What a warning sign asks about."""
    return wording.SIGNS[code].text if code in wording.SIGNS else "a sign this version does not know"


def _week(first: date, counts: Adherence) -> WeekReport:
    parts = []
    begin = 0.0
    for source in SOURCES:
        width = 100 * (counts.sets_by(source) or 0)
        if width:
            parts.append((source, round(begin, 2), round(width, 2)))
        begin += width
    return WeekReport(first, counts, tuple(parts))


def _told(session: Session, known: Mapping[str, str]) -> SessionReport:
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
                name=item.name if item else known.get(exercise) or exercise_name(exercise),
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
    late = not session.items and all(each.source == "back_filled" for each in session.sets_done())
    days = [kept.day for kept in session.kept if isinstance(kept.event, SetDone)]
    return SessionReport(
        session.opened_at,
        "filled in later" if late else how,
        tuple(lines),
        session.worst,
        session.note,
        min(days, default=session.day) if late else None,
    )


def _exercises(course: Course, dealt: Sequence[PlannedDay]) -> tuple[ExerciseReport, ...]:
    return tuple(
        ExerciseReport(
            name=each.last.name,
            muscle=muscle_label(each.last.muscle),
            first_dose=full_dose(each.first),
            last_dose=full_dose(each.last),
            done=each.done,
            planned=each.planned,
            pain_skips=each.pain_skips,
            pain=_felt(each.pain),
            effort=_felt(each.effort),
        )
        for each in exercise_courses(course, dealt)
    )


def _steps(course: Course) -> tuple[DoseStep, ...]:
    """Every dose that differs from the one dealt before, newest first, with the reason it was dealt with."""
    return tuple(
        DoseStep(each.at, each.after.name, full_dose(each.before), full_dose(each.after), each.after.why)
        for each in dose_changes(course)
    )


def _corrections(course: Course, names: Mapping[str, str]) -> tuple[CorrectionReport, ...]:
    there = {each.n: each for session in course.sessions.values() for each in session.kept}
    there |= {each.n: each for each in (*course.checkins, *course.notes)}
    return tuple(
        _corrected(there.get(each.amended.amends), each, names) for each in reversed(course.amendments)
    )


def _corrected(kept: CorrectableEntry | None, by: Correction, names: Mapping[str, str]) -> CorrectionReport:
    change = by.amended.change
    told = CorrectionReport(by.at, by.amended.amends, "entry", "", "taken back", by.amended.reason)
    if kept is None:
        return replace(told, after="taken back" if change is None else _fields(change))
    exercise = getattr(kept.first, "exercise", "")
    first = msgspec.to_builtins(kept.first)
    told = replace(
        told,
        what=str(first["kind"]).replace("_", " "),
        before=event_in_words(kept.first, names.get(exercise, exercise)),
    )
    if change is None:
        return told
    allowed = {name: value for name, value in change.items() if name not in NEVER_CHANGED}
    try:
        becomes = msgspec.convert(first | allowed, type(kept.first))
    except msgspec.ValidationError:
        return replace(told, after=_fields(change))
    return replace(told, after=event_in_words(becomes, names.get(exercise, exercise)))


def _fields(values: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in values.items() if value not in (None, [], "")
    )


def _asked(course: Course) -> tuple[tuple[str, int], ...]:
    """Each warning sign that was asked about, and how many times the answer was no."""
    times: Counter[str] = Counter()
    for kept in course.checkins:
        if isinstance(kept.event, CheckedIn):
            times.update(code for code in kept.event.asked if code not in kept.event.flags)
    return tuple((sign_in_words(code), count) for code, count in times.items())


def _score(score: int | None) -> str:
    return "" if score is None else str(score)


def _felt(felt: ScoreSummary) -> str:
    """The latest score, and the highest where it is another."""
    return _score(felt.latest) if felt.latest == felt.highest else f"{felt.latest} (highest {felt.highest})"
