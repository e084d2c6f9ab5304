"""Which phase a muscle is in: time opens a phase, response passes it, time away takes it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from reloadpt import wording
from reloadpt.care.in_words import day_in_words, listed
from reloadpt.care.muscle_state import MuscleState, RuleChange
from reloadpt.care.thresholds import PROPOSED
from reloadpt.phrases import moment_phrase
from reloadpt.program.plan import Target
from reloadpt.program.programme import PHASES, Phase

RESET_LASTS = timedelta(hours=PROPOSED.reset_hours)
RESET_LASTS_EARLY = timedelta(hours=PROPOSED.reset_early_hours)
"""Where the plan says ``early``, and the muscle is not too sore."""
OPENS_AFTER: dict[Phase, timedelta] = {
    "reset": timedelta(0),
    "activate": RESET_LASTS_EARLY,
    "reload": timedelta(hours=PROPOSED.reload_opens_hours),
    "perform": timedelta(days=PROPOSED.perform_opens_days),
}
"""Earliest times after the first needling of a run of plans; reset itself lasts for ``rest_lasts``."""
SORE_ABOVE = PROPOSED.sore_above
"""Soreness above it holds the next phase and halves the dose."""
SORE_FOR_RELOAD = PROPOSED.sore_for_reload
GREENS_TO_OPEN = PROPOSED.greens_to_open
WEEK = timedelta(days=7)
FLARE_WEEK = timedelta(days=PROPOSED.flare_week_days)
"""After a flare perform stays closed for so long."""
WEEKS_TO_PERFORM = PROPOSED.weeks_to_perform
JUDGED_A_WEEK = PROPOSED.judged_a_week
FEWER_AFTER, BACK_AFTER = PROPOSED.fewer_after_days, PROPOSED.back_after_days
ACTIVATE_AFTER, ASK_AFTER = PROPOSED.activate_after_days, PROPOSED.ask_after_days
"""Days since a muscle was last done: from here one set fewer; one phase back; activate; ask first."""


class CurrentPhase(msgspec.Struct, frozen=True):
    """The phase of one target, the day after its latest needling (0: the day of it), and the rule behind it.

    ``since`` is the first day of the phase; ``why`` says what opens the next one.
    """

    phase: Phase
    day: int
    rule: str
    needled_at: datetime
    since: date = date.min
    why: str = ""


def rest_lasts(state: MuscleState, target: Target) -> timedelta:
    """How long reset lasts after a needling."""
    early = target.early and (state.sore is None or state.sore <= SORE_ABOVE)
    return RESET_LASTS_EARLY if early else RESET_LASTS


def phase_at(state: MuscleState, target: Target, at: datetime, *, self_made: bool) -> tuple[Phase, str]:
    """The phase of a muscle at ``at``, and the rule that decides it."""
    if at - state.needled_at < rest_lasts(state, target):
        return "reset", "phase.reset"
    if state.returning:
        return "reset", "phase.return"
    if is_held(state):
        return _lower_phase("activate", target.ceiling), "phase.held"
    if state.sore is None and needled_again(state):
        return _lower_phase("activate", target.ceiling), "phase.unanswered"
    ceiling = _lower_phase(target.ceiling or "perform", "activate" if self_made else None)
    if PHASES.index(ceiling) <= PHASES.index(state.passed):
        found, rule = ceiling, "phase.ceiling"
    else:
        found, rule = state.passed, "phase.time" if state.passed == "activate" else "phase.response"
    if at - state.run_from < OPENS_AFTER[found]:
        open_now = [phase for phase in PHASES if at - state.run_from >= OPENS_AFTER[phase]]
        return open_now[-1], "phase.time"
    return found, rule


def needled_again(state: MuscleState) -> bool:
    """Whether the latest needling is not the first of the run."""
    return state.needled_at - state.run_from > RESET_LASTS


def take_needling(state: MuscleState, needled_at: datetime) -> None:
    """Take in a needling; one within a day of the last is the same occasion."""
    if needled_at <= state.needled_at:
        return
    if needled_at - state.needled_at > RESET_LASTS:
        state.needled_cut = True
        state.restoring = 0
    state.needled_at = needled_at
    state.resumed, state.sore, state.sore_at, state.sore_n = False, None, None, None


def take_soreness(state: MuscleState, target: Target, score: int, at: datetime, n: int) -> None:
    """Take in a rating of soreness by entry ``n``; at most 3 once reset is over lets a muscle go on for good."""
    if at < state.needled_at:
        return
    over = at - state.needled_at >= rest_lasts(state, target)
    state.sore, state.sore_at, state.sore_n = score, at, n
    state.resumed = state.resumed or (over and score <= SORE_ABOVE)


def is_held(state: MuscleState) -> bool:
    """Whether soreness holds a muscle in activate: above 3, and not yet 3 or less since reset was over."""
    return not state.resumed and state.sore is not None and state.sore > SORE_ABOVE


def note_stay(state: MuscleState, day: date) -> None:
    """Note where a muscle stays from ``day`` on: held back by soreness, or in a phase."""
    stay = "sore" if is_held(state) else state.passed
    if state.sore is None and needled_again(state):
        stay = "activate"
    if not state.stays or state.stays[-1][0] != stay:
        first = max(day, state.since) if stay == state.passed else day
        state.stays.append((stay, first))


def gap_of(state: MuscleState, day: date) -> int | None:
    """Days since the muscle was last done; None where it never was."""
    return (day - state.last_done).days if state.last_done else None


def must_ask(state: MuscleState, day: date) -> bool:
    """Whether so much time has gone by that a therapist is asked first."""
    last = state.last_done or max(state.begun, state.needled_at.date())
    return (day - max(last, state.spoke_on or last)).days >= ASK_AFTER


def step_back_for_gap(state: MuscleState, day: date) -> RuleChange | None:
    """Take a muscle back that is done again after a long time; two green days open each phase again."""
    gap = gap_of(state, day)
    if gap is None or gap < BACK_AFTER or state.passed == "activate":
        return None
    one_back = PHASES[PHASES.index(state.passed) - 1]
    to: Phase = "activate" if gap >= ACTIVATE_AFTER else one_back
    return step_back(state, to, RuleChange(rule="phase.away", day=day, values={"gap": gap}))


def step_back(state: MuscleState, to: Phase, change: RuleChange) -> RuleChange:
    """Put a muscle back to an earlier phase."""
    state.passed, state.since, state.greens, state.weeks_from = to, change.day, 0, None
    return change


def take_flare(state: MuscleState, day: date, *, guided: bool, anew: bool) -> RuleChange | None:
    """Take in a day of a flare: the rules take one phase back, once a week.

    ``anew``: the whole week is higher, so that the weeks for perform begin anew on the next day.
    """
    state.flared_on = day
    if anew and state.weeks_from:
        state.weeks_from = day + timedelta(days=1)
    fresh = state.flare_back_on is None or day - state.flare_back_on >= FLARE_WEEK
    if not guided or not fresh or state.stopped or state.passed == "activate":
        return None
    state.flare_back_on = day
    state.changed = RuleChange(rule="phase.flare", day=day)
    weeks_from = state.weeks_from
    step_back(state, PHASES[PHASES.index(state.passed) - 1], state.changed)
    state.weeks_from = weeks_from
    return state.changed


def in_flare(state: MuscleState, day: date) -> bool:
    """Whether ``day`` is one of the week after the last day of a flare, or that day."""
    return state.flared_on is not None and day - state.flared_on <= FLARE_WEEK


def open_next(state: MuscleState, day: date) -> RuleChange | None:
    """Open the next phase at the end of ``day`` where response has passed this one."""
    if state.stopped or state.passed == "perform":
        return None
    following = PHASES[PHASES.index(state.passed) + 1]
    open_before = PHASES.index(following) <= PHASES.index(state.reached)
    if state.passed == "activate" or open_before:
        passed = state.greens >= GREENS_TO_OPEN
    else:
        passed = _two_good_weeks(state, day)
    if state.passed == "activate":
        passed = passed and state.sore is not None and state.sore <= SORE_FOR_RELOAD
    if following == "perform" and in_flare(state, day):
        passed = False
    if not passed:
        return None
    state.passed, state.greens = following, 0
    state.reached = max(state.reached, following, key=PHASES.index)
    opens = (state.run_from + OPENS_AFTER[following]).date()
    state.since = max(day + timedelta(days=1), opens)
    state.weeks_from = state.weeks_from or state.since
    return RuleChange(rule="phase.opened", day=day)


def what_opens_next(
    state: MuscleState, target: Target, phase: Phase, rule: str, at: datetime, *, self_made: bool
) -> str:
    """What the next phase waits for, in one sentence."""
    said = wording.NEXT_PHASE
    if rule == "phase.return":
        return said["return"]()
    if phase == "reset":
        return said["reset"](when=moment_phrase(state.needled_at + rest_lasts(state, target), at))
    if state.stopped:
        return said["stopped"]()
    if rule == "phase.held":
        rated = day_in_words(state.sore_on or at.date(), at.date())
        return said["held"](score=state.sore, day=rated)
    if rule == "phase.unanswered":
        return said["unanswered"](phase=state.passed)
    if phase == "perform":
        return said["last"]()
    if phase == target.ceiling:
        return said["ceiling"](phase=phase)
    if self_made:
        return said["alone"](phase=phase)
    if phase == "reload" and (state.reached == "reload" or in_flare(state, at.date())):
        return said["flare" if in_flare(state, at.date()) else "weeks"]()
    parts = _conditions_open(state, phase, at)
    following = PHASES[PHASES.index(phase) + 1].capitalize()
    return said["greens"](phase=following, parts=listed(parts) if parts else wording.OPENS_WHEN["soon"])


def _conditions_open(state: MuscleState, phase: Phase, at: datetime) -> list[str]:
    when = wording.OPENS_WHEN
    opens = state.run_from + OPENS_AFTER[PHASES[PHASES.index(phase) + 1]]
    parts = [when["time"].format(when=moment_phrase(opens, at))] if at < opens else []
    if state.passed != phase:
        return parts
    left = GREENS_TO_OPEN - state.greens
    if left > 0:
        parts.append(when["greens"].format(greens=left, s="s" * (left > 1)))
    if phase == "activate" and state.sore is None:
        parts.append(when["sore_unknown"])
    elif phase == "activate" and state.sore is not None and state.sore > SORE_FOR_RELOAD:
        parts.append(when["sore"])
    return parts


def _two_good_weeks(state: MuscleState, day: date) -> bool:
    """Two weeks up to ``day`` since reload opened, each with two days judged by answers, none too much.

    One morning that was too much is none: how the mornings go is for the flares to say.
    """
    first = day - WEEKS_TO_PERFORM * WEEK + timedelta(days=1)
    if state.weeks_from is None or state.weeks_from > first:
        return False
    recent = [judgement for judgement in state.judged if judgement.day >= first]
    if any(judgement.outcome == "red" and judgement.rule != "morning_up" for judgement in recent):
        return False
    late_phase = [
        judgement for judgement in recent if judgement.own and judgement.phase in ("reload", "perform")
    ]
    answered = [judgement.day for judgement in late_phase if judgement.answered]
    later = sum(day - answered_on < WEEK for answered_on in answered)
    return later >= JUDGED_A_WEEK and len(answered) - later >= JUDGED_A_WEEK


def _lower_phase(one: Phase, other: Phase | None) -> Phase:
    return min(one, other or one, key=PHASES.index)
