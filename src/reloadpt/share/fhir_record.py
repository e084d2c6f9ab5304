"""What was done and how it felt, as FHIR: a Procedure for each session, Observations for what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from reloadpt.care.history import same_side
from reloadpt.care.signs import SignStanding
from reloadpt.share.fhir_terms import (
    ACTIVITY,
    CATEGORY,
    DURATION,
    EFFORT,
    EXERCISE_THERAPY,
    LOINC,
    OURS,
    PA_CODES,
    PAIN,
    SNOMED,
    Ids,
    Json,
    body_site,
    coding,
    component,
    concept,
    fhir_datetime,
    fhir_period,
    fhir_text,
    quantity,
    without_empty,
)
from reloadpt.share.page import SKIP_WORDS
from reloadpt.share.rows import CheckinRow, SessionRow, SetRow
from reloadpt.share.tables import Tables
from reloadpt.wording import sign_text

MOVED = [
    concept("Activity", coding(CATEGORY, "activity", "Activity")),
    concept("Physical activity", coding(PA_CODES, "PhysicalActivity")),
]
ASKED = [concept("Survey", coding(CATEGORY, "survey", "Survey"))]
IN_A_SESSION = {"before": "Pain before the session", "morning": "Pain the next morning", "other": "Pain now"}
ALONE = {"before": "Pain now", "morning": "Pain in the morning", "other": "Pain now"}
STANDINGS: dict[SignStanding, str] = {
    "open": "Marked, not cleared",
    "cleared": "Marked, and cleared",
    "by_plan": "Marked; its lock ended with a new plan",
    "over": "Marked; over by itself",
    "withdrawn": "Marked, and taken back at once",
}
"""What became of a warning sign; none of it is a no."""
AnswerKey = tuple[str, datetime, *tuple[str, ...]]


def record_resources(tables: Tables, ids: Ids) -> Iterator[Json]:
    """Every session, rating and figure of a patient."""
    record = _Record(tables, ids)
    yield from record.signs()
    for session, sets in record.sessions():
        yield from record.session(session, sets)
    for checkin in tables.checkins:
        yield from record.checkin(checkin)
    yield from record.other_ratings()
    yield from record.adherence()


@dataclass(frozen=True)
class _Record:
    tables: Tables
    ids: Ids

    def sessions(self) -> Iterator[tuple[SessionRow, list[SetRow]]]:
        """Each session with its planned sets: both tables stand in the same order."""
        sets = iter(self.tables.sets)
        return ((session, list(islice(sets, session.sets_planned))) for session in self.tables.sessions)

    # One session ------------------------------------------------------------------------------------------

    def session(self, session: SessionRow, sets: Sequence[SetRow]) -> Iterator[Json]:
        """The Procedure, what was measured of it, and the group that holds these together."""
        performed = self._performed_period(session)
        procedure = self._procedure(session, sets, performed)
        yield procedure
        part_of = [{"reference": f"urn:uuid:{procedure['id']}"}]
        members = []
        for observation in self._measurements(session, sets):
            members.append(observation["id"])
            yield observation | {"partOf": part_of, "effectivePeriod": performed}
        if members:
            yield {
                **self._observation("panel", procedure["id"]),
                "category": MOVED,
                "code": concept("Physical activity of a session", coding(PA_CODES, "PAPanel")),
                "partOf": part_of,
                "effectivePeriod": performed,
                "hasMember": [{"reference": f"urn:uuid:{member}"} for member in members],
            }
        for name, score, key in self._pains(session, sets):
            yield self._pain(name, score, procedure["id"], key) | {
                "partOf": part_of,
                "effectivePeriod": performed,
            }

    def _procedure(self, session: SessionRow, sets: Sequence[SetRow], performed: Json) -> Json:
        something_done = session.sets_done > 0 or session.extra_sets > 0
        orders = [order for order in self.tables.prescribed if order.plan_id == session.plan_id]
        based_on = [
            self.ids.to("request", order.plan_id, order.exercise_id, order.side)
            for order in orders
            if any(row.exercise_id == order.exercise_id and same_side(row.side, order.side) for row in sets)
        ]
        procedure = {
            "resourceType": "Procedure",
            "id": self._session_id(session),
            "basedOn": based_on,
            "status": "completed" if something_done else "not-done",
            "statusReason": None if something_done else concept(_why_not(session, sets)),
            "code": concept("Home exercise session", coding(SNOMED, *EXERCISE_THERAPY)),
            "subject": self.ids.to("patient"),
            "performedPeriod": performed,
            "outcome": concept(_outcome(session)),
            "note": [{"text": fhir_text(session.note)}] if session.note else None,
        }
        return without_empty(procedure)

    def _session_id(self, session: SessionRow) -> str:
        if session.session_id is None:
            return self.ids.new("session", session.session_date)
        return self.ids.of("session", session.session_id)

    def _performed_period(self, session: SessionRow) -> Json:
        if session.session_start is None:
            return fhir_period(session.session_date, session.session_date)
        return fhir_period(session.session_start, session.session_end)

    def _measurements(self, session: SessionRow, sets: Sequence[SetRow]) -> Iterator[Json]:
        if session.seconds:
            yield {
                **self._observation("duration", session.session_date, session.session_id),
                "category": MOVED,
                "code": concept("Duration of the sets", coding(LOINC, *DURATION)),
                "valueQuantity": quantity(round(session.seconds / 60, 2), "min"),
            }
        for exercise, rows in _by_exercise(sets).items():
            done = [row for row in rows if row.status == "done"]
            key = (session.session_date, session.session_id, exercise)
            if done:
                yield {
                    **self._observation("exercise", *key),
                    "category": MOVED,
                    "code": concept("Exercise", coding(LOINC, *ACTIVITY)),
                    "valueCodeableConcept": concept(rows[0].exercise_name),
                    "component": _dose_done(rows, done),
                }
            effort = next((row.effort_0_10 for row in rows if row.effort_0_10 is not None), None)
            if effort is not None:
                yield {
                    **self._observation("effort", *key),
                    "category": MOVED,
                    "code": concept(
                        f"Perceived exertion, 0-10: {rows[0].exercise_name}", coding(LOINC, *EFFORT)
                    ),
                    "valueQuantity": quantity(effort, "{score}"),
                }

    def _pains(self, session: SessionRow, sets: Sequence[SetRow]) -> Iterator[tuple[str, int, object]]:
        for exercise, rows in _by_exercise(sets).items():
            scores = [row.pain_during_0_10 for row in rows if row.pain_during_0_10 is not None]
            if scores:
                yield f"Worst pain during the exercise: {rows[0].exercise_name}", max(scores), exercise
        if session.worst_pain_0_10 is not None:
            yield "Worst pain in the session, asked after it", session.worst_pain_0_10, "session"

    # Ratings ----------------------------------------------------------------------------------------------

    def checkin(self, row: CheckinRow) -> Iterator[Json]:
        """The pain of a check-in, as part of the session that it was before or after, where there is one."""
        session = self._session_of(row)
        name = (IN_A_SESSION if session else ALONE)[row.when]
        part_of = {"partOf": [self.ids.to("session", session)]} if session else {}
        for title, score in ((name, row.pain_0_10), ("Worst pain of the last day", row.worst_pain_0_10)):
            if score is not None:
                yield (
                    self._pain(title, score, row.checkin_time)
                    | part_of
                    | {"effectiveDateTime": fhir_datetime(row.checkin_time)}
                )

    def _session_of(self, row: CheckinRow) -> str | None:
        opened = [session for session in self.tables.sessions if session.session_id and session.session_start]
        if row.session_id:
            return row.session_id if any(session.session_id == row.session_id for session in opened) else None
        if row.when == "before":
            later = [
                session
                for session in opened
                if session.session_date == row.checkin_date and _opened_after(session, row)
            ]
            return later[0].session_id if later else None
        if row.when == "morning":
            yesterday = row.checkin_date - timedelta(days=1)
            return next(
                (session.session_id for session in reversed(opened) if session.session_date == yesterday),
                None,
            )
        return None

    def signs(self) -> Iterator[Json]:
        """The warning signs that were marked, each as what it is and what became of it."""
        for sign in self.tables.signs:
            text = f"Warning sign {sign.code}: {sign_text(sign.code)}"
            became = concept(STANDINGS[sign.standing], coding(OURS, f"sign-{sign.standing}"))
            key = ("sign", sign.raised_at, sign.code)
            yield self._answer(key, "warning-sign", text, valueCodeableConcept=became)

    def other_ratings(self) -> Iterator[Json]:
        """Soreness at the needle sites, activities, and notes."""
        for sore in self.tables.soreness:
            key: AnswerKey = ("soreness", sore.checkin_time, sore.muscle, sore.side)
            score = quantity(sore.soreness_0_10, "{score}")
            text, site = "Soreness where the needle was, 0-10", body_site(sore.muscle, sore.side)
            yield self._answer(key, "soreness", text, valueQuantity=score, bodySite=site)
        for row in self.tables.activities:
            text = f"How it goes, 0 unable, 10 as before: {row.activity}"
            score = quantity(row.score_0_10, "{score}")
            key = ("activity", row.rated_at, row.activity)
            yield self._answer(key, "activity", text, valueQuantity=score)
        for note in self.tables.notes:
            if note.text:
                text = fhir_text(note.text)
                yield self._answer(("note", note.written_at), "note", "A note", valueString=text)

    def _answer(self, key: AnswerKey, ours: str, text: str, **value: object) -> Json:
        """An Observation of what a patient said; the time is the second part of its ``key``."""
        return {
            **self._observation(*key),
            "category": ASKED,
            "code": concept(text, coding(OURS, ours)),
            "effectiveDateTime": fhir_datetime(key[1]),
            **value,
        }

    def adherence(self) -> Iterator[Json]:
        """Sets and sessions done of those planned, with both numbers."""
        counts, rows = self.tables.counts, self.tables.sessions
        planned = [row.session_date for row in rows if row.status != "extra"]
        for noun, unit, done, of in (
            ("sets", "{sets}", counts.sets_done, counts.sets_planned),
            ("sessions", "{sessions}", counts.sessions_done, counts.sessions_planned),
        ):
            if of:
                yield {
                    **self._observation("adherence", noun),
                    "category": ASKED,
                    "code": concept(
                        f"Adherence: {noun} done of those planned", coding(OURS, f"adherence-{noun}")
                    ),
                    "effectivePeriod": fhir_period(min(planned), max(planned)),
                    "valueQuantity": quantity(round(100 * done / of, 1), "%"),
                    "component": [
                        component("numerator", f"{noun.capitalize()} done", done, unit),
                        component("denominator", f"{noun.capitalize()} planned", of, unit),
                        *_unconfirmed(counts.unconfirmed if noun == "sets" else 0),
                    ],
                    **(
                        {"note": [{"text": caveat} for caveat in self.tables.caveats]}
                        if self.tables.caveats
                        else {}
                    ),
                }

    def _pain(self, name: str, score: int, *key: object) -> Json:
        return {
            **self._observation("pain", name, *key),
            "category": ASKED,
            "code": concept(name, coding(LOINC, *PAIN)),
            "valueQuantity": quantity(score, "{score}"),
        }

    def _observation(self, *key: object) -> Json:
        return {
            "resourceType": "Observation",
            "id": self.ids.new(*key),
            "status": "final",
            "subject": self.ids.to("patient"),
        }


def _by_exercise(sets: Sequence[SetRow]) -> dict[str, list[SetRow]]:
    rows: dict[str, list[SetRow]] = {}
    for row in sets:
        rows.setdefault(row.exercise_id, []).append(row)
    return rows


def _dose_done(rows: Sequence[SetRow], done: Sequence[SetRow]) -> list[Json]:
    """What is ours: sets, repetitions in all, the longest hold, the heaviest load."""
    reps = [row.done_reps for row in done if row.done_reps is not None]
    holds = [row.done_hold_s for row in done if row.done_hold_s]
    loads = [row.done_load_kg for row in done if row.done_load_kg is not None]
    components = [
        component("sets-done", "Sets done", len(done), "{sets}"),
        component("sets-planned", "Sets planned", len(rows), "{sets}"),
    ]
    components += _unconfirmed(sum(row.confirmed is False for row in done))
    if reps:
        components.append(component("repetitions", "Repetitions in all", sum(reps), "{repetitions}"))
    if holds:
        components.append(component("hold", "Longest hold", max(holds), "s"))
    if loads:
        components.append(component("load", "Heaviest load", max(loads), "kg"))
    return components


def _unconfirmed(count: int) -> list[Json]:
    """The sets that rest on the clock alone, where there are any."""
    return [component("sets-unconfirmed", "Sets done, not confirmed", count, "{sets}")] if count else []


def _outcome(session: SessionRow) -> str:
    extra = f"{session.extra_sets} sets done that were not planned"
    if session.status == "extra":
        return extra
    words = f"{session.sets_done} of {session.sets_planned} planned sets done"
    return f"{words}, {extra}" if session.extra_sets else words


def _why_not(session: SessionRow, sets: Sequence[SetRow]) -> str:
    if session.session_id is None:
        return "Not opened"
    reasons = dict.fromkeys(SKIP_WORDS[row.skip_reason] for row in sets if row.skip_reason)
    return f"Skipped: {', '.join(reasons)}" if reasons else "Opened, and nothing of it done"


def _opened_after(session: SessionRow, row: CheckinRow) -> bool:
    start: datetime | None = session.session_start
    return start is not None and start >= row.checkin_time
