"""What was done and how it felt, as FHIR: a Procedure for each session, Observations for what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from reloadpt.care.history import same_side
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
    code,
    component,
    concept,
    fhir_datetime,
    fhir_period,
    filled_in,
    quantity,
    site,
    text_of,
)
from reloadpt.share.rows import CheckinRow, SessionRow, SetRow
from reloadpt.share.tables import Tables
from reloadpt.wording import SIGNS

MOVED = [
    concept("Activity", code(CATEGORY, "activity", "Activity")),
    concept("Physical activity", code(PA_CODES, "PhysicalActivity")),
]
ASKED = [concept("Survey", code(CATEGORY, "survey", "Survey"))]
IN_A_SESSION = {"before": "Pain before the session", "morning": "Pain the next morning", "other": "Pain now"}
ALONE = {"before": "Pain now", "morning": "Pain in the morning", "other": "Pain now"}
SKIPPED = {
    "pain": "pain",
    "time": "no time",
    "equipment": "no equipment",
    "unsure": "not sure how",
    "felt_well": "felt well",
    "other": "another reason",
}


def record_resources(tables: Tables, ids: Ids) -> Iterator[Json]:
    """Every session, rating and figure of a patient."""
    made = _Record(tables, ids)
    for session, sets in made.sessions():
        yield from made.session(session, sets)
    for checkin in tables.checkins:
        yield from made.checkin(checkin)
    yield from made.other_ratings()
    yield from made.adherence()


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
        performed = self._performed(session)
        procedure = self._procedure(session, sets, performed)
        yield procedure
        part_of = [{"reference": f"urn:uuid:{procedure['id']}"}]
        members = []
        for each in self._measured(session, sets):
            members.append(each["id"])
            yield each | {"partOf": part_of, "effectivePeriod": performed}
        if members:
            yield {
                **self._observation("panel", procedure["id"]),
                "category": MOVED,
                "code": concept("Physical activity of a session", code(PA_CODES, "PAPanel")),
                "partOf": part_of,
                "effectivePeriod": performed,
                "hasMember": [{"reference": f"urn:uuid:{member}"} for member in members],
            }
        for name, score, key in self._hurt(session, sets):
            yield self._pain(name, score, procedure["id"], key) | {
                "partOf": part_of,
                "effectivePeriod": performed,
            }

    def _procedure(self, session: SessionRow, sets: Sequence[SetRow], performed: Json) -> Json:
        some = session.sets_done > 0 or session.extra_sets > 0
        asked = [each for each in self.tables.prescribed if each.plan_id == session.plan_id]
        wanted = [
            self.ids.to("request", each.plan_id, each.exercise_id, each.side)
            for each in asked
            if any(row.exercise_id == each.exercise_id and same_side(row.side, each.side) for row in sets)
        ]
        told = {
            "resourceType": "Procedure",
            "id": self._session_id(session),
            "basedOn": wanted,
            "status": "completed" if some else "not-done",
            "statusReason": None if some else concept(_why_not(session, sets)),
            "code": concept("Home exercise session", code(SNOMED, *EXERCISE_THERAPY)),
            "subject": self.ids.to("patient"),
            "performedPeriod": performed,
            "outcome": concept(_outcome(session)),
            "note": [{"text": text_of(session.note)}] if session.note else None,
        }
        return filled_in(told)

    def _session_id(self, session: SessionRow) -> str:
        if session.session_id is None:
            return self.ids.new("session", session.session_date)
        return self.ids.of("session", session.session_id)

    def _performed(self, session: SessionRow) -> Json:
        if session.session_start is None:
            return fhir_period(session.session_date, session.session_date)
        return fhir_period(session.session_start, session.session_end)

    def _measured(self, session: SessionRow, sets: Sequence[SetRow]) -> Iterator[Json]:
        if session.seconds:
            yield {
                **self._observation("duration", session.session_date, session.session_id),
                "category": MOVED,
                "code": concept("Duration of the sets", code(LOINC, *DURATION)),
                "valueQuantity": quantity(round(session.seconds / 60, 2), "min"),
            }
        for exercise, rows in _by_exercise(sets).items():
            done = [row for row in rows if row.status == "done"]
            key = (session.session_date, session.session_id, exercise)
            if done:
                yield {
                    **self._observation("exercise", *key),
                    "category": MOVED,
                    "code": concept("Exercise", code(LOINC, *ACTIVITY)),
                    "valueCodeableConcept": concept(rows[0].exercise_name),
                    "component": _dose_done(rows, done),
                }
            effort = next((row.effort_0_10 for row in rows if row.effort_0_10 is not None), None)
            if effort is not None:
                yield {
                    **self._observation("effort", *key),
                    "category": MOVED,
                    "code": concept(
                        f"Perceived exertion, 0-10: {rows[0].exercise_name}", code(LOINC, *EFFORT)
                    ),
                    "valueQuantity": quantity(effort, "{score}"),
                }

    def _hurt(self, session: SessionRow, sets: Sequence[SetRow]) -> Iterator[tuple[str, int, object]]:
        for exercise, rows in _by_exercise(sets).items():
            told = {(row.side, row.pain_during_0_10) for row in rows if row.pain_during_0_10 is not None}
            scores = sorted({score for _, score in told if score is not None})
            if scores:
                yield f"Worst pain during the exercise: {rows[0].exercise_name}", scores[-1], exercise
        if session.worst_pain_0_10 is not None:
            yield "Worst pain in the session, asked after it", session.worst_pain_0_10, "session"

    # Ratings ----------------------------------------------------------------------------------------------

    def checkin(self, row: CheckinRow) -> Iterator[Json]:
        """The pain of a check-in, as part of the session that it was before or after, where there is one."""
        session = self._session_of(row)
        name = (IN_A_SESSION if session else ALONE)[row.when]
        part_of = {"partOf": [self.ids.to("session", session)]} if session else {}
        for told, score in ((name, row.pain_0_10), ("Worst pain of the last day", row.worst_pain_0_10)):
            if score is not None:
                yield (
                    self._pain(told, score, row.checkin_time)
                    | part_of
                    | {"effectiveDateTime": fhir_datetime(row.checkin_time)}
                )

    def _session_of(self, row: CheckinRow) -> str | None:
        opened = [each for each in self.tables.sessions if each.session_id and each.session_start]
        if row.session_id:
            return next((each.session_id for each in opened if each.session_id == row.session_id), None)
        if row.when == "before":
            later = [each for each in opened if each.session_date == row.checkin_date and _after(each, row)]
            return later[0].session_id if later else None
        if row.when == "morning":
            yesterday = row.checkin_date - timedelta(days=1)
            return next(
                (each.session_id for each in reversed(opened) if each.session_date == yesterday), None
            )
        return None

    def other_ratings(self) -> Iterator[Json]:
        """Soreness at the needle sites, activities, warning signs that were answered with yes, and notes."""
        for sore in self.tables.soreness:
            yield {
                **self._observation("soreness", sore.checkin_time, sore.muscle, sore.side),
                "category": ASKED,
                "code": concept("Soreness where the needle was, 0-10", code(OURS, "soreness")),
                "effectiveDateTime": fhir_datetime(sore.checkin_time),
                "valueQuantity": quantity(sore.soreness_0_10, "{score}"),
                "bodySite": site(sore.muscle, sore.side),
            }
        for each in self.tables.activities:
            yield {
                **self._observation("activity", each.rated_at, each.activity),
                "category": ASKED,
                "code": concept(
                    f"How it goes, 0 unable, 10 as before: {each.activity}", code(OURS, "activity")
                ),
                "effectiveDateTime": fhir_datetime(each.rated_at),
                "valueQuantity": quantity(each.score_0_10, "{score}"),
            }
        for sign in self.tables.signs:
            text = SIGNS[sign.code].text if sign.code in SIGNS else "another sign"
            yield {
                **self._observation("sign", sign.raised_at, sign.code),
                "category": ASKED,
                "code": concept(f"Warning sign: {text}", code(OURS, "warning-sign")),
                "effectiveDateTime": fhir_datetime(sign.raised_at),
                "valueBoolean": True,
            }

        for note in self.tables.notes:
            if note.text:
                yield {
                    **self._observation("note", note.written_at),
                    "category": ASKED,
                    "code": concept("A note", code(OURS, "note")),
                    "effectiveDateTime": fhir_datetime(note.written_at),
                    "valueString": text_of(note.text),
                }

    def adherence(self) -> Iterator[Json]:
        """Sets and sessions done of those planned, with both numbers."""
        counts, rows = self.tables.counts, self.tables.sessions
        planned = [row.session_date for row in rows if row.status != "extra"]
        for what, unit, done, of in (
            ("sets", "{sets}", counts.sets_done, counts.sets_planned),
            ("sessions", "{sessions}", counts.sessions_done, counts.sessions_planned),
        ):
            if of:
                yield {
                    **self._observation("adherence", what),
                    "category": ASKED,
                    "code": concept(
                        f"Adherence: {what} done of those planned", code(OURS, f"adherence-{what}")
                    ),
                    "effectivePeriod": fhir_period(min(planned), max(planned)),
                    "valueQuantity": quantity(round(100 * done / of, 1), "%"),
                    "component": [
                        component("numerator", f"{what.capitalize()} done", done, unit),
                        component("denominator", f"{what.capitalize()} planned", of, unit),
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
            "code": concept(name, code(LOINC, *PAIN)),
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
    found: dict[str, list[SetRow]] = {}
    for row in sets:
        found.setdefault(row.exercise_id, []).append(row)
    return found


def _dose_done(rows: Sequence[SetRow], done: Sequence[SetRow]) -> list[Json]:
    """What is ours: sets, repetitions in all, the longest hold, the heaviest load."""
    reps = [row.done_reps for row in done if row.done_reps is not None]
    holds = [row.done_hold_s for row in done if row.done_hold_s]
    loads = [row.done_load_kg for row in done if row.done_load_kg is not None]
    found = [
        component("sets-done", "Sets done", len(done), "{sets}"),
        component("sets-planned", "Sets planned", len(rows), "{sets}"),
    ]
    if reps:
        found.append(component("repetitions", "Repetitions in all", sum(reps), "{repetitions}"))
    if holds:
        found.append(component("hold", "Longest hold", max(holds), "s"))
    if loads:
        found.append(component("load", "Heaviest load", max(loads), "kg"))
    return found


def _outcome(session: SessionRow) -> str:
    extra = f"{session.extra_sets} sets done that were not planned"
    if session.status == "extra":
        return extra
    told = f"{session.sets_done} of {session.sets_planned} planned sets done"
    return f"{told}, {extra}" if session.extra_sets else told


def _why_not(session: SessionRow, sets: Sequence[SetRow]) -> str:
    if session.session_id is None:
        return "Not opened"
    reasons = dict.fromkeys(SKIPPED[row.skip_reason] for row in sets if row.skip_reason)
    return f"Skipped: {', '.join(reasons)}" if reasons else "Opened, and nothing of it done"


def _after(session: SessionRow, row: CheckinRow) -> bool:
    start: datetime | None = session.session_start
    return start is not None and start >= row.checkin_time
