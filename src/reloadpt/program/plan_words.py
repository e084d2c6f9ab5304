"""A whole plan in plain words, for whoever prescribes it and whoever looks it over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from reloadpt import wording
from reloadpt.files import Trouble, shorten
from reloadpt.program.exercise_words import dose_in_words
from reloadpt.program.library import Library
from reloadpt.program.other_muscles import OTHER_MUSCLES
from reloadpt.program.plan import AlsoNeedled, DoseOverride, Limits, Plan, Target
from reloadpt.program.programme import PHASES, Dose
from reloadpt.program.signing import signing_in_words

SAID = 300


def overridden_dose(dose: Dose, change: DoseOverride | None) -> Dose:
    """The programme's dose with what the plan changes in it."""
    if change is None:
        return dose
    tempo = change.tempo or (None if change.hold_s else dose.tempo)
    return replace(
        dose,
        sets=change.sets or dose.sets,
        reps=change.reps or dose.reps,
        hold_s=0 if tempo else change.hold_s or dose.hold_s,
        tempo=tempo,
        rest_s=dose.rest_s if change.rest_s is None else change.rest_s,
        often=change.often or dose.often,
    )


def screening_in_words(plan: Plan) -> list[str]:
    """What holds, what follows from it and who takes it on; then what was left open."""
    lines = []
    for screening, effect in plan.answered_yes:
        told = wording.SCREENED[effect](item=_plain(wording.condition(screening.item)))
        if screening.override:
            reason, by = _plain(screening.override.reason), _plain(screening.override.by)
            told = wording.OVERRIDDEN(told=told, reason=reason, by=by)
        lines.append(told)
    if open_items := (*plan.unanswered, *plan.unanswered_for_exercises):
        lines.append(wording.UNANSWERED(items="; ".join(map(wording.condition, open_items))))
    if plan.unanswered_for_exercises:
        lines.append(wording.UNANSWERED_BARS())
    return lines


def contact_in_words(plan: Plan) -> list[str]:
    """What whoever prescribes a plan should know of whom it lets the patient call."""
    contact = plan.contact
    lines = []
    if not (plan.self_made or contact.phone or contact.out_of_hours):
        lines.append(wording.NO_CLINIC_NUMBER(emergency=_emergency(plan)))
    if not contact.emergency:
        lines.append(wording.NO_EMERGENCY_NUMBER())
    return lines


def plan_in_words(plan: Plan, library: Library) -> list[str]:
    """The whole plan, line by line; text of anyone's making is shown on one line without control signs."""
    maker = _plain(plan.made_by) if plan.made_by else "yourself, without a therapist"
    lines = [f"Plan for {_plain(plan.patient)}, made by {maker} on {plan.made_at:%d %B %Y}"]
    if plan.complaint:
        start = "" if plan.start_pain is None else f", pain {plan.start_pain} of 10 at the start"
        lines.append(f"For {_plain(plan.complaint)}{start}")
    lines += [f"  {_target(target, library)}" for target in plan.targets]
    lines += [f"  {_also(needled)}" for needled in plan.also_needled]
    lines += [f"  {_dose(change, plan, library)}" for change in plan.doses]
    for words, what in (
        (plan.demanding, "Demanding exercises turned on"),
        (plan.cleared, "Cleared"),
        (plan.cannot, "Cannot"),
        (plan.has, "Has at home"),
        (plan.known_symptoms, "Known already"),
        (plan.activities, "Matters to the patient"),
    ):
        if words:
            lines.append(f"{what}: {', '.join(map(_plain, words))}")
    limits = _limits(plan.limits)
    lines.append(
        f"At most {plan.most_exercises} exercises a session"
        + (f"; pain at most {limits}" if limits else "")
        + (f"; no pain limit: {_plain(plan.no_limit)}" if plan.no_limit else "")
        + ("; doses stay as they are" if plan.progression == "fixed" else "")
    )
    if plan.baby_due:
        lines.append(f"Child due {_day(plan.baby_due)}")
    if plan.ends:
        lines.append(f"Ends {_moment(plan.ends)}")
    contact = plan.contact
    called = [part for part in (contact.clinic, contact.phone) if part]
    if contact.out_of_hours:
        called.append(f"out of hours {contact.out_of_hours}")
    lines.append(f"Call: {', '.join([*map(_plain, called), f'emergency: {_emergency(plan)}'])}")
    lines += contact_in_words(plan)
    if plan.next_visit:
        lines.append(f"Next visit {_moment(plan.next_visit)}")
    if plan.share_key:
        lines.append(f"Reports are sealed to {_plain(plan.share_key)}")
    if plan.note:
        lines.append(_plain(plan.note))
    return [*lines, *screening_in_words(plan), *signing_in_words(plan, lambda muscle: _name(muscle, library))]


def _emergency(plan: Plan) -> str:
    number = plan.contact.emergency
    return _plain(number) if number else wording.EMERGENCY_OF_COUNTRY()


def _also(needled: AlsoNeedled) -> str:
    other = OTHER_MUSCLES.get(needled.muscle)
    name = other.label if other else needled.muscle
    side = "" if needled.side == "both" else f", {needled.side}"
    stim = "with e-stim, " if needled.stim else ""
    return f"{name}{side}: no exercises, {stim}needled {needled.needled_at:%d %B %H:%M}"


def _name(muscle: str, library: Library) -> str:
    try:
        return library.programme(muscle).short_name
    except Trouble:
        return muscle


def _target(target: Target, library: Library) -> str:
    name = _name(target.muscle, library)
    side = "" if target.side == "both" else f", {target.side}"
    limits = _limits(target.limits)
    parts = [
        f"{name}{side}: {target.intent or 'as usual'}",
        "with e-stim" if target.stim else "",
        f"needled {target.needled_at:%d %B %H:%M}",
        "activate from 12 h" if target.early else "",
        f"no further than {target.ceiling}" if target.ceiling else "",
        f"pain at most {limits}" if limits else "",
    ]
    return ", ".join(filter(None, parts))


def _dose(change: DoseOverride, plan: Plan, library: Library) -> str:
    own = {exercise.id: exercise for exercise in plan.exercises}
    try:
        exercise = own.get(change.exercise) or library.exercise(change.exercise)
    except Trouble:
        return f"{change.exercise}: changed"
    if change.omit:
        return f"{_plain(exercise.name)}: left out"
    parts = [dose_in_words(replace(exercise, dose=overridden_dose(exercise.dose, change)))]
    if change.load_kg is not None:
        parts.append(f"{change.load_kg:g} kg")
    if change.resistance:
        parts.append(_plain(change.resistance))
    if change.from_phase:
        parts.append(f"from {change.from_phase}")
    return f"{_plain(exercise.name)}: {', '.join(parts)}"


def _limits(limits: Limits) -> str:
    given = [(phase, getattr(limits, phase)) for phase in PHASES]
    return ", ".join(f"{most} in {phase}" for phase, most in given if most is not None)


def _day(day: date) -> str:
    return f"{day:%d %B %Y}"


def _moment(moment: datetime) -> str:
    return _day(moment) if (moment.hour, moment.minute) == (0, 0) else f"{moment:%d %B %Y, %H:%M}"


def _plain(text: str) -> str:
    return shorten(text, SAID)
