"""How much: a dose as prescribed, and one step more or one cut less of it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Literal

import msgspec
from msgspec.structs import replace

from reloadpt import wording
from reloadpt.care.thresholds import PROPOSED
from reloadpt.journal.events import Item
from reloadpt.phrases import count_phrase
from reloadpt.program.plan import DoseOverride, Plan
from reloadpt.program.programme import Exercise

MOST_REPS, MORE_REPS = PROPOSED.most_reps, PROPOSED.more_reps
LOADED_RANGE = PROPOSED.loaded_range
"""A load is done so many repetitions above where it began, where no range is stated, before there is more of it."""
STEPS_TO_TOP = PROPOSED.steps_to_top
"""A load's range is climbed in so many steps at most, so that who always has room gets more load in a fortnight."""
MOST_HOLD_S, MORE_HOLD_S = PROPOSED.most_hold_s, PROPOSED.more_hold_s
MOST_HOLD_IN_SET_S = PROPOSED.most_hold_in_set_s
"""Holds of a set together; longer ones are not made longer still."""
SLOWEST_RETURN_S, SLOWER_S = PROPOSED.slowest_return_s, PROPOSED.slower_s
MOST_SETS = PROPOSED.most_sets
BIG_JUMP = PROPOSED.big_jump
"""A load beyond so many times the one before takes a set off; the next step gives it back."""
MOST_BAND_STEPS = PROPOSED.most_band_steps
CUT_TO = PROPOSED.cut_to
WEIGHED = frozenset({"backpack", "dumbbell", "kettlebell"})
"""What has a weight in kilograms."""
STRETCHED = frozenset({"band", "twist-bar"})
LOADED = WEIGHED | STRETCHED
FIRST_WEIGHT_STATED = (
    "osteoporosis", "vertebral-fracture", "heart-failure", "blood-pressure", "falls", "recent-birth"
)  # fmt: skip
"""Whoever has one of these begins with the weight that the therapist states."""

Step = Literal["reps", "hold", "return", "set", "load", "harder"]


class DealtDose(msgspec.Struct, frozen=True):
    """A dose: sets of ``reps`` repetitions by ``tempo``, or of holds of ``hold_s`` seconds.

    ``loads`` counts the steps in load; ``harder`` says that all steps are done, and the harder exercise is earned.
    """

    sets: int
    reps: int
    hold_s: int
    tempo: str | None
    load_kg: float | None
    resistance: str | None
    loads: int = 0
    harder: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """What makes one dose lower than another: the work in all, then the sets."""
        return work(self), self.sets


def work(dose: DealtDose | Item) -> int:
    """The seconds of work of a dose in all its sets, by its tempo or its holds."""
    seconds = sum(int(part) for part in dose.tempo.split("-")) if dose.tempo else dose.hold_s
    return dose.sets * dose.reps * max(seconds, 1)


def prescribed_dose(
    exercise: Exercise, change: DoseOverride | None, weights_kg: Sequence[float] = ()
) -> DealtDose:
    """The dose of the programme with what the plan changes.

    A weight that nobody stated is the lightest of ``weights_kg``, those at home; where these are not known it is said
    in words.
    """
    dose, stated = exercise.dose, change or DoseOverride(exercise=exercise.id)
    tempo = stated.tempo or (None if stated.hold_s else dose.tempo)
    load_kg, resistance = stated.load_kg, stated.resistance
    loads = [thing for thing in exercise.equipment if thing in LOADED]
    if loads and load_kg is None and resistance is None:
        load_kg = min(weights_kg, default=None) if loads[0] in WEIGHED else None
        thing = {"dumbbell": "weight", "kettlebell": "weight"}.get(loads[0], loads[0].replace("-", " "))
        resistance = wording.LIGHTEST(thing=thing) if load_kg is None else None
    return DealtDose(
        sets=stated.sets or dose.sets,
        reps=stated.reps or dose.reps,
        hold_s=0 if tempo else stated.hold_s or dose.hold_s,
        tempo=tempo,
        load_kg=load_kg,
        resistance=resistance,
    )


def waits_for_weight(plan: Plan, exercise: Exercise) -> bool:
    """Whether an exercise waits until the therapist states its first weight, for the sake of bones, heart or balance."""
    if not WEIGHED & {*exercise.equipment}:
        return False
    stated = any(
        change.exercise == exercise.id and (change.load_kg is not None or change.resistance)
        for change in plan.doses
    )
    held = {answer.item for answer in plan.screened if answer.answer == "yes"}
    return not stated and bool(held & {*FIRST_WEIGHT_STATED})


def stepped_dose(
    start: DealtDose, steps: int, exercise: Exercise, weights_kg: Sequence[float] = ()
) -> tuple[DealtDose, Step | None]:
    """The dose ``steps`` steps up, and what the last one changed; None where there was nothing left to do.

    Of a load: repetitions (or longer holds) to the top of its range, then the next of ``weights_kg`` with repetitions
    back at the bottom, and a set fewer after a jump above 20 %, which the next step gives back. Without a load, or
    where there is no heavier one: repetitions to 15, a slower return, a set, the harder exercise. Isometric work is
    asked for no "two more", so only its holds grow.
    """
    dose, last = start, None
    for _ in range(steps):
        dose, last = _step(start, dose, exercise, sorted(weights_kg))
        if last is None:
            break
    return dose, last


def _step(
    start: DealtDose, dose: DealtDose, exercise: Exercise, weights_kg: Sequence[float]
) -> tuple[DealtDose, Step | None]:
    loaded = bool(LOADED & {*exercise.equipment}) or start.load_kg is not None
    if dose.harder:
        return dose, None
    if dose.sets < start.sets:
        return replace(dose, sets=dose.sets + 1), "set"
    grown = _longer(start, dose, exercise, loaded=loaded)
    if grown:
        return grown
    if exercise.type == "isometric":
        return dose, None
    heavier = _heavier(start, dose, exercise, weights_kg) if loaded else None
    if heavier:
        return heavier, "load"
    if dose.tempo and exercise.type != "breathe":
        out, hold, back = (int(part) for part in dose.tempo.split("-"))
        if dose.tempo == start.tempo and back < SLOWEST_RETURN_S:
            return replace(dose, tempo=f"{out}-{hold}-{min(back + SLOWER_S, SLOWEST_RETURN_S)}"), "return"
    if dose.sets < MOST_SETS:
        return replace(dose, sets=dose.sets + 1), "set"
    return (replace(dose, harder=True), "harder") if exercise.harder else (dose, None)


def _longer(
    start: DealtDose, dose: DealtDose, exercise: Exercise, *, loaded: bool
) -> tuple[DealtDose, Step] | None:
    """More repetitions, or longer holds, up to where they end; None there."""
    if dose.tempo:
        top = max(start.reps, _top_reps(start, exercise, loaded=loaded))
        more = max(MORE_REPS, ceil((top - start.reps) / STEPS_TO_TOP)) if loaded else MORE_REPS
        return (replace(dose, reps=min(dose.reps + more, top)), "reps") if dose.reps < top else None
    top_s = min(MOST_HOLD_S, start.hold_s + STEPS_TO_TOP * MORE_HOLD_S) if loaded else MOST_HOLD_S
    longer = min(dose.hold_s + MORE_HOLD_S, top_s)
    if longer > dose.hold_s and longer * dose.reps <= MOST_HOLD_IN_SET_S:
        return replace(dose, hold_s=longer), "hold"
    return None


def _top_reps(start: DealtDose, exercise: Exercise, *, loaded: bool) -> int:
    """The most repetitions: the range's, moved where the plan begins elsewhere; else 4 more of a load, or 15."""
    if exercise.dose.reps_to:
        return min(
            start.reps + exercise.dose.reps_to - exercise.dose.reps, max(MOST_REPS, exercise.dose.reps_to)
        )
    return min(start.reps + LOADED_RANGE, MOST_REPS) if loaded else MOST_REPS


def _heavier(
    start: DealtDose, dose: DealtDose, exercise: Exercise, weights_kg: Sequence[float]
) -> DealtDose | None:
    """The next load, with repetitions back at the bottom; None where there is none, or it is not known."""
    if dose.load_kg is not None:
        owned = (weight for weight in weights_kg if weight > (dose.load_kg or 0))
        load_kg = next(owned, None)
        if load_kg is None:
            return None
        fewer = start.sets > 1 and load_kg > round(dose.load_kg * BIG_JUMP, 6)
        return replace(start, sets=start.sets - fewer, load_kg=load_kg, loads=dose.loads + 1)
    if dose.loads >= MOST_BAND_STEPS or not STRETCHED & {*exercise.equipment}:
        return None
    loads = dose.loads + 1
    words = wording.STRONGER(steps=count_phrase(loads, "step"), lightest=start.resistance)
    return replace(start, sets=max(1, start.sets - 1), resistance=words, loads=loads)


def cut_dose(dose: DealtDose) -> DealtDose:
    """One set fewer; at one set, 30 % fewer repetitions, or seconds where there is only one."""
    if dose.sets > 1:
        return replace(dose, sets=dose.sets - 1)
    if dose.reps > 1:
        return replace(dose, reps=max(1, floor(dose.reps * CUT_TO)))
    return replace(dose, hold_s=max(1, floor(dose.hold_s * CUT_TO))) if dose.hold_s else dose


def halved_dose(dose: DealtDose) -> DealtDose:
    """Half of the sets, rounded up."""
    return replace(dose, sets=ceil(dose.sets / 2))
