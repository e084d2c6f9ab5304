"""Corrections: which fields of an entry may be changed, and the entry that changes them or takes it back.

Nothing is rewritten. The last correction of an entry wins and is made to the entry as it was first written, so
each one carries what the ones before it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import msgspec

from reloadpt.care.answers import PAIN_ENDS, SKIP_REASONS, SORE_ENDS
from reloadpt.care.history import NEVER_CHANGED, Amendable, CorrectableEntry
from reloadpt.care.ratings import PLACE_WORDS
from reloadpt.files import Trouble, clean, clip, one_of
from reloadpt.journal.events import Amended, CheckedIn, ExerciseRated, Note, SetDone, SetSkipped, Side

Kind = Literal["score", "count", "amount", "yes", "choice", "words"]
Value: TypeAlias = int | float | bool | str | None

LEFT_OUT = "none"
"""What is typed for no value."""
LONGEST_REASON = 1000
LONGEST_NOTE = 10_000
EFFORT_ENDS = ("as at rest", "the most you could do")
YES_NO = (("yes", "Yes"), ("no", "No"))
REASONS = ("I pressed the wrong key", "I remembered it better later")
"""Reasons that are offered; any other can be told in words."""
MOST = {"reps": 1000, "hold_s": 86400, "load_kg": 1000}
SITE = "soreness:"


@dataclass(frozen=True)
class CorrectableField:
    """One value of an entry that may be corrected: its name, what a person calls it, and what it is now.

    A score is 0-10, a count whole, an amount with decimals (seconds, kilograms). ``ends`` say what 0 and 10 mean.
    """

    name: str
    label: str
    kind: Kind
    value: Value = None
    ends: tuple[str, str] = PAIN_ENDS
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = True

    @property
    def value_text(self) -> str:
        """The value for a person."""
        if self.value is None:
            return "not given"
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        if self.kind == "choice":
            return dict(self.choices).get(str(self.value), str(self.value))
        return f"{self.value:g}" if isinstance(self.value, int | float) else clean(self.value)


def correctable_fields(event: Amendable) -> tuple[CorrectableField, ...]:
    """The fields of an entry that may be corrected, with their values."""
    match event:
        case CheckedIn():
            sites = (
                CorrectableField(
                    site_name(soreness.muscle, soreness.side),
                    f"Soreness, {clean(site_in_words(soreness.muscle, soreness.side))}",
                    "score",
                    soreness.score,
                    SORE_ENDS,
                )
                for soreness in event.soreness
            )
            return (
                CorrectableField("pain", "Usual pain", "score", event.pain),
                CorrectableField("worst", "Worst pain in the last day", "score", event.worst),
                *sites,
            )
        case SetDone():
            return (
                CorrectableField("reps", "Repetitions", "count", event.reps),
                CorrectableField("hold_s", "Seconds held", "amount", event.hold_s),
                CorrectableField("load_kg", "Kilograms", "amount", event.load_kg),
            )
        case SetSkipped():
            return (
                CorrectableField(
                    "reason",
                    "Why it was left out",
                    "choice",
                    event.reason,
                    choices=SKIP_REASONS,
                    optional=False,
                ),
            )
        case ExerciseRated():
            return (
                CorrectableField("pain", "Pain during it", "score", event.pain),
                CorrectableField(
                    "place", "Where that pain was", "choice", event.place, choices=tuple(PLACE_WORDS.items())
                ),
                CorrectableField("effort", "How hard it was", "score", event.effort, EFFORT_ENDS),
                CorrectableField("three_more", "Three more", "yes", event.three_more, choices=YES_NO)
                if event.three_more is not None
                else CorrectableField(
                    "two_more", "Two more with good form", "yes", event.two_more, choices=YES_NO
                ),
            )
        case Note():
            return (CorrectableField("text", "The note", "words", event.text, optional=False),)


def field_named(entry: CorrectableEntry, name: str) -> CorrectableField:
    """The field of an entry with this name; ``Trouble`` says which ones there are."""
    fields = {field.name: field for field in correctable_fields(entry.event or entry.first)}
    if name not in fields:
        raise Trouble(
            f"Entry {entry.n} has no {clip(name)} that can be changed, only {one_of(fields)}. Nothing was changed."
        )
    return fields[name]


def site_name(muscle: str, side: Side) -> str:
    """The name of the field that holds the soreness of a needle site."""
    return f"{SITE}{muscle}" if side == "both" else f"{SITE}{muscle}:{side}"


def site_in_words(muscle: str, side: Side) -> str:
    """A needle site inside a sentence."""
    return muscle.replace("-", " ") + ("" if side == "both" else f", {side}")


def read_value(field: CorrectableField, text: str) -> Value:
    """Read what was typed for a field; ``Trouble`` says what it takes."""
    typed = text.strip()
    if typed.casefold() == LEFT_OUT and field.optional:
        return None
    found = _READ[field.kind](field, typed)
    if found is None:
        raise Trouble(f"{field.name}: {clip(typed)} is not {_takes(field)}. Nothing was changed.")
    return found


def _whole(field: CorrectableField, typed: str) -> int | None:
    most = 10 if field.kind == "score" else MOST[field.name]
    found = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else -1
    return found if 0 <= found <= most else None


def _amount(field: CorrectableField, typed: str) -> float | None:
    try:
        found = float(typed) if len(typed) < 12 and typed.isascii() else -1.0
    except ValueError:
        return None
    return found if 0 <= found <= MOST[field.name] else None


def _one_of(field: CorrectableField, typed: str) -> str | None:
    return typed.casefold() if typed.casefold() in dict(field.choices) else None


_READ: dict[Kind, Callable[[CorrectableField, str], Value]] = {
    "score": _whole,
    "count": _whole,
    "amount": _amount,
    "choice": _one_of,
    "yes": lambda _, typed: {"yes": True, "no": False}.get(typed.casefold()),
    "words": lambda _, typed: typed if 0 < len(typed) <= LONGEST_NOTE else None,
}


def amending_entry(entry: CorrectableEntry, changes: Mapping[str, Value], reason: str) -> Amended:
    """The entry that changes fields of ``entry``, by the names of ``correctable_fields``.

    Raises:
        Trouble: it has no such field, its values are so already, or no reason is given.
    """
    stands = entry.event or entry.first
    for name in changes:
        field_named(entry, name)
    new = _values(stands) | _plain(stands, changes)
    first = _values(entry.first)
    try:
        becomes = msgspec.convert(new, type(entry.first))
    except msgspec.ValidationError as error:
        raise Trouble(f"Entry {entry.n} cannot be changed so: {error}. Nothing was changed.") from None
    if becomes == entry.event:
        raise Trouble(f"Entry {entry.n} says so already. Nothing was changed.")
    new = {name: value for name, value in _values(becomes).items() if value != first[name]}
    change = {name: value for name, value in new.items() if name not in NEVER_CHANGED}
    return Amended(amends=entry.n, change=change, reason=_reason(reason))


def voiding_entry(entry: CorrectableEntry, reason: str) -> Amended:
    """The entry that takes ``entry`` back: what it says never was.

    Raises:
        Trouble: it was taken back already, holds an answer to a warning sign, or no reason is given.
    """
    if entry.event is None:
        raise Trouble(f"Entry {entry.n} was taken back already. Nothing was changed.")
    if isinstance(entry.first, CheckedIn) and entry.first.flags:
        raise Trouble(
            f"Entry {entry.n} answers a warning sign with yes; that stays. Its numbers can be changed. "
            "Nothing was changed."
        )
    return Amended(amends=entry.n, change=None, reason=_reason(reason))


def restoring_entry(entry: CorrectableEntry, reason: str) -> Amended:
    """The entry that undoes every correction of ``entry``; ``Trouble`` where there is none."""
    if entry.event == entry.first:
        raise Trouble(f"Entry {entry.n} stands as it was first written. Nothing was changed.")
    return Amended(amends=entry.n, change={}, reason=_reason(reason))


def correctable_entries(kepts: Sequence[CorrectableEntry]) -> list[CorrectableEntry]:
    """The entries of a history that a person may want to correct, newest first."""
    wanted = [entry for entry in kepts if not isinstance(entry.event, CheckedIn) or _has_numbers(entry.event)]
    return sorted(wanted, key=lambda entry: -entry.n)


def event_in_words(event: Amendable, exercise: str = "") -> str:
    """What an entry says, on one line; ``exercise`` is the name that a person knows."""
    match event:
        case CheckedIn():
            told = [f"worst {event.worst}"] if event.worst is not None else []
            told += [
                f"soreness {site_in_words(site.muscle, site.side)} {site.score}" for site in event.soreness
            ]
            pain = "not given" if event.pain is None else event.pain
            return ", ".join([f"pain {pain}", *told])
        case SetDone():
            amounts = [f"{event.reps} repetitions"] if event.reps is not None else []
            amounts += [f"{event.hold_s:g} s"] if event.hold_s else []
            amounts += [f"{event.load_kg:g} kg"] if event.load_kg is not None else []
            amounts = [*(amounts or ["done"]), *([] if event.is_confirmed else ["not confirmed"])]
            return f"{exercise or event.exercise}{_side(event.side)}, set {event.set}: {', '.join(amounts)}"
        case SetSkipped():
            why = dict(SKIP_REASONS)[event.reason]
            return f"{exercise or event.exercise}{_side(event.side)}, set {event.set} left out: {why}"
        case ExerciseRated():
            told = [f"pain {event.pain}"] if event.pain is not None else []
            told += [f"effort {event.effort}"] if event.effort is not None else []
            return f"{exercise or event.exercise}{_side(event.side)}: {', '.join(told) or 'not rated'}"
        case Note():
            return f"note: {' '.join(event.text.split())}"


def _side(side: Side) -> str:
    return "" if side == "both" else f", {side}"


def _has_numbers(event: CheckedIn) -> bool:
    return event.pain is not None or event.worst is not None or bool(event.soreness)


def _values(event: Amendable) -> dict[str, Any]:
    """The fields of an entry as they stand in its line."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(event))
    return found


def _plain(stands: Amendable, changes: Mapping[str, Value]) -> dict[str, Any]:
    """The changes by the names of the entry itself, as they stand in a line."""
    found: dict[str, Any] = {name: value for name, value in changes.items() if not name.startswith(SITE)}
    if len(found) < len(changes) and isinstance(stands, CheckedIn):
        sites = [(site_name(site.muscle, site.side), site) for site in stands.soreness]
        scores = [(site, changes.get(name, site.score)) for name, site in sites]
        given = [(site, score) for site, score in scores if score is not None]
        found["soreness"] = [
            {"muscle": site.muscle, "side": site.side, "score": score} for site, score in given
        ]
    return found


def _reason(text: str) -> str:
    told = " ".join(text.split())
    if not told:
        raise Trouble("A correction needs a reason, in a few words. Nothing was changed.")
    if len(told) > LONGEST_REASON:
        raise Trouble(
            f"The reason is longer than {LONGEST_REASON} signs. Say it shorter. Nothing was changed."
        )
    return told


def _takes(field: CorrectableField) -> str:
    none = f", or {LEFT_OUT}" if field.optional else ""
    match field.kind:
        case "score":
            return f"a whole number from 0 to 10{none}"
        case "count":
            return f"a whole number from 0 to {MOST[field.name]}{none}"
        case "amount":
            return f"a number from 0 to {MOST[field.name]}{none}"
        case "words":
            return f"words, at most {LONGEST_NOTE} signs"
        case _:
            return f"{one_of(name for name, _ in field.choices)}{none}"
