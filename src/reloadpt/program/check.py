"""What is wrong with a file that someone wrote, said by file, line and field, with the nearest right word."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from reloadpt import files
from reloadpt.filetypes import Kind, expect_type
from reloadpt.program.agreement import disagreements
from reloadpt.program.older import in_current_form

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

Form = TypeVar("Form")
Location = tuple[str | int, ...]

PROBLEMS_TOLD = 20
SCHEMA_KEY = "$schema"
KINDS: dict[str, Kind] = {"Plan": "plan", "Programme": "programme", "PlanTemplate": "template"}
"""What a file must be that holds a form of this name."""
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


EXPECTED = {
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "string_type": "words in quotes",
    "string_too_short": "some words",
    "string_too_long": "at most {max_length} signs",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "too_short": "a list of at least {min_length}",
    "too_long": "a list of at most {max_length}",
    "dataclass_type": "an object in {{ }}",
    "dict_type": "an object in {{ }}",
    "model_type": "an object in {{ }}",
    "model_attributes_type": "an object in {{ }}",
    "tuple_type": "a list in [ ]",
    "list_type": "a list in [ ]",
    "datetime_type": "a day and a time with its offset",
    "datetime_parsing": "a day and a time with its offset",
    "datetime_from_date_parsing": "a day and a time with its offset",
    "timezone_aware": "the offset too",
    "date_from_datetime_parsing": "a day",
}
"""What is expected, by pydantic's kind of error."""
A_TIME = '"2026-11-20T10:00:00+01:00"'
EXAMPLES = {
    "patient": '"A-17"',
    "sets": "3",
    "reps": "10",
    "hold_s": "5",
    "rest_s": "30",
    "tempo": '"3-1-3": seconds out, held and back',
    "often": '{"times": 1, "per": "day"}',
    "dose": '{"sets": 2, "reps": 10, "tempo": "3-1-3", "often": {"times": 1, "per": "day"}}',
    "evidence": '"general practice"',
    "exercise": '"multifidus/bird-dog"',
    "id": '"multifidus/bird-dog"',
    "muscle": '"multifidus"',
    "movement": '"bird-dog"',
    "setup": '["Lie on your back.", "Bend your knees."]',
    "made_at": A_TIME,
    "needled_at": A_TIME,
    "next_visit": A_TIME,
    "ends": A_TIME,
}
"""What stands in a field, by its name, where an example says it best."""


class FieldProblem(msgspec.Struct, frozen=True):
    """One thing wrong: where, and in words."""

    file: str
    line: int | None
    field: str
    says: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        said = f"{place}: {self.field or 'what stands there'} {self.says}"
        return said if said.endswith(("?", ".")) else f"{said}."


class InvalidFile(files.Trouble):
    """A file that was read but does not hold what it should."""

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems[:PROBLEMS_TOLD]))


def read_form(path: Path, form: type[Form]) -> Form:
    """Read a JSON file that holds a ``form``; raise ``InvalidFile`` with every problem, or ``Trouble``."""
    data = files.read_bytes(path, 4 * files.MEBIBYTE)
    kind = KINDS.get(form.__name__)
    if kind:
        expect_type(path, data, kind)
    value, text = files.read_json_bytes(data, str(path))
    return fit_form(value, form, str(path), text)


def read_checked(path: Path, form: type[Form]) -> Form:
    """Read a JSON file that was checked before, at once; where it does not fit, say why as ``read_form``."""
    try:
        return msgspec.json.decode(files.read_bytes(path, 4 * files.MEBIBYTE), type=form)
    except files.UNREADABLE:
        return read_form(path, form)


def fit_form(value: object, form: type[Form], name: str, text: str | None = None) -> Form:
    """Check JSON values that came from ``name``; ``text`` lets a problem name its line.

    Names that are not known are refused. Figures of its exercises are drawn in thought: a body that cannot do what
    is written is a problem too.
    """
    from pydantic import ValidationError

    value = files.without_nulls(value)
    if isinstance(value, dict):
        value = in_current_form({key: field for key, field in value.items() if key != SCHEMA_KEY})
    wrong: list[tuple[Location, str]] = []
    try:
        try:
            _validator(form).validate_json(json.dumps(value), strict=True, extra="forbid")
        except ValidationError as error:
            by_place: dict[Location, str] = {}
            for details in _root_errors(error.errors()):
                place = _written_place(tuple(details["loc"]), value) or _exercise_place(details, value)
                said, kind = by_place.get(place), details["type"]
                if said and "; write " in said and kind in EXPECTED:
                    by_place[place] = f"{said} or {EXPECTED[kind].format(**details.get('ctx', {}))}"
                else:
                    by_place[place] = problem_in_words(details, form)
            wrong = list(by_place.items())
        told = {place for place, _ in wrong}
        wrong += [(place, says) for place, says in disagreements(value) if place not in told]
        wrong += _undrawable(value)
        if not wrong:
            return msgspec.convert(value, form)
    except (msgspec.ValidationError, RecursionError, UnicodeEncodeError) as error:
        raise files.Trouble(f"{name}: cannot be used ({files.clip(str(error), 200)}).") from None
    lines = lines_by_location(text) if text is not None else {}
    raise InvalidFile([FieldProblem(name, _line(at, lines), dotted_place(at), says) for at, says in wrong])


def _undrawable(value: object) -> list[tuple[Location, str]]:
    """What is wrong with the figures of a file's exercises beyond their form, by place."""
    exercises = value.get("exercises") if isinstance(value, dict) else None
    written = [
        (index, exercise["figure"])
        for index, exercise in enumerate(exercises if isinstance(exercises, list) else [])
        if isinstance(exercise, dict) and exercise.get("figure") is not None
    ]
    if not written:
        return []
    from pydantic import ValidationError

    from reloadpt.figure.check import problems
    from reloadpt.figure.model import Figure

    found: list[tuple[Location, str]] = []
    for index, drawn in written:
        try:
            figure = Figure.model_validate(drawn)
        except ValidationError:
            continue  # told already, by the form of the file
        for problem in problems(figure):
            parts = (int(part) if part.isdigit() else part for part in problem.where.split("."))
            found.append((("exercises", index, "figure", *parts), f"cannot be drawn: {problem.what}"))
    return found


_validators: dict[type[Any], TypeAdapter[Any]] = {}
"""Made once for each form: making one takes longer than checking a file."""


def _validator(form: type[Form]) -> TypeAdapter[Form]:
    from pydantic import TypeAdapter

    if form not in _validators:
        _validators[form] = TypeAdapter(form)
    return _validators[form]


def schema_of(form: type[Form]) -> dict[str, Any]:
    """The JSON Schema of a file that holds a ``form``, for editors and other programs."""
    from reloadpt.figure.words import schema_with_words

    schema = schema_with_words(_validator(form).json_schema())
    named = {SCHEMA_KEY: {"type": "string", "description": "Where this schema is, for editors."}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "properties": named | schema["properties"],
    }


def _root_errors(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out what only follows from another error: a list that is too short for want of its bad items."""
    return [
        error
        for error in errors
        if error["type"] != "too_short"
        or sum(other["loc"][: len(error["loc"])] == error["loc"] for other in errors) == 1
    ]


def _written_place(location: Location, value: object) -> Location:
    """The location as the author knows it, without the names of alternatives that pydantic tried in turn."""
    kept: list[str | int] = []
    for at, part in enumerate(location):
        if isinstance(value, dict) and (part in value or at == len(location) - 1):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int):
            value = value[part] if part < len(value) else None
        else:
            continue
        kept.append(part)
    return tuple(kept)


def _exercise_place(details: ErrorDetails, value: object) -> Location:
    """The field of an exercise that an error of the whole file begins to speak of; none where it names no exercise."""
    said = str(details.get("ctx", {}).get("error", ""))
    exercises = value.get("exercises") if isinstance(value, dict) else None
    named = [
        index
        for index, exercise in enumerate(exercises if isinstance(exercises, list) else [])
        if isinstance(exercise, dict) and exercise.get("id") == said.partition(" ")[0].rstrip(":")
    ]
    return ("exercises", named[-1], "evidence" if "evidence" in said else "id") if named else ()


def _line(location: Location, lines: dict[Location, int]) -> int | None:
    """The line of a location, or of the nearest place around it that has one."""
    around = (location[:length] for length in range(len(location), -1, -1))
    return next((lines[place] for place in around if place in lines), None)


def dotted_place(location: Location) -> str:
    """Write a location as an author reads it: ``exercises[3].dose.sets``."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            # a name comes from the file, and may be any text
            name = part if re.fullmatch(r"[\w:/-]{1,80}", part) else files.clip(part)
            path += f".{name}" if path else name
    return path


def problem_in_words(details: ErrorDetails, form: type[Form]) -> str:
    """Say one of pydantic's errors in plain words."""
    kind = details["type"]
    given = files.clip(details["input"])
    limits = details.get("ctx", {})
    match kind:
        case "missing":
            return f"is missing; add it{_example(details)}"
        case "extra_forbidden" | "unexpected_keyword_argument":
            *place, wrong = details["loc"]
            return "is not a name that is known here" + _nearest(str(wrong), known_names(form, tuple(place)))
        case "literal_error":
            words = re.findall(r"'([^']*)'", str(limits.get("expected", "")))
            choice = _nearest(str(details["input"]), words) or f"; write {files.one_of(words)}"
            return f"is {given}, which is not one of its words{choice}"
        case "value_error":
            return f"does not hold: {limits.get('error', details['msg'])}"
        case "string_pattern_mismatch":
            return f"is {given}, which is not written the way it must be{_like(details)}"
        case _ if kind in EXPECTED:
            return f"is {given}; write {EXPECTED[kind].format(**limits)}{_example(details)}"
        case _:
            said = details["msg"].replace("Tuple", "List").replace(" after validation", "")
            return f"is {given}: {said[:1].lower()}{said[1:]}"


def _like(details: ErrorDetails) -> str:
    """How it is written instead: the nearest that would do, or an example."""
    given, place = details["input"], str(details["loc"][-1])
    parts = [re.sub(r"[^a-z0-9]+", "-", part.casefold()).strip("-") for part in str(given).split("/")]
    near = "/".join(parts)
    if (
        isinstance(given, str)
        and place != "patient"
        and near != given
        and re.fullmatch(str(details.get("ctx", {}).get("pattern")), near)
    ):
        return f"; write “{near}”: small letters, digits and hyphens"
    return _example(details, "; write it like ") or f"; look at {place} in docs/authors.md"


def _example(details: ErrorDetails, before: str = ", such as ") -> str:
    """An example of what stands in this field, where one helps."""
    name = next((part for part in reversed(details["loc"]) if isinstance(part, str)), "")
    return f"{before}{EXAMPLES[name]}" if name in EXAMPLES else ""


def _nearest(word: str, words: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return f"; did you mean “{near[0]}”?" if near else ""


def known_names(form: type[Form], place: Location) -> list[str]:
    """The field names that are right at ``place`` in a ``form``; all of them where the place is not known."""
    schema = schema_of(form)
    parts: dict[str, Any] = schema.get("$defs", {})
    here: list[dict[str, Any]] = [schema]
    for step in place:
        inner = [_inner_schema(part, step) for part in _resolved_schemas(here, parts)]
        here = [part for part in inner if part]
    named = [part["properties"] for part in _resolved_schemas(here, parts) if "properties" in part]
    known = named or [part.get("properties", {}) for part in parts.values()]
    return sorted({name for properties in known for name in properties})


def _resolved_schemas(schemas: Sequence[dict[str, Any]], parts: dict[str, Any]) -> list[dict[str, Any]]:
    """Schemas with their references and alternatives written out."""
    found: list[dict[str, Any]] = []
    for schema in schemas:
        meant = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        found += _resolved_schemas(meant["anyOf"], parts) if "anyOf" in meant else [meant]
    return found


def _inner_schema(schema: dict[str, Any], step: str | int) -> dict[str, Any] | None:
    """The schema one step further in."""
    if isinstance(step, int):
        items = schema.get("items")
        return items if isinstance(items, dict) else None
    more = schema.get("additionalProperties")
    found = schema.get("properties", {}).get(step, more)
    return found if isinstance(found, dict) else None


def lines_by_location(text: str) -> dict[Location, int]:
    """Map each place in a JSON text, such as ``("targets", 0, "muscle")``, to its line, from 1."""
    found: dict[Location, int] = {(): 1}
    path: list[str | int] = []
    expects_key = False
    line, seen_to = 1, 0
    for token in _TOKEN.finditer(text):
        sign = token.group()
        line += text.count("\n", seen_to, token.start())
        seen_to = token.start()
        if sign == "{":
            path.append("")
            expects_key = True
        elif sign == "[":
            path.append(0)
            expects_key = False
            found[tuple(path)] = line
        elif sign in "}]":
            path.pop()
            expects_key = False
        elif sign == ",":
            if isinstance(path[-1], int):
                path[-1] += 1
                found[tuple(path)] = line + text.count("\n", token.start(), _next_sign(text, token.end()))
            else:
                expects_key = True
        elif expects_key and sign.startswith('"'):
            path[-1] = json.loads(sign)
            expects_key = False
            found[tuple(path)] = line
    return found


def _next_sign(text: str, start: int) -> int:
    later = _TOKEN.search(text, start)
    return later.start() if later else start
