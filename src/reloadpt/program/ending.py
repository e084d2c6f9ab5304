"""When a plan ends that does not say so: with the usual weeks of its longest programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from reloadpt.program.library import Library
from reloadpt.program.plan import PLAN_LASTS, Plan


def with_usual_end(plan: Plan, library: Library) -> Plan:
    """The plan with its end written into it, where it names none and its longest programme takes no usual six weeks.

    A muscle that has no programme here is passed over.
    """
    known = [target.muscle for target in plan.targets if target.muscle in library.muscles]
    weeks = max((library.programme(muscle).weeks for muscle in known), default=0)
    lasts = timedelta(weeks=weeks) if weeks else PLAN_LASTS
    return plan if plan.ends or lasts == PLAN_LASTS else replace(plan, ends=plan.made_at + lasts)
