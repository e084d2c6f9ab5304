"""Days and times as a person says them, offered to choose from or typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from reloadpt import wording
from reloadpt.clock import at_clock
from reloadpt.dialogue.asks import Ask, Choice, Words, options_of
from reloadpt.files import Trouble, clip
from reloadpt.phrases import date_phrase, day_phrase

OTHER = "other"
HOURS = {"2 h": 1, "today": 6}
PAST = (
    ("2 h", "In the last two hours"),
    ("today", "Earlier today"),
    ("yesterday", "Yesterday"),
    (OTHER, "Another day, or a certain time"),
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TYPED = "For example 14:30, yesterday 14:30, 24 November, or 2026-11-24 14:30."
TYPED_DAY = "For example friday, 24 December, or 2026-12-24."
LONGEST_PAUSE = timedelta(days=183)
NOON = time(12)


async def ask_past_moment(ask: Ask, question: str, at: datetime, earliest: datetime) -> datetime:
    """Ask when something was, not after ``at`` and not before ``earliest``."""
    midnight = at_clock(at.date(), time(0), at)
    possible = {
        "today": max(earliest, midnight) < at - timedelta(hours=HOURS["2 h"]),
        "yesterday": earliest < midnight,
    }
    offered = [way for way in PAST if possible.get(way[0], True)]
    told = await ask(Choice(question, options=options_of(*offered)))
    if told == OTHER:
        return await ask(
            Words(
                question,
                (TYPED,),
                read=lambda text: check_past(typed_moment(text, at), at, earliest),
                named="a day or a time",
            )
        )
    return max(moment_told(told, at), earliest)


def moment_told(told: str, at: datetime) -> datetime:
    """The moment that one of ``PAST`` stands for."""
    if told in HOURS:
        return max(at - timedelta(hours=HOURS[told]), at_clock(at.date(), time(0), at))
    return at - timedelta(days=1)


def check_past(moment: datetime, at: datetime, earliest: datetime) -> datetime:
    """The moment, where it lies between ``earliest`` and ``at``."""
    if moment > at:
        raise Trouble(f"{moment:%Y-%m-%d %H:%M} is still to come. Nothing was written.")
    if moment < earliest:
        raise Trouble(f"{moment:%Y-%m-%d %H:%M} is too far back. Is it right? Nothing was written.")
    return moment


async def ask_days(ask: Ask, at: datetime) -> tuple[date, date]:
    """Ask the first and the last day of what is coming."""
    today = at.date()
    first = await _ask_day(
        ask, wording.ASK_FIRST_DAY(), today, {"Today": today, "Tomorrow": today + _days(1)}
    )
    lasts = {"That day alone": 0, "Three days": 2, "A week": 6, "Two weeks": 13}
    named = {
        f"{label}: {date_phrase(first + _days(days))}": first + _days(days) for label, days in lasts.items()
    }

    def check(day: date) -> date:
        if day < first:
            raise Trouble(f"That is before {date_phrase(first)}, when it begins.")
        if day - first > LONGEST_PAUSE:
            raise Trouble(wording.LONGEST_PAUSE())
        return day

    return first, check(await _ask_day(ask, wording.ASK_LAST_DAY(), first, named, check))


async def _ask_day(
    ask: Ask,
    question: str,
    today: date,
    named: dict[str, date],
    check: Callable[[date], date] = lambda day: day,
) -> date:
    options = ((day.isoformat(), label) for label, day in named.items())
    told = await ask(Choice(question, options=options_of(*options, (OTHER, "Another day"))))
    if told != OTHER:
        return date.fromisoformat(told)
    return await ask(
        Words(
            question, (TYPED_DAY,), read=lambda text: check(typed_day(text, today, ahead=True)), named="a day"
        )
    )


def typed_moment(text: str, at: datetime) -> datetime:
    """Read ``14:30`` (today), a day, or a day and a time; noon, or now where that is sooner, without a time."""
    found = re.search(r"(?:^|[\sT])(\d{1,2})[:.h](\d{2})\s*$", text.strip())
    day_text = text.strip()[: found.start()] if found else text
    day = typed_day(day_text, at.date(), ahead=False) if day_text.strip(" ,") else at.date()
    try:
        clock = time(int(found[1]), int(found[2])) if found else NOON
    except ValueError:
        raise Trouble(f"{clip(text.strip())} is no time of the day. {TYPED}") from None
    moment = at_clock(day, clock, at)
    return min(moment, at) if found is None and day == at.date() else moment


def typed_day(text: str, today: date, *, ahead: bool) -> date:
    """Read a day as it is said or written; one without a year is the next such day, or else the last."""
    words = re.sub(r"[,.]", " ", text.casefold()).split()
    days = {"today": 0, "tomorrow": 1, "yesterday": -1}
    try:
        if len(words) == 1 and words[0] in days:
            return today + _days(days[words[0]])
        if len(words) == 1 and words[0][:3] in WEEKDAYS:
            off = (WEEKDAYS.index(words[0][:3]) - today.weekday()) % 7
            return today + _days(off) if ahead else today - _days((7 - off) % 7)
        if len(words) == 1:
            return date.fromisoformat(words[0])
        return _dated(words, today, ahead=ahead)
    except (ValueError, OverflowError):
        raise Trouble(f"{clip(text.strip())} is not a day. {TYPED_DAY}") from None


def _dated(words: list[str], today: date, *, ahead: bool) -> date:
    """A day, a month and perhaps a year: ``24 december``, ``december 24 2026``, ``24 12 2026``."""
    if words[0][:3] in MONTHS and len(words) > 1:
        words[:2] = words[1], words[0]
    number = int(re.sub(r"(st|nd|rd|th)$", "", words[0]))
    month = MONTHS.index(words[1][:3]) + 1 if words[1][:3] in MONTHS else int(words[1])
    if len(words) > 2:
        return date(int(words[2]), month, number)
    years = (today.year, today.year + 1) if ahead else (today.year, today.year - 1)
    for year in years:
        day = date(year, month, number)
        if (day >= today) if ahead else (day <= today):
            return day
    raise ValueError(words)


def _days(count: int) -> timedelta:
    return timedelta(days=count)


def day_named(day: date, today: date) -> str:
    """A day for a list: ``Yesterday, Wednesday 25 November``."""
    near = day_phrase(day, today)
    return date_phrase(day) if near.startswith("on ") else f"{near.capitalize()}, {date_phrase(day)}"
