"""The muscles to choose from stand under the part of the body that they are of."""

from __future__ import annotations

from itertools import groupby

from reloadpt.dialogue.muscles import muscle_options
from reloadpt.program.library import Library


def test_each_part_of_the_body_stands_once_and_somewhere_else_is_last() -> None:
    library = Library()
    options = muscle_options([library.programme(muscle) for muscle in library.muscles], library)
    parts = [part for part, _ in groupby(option.heading for option in options)]
    assert len(parts) == len(set(parts))
    assert parts[-1] == "Elsewhere"
    under = {option.value: option.heading for option in options}
    assert (under["quadriceps"], under["supinator"], under["elsewhere-leg"]) == ("Thigh", "Arm", "Elsewhere")
    assert set(library.muscles) <= under.keys()
