"""What a FHIR export promises beyond what a validator checks: one rule each, that names what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from stdnum import luhn, verhoeff

Json = dict[str, Any]
Rule = Callable[[Json], Iterator[str]]

XHTML = "{http://www.w3.org/1999/xhtml}"
LOINC, SNOMED, UCUM = "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org"
PA = "http://hl7.org/fhir/us/physical-activity/CodeSystem/pa-temporary-codes"
UNITS = {"{score}", "{repetitions}", "{sets}", "{sessions}", "%", "min", "kg", "s"}
STATUSES = {
    "CarePlan": {"active", "completed"},
    "ServiceRequest": {"active", "completed"},
    "Procedure": {"completed", "not-done"},
    "Observation": {"final"},
}
MEASURES = {"55411-3": "valueQuantity", "82289-0": "valueQuantity", "73985-4": "valueCodeableConcept"}


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    yield path, value
    if isinstance(value, dict):
        for name, each in value.items():
            yield from walk(each, f"{path}.{name}")
    elif isinstance(value, list):
        for i, each in enumerate(value):
            yield from walk(each, f"{path}[{i}]")


def resources(bundle: Json, kind: str) -> list[Json]:
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def codes(concept: Json, system: str) -> set[str]:
    return {each["code"] for each in concept.get("coding", ()) if each.get("system") == system}


def categories(resource: Json) -> set[str]:
    return {each["code"] for concept in resource.get("category", ()) for each in concept.get("coding", ())}


def values(resource: Json) -> set[str]:
    return {name for name in resource if name.startswith("value")}


def measures(bundle: Json) -> Iterator[tuple[str, Json]]:
    for each in resources(bundle, "Observation"):
        for found in codes(each["code"], LOINC) & {*MEASURES}:
            yield found, each


def is_session(procedure: Json) -> bool:
    return "229065009" in codes(procedure["code"], SNOMED)


def collection_of_unique_ids(bundle: Json) -> Iterator[str]:
    if bundle.get("type") != "collection":
        yield "no collection"
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    if len({*urls}) != len(urls):
        yield "an id twice"
    for entry in bundle["entry"]:
        if entry["fullUrl"] != f"urn:uuid:{entry['resource']['id']}":
            yield f"{entry['fullUrl']} is another resource's"


def every_reference_resolves(bundle: Json) -> Iterator[str]:
    there = {entry["fullUrl"] for entry in bundle["entry"]}
    for path, value in walk(bundle):
        if path.endswith(".reference") and isinstance(value, str) and value not in there:
            yield f"{path}: {value}"


def nothing_is_empty(bundle: Json) -> Iterator[str]:
    for path, value in walk(bundle):
        if value is None or value in ("", {}, []) or (isinstance(value, str) and not value.strip()):
            yield path


def no_period_ends_before_it_starts(bundle: Json) -> Iterator[str]:
    for path, value in walk(bundle):
        if isinstance(value, dict) and {"start", "end"} <= {*value}:
            start, end = (datetime.fromisoformat(value[name]) for name in ("start", "end"))
            if start > end:
                yield path


def narratives_are_escaped(bundle: Json) -> Iterator[str]:
    allowed = {f"{XHTML}{name}" for name in ("div", "p", "ul", "li")}
    for path, value in walk(bundle):
        if path.endswith(".text.div"):
            try:
                tree = ElementTree.fromstring(value)  # noqa: S314
            except ElementTree.ParseError:
                yield f"{path}: no XML"
                continue
            if tree.tag != f"{XHTML}div" or any(
                each.tag not in allowed or each.attrib for each in tree.iter()
            ):
                yield f"{path}: more than text"


def no_profile_is_claimed_and_nobody_named(bundle: Json) -> Iterator[str]:
    for path, value in walk(bundle):
        if path.endswith(".meta.profile"):
            yield f"{path}: {value}"
    for patient in resources(bundle, "Patient"):
        if "name" in patient or not patient.get("identifier"):
            yield "a patient with a name, or without an alias"


def plans_are_whole(bundle: Json) -> Iterator[str]:
    requests = {f"urn:uuid:{each['id']}" for each in resources(bundle, "ServiceRequest")}
    for plan in resources(bundle, "CarePlan"):
        if plan.get("intent") != "plan" or not {"assess-plan", "PhysicalActivity"} <= categories(plan):
            yield "intent or categories"
        if plan.get("text", {}).get("status") != "generated":
            yield "no narrative"
        if not {each["reference"]["reference"] for each in plan.get("activity", ())} <= requests:
            yield "an activity that is no request"


def requests_are_whole(bundle: Json) -> Iterator[str]:
    makers = {f"urn:uuid:{each['id']}" for each in resources(bundle, "Organization")}
    for each in resources(bundle, "ServiceRequest"):
        if "229065009" not in codes(each.get("code", {}), SNOMED) or not each.get("code", {}).get("text"):
            yield "code"
        if "91251008" not in categories(each):
            yield "category"
        if "orderDetail" in each and "code" not in each:
            yield "orderDetail without code"
        repeat = each.get("occurrenceTiming", {}).get("repeat")
        if repeat is None and not each.get("occurrenceTiming", {}).get("code", {}).get("text"):
            yield "timing"
        if repeat is not None and repeat.get("periodUnit") not in ("d", "wk"):
            yield "periodUnit"
        if not each.get("requester") or not each.get("authoredOn") or not each.get("reasonCode"):
            yield "requester, authoredOn or reason"
        made = each.get("requester", {}).get("reference") in makers
        if each.get("intent") != ("order" if made else "plan"):
            yield "intent"


def sessions_say_whether_and_why_not(bundle: Json) -> Iterator[str]:
    requests = {f"urn:uuid:{each['id']}" for each in resources(bundle, "ServiceRequest")}
    for each in filter(is_session, resources(bundle, "Procedure")):
        if (each["status"] == "not-done") is not ("statusReason" in each):
            yield f"{each['id']}: statusReason"
        if not {based["reference"] for based in each.get("basedOn", ())} <= requests:
            yield f"{each['id']}: basedOn"
        if not each.get("performedPeriod", {}).get("start"):
            yield f"{each['id']}: when"


def groups_hold_only_activity(bundle: Json) -> Iterator[str]:
    by_url = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    for each in resources(bundle, "Observation"):
        if "PAPanel" not in codes(each["code"], PA):
            continue
        if values(each):
            yield f"{each['id']}: a value"
        members = [by_url.get(member["reference"], {}) for member in each.get("hasMember", ())]
        if not members or any(not codes(member.get("code", {}), LOINC) & {*MEASURES} for member in members):
            yield f"{each['id']}: a member that is no activity"


def activity_is_measured_as_the_guide_has_it(bundle: Json) -> Iterator[str]:
    for found, each in measures(bundle):
        if not {"activity", "PhysicalActivity"} <= categories(each):
            yield f"{each['id']}: categories"
        if values(each) != {MEASURES[found]}:
            yield f"{each['id']}: {values(each)}"
        if found == "55411-3" and each.get("valueQuantity", {}).get("code") != "min":
            yield f"{each['id']}: minutes"
        if not each.get("partOf"):
            yield f"{each['id']}: of no session"


def no_integer_values(bundle: Json) -> Iterator[str]:
    return (path for path, _ in walk(bundle) if path.endswith(".valueInteger"))


def pain_is_a_survey_score(bundle: Json) -> Iterator[str]:
    for each in resources(bundle, "Observation"):
        if "72514-3" not in codes(each["code"], LOINC):
            continue
        if categories(each) != {"survey"} or values(each) != {"valueQuantity"}:
            yield f"{each['id']}: category or value"
        if each.get("valueQuantity", {}).get("code") != "{score}":
            yield f"{each['id']}: unit"
        told = each["code"].get("text", "")
        if not any(word in told for word in ("before", "during", "after", "morning", "Pain now", "last day")):
            yield f"{each['id']}: when"
        if ("before" in told or "during" in told) and "partOf" not in each:
            yield f"{each['id']}: of no session"


def scores_are_whole_numbers_to_10(bundle: Json) -> Iterator[str]:
    for path, value in walk(bundle):
        if isinstance(value, dict) and value.get("code") == "{score}" and "value" in value:
            score = value["value"]
            if not isinstance(score, int) or not 0 <= score <= 10:
                yield f"{path}: {score}"


def no_loinc_answers(bundle: Json) -> Iterator[str]:
    for path, value in walk(bundle):
        if (
            isinstance(value, dict)
            and value.get("system") == LOINC
            and str(value.get("code")).startswith("LA")
        ):
            yield path


def units_are_ucum(bundle: Json) -> Iterator[str]:
    for path, value in walk(bundle):
        if not path.endswith(".valueQuantity"):
            continue
        if value.get("system") != UCUM or value.get("code") not in UNITS or not value.get("unit"):
            yield path


def adherence_has_both_numbers(bundle: Json) -> Iterator[str]:
    found = 0
    for each in resources(bundle, "Observation"):
        ours = codes(each["code"], "urn:reloadpt:codes")
        if not ours & {"adherence-sets", "adherence-sessions"}:
            continue
        found += 1
        told = {
            next(iter(codes(part["code"], "urn:reloadpt:codes"))): part["valueQuantity"]["value"]
            for part in each.get("component", ())
        }
        if set(told) != {"numerator", "denominator"} or each["valueQuantity"]["code"] != "%":
            yield f"{each['id']}: parts"
        elif round(100 * told["numerator"] / told["denominator"], 1) != each["valueQuantity"]["value"]:
            yield f"{each['id']}: does not fit its parts"
    if found != 2:
        yield "not there"


def needling_has_no_code(bundle: Json) -> Iterator[str]:
    for each in resources(bundle, "Procedure"):
        if not is_session(each) and ("coding" in each["code"] or "needling" not in each["code"]["text"]):
            yield each["id"]


def check_digits_fit(bundle: Json) -> Iterator[str]:
    for path, value in walk(bundle):
        if not isinstance(value, dict) or "code" not in value:
            continue
        told = str(value["code"])
        if value.get("system") == LOINC and not luhn.is_valid(told.replace("-", "")):
            yield f"{path}: LOINC {told}"
        if value.get("system") == SNOMED and not verhoeff.is_valid(told):
            yield f"{path}: SNOMED {told}"


def statuses_are_known(bundle: Json) -> Iterator[str]:
    for kind, known in STATUSES.items():
        for each in resources(bundle, kind):
            if each.get("status") not in known:
                yield f"{each['id']}: {each.get('status')}"


def everything_is_about_the_patient(bundle: Json) -> Iterator[str]:
    patient = resources(bundle, "Patient")[0]
    for kind in STATUSES:
        for each in resources(bundle, kind):
            if each.get("subject", {}).get("reference") != f"urn:uuid:{patient['id']}":
                yield each["id"]


RULES: tuple[Rule, ...] = (
    collection_of_unique_ids,
    every_reference_resolves,
    nothing_is_empty,
    no_period_ends_before_it_starts,
    narratives_are_escaped,
    no_profile_is_claimed_and_nobody_named,
    plans_are_whole,
    requests_are_whole,
    sessions_say_whether_and_why_not,
    groups_hold_only_activity,
    activity_is_measured_as_the_guide_has_it,
    no_integer_values,
    pain_is_a_survey_score,
    scores_are_whole_numbers_to_10,
    no_loinc_answers,
    units_are_ucum,
    adherence_has_both_numbers,
    needling_has_no_code,
    check_digits_fit,
    statuses_are_known,
    everything_is_about_the_patient,
)


def broken_rules(bundle: Json) -> dict[str, list[str]]:
    """Each rule that the bundle breaks, with where."""
    found = {rule.__name__: list(rule(bundle)) for rule in RULES}
    return {name: where for name, where in found.items() if where}
