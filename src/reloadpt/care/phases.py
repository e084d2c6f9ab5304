"""Which phase a muscle is in: time opens a phase, response passes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from reloadpt.care.history import History
from reloadpt.program.plan import Plan, Target
from reloadpt.program.programme import PHASES, Phase

RESET_LASTS = timedelta(hours=24)
RESET_LASTS_EARLY = timedelta(hours=12)
OPENS_AFTER: dict[Phase, timedelta] = {
    "reset": timedelta(0),
    "activate": RESET_LASTS,
    "reload": timedelta(hours=96),
    "perform": timedelta(days=14),
}
"""Earliest times after the first needling of a run of plans."""


@dataclass(frozen=True)
class PhaseNow:
    """The phase of one target, the day after its latest needling (0: the day of it), and the rule behind it."""

    phase: Phase
    day: int
    rule: str
    needled_at: datetime


def passed_by_response(target: Target, history: History) -> Phase:  # noqa: ARG001
    """The furthest phase that what was written down has opened.

    Activate opens by time alone; nothing beyond it opens without answers.
    """
    return "activate"


def phase_now(plan: Plan, target: Target, history: History, at: datetime) -> PhaseNow:
    """The phase of ``target`` at ``at``."""
    needled_at = max(target.needled_at, history.needled_last(target.muscle, target.side) or target.needled_at)
    first = min(
        (each.needled_at for each in history.needlings if each.muscle == target.muscle),
        default=target.needled_at,
    )
    day = (at.date() - needled_at.astimezone(at.tzinfo).date()).days
    rests = RESET_LASTS_EARLY if target.early else RESET_LASTS
    if at - needled_at < rests:
        return PhaseNow("reset", max(day, 0), "phase.reset", needled_at)
    opened = [
        phase
        for phase in PHASES
        if at - first >= min(OPENS_AFTER[phase], rests if phase == "activate" else OPENS_AFTER[phase])
    ]
    lid = min(
        PHASES.index(passed_by_response(target, history)),
        PHASES.index(target.ceiling or "perform"),
        PHASES.index("activate") if plan.self_made else len(PHASES),
    )
    phase = PHASES[min(PHASES.index(opened[-1]), lid)]
    rule = {"reset": "phase.reset", "activate": "phase.time"}.get(phase, "phase.response")
    return PhaseNow(phase, day, rule, needled_at)
