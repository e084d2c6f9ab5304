"""How much: a dose as prescribed, and one step more or one cut less of it."""

from __future__ import annotations

from math import ceil, floor
from typing import Literal

import msgspec
from msgspec.structs import replace

from reloadpt.program.plan import DoseOverride
from reloadpt.program.programme import Exercise

MOST_REPS, MORE_REPS = 15, 2
MOST_HOLD_S, MORE_HOLD_S = 45, 5
MOST_HOLD_IN_SET_S = 60
"""Holds of a set together; longer ones are not made longer still."""
SLOWEST_RETURN_S, SLOWER_S = 5, 2
MOST_SETS = 4
MORE_LOAD = 1.05
MOST_LOAD_STEPS = 4
CUT_TO = 0.7
LOADED = frozenset({"backpack", "band", "dumbbell", "kettlebell", "twist-bar"})

Step = Literal["reps", "hold", "return", "set", "load", "harder"]


class DealtDose(msgspec.Struct, frozen=True):
    """A dose: sets of ``reps`` repetitions by ``tempo``, or of holds of ``hold_s`` seconds.

    ``loads`` counts the steps in load, ``harder`` says that the harder variant is meant.
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
        seconds = sum(int(part) for part in self.tempo.split("-")) if self.tempo else self.hold_s
        return self.sets * self.reps * max(seconds, 1), self.sets


def prescribed_dose(exercise: Exercise, change: DoseOverride | None) -> DealtDose:
    """The dose of the programme with what the plan changes."""
    dose, stated = exercise.dose, change or DoseOverride(exercise=exercise.id)
    tempo = stated.tempo or (None if stated.hold_s else dose.tempo)
    return DealtDose(
        sets=stated.sets or dose.sets,
        reps=stated.reps or dose.reps,
        hold_s=0 if tempo else stated.hold_s or dose.hold_s,
        tempo=tempo,
        load_kg=stated.load_kg,
        resistance=stated.resistance,
    )


def stepped_dose(start: DealtDose, steps: int, exercise: Exercise) -> tuple[DealtDose, Step | None]:
    """The dose ``steps`` steps up, and what the last one changed; None where there was nothing left to do.

    Order: repetitions (or longer holds), a slower return, a set, load, the harder variant. With more load or
    the harder variant, repetitions and sets begin again where they began. Isometric work is asked for no "two
    more", so only its holds grow.
    """
    dose, last = start, None
    for _ in range(steps):
        dose, last = _step(start, dose, exercise)
        if last is None:
            break
    return dose, last


def _step(start: DealtDose, dose: DealtDose, exercise: Exercise) -> tuple[DealtDose, Step | None]:
    if dose.tempo and dose.reps < MOST_REPS:
        return replace(dose, reps=min(dose.reps + MORE_REPS, MOST_REPS)), "reps"
    longer = min(dose.hold_s + MORE_HOLD_S, MOST_HOLD_S)
    if not dose.tempo and longer > dose.hold_s and longer * dose.reps <= MOST_HOLD_IN_SET_S:
        return replace(dose, hold_s=longer), "hold"
    if exercise.type == "isometric":
        return dose, None
    if dose.tempo and exercise.type != "breathe":
        out, hold, back = (int(part) for part in dose.tempo.split("-"))
        if dose.tempo == start.tempo and back < SLOWEST_RETURN_S:
            return replace(dose, tempo=f"{out}-{hold}-{min(back + SLOWER_S, SLOWEST_RETURN_S)}"), "return"
    if dose.sets < MOST_SETS:
        return replace(dose, sets=dose.sets + 1), "set"
    if dose.loads < MOST_LOAD_STEPS and (LOADED & {*exercise.equipment} or dose.load_kg):
        return _loaded(start, dose), "load"
    if not dose.harder:
        return replace(start, loads=dose.loads, harder=True), "harder"
    return dose, None


def _loaded(start: DealtDose, dose: DealtDose) -> DealtDose:
    loads = dose.loads + 1
    if start.load_kg:
        return replace(start, load_kg=round(start.load_kg * MORE_LOAD**loads, 2), loads=loads)
    more = f"{loads} step{'s' * (loads > 1)} more"
    return replace(start, resistance=f"{start.resistance}, {more}" if start.resistance else more, loads=loads)


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
