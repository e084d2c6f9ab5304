"""What has no room is cut with a mark: every way into position, and every card, in a narrow window."""

from __future__ import annotations

from reloadpt.journal.events import Item
from reloadpt.program.library import Library
from reloadpt.program.programme import Exercise
from reloadpt.tui.patient.session_words import card_text
from reloadpt.tui.widgets.clipped_text import CUT, clipped_lines

NARROW = 38


def every_exercise() -> list[Exercise]:
    library = Library()
    return [exercise for name in library.muscles for exercise in library.programme(name).exercises]


def test_a_way_into_position_stands_whole_or_ends_with_a_mark() -> None:
    exercises = every_exercise()
    assert len(exercises) >= 390
    cut = 0
    for exercise in exercises:
        setup = " ".join(exercise.setup)
        for most in (1, 3, 6):
            lines = clipped_lines(setup, NARROW, most)
            assert len(lines) <= most
            assert all(len(line) <= NARROW for line in lines), exercise.id
            whole = " ".join(lines).split() == setup.split()
            assert whole or lines[-1].endswith(CUT), exercise.id
            cut += not whole
    assert cut, "none was too long: this shows nothing"


def test_a_card_has_every_word_in_a_narrow_window() -> None:
    for exercise in every_exercise():
        dose = exercise.dose
        item = Item(
            exercise=exercise.id, name=exercise.name, muscle="m", phase=exercise.phase, intent="wake",
            sets=dose.sets, reps=dose.reps, hold_s=dose.hold_s, tempo=dose.tempo, rest_s=dose.rest_s,
            per_side=dose.per_side, why="Because of this.",
        )  # fmt: skip
        for line in card_text(item, exercise, "new"):
            parts = [*line.lines(NARROW)]
            assert all(part.cell_length <= NARROW for part in parts), exercise.id
            shown = "".join("".join(part.plain.split()) for part in parts)
            assert "".join(line.words.plain.split()) in shown, exercise.id


def test_words_are_cut_at_a_word_and_a_long_one_within() -> None:
    assert clipped_lines("one two three four", 9, 1) == ["one two …"]
    assert clipped_lines("one two", 9, 1) == ["one two"]
    assert clipped_lines("abcdefghijkl", 6, 1) == ["abcd …"]
    assert clipped_lines("", 9, 1) == []
    assert clipped_lines("one two three", 3, 1) == [CUT] or clipped_lines("one two three", 3, 1)[0].endswith(
        CUT
    )
