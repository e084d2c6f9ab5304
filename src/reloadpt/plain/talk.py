"""Says lines and asks questions: a question is one line, which ends with its answers, or short with a question mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from reloadpt.dialogue.asks import Option
from reloadpt.files import Trouble, clean, written
from reloadpt.plain.lines import InputEnded, LineSource
from reloadpt.voice.spoken import spoken_text

Found = TypeVar("Found")

NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WRONG = "That is not one of the answers."
TEN_OR_TWO = "Is that ten, or one and then zero? Type 10, or the numbers one by one."


@dataclass(frozen=True)
class AnswerWord:
    """One answer: what is typed, what it does, how a list of answers names it, and what may be typed instead.

    What is typed for Enter is nothing.
    """

    typed: str
    does: str
    named: str = ""
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How a list of answers names it."""
        return self.named or self.typed


BACK = AnswerWord("back", "Go back to the question before.", also=("b",))
YES = AnswerWord("yes", "It is so.", also=("y",))
NO = AnswerWord("no", "It is not so.", also=("n",))
HELP = AnswerWord("help", "Say what each answer does.", also=("?",))
QUIT = AnswerWord("quit", "Leave. What is saved stays; a session can be gone on with.", also=("q", "exit"))
ALWAYS = (HELP, QUIT)


def enter(does: str, named: str) -> AnswerWord:
    """Enter alone; ``named`` is what it is for, such as ``begin``."""
    return AnswerWord("", does, f"Enter to {named}", also=(named,))


class Talk:
    """A conversation, line by line. Whatever is said is cleaned; nothing said can be more than text.

    The answers of a question are named in full the first time that they are asked for, then in short; ``help``
    names them again. ``waiting`` are the names of those that are waited for.
    """

    def __init__(self, lines: LineSource, write: Callable[[str], object]) -> None:
        self._lines = lines
        self._out = write
        self.worded: Callable[[str], str] = str
        """How a line is put for who hears it."""
        self._named: set[tuple[str, ...]] = set()
        self.waiting: tuple[str, ...] = ()

    def _write(self, line: str) -> None:
        self._out(self.worded(line))

    def say(self, *texts: str) -> None:
        """Say each text on a line of its own; an empty one is not said. None ends as a question that waits does."""
        for text in texts:
            if line := spoken_text(clean(text)):
                self._write(f"{line}.\n" if line.endswith("?") else f"{line}\n")

    def prompt(self, question: str, words: Sequence[AnswerWord], others: str = "") -> None:
        """Say the line after which an answer is awaited."""
        self.waiting = (*([others] if others else []), *(word.name for word in (*words, *ALWAYS)))
        if self.waiting in self._named:
            line = f"{question} {self.waiting[0]}?" if others or words else f"{question}?"
        else:
            line = f"{question} Answers: {', '.join(self.waiting)}."
            self._named.add(self.waiting)
        self._write(spoken_text(clean(line)) + "\n")

    def hear(
        self, words: Sequence[AnswerWord], seconds: float | None, again: Callable[[], None], wrong: str = ""
    ) -> AnswerWord | None:
        """Hear one of ``words`` within ``seconds``; None where none came.

        After help or a wrong answer, told in the sentence ``wrong``, it calls ``again`` and returns None.
        """
        heard = self._lines.read(seconds)
        if heard is None:
            return None
        word = self._find(words, heard)
        if word is None:
            self.say(wrong or WRONG)
            again()
        elif word is HELP:
            self._explain(words)
            again()
            return None
        return word

    def ask(
        self,
        question: str,
        words: Sequence[AnswerWord],
        others: str = "",
        read: Callable[[str], Found | None] = lambda _: None,
        more: Sequence[AnswerWord] = (),
    ) -> Found | AnswerWord:
        """Ask until there is an answer: one of ``words``, or what ``read`` makes of others, called ``others``.

        The words ``more`` are taken too, and not named. ``Trouble`` from ``read`` is told.
        """
        while True:
            self.prompt(question, words, others)
            heard = self._lines.read(None)
            if heard is None:
                continue
            word = self._find((*words, *more), heard)
            if word is HELP:
                self._explain((*words, *more))
            elif word is not None:
                return word
            else:
                try:
                    found = read(heard)
                except Trouble as trouble:
                    self.say(str(trouble))
                    continue
                if found is not None:
                    return found
                self.say(WRONG)

    def numbers(self, question: str, words: Sequence[AnswerWord], most: int) -> tuple[int, ...] | AnswerWord:
        """Ask for a number from 0 to 10, or for up to ``most`` of them at once."""
        return self.ask(question, words, "0 to 10", lambda heard: read_numbers(heard, most))

    def choose(
        self, question: str, options: Sequence[Option], words: Sequence[AnswerWord]
    ) -> Option | AnswerWord:
        """Ask for one of ``options``, which are said with their numbers: by its number, or how its label begins."""
        self._list(question, options, [str(number) for number in range(1, len(options) + 1)])

        def read(heard: str) -> Option | None:
            number = _whole(heard)
            if number is not None:
                return options[number - 1] if 1 <= number <= len(options) else None
            begun = clean(heard).casefold()
            meant = [option for option in options if begun and option.label.casefold().startswith(begun)]
            return meant[0] if len(meant) == 1 else None

        return self.ask("Which one?", words, f"1 to {len(options)}", read)

    def mark(
        self,
        question: str,
        options: Sequence[Option],
        words: Sequence[AnswerWord],
        *,
        letters: bool = False,
        unsure: bool = False,
    ) -> tuple[str, ...] | AnswerWord:
        """Ask for one or more of ``options``, said with numbers or letters; with ``unsure`` ``2?`` is not known."""
        signs = [chr(ord("a") + at) if letters else str(at + 1) for at in range(len(options))]
        self._list(question, options, signs)

        def read(heard: str) -> tuple[str, ...] | None:
            typed = unicodedata.normalize("NFKC", heard).casefold().replace(",", " ").split()
            found = {
                option.value + mark: None
                for sign, option in zip(signs, options, strict=True)
                for mark in ("", "?")
                if sign + mark in typed
            }
            known = {sign + mark for sign in signs for mark in (("", "?") if unsure else ("",))}
            return tuple(found) if typed and set(typed) <= known else None

        more = ", with ? where you do not know" if unsure else ""
        return self.ask(
            "Which of these?", words, f"{signs[0]} to {signs[-1]} (several with spaces between{more})", read
        )

    def _list(self, question: str, options: Sequence[Option], signs: Sequence[str]) -> None:
        self.say(f"{question.rstrip('?:.')}:")
        heading = ""
        for sign, option in zip(signs, options, strict=True):
            if option.heading != heading:
                heading = option.heading
                self.say(f"{heading}:")
            lines = f": {'; '.join(option.lines)}" if option.lines else ""
            self.say(f"{sign}. {option.label}{lines}")

    def text(
        self,
        question: str,
        others: str,
        words: Sequence[AnswerWord],
        read: Callable[[str], Found],
        *,
        several_lines: bool = False,
    ) -> Found | AnswerWord:
        """Ask for words of the person's own, called ``others`` in the list of answers, until ``read`` takes them.

        Of ``several_lines`` an empty one is the end.
        """

        def read_all(heard: str) -> Found | None:
            lines = [heard]
            while several_lines and (line := self._lines.read(None)):
                lines.append(line)
            text = written("\n".join(lines))
            return read(text) if text.strip() else None

        return self.ask(
            question, words, f"{others}, and an empty line" if several_lines else others, read_all
        )

    def _find(self, words: Sequence[AnswerWord], heard: str) -> AnswerWord | None:
        typed = " ".join(heard.casefold().split()).rstrip(".!")
        found = next(
            (word for word in (*words, *ALWAYS) if typed in (word.typed, word.name.casefold(), *word.also)),
            None,
        )
        if found is QUIT:
            raise InputEnded
        return found

    def _explain(self, words: Iterable[AnswerWord]) -> None:
        self.say(*(f"{word.name}: {word.does}" for word in (*words, *ALWAYS) if word.does))


def read_numbers(heard: str, most: int = 1) -> tuple[int, ...] | None:
    """Read up to ``most`` numbers from 0 to 10: ``3``, ``3/10``, ``ten``, ``3 5 2``; None where it is none.

    ``Trouble`` where it may be a ten with a space in it: nobody says the best number by accident.
    """
    text = unicodedata.normalize("NFKC", heard).casefold()
    text = re.sub(r"(?<=\d)\s*(/|of|out of)\s*10\b", "", text)
    words = [word.rstrip(".") for word in text.replace(",", " ").split()]
    found = [NUMBER_WORDS.index(word) if word in NUMBER_WORDS else _whole(word) for word in words]
    numbers = tuple(number for number in found if number is not None and number <= 10)
    if not 0 < len(numbers) == len(words):
        return None
    if (1, 0) in pairwise(numbers):
        raise Trouble(TEN_OR_TWO)
    return numbers if len(numbers) <= most else None


def _whole(heard: str) -> int | None:
    digits = unicodedata.normalize("NFKC", heard).strip().rstrip(".")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 4 else None
