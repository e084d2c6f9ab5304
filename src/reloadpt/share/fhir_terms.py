"""The words of FHIR that an export uses: code systems, codes and small pieces of resources, as plain JSON."""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

Json = dict[str, Any]

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
CARE_PLAN_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category"
PA_CODES = "http://hl7.org/fhir/us/physical-activity/CodeSystem/pa-temporary-codes"
OURS = "urn:reloadpt:codes"
"""Our own codes: what neither LOINC nor the Physical Activity guide has a word for."""
ALIASES = "urn:reloadpt:alias"
EXERCISES = "urn:reloadpt:exercise"

DURATION = ("55411-3", "Exercise duration")
EFFORT = ("82289-0",)
"""Without a display: none could be confirmed."""
ACTIVITY = ("73985-4", "Exercise activity")
PAIN = ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
EXERCISE_THERAPY = ("229065009", "Exercise therapy")
PHYSICAL_THERAPY = ("91251008", "Physical therapy procedure")

NAMESPACE = uuid.UUID("3c0f7c1e-6a0e-5a55-9f0d-0f5a3c8d2b11")

UNITS = {
    "{score}": "score",
    "{repetitions}": "repetitions",
    "{sets}": "sets",
    "{sessions}": "sessions",
    "%": "%",
    "min": "min",
    "kg": "kg",
    "s": "s",
}
_CONTROL = re.compile("[\0-\b\v\f\x0e-\x1f\x7f\ud800-\udfff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class Ids:
    """The ids of one patient's resources: made from what a thing is, so that the same thing keeps its id."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._times: Counter[str] = Counter()

    def of(self, *parts: object) -> str:
        """The id of a thing."""
        return str(uuid.uuid5(NAMESPACE, json.dumps([self._key, *map(str, parts)])))

    def new(self, *parts: object) -> str:
        """The id of a thing that nothing names again; the second one alike has another."""
        first = self.of(*parts)
        self._times[first] += 1
        return first if self._times[first] == 1 else self.of(*parts, self._times[first])

    def urn(self, *parts: object) -> str:
        """The address of a thing."""
        return f"urn:uuid:{self.of(*parts)}"

    def to(self, *parts: object) -> Json:
        """A Reference to a thing."""
        return {"reference": self.urn(*parts)}


def fhir_text(text: str) -> str:
    """A text as FHIR allows it: no control characters; where nothing is left, a dash."""
    return _CONTROL.sub("", text).strip() or "–"


def coding(system: str, value: str, display: str | None = None) -> Json:
    """A Coding."""
    return {"system": system, "code": value} | ({"display": display} if display else {})


def concept(text: str, *codings: Json) -> Json:
    """A CodeableConcept."""
    return ({"coding": list(codings)} if codings else {}) | {"text": fhir_text(text)}


def quantity(value: float, unit: str) -> Json:
    """A Quantity in UCUM; a whole number is written as one."""
    whole = isinstance(value, float) and value.is_integer()
    return {"value": int(value) if whole else value, "unit": UNITS[unit], "system": UCUM, "code": unit}


def component(ours: str, text: str, value: float, unit: str) -> Json:
    """A component of an Observation under a code of our own."""
    return {"code": concept(text, coding(OURS, ours)), "valueQuantity": quantity(value, unit)}


def fhir_datetime(at: datetime | date) -> str:
    """A dateTime."""
    return at.isoformat()


def fhir_period(start: datetime | date | None, end: datetime | date | None) -> Json:
    """A Period; an end before the start is a clock that was set back, and is left out."""
    period = {}
    if start is not None:
        period["start"] = fhir_datetime(start)
    if end is not None and not _before(end, start):
        period["end"] = fhir_datetime(end)
    return period


def narrative(title: str, lines: Mapping[str, str]) -> Json:
    """A Narrative that was generated; every text is escaped."""
    items = "".join(f"<li>{_escaped(name)}: {_escaped(line)}</li>" for name, line in lines.items())
    body = f"<p>{_escaped(title)}</p>" + (f"<ul>{items}</ul>" if items else "")
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>'}


def without_empty(resource: Json) -> Json:
    """A resource without what is missing or empty: FHIR allows neither null nor an empty list."""
    return {name: value for name, value in resource.items() if value not in (None, [], {})}


def body_site(muscle: str, side: str) -> Json:
    """A muscle and a side, in words."""
    return concept(muscle.replace("-", " ") + ("" if side == "both" else f", {side}"))


def _escaped(text: str) -> str:
    return fhir_text(text).translate(_ESCAPES)


def _before(first: datetime | date, second: datetime | date | None) -> bool:
    if second is None:
        return False
    if isinstance(first, datetime) and isinstance(second, datetime):
        return first < second
    return fhir_datetime(first)[:10] < fhir_datetime(second)[:10]
