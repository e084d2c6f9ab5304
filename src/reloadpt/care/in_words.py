"""How care says numbers, days and names: short, the same way everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from reloadpt.journal.events import Item
from reloadpt.phrases import calendar_day_phrase, weight_phrase
from reloadpt.program.exercise_words import pace_in_words, sets_in_words, time_in_words
from reloadpt.program.library import Library
from reloadpt.program.programme import Programme

WEEKDAY_WITHIN = timedelta(days=6)


def day_in_words(day: date, today: date) -> str:
    """``today``, ``yesterday``, ``on Tuesday``, ``on 12 November``."""
    if day == today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    return f"on {_named(day, today)}"


def morning_in_words(day: date, today: date) -> str:
    """``this morning``, ``yesterday morning``, ``on Tuesday morning``, ``on the morning of 12 November``."""
    if day == today:
        return "this morning"
    if day == today - timedelta(days=1):
        return "yesterday morning"
    within = abs(today - day) <= WEEKDAY_WITHIN
    return f"on {day:%A} morning" if within else f"on the morning of {_named(day, today)}"


def number_in_words(value: float) -> str:
    """A number with one decimal where it needs one."""
    return f"{round(value, 1):g}"


def short_name(programme: Programme) -> str:
    """The muscle's plain name, to stand inside a sentence: ``low back (the deep muscles)``."""
    whole, comma, part = programme.short_name.partition(", ")
    return f"{whole[:1].lower()}{whole[1:]}{f' ({part})' if comma else ''}"


def muscle_in_words(key: str, library: Library) -> str:
    """The muscle, and its side where the sides differ, of a key of ``Today.phases``."""
    muscle, _, side = key.partition(":")
    name = library.programme(muscle).short_name
    return f"{name}, {side}" if side else name


def sided_name(item: Item) -> str:
    """The name of an exercise, with the side where it is dealt for one alone."""
    return item.name if item.side == "both" else f"{item.name}, {item.side} side"


def listed(names: Sequence[str]) -> str:
    """Names joined by commas and ``and``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def short_dose(item: Item) -> str:
    """A dose on a few signs: ``3×8``, ``3×4×10 s each side``, ``2×20 s``."""
    parts = [str(item.sets)]
    if item.reps > 1 or not item.hold_s:
        parts.append(str(item.reps))
    if item.hold_s:
        parts.append(f"{item.hold_s} s")
    return "×".join(parts) + (" each side" if len(item.sides) == 2 else "")


def full_dose(item: Item, unit: str = "kg") -> str:
    """A dose with its load, in kilograms or pounds."""
    load = [weight_phrase(item.load_kg, unit)] if item.load_kg is not None else []
    return ", ".join([short_dose(item), *load, *([item.resistance] if item.resistance else [])])


def sets_and_load(item: Item, unit: str = "kg") -> str:
    """A dose in words without its pace and rest: ``2 sets of 10``, ``3 sets of 8 each side, with 4 kg``."""
    paced = any(int(part) for part in (item.tempo or "0-0-0").split("-"))
    sets = sets_in_words(item.sets, item.reps, 0 if paced else item.hold_s, per_side=len(item.sides) == 2)
    load = [weight_phrase(item.load_kg, unit)] if item.load_kg else []
    load += [item.resistance] if item.resistance else []
    return f"{sets}, with {', '.join(load)}" if load else sets


def dose_sentence(item: Item) -> str:
    """A dose in words, with its pace, rest and load: ``2 sets of 10, 2 seconds out, 1 held, 3 back; rest 20 seconds``."""
    tempo = tuple(int(part) for part in (item.tempo or "0-0-0").split("-"))
    paced = any(tempo)
    sides = len(item.sides) == 2
    parts = [sets_in_words(item.sets, item.reps, 0 if paced else item.hold_s, per_side=sides)]
    if paced:
        out, hold, back = tempo
        parts[0] += f", {pace_in_words((out, hold, back), breathing=item.type == 'breathe')}"
    if item.rest_s and item.sets > 1:
        parts.append(f"rest {time_in_words(item.rest_s)}")
    load = [f"{item.load_kg:g} kg"] if item.load_kg else []
    load += [item.resistance] if item.resistance else []
    if load:
        parts.append(f"with {', '.join(load)}")
    return "; ".join(parts)


def _named(day: date, today: date) -> str:
    return f"{day:%A}" if abs(today - day) <= WEEKDAY_WITHIN else calendar_day_phrase(day)
