"""Says lines and asks questions: a question is one line, and it ends with the answers it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from reloadpt.files import clean
from reloadpt.plain.lines import InputEnded, LineSource
from reloadpt.voice.spoken import spoken_text

Found = TypeVar("Found")

LONGEST_TEXT = 1000


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
    """A conversation, line by line. Whatever is said is cleaned; nothing said can be more than text."""

    def __init__(self, lines: LineSource, write: Callable[[str], object]) -> None:
        self._lines = lines
        self._write = write

    def say(self, *texts: str) -> None:
        """Say each text on a line of its own; an empty one is not said."""
        for text in texts:
            if line := spoken_text(clean(text)):
                self._write(line + "\n")

    def prompt(self, question: str, words: Iterable[AnswerWord], others: str = "") -> None:
        """Say the line after which an answer is awaited."""
        names = [*([others] if others else []), *(word.name for word in (*words, *ALWAYS))]
        self.say(f"{question} Answers: {', '.join(names)}.")

    def hear(
        self,
        words: Sequence[AnswerWord],
        seconds: float | None,
        ask_again: Callable[[], None],
        wrong: str = "",
    ) -> AnswerWord | None:
        """Hear one of ``words`` within ``seconds``; None where none came.

        After help or a wrong answer, told in the sentence ``wrong``, it calls ``ask_again`` and returns None.
        """
        heard = self._lines.read(seconds)
        if heard is None:
            return None
        word = self._find(words, heard)
        if word is None:
            self.say(wrong or "That is not one of the answers.")
            ask_again()
        elif word is HELP:
            self._explain(words)
            ask_again()
            return None
        return word

    def ask(
        self,
        question: str,
        words: Sequence[AnswerWord],
        others: str = "",
        read: Callable[[str], Found | None] = lambda _: None,
        wrong: str = "That is not one of the answers.",
    ) -> Found | AnswerWord:
        """Ask until there is an answer: one of ``words``, or what ``read`` makes of others, called ``others``."""
        while True:
            self.prompt(question, words, others)
            heard = self._lines.read(None)
            if heard is None:
                continue
            word = self._find(words, heard)
            if word is HELP:
                self._explain(words)
            elif word is not None:
                return word
            elif (answer := read(heard)) is not None:
                return answer
            else:
                self.say(wrong)

    def number(self, question: str, words: Sequence[AnswerWord]) -> int | AnswerWord:
        """Ask for a number from 0 to 10."""
        return self.ask(question, words, "0 to 10", lambda heard: _whole(heard, 0, 10))

    def choose(self, question: str, options: Sequence[str], words: Sequence[AnswerWord]) -> int | AnswerWord:
        """Ask for one of ``options``, which are said with their numbers; the answer counts from 0."""
        self.say(question, *(f"{number}. {option}" for number, option in enumerate(options, start=1)))
        most = len(options)
        found = self.ask("Which one?", words, f"1 to {most}", lambda heard: _whole(heard, 1, most))
        return found if isinstance(found, AnswerWord) else found - 1

    def mark(
        self, question: str, options: Sequence[str], words: Sequence[AnswerWord], *, letters: bool = False
    ) -> tuple[int, ...] | AnswerWord:
        """Ask for one or more of ``options``, said with numbers or letters; the answers count from 0."""
        signs = [chr(ord("a") + at) if letters else str(at + 1) for at in range(len(options))]
        self.say(question, *(f"{sign}. {option}" for sign, option in zip(signs, options, strict=True)))

        def read(heard: str) -> tuple[int, ...] | None:
            typed = heard.casefold().replace(",", " ").split()
            marked = {at for at, sign in enumerate(signs) if sign in typed}
            return tuple(sorted(marked)) if typed and set(typed) <= set(signs) else None

        which = f"{signs[0]} to {signs[-1]} (several with spaces between)"
        return self.ask("Which of these?", words, which, read)

    def text(self, question: str, others: str, words: Sequence[AnswerWord]) -> str | AnswerWord:
        """Ask for words of the person's own, called ``others`` in the list of answers."""
        return self.ask(question, words, others, lambda heard: clean(heard)[:LONGEST_TEXT] or None)

    def _find(self, words: Sequence[AnswerWord], heard: str) -> AnswerWord | None:
        typed = " ".join(heard.casefold().split()).rstrip(".!")
        word_found = next(
            (word for word in (*words, *ALWAYS) if typed in (word.typed, word.name.casefold(), *word.also)),
            None,
        )
        if word_found is QUIT:
            raise InputEnded
        return word_found

    def _explain(self, words: Iterable[AnswerWord]) -> None:
        self.say(*(f"{word.name}: {word.does}" for word in (*words, *ALWAYS) if word.does))


def ask_in_turn(questions: Sequence[Callable[[], Found | AnswerWord]]) -> list[Found] | None:
    """Ask one after the other; BACK asks the one before again. None where the first is gone back from."""
    answers: list[Found] = []
    while len(answers) < len(questions):
        answer = questions[len(answers)]()
        if not isinstance(answer, AnswerWord):
            answers.append(answer)
        elif answers:
            answers.pop()
        else:
            return None
    return answers


def _whole(heard: str, least: int, most: int) -> int | None:
    digits = heard.strip().rstrip(".")
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 4 else -1
    return number if least <= number <= most else None
