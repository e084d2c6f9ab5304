"""The line mode's head: draws one question of a dialogue as lines, and brings the answer back."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from reloadpt.dialogue.asks import (
    BACK as GONE_BACK,
)
from reloadpt.dialogue.asks import (
    Answer,
    Back,
    Cells,
    Choice,
    Marks,
    Question,
    Row,
    Saying,
    Sheet,
    Tally,
    Words,
)
from reloadpt.dialogue.signs import Alarm
from reloadpt.plain.talk import BACK, NO, YES, AnswerWord, Talk

Result = TypeVar("Result")

LEAVE_OUT = AnswerWord("leave out", "Give no answer here.", also=("-", "none", "skip"))
NONE_OF_THESE = AnswerWord("none of these", "", also=("none", "n"))
LEAVE_OPEN = AnswerWord("leave open", "Not sure: nothing is confirmed.", also=("l", "not sure"))
MENDED = "a line and how many sets, as in 2 1"
ELSEWHERE = replace(BACK, also=())
"""Where letters are answers, b is one of them."""


class LineHead:
    """Asks the questions of dialogues by ``talk``; nothing is waited for but lines."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    async def ask(self, question: Question[Answer], before: Answer | None) -> Answer | Back:
        """Ask it until there is an answer."""
        answer: Any = self._answer(question, before)
        return GONE_BACK if answer is BACK else answer

    def _answer(self, question: Question[Any], before: Any) -> Any:
        match question:
            case Saying():
                return self._talk.say(question.question, *question.says)
            case Alarm():
                return BACK  # Today says it all, and takes the word of who was seen
            case Choice():
                return self._choose(question)
            case Marks():
                return self._mark(question)
            case Sheet():
                return self._fill(question, before)
            case Tally():
                return self._count(question, before)
            case Words():
                self._talk.say(*question.says)
                return self._talk.text(
                    question.question,
                    question.named,
                    (BACK,),
                    question.read,
                    several_lines=question.several_lines,
                )
            case _:
                raise TypeError(question)

    def _choose(self, choice: Choice) -> str | AnswerWord:
        self._talk.say(*choice.says)
        if [option.value for option in choice.options] == ["yes", "no"]:
            words = [
                replace(word, does=option.label)
                for word, option in zip((YES, NO), choice.options, strict=True)
            ]
            found = self._talk.ask(choice.question, (*words, BACK))
            return found if found is BACK else found.typed
        chosen = self._talk.choose(choice.question, choice.options, (BACK,))
        return chosen if isinstance(chosen, AnswerWord) else chosen.value

    def _mark(self, marks: Marks) -> tuple[str, ...] | AnswerWord:
        self._talk.say(*marks.says)
        none = replace(NONE_OF_THESE, does=marks.none)
        words = (*([none] if marks.none else []), ELSEWHERE if marks.letters else BACK)
        found = self._talk.mark(
            marks.question, marks.options, words, letters=marks.letters, unsure=marks.unsure
        )
        if found is none:
            return ()
        return BACK if found is ELSEWHERE else found

    def _count(self, tally: Tally, before: Mapping[str, int] | None) -> dict[str, int] | AnswerWord:
        """Say each line, and ask until it is so, or left open; a line's number and a count mend it."""
        counts = {row.key: row.count for row in tally.rows} | {**(before or {})}
        while True:
            for number, row in enumerate(tally.rows, start=1):
                count = counts[row.key]
                words = row.words if count == row.count else f"{count} of {row.most} sets, mended"
                self._talk.say(f"{number}. {row.label}: {words}.")
            found = self._talk.ask(tally.question, (YES, LEAVE_OPEN, BACK), MENDED, partial(_mended, tally))
            if isinstance(found, tuple):
                counts[found[0]] = found[1]
            elif found is YES:
                return counts
            else:
                return found if found is BACK else {}

    def _fill(self, sheet: Sheet, before: Cells | None) -> Cells | AnswerWord:
        """Ask row after row; several numbers answer several rows, back mends the row before."""
        self._talk.say(f"{sheet.question.rstrip('?.')}:", *sheet.says)
        keys = {row.key for row in sheet.rows}
        known = isinstance(before, Mapping) and set(before) <= keys
        cells: dict[str, int | str | None] = dict(before) if known and before else {}
        at = len(sheet.asked(cells)) - 1 if cells else 0
        while at < len(rows := sheet.asked(cells)):
            found = self._ask_row(rows[at], _at_once(sheet, rows[at:]))
            if found is BACK:
                if at == 0:
                    return BACK
                at -= 1
            elif isinstance(found, tuple):
                cells |= {row.key: number for row, number in zip(rows[at:], found, strict=False)}
                at += len(found)
            else:
                cells[rows[at].key] = found if isinstance(found, str) else None
                at += 1
        return {row.key: cells.get(row.key) for row in sheet.asked(cells)}

    def _ask_row(self, row: Row, most: int) -> tuple[int, ...] | str | AnswerWord:
        question = f"{row.about}: {row.question}" if row.about else row.question
        if row.options:
            chosen = self._talk.choose(question, row.options, (LEAVE_OUT, BACK))
            return chosen if isinstance(chosen, AnswerWord) else chosen.value
        last = f" Last {row.last}." if row.last is not None else ""
        end = "" if question.endswith(("?", ".")) else "."
        told = f"{question}{end} 0 is {row.ends[0]}, 10 is {row.ends[1]}.{last}"
        return self._talk.numbers(told, (LEAVE_OUT, BACK), most)


def _mended(tally: Tally, heard: str) -> tuple[str, int] | None:
    """The line and the count that were typed; None where it is no line, or more sets than there were."""
    parts = heard.replace(",", " ").split()
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and len(part) < 4 for part in parts):
        return None
    number, count = map(int, parts)
    if not 1 <= number <= len(tally.rows) or count > tally.rows[number - 1].most:
        return None
    return tally.rows[number - 1].key, count


def _at_once(sheet: Sheet, rows: Sequence[Row]) -> int:
    """How many rows may be answered at once: numbers, up to the first on which another row depends."""
    deciding = {row.only_with for row in sheet.rows}
    count = 0
    for row in rows:
        count += not row.options
        if row.options or row.key in deciding:
            break
    return max(count, 1)


def finish(dialogue: Coroutine[Any, Any, Result]) -> Result:
    """Run a dialogue of the line mode to its end: it never waits for anything but the lines it reads."""
    try:
        dialogue.send(None)
    except StopIteration as end:
        result: Result = end.value
        return result
    raise RuntimeError("a dialogue of the line mode waits for something else")
