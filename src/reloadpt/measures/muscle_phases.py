"""Where each muscle stands at the last entry of a log, by care's own rules."""

from __future__ import annotations

from collections.abc import Iterator

from reloadpt.care.following import follow_days
from reloadpt.care.muscle_state import MuscleState, MuscleStates
from reloadpt.care.phases import phase_at
from reloadpt.journal.events import Phase
from reloadpt.measures.course import Course


def muscle_states(course: Course) -> MuscleStates:
    """Follow every muscle up to the last entry."""
    return follow_days(course, course.last_at)


def plan_muscles(course: Course, states: MuscleStates) -> Iterator[tuple[MuscleState, Phase]]:
    """The muscles of the plan in force, each with its phase at the last entry."""
    plan = states.plan
    if plan is None or course.last_at is None:
        return
    for target in plan.targets:
        state = states.muscles[target.key]
        yield state, phase_at(state, target, course.last_at, self_made=plan.made_by is None)[0]


def muscle_phases(course: Course, states: MuscleStates) -> dict[str, Phase]:
    """The phase of each muscle, keyed by muscle, or ``muscle:side`` where it is of one side."""
    return {
        state.muscle if state.side == "both" else state.key: phase
        for state, phase in plan_muscles(course, states)
    }
