"""The emergency number: asked, with what a time zone suggests and its country, to be confirmed; none is assumed."""

from __future__ import annotations

from functools import partial

from reloadpt import wording
from reloadpt.care.history import History
from reloadpt.dialogue.asks import Ask, Choice, Head, Words, go_through, options_of
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Trouble, clean
from reloadpt.journal.events import EmergencyNumber

OTHER = "other"
LONGEST_NUMBER = 40

NO_NUMBER = "none"
"""What is answered where there is no number."""

OF_EUROPE = {
    "Amsterdam": "the Netherlands", "Athens": "Greece", "Berlin": "Germany", "Bratislava": "Slovakia",
    "Brussels": "Belgium", "Bucharest": "Romania", "Budapest": "Hungary", "Busingen": "Germany",
    "Copenhagen": "Denmark", "Dublin": "Ireland", "Helsinki": "Finland", "Lisbon": "Portugal",
    "Ljubljana": "Slovenia", "Luxembourg": "Luxembourg", "Madrid": "Spain", "Malta": "Malta",
    "Oslo": "Norway", "Paris": "France", "Prague": "Czechia", "Riga": "Latvia", "Rome": "Italy",
    "Sofia": "Bulgaria", "Stockholm": "Sweden", "Tallinn": "Estonia", "Vienna": "Austria",
    "Vilnius": "Lithuania", "Warsaw": "Poland", "Zagreb": "Croatia", "Zurich": "Switzerland",
}  # fmt: skip
"""Where 112 is called, by the city of the zone (general practice)."""
ELSEWHERE = {
    "Europe/London": ("999", "the United Kingdom"),
    "Pacific/Auckland": ("111", "New Zealand"),
    "Asia/Tokyo": ("119", "Japan"),
    "Asia/Kolkata": ("112", "India"),
    "Asia/Singapore": ("995", "Singapore"),
    **dict.fromkeys(
        (
            f"Australia/{city}"
            for city in ("Sydney", "Melbourne", "Brisbane", "Perth", "Adelaide", "Hobart", "Darwin")
        ),
        ("000", "Australia"),
    ),
    **dict.fromkeys(
        (
            f"America/{city}"
            for city in ("New_York", "Chicago", "Denver", "Los_Angeles", "Phoenix", "Detroit", "Anchorage")
        ),
        ("911", "the United States"),
    ),
    **dict.fromkeys(
        (
            f"America/{city}"
            for city in ("Toronto", "Vancouver", "Edmonton", "Winnipeg", "Halifax", "Regina", "St_Johns")
        ),
        ("911", "Canada"),
    ),
}


def number_of_zone(zone: str | None) -> tuple[str, str] | None:
    """The number to suggest and its country; None where the zone tells none."""
    area, _, city = (zone or "").partition("/")
    if area == "Europe" and city in OF_EUROPE:
        return "112", OF_EUROPE[city]
    return ELSEWHERE.get(zone or "")


async def ask_emergency(ask: Ask, zone: str | None, *says: str) -> str | None:
    """Ask which number is called in an emergency where the clock is that of ``zone``; None where they know none."""
    suggested = number_of_zone(zone)
    options = [(suggested[0], f"{suggested[0]}   ({suggested[1]})")] if suggested else []
    options += [(OTHER, wording.OTHER_NUMBER()), (NO_NUMBER, wording.NO_NUMBER())]
    number = await ask(Choice(wording.ASK_EMERGENCY(), says, options_of(*options)))
    if number == OTHER:
        return await ask(Words(wording.ASK_EMERGENCY(), read=_read_number, named="the number"))
    return None if number == NO_NUMBER else number


def is_elsewhere(history: History, zone: str | None) -> bool:
    """Whether the clock is that of another country than the emergency number is for."""
    if zone is None or history.number_zone in (None, zone):
        return False
    here, there = number_of_zone(zone), number_of_zone(history.number_zone)
    return here is None or there is None or here[1] != there[1]


async def number_elsewhere(patient: Respondent, head: Head, zone: str | None) -> bool:
    """After a journey ask for the number of the country; False where the person left."""
    if not is_elsewhere(patient.record.history, zone):
        return True
    return bool(await go_through(head, partial(_number_elsewhere, patient, zone)))


async def _number_elsewhere(patient: Respondent, zone: str | None, ask: Ask) -> bool:
    number = await ask_emergency(ask, zone, wording.ANOTHER_ZONE(zone=clean(zone or "")))
    patient.write(EmergencyNumber(number=number, zone=zone))
    return True


def _read_number(text: str) -> str:
    number = clean(text)
    if not any(sign.isdigit() for sign in number) or len(number) > LONGEST_NUMBER:
        raise Trouble("That is not a number to call.")
    return number
