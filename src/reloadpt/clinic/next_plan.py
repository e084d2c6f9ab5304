"""What the next plan begins with: the last one, with each dose moved to where the log shows it should begin.

A dose that was dealt last is where the patient stands; what hurt is taken back; what was stopped for pain is left
out. Each move says why, and the therapist has the last word on all of them. The moves are our proposal.
"""

from __future__ import annotations

from dataclasses import dataclass

from reloadpt.care.due import LEFT_OUT_FROM
from reloadpt.care.in_words import full_dose
from reloadpt.care.limits import pain_limit
from reloadpt.journal.events import ExerciseRated, Item
from reloadpt.measures.course import Course
from reloadpt.measures.muscle_phases import muscle_states
from reloadpt.program.plan import DoseOverride, Plan

LAST_RATINGS = 3
HURT_TIMES = 2
"""An exercise whose pain was over the limit so often among the last ratings gets less."""
LESS = 0.7
PASSING = frozenset(
    {
        "day.easy",
        "dose.sore",
        "stop",
        "away.ask",
        "plan.late",
        "phase.reset",
        "phase.held",
        "phase.unanswered",
    }
)
"""Rules that deal less for a day or for a reason of their own: no dose to go on with."""


@dataclass(frozen=True)
class DoseProposal:
    """One exercise in the next plan: its dose as last dealt and as proposed, and why."""

    exercise: str
    name: str
    before: str
    after: str
    change: DoseOverride
    why: str


def dose_proposals(plan: Plan, course: Course) -> tuple[DoseProposal, ...]:
    """The doses to begin the next plan with, of every exercise that the last one dealt."""
    items: dict[str, Item] = {}
    ratings: dict[str, list[ExerciseRated]] = {}
    began = course.began[-1].at if course.began else None
    for session in course.sessions.values():
        if began and session.opened_at < began:
            continue
        for item in session.items:
            if item.rule not in PASSING and not item.optional:
                items[item.exercise] = item
        for rating in session.ratings():
            ratings.setdefault(rating.exercise, []).append(rating)
    stopped = course.stopped_for_pain
    overrides = {change.exercise: change for change in plan.doses}
    proposals = []
    for exercise, item in items.items():
        override = overrides.get(exercise) or DoseOverride(exercise=exercise)
        if stopped.get(exercise, 0) >= LEFT_OUT_FROM:
            proposals.append(_without_exercise(item, override, stopped[exercise]))
        else:
            proposals.append(_with_dose(item, override, ratings.get(exercise, []), _limit(course, item)))
    return tuple(proposals)


def _without_exercise(item: Item, override: DoseOverride, times: int) -> DoseProposal:
    omitted, why = _override_of(item, override, omit=True), f"stopped for pain in {times} sessions"
    return DoseProposal(item.exercise, item.name, full_dose(item), "left out", omitted, why)


def _with_dose(item: Item, override: DoseOverride, ratings: list[ExerciseRated], limit: int) -> DoseProposal:
    scores = [rating.pain for rating in ratings if rating.pain is not None][-LAST_RATINGS:]
    painful = sum(score > limit for score in scores)
    if painful < HURT_TIMES:
        dose, why = item, "as last done" if ratings else "as last dealt"
    else:
        dose = _lesser_dose(item)
        why = (
            f"pain over {limit} in {painful} of the last {len(scores)} times ({', '.join(map(str, scores))})"
        )
    change = _override_of(dose, override)
    return DoseProposal(item.exercise, item.name, full_dose(item), full_dose(dose), change, why)


def _lesser_dose(item: Item) -> Item:
    """One set fewer; of a single set 30 % fewer repetitions or seconds."""
    from msgspec.structs import replace

    if item.sets > 1:
        return replace(item, sets=item.sets - 1)
    if item.reps > 1:
        return replace(item, reps=max(1, round(item.reps * LESS)))
    return replace(item, hold_s=max(1, round(item.hold_s * LESS)) if item.hold_s else 0)


def _override_of(item: Item, override: DoseOverride, *, omit: bool = False) -> DoseOverride:
    from dataclasses import replace

    return replace(
        override,
        sets=item.sets,
        reps=item.reps,
        hold_s=item.hold_s or None,
        tempo=None if item.hold_s else item.tempo,
        load_kg=item.load_kg if item.load_kg is not None else override.load_kg,
        resistance=item.resistance or override.resistance,
        omit=omit or override.omit,
    )


def _limit(course: Course, item: Item) -> int:
    states = muscle_states(course)
    plan = states.plan
    target = next((target for target in plan.targets if target.muscle == item.muscle), None) if plan else None
    return pain_limit(plan, target, item.phase, states.start) if plan and target else 10
