"""The rules as a therapist sees them: every alert with its level, one sentence, and the entries that fired it.

Evidence is care's own (``care/evidence``), at the last entry of the log; added here is only what needs the journal
alone, or depends on today: ``from_today`` has only that, ``from_log`` leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reloadpt.care.evidence import evidence_of, plan_over_evidence
from reloadpt.care.muscle_state import MuscleStates
from reloadpt.care.rules import LEVELS, Evidence, Level, alert_sentence, in_order
from reloadpt.care.thresholds import PROPOSED, Thresholds
from reloadpt.measures.adherence import adherence_between
from reloadpt.measures.course import Course
from reloadpt.measures.planned import PlannedDay, monday, plan_ends
from reloadpt.measures.sign_evidence import SIGN_RULES, sign_evidence

Behind = tuple[int | str, ...]


@dataclass(frozen=True)
class Alert:
    """A rule that fired: how soon, which, one sentence, and the ``n`` of the entries behind it.

    ``cause`` tells it from others of its rule. ``sign`` is the code of the warning sign that it is of. Such an alert stays until a therapist closes it with what
    was done; one ``unsolved``, which nobody has cleared, comes back a day after.
    """

    level: Level
    rule: str
    text: str
    entries: tuple[int | str, ...]
    sign: str = ""
    unsolved: bool = False
    cause: str = ""


def from_log(
    course: Course, days: Sequence[PlannedDay], states: MuscleStates, thresholds: Thresholds = PROPOSED
) -> tuple[Alert, ...]:
    """The alerts that the log alone fires, soonest level first.

    ``days`` are those of ``planned``, ``states`` where the muscles stand at the last entry.
    """
    if course.last_at is None:
        return ()
    found = evidence_of(
        course, states, course.last_at, lambda day: course.dues.get(day.isoformat()), thresholds
    )
    lasting = [evidence for evidence in found if evidence.rule != "plan_over"]
    return _alerts([*sign_evidence(course, thresholds), *lasting, *_low(days, thresholds), *_unread(course)])


def from_today(
    reported_at: datetime | None,
    ends: datetime | None,
    at: datetime,
    behind: tuple[Behind, Behind] = ((), ()),
    thresholds: Thresholds = PROPOSED,
) -> tuple[Alert, ...]:
    """The alerts that depend on today: no report since ``reported_at``, and the plan's end.

    ``behind`` are the entries that last shared the log, and that began the plan.
    """
    found = []
    if reported_at and at - reported_at >= timedelta(days=thresholds.no_report_days):
        values = {"days": (at - reported_at).days}
        found.append(Evidence(rule="no_report", values=values, entries=behind[0]))
    over = plan_over_evidence(ends, at, behind[1])
    return _alerts([*found, *([over] if over else [])])


def by_level(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """Sort alerts, the soonest level first."""
    return tuple(sorted(alerts, key=lambda alert: LEVELS.index(alert.level)))


def ends_of_plan(course: Course) -> datetime | None:
    """When the plan in force ends."""
    return plan_ends(course.began[-1]) if course.began else None


def _alerts(found: Iterable[Evidence]) -> tuple[Alert, ...]:
    return tuple(
        Alert(
            evidence.how_soon,
            evidence.rule,
            alert_sentence(evidence),
            evidence.entries,
            evidence.about if evidence.rule in SIGN_RULES else "",
            bool(evidence.values.get("unsolved")),
            evidence.cause,
        )
        for evidence in in_order(found)
    )


def _low(days: Sequence[PlannedDay], thresholds: Thresholds) -> Iterator[Evidence]:
    """Too little done of what was due on the last planned days."""
    planned = [day for day in days if day.sessions][-thresholds.low_days :]
    counts = adherence_between(planned)
    share = counts.sets
    if share is None or len(planned) < thresholds.low_from_days or share >= thresholds.low_share:
        return
    grave: Level | None = "this_week" if share < thresholds.low_share_grave else None
    values = {"done": counts.sets_done, "planned": counts.sets_planned, "days": len(planned)}
    week = monday(planned[-1].day).isoformat()
    yield Evidence(rule="low", about=week, values=values, level=grave)


def _unread(course: Course) -> Iterator[Evidence]:
    if course.not_understood:
        yield Evidence(
            rule="unread", about=str(course.not_understood), values={"count": course.not_understood}
        )
