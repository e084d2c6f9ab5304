"""Plans kept under a name, to prescribe the same again: what is wanted of which muscles, and nothing of a patient."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from reloadpt.files import Trouble, clip, replace_file
from reloadpt.program.check import read_form
from reloadpt.program.fields import STRICT, ExerciseId, Ge, Le, Line, LongText, MaxLen, MinLen, Slug
from reloadpt.program.plan import DoseOverride, Limits, Plan, Target
from reloadpt.program.programme import Exercise, Intent, Phase, Side

FORMAT = "reloadpt-template/1"
LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class TemplateTarget:
    """A muscle and what is wanted of it, without the needle."""

    __pydantic_config__ = STRICT

    muscle: Slug
    intent: Intent | None = None
    side: Side = "both"
    stim: bool = False
    early: bool = False
    ceiling: Phase | None = None
    limits: Limits = field(default_factory=Limits)

    def needled(self, at: datetime) -> Target:
        """The target, needled at ``at``."""
        return Target(**vars(self), needled_at=at)


@dataclass(frozen=True, kw_only=True)
class PlanTemplate:
    """A template file: what a plan says that is not of one patient."""

    __pydantic_config__ = STRICT

    format: Literal["reloadpt-template/1"]
    name: Annotated[str, MinLen(1), MaxLen(LONGEST_NAME)]
    complaint: LongText = ""
    targets: Annotated[tuple[TemplateTarget, ...], MinLen(1), MaxLen(30)]
    doses: tuple[DoseOverride, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    demanding: tuple[ExerciseId, ...] = ()
    limits: Limits = field(default_factory=Limits)
    progression: Literal["guided", "fixed"] = "guided"
    most_exercises: Annotated[int, Ge(1), Le(12)] = 4
    activities: Annotated[tuple[Line, ...], MaxLen(5)] = ()
    note: LongText = ""

    def terms(self) -> dict[str, Any]:
        """The fields of a plan that it fills, by name; the targets still want their needle."""
        left = ("format", "name", "targets")
        return {name: value for name, value in vars(self).items() if name not in left}


def template_of(plan: Plan, name: str) -> PlanTemplate:
    """What of ``plan`` can be prescribed to somebody else, under ``name``.

    What only this patient's therapist cleared, knows or answered is left behind, with the needle and the numbers.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Trouble(f"A template's name has 1 to {LONGEST_NAME} signs that can be printed.")
    if not plan.targets:
        raise Trouble("The plan has no muscle with exercises: there is nothing in it to keep as a template.")
    fields = {name: getattr(plan, name) for name in PlanTemplate.__dataclass_fields__ if hasattr(plan, name)}
    targets = tuple(
        TemplateTarget(**{name: getattr(target, name) for name in TemplateTarget.__dataclass_fields__})
        for target in plan.targets
    )
    return PlanTemplate(**{**fields, "format": FORMAT, "name": name, "targets": targets})


def keep_template(folder: Path, template: PlanTemplate) -> Path:
    """Keep a template in ``folder``; one of the same name is replaced."""
    slug = re.sub(r"[^a-z0-9]+", "-", template.name.casefold()).strip("-") or "template"
    path = folder / f"{slug[:60]}.template.json"
    replace_file(
        path, json.dumps(msgspec.to_builtins(template), indent=1, ensure_ascii=False).encode() + b"\n"
    )
    return path


def templates_in(folder: Path) -> Iterator[PlanTemplate]:
    """The templates kept in ``folder``, by name; a file that is none is passed over."""
    found = []
    for path in folder.glob("*.template.json"):
        try:
            found.append(read_form(path, PlanTemplate))
        except Trouble:
            continue
    yield from sorted(found, key=lambda template: template.name.casefold())


def find_template(folder: Path, wanted: str) -> PlanTemplate:
    """The template of this name in ``folder``, or the one in a file of this path; ``Trouble`` where there is none."""
    kept = [*templates_in(folder)]
    for template in kept:
        if template.name.casefold() == wanted.casefold():
            return template
    if Path(wanted).is_file():
        return read_form(Path(wanted), PlanTemplate)
    names = ", ".join(clip(template.name) for template in kept)
    raise Trouble(
        f"There is no template {clip(wanted)}. "
        + (f"There are: {names}." if names else "`reloadpt plan keep FILE NAME` keeps a plan as one.")
    )
