"""The FHIR export: real R4 by a validator's word, and every promise beyond it, each with a file that breaks it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import fhirkit
import pytest

from export_samples import COMPLAINT, bundle_of, resources_of, sixty_sessions, tables_of
from fhir_rules import RULES, broken_rules, codes, is_session, measures, resources
from reloadpt.care.record import Record
from reloadpt.journal.events import CheckedIn, SessionClosed, SessionOpened
from reloadpt.program.library import Library
from reloadpt.share.deidentify import deidentify
from reloadpt.share.fhir import bundle
from reloadpt.share.tables import Tables, tables_of_log
from sample_logs import HOSTILE, Patient, Said, a_plan, at, begins, course, due, item, rated, sat

Json = dict[str, Any]
LOINC = "http://loinc.org"


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Patient:
    return sixty_sessions(tmp_path_factory.mktemp("sixty") / "journal.jsonl")


@pytest.fixture(scope="module")
def told(patient: Patient) -> Tables:
    return tables_of(patient)


@pytest.fixture(scope="module")
def whole(told: Tables) -> Json:
    return bundle_of(told)


@pytest.fixture(scope="module")
def some(patient: Patient) -> Json:
    """Five days of it, with one of each thing."""
    return bundle_of(tables_of(patient, since=at(20).date(), until=at(26).date()))


def problems(made: Json) -> list[str]:
    return [str(issue) for issue in fhirkit.validate(json.dumps(made))]


def test_sixty_sessions_pass_the_validator(whole: Json) -> None:
    assert (
        sum(each["status"] == "completed" for each in filter(is_session, resources(whole, "Procedure"))) > 50
    )
    assert problems(whole) == []


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [("Patient", "gender", "x y "), ("Procedure", "performedPeriod", "today"), ("Observation", "status", 5),
     ("CarePlan", "created", "yesterday"), ("ServiceRequest", "authoredOn", "20 November")],
)  # fmt: skip
def test_the_validator_sees_what_is_no_r4(some: Json, kind: str, field: str, value: object) -> None:
    broken = copy.deepcopy(some)
    resources(broken, kind)[0][field] = value
    assert problems(broken)


def test_sixty_sessions_keep_every_rule(whole: Json) -> None:
    assert broken_rules(whole) == {}


def first(made: Json, kind: str, wanted: Callable[[Json], bool] = bool) -> Json:
    return next(each for each in resources(made, kind) if wanted(each))


def coded(wanted: str) -> Callable[[Json], bool]:
    return lambda each: any(coding["code"] == wanted for coding in each["code"].get("coding", ()))


def measure(made: Json, wanted: str) -> Json:
    return next(each for found, each in measures(made) if found == wanted)


def not_done(made: Json) -> Json:
    return first(made, "Procedure", lambda each: each["status"] == "not-done")


BREAKS: list[tuple[str, Callable[[Json], object]]] = [
    ("collection_of_unique_ids", lambda made: made.update(type="batch")),
    ("collection_of_unique_ids", lambda made: made["entry"].append(made["entry"][0])),
    ("every_reference_resolves", lambda made: made["entry"].pop(1)),
    ("nothing_is_empty", lambda made: first(made, "Observation").update(note={})),
    ("nothing_is_empty", lambda made: first(made, "Observation").update(comment=None)),
    ("nothing_is_empty", lambda made: first(made, "Procedure")["code"].update(text=" ")),
    ("no_period_ends_before_it_starts",
     lambda made: first(made, "CarePlan")["period"].update(end="2020-01-01")),
    ("narratives_are_escaped", lambda made: first(made, "CarePlan")["text"].update(div="<div>a & b</div>")),
    ("narratives_are_escaped",
     lambda made: first(made, "CarePlan")["text"].update(
         div='<div xmlns="http://www.w3.org/1999/xhtml"><script>1</script></div>')),
    ("no_profile_is_claimed_and_nobody_named", lambda made: first(made, "Patient").update(name=[{"text": "A"}])),
    ("no_profile_is_claimed_and_nobody_named",
     lambda made: first(made, "CarePlan").update(meta={"profile": ["http://example.invalid"]})),
    ("plans_are_whole", lambda made: first(made, "CarePlan")["category"].pop()),
    ("plans_are_whole", lambda made: first(made, "CarePlan").update(intent="order")),
    ("plans_are_whole", lambda made: first(made, "CarePlan").pop("text")),
    ("requests_are_whole", lambda made: first(made, "ServiceRequest").pop("code")),
    ("requests_are_whole", lambda made: first(made, "ServiceRequest").pop("requester")),
    ("requests_are_whole", lambda made: first(made, "ServiceRequest").pop("authoredOn")),
    ("requests_are_whole", lambda made: first(made, "ServiceRequest").pop("reasonCode")),
    ("requests_are_whole", lambda made: first(made, "ServiceRequest").pop("occurrenceTiming")),
    ("requests_are_whole", lambda made: first(made, "ServiceRequest")["category"].pop(0)),
    ("requests_are_whole", lambda made: first(made, "ServiceRequest").update(intent="plan")),
    ("requests_are_whole",
     lambda made: first(made, "ServiceRequest", lambda each: "repeat" in each["occurrenceTiming"])
     ["occurrenceTiming"]["repeat"].update(periodUnit="mo")),
    ("sessions_say_whether_and_why_not", lambda made: not_done(made).pop("statusReason")),
    ("sessions_say_whether_and_why_not", lambda made: not_done(made).pop("performedPeriod")),
    ("sessions_say_whether_and_why_not",
     lambda made: first(made, "Procedure", is_session).update(
         basedOn=[{"reference": made["entry"][0]["fullUrl"]}])),
    ("groups_hold_only_activity",
     lambda made: first(made, "Observation", coded("PAPanel"))["hasMember"].append(
         {"reference": f"urn:uuid:{first(made, 'Observation', coded('72514-3'))['id']}"})),
    ("groups_hold_only_activity", lambda made: first(made, "Observation", coded("PAPanel")).pop("hasMember")),
    ("groups_hold_only_activity",
     lambda made: first(made, "Observation", coded("PAPanel")).update(valueString="a lot")),
    ("activity_is_measured_as_the_guide_has_it", lambda made: measure(made, "55411-3")["category"].pop()),
    ("activity_is_measured_as_the_guide_has_it",
     lambda made: measure(made, "55411-3")["valueQuantity"].update(code="s", unit="s")),
    ("activity_is_measured_as_the_guide_has_it", lambda made: measure(made, "82289-0").pop("partOf")),
    ("activity_is_measured_as_the_guide_has_it",
     lambda made: measure(made, "73985-4").update(valueString="bird dog")),
    ("no_integer_values", lambda made: measure(made, "82289-0").update(valueInteger=3)),
    ("pain_is_a_survey_score",
     lambda made: first(made, "Observation", coded("72514-3"))["category"].pop()),
    ("pain_is_a_survey_score",
     lambda made: first(made, "Observation", coded("72514-3"))["code"].update(text="Pain")),
    ("pain_is_a_survey_score",
     lambda made: first(made, "Observation", coded("72514-3")).pop("partOf")),
    ("scores_are_whole_numbers_to_10",
     lambda made: first(made, "Observation", coded("72514-3"))["valueQuantity"].update(value=11)),
    ("scores_are_whole_numbers_to_10", lambda made: measure(made, "82289-0")["valueQuantity"].update(value=13)),
    ("no_loinc_answers",
     lambda made: first(made, "Observation", coded("72514-3")).update(
         valueCodeableConcept={"coding": [{"system": LOINC, "code": "LA6113-0"}]})),
    ("units_are_ucum",
     lambda made: measure(made, "55411-3")["valueQuantity"].update(code="minutes")),
    ("units_are_ucum", lambda made: measure(made, "82289-0")["valueQuantity"].pop("system")),
    ("adherence_has_both_numbers",
     lambda made: first(made, "Observation", coded("adherence-sets"))["component"].pop()),
    ("adherence_has_both_numbers",
     lambda made: first(made, "Observation", coded("adherence-sets"))["valueQuantity"].update(value=99)),
    ("adherence_has_both_numbers",
     lambda made: made["entry"].remove(next(
         entry for entry in made["entry"] if entry["resource"].get("component")
         and coded("adherence-sessions")(entry["resource"])))),
    ("needling_has_no_code",
     lambda made: first(made, "Procedure", lambda each: not is_session(each))["code"].update(
         coding=[{"system": "http://snomed.info/sct", "code": "44868003"}])),
    ("check_digits_fit",
     lambda made: first(made, "Observation", coded("72514-3"))["code"]["coding"][0].update(code="72514-4")),
    ("check_digits_fit",
     lambda made: first(made, "Procedure", is_session)["code"]["coding"].append(
         {"system": "http://snomed.info/sct", "code": "229065008"})),
    ("statuses_are_known", lambda made: first(made, "Procedure").update(status="done")),
    ("statuses_are_known", lambda made: first(made, "CarePlan").pop("status")),
    ("everything_is_about_the_patient", lambda made: first(made, "Observation").pop("subject")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "breaks"), BREAKS, ids=[f"{i}-{rule}" for i, (rule, _) in enumerate(BREAKS)]
)
def test_a_file_that_breaks_a_rule_is_seen(some: Json, rule: str, breaks: Callable[[Json], object]) -> None:
    assert broken_rules(some) == {}
    broken = copy.deepcopy(some)
    breaks(broken)
    assert rule in broken_rules(broken)


def test_every_rule_has_a_file_that_breaks_it() -> None:
    assert {rule for rule, _ in BREAKS} == {rule.__name__ for rule in RULES}


def test_exporting_again_gives_the_same_bytes_and_more_sessions_keep_the_ids(told: Tables) -> None:
    assert b"".join(bundle(told)) == b"".join(bundle(told))
    log: list[Said] = [(at(0), begins()), *sat(1), *sat(2)]
    before = tables_of_log(course(*log))
    after = tables_of_log(course(*log, rated(3, 2), *sat(3)))
    ids = [{each["id"] for each in resources_of(bundle_of(told))} for told in (before, after)]
    assert ids[0] <= ids[1]


def test_a_plan_made_alone_is_a_plan_and_no_order() -> None:
    made = bundle_of(tables_of_log(course((at(0), begins(made_by=None)), *sat(1))))
    assert broken_rules(made) == {}
    assert not list(resources_of(made, "Organization"))
    patient = next(resources_of(made, "Patient"))
    for each in resources_of(made, "ServiceRequest"):
        assert each["intent"] == "plan"
        assert each["requester"]["reference"] == f"urn:uuid:{patient['id']}"


def test_a_session_never_opened_and_one_with_nothing_done_are_not_done_and_say_why() -> None:
    opened: list[Said] = [(at(2), SessionOpened(session="2026-11-22.1", items=(item(),))),
              (at(2), SessionClosed(session="2026-11-22.1", how="abandoned"))]  # fmt: skip
    made = bundle_of(tables_of_log(course((at(0), begins()), due(1), *opened, due(3), *sat(4))))
    sessions = [each for each in resources_of(made, "Procedure") if is_session(each)]
    told = [(each["status"], each.get("statusReason", {}).get("text")) for each in sessions]
    assert told == [("not-done", "Not opened"), ("not-done", "Opened, and nothing of it done"),
                    ("not-done", "Not opened"), ("completed", None)]  # fmt: skip


def test_pain_is_told_apart_by_when_it_was_asked() -> None:
    morning = (at(2, 7), CheckedIn(when="morning", pain=5, worst=6))
    made = bundle_of(tables_of_log(course((at(0), begins()), rated(1, 3), *sat(1), morning, *sat(2))))
    told = {
        each["code"]["text"]: (each["valueQuantity"]["value"], each.get("partOf"))
        for each in resources_of(made, "Observation")
        if "72514-3" in codes(each["code"], LOINC)
    }
    first_session = next(each for each in resources_of(made, "Procedure") if is_session(each))
    of_it = [{"reference": f"urn:uuid:{first_session['id']}"}]
    assert told == {
        "Pain before the session": (3, of_it),
        "Pain the next morning": (5, of_it),
        "Worst pain of the last day": (6, of_it),
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str, tmp_path: Path) -> None:
    plan = a_plan(patient=text[:60], complaint=text, made_by=text)
    record = Record.open(tmp_path / "journal.jsonl", at(0))
    record.start_plan(plan, at(0))
    hostile = item(name=text, resistance=text)
    record.append([event for _, event in sat(1, None, hostile)], at(1))
    from reloadpt.measures.course import course_of

    made = bundle_of(tables_of_log(course_of(record.journal.entries())))
    assert problems(made) == []
    assert broken_rules(made) == {}


def test_the_complaint_is_there_and_gone_where_it_is_deidentified(told: Tables) -> None:
    assert COMPLAINT in json.dumps(bundle_of(told))
    hidden = bundle_of(deidentify(told, "P-1", timedelta(weeks=3), Library()))
    assert COMPLAINT not in json.dumps(hidden)
    assert problems(hidden) == []
    assert broken_rules(hidden) == {}
