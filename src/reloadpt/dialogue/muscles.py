"""Muscles as a patient names them: the plain name first, by the part of the body."""

from __future__ import annotations

from collections.abc import Iterable

from reloadpt.care.in_words import short_name
from reloadpt.dialogue.asks import Option
from reloadpt.files import Trouble
from reloadpt.phrases import place_phrase
from reloadpt.program.library import Library
from reloadpt.program.other_muscles import OTHER_MUSCLES
from reloadpt.program.programme import Programme

SIDES = (("both", "Both sides, or the middle"), ("left", "Left"), ("right", "Right"))


def muscle_name(muscle: str, library: Library) -> str:
    """The short name of a muscle, also of one without a programme."""
    try:
        return library.programme(muscle).short_name
    except Trouble:
        other = OTHER_MUSCLES.get(muscle)
        return other.name if other else muscle.replace("-", " ")


def muscle_options(programmes: Iterable[Programme], library: Library) -> tuple[Option, ...]:
    """Muscles to choose from under the part of the body that they are of; last, somewhere else.

    In each part those with a programme come first.
    """
    in_order = sorted(programmes, key=lambda programme: (programme.region, programme.name))
    others = [other for other in OTHER_MUSCLES.values() if other.muscle not in library.muscles]
    named = sorted((other for other in others if other.latin), key=lambda other: (other.region, other.name))
    options = (
        *(
            Option(programme.muscle, programme.name, heading=programme.region.capitalize())
            for programme in in_order
        ),
        *(Option(other.muscle, other.label, heading=other.region.capitalize()) for other in named),
        *(Option(other.muscle, other.name, heading="Elsewhere") for other in others if not other.latin),
    )
    parts = list(dict.fromkeys(option.heading for option in options))
    return tuple(sorted(options, key=lambda option: parts.index(option.heading)))


def region_of(muscle: str, library: Library) -> str:
    """The part of the body of a muscle; of one without a programme its own name."""
    try:
        return library.programme(muscle).region
    except Trouble:
        other = OTHER_MUSCLES.get(muscle)
        return other.region if other else muscle.replace("-", " ")


def muscle_phrase(muscle: str, side: str, library: Library) -> str:
    """A muscle with its side, inside a sentence: ``buttock, on the left``."""
    try:
        name = short_name(library.programme(muscle))
    except Trouble:
        other = muscle_name(muscle, library)
        name = other[:1].lower() + other[1:]
    return place_phrase(name, side)
