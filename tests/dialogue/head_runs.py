"""One set of answers through every head: from a list, by typed lines, and by keys on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import msgspec
from textual.events import Key

from app_runs import HandClock, running
from reloadpt.care.record import Record
from reloadpt.dialogue.asks import Answer, Back, Choice, Head, Marks, Question, Saying, Sheet, Words
from reloadpt.dialogue.respondent import Respondent
from reloadpt.dialogue.signs import Alarm
from reloadpt.files import JOINERS, Places
from reloadpt.journal.events import AnyEvent, PlanStarted
from reloadpt.plain.head import LineHead, finish
from reloadpt.plain.lines import InputEnded
from reloadpt.plain.talk import Talk
from reloadpt.program.library import Library

Dialogue = Callable[[Respondent, Head], Coroutine[Any, Any, object]]
Answers = Sequence[Any]


class ListHead:
    """Answers from a list; ``asked`` are the questions. What is only said, and an alarm, take no answer."""

    def __init__(self, answers: Answers) -> None:
        self.answers = list(answers)
        self.asked: list[Question[Any]] = []

    async def ask(self, question: Question[Answer], before: Answer | None) -> Answer | Back:  # noqa: ARG002  (a list goes back to nothing)
        self.asked.append(question)
        answer: Any = self.next(question)
        found: Answer | Back = question.read(answer) if isinstance(question, Words) else answer
        return found

    def next(self, question: Question[Any]) -> Any:
        """The answer to a question, from the list."""
        if isinstance(question, Saying):
            return None
        if isinstance(question, Alarm):
            return Back.BACK
        assert self.answers, f"no answer is left for {question}"
        answer = self.answers.pop(0)
        if isinstance(question, Sheet):
            return {row.key: answer.get(row.key) for row in question.asked(answer)}
        if isinstance(question, Choice):
            assert answer in [option.value for option in question.options], (answer, question)
        return answer


class TypedHead(ListHead):
    """The line mode's head, answered by lines that a person would type."""

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        self.lines: list[str] = []
        self.head = LineHead(Talk(self, lambda _line: None))

    def read(self, seconds: float | None) -> str | None:  # noqa: ARG002  (lines are there at once)
        if not self.lines:
            raise InputEnded
        return self.lines.pop(0)

    async def ask(self, question: Question[Answer], before: Answer | None) -> Answer | Back:
        self.asked.append(question)
        answer: Any = self.next(question)
        self.lines = lines_for(question, answer)
        found = await self.head.ask(question, before)
        assert not self.lines, (question, self.lines)
        return found


def lines_for(question: Question[Any], answer: Any) -> list[str]:
    """What is typed for an answer."""
    match question:
        case Saying() | Alarm():
            return []
        case Choice(options=options):
            values = [option.value for option in options]
            return [answer if values == ["yes", "no"] else str(values.index(answer) + 1)]
        case Marks(options=options, letters=letters):
            values = [option.value for option in options]
            signs = [chr(97 + at) if letters else str(at + 1) for at in range(len(values))]
            marked = [signs[values.index(value.rstrip("?"))] + "?" * value.endswith("?") for value in answer]
            return [" ".join(marked) or "none of these"]
        case Sheet():
            return [_typed(row.options, answer.get(row.key)) for row in question.asked(answer)]
        case Words(several_lines=several):
            return [*str(answer).split("\n"), *([""] if several else [])]
        case _:
            raise AssertionError(question)


def _typed(options: Sequence[Any], value: Any) -> str:
    if value is None:
        return "leave out"
    return str([option.value for option in options].index(value) + 1) if options else str(value)


class PressedHead(ListHead):
    """The screen's head, answered by keys; ``keys`` are those of the question that is on the screen."""

    def __init__(self, answers: Answers, head: Head) -> None:
        super().__init__(answers)
        self.head = head
        self.keys: list[str] = []

    async def ask(self, question: Question[Answer], before: Answer | None) -> Answer | Back:
        self.asked.append(question)
        self.keys = keys_for(question, self.next(question))
        return await self.head.ask(question, before)


SIGN_LETTERS = "acefgjklopqrstuvxyz"
"""What marks the first sign, the second and so on; those that mean something else on every screen are left out."""


def keys_for(question: Question[Any], answer: Any) -> list[str]:  # noqa: C901  (a case for each question)
    """The keys that give an answer."""
    match question:
        case Saying(brief=True):
            return []
        case Saying():
            return ["space"]
        case Alarm():
            return ["escape"]
        case Choice(options=options):
            at = [option.value for option in options].index(answer)
            return [str(at + 1)] if at < 9 else ["home", *["down"] * at, "space"]
        case Marks(options=options, letters=True):
            values = [option.value for option in options]
            marks = [SIGN_LETTERS[values.index(value)] for value in answer]
            return [*marks, "enter"] if marks else [*["space", "left"] * 20, "n"]
        case Marks(options=options):
            if not answer:
                return ["n"]
            keys = ["home"]
            at = 0
            for value in answer:
                place = [option.value for option in options].index(value.rstrip("?"))
                keys += [*["down"] * (place - at), *["space"] * (1 + value.endswith("?"))]
                at = place
            return [*keys, "enter"]
        case Sheet():
            keys = []
            for row in question.asked(answer):
                typed = _typed(row.options, answer.get(row.key))
                keys += ["minus"] if typed == "leave out" else [*typed, "space"]
            return keys
        case Words():
            return [*str(answer).replace("\n", " "), "enter"]
        case _:
            raise AssertionError(question)


def patient_at(places: Places, clock: HandClock) -> Respondent:
    library = Library(places.exercises)
    return Respondent(Record.open(places.journal, clock.wall(), library), library, clock.wall, places.data)


def written(places: Places, clock: HandClock, since: int) -> list[dict[str, Any]]:
    """What stands in the journal from the entry ``since`` on, without times of writing and ids."""
    if not places.journal.exists():
        return []
    entries = Record.open(places.journal, clock.wall()).journal.entries()
    events = [entry.event for entry in entries if entry.n >= since and entry.event is not None]
    return [_told(event) for event in events if since or isinstance(event, PlanStarted)]


def _told(event: AnyEvent) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(event)
    if isinstance(event, PlanStarted):
        told["plan"].pop("id")
    return told


def by_list(places: Places, clock: HandClock, dialogue: Dialogue, answers: Answers) -> list[Question[Any]]:
    head = ListHead(answers)
    finish(dialogue(patient_at(places, clock), head))
    assert not head.answers
    return head.asked


def by_lines(places: Places, clock: HandClock, dialogue: Dialogue, answers: Answers) -> list[Question[Any]]:
    head = TypedHead(answers)
    finish(dialogue(patient_at(places, clock), head))
    assert not head.answers
    return head.asked


async def by_keys(
    places: Places, clock: HandClock, dialogue: Dialogue, answers: Answers
) -> list[Question[Any]]:
    async with running(places, clock) as (app, pilot):
        for _ in range(3):  # the first questions come by themselves
            await pilot.press("escape")
            await pilot.pause()
        app.patient.out_folder = places.data
        app.patient.open_folder = None
        head = PressedHead(answers, app.head)
        worker = app.run_worker(dialogue(app.patient, head), exit_on_error=False)
        for _ in range(600):
            if worker.is_finished:
                break
            await pilot.pause()
            keys, head.keys = head.keys, []
            for key in keys:
                clock.seconds += 1.1  # no key trembles or comes too soon, and no time of the day goes by
                if key in JOINERS:  # the pilot has no such key, a terminal does
                    app.post_message(Key("joiner", key))
                    await pilot.pause()
                else:
                    await pilot.press(key)
            await asyncio.sleep(0)
        assert worker.is_finished, (head.asked[-1], app.screen)
        await worker.wait()
        assert not head.answers
        return head.asked


def home_copy(source: Places, folder: Path) -> Places:
    """A home with the journal of another."""
    places = Places(folder, folder)
    folder.mkdir(parents=True)
    if source.journal.exists():
        places.journal.write_bytes(source.journal.read_bytes())
    return places
