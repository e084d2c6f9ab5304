"""Away or ill, and back again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import msgspec

from reloadpt import wording
from reloadpt.care.doses import WEIGHED
from reloadpt.dialogue.asks import Ask, Choice, Head, Saying, go_through, options_of
from reloadpt.dialogue.at_hand import ask_weights, ask_what_is_there
from reloadpt.dialogue.elsewhere import of_head, write_down
from reloadpt.dialogue.moments import ask_days
from reloadpt.dialogue.respondent import Respondent
from reloadpt.journal.events import AtHand, Note, Paused
from reloadpt.phrases import date_phrase

MOVING = "moving"
EQUIPMENT_OF_HOMES = ("band", "dumbbell", "kettlebell", "backpack", "ball", "step", "stick", "foam-roller")
"""What may be there to exercise with, away from home; a chair, a wall, a towel and a pillow are anywhere."""
SOON_AFTER = timedelta(days=7)


async def away(patient: Respondent, head: Head) -> None:
    """Ask what is coming and until when, and write down that nothing is planned then."""
    lines = await go_through(head, partial(_away, patient))
    if lines:
        await head.ask(Saying(lines[0], tuple(lines[1:])), None)


async def _away(patient: Respondent, ask: Ask) -> list[str]:
    reasons = {reason: sentence() for reason, sentence in wording.AWAY_REASONS.items()}
    reason = await ask(Choice(wording.ASK_AWAY(), options=options_of(*reasons.items())))
    first, last = await ask_days(ask, patient.wall())
    days = {"first": date_phrase(first), "last": date_phrase(last)}
    if reason == MOVING:
        there = await ask_what_is_there(ask, wording.ASK_THERE(), EQUIPMENT_OF_HOMES)
        weights = await ask_weights(ask, patient.weights()) if WEIGHED & {*there} else None
        told = AtHand(has=there, weights_kg=weights, from_=first.isoformat(), to=last.isoformat())
        with_what = f"with: {', '.join(there) or 'nothing'}"
        note = Note(text=f"{reasons[reason]}, {days['first']} to {days['last']}, {with_what}")
        await write_down(patient, ask, told, note)
        return [wording.MOVING_NOTED(**days), *_plan_ends(patient, last)]
    await write_down(
        patient, ask, Paused(from_=first.isoformat(), to=last.isoformat(), reason=reasons[reason])
    )
    return [wording.PAUSE_NOTED(**days), *_plan_ends(patient, last)]


def _plan_ends(patient: Respondent, last: date) -> list[str]:
    """When the plan ends, and with whom to speak now, where it ends before somebody is back, or soon after."""
    ends = patient.plan.over_at.astimezone(patient.wall().tzinfo).date()
    if ends > last + SOON_AFTER:
        return [wording.PLAN_ENDS(day=date_phrase(ends))]
    return [wording.PLAN_ENDS_MEANWHILE(day=date_phrase(ends))]


def pauses_now(patient: Respondent) -> list[Paused]:
    """The pauses that today is in."""
    today = patient.wall().date().isoformat()
    return [pause for pause in patient.record.history.pauses if pause.from_ <= today <= pause.to]


async def back_again(patient: Respondent, head: Head) -> None:
    """End each pause that today is in with the day before; of a pause told anew the last telling counts."""
    pauses = pauses_now(patient)
    yesterday = (patient.wall().date() - timedelta(days=1)).isoformat()
    if pauses:
        await write_down(
            patient, of_head(head), *(msgspec.structs.replace(pause, to=yesterday) for pause in pauses)
        )
        await head.ask(Saying(wording.BACK_NOTED(), brief=True), None)
