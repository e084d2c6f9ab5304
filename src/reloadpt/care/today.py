"""What is due now, and why: the one answer that every way of meeting a patient shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from reloadpt import wording
from reloadpt.care.aftercare import Aftercare, aftercare
from reloadpt.care.candidates import CurrentTarget
from reloadpt.care.dealing import DayDealt, next_due
from reloadpt.care.due import due_reader, may_be_dealt, paused_until, reckon, rests_on, was_planned
from reloadpt.care.evidence import evidence_of
from reloadpt.care.following import FollowedDays
from reloadpt.care.history import History, Telling
from reloadpt.care.in_words import short_name
from reloadpt.care.muscle_state import Judgement, MuscleStates
from reloadpt.care.phases import CurrentPhase, rest_lasts
from reloadpt.care.questions import CheckInQuestions, check_in_due
from reloadpt.care.rules import Concern, Evidence, concern_of, in_order
from reloadpt.care.safety import SignLock, lock_in_force, with_advice
from reloadpt.care.thresholds import PROPOSED
from reloadpt.journal.events import ConcernTold, Item
from reloadpt.phrases import moment_phrase
from reloadpt.program.fitting import circumstances_of
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan
from reloadpt.program.signing import other_versions, signing_in_words

TOLD_AGAIN_AFTER = timedelta(days=PROPOSED.told_again_days)
"""A cause that has not changed is told again after so long."""


class Today(msgspec.Struct, frozen=True):
    """What is due at one moment. ``phases`` is keyed by muscle, or ``muscle:side`` where the sides differ.

    ``checkin`` says that ``ask`` is to be asked first; then Today is worked out again. ``judgements`` are the
    latest of each target, ``states`` all that the days led to. ``evidence`` is what fires
    the rules; ``concerns`` are what is told of it now, each cause once, and stand first among the ``notes`` too. ``next_at`` is when something is due next, by the clock alone.
    """

    at: datetime
    plan: Plan
    phases: dict[str, CurrentPhase]
    items: tuple[Item, ...]
    locked: SignLock | None
    checkin: bool
    next_at: datetime | None
    notes: tuple[str, ...]
    ask: CheckInQuestions | None
    judgements: dict[str, Judgement]
    evidence: tuple[Evidence, ...]
    concerns: tuple[Concern, ...]
    aftercare: Aftercare | None
    paused_until: date | None
    states: MuscleStates
    suits: bool
    """Whether the plan has anything at all that this person can do in these phases."""


def today_at(plan: Plan, library: Library, history: History, at: datetime) -> Today:
    """Decide what is due at ``at``, an aware time with the patient's own offset."""
    followed = FollowedDays(history)
    reckoned = reckon(plan, library, history, at, followed.states_at(at))
    states, muscles, dealt = reckoned.states, reckoned.muscles, reckoned.dealt
    read = due_reader(plan, library, history, reckoned, at, followed)
    evidence = in_order(evidence_of(history, states, at, read))
    to_say = _concerns(evidence, library, history, at)
    until = paused_until(history, at)
    locked = with_advice(lock_in_force(history.locks, at), plan)
    rests = rests_on(history, at.date())
    barred = bool(locked or plan.blocked_by or rests)
    ask = None if barred else check_in_due(plan, library, history, at, was_planned(read), due=bool(dealt.now))
    notes = [wording.REST_TODAY()] if rests and not locked else []
    notes += [concern.text for concern in to_say]
    notes += [*_notes(plan, library, until, at), *reckoned.dealing.notes]
    told = [wording.addressed(note, alone=plan.self_made) for note in notes]
    return Today(
        at=at,
        plan=plan,
        phases=_keyed(muscles),
        items=() if barred else dealt.now,
        locked=locked,
        checkin=ask is not None,
        next_at=None if barred else _next_at(muscles, dealt, at),
        notes=tuple(dict.fromkeys(told)),
        ask=ask,
        judgements={state.key: state.last_judged for state in states.muscles.values() if state.last_judged},
        evidence=evidence,
        concerns=tuple(
            msgspec.structs.replace(concern, text=wording.addressed(concern.text, alone=plan.self_made))
            for concern in to_say
        ),
        aftercare=aftercare(plan, library, history, at, exercises=bool(plan.targets) and not barred),
        paused_until=until,
        states=states,
        suits=barred or not plan.targets or bool(until or dealt.could_be),
    )


def nothing_due_sentence(due: Today) -> str:
    """What is said where nothing is dealt now: when there is next, or that nothing suits this person and whom to call."""
    if not due.suits:
        contact = due.plan.contact
        if due.plan.self_made:
            return wording.NOTHING_SUITS_ALONE()
        return wording.NOTHING_SUITS(call=contact.phone or contact.clinic or wording.YOUR_THERAPIST())
    return (
        f"Nothing is due now. Next: {moment_phrase(due.next_at, due.at)}."
        if due.next_at
        else "Nothing is due now."
    )


def concerns_told(plan: Plan, library: Library, history: History, at: datetime) -> list[ConcernTold]:
    """The causes that Today tells at ``at`` and that are not written down as told on this day."""
    due = today_at(plan, library, history, at)
    if due.locked:
        return []
    told = {cause for cause, telling in history.told.items() if telling.day == at.date()}
    return [ConcernTold(cause=concern.cause) for concern in due.concerns if concern.cause not in told]


def is_quiet(telling: Telling | None, today: date) -> bool:
    """Whether a cause was told already: on an earlier day of the last seven, or the therapist knows since."""
    if telling is None or telling.day > today or today - telling.day >= TOLD_AGAIN_AFTER:
        return False
    return telling.known or telling.day < today


def _concerns(
    found: Iterable[Evidence], library: Library, history: History, at: datetime
) -> tuple[Concern, ...]:
    """What is told of the evidence now: each cause once, again when it changed or after seven days."""
    told = (
        concern_of(evidence, at.date(), lambda muscle: short_name(library.programme(muscle)))
        for evidence in found
    )
    day = at.date()
    return tuple(
        concern for concern in told if concern and not is_quiet(history.told.get(concern.cause), day)
    )


def _next_at(muscles: Sequence[CurrentTarget], dealt: DayDealt, at: datetime) -> datetime | None:
    """When something is due next: an exercise, or the first of activate once reset is over."""
    opens = [
        muscle.now.needled_at + rest_lasts(muscle.state, muscle.target)
        for muscle in muscles
        if muscle.now.phase == "reset"
    ]
    times = [moment.astimezone(at.tzinfo) for moment in opens if moment > at]
    due = next_due(dealt, at)
    return min([*times, *([due] if due else [])], default=None)


def _keyed(muscles: Sequence[CurrentTarget]) -> dict[str, CurrentPhase]:
    by_muscle: dict[str, dict[str, CurrentPhase]] = {}
    for muscle in muscles:
        by_muscle.setdefault(muscle.target.muscle, {})[muscle.target.side] = muscle.now
    keyed = {}
    for name, sides in by_muscle.items():
        if len({now.phase for now in sides.values()}) == 1:
            keyed[name] = next(iter(sides.values()))
        else:
            keyed |= {f"{name}:{side}": now for side, now in sides.items()}
    return keyed


def _notes(plan: Plan, library: Library, paused_until: date | None, at: datetime) -> list[str]:
    """What is said beside the items."""
    notes = [] if plan.targets else [wording.NO_EXERCISES_AT_ALL()]
    if plan.blocked_by:
        notes.append(wording.screening_stop(plan.blocked_by))
    if paused_until:
        notes.append(wording.PAUSED(day=f"{paused_until:%A} {paused_until.day} {paused_until:%B}"))
    if plan.self_made:
        notes.append(wording.ALONE())
        notes += [
            wording.ALONE_NOT_THESE(muscle=library.programme(target.muscle).name)
            for target in plan.targets
            if not may_be_dealt(plan, target, library)
        ]
    person = circumstances_of(plan, at.date())
    if person.breathing_only:
        held = "; ".join(wording.condition(item) for item in person.breathing_only)
        notes.append(wording.ALONE_BREATHING(items=held))
    open_items = [*plan.unanswered, *plan.unanswered_for_exercises]
    if open_items:
        items = "; ".join(map(wording.condition, open_items))
        notes.append(f"{wording.UNANSWERED(items=items)} {wording.ANSWER_HERE()}")
    signing = signing_in_words(plan, lambda muscle: library.programme(muscle).short_name)
    return [*notes, *other_versions(plan, library), *signing]
