"""How much pain an exercise may cause: what the plan states, else what the phase and the usual pain allow."""

from __future__ import annotations

from collections.abc import Iterable

from reloadpt import wording
from reloadpt.care.thresholds import PROPOSED
from reloadpt.program.plan import Limits, Plan, Target
from reloadpt.program.programme import PHASES, Phase
from reloadpt.trouble import Trouble

PHASE_LIMIT: dict[Phase, int] = {
    "reset": PROPOSED.limit_reset,
    "activate": PROPOSED.limit_activate,
    "reload": PROPOSED.limit_reload,
    "perform": PROPOSED.limit_perform,
}
"""The most pain during exercise, 0-10, where neither the plan nor the usual pain says otherwise."""
HIGHEST_LIMIT = PROPOSED.highest_limit
"""No limit of the rules' own goes beyond it."""
GREEN_UP_TO = PROPOSED.green_up_to
"""Pain during exercise that is no concern in any phase that allows it."""
GREEN_ABOVE_BEFORE = PROPOSED.green_above_before
GREEN_MOST = PROPOSED.green_most
"""Where no limit is stated, no day with more pain during exercise is a good one; where one is, none of it earns a
step unless the week's mornings are no higher than those of the week before."""


def pain_limit(plan: Plan, target: Target, phase: Phase, start: int | None) -> int:
    """The most pain during exercise: the plan's, else the larger of the phase's and ``start`` + 1, to 6."""
    stated = plan.stated_limit(target, phase)
    if stated is not None:
        return stated
    return min(HIGHEST_LIMIT, max(PHASE_LIMIT[phase], 0 if start is None else start + 1))


def lacks_limit(start: int | None, targets: Iterable[Target], limits: Limits, no_limit: str | None) -> bool:
    """Whether a start so high needs a limit, and none is stated for a target, nor why there is none."""
    if start is None or start < HIGHEST_LIMIT or no_limit:
        return False
    return any(
        getattr(target.limits, phase) is None and getattr(limits, phase) is None
        for target in targets
        for phase in PHASES[1 : PHASES.index(target.ceiling or "perform") + 1]
    )


def check_limit_stated(plan: Plan) -> None:
    """Raise ``Trouble`` where a plan that is being made needs a limit and states none."""
    if lacks_limit(plan.start_pain, plan.targets, plan.limits, plan.no_limit):
        raise Trouble(wording.LIMIT_FIRST(start=plan.start_pain))


def green_line(plan: Plan, target: Target, phase: Phase, before: int | None) -> int:
    """The pain during exercise up to which a day can be a good one."""
    stated = plan.stated_limit(target, phase)
    within = max(GREEN_UP_TO, 0 if before is None else before + GREEN_ABOVE_BEFORE)
    return min(within, GREEN_MOST if stated is None else stated)
