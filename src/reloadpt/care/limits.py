"""How much pain an exercise may cause: what the plan states, else what the phase and the usual pain allow."""

from __future__ import annotations

from reloadpt.program.plan import Plan, Target
from reloadpt.program.programme import Phase

PHASE_LIMIT: dict[Phase, int] = {"reset": 2, "activate": 3, "reload": 5, "perform": 5}
"""The most pain during exercise, 0-10, where neither the plan nor the usual pain says otherwise."""
HIGHEST_LIMIT = 6
"""No limit of the rules' own goes beyond it."""
GREEN_UP_TO = 3
"""Pain during exercise that is no concern in any phase that allows it."""


def pain_limit(plan: Plan, target: Target, phase: Phase, start: int | None) -> int:
    """The most pain during exercise: the plan's, else the larger of the phase's and ``start`` + 1, to 6."""
    stated = plan.stated_limit(target, phase)
    if stated is not None:
        return stated
    return min(HIGHEST_LIMIT, max(PHASE_LIMIT[phase], 0 if start is None else start + 1))


def green_line(plan: Plan, target: Target, phase: Phase, before: int | None) -> int:
    """The pain during exercise up to which a day can be a good one."""
    stated = plan.stated_limit(target, phase)
    within = min(GREEN_UP_TO, PHASE_LIMIT[phase] if stated is None else stated)
    return min(max(within, 0 if before is None else before + 1), PHASE_LIMIT["perform"])
