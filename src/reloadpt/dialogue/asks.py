"""The questions that a head can draw, as plain data, and how one dialogue after another is gone through.

A dialogue is a coroutine function of a patient and an ``Ask``. It asks, and writes once, after its last question.
Going back asks the question before again, with what was answered shown: the dialogue is gone through anew with the
answers before it.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

from reloadpt.wording import addressed

Answer = TypeVar("Answer")
AnswerT_co = TypeVar("AnswerT_co", covariant=True)
Result = TypeVar("Result")


class Back(Enum):
    """The one answer that every question takes: back to the question before."""

    BACK = "back"


BACK: Final = Back.BACK


@dataclass(frozen=True)
class Question(Generic[AnswerT_co]):
    """Something asked in the words ``question``; lines ``says`` stand with it. ``AnswerT_co`` is what comes back."""

    question: str
    says: tuple[str, ...] = ()


QuestionT = TypeVar("QuestionT", bound=Question[Any])


@dataclass(frozen=True)
class Option:
    """One of several answers: the ``value`` that comes back, its ``label``, and lines of it that stand below."""

    value: str
    label: str
    lines: tuple[str, ...] = ()
    heading: str = ""
    """What it stands under, together with those before it that have the same."""


@dataclass(frozen=True)
class Choice(Question[str]):
    """One of ``options``; the answer is its value."""

    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Marks(Question[tuple[str, ...]]):
    """Several of ``options``; the answer is the values that were marked, in their order.

    ``none`` is the label of the answer that marks nothing, which has words or a key of its own and is offered when
    the last line was to be seen; without it one must be marked. With ``letters`` the signs of the options are
    letters, since a digit may have been meant for the question before. With ``unsure`` an option may be marked as
    not known too; its value then ends with ``?``.
    """

    options: tuple[Option, ...] = ()
    none: str = ""
    letters: bool = False
    unsure: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a sheet: a number from 0 to 10 whose ``ends`` are told, or one of ``options``.

    ``last`` is what was said the last time. Where ``only_with`` is the key of another row, this one is asked only
    where that one has a number above 0.
    """

    key: str
    question: str
    ends: tuple[str, str] = ("", "")
    last: int | None = None
    options: tuple[Option, ...] = ()
    only_with: str = ""
    about: str = ""
    """The heading that the row stands under."""
    optional: bool = False
    """Going on leaves it out; any other row is left out with a key of its own."""


Cells: TypeAlias = Mapping[str, int | str | None]
"""What was answered in each row of a sheet, by its key; None where it was left out."""


@dataclass(frozen=True)
class Sheet(Question[Cells]):
    """Rows on one sheet, which is sent as a whole."""

    rows: tuple[Row, ...] = ()

    def asked(self, cells: Cells) -> list[Row]:
        """The rows to be asked, by the answers so far."""
        return [row for row in self.rows if not row.only_with or cells.get(row.only_with)]


@dataclass(frozen=True)
class CountRow:
    """One line of a tally: what is counted, the ``count`` as it was written, of at most ``most``, and that in words."""

    key: str
    label: str
    count: int
    most: int
    words: str


@dataclass(frozen=True)
class Tally(Question[Mapping[str, int]]):
    """Whether counts are so: the answer is each count by its key, mended where it was not so; empty leaves it open."""

    rows: tuple[CountRow, ...] = ()


@dataclass(frozen=True)
class Words(Question[AnswerT_co]):
    """Words of the person's own, which ``read`` makes an answer of; its ``Trouble`` is told, and what was typed stays.

    ``named`` is what the words are, for a list of answers.
    """

    read: Callable[[str], AnswerT_co] = field(kw_only=True)
    named: str = "your words"
    several_lines: bool = False


@dataclass(frozen=True)
class Saying(Question[None]):
    """Nothing asked: something to be read, with ``question`` as its heading; nobody goes back from it.

    What is ``brief`` needs no page of its own.
    """

    brief: bool = False


def reworded(question: QuestionT, *, alone: bool) -> QuestionT:
    """A question as it is put to somebody who is ``alone``, without a therapist."""
    if not alone:
        return question
    words = partial(addressed, alone=True)
    changes: dict[str, Any] = {"question": words(question.question), "says": tuple(map(words, question.says))}
    if isinstance(question, Choice | Marks):
        changes["options"] = tuple(replace(option, label=words(option.label)) for option in question.options)
    return replace(question, **changes)


class Ask(Protocol):
    """Asks one question and returns its answer; of going back a dialogue knows nothing."""

    async def __call__(self, question: Question[Answer], /) -> Answer:
        """Ask it."""


class Head(Protocol):
    """A way to meet the dialogues: draws one question, with what was answered ``before``, and brings an answer."""

    async def ask(self, question: Question[Answer], before: Answer | None) -> Answer | Back:
        """Ask it until there is an answer, or the person goes back."""


Dialogue: TypeAlias = Callable[[Ask], Coroutine[Any, Any, Result]]


class _GoneBack(Exception):
    """The person went back."""


async def go_through(
    head: Head, dialogue: Dialogue[Result], before: dict[str, Any] | None = None
) -> Result | None:
    """Go through a dialogue to its end; None where the person went back from its first question.

    ``before`` are answers by the words of their question, kept for when the dialogue is begun again.
    """
    answers: list[Any] = []
    told = {} if before is None else before
    while True:
        ask = _Replay(head, answers, told)
        try:
            return await dialogue(ask)
        except _GoneBack:
            while answers and answers[-1] is None:  # what was only read
                answers.pop()
            if not answers:
                return None
            answers.pop()


class _Replay:
    """Answers from ``answers`` as far as they reach, and then asks."""

    def __init__(self, head: Head, answers: list[Any], before: dict[str, Any]) -> None:
        self._head, self._answers, self._before = head, answers, before
        self._asked = 0

    async def __call__(self, question: Question[Answer], /) -> Answer:
        self._asked += 1
        if self._asked <= len(self._answers):
            answer: Answer = self._answers[self._asked - 1]
            return answer
        found: Answer | Back = await self._head.ask(question, self._before.get(question.question))
        if isinstance(found, Back):
            raise _GoneBack
        self._answers.append(found)
        self._before[question.question] = found
        return found


def options_of(*pairs: tuple[str, str]) -> tuple[Option, ...]:
    """Options from their values and labels."""
    return tuple(Option(value, label) for value, label in pairs)


def yes_or_no(yes: str = "Yes", no: str = "No") -> tuple[Option, ...]:
    """The two answers to what is so or not."""
    return options_of(("yes", yes), ("no", no))


def typed_number(typed: int | None, digit: int) -> int:
    """The number of a row after a digit, where ``typed`` was typed in it before: 1 and then 0 is ten, however slowly.

    A 0 more stays ten: the end of a ten is never the best number.
    """
    return 10 if digit == 0 and typed in (1, 10) else digit
