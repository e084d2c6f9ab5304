"""One patient's tables as a FHIR R4 (4.0.1) Bundle: plain JSON, resource by resource.

Its shapes follow HL7's Physical Activity guide 1.0.0 where that has a place for a thing, and claim none of its
profiles: they want a patient with a name. ``docs/export.md`` says which resource holds what.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

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
    code,
    concept,
    fhir_datetime,
    fhir_period,
    filled_in,
    narrative,
    site,
    text_of,
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
    for each in tables.prescribed:
        yield _request(each, plans.get(each.plan_id), tables, ids)
    for needling in tables.needlings:
        yield {
            "resourceType": "Procedure",
            "id": ids.new("needling", needling.needled_at, needling.muscle, needling.side),
            "status": "completed",
            "code": concept("Dry needling" + (" with electrical stimulation" if needling.stim else "")),
            "subject": ids.to("patient"),
            "performedDateTime": fhir_datetime(needling.needled_at),
            "bodySite": [site(needling.muscle, needling.side)],
        }
    yield from record_resources(tables, ids)


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _patient(tables: Tables, ids: Ids) -> Json:
    alias = text_of(tables.patient_id)
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
        "name": text_of(plan.made_by or "A clinic"),
    }


def _author(plan: PlanRow | None, ids: Ids) -> Json:
    return ids.to("patient") if plan is None or plan.self_made else ids.to("maker", plan.plan_id)


def _status(plan_id: str | None, tables: Tables) -> str:
    """The last plan is the one in force."""
    return "active" if not tables.plans or tables.plans[-1].plan_id == plan_id else "completed"


def _care_plan(plan: PlanRow, tables: Tables, ids: Ids) -> Json:
    prescribed = [each for each in tables.prescribed if each.plan_id == plan.plan_id]
    return filled_in(
        {
            "resourceType": "CarePlan",
            "id": ids.of("plan", plan.plan_id),
            "text": narrative(TITLE, {each.exercise_name: dose_text(each) for each in prescribed}),
            "status": _status(plan.plan_id, tables),
            "intent": "plan",
            "category": [
                concept("Assessment and plan", code(CARE_PLAN_CATEGORY, "assess-plan")),
                concept("Physical activity", code(PA_CODES, "PhysicalActivity")),
            ],
            "title": TITLE,
            "description": text_of(plan.complaint) if plan.complaint else None,
            "subject": ids.to("patient"),
            "period": fhir_period(plan.started_date, plan.ends_date),
            "created": fhir_datetime(plan.made_at or plan.started_at),
            "author": _author(plan, ids),
            "activity": [{"reference": ids.to(*request_key(each))} for each in prescribed],
        }
    )


def request_key(each: PrescribedRow) -> tuple[object, ...]:
    """What tells one prescribed exercise from all others."""
    return ("request", each.plan_id, each.exercise_id, each.side)


def _request(each: PrescribedRow, plan: PlanRow | None, tables: Tables, ids: Ids) -> Json:
    load = [f"{each.load_kg:g} kg"] if each.load_kg is not None else []
    details = [dose_text(each), *load, *([each.resistance] if each.resistance else [])]
    reason = plan.complaint if plan and plan.complaint else f"After dry needling, to {each.intent} the muscle"
    return filled_in(
        {
            "resourceType": "ServiceRequest",
            "id": ids.of(*request_key(each)),
            "basedOn": [ids.to("plan", plan.plan_id)] if plan else None,
            "status": _status(each.plan_id, tables),
            "intent": "plan" if plan is None or plan.self_made else "order",
            "category": [
                concept("Physical therapy", code(SNOMED, *PHYSICAL_THERAPY)),
                concept("Physical activity", code(PA_CODES, "PhysicalActivity")),
            ],
            "code": concept(
                each.exercise_name,
                code(SNOMED, *EXERCISE_THERAPY),
                code(EXERCISES, " ".join(text_of(each.exercise_id).split())),
            ),
            "orderDetail": [concept(detail) for detail in details],
            "subject": ids.to("patient"),
            "occurrenceTiming": _timing(each),
            "authoredOn": fhir_datetime((plan.made_at or plan.started_at) if plan else each.first_date),
            "requester": _author(plan, ids),
            "reasonCode": [concept(reason)],
            "bodySite": [site(each.muscle, each.side)],
        }
    )


def _timing(each: PrescribedRow) -> Json:
    if each.per is None:
        return {"code": concept("How often is not known")}
    if each.per not in PERIODS:
        return {"code": concept("Once after each needling")}
    length, unit = PERIODS[each.per]
    return {"repeat": {"frequency": each.times, "period": length, "periodUnit": unit}}


def dose_text(each: PrescribedRow) -> str:
    """A dose in words."""
    work = f"{each.reps} × {each.hold_s} s" if each.hold_s else f"{each.reps} repetitions"
    rest = f", {each.rest_s} s rest" if each.rest_s else ""
    return f"{each.sets} × {work}" + (f", tempo {each.tempo}" if each.tempo else "") + rest
