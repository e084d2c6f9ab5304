"""``datapackage.json``: the data dictionary beside the tables, and the sign by which an export is known again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from reloadpt.files import UNREADABLE
from reloadpt.share.drafts import HashedDraft
from reloadpt.share.rows import TABLES, TableColumn, table_columns

INDEX = "datapackage.json"
FORMAT = "reloadpt-export/1"
As = Literal["csv", "parquet", "fhir"]
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "fhir": "application/fhir+json"}

APOSTROPHE = (
    "A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end, their "
    "full-width forms too, after any spaces or apostrophes) has one apostrophe put before it; take one away to "
    "have what was written. Numbers never have one."
)
LEFT_OUT = (
    "De-identified: aliases and ids are replaced, the dates of each patient are shifted by an offset of their "
    "own in whole weeks, times are those of the patient's clock to the minute and written as if in UTC, notes, "
    "names, complaints, zones and free words are left out, exercises of a clinic's own are numbered."
)


@dataclass(frozen=True)
class ExportScope:
    """What an export is: of which kind, of which days, and whether it was de-identified."""

    kind: As
    since: date | None = None
    until: date | None = None
    deidentified: bool = False


def datapackage(scope: ExportScope, files: Mapping[str, HashedDraft]) -> bytes:
    """The whole ``datapackage.json``; ``files`` are the finished drafts by the name of their resource."""
    package = {
        "profile": "tabular-data-package" if scope.kind == "csv" else "data-package",
        "name": "reloadpt-export",
        "title": "What was planned and done after dry needling, and how it felt",
        "description": " ".join([*([APOSTROPHE] if scope.kind == "csv" else []), *([LEFT_OUT] if scope.deidentified else [])]),
        "reloadpt": {
            "format": FORMAT,
            "as": scope.kind,
            "from": scope.since.isoformat() if scope.since else None,
            "to": scope.until.isoformat() if scope.until else None,
            "deidentified": scope.deidentified,
        },
        "resources": [_resource(scope.kind, name, draft) for name, draft in files.items()],
    }  # fmt: skip
    return json.dumps(package, indent=1, ensure_ascii=False).encode() + b"\n"


def is_index(data: bytes, kind: As) -> bool:
    """Whether ``data`` is the ``datapackage.json`` of an export of this kind."""
    return _own_section(data).get("as") == kind


def exported_files(data: bytes) -> list[str]:
    """The files that an export's ``datapackage.json`` lists."""
    resources: Sequence[Any] = json.loads(data).get("resources", [])
    return [str(entry["path"]) for entry in resources if isinstance(entry, dict) and "path" in entry]


def _own_section(data: bytes) -> dict[str, Any]:
    try:
        section = json.loads(data)["reloadpt"]
    except (KeyError, TypeError, *UNREADABLE):
        return {}
    ours = isinstance(section, dict) and section.get("format") == FORMAT
    return section if ours else {}


def _resource(kind: As, name: str, draft: HashedDraft) -> dict[str, Any]:
    table = name in TABLES
    resource: dict[str, Any] = {
        "name": name.replace("_", "-"),
        "path": draft.path.name,
        **({"profile": "tabular-data-resource"} if kind == "csv" else {}),
        **({"description": (TABLES[name].__doc__ or "").partition("\n")[0]} if table else {}),
        "format": "json" if kind == "fhir" else kind,
        "mediatype": MEDIA[kind],
        **({"encoding": "utf-8"} if kind == "csv" else {}),
        "bytes": draft.size,
        "hash": f"sha256:{draft.sha256}",
    }
    if table:
        resource["schema"] = {
            "fields": [_field(column) for column in table_columns(name)],
            "missingValues": [""],
        }
    return resource


def _field(field: TableColumn) -> dict[str, Any]:
    column = field.column
    limits = {
        "required": True if field.needed else None,
        "enum": list(field.words) or None,
        "minimum": column.least,
        "maximum": column.most,
    }
    constraints = {name: value for name, value in limits.items() if value is not None}
    return {
        "name": field.name,
        "type": field.kind,
        "description": column.says,
        **({"constraints": constraints} if constraints else {}),
    }
