"""What a judged day changes for a muscle: cuts and their restoring, steps, a phase back, a stop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from reloadpt.care.days import Felt, works
from reloadpt.care.phases import step_back
from reloadpt.care.standing import Change, Judgement, Standing
from reloadpt.journal.events import Phase
from reloadpt.program.programme import PHASES

MOST_CUTS = 4
"""Beyond these a dose is not cut further; the stop and the step back do the rest."""
CUTS_AGAIN = 3
"""A red at a dose that was cut already takes so many cuts more: one was not enough."""
GREENS_TO_RESTORE = 2
SESSIONS_TO_STEP = 2
EFFORT_UP_TO: dict[Phase, int] = {"activate": 3, "reload": 6, "perform": 7}
"""The middle of each phase's effort, 0-10: at or below it there is room for more."""
BY_EFFORT_ALONE = ("isometric",)
"""Holds have no "two more": effort alone says that there is room."""
REDS_TO_STEP_BACK, STEP_BACK_OF = 2, 3
REDS_TO_STOP, STOP_OF = 3, 5
EASY_RUN = 3
KEPT_JUDGED = timedelta(days=14)
"""For so long judged days are kept, and five of them in any case."""


def answer(
    standing: Standing, judged: Judgement, felt: Iterable[Felt], *, guided: bool, frozen: bool
) -> list[Change]:
    """Take in a judged day. ``guided``: the rules may change doses; ``frozen``: none may grow any more."""
    standing.judged.append(judged)
    recent = [each for each in standing.judged if judged.day - each.day < KEPT_JUDGED]
    standing.judged = max(recent, standing.judged[-STOP_OF:], key=len)
    if judged.outcome == "red":
        return _after_red(standing, judged, guided=guided)
    _count_ready(standing, felt, judged)
    if judged.outcome != "green":
        return []
    if PHASES.index(judged.phase) >= PHASES.index(standing.passed):
        standing.greens += 1
    return _after_green(standing, judged, frozen=frozen) if guided else []


def cut(standing: Standing, change: Change, by: int = 1) -> Change:
    """Make every dose of a muscle ``by`` cuts smaller; two green days restore one."""
    standing.cuts = min(standing.cuts + by, MOST_CUTS)
    standing.restoring = 0
    standing.changed = change
    return change


def cuts_of(standing: Standing, exercise: str) -> int:
    """How many cuts are in force for an exercise; a dose that a plan stated since is spared the older ones."""
    return max(0, standing.cuts - standing.spared.get(exercise, 0)) + standing.needled_cut


def count_easy(standing: Standing, day: date, *, easy: bool) -> None:
    """Count the easy days that run on without another rated day or a longer gap between them."""
    if not easy:
        standing.easy_days = []
    elif day not in standing.easy_days:
        running = standing.easy_days and (day - standing.easy_days[-1]).days <= 2
        standing.easy_days = [*(standing.easy_days if running else ()), day]


def go_on(standing: Standing, day: date) -> None:
    """End what only a therapist ends: a stop, the easy days, a long time away."""
    if standing.stopped:
        standing.stopped, standing.judged = None, []
    standing.spoke_on, standing.easy_days = day, []


def _after_red(standing: Standing, judged: Judgement, *, guided: bool) -> list[Change]:
    changes = []
    standing.greens = 0
    standing.ready = {}
    if guided:
        by = CUTS_AGAIN if standing.cuts else 1
        changes.append(cut(standing, Change(rule="dose.cut", day=judged.day, after=judged), by))
        back = PHASES[max(PHASES.index(standing.passed) - 1, PHASES.index("activate"))]
        if _reds(standing, STEP_BACK_OF) >= REDS_TO_STEP_BACK and back != standing.passed:
            standing.changed = Change(rule="phase.back", day=judged.day, after=judged)
            changes.append(step_back(standing, back, standing.changed))
    reds = _reds(standing, STOP_OF)
    if reds >= REDS_TO_STOP:
        of = min(len(standing.judged), STOP_OF)
        standing.stopped = Change(rule="stop", day=judged.day, after=judged, values={"reds": reds, "of": of})
        changes.append(standing.stopped)
    return changes


def _after_green(standing: Standing, judged: Judgement, *, frozen: bool) -> list[Change]:
    if frozen:
        return []
    if standing.cuts and _reds(standing, STOP_OF) >= REDS_TO_STOP - 1:
        return []
    if standing.cuts or standing.needled_cut:
        standing.restoring += 1
        if standing.restoring < GREENS_TO_RESTORE:
            return []
        standing.restoring = 0
        standing.cuts, standing.needled_cut = max(0, standing.cuts - 1), False
        standing.spared = {
            exercise: min(spared, standing.cuts) for exercise, spared in standing.spared.items()
        }
        standing.changed = Change(rule="dose.restored", day=judged.day, after=judged)
        return [standing.changed]
    changes = []
    for exercise, times in standing.ready.items():
        if times >= SESSIONS_TO_STEP:
            standing.steps[exercise] = standing.steps.get(exercise, 0) + 1
            standing.stepped[exercise] = Change(rule="dose.step", day=judged.day, after=judged)
            changes.append(standing.stepped[exercise])
    standing.ready = {
        exercise: times for exercise, times in standing.ready.items() if times < SESSIONS_TO_STEP
    }
    return changes


def _count_ready(standing: Standing, felt: Iterable[Felt], judged: Judgement) -> None:
    """Count, for each exercise of the day, the sessions running that had room for more."""
    room: dict[str, bool] = {}
    done: dict[str, bool] = {}
    for each in felt:
        for exercise in each.exercises:
            if not works(exercise, standing.muscle):
                continue
            done[exercise] = done.get(exercise, False) or each.done
            rated = each.two_more is not None or each.effort is not None or each.pain is not None
            if rated:
                room[exercise] = room.get(exercise, True) and _has_room(each)
    for exercise, was_done in done.items():
        if judged.outcome == "green" and was_done and room.get(exercise, False):
            standing.ready[exercise] = standing.ready.get(exercise, 0) + 1
        else:
            standing.ready.pop(exercise, None)


def _has_room(felt: Felt) -> bool:
    if felt.item is None or felt.effort is None:
        return False
    most = EFFORT_UP_TO.get(felt.item.phase)
    holds = felt.item.type in BY_EFFORT_ALONE
    return most is not None and felt.effort <= most and (holds or bool(felt.two_more))


def _reds(standing: Standing, of: int) -> int:
    return sum(each.outcome == "red" for each in standing.judged[-of:])
