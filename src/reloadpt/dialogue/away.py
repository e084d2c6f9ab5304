"""Away or ill, and back again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import msgspec

from reloadpt import wording
from reloadpt.dialogue.asks import Ask, Choice, Head, Marks, Option, Saying, go_through, options_of
from reloadpt.dialogue.moments import ask_days
from reloadpt.dialogue.respondent import Respondent
from reloadpt.journal.events import Note, Paused
from reloadpt.phrases import date_phrase

MOVING = "moving"
THERE = ("chair", "wall", "towel", "pillow", "band", "ball", "dumbbell", "step")
"""What may be there to exercise with, away from home."""


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
        options = (Option(thing, thing.capitalize()) for thing in THERE)
        there = await ask(Marks(wording.ASK_THERE(), options=tuple(options), none="Nothing of these"))
        told = f"{reasons[reason]}, {days['first']} to {days['last']}, with: {', '.join(there) or 'nothing'}"
        patient.write(Note(text=told))
        return [wording.MOVING_NOTED()]
    patient.write(Paused(from_=first.isoformat(), to=last.isoformat(), reason=reasons[reason]))
    lines = [wording.PAUSE_NOTED(**days)]
    ends = patient.plan.ends
    if ends and ends.date() <= last:
        lines.append(wording.PLAN_ENDS_MEANWHILE(day=date_phrase(ends.date())))
    return lines


def pauses_now(patient: Respondent) -> list[Paused]:
    """The pauses that today is in."""
    today = patient.wall().date().isoformat()
    return [pause for pause in patient.record.history.pauses if pause.from_ <= today <= pause.to]


async def back_again(patient: Respondent, head: Head) -> None:
    """End each pause that today is in with the day before; of a pause told anew the last telling counts."""
    pauses = pauses_now(patient)
    yesterday = (patient.wall().date() - timedelta(days=1)).isoformat()
    if pauses:
        patient.write(*(msgspec.structs.replace(pause, to=yesterday) for pause in pauses))
        await head.ask(Saying(wording.BACK_NOTED(), brief=True), None)
