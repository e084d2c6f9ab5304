"""Whom an exercise suits: what they can do, what is in their home, and what the screening says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reloadpt import wording
from reloadpt.files import one_of
from reloadpt.program.plan import Plan
from reloadpt.program.programme import HOME, Demand, Equipment, Exercise, Programme
from reloadpt.program.screening import EXERCISE_ITEMS

ONLY_SITTING: frozenset[Demand] = frozenset({"floor", "back", "front", "kneel", "stand"})
"""Who cannot do these can only sit: lying on the side is lying too."""
IN_EVERY_HOME = frozenset({"none", "mat", *HOME})
"""A mat is a carpet or a bed."""
FLAT: frozenset[Demand] = frozenset({"back", "front"})
BARRED_EFFECTS: dict[str, tuple[str, ...]] = {
    "osteoporosis": ("end_range_spine", "strain"),
    "vertebral-fracture": ("end_range_spine", "strain", "loaded"),
    "falls": ("step",),
    "joint-replacement": ("end_range_joint",),
    "recent-birth": ("strain",),
    "blood-pressure": (),
    "heart-failure": ("strain",),
    "later-pregnancy": (),
}
"""What an exercise must not do to the body of somebody with each condition."""
BY_NAME = frozenset({"loaded", "step"})
"""May be done all the same where a therapist names the exercise among what is cleared."""
ONLY_BREATHING_ALONE = ("vertebral-fracture", "heart-failure", "blood-pressure", "recent-birth")
"""With these a plan made without a therapist has breathing, and says whom to ask."""
LONGEST_HOLD_S = 10
"""The longest hold where the blood pressure is high and not controlled."""
FLAT_UNTIL_WEEK = 16
"""From this week of a pregnancy on nothing is done lying flat."""
PREGNANCY_WEEKS = 40
FIRST_TRIMESTER_WEEKS = 13
UNSURE = "unanswered"
OF_THE_SPINE = ("back", "head and neck")


@dataclass(frozen=True)
class Circumstances:
    """What a plan and its screening say of one person on one day.

    ``has`` is None where it was not asked what is at home. ``holds`` are the conditions of the screening that hold,
    ``cleared`` the exercises that a therapist allows by name, ``own`` those that one wrote for this person.
    ``unsure`` says that a condition was not answered.
    """

    cannot: frozenset[Demand] = frozenset()
    has: frozenset[Equipment] | None = None
    holds: tuple[str, ...] = ()
    cleared: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    unsure: bool = False
    flat_by: str = ""
    alone: bool = False

    @property
    def breathing_only(self) -> tuple[str, ...]:
        """The conditions for which somebody without a therapist is dealt breathing alone."""
        return tuple(item for item in ONLY_BREATHING_ALONE if item in self.holds) if self.alone else ()

    @property
    def longest_hold_s(self) -> int | None:
        """The longest hold, in seconds; None where there is no such bound."""
        return LONGEST_HOLD_S if "blood-pressure" in self.holds else None


def circumstances_of(plan: Plan, day: date) -> Circumstances:
    """What ``plan`` says of its person on ``day``."""
    answers = {answer.item: answer.answer for answer in plan.screened}
    holds = tuple(item for item in EXERCISE_ITEMS if answers.get(item) == "yes")
    weeks = pregnancy_weeks(plan, day)
    pregnant = "later-pregnancy" if weeks is not None and weeks >= FLAT_UNTIL_WEEK else ""
    return Circumstances(
        cannot=frozenset(plan.cannot),
        has=frozenset(plan.has) if plan.has else None,
        holds=holds,
        cleared=frozenset(plan.cleared),
        own=frozenset(exercise.id for exercise in plan.exercises),
        unsure=any(answers.get(item) == "unanswered" for item in EXERCISE_ITEMS),
        flat_by="heart-failure" if "heart-failure" in holds else pregnant,
        alone=plan.self_made,
    )


def pregnancy_weeks(plan: Plan, day: date) -> int | None:
    """The whole weeks of a pregnancy on ``day``; None where there is none, or the child is born.

    By the day it is due; where that was not told, by the most that the answers allow.
    """
    pregnant = {answer.item for answer in plan.screened if answer.answer == "yes"}
    made = plan.made_at.date()
    if plan.baby_due:
        days = PREGNANCY_WEEKS * 7 - (plan.baby_due - day).days
    elif "later-pregnancy" in pregnant:
        days = FLAT_UNTIL_WEEK * 7 + max((day - made).days, 0)
    elif "first-trimester-pregnancy" in pregnant:
        days = FIRST_TRIMESTER_WEEKS * 7 + max((day - made).days, 0)
    else:
        return None
    return days // 7 if 0 <= days <= (PREGNANCY_WEEKS + 3) * 7 else None


def what_bars(person: Circumstances, exercise: Exercise, programme: Programme) -> str | None:
    """Why this person cannot or must not do an exercise, as a sentence; None where it suits."""
    barred = [word for word in sorted(person.cannot) if word in exercise.demands]
    if exercise.position == "side-lying" and person.cannot >= ONLY_SITTING:
        barred = ["back", "front"]
    if barred:
        return wording.LEFT_OUT_POSITION(
            name=exercise.name, cannot=one_of([wording.CANNOT[word] for word in barred])
        )
    if person.has is not None:
        lacking = [thing for thing in exercise.equipment if thing not in IN_EVERY_HOME | person.has]
        if lacking:
            return wording.LEFT_OUT_EQUIPMENT(name=exercise.name, equipment=", ".join(lacking))
    condition = _unsuited(person, exercise, programme)
    if condition == UNSURE:
        return wording.LEFT_OUT_UNSURE(name=exercise.name)
    return (
        wording.LEFT_OUT_CONDITION(name=exercise.name, condition=wording.condition(condition))
        if condition
        else None
    )


def _unsuited(person: Circumstances, exercise: Exercise, programme: Programme) -> str:
    """The condition that an exercise does not suit; empty where it suits."""
    if person.flat_by and exercise.demands & FLAT:
        return person.flat_by
    written_for_them = exercise.effects is None and exercise.id in person.own
    for item in person.holds:
        does = [effect for effect in BARRED_EFFECTS[item] if _has_effect(exercise, effect)]
        if exercise.id in person.cleared:
            does = [effect for effect in does if exercise.effects and effect not in BY_NAME]
        if does and not written_for_them:
            return item
    if person.unsure and exercise.id not in person.cleared:
        spine = programme.region in OF_THE_SPINE and _has_effect(exercise, "loaded")
        if exercise.demanding or _has_effect(exercise, "end_range_spine") or spine:
            return "" if written_for_them else UNSURE
    return ""


def _has_effect(exercise: Exercise, effect: str) -> bool:
    """Whether an exercise does this to the body; what was never said is taken to be so."""
    return exercise.effects is None or bool(getattr(exercise.effects, effect))


def suiting(
    person: Circumstances,
    exercises: Sequence[Exercise],
    programme: Programme,
    also_barred: Callable[[Exercise], str | None] = lambda _: None,
) -> tuple[list[Exercise], list[str]]:
    """Of ``exercises`` those that are dealt to this person, in their order, and why others are left out.

    Where one cannot be, the first that may stand in for it takes its place. What only waits for an answer is dealt
    all the same where otherwise nothing but breathing would be left.
    """
    found, notes = _suiting(person, exercises, programme, also_barred)
    if person.unsure and not any(exercise.type != "breathe" for exercise in found):
        answered = replace(person, unsure=False)
        more, notes_then = _suiting(answered, exercises, programme, also_barred)
        if len(more) > len(found):
            return more, notes_then
    return found, notes


def _suiting(
    person: Circumstances,
    exercises: Sequence[Exercise],
    programme: Programme,
    also_barred: Callable[[Exercise], str | None],
) -> tuple[list[Exercise], list[str]]:
    found, notes = [], []
    for exercise in exercises:
        if exercise.instead_of:
            continue
        note = what_bars(person, exercise, programme) or also_barred(exercise)
        if note is None:
            found.append(exercise)
            continue
        stand_in = next(
            (
                other
                for other in exercises
                if other.instead_of == exercise.id
                and not (what_bars(person, other, programme) or also_barred(other))
            ),
            None,
        )
        if stand_in:
            found.append(stand_in)
        else:
            notes.append(note)
    return found, notes


def cautions(person: Circumstances, exercise: Exercise) -> list[str]:
    """What this person is told beside the exercise each time it is dealt."""
    said = []
    if "falls" in person.holds and exercise.effects and exercise.effects.unsteady:
        said.append(wording.HAND_ON())
    if "blood-pressure" in person.holds and exercise.type != "breathe":
        said.append(wording.KEEP_BREATHING())
    if "heart-failure" in person.holds and exercise.type != "breathe":
        said.append(wording.EFFORT_AT_MOST())
    return said


def is_served(intent: str, exercise: Exercise) -> bool:
    """Whether an exercise is for muscles of this intent: a muscle to wake is not stretched."""
    return intent != "wake" or exercise.type != "stretch"
