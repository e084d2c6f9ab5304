"""The emergency number: asked, with what a time zone suggests to be confirmed, and again in another country."""

from __future__ import annotations

from functools import partial

from reloadpt import wording
from reloadpt.care.emergency_numbers import is_elsewhere, number_of_zone
from reloadpt.dialogue.asks import Ask, Choice, Head, Words, go_through, options_of, yes_or_no
from reloadpt.dialogue.elsewhere import write_down
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Trouble, clean
from reloadpt.journal.events import EmergencyNumber

OTHER = "other"
LONGEST_NUMBER = 40

NO_NUMBER = "none"
"""What is answered where there is no number."""


async def ask_emergency(ask: Ask, zone: str | None, *says: str) -> str | None:
    """Ask which number is called in an emergency where the clock is that of ``zone``; None where they know none.

    One that is typed is read back.
    """
    suggested = number_of_zone(zone)
    options = [(suggested[0], f"{suggested[0]}   ({suggested[1]})")] if suggested else []
    options += [(OTHER, wording.OTHER_NUMBER()), (NO_NUMBER, wording.NO_NUMBER())]
    while True:
        number = await ask(Choice(wording.ASK_EMERGENCY(), says, options_of(*options)))
        if number != OTHER:
            return None if number == NO_NUMBER else number
        typed = await ask(Words(wording.WHICH_NUMBER(), read=_read_number, named="the number"))
        if await ask(Choice(wording.EMERGENCY_SO(number=typed), options=yes_or_no())) == "yes":
            return typed


async def number_elsewhere(patient: Respondent, head: Head, zone: str | None) -> bool:
    """After a journey ask for the number of the country; False where the person left."""
    if not is_elsewhere(patient.record.history, zone):
        return True
    return bool(await go_through(head, partial(_number_elsewhere, patient, zone)))


async def _number_elsewhere(patient: Respondent, zone: str | None, ask: Ask) -> bool:
    number = await ask_emergency(ask, zone, wording.ANOTHER_ZONE(zone=clean(zone or "")))
    await write_down(patient, ask, EmergencyNumber(number=number, zone=zone))
    return True


def _read_number(text: str) -> str:
    number = clean(text)
    if not any(sign.isdigit() for sign in number) or len(number) > LONGEST_NUMBER:
        raise Trouble("That is not a number to call.")
    return number
