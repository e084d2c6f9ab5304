"""Which phase a muscle is in: time opens a phase, response passes it, time away takes it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from reloadpt import wording
from reloadpt.care.standing import Change, Standing
from reloadpt.care.terms import TargetTerms
from reloadpt.care.told import day_in_words, listed, time_in_words
from reloadpt.program.programme import PHASES, Phase

RESET_LASTS = timedelta(hours=24)
RESET_LASTS_EARLY = timedelta(hours=12)
"""Where the plan says ``early``, and the muscle is not too sore."""
OPENS_AFTER: dict[Phase, timedelta] = {
    "reset": timedelta(0),
    "activate": RESET_LASTS_EARLY,
    "reload": timedelta(hours=96),
    "perform": timedelta(days=14),
}
"""Earliest times after the first needling of a run of plans; reset itself lasts for ``rest_lasts``."""
SORE_ABOVE = 3
"""Soreness above it holds the next phase and halves the dose."""
SORE_FOR_RELOAD = 2
GREENS_TO_OPEN = 2
WEEK = timedelta(days=7)
WEEKS_TO_PERFORM = 2
JUDGED_A_WEEK = 2
HELD_AFTER: dict[Phase, int] = {"reset": 4, "activate": 10, "reload": 28}
"""Days in a phase after which it is too long."""
FEWER_AFTER, BACK_AFTER, ACTIVATE_AFTER, ASK_AFTER = 4, 8, 15, 29
"""Days since a muscle was last done: from here one set fewer; one phase back; activate; ask first."""


class PhaseNow(msgspec.Struct, frozen=True):
    """The phase of one target, the day after its latest needling (0: the day of it), and the rule behind it.

    ``since`` is the first day of the phase; ``why`` says what opens the next one.
    """

    phase: Phase
    day: int
    rule: str
    needled_at: datetime
    since: date = date.min
    why: str = ""


def rest_lasts(standing: Standing, target: TargetTerms) -> timedelta:
    """How long reset lasts after a needling."""
    early = target.early and (standing.sore is None or standing.sore <= SORE_ABOVE)
    return RESET_LASTS_EARLY if early else RESET_LASTS


def phase_at(standing: Standing, target: TargetTerms, at: datetime, *, self_made: bool) -> tuple[Phase, str]:
    """The phase of a muscle at ``at``, and the rule that decides it."""
    if at - standing.needled_at < rest_lasts(standing, target):
        return "reset", "phase.reset"
    if is_held(standing):
        return _lower("activate", target.ceiling), "phase.held"
    if standing.sore is None and needled_again(standing):
        return _lower("activate", target.ceiling), "phase.unanswered"
    ceiling = _lower(target.ceiling or "perform", "activate" if self_made else None)
    if PHASES.index(ceiling) <= PHASES.index(standing.passed):
        found, rule = ceiling, "phase.ceiling"
    else:
        found, rule = standing.passed, "phase.time" if standing.passed == "activate" else "phase.response"
    if at - standing.run_from < OPENS_AFTER[found]:
        open_now = [phase for phase in PHASES if at - standing.run_from >= OPENS_AFTER[phase]]
        return open_now[-1], "phase.time"
    return found, rule


def needled_again(standing: Standing) -> bool:
    """Whether the latest needling is not the first of the run."""
    return standing.needled_at - standing.run_from > RESET_LASTS


def needle(standing: Standing, needled_at: datetime) -> None:
    """Take in a needling; one within a day of the last is the same occasion."""
    if needled_at <= standing.needled_at:
        return
    if needled_at - standing.needled_at > RESET_LASTS:
        standing.needled_cut = True
        standing.restoring = 0
    standing.needled_at = needled_at
    standing.resumed, standing.sore, standing.sore_on = False, None, None


def feel_soreness(standing: Standing, target: TargetTerms, score: int, at: datetime) -> None:
    """Take in a rating of soreness; at most 3 once reset is over lets a muscle go on for good."""
    if at < standing.needled_at:
        return
    over = at - standing.needled_at >= rest_lasts(standing, target)
    standing.sore, standing.sore_on = score, at.date()
    standing.resumed = standing.resumed or (over and score <= SORE_ABOVE)


def is_held(standing: Standing) -> bool:
    """Whether soreness holds a muscle in activate: above 3, and not yet 3 or less since reset was over."""
    return not standing.resumed and standing.sore is not None and standing.sore > SORE_ABOVE


def gap_of(standing: Standing, day: date) -> int | None:
    """Days since the muscle was last done; None where it never was."""
    return (day - standing.last_done).days if standing.last_done else None


def must_ask(standing: Standing, day: date) -> bool:
    """Whether so much time has gone by that a therapist is asked first."""
    last = standing.last_done or max(standing.begun, standing.needled_at.date())
    return (day - max(last, standing.spoke_on or last)).days >= ASK_AFTER


def step_back_for_gap(standing: Standing, day: date) -> Change | None:
    """Take a muscle back that is done again after a long time; two green days open each phase again."""
    gap = gap_of(standing, day)
    if gap is None or gap < BACK_AFTER or standing.passed == "activate":
        return None
    one_back = PHASES[PHASES.index(standing.passed) - 1]
    to: Phase = "activate" if gap >= ACTIVATE_AFTER else one_back
    return step_back(standing, to, Change(rule="phase.away", day=day, values={"gap": gap}))


def step_back(standing: Standing, to: Phase, change: Change) -> Change:
    """Put a muscle back to an earlier phase."""
    standing.passed, standing.since, standing.greens = to, change.day, 0
    return change


def open_next(standing: Standing, day: date) -> Change | None:
    """Open the next phase at the end of ``day`` where response has passed this one."""
    if standing.stopped or standing.passed == "perform":
        return None
    following = PHASES[PHASES.index(standing.passed) + 1]
    open_before = PHASES.index(following) <= PHASES.index(standing.reached)
    if standing.passed == "activate" or open_before:
        passed = standing.greens >= GREENS_TO_OPEN
    else:
        passed = _two_good_weeks(standing, day)
    if standing.passed == "activate":
        passed = passed and standing.sore is not None and standing.sore <= SORE_FOR_RELOAD
    if not passed:
        return None
    standing.passed, standing.greens = following, 0
    standing.reached = max(standing.reached, following, key=PHASES.index)
    opens = (standing.run_from + OPENS_AFTER[following]).date()
    standing.since = max(day + timedelta(days=1), opens)
    return Change(rule="phase.opened", day=day)


def held_too_long(standing: Standing, phase: Phase, at: datetime) -> tuple[Phase, int] | None:
    """The phase that a muscle has been in for too long, and for how many days."""
    since, held = standing.since, phase
    if is_held(standing):
        since, held = standing.needled_at.astimezone(at.tzinfo).date(), "reset"
    days = (at.date() - since).days
    return (held, days) if held in HELD_AFTER and days >= HELD_AFTER[held] else None


def what_opens_next(
    standing: Standing, target: TargetTerms, phase: Phase, rule: str, at: datetime, *, self_made: bool
) -> str:
    """What the next phase waits for, in one sentence."""
    said = wording.NEXT_PHASE
    if phase == "reset":
        return said["reset"](when=time_in_words(standing.needled_at + rest_lasts(standing, target), at))
    if standing.stopped:
        return said["stopped"]()
    if rule == "phase.held":
        rated = day_in_words(standing.sore_on or at.date(), at.date())
        return said["held"](score=standing.sore, day=rated)
    if rule == "phase.unanswered":
        return said["unanswered"](phase=standing.passed)
    if phase == "perform":
        return said["last"]()
    if phase == target.ceiling:
        return said["ceiling"](phase=phase)
    if self_made:
        return said["alone"](phase=phase)
    if phase == "reload" and standing.reached == "reload":
        return said["weeks"]()
    parts = _waits_for(standing, phase, at)
    following = PHASES[PHASES.index(phase) + 1].capitalize()
    return said["greens"](phase=following, parts=listed(parts) if parts else wording.OPENS_WHEN["soon"])


def _waits_for(standing: Standing, phase: Phase, at: datetime) -> list[str]:
    when = wording.OPENS_WHEN
    opens = standing.run_from + OPENS_AFTER[PHASES[PHASES.index(phase) + 1]]
    parts = [when["time"].format(when=time_in_words(opens, at))] if at < opens else []
    if standing.passed != phase:
        return parts
    left = GREENS_TO_OPEN - standing.greens
    if left > 0:
        parts.append(when["greens"].format(greens=left, s="s" * (left > 1)))
    if phase == "activate" and standing.sore is None:
        parts.append(when["sore_unknown"])
    elif phase == "activate" and standing.sore is not None and standing.sore > SORE_FOR_RELOAD:
        parts.append(when["sore"])
    return parts


def _two_good_weeks(standing: Standing, day: date) -> bool:
    """Two weeks in reload up to ``day``, each with two days judged by answers, and none that was too much."""
    first = day - WEEKS_TO_PERFORM * WEEK + timedelta(days=1)
    if standing.since > first:
        return False
    recent = [each for each in standing.judged if each.day >= first and each.phase in ("reload", "perform")]
    if any(each.outcome == "red" for each in standing.judged if each.day >= first):
        return False
    answered = [each.day for each in recent if each.answered]
    later = sum(day - each < WEEK for each in answered)
    return later >= JUDGED_A_WEEK and len(answered) - later >= JUDGED_A_WEEK


def _lower(one: Phase, other: Phase | None) -> Phase:
    return min(one, other or one, key=PHASES.index)
