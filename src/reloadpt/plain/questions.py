"""The questions of a check-in, the warning signs, and how a session felt, asked one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reloadpt import wording
from reloadpt.care.answers import SKIP_REASONS, NumberQuestion, numbers_asked
from reloadpt.care.questions import CheckInQuestions
from reloadpt.care.ratings import RatingCell, Ratings, RatingSheet
from reloadpt.journal.events import Item, SkipReason
from reloadpt.plain.talk import BACK, NO, YES, AnswerWord, Talk, ask_in_turn, enter

LEAVE_OUT = AnswerWord("leave out", "Give no answer here.", also=("-", "none", "skip"))
NONE_OF_THESE = AnswerWord("none of these", wording.NO_SIGN(), also=("none", "n"))
SURE = replace(YES, does="I have what I marked.")
NOT_SO = replace(NO, does="It was marked by mistake: ask again.")
ELSEWHERE = replace(BACK, also=())
"""Where letters are answers, b is one of them."""


def _place(place: str) -> str:
    return f"It was {wording.PLACES[place]()}."


PLACES = {
    AnswerWord("usual", _place("usual"), also=("u",)): "usual",
    AnswerWord("needle", _place("needle"), also=("n",)): "needle",
    AnswerWord("other", _place("new"), also=("o", "new")): "new",
}
YES_OR_NO = {
    replace(YES, does="Two more would have gone well."): True,
    replace(NO, does="Not two more."): False,
}


@dataclass(frozen=True)
class CheckInAnswers:
    """What was answered at a check-in; ``scores`` by the keys of ``numbers_asked``."""

    scores: dict[str, int | None]
    barrier: str | None
    marked: tuple[str, ...]


CheckInAnswer = int | str | tuple[str, ...] | None


def ask_check_in(talk: Talk, ask: CheckInQuestions) -> CheckInAnswers | None:
    """Ask what is due; None where the person goes back from the first question."""
    numbers = numbers_asked(ask)
    questions: list[Callable[[], CheckInAnswer | AnswerWord]] = [
        partial(_score, talk, number) for number in numbers
    ]
    if ask.missed:
        questions.append(partial(_barrier, talk))
    if ask.signs:
        questions.append(partial(ask_signs, talk, ask.signs, ask.known_symptoms))
    answers = ask_in_turn(questions)
    if answers is None:
        return None
    scores = {number.key: score for number, score in zip(numbers, answers, strict=False)}
    return CheckInAnswers(
        scores={key: score if isinstance(score, int) else None for key, score in scores.items()},
        barrier=next((answer for answer in answers if isinstance(answer, str)), None),
        marked=next((answer for answer in answers if isinstance(answer, tuple)), ()),
    )


def ask_signs(
    talk: Talk, codes: Sequence[str], known_symptoms: Sequence[str] = ()
) -> tuple[str, ...] | AnswerWord:
    """Ask about the signs ``codes``: those marked, () for none of these, BACK where the person goes back.

    None of these is said with words of its own, and a letter is asked about once more: nothing is locked, and
    nothing ruled out, by a slip. Digits are no answers, as one may have been meant for the question before.
    """
    if not codes:
        return ()
    while True:
        talk.say(*(wording.KNOWN_SYMPTOM(symptom=symptom) for symptom in known_symptoms))
        sentences = [wording.SIGNS[code]() for code in codes]
        marks = talk.mark(wording.SIGNS_QUESTION(), sentences, (NONE_OF_THESE, ELSEWHERE), letters=True)
        if marks is NONE_OF_THESE:
            return ()
        if isinstance(marks, AnswerWord):
            return BACK
        marked = ". ".join(sentences[at] for at in marks)
        if talk.ask(wording.IS_IT_SO(signs=marked), (SURE, NOT_SO)) is SURE:
            return tuple(codes[at] for at in marks)


def skip_reason(talk: Talk) -> SkipReason | None:
    """Ask why the rest of an exercise is left out; None where it is not after all."""
    back = replace(BACK, does="Do not leave it out.")
    chosen = talk.choose(
        "Leave the rest of this exercise out. Why?", [label for _, label in SKIP_REASONS], (back,)
    )
    return None if isinstance(chosen, AnswerWord) else SKIP_REASONS[chosen][0]


def ask_ratings(talk: Talk, session: str, items: Sequence[Item]) -> Ratings | None:
    """Ask how ``items`` felt; None where the person goes back from the first question."""
    talk.say(wording.ASK_HOW())
    sheet = RatingSheet.of(items)
    at = 0
    while at < len(sheet.cells_to_ask()):
        answer = _ask_rating(talk, sheet.cells_to_ask()[at])
        if answer is not BACK:
            at += 1
        elif at:
            at -= 1
        else:
            return None
    return sheet.ratings(session)


def ask_who_spoke(talk: Talk) -> str | None:
    """Ask who treats the person and said that they may go on; None where nobody did."""
    back = replace(BACK, does="Nobody said so.")
    by = talk.text(wording.ASK_WHO(), "who it was", (back,))
    return None if isinstance(by, AnswerWord) else by


def _score(talk: Talk, number: NumberQuestion) -> int | AnswerWord | None:
    least, most = number.ends
    question = f"{_full_question(number.question)} 0 is {least}, 10 is {most}."
    same = enter(f"The same as last time, {number.last}.", f"say {number.last} as last time")
    words = (LEAVE_OUT, BACK) if number.last is None else (replace(same, also=("same",)), LEAVE_OUT, BACK)
    score = talk.number(question, words)
    if not isinstance(score, AnswerWord):
        return score
    return score if score is BACK else None if score is LEAVE_OUT else number.last


def _barrier(talk: Talk) -> str | AnswerWord | None:
    chosen = talk.choose(
        wording.ASK_BARRIER(), [sentence() for sentence in wording.BARRIERS.values()], (LEAVE_OUT, BACK)
    )
    if isinstance(chosen, AnswerWord):
        return chosen if chosen is BACK else None
    return list(wording.BARRIERS)[chosen]


def _ask_rating(talk: Talk, cell: RatingCell) -> AnswerWord | None:
    """Ask one question and keep its answer in ``cell``; BACK where the person goes back."""
    question = f"{cell.item.name}: {cell.question}" if cell.item else cell.question
    if cell.kind in ("place", "two_more"):
        values = PLACES if cell.kind == "place" else YES_OR_NO
        answer: int | AnswerWord = talk.ask(question, (*values, LEAVE_OUT, BACK))
        cell.value = next((value for word, value in values.items() if word is answer), None)
    else:
        ends = wording.MEANING_EFFORT() if cell.kind == "effort" else wording.MEANING_PAIN()
        answer = talk.number(f"{question} {ends}", (LEAVE_OUT, BACK))
        cell.value = None if isinstance(answer, AnswerWord) else answer
    return BACK if answer is BACK else None


def _full_question(question: str) -> str:
    """The question with an end of its own: an activity is a few words."""
    return question if question.endswith(("?", ".", "!")) else f"{question}: how well does it go now?"
