"""Questions that end with their answers, lines that are only text, and reading that keeps no timer waiting."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles import tries
from reloadpt.dialogue.asks import options_of
from reloadpt.files import clean
from reloadpt.plain.lines import LONGEST, InputEnded, LineSource, SelectedLines, ThreadedLines
from reloadpt.plain.talk import BACK, NO, TEN_OR_TWO, YES, AnswerWord, Talk, read_numbers
from reloadpt.voice.spoken import spoken_text


class Typed:
    """Lines typed beforehand."""

    def __init__(self, *lines: str) -> None:
        self._lines = list(lines)

    def read(self, seconds: float | None) -> str | None:  # noqa: ARG002
        if not self._lines:
            raise InputEnded
        return self._lines.pop(0)


def talk(*typed: str) -> tuple[Talk, list[str]]:
    said: list[str] = []
    return Talk(Typed(*typed), said.append), said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("3×8", "3 sets of 8"),
        ("3×8 each side", "3 sets of 8, each side"),
        ("1×20 s", "1 set of 20 seconds"),
        ("3×8×3 s", "3 sets of 8, 3 seconds each"),
        ("Gentle today: 2×4×10 s each side.", "Gentle today: 2 sets of 4, 10 seconds each, each side."),
        ("38 °C or more", "38 degrees C or more"),
        ("hold 1 s, rest 30 s", "hold 1 second, rest 30 seconds"),
        ("“so” – it’s…", '"so" - it\'s...'),
        ("3 sets of 8", "3 sets of 8"),
    ],
)
def test_doses_and_signs_are_said_in_words(written: str, said: str) -> None:
    assert spoken_text(written) == said


@given(st.text(max_size=200))
@tries(200)
def test_whatever_a_file_holds_is_one_printable_line(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    for told in (cleaned, spoken_text(cleaned)):
        assert told.replace("\u200c", "").replace("\u200d", "").isprintable()


def test_escape_codes_line_ends_and_turned_writing_lose_their_power() -> None:
    hostile = "a\x1b[31mb\x1b]0;title\x07c\r\nd\u202egnp.exe\u2028e\x9bf\ud800"
    assert clean(hostile) == "a[31mb]0;titlec dgnp.exe ef"


def test_a_question_is_one_line_that_ends_with_its_answers() -> None:
    asks, said = talk("yes")
    assert asks.ask("Is it so?", (YES, NO)) is YES
    assert said == ["Is it so? Answers: yes, no, help, quit.\n"]


@pytest.mark.parametrize("typed", ["", "maybe", "11", "-1", "1.5", "٣", "3 4", "1" * 5000, "\x1b[A"])
def test_a_wrong_answer_gets_one_sentence_and_the_question_in_short(typed: str) -> None:
    asks, said = talk(typed, "7")
    assert asks.numbers("How much?", (BACK,), 1) == (7,)
    assert said == [
        "How much? Answers: 0 to 10, back, help, quit.\n",
        "That is not one of the answers.\n",
        "How much? 0 to 10?\n",
    ]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("3/10", (3,)), ("３", (3,)), ("ten", (10,)), ("Ten.", (10,)), ("10/10", (10,)), ("3 out of 10", (3,)),
     ("3 5 2", (3, 5, 2)), ("3, 5,2", (3, 5, 2)), ("zero", (0,)), ("10 0", (10, 0)), ("3 of 10 2", (3, 2))],
)  # fmt: skip
def test_numbers_are_taken_as_people_write_them(typed: str, numbers: tuple[int, ...]) -> None:
    assert read_numbers(typed, 3) == numbers


@pytest.mark.parametrize("typed", ["1 0", "5 1 0", "one zero", "1, 0"])
def test_a_ten_with_a_space_in_it_is_never_the_best_number(typed: str) -> None:
    asks, said = talk(typed, "10")
    assert asks.numbers("How much?", (BACK,), 3) == (10,)
    assert TEN_OR_TWO + "." not in said
    assert any("Type 10" in line for line in said)


@pytest.mark.parametrize("typed", ["yes", "YES", " yes. ", "y", "Yes!"])
def test_an_answer_may_be_typed_as_people_type(typed: str) -> None:
    asks, _ = talk(typed)
    assert asks.ask("Is it so?", (YES, NO)) is YES


def test_help_says_what_each_answer_does_and_asks_again() -> None:
    asks, said = talk("help", "back")
    assert asks.numbers("How much?", (BACK,), 1) is BACK
    assert "back: Go back to the question before.\n" in said


@pytest.mark.parametrize("typed", ["quit", "q", "exit"])
def test_quit_leaves_from_any_question(typed: str) -> None:
    asks, _ = talk(typed)
    with pytest.raises(InputEnded):
        asks.ask("Is it so?", (YES, NO))


def test_several_are_marked_by_their_letters_and_a_digit_marks_none() -> None:
    asks, said = talk("1", "a d", "c, a")
    options = options_of(("x", "one"), ("y", "two"), ("z", "three"))
    assert asks.mark("Which?", options, (), letters=True) == ("x", "z")
    assert said.count("That is not one of the answers.\n") == 2


def test_what_is_not_known_is_marked_with_a_question_mark() -> None:
    asks, _ = talk("1 3?")
    options = options_of(("x", "one"), ("y", "two"), ("z", "three"))
    assert asks.mark("Which?", options, (), unsure=True) == ("x", "z?")


def test_a_list_under_a_statement_begins_with_one_sign_not_two() -> None:
    asks, said = talk("1")
    asks.choose("Speak to your therapist first.", options_of(("leave", "Leave")), ())
    assert "Speak to your therapist first:\n" in said


def test_an_option_is_chosen_by_its_number_or_by_how_it_begins() -> None:
    options = options_of(("l", "Left"), ("r", "Right"), ("b", "Both"))
    asks, said = talk("4", "", "lef", "2")
    assert asks.choose("Which side?", options, ()) is options[0]
    assert asks.choose("Which side?", options, ()) is options[1]
    assert said.count("That is not one of the answers.\n") == 2
    assert said[0] == "Which side:\n"


def test_words_of_ones_own_may_have_several_lines_and_stay_as_they_were_written() -> None:
    asks, _ = talk("می\u200cخواهم", "  क्\u200dष\x07", "")
    assert asks.text("Note", "your words", (), str, several_lines=True) == "می\u200cخواهم\n  क्\u200dष"


def test_only_a_line_that_waits_ends_with_a_question_mark() -> None:
    asks, said = talk("yes")
    asks.say("Is that all?")
    assert said == ["Is that all?.\n"]


# Reading ------------------------------------------------------------------------------------------------


def selected(handle: int) -> LineSource:
    return SelectedLines(handle)


def threaded(handle: int) -> LineSource:
    return ThreadedLines(os.fdopen(handle, "rb", closefd=False))


READERS = pytest.mark.parametrize("reader", [selected, threaded])
Reader = Callable[[int], LineSource]


@READERS
def test_lines_are_read_whole_and_the_end_is_told(reader: Reader) -> None:
    out, into = os.pipe()
    os.write(into, "one\r\n\nfünf\xff\nlast".encode("latin-1"))
    os.close(into)
    lines = reader(out)
    assert [lines.read(None) for _ in range(4)] == ["one", "", "f�nf�", "last"]
    for _ in range(2):
        with pytest.raises(InputEnded):
            lines.read(None)
    os.close(out)


@READERS
def test_reading_waits_no_longer_than_it_may(reader: Reader) -> None:
    out, into = os.pipe()
    lines = reader(out)
    os.write(into, b"half")
    assert lines.read(0) is None
    assert lines.read(0.01) is None
    os.write(into, b" a line\nand")
    assert lines.read(5) == "half a line"
    os.close(into)
    assert lines.read(5) == "and"
    os.close(out)


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_bytes(b"x" * 10_000_000 + b"\nyes\n")
    with path.open("rb") as stream:
        lines = SelectedLines(stream.fileno())
        assert lines.read(None) == "x" * LONGEST
        assert lines.read(None) == "yes"
    assert len(ThreadedLines(io.BytesIO(b"x" * 10_000_000)).read(None) or "") == LONGEST


def test_a_word_may_be_named_otherwise_than_it_is_typed() -> None:
    asks, said = talk("")
    go_on = AnswerWord("", "Go on.", "Enter to go on")
    assert asks.ask("Well.", (go_on,)) is go_on
    assert said == ["Well. Answers: Enter to go on, help, quit.\n"]
