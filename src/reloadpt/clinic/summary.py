"""What a therapist sees of one patient at a glance: made from the logs, and kept beside them to open quickly.

It can always be made again, and holds nothing that depends on today.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from reloadpt.care.thresholds import PROPOSED, Thresholds
from reloadpt.files import UNREADABLE
from reloadpt.journal.entries import SEAL, line_hash
from reloadpt.journal.events import Phase
from reloadpt.journal.people import NOT_KNOWN
from reloadpt.measures.adherence import Adherence, adherence_between, caveats, two_patients
from reloadpt.measures.alerts import Alert, ends_of_plan, from_log
from reloadpt.measures.course import Course
from reloadpt.measures.muscle_phases import muscle_phases, muscle_states
from reloadpt.measures.planned import planned_days
from reloadpt.measures.story import story
from reloadpt.measures.trends import latest_soreness, morning_ratings, pain_trend

VERSION = "summary/12"
"""Changes whenever what is kept, or how it is counted, changes."""
RECENT_DAYS = 14
PAIN_LINE = 28
"""So many mornings are kept for the small line of pain."""


class StoredLog(msgspec.Struct, frozen=True, kw_only=True):
    """One log as it is kept: file name, size in bytes, its head, and what ties it to a patient.

    ``begins`` is the hash of its first line, ``aliases`` whom it names, ``damaged`` how many of its lines cannot be read.
    """

    log: str
    size: int
    h: str
    entries: int
    patient: str
    ties: tuple[tuple[str, str], ...]
    not_understood: int = 0
    begins: str = ""
    aliases: tuple[str, ...] = ()
    damaged: int = 0


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Sessions and sets, planned and done; the sets done that the coach timed, and those nobody confirmed."""

    sessions_done: int
    sessions_planned: int
    sets_done: int
    sets_planned: int
    timed: int
    pain_skips: int
    unconfirmed: int = 0


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """One patient, as ``version`` of the program and its thresholds counted.

    ``logs`` are what it was made from, ``patient`` is the alias, ``self_made`` says that no therapist made the plan.
    ``counts`` is the whole log, ``recent`` the two weeks up to the report, ``caveats`` what is to be said beside them.
    ``first_at`` is when the first plan came into force, ``last_seen`` the last entry of the patient's, ``reported_at``
    the last report, ``plan_ends`` the end of the plan, ``next_visit`` as it stands there. ``pain_start``, ``pain``,
    ``pain_change`` and ``soreness`` are scores of 0-10, ``pain_line`` the last mornings' by day; ``worth_having`` says
    whether the change is one that matters. ``phases`` are by muscle or ``muscle:side``. ``reported_by`` and
    ``begun_by`` name the entries of the last report and plan. ``story`` tells it all in a few sentences.
    """

    version: str
    logs: tuple[StoredLog, ...]
    patient: str
    self_made: bool
    counts: Counts
    recent: Counts
    first_at: datetime | None
    last_seen: datetime | None
    reported_at: datetime | None
    plan_ends: datetime | None
    next_visit: str | None
    pain_start: int | None
    pain: int | None
    pain_change: int | None
    worth_having: bool
    pain_line: tuple[tuple[date, int], ...]
    soreness: int | None
    phases: dict[str, Phase]
    alerts: tuple[Alert, ...]
    reported_by: tuple[int | str, ...]
    begun_by: tuple[int | str, ...]
    caveats: tuple[str, ...] = ()
    story: str = ""


def summary_bytes(summary: Summary) -> bytes:
    """A summary as it is kept: JSON that ends, as a line of a journal does, with the hash of what stands before."""
    body = msgspec.json.encode(summary)[:-1]
    return b'%b,"h":"%b"}' % (body, line_hash(body).encode())


def read_summary(data: bytes) -> Summary | None:
    """A summary that was kept; None where it is not what was written."""
    body = data[:-SEAL]
    if data[-SEAL:] != b',"h":"%b"}' % line_hash(body).encode():
        return None
    try:
        return _decode(data)
    except UNREADABLE:
        return None


_decode = msgspec.json.Decoder(Summary).decode


def version_of(thresholds: Thresholds) -> str:
    """What a kept summary must say to be believed."""
    return f"{VERSION} {thresholds}"


def summarise(
    logs: Sequence[StoredLog],
    course: Course,
    thresholds: Thresholds = PROPOSED,
) -> Summary:
    """Summarise a patient from the folded course of their log, or of their merged logs."""
    days = planned_days(course)
    counts, states = adherence_between(days), muscle_states(course)
    until = course.reported_at.date() if course.reported_at else None
    since = date.fromordinal(until.toordinal() - RECENT_DAYS + 1) if until else None
    change, soreness = pain_trend(course), latest_soreness(course)
    visit = course.plan.next_visit if course.plan else None
    return Summary(
        version=version_of(thresholds),
        logs=tuple(logs),
        patient=_alias(logs, course),
        self_made=course.plan is not None and not course.plan.made_by,
        counts=_counts(counts),
        recent=_counts(adherence_between(days, since, until)),
        first_at=course.began[0].at if course.began else None,
        last_seen=course.active_at,
        reported_at=course.reported_at,
        plan_ends=ends_of_plan(course),
        next_visit=msgspec.to_builtins(visit),
        pain_start=change.start,
        pain=change.now.score if change.now else None,
        pain_change=change.points,
        worth_having=change.worth_having,
        pain_line=tuple((day, reading.score) for day, reading in morning_ratings(course).items())[
            -PAIN_LINE:
        ],
        soreness=soreness[0].rating.score if soreness else None,
        phases=muscle_phases(course, states),
        alerts=from_log(course, days, states, thresholds),
        reported_by=(course.sent[-1].n,) if course.sent else (),
        begun_by=(course.began[-1].n,) if course.began else (),
        caveats=(*_caveats_of(logs), *caveats(course, days)),
        story=story(course, days, counts),
    )


def _alias(logs: Sequence[StoredLog], course: Course) -> str:
    """The patient's alias: what the logs of one alias say, else all that a log of several names."""
    clear = [log.patient for log in logs if len(log.aliases) < 2]
    if clear:
        return course.patient if course.patient in clear else clear[-1]
    return " + ".join(logs[0].aliases) if logs else NOT_KNOWN


def _caveats_of(logs: Sequence[StoredLog]) -> list[str]:
    """What is to be said of logs that are read as one."""
    return [sentence for log in logs if len(logs) > 1 for sentence in two_patients(log.aliases)]


def _counts(counts: Adherence) -> Counts:
    return Counts(
        sessions_done=counts.sessions_done,
        sessions_planned=counts.sessions_planned,
        sets_done=counts.sets_done,
        sets_planned=counts.sets_planned,
        timed=counts.by_source.get("timed", 0),
        unconfirmed=counts.unconfirmed,
        pain_skips=counts.pain_skips,
    )
