"""The rows of one patient's tables, from the measures alone: CSV, Parquet and FHIR all write these.

What was planned and what became of it is ``measures.planned``'s own answer; nothing is counted anew here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from reloadpt import wording
from reloadpt.care.history import PlanPeriod, Session, same_side
from reloadpt.journal.events import CheckedIn, Ending, Note, SetDone, Side
from reloadpt.measures.adherence import Adherence, adherence_between, caveats
from reloadpt.measures.course import Course
from reloadpt.measures.planned import DuePlannedSet, PlannedDay, PlannedSession, plan_ends, planned_days
from reloadpt.share.rows import (
    ActivityRow,
    CheckinRow,
    ExtraRow,
    NeedlingRow,
    NoteRow,
    PlanRow,
    PrescribedRow,
    SessionRow,
    SessionStatus,
    SetRow,
    SignRow,
    SorenessRow,
)

_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")


@dataclass(frozen=True)
class Tables:
    """All tables of one patient, by the names in ``rows.TABLES``.

    ``key`` is what no other patient has, and stays the same as the log grows; ``patient_id`` is what the rows say.
    ``at`` is the time of the last entry, ``counts`` are the figures of adherence over the same days, ``caveats`` what is
    to be said beside them. The rows are ``sets``, ``sessions``, ``checkins``, ``soreness``, ``needlings``, ``plans``,
    ``prescribed``, ``activities``, ``signs``, ``notes`` and ``extra_sets``, each a tuple in the order of the log.
    """

    patient_id: str
    key: str
    at: datetime | None
    counts: Adherence
    caveats: tuple[str, ...]
    sets: tuple[SetRow, ...]
    sessions: tuple[SessionRow, ...]
    checkins: tuple[CheckinRow, ...]
    soreness: tuple[SorenessRow, ...]
    needlings: tuple[NeedlingRow, ...]
    plans: tuple[PlanRow, ...]
    prescribed: tuple[PrescribedRow, ...]
    activities: tuple[ActivityRow, ...]
    signs: tuple[SignRow, ...]
    notes: tuple[NoteRow, ...]
    extra_sets: tuple[ExtraRow, ...]


def tables_of_log(
    course: Course,
    since: date | None = None,
    until: date | None = None,
    patient_id: str | None = None,
) -> Tables:
    """The tables of a log, of the days from ``since`` to ``until``, both included; else of all days."""
    return _TableMaker(course, since or date.min, until or date.max, patient_id or course.patient).tables()


class _TableMaker:
    """Makes the rows of one course, over one period."""

    def __init__(self, course: Course, since: date, until: date, patient_id: str) -> None:
        self._course = course
        self._since, self._until = since, until
        self._patient = patient_id
        self._days = [day for day in planned_days(course) if self._within(day.day)]
        self._sessions = [(day, session) for day in self._days for session in day.sessions]

    def tables(self) -> Tables:
        course = self._course
        return Tables(
            patient_id=self._patient,
            key=f"{course.patient} {course.began[0].id if course.began else course.log}",
            at=course.last_at,
            counts=adherence_between(self._days),
            caveats=caveats(course, self._days),
            sets=tuple(row for day, session in self._sessions for row in self._set_rows(day, session)),
            sessions=tuple(self._session_rows()),
            checkins=tuple(self._checkin_rows()),
            soreness=tuple(self._soreness_rows()),
            needlings=tuple(
                NeedlingRow(
                    patient_id=self._patient,
                    needled_date=needling.needled_at.date(),
                    needled_at=needling.needled_at,
                    muscle=needling.muscle,
                    side=needling.side,
                    stim=needling.stim,
                )
                for needling in course.needlings
                if self._within(needling.needled_at.date())
            ),
            plans=tuple(self._plan_rows()),
            prescribed=tuple(self._prescribed_rows()),
            activities=tuple(
                ActivityRow(
                    patient_id=self._patient,
                    rated_date=rating.at.date(),
                    rated_at=rating.at,
                    activity=rating.activity,
                    score_0_10=rating.score,
                )
                for rating in course.activities
                if self._within(rating.at.date())
            ),
            signs=tuple(
                SignRow(
                    patient_id=self._patient,
                    raised_date=sign.at.date(),
                    raised_at=sign.at,
                    code=sign.code,
                    standing=sign.standing,
                    again=sign.again,
                    ended_date=sign.ended_at.date() if sign.ended_at else None,
                    seen_how=sign.how,
                )
                for sign in course.signs
                if self._within(sign.at.date())
            ),
            notes=tuple(self._note_rows()),
            extra_sets=tuple(self._extra_rows()),
        )

    def _note_rows(self) -> Iterator[NoteRow]:
        """Notes and worries, in the order they were written."""
        notes = [
            (entry.at, entry.day, entry.event.text)
            for entry in self._course.notes
            if isinstance(entry.event, Note)
        ]
        notes += [
            (worry.at, worry.at.date(), wording.WORRIED(words=worry.words)) for worry in self._course.worries
        ]
        for at, day, text in sorted(notes, key=lambda note: note[0]):
            if self._within(day):
                yield NoteRow(patient_id=self._patient, written_date=day, written_at=at, text=text or None)

    def _within(self, day: date) -> bool:
        return self._since <= day <= self._until

    def _plan_at(self, moment: datetime) -> str | None:
        """The plan in force at a moment."""
        return _first_plan_id(period for period in reversed(self._course.began) if period.at <= moment)

    def _plan_on(self, day: date) -> str | None:
        """The plan of a day on which nothing was opened: it begins the day after it came into force."""
        return _first_plan_id(period for period in reversed(self._course.began) if period.at.date() < day)

    def _session_of(self, session: str | None) -> Session | None:
        return self._course.sessions.get(session) if session else None

    def _plan_of(self, session: Session | None, day: date) -> str | None:
        return self._plan_at(session.opened_at) if session else self._plan_on(day)

    def _set_rows(self, day: PlannedDay, session: PlannedSession) -> Iterator[SetRow]:
        sitting = self._session_of(session.session)
        plan, note = self._plan_of(sitting, day.day), (sitting.note if sitting else "") or None
        for planned_set in session.sets:
            done, item = planned_set.done, planned_set.item
            rated_session = self._session_of(done.session) if done else sitting
            pain, effort = _rating(rated_session, item.exercise, planned_set.side)
            yield SetRow(
                patient_id=self._patient,
                plan_id=plan,
                session_id=session.session,
                session_date=day.day,
                session_start=sitting.opened_at if sitting else None,
                timezone=self._zone(session.session),
                exercise_id=item.exercise,
                exercise_name=item.name,
                muscle=item.muscle,
                phase=item.phase,
                intent=item.intent,
                side=planned_set.side,
                set_number=planned_set.number,
                status=planned_set.status,
                skip_reason=planned_set.reason,
                planned_reps=item.reps,
                done_reps=done.reps if done else None,
                planned_hold_s=item.hold_s,
                done_hold_s=done.hold_s if done else None,
                planned_load_kg=item.load_kg,
                done_load_kg=done.load_kg if done else None,
                seconds=done.seconds if done else None,
                source=done.source if done else None,
                confirmed=done.confirmed if done else None,
                pain_during_0_10=pain,
                effort_0_10=effort,
                note=note,
            )
            note = None

    def _session_rows(self) -> list[SessionRow]:
        extra: dict[str, list[SetDone]] = {}
        for done_set in (done_set for day in self._days for done_set in day.extra):
            extra.setdefault(done_set.session, []).append(done_set)
        planned = [
            self._session(day.day, session.session, session.sets, _status(session), extra)
            for day, session in self._sessions
        ]
        listed = {row.session_id for row in planned}
        others = [
            self._session(sitting.day, sitting.session, (), "extra", extra)
            for sitting in self._course.sessions.values()
            if (sitting.items or sitting.entries)
            and sitting.session not in listed
            and self._within(sitting.day)
        ]
        # sorting is stable: what was opened on a day stands in its order, before what was not
        return sorted([*planned, *others], key=lambda row: (row.session_date, row.session_id is None))

    def _session(
        self,
        day: date,
        session: str | None,
        sets: Sequence[DuePlannedSet],
        status: SessionStatus,
        extra: Mapping[str, Sequence[SetDone]],
    ) -> SessionRow:
        sitting = self._session_of(session)
        done = [planned_set.done for planned_set in sets if planned_set.done]
        beside = extra.get(session or "", ())
        seconds = [set_done.seconds for set_done in done if set_done.seconds is not None]
        return SessionRow(
            patient_id=self._patient,
            plan_id=self._plan_of(sitting, day),
            session_id=session,
            session_date=day,
            session_start=sitting.opened_at if sitting else None,
            session_end=sitting.closed_at if sitting else None,
            timezone=self._zone(session),
            status=status,
            ended=cast("Ending | None", sitting.how) if sitting else None,
            sets_planned=len(sets),
            sets_done=len(done),
            sets_unconfirmed=sum(not set_done.is_confirmed for set_done in (*done, *beside)),
            sets_skipped=sum(planned_set.reason is not None for planned_set in sets),
            extra_sets=len(beside),
            seconds=round(sum(seconds), 3) if seconds else None,
            worst_pain_0_10=sitting.worst if sitting else None,
            note=(sitting.note if sitting else "") or None,
        )

    def _extra_rows(self) -> Iterator[ExtraRow]:
        for day in self._days:
            for done_set in day.extra:
                yield ExtraRow(
                    patient_id=self._patient,
                    plan_id=self._plan_of(self._session_of(done_set.session), day.day),
                    session_id=done_set.session,
                    session_date=day.day,
                    exercise_id=done_set.exercise,
                    side=done_set.side,
                    set_number=done_set.set,
                    done_reps=done_set.reps,
                    done_hold_s=done_set.hold_s,
                    done_load_kg=done_set.load_kg,
                    seconds=done_set.seconds,
                    source=done_set.source,
                    confirmed=done_set.confirmed,
                )

    def _check_ins(self) -> Iterator[tuple[datetime, CheckedIn]]:
        return ((at, checkin) for at, checkin in self._course.check_ins() if self._within(at.date()))

    def _checkin_rows(self) -> Iterator[CheckinRow]:
        for at, checkin in self._check_ins():
            yield CheckinRow(
                patient_id=self._patient,
                plan_id=self._plan_at(at),
                checkin_date=at.date(),
                checkin_time=at,
                timezone=_iana(checkin.zone or self._course.opened_zone),
                when=checkin.when,
                session_id=checkin.session,
                pain_0_10=checkin.pain,
                worst_pain_0_10=checkin.worst,
                signs_asked=" ".join(checkin.asked) or None,
                signs_yes=" ".join(checkin.flags) or None,
                confirmed_same=checkin.same,
            )

    def _soreness_rows(self) -> Iterator[SorenessRow]:
        for at, checkin in self._check_ins():
            for soreness in checkin.soreness:
                yield SorenessRow(
                    patient_id=self._patient,
                    plan_id=self._plan_at(at),
                    checkin_date=at.date(),
                    checkin_time=at,
                    muscle=soreness.muscle,
                    side=soreness.side,
                    soreness_0_10=soreness.score,
                )

    def _plan_rows(self) -> Iterator[PlanRow]:
        began = self._course.began
        for i, period in enumerate(began):
            ends = began[i + 1].at.date() if i + 1 < len(began) else date.max
            if period.at.date() > self._until or ends < self._since:
                continue
            yield PlanRow(
                patient_id=self._patient,
                plan_id=period.id or None,
                started_date=period.at.date(),
                started_at=period.at,
                made_at=period.made_at,
                ends_date=plan_ends(period).date(),
                made_by=period.plan.made_by or None,
                self_made=not period.plan.made_by,
                complaint=period.plan.complaint or None,
                start_pain_0_10=period.plan.start_pain,
                progression=period.plan.progression,
            )

    def _prescribed_rows(self) -> Iterator[PrescribedRow]:
        listed: set[tuple[str | None, str, Side]] = set()
        for day, session in self._sessions:
            plan = self._plan_of(self._session_of(session.session), day.day)
            for item in dict.fromkeys(planned_set.item for planned_set in session.sets):
                if (plan, item.exercise, item.side) in listed:
                    continue
                listed.add((plan, item.exercise, item.side))
                due = self._course.dues.get(day.day.isoformat())
                asked = {due_item.exercise: due_item.often for due_item in due.items} if due else {}
                frequency = asked.get(item.exercise)
                yield PrescribedRow(
                    patient_id=self._patient,
                    plan_id=plan,
                    exercise_id=item.exercise,
                    exercise_name=item.name,
                    muscle=item.muscle,
                    intent=item.intent,
                    side=item.side,
                    first_date=day.day,
                    sets=item.sets,
                    reps=item.reps,
                    hold_s=item.hold_s,
                    tempo=item.tempo,
                    rest_s=item.rest_s,
                    load_kg=item.load_kg,
                    resistance=item.resistance or None,
                    times=frequency.times if frequency else None,
                    per=frequency.per if frequency else None,
                )

    def _zone(self, session: str | None) -> str | None:
        return _iana(self._course.zones.get(session)) if session else None


def _first_plan_id(periods: Iterator[PlanPeriod]) -> str | None:
    first = next(periods, None)
    return first.id or None if first else None


def _iana(zone: str | None) -> str | None:
    """A zone's name, where it looks like one: ``+02:00`` would become a time in a spreadsheet."""
    return zone if zone and len(zone) <= 60 and _ZONE.fullmatch(zone) else None


def _status(session: PlannedSession) -> SessionStatus:
    if session.done:
        return "done"
    some = session.session is not None or any(planned_set.done for planned_set in session.sets)
    return "partly" if some else "not_opened"


def _rating(session: Session | None, exercise: str, side: Side) -> tuple[int | None, int | None]:
    """Pain and effort of an exercise in a session; that of the same side before that of both."""
    pain, effort = None, None
    periods = [rating for rating in (session.ratings() if session else ()) if rating.exercise == exercise]
    for rating in sorted(
        (rating for rating in periods if same_side(rating.side, side)), key=lambda rating: rating.side == side
    ):
        pain = pain if rating.pain is None else rating.pain
        effort = effort if rating.effort is None else rating.effort
    return pain, effort
