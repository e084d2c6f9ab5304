"""What a judged day changes for a muscle: cuts and their restoring, steps, a phase back, a stop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from reloadpt.care.days import ExerciseResponse, works
from reloadpt.care.limits import GREEN_MOST
from reloadpt.care.muscle_state import Judgement, MuscleState, RuleChange
from reloadpt.care.phases import step_back
from reloadpt.care.thresholds import PROPOSED
from reloadpt.journal.events import Phase
from reloadpt.program.programme import PHASES

MOST_CUTS = PROPOSED.most_cuts
"""Beyond these a dose is not cut further; the stop and the step back do the rest."""
CUTS_AGAIN = PROPOSED.cuts_again
"""A red at a dose that was cut already takes so many cuts more: one was not enough."""
GREENS_TO_RESTORE = PROPOSED.greens_to_restore
SESSIONS_TO_STEP = PROPOSED.sessions_to_step
EFFORT_UP_TO: dict[Phase, int] = {
    "activate": PROPOSED.effort_activate,
    "reload": PROPOSED.effort_reload,
    "perform": PROPOSED.effort_perform,
}
"""The middle of each phase's effort, 0-10: at or below it there is room for more."""
BY_EFFORT_ALONE = ("isometric",)
"""Holds have no "two more": effort alone says that there is room."""
REDS_TO_STEP_BACK, STEP_BACK_OF = PROPOSED.reds_stepping_back, PROPOSED.reds_stepping_back_of
REDS_TO_STOP, STOP_OF = PROPOSED.reds, PROPOSED.reds_of
KEPT_JUDGED = timedelta(days=PROPOSED.kept_judged_days)
"""For so long judged days are kept, and five of them in any case."""


def apply_judgement(
    state: MuscleState,
    judged: Judgement,
    response: Iterable[ExerciseResponse],
    *,
    guided: bool,
    frozen: bool,
    no_higher: bool,
) -> list[RuleChange]:
    """Take in a judged day. ``guided``: the rules may change doses; ``frozen``: none may grow any more.

    ``no_higher``: the week's mornings are no higher than those of the week before.
    """
    state.judged.append(judged)
    recent = [judgement for judgement in state.judged if judged.day - judgement.day < KEPT_JUDGED]
    state.judged = max(recent, state.judged[-STOP_OF:], key=len)
    if judged.outcome == "red":
        return _after_red(state, judged, guided=guided)
    _count_ready(state, response, judged)
    if judged.outcome != "green":
        return []
    if judged.own and judged.phase == state.passed:
        state.greens += 1
    may_step = no_higher or judged.during is None or judged.during <= GREEN_MOST
    return _after_green(state, judged, frozen=frozen, may_step=may_step) if guided else []


def cut_muscle(state: MuscleState, change: RuleChange, by: int = 1) -> RuleChange:
    """Make every dose of a muscle ``by`` cuts smaller; two green days restore one."""
    state.cuts = min(state.cuts + by, MOST_CUTS)
    state.restoring = 0
    state.changed = change
    return change


def cuts_of(state: MuscleState, exercise: str) -> int:
    """How many cuts are in force for an exercise; a dose that a plan stated since is spared the older ones."""
    return max(0, state.cuts - state.spared.get(exercise, 0)) + state.needled_cut


def count_easy(state: MuscleState, day: date, *, easy: bool) -> None:
    """Count the easy days that run on without another rated day or a longer gap between them."""
    if not easy:
        state.easy_days = []
    elif day not in state.easy_days:
        running = state.easy_days and (day - state.easy_days[-1]).days <= 2
        state.easy_days = [*(state.easy_days if running else ()), day]


def release_stop(state: MuscleState, day: date) -> None:
    """End what only a therapist ends: a stop, the easy days, a long time away."""
    if state.stopped:
        state.stopped, state.judged = None, []
    state.spoke_on, state.easy_days = day, []


def _after_red(state: MuscleState, judged: Judgement, *, guided: bool) -> list[RuleChange]:
    changes = []
    state.greens = 0
    state.ready = {}
    if guided:
        by = CUTS_AGAIN if state.cuts else 1
        changes.append(cut_muscle(state, RuleChange(rule="dose.cut", day=judged.day, after=judged), by))
        back = PHASES[max(PHASES.index(state.passed) - 1, PHASES.index("activate"))]
        if _reds(state, STEP_BACK_OF) >= REDS_TO_STEP_BACK and back != state.passed:
            state.changed = RuleChange(rule="phase.back", day=judged.day, after=judged)
            changes.append(step_back(state, back, state.changed))
    reds = _reds(state, STOP_OF)
    if reds >= REDS_TO_STOP:
        of = min(len(state.judged), STOP_OF)
        state.stopped = RuleChange(rule="stop", day=judged.day, after=judged, values={"reds": reds, "of": of})
        changes.append(state.stopped)
    return changes


def _after_green(state: MuscleState, judged: Judgement, *, frozen: bool, may_step: bool) -> list[RuleChange]:
    if frozen:
        return []
    if state.cuts and _reds(state, STOP_OF) >= REDS_TO_STOP - 1:
        return []
    if state.cuts or state.needled_cut:
        state.restoring += 1
        if state.restoring < GREENS_TO_RESTORE:
            return []
        state.restoring = 0
        state.cuts, state.needled_cut = max(0, state.cuts - 1), False
        state.spared = {exercise: min(spared, state.cuts) for exercise, spared in state.spared.items()}
        state.changed = RuleChange(rule="dose.restored", day=judged.day, after=judged)
        return [state.changed]
    changes = []
    for exercise, times in state.ready.items():
        if times >= SESSIONS_TO_STEP and may_step:
            state.steps[exercise] = state.steps.get(exercise, 0) + 1
            state.stepped[exercise] = RuleChange(rule="dose.step", day=judged.day, after=judged)
            changes.append(state.stepped[exercise])
    state.ready = {
        exercise: times for exercise, times in state.ready.items() if times < SESSIONS_TO_STEP or not may_step
    }
    return changes


def _count_ready(state: MuscleState, response: Iterable[ExerciseResponse], judged: Judgement) -> None:
    """Count, for each exercise of the day, the sessions running that had room for more."""
    room: dict[str, bool] = {}
    done: dict[str, bool] = {}
    for felt in response:
        for exercise in felt.exercises:
            if not works(exercise, state.muscle):
                continue
            if felt.done and not felt.confirmed:
                continue
            done[exercise] = done.get(exercise, False) or felt.done
            rated = felt.more is not None or felt.effort is not None or felt.pain is not None
            if rated:
                room[exercise] = room.get(exercise, True) and _has_room(felt)
    for exercise, was_done in done.items():
        if judged.outcome == "green" and was_done and room.get(exercise, False):
            state.ready[exercise] = state.ready.get(exercise, 0) + 1
        else:
            state.ready.pop(exercise, None)


def _has_room(response: ExerciseResponse) -> bool:
    if response.item is None or response.effort is None:
        return False
    most = EFFORT_UP_TO.get(response.item.phase)
    holds = response.item.type in BY_EFFORT_ALONE
    return most is not None and response.effort <= most and (holds or bool(response.more))


def _reds(state: MuscleState, of: int) -> int:
    return sum(judgement.outcome == "red" for judgement in state.judged[-of:])
