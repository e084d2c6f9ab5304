"""One patient's tables as a FHIR R4 (4.0.1) Bundle: plain JSON, resource by resource.

Its shapes follow HL7's Physical Activity guide 1.0.0 where that has a place for a thing, and claim none of its
profiles: they want a patient with a name. ``docs/export.md`` says which resource holds what.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from reloadpt.files import visible_values
from reloadpt.share.fhir_record import record_resources
from reloadpt.share.fhir_terms import (
    ALIASES,
    CARE_PLAN_CATEGORY,
    EXERCISE_THERAPY,
    EXERCISES,
    PA_CODES,
    PHYSICAL_THERAPY,
    SNOMED,
    Ids,
    Json,
    body_site,
    coding,
    concept,
    fhir_datetime,
    fhir_period,
    fhir_text,
    narrative,
    without_empty,
)
from reloadpt.share.rows import PlanRow, PrescribedRow
from reloadpt.share.tables import Tables

BEGINNING = b'{"resourceType":"Bundle","identifier":{"system":"urn:reloadpt:export",'
"""How every bundle of ours begins, which tells it from another file."""
PERIODS = {"day": (1, "d"), "two_days": (2, "d"), "week": (1, "wk")}
TITLE = "Exercises after dry needling"


def bundle(tables: Tables) -> Iterator[bytes]:
    """The bundle, piece by piece: it is never held whole. Exporting again gives the same ids."""
    ids = Ids(tables.key)
    yield BEGINNING + b'"value":%b},"type":"collection"' % _bytes(ids.urn("bundle"))
    if tables.at:
        yield b',"timestamp":%b' % _bytes(fhir_datetime(tables.at))
    for i, resource in enumerate(resources(tables)):
        yield b',"entry":[\n' if i == 0 else b",\n"
        yield _bytes({"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource})
    yield b"\n]}\n"


def resources(tables: Tables) -> Iterator[Json]:
    """Every resource of a patient."""
    ids = Ids(tables.key)
    yield _patient(tables, ids)
    # a plan that came into force twice stands once
    plans = {plan.plan_id: plan for plan in tables.plans}
    for plan in plans.values():
        if not plan.self_made:
            yield _maker(plan, ids)
        yield _care_plan(plan, tables, ids)
    for row in tables.prescribed:
        yield _request(row, plans.get(row.plan_id), tables, ids)
    for needling in tables.needlings:
        yield {
            "resourceType": "Procedure",
            "id": ids.new("needling", needling.needled_at, needling.muscle, needling.side),
            "status": "completed",
            "code": concept("Dry needling" + (" with electrical stimulation" if needling.stim else "")),
            "subject": ids.to("patient"),
            "performedDateTime": fhir_datetime(needling.needled_at),
            "bodySite": [body_site(needling.muscle, needling.side)],
        }
    yield from record_resources(tables, ids)


def _bytes(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if "\\u" in text or not text.isprintable():
        text = json.dumps(visible_values(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _patient(tables: Tables, ids: Ids) -> Json:
    alias = fhir_text(tables.patient_id)
    return {
        "resourceType": "Patient",
        "id": ids.of("patient"),
        "text": narrative("A patient, by the alias that the clinic chose", {"Alias": alias}),
        "identifier": [{"system": ALIASES, "value": alias}],
    }


def _maker(plan: PlanRow, ids: Ids) -> Json:
    return {
        "resourceType": "Organization",
        "id": ids.of("maker", plan.plan_id),
        "name": fhir_text(plan.made_by or "A clinic"),
    }


def _author(plan: PlanRow | None, ids: Ids) -> Json:
    return ids.to("patient") if plan is None or plan.self_made else ids.to("maker", plan.plan_id)


def _status(plan_id: str | None, tables: Tables) -> str:
    """The last plan is the one in force."""
    return "active" if not tables.plans or tables.plans[-1].plan_id == plan_id else "completed"


def _care_plan(plan: PlanRow, tables: Tables, ids: Ids) -> Json:
    prescribed = [row for row in tables.prescribed if row.plan_id == plan.plan_id]
    return without_empty(
        {
            "resourceType": "CarePlan",
            "id": ids.of("plan", plan.plan_id),
            "text": narrative(TITLE, {row.exercise_name: dose_text(row) for row in prescribed}),
            "status": _status(plan.plan_id, tables),
            "intent": "plan",
            "category": [
                concept("Assessment and plan", coding(CARE_PLAN_CATEGORY, "assess-plan")),
                concept("Physical activity", coding(PA_CODES, "PhysicalActivity")),
            ],
            "title": TITLE,
            "description": fhir_text(plan.complaint) if plan.complaint else None,
            "subject": ids.to("patient"),
            "period": fhir_period(plan.started_date, plan.ends_date),
            "created": fhir_datetime(plan.made_at or plan.started_at),
            "author": _author(plan, ids),
            "activity": [{"reference": ids.to(*request_key(row))} for row in prescribed],
        }
    )


def request_key(row: PrescribedRow) -> tuple[object, ...]:
    """What tells one prescribed exercise from all others."""
    return ("request", row.plan_id, row.exercise_id, row.side)


def _request(row: PrescribedRow, plan: PlanRow | None, tables: Tables, ids: Ids) -> Json:
    load = [f"{row.load_kg:g} kg"] if row.load_kg is not None else []
    details = [dose_text(row), *load, *([row.resistance] if row.resistance else [])]
    reason = plan.complaint if plan and plan.complaint else f"After dry needling, to {row.intent} the muscle"
    return without_empty(
        {
            "resourceType": "ServiceRequest",
            "id": ids.of(*request_key(row)),
            "basedOn": [ids.to("plan", plan.plan_id)] if plan else None,
            "status": _status(row.plan_id, tables),
            "intent": "plan" if plan is None or plan.self_made else "order",
            "category": [
                concept("Physical therapy", coding(SNOMED, *PHYSICAL_THERAPY)),
                concept("Physical activity", coding(PA_CODES, "PhysicalActivity")),
            ],
            "code": concept(
                row.exercise_name,
                coding(SNOMED, *EXERCISE_THERAPY),
                coding(EXERCISES, " ".join(fhir_text(row.exercise_id).split())),
            ),
            "orderDetail": [concept(detail) for detail in details],
            "subject": ids.to("patient"),
            "occurrenceTiming": _timing(row),
            "authoredOn": fhir_datetime((plan.made_at or plan.started_at) if plan else row.first_date),
            "requester": _author(plan, ids),
            "reasonCode": [concept(reason)],
            "bodySite": [body_site(row.muscle, row.side)],
        }
    )


def _timing(row: PrescribedRow) -> Json:
    if row.per is None:
        return {"code": concept("How often is not known")}
    if row.per not in PERIODS:
        return {"code": concept("Once after each needling")}
    length, unit = PERIODS[row.per]
    return {"repeat": {"frequency": row.times, "period": length, "periodUnit": unit}}


def dose_text(row: PrescribedRow) -> str:
    """A dose in words."""
    work = f"{row.reps} × {row.hold_s} s" if row.hold_s else f"{row.reps} repetitions"
    rest = f", {row.rest_s} s rest" if row.rest_s else ""
    return f"{row.sets} × {work}" + (f", tempo {row.tempo}" if row.tempo else "") + rest
