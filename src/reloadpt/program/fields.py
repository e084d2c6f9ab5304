"""What a field of a file may hold beyond its type: marks that pydantic reads when a file is checked.

Programmes and plans are frozen dataclasses. What was checked before is read with msgspec, which passes these
marks over and starts at once; pydantic is imported only where a person's file has to be checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

STRICT: Any = {"extra": "forbid", "use_attribute_docstrings": True}
"""How pydantic checks a file: unknown names are refused, the words under a field describe it."""
OF_NEEDLES: Any = STRICT | {
    "json_schema_extra": {
        "if": {"properties": {"targets": {"maxItems": 0}}},
        "then": {"required": ["also_needled"], "properties": {"also_needled": {"minItems": 1}}},
    }
}
"""How a plan is checked: besides, its schema says that something was needled."""


class _Bound:
    """One bound of a value; ``key`` is pydantic's word for it."""

    key: str

    def __init__(self, bound: int) -> None:
        self.bound = bound

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic check the bound, and print it in the JSON Schema."""
        schema: Any = handler(source)
        return {**schema, self.key: self.bound}


class Ge(_Bound):
    """The number must be as large at least."""

    key = "ge"


class Le(_Bound):
    """The number must be as large at most."""

    key = "le"


class MinLen(_Bound):
    """The text or the list must be as long at least."""

    key = "min_length"


class MaxLen(_Bound):
    """The text or the list must be as long at most."""

    key = "max_length"


@dataclass(frozen=True)
class Pattern:
    """The text must fit ``regex``."""

    regex: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic check the pattern, and print it in the JSON Schema."""
        schema: Any = handler(source)
        return {**schema, "pattern": self.regex}


@dataclass(frozen=True)
class WithOffset:
    """The time must carry its offset."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic refuse a time without an offset."""
        schema: Any = handler(source)
        return {**schema, "tz_constraint": "aware"}


@dataclass(frozen=True)
class DrawnFigure:
    """The object must be a figure that can be drawn."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic check the figure by its own model."""
        from reloadpt.figure.model import Figure

        return handler.generate_schema(Figure)


Line = Annotated[str, MinLen(1), MaxLen(300)]
Alias = Annotated[
    str,
    MinLen(1),
    MaxLen(60),
    Pattern(r"^[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+$"),
]
"""What a clinic calls a patient: no character that controls, or turns the writing round."""
LongText = Annotated[str, MaxLen(4000)]
Slug = Annotated[str, Pattern(r"^[a-z0-9]+(-[a-z0-9]+)*$"), MaxLen(60)]
ExerciseId = Annotated[str, Pattern(r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"), MaxLen(120)]
TEMPO = r"^\d{1,2}-\d{1,2}-\d{1,2}$"
TempoText = Annotated[str, Pattern(TEMPO)]
