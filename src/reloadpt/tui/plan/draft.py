"""What a therapist has given so far on the pages that make a plan, and the plan that comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from reloadpt.care.emergency_numbers import number_of_zone
from reloadpt.care.limits import check_limit_stated, lacks_limit
from reloadpt.care.safety import CLASSES
from reloadpt.dialogue.emergency import NO_NUMBER
from reloadpt.files import Trouble, clip, one_of
from reloadpt.program.ending import with_usual_end
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, make_plan
from reloadpt.program.plan import Contact, DoseOverride, Plan, Target
from reloadpt.program.programme import PHASES, Demand, Equipment, Exercise, Frequency
from reloadpt.program.remembered import NextPlanDefaults
from reloadpt.program.templates import PlanTemplate
from reloadpt.program.typed import (
    check_dates,
    check_named,
    read_baby_due,
    read_limits,
    read_moment,
    read_score,
    whole_number,
)
from reloadpt.share.seal import check_key

CANNOT: tuple[str, ...] = get_args(Demand)
LONGEST_LINE = 300
LONGEST_ALIAS = 60
MOST_EXERCISES = 12
NAMES_TRIED = 1000

OFTEN = (
    *(Frequency(times=times, per="week") for times in (1, 2, 3)),
    Frequency(times=1, per="two_days"),
    *(Frequency(times=times, per="week") for times in (4, 5, 6)),
    *(Frequency(times=times, per="day") for times in range(1, 9)),
)
"""How often, from seldom to often, for one key more or less."""


@dataclass(frozen=True)
class PlanDraft:
    """The pages so far. ``typed`` is what stands in the fields; targets get their time of needling at the end.

    ``turned_on`` are exercises that are dealt only where the plan says so. ``since`` is when a muscle was needled
    that was not needled again, and ``carried`` are fields of an earlier plan that no page asks for.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    answers: ScreeningAnswers = field(default_factory=ScreeningAnswers)
    doses: Mapping[str, DoseOverride] = field(default_factory=dict)
    turned_on: frozenset[str] = frozenset()
    since: Mapping[str, datetime] = field(default_factory=dict)
    carried: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stim(self) -> bool:
        """Whether any needle carried a current."""
        return any(target.stim for target in self.targets)


@dataclass(frozen=True)
class FormField:
    """One line to type on: its name, its label, what may stand there, and how it is read."""

    name: str
    label: str
    hint: str
    read: Callable[[str, datetime], Any]


def _line(text: str, at: datetime) -> str | None:  # noqa: ARG001  (every field is read in the same way)
    text = text.strip()
    if not text.isprintable():
        raise Trouble("There is a sign in it that cannot be printed. Type it again.")
    if len(text) > LONGEST_LINE:
        raise Trouble(f"It is longer than {LONGEST_LINE} signs. Say it shorter.")
    return text or None


def _alias(text: str, at: datetime) -> str:
    alias = _line(text, at)
    if not alias or len(alias) > LONGEST_ALIAS:
        raise Trouble(f"Give the patient an alias of 1 to {LONGEST_ALIAS} signs, never a name.")
    return alias


def _number(text: str, at: datetime) -> str | None:
    number = _line(text, at)
    if not number:
        raise Trouble("Type the number, or none where there is none.")
    return None if number.casefold() == NO_NUMBER else number


def _score(text: str, at: datetime) -> int | None:
    score = _line(text, at)
    return read_score(score, "It") if score else None


def _count(text: str, at: datetime) -> int:
    count = whole_number(_line(text, at) or "4", "It")
    if not 1 <= count <= MOST_EXERCISES:
        raise Trouble(f"It is {count}; it goes from 1 to {MOST_EXERCISES}.")
    return count


def _moment(text: str, at: datetime) -> datetime | None:
    moment = _line(text, at)
    return read_moment(moment, at) if moment else None


def _baby_due(text: str, at: datetime) -> date | None:
    day = _line(text, at)
    return read_baby_due(day, at) if day else None


def _needled(text: str, at: datetime) -> datetime:
    typed = _line(text, at)
    moment = at if typed in (None, "now") else read_moment(str(typed), at)
    check_dates([moment], None, None, at)
    return moment


def _ends(text: str, at: datetime) -> datetime | None:
    moment = _moment(text, at)
    check_dates([], moment, None, at)
    return moment


def _next_visit(text: str, at: datetime) -> datetime | None:
    moment = _moment(text, at)
    check_dates([], None, moment, at)
    return moment


def _texts(text: str, at: datetime) -> tuple[str, ...]:
    return tuple(part.strip() for part in (_line(text, at) or "").split(",") if part.strip())


def _one_of(allowed: tuple[str, ...]) -> Callable[[str, datetime], tuple[str, ...]]:
    def read(text: str, at: datetime) -> tuple[str, ...]:
        words = tuple((_line(text, at) or "").replace(",", " ").split())
        wrong = next((word for word in words if word not in allowed), None)
        if wrong:
            raise Trouble(f"{clip(wrong)} is not known here; write {one_of(allowed)}.")
        return words

    return read


def _limits(text: str, at: datetime) -> Any:
    return read_limits((_line(text, at) or "").replace(",", " ").split())


def _key(text: str, at: datetime) -> str | None:
    key = _line(text, at)
    if key:
        check_key(key)
    return key


def _fixed(text: str, at: datetime) -> str:
    return _one_of(("guided", "fixed"))(text, at)[0] if text.strip() else "guided"


WHO = (
    FormField("patient", "Alias", "such as A-17, never a name", _alias),
    FormField("needled_at", "Needled at", "now; or 09:00, or 2026-11-20 09:00", _needled),
    FormField("complaint", "Came for", "such as low back pain", _line),
    FormField("start_pain", "Usual pain", "0 to 10, or nothing", _score),
    FormField("made_by", "Made by", "who prescribes", _line),
)
FRAME = (
    FormField("limits", "Pain limits", "reload=4 perform=4; nothing: the rule's", _limits),
    FormField("no_limit", "No limit because", "only where pain is 6 or more, and there is none", _line),
    FormField("most_exercises", "Most exercises", "4 in one session", _count),
    FormField("progression", "Doses are", "guided or fixed", _fixed),
    FormField("cannot", "Cannot", " ".join(CANNOT), _one_of(CANNOT)),
    FormField("has", "Has at home", "band step …; none; empty: not asked", _one_of(get_args(Equipment))),
    FormField("known_symptoms", "Known already", "numb left foot, …", _texts),
    FormField("activities", "Matters to them", "sit an hour, lift the child", _texts),
    FormField("ends", "Ends", "as its programmes; or 2026-12-31", _ends),
    FormField("baby_due", "Child due", "of somebody pregnant: 2027-03-01", _baby_due),
)
CALL = (
    FormField("clinic", "Clinic", "its name", _line),
    FormField("phone", "Number", "when it is open; or none", _number),
    FormField("out_of_hours", "Out of hours", "when it is closed", _line),
    FormField("emergency", "Emergency", "the patient's number; or none", _number),
    FormField("signs_seen", "Signs seen to", "codes such as ST: their locks end", _one_of(tuple(CLASSES))),
    FormField("next_visit", "Next visit", "2026-11-27 09:00", _next_visit),
    FormField("share_key", "Share key", "age1…: reports are sealed to it", _key),
    FormField("note", "A word to them", "", _line),
)


def call_fields(zone: str | None) -> tuple[FormField, ...]:
    """The lines of whom to call; the emergency number is suggested by the time ``zone``, with its country."""
    suggested = number_of_zone(zone)
    if suggested is None:
        return CALL
    hint = f"{suggested[0]} in {suggested[1]}; or none"
    return tuple(replace(field, hint=hint) if field.name == "emergency" else field for field in CALL)


def empty_draft(remembered: NextPlanDefaults, share_key: str | None) -> PlanDraft:
    """An empty draft with whom to call from the last plan, and the clinic's own key where it has one."""
    contact = remembered.contact
    typed = {
        "needled_at": "now",
        "made_by": remembered.made_by,
        "most_exercises": "4",
        "clinic": contact.clinic,
        "phone": contact.phone,
        "out_of_hours": contact.out_of_hours,
        "emergency": contact.emergency,
        "share_key": share_key,
    }
    return PlanDraft(typed={name: text for name, text in typed.items() if text})


def with_template(draft: PlanDraft, template: PlanTemplate, at: datetime) -> PlanDraft:
    """The draft with all that a template says; the needle's time and the screening are still asked."""
    limits = {phase: getattr(template.limits, phase) for phase in PHASES}
    typed = {
        "complaint": template.complaint,
        "limits": " ".join(f"{phase}={limit}" for phase, limit in limits.items() if limit is not None),
        "most_exercises": str(template.most_exercises),
        "progression": template.progression,
        "activities": ", ".join(template.activities),
        "note": template.note,
    }
    return replace(
        draft,
        typed={**draft.typed, **{name: text for name, text in typed.items() if text}},
        targets=tuple(target.needled(at) for target in template.targets),
        doses={change.exercise: change for change in template.doses},
        turned_on=frozenset(template.demanding),
        carried={"exercises": template.exercises} if template.exercises else {},
    )


def wants_limit(draft: PlanDraft, at: datetime) -> bool:
    """Whether what was typed says so high a pain that a limit must be stated, or why there is none."""
    fields = [field for field in (*WHO, *FRAME) if field.name in ("start_pain", "limits", "no_limit")]
    if not is_readable(draft, fields, at):
        return False
    read = {field.name: field.read(draft.typed.get(field.name, ""), at) for field in fields}
    return lacks_limit(read["start_pain"], draft.targets, read["limits"], read["no_limit"])


def is_readable(draft: PlanDraft, fields: Iterable[FormField], at: datetime) -> bool:
    """Whether what stands in these fields can be read as it is."""
    try:
        for field in fields:
            field.read(draft.typed.get(field.name, ""), at)
    except Trouble:
        return False
    return True


def target_of(muscle: str, library: Library, at: datetime) -> Target:
    """A target as its programme means it; the intent is left open where calm and wake are alike."""
    default = library.programme(muscle).default_intent
    return Target(muscle=muscle, intent=None if default == "both" else default, needled_at=at)


def target_exercises(draft: PlanDraft, library: Library) -> Iterator[tuple[str, Exercise]]:
    """Muscle and exercise, in the order of the phases: what these targets can come to deal."""
    for muscle in dict.fromkeys(target.muscle for target in draft.targets):
        targets = [target for target in draft.targets if target.muscle == muscle]
        last = max(PHASES.index(target.ceiling or "perform") for target in targets)
        only_wake = all(target.intent == "wake" for target in targets)
        exercises = library.programme(muscle).exercises
        for exercise in sorted(exercises, key=lambda exercise: PHASES.index(exercise.phase)):
            if PHASES.index(exercise.phase) <= last and not (only_wake and exercise.type == "stretch"):
                yield muscle, exercise


def asks_first(exercise: Exercise) -> bool:
    """Whether it is dealt only where the plan turns it on."""
    return bool(exercise.demanding or exercise.needs or exercise.condition)


def with_change(draft: PlanDraft, exercise: Exercise, **values: Any) -> PlanDraft:
    """The draft with one dose changed; what is as the programme has it is not kept."""
    change = replace(draft.doses.get(exercise.id) or DoseOverride(exercise=exercise.id), **values)
    same: dict[str, Any] = {name: None for name in ("sets", "reps", "hold_s", "often")
            if getattr(change, name) == getattr(exercise.dose, name)}  # fmt: skip
    change = replace(change, **same)
    doses = {**draft.doses, exercise.id: change}
    if change == DoseOverride(exercise=exercise.id):
        del doses[exercise.id]
    return replace(draft, doses=doses)


def plan_of(draft: PlanDraft, library: Library, at: datetime) -> Plan:
    """The plan that the draft means; ``Trouble`` where something in it does not hold."""
    values = {field.name: field.read(draft.typed.get(field.name, ""), at) for field in (*WHO, *FRAME, *CALL)}
    contact = {name: values.pop(name) for name in ("clinic", "phone", "out_of_hours", "emergency")}
    needled_at = values.pop("needled_at")
    exercises = {exercise.id: exercise for _, exercise in target_exercises(draft, library)}
    own = {exercise.id for exercise in draft.carried.get("exercises", ())}
    turned_on = [exercises[exercise_id] for exercise_id in exercises if exercise_id in draft.turned_on]
    cleared = [exercise.needs for exercise in turned_on if exercise.needs] + [
        exercise.id for exercise in turned_on if exercise.condition
    ]
    plan = make_plan(
        targets=tuple(
            replace(target, needled_at=draft.since.get(target.muscle, needled_at)) for target in draft.targets
        ),
        answers=draft.answers,
        at=at,
        contact=Contact(**contact),
        doses=tuple(change for exercise_id, change in draft.doses.items() if exercise_id in exercises or exercise_id in own),
        demanding=tuple(exercise.id for exercise in turned_on if exercise.demanding),
        cleared=tuple(dict.fromkeys(cleared)),
        **{**values, "complaint": values["complaint"] or "", "note": values["note"] or "",
           "made_by": values["made_by"] or NextPlanDefaults().made_by, **draft.carried},
    )  # fmt: skip
    check_named(plan, library)
    check_limit_stated(plan)
    return with_usual_end(plan, library)


def free_names(patient: str, folder: Path) -> tuple[Path, Path]:
    """Names in ``folder`` for the plan and its handout that nothing has yet; an alias is never a path."""
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", patient).strip("-")[:40] or "patient"
    for name in (safe, *(f"{safe}-{number}" for number in range(2, NAMES_TRIED))):
        plan, handout = folder / f"{name}.plan.json", folder / f"{name}.handout.html"
        if not any(path.exists() or path.is_symlink() for path in (plan, handout)):
            return plan, handout
    raise Trouble(f"{folder}: there are too many plans of this name. Clear some away.")


def override_fields(items: Iterable[str]) -> tuple[FormField, ...]:
    """A line for the reason of each condition that bars the plan, and one for who takes it on."""
    reasons = (
        FormField(f"override-{item}", item.replace("-", " "), "the reason", _words_needed) for item in items
    )
    return (*reasons, FormField("override-by", "Decided by", "a name", _words_needed))


def _words_needed(text: str, at: datetime) -> str:
    words = _line(text, at)
    if not words:
        raise Trouble("it needs a reason and a name.")
    return words
