"""Why an item is dealt as it is: the one rule that decides, and one sentence with its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from reloadpt import wording
from reloadpt.care.doses import Step
from reloadpt.care.in_words import day_in_words, morning_in_words, number_in_words
from reloadpt.care.muscle_state import Judgement, MuscleState, RuleChange
from reloadpt.care.phases import FEWER_AFTER, CurrentPhase
from reloadpt.care.thresholds import PROPOSED

Mode = Literal["phase", "easy", "stopped", "away", "late"]
"""What is dealt of a muscle: its phase, gentle movement only, or breathing only, and why."""
DoseChange = Literal["new", "same", "up", "down", "weight"]
"""How a dose stands to the one that the exercise was dealt with the last time."""
MOVED: dict[DoseChange, str] = {"up": "dose.more", "down": "dose.less", "weight": "dose.weight"}
"""The rules that say no more than how a dose has moved."""
NEW_FOR = timedelta(days=PROPOSED.new_for_days)
"""For so long a phase is told as new."""


class Grounds(msgspec.Struct, frozen=True):
    """All that a reason can rest on, for one item on one ``day``.

    The ``muscle`` by name, its ``state`` and the phase it is in ``now``, its ``mode``; the ``dose`` in words of the
    ``exercise`` with that id; ``guided``: rules may change doses; ``pain`` now and the ``limit`` during exercise,
    0-10; ``gap``: days since the muscle was last done; ``plan_ended``: the plan's last day. Of the dose: its ``change``
    from the last time, on the day ``dealt_on``, its last ``step``, whether it was ``halved`` for soreness, ``cut``, dealt as ``daily_calm``, set
    ``by_plan``; ``easier`` is the rule by which an easier exercise stands in, ``harder_than`` names the one whose place
    a harder one takes; ``kept_awake``: it goes on beyond its phase.
    """

    day: date
    muscle: str
    dose: str
    now: CurrentPhase
    state: MuscleState
    mode: Mode
    guided: bool
    pain: int | None
    limit: int
    gap: int | None
    plan_ended: date
    exercise: str
    change: DoseChange
    dealt_on: date
    step: Step | None
    halved: bool
    cut: bool
    daily_calm: bool
    easier: str
    harder_than: str
    kept_awake: bool
    by_plan: bool


def deciding_reason(grounds: Grounds) -> tuple[str, str]:
    """The code of the rule that decides, and its sentence."""
    rule, change = next(_reasons(grounds))
    return rule, wording.WHY[rule](**_values(grounds, change))


def _reasons(g: Grounds) -> Iterator[tuple[str, RuleChange | None]]:
    """What holds of an item, what matters most first."""
    state, rule = g.state, g.now.rule
    instead = {"easy": "day.easy", "stopped": "stop", "away": "away.ask", "late": "plan.late"}
    if g.mode in instead:
        yield instead[g.mode], state.stopped
    if g.daily_calm:
        yield "calm.daily", None
    if g.halved:
        yield "dose.sore", None
    if rule in ("phase.reset", "phase.return", "phase.held", "phase.unanswered"):
        yield rule, None
    if g.easier:
        yield g.easier, None
    yield from _dose_reasons(g)
    if state.passed == g.now.phase != "activate" and g.day - g.now.since <= NEW_FOR:
        yield "phase.opened", None
    if g.by_plan:
        yield "dose.plan", None
    if not g.guided:
        yield "dose.fixed", None
    yield from _how_it_moved(g)
    yield ("wake.kept" if g.kept_awake else rule), None


def _how_it_moved(g: Grounds) -> Iterator[tuple[str, RuleChange | None]]:
    """That a dose stays as it is after a good day, or only that it is another than the last time."""
    last = g.state.last_judged
    if last and last.outcome == "green" and g.change == "same":
        yield "dose.same", RuleChange(rule="dose.same", day=last.day, after=last)
    if g.change in MOVED and g.mode == "phase":
        yield MOVED[g.change], None


def _dose_reasons(g: Grounds) -> Iterator[tuple[str, RuleChange | None]]:
    """What was changed last, or kept, in answer to a judged day."""
    if g.harder_than and g.change == "new":
        yield "dose.harder", None
    state = g.state
    less = g.change != "up"
    if g.gap is not None and g.gap >= FEWER_AFTER and g.guided and (less or not g.cut):
        yield ("dose.away" if g.cut else "phase.away"), None
    last, changed, stepped = state.last_judged, state.changed, state.stepped.get(g.exercise)
    latest = min(last.day if last else g.day, g.dealt_on)
    fresh = changed is not None and (changed.day >= latest or (g.cut and changed.rule != "dose.restored"))
    if changed and fresh and (changed.rule == "phase.back" or less is (changed.rule != "dose.restored")):
        yield changed.rule, changed
    if g.cut and state.needled_cut and less:
        yield "dose.needled", None
    if stepped and g.step and stepped.day >= latest and g.change in ("up", "weight"):
        yield "dose.step", stepped
    if last and last.outcome == "amber" and g.change == "same":
        yield "dose.kept", RuleChange(rule="dose.kept", day=last.day, after=last)


def cause_sentence(judged: Judgement, today: date) -> str:
    """What a judged day says, to stand inside a sentence."""
    return wording.CAUSES[judged.rule](**_numbers(judged, today)) if judged.rule in wording.CAUSES else ""


def _numbers(judged: Judgement, today: date) -> dict[str, object]:
    return {
        "day": day_in_words(judged.day, today),
        "next_morning": morning_in_words(judged.day + timedelta(days=1), today),
        "during": judged.during,
        "morning": judged.morning,
        "baseline": "" if judged.baseline is None else number_in_words(judged.baseline),
        "limit": judged.limit,
        "line": judged.line,
    }


def _values(g: Grounds, change: RuleChange | None) -> dict[str, object]:
    state = g.state
    return {
        "muscle": g.muscle,
        "dose": g.dose,
        "head": wording.HEADS[g.change].format(dose=g.dose),
        "easier": g.harder_than,
        "phase": g.now.phase.capitalize(),
        "number": g.now.day,
        "gap": g.gap if g.gap is not None else (g.day - state.begun).days,
        "pain": g.pain,
        "limit": g.limit,
        "score": state.sore,
        "step": wording.STEPS[g.step] if g.step else "",
        "rated": day_in_words(state.sore_on or g.day, g.day),
        "needled": day_in_words(g.now.needled_at.date(), g.day),
        "since": day_in_words(g.now.since, g.day),
        "ended": day_in_words(g.plan_ended, g.day),
        **(_change_values(change, g.day) if change else {}),
    }


def _change_values(change: RuleChange, today: date) -> dict[str, object]:
    values: dict[str, object] = {name: number_in_words(value) for name, value in change.values.items()}
    if change.after:
        values |= _numbers(change.after, today) | {"cause": cause_sentence(change.after, today)}
    return values | {"day": day_in_words(change.day, today)}
