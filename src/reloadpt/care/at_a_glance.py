"""What Today says first: the step one is at, what to know of this day, what to leave alone, and what comes then."""

from __future__ import annotations

from collections.abc import Sequence

from reloadpt import wording
from reloadpt.care.phases import CurrentPhase
from reloadpt.care.today import Today
from reloadpt.phrases import moment_phrase
from reloadpt.program.programme import PHASES

FIRST_DAY = frozenset({"0-2", "2-24"})
"""The windows of after-care in which what to do and leave alone comes before any exercise."""


def step_number(now: CurrentPhase) -> int:
    """Which of the four steps a phase is, from 1."""
    return PHASES.index(now.phase) + 1


def steps_sentence(phases: Sequence[CurrentPhase]) -> str:
    """Where one is: the step, its work and the day; from which step to which where the muscles differ."""
    numbers = sorted({step_number(now) for now in phases})
    if not numbers:
        return ""
    if len(numbers) > 1:
        return wording.STEPS_DIFFER(first=numbers[0], last=numbers[-1])
    latest = min(phases, key=lambda now: now.day)
    sentence = wording.STEP if latest.day else wording.STEP_FIRST_DAY
    return sentence(number=numbers[0], work=wording.STEP_WORK[latest.phase](), day=latest.day)


def muscle_sentence(muscle: str, now: CurrentPhase) -> str:
    """Where one muscle is, and what opens its next step."""
    return wording.STEP_OF_MUSCLE(
        muscle=muscle, number=step_number(now), work=wording.STEP_WORK[now.phase](), day=now.day, why=now.why
    ).rstrip()


def to_know(due: Today) -> tuple[str, ...]:
    """What has to be known of this day: what to speak about, else why nothing is done; mostly nothing."""
    if due.concerns:
        return tuple(concern.text for concern in due.concerns)
    closed = bool(due.paused_until or due.plan.blocked_by or due.next_at is None)
    return due.notes[:1] if closed and not due.items and not due.locked else ()


def what_to_avoid(due: Today) -> str:
    """What the after-care of now asks to leave alone, in a line; empty where it asks nothing."""
    return wording.AVOID_TODAY(things="; ".join(due.aftercare.avoid)) if due.aftercare else ""


def what_then(due: Today) -> str:
    """When something is due after what is due now; empty where that is not known."""
    if not due.items or due.next_at is None:
        return ""
    return wording.THEN(moment=moment_phrase(due.next_at, due.at))
