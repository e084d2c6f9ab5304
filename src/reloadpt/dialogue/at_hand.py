"""What is there to exercise with, at home or away: asked when an exercise first needs it, and told at any time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from reloadpt import wording
from reloadpt.care.at_hand import ToAskAtHand, equipment_of, exercises_of_plan, to_ask_at_hand
from reloadpt.care.doses import WEIGHED
from reloadpt.dialogue.asks import Ask, Head, Marks, Option, Saying, Words, go_through
from reloadpt.dialogue.elsewhere import of_head, write_down
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Trouble, clip
from reloadpt.journal.events import AtHand
from reloadpt.phrases import KG_PER_LB
from reloadpt.settings import WeightUnit

HEAVIEST_KG = 200.0
MOST_WEIGHTS = 20
NOT_KNOWN = "not known"


async def ask_when_needed(patient: Respondent, head: Head) -> None:
    """Before a session: where an exercise needs what nobody asked about yet, ask once what is there."""
    due = patient.today()
    if due is None or due.locked or not due.items:
        return
    to_ask = to_ask_at_hand(due.plan, patient.library, patient.record.history, due.items, patient.wall())
    if to_ask:
        told = await go_through(head, partial(_ask, patient, to_ask, (wording.AT_HOME_WHY(),)))
        await write_down(patient, of_head(head), told or AtHand())


async def tell_at_hand(patient: Respondent, head: Head) -> None:
    """Tell what is at home, anew."""
    equipment = equipment_of(exercises_of_plan(patient.plan, patient.library))
    told = await go_through(head, partial(_ask, patient, ToAskAtHand(equipment, weights=True), ()))
    if told:
        await write_down(patient, of_head(head), told)
        await head.ask(Saying(wording.AT_HAND_NOTED(), brief=True), None)


async def _ask(patient: Respondent, to_ask: ToAskAtHand, says: tuple[str, ...], ask: Ask) -> AtHand:
    has: tuple[str, ...] | None = None
    if to_ask.equipment:
        has = await ask_what_is_there(ask, wording.ASK_AT_HOME(), to_ask.equipment, says)
    weighed = has is None or bool(WEIGHED & {*has})
    weights = await ask_weights(ask, patient.weights()) if to_ask.weights and weighed else None
    return AtHand(has=has, weights_kg=weights)


async def ask_what_is_there(
    ask: Ask, question: str, equipment: Sequence[str], says: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Ask which of some equipment is there."""
    options = tuple(Option(thing, thing.replace("-", " ").capitalize()) for thing in equipment)
    return await ask(Marks(question, says, options=options, none=wording.NOTHING_THERE()))


async def ask_weights(ask: Ask, unit: WeightUnit) -> tuple[float, ...] | None:
    """Ask for the weights that are there, in kilograms, lightest first; none is an answer, None: not known."""
    says = (wording.WEIGHTS_HOW(), wording.NO_WEIGHTS())
    unit_words = "pounds" if unit == "lb" else "kilograms"
    told = await ask(
        Words(
            wording.ASK_WEIGHTS(unit=unit_words),
            says,
            read=partial(read_weights, unit=unit),
            named="the weights",
        )
    )
    return told if isinstance(told, tuple) else None


def read_weights(text: str, unit: WeightUnit) -> tuple[float, ...] | str:
    """Read ``1, 2 and 4``, ``2.5 kg 5 lb``: in kilograms, lightest first; ``not known`` as it is.

    Raises:
        Trouble: it holds no number, or one that is no weight to exercise with.
    """
    if text.strip().casefold() == NOT_KNOWN:
        return NOT_KNOWN
    if len(re.findall(r"\d,(?=\d)", text)) == 1:
        raise Trouble(f"{clip(text.strip())} may be one weight or two: write 2.5, or 2 and 5.")
    found = re.findall(r"(\d{1,4}(?:\.\d{1,3})?)\s*(kg|kilo|lb|pound)?", text.casefold().replace(",", " "))
    if not found or len(found) > MOST_WEIGHTS:
        raise Trouble(
            f"{clip(text.strip())} holds no weights. {wording.WEIGHTS_HOW()} {wording.NO_WEIGHTS()}"
        )
    weights = set()
    for number, said in found:
        pounds = said.startswith(("lb", "pound")) if said else unit == "lb"
        kg = round(float(number) * (KG_PER_LB if pounds else 1), 3)
        if kg > HEAVIEST_KG:
            raise Trouble(f"{number} is too heavy to exercise with at home. Is it right?")
        weights.add(kg)
    return tuple(sorted(weights - {0.0}))
