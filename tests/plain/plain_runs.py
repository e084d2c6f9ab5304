"""The line mode with a person who reads what is said and answers, and a clock that turns while they are silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from app_runs import HandClock
from reloadpt.care.record import Record
from reloadpt.files import Places
from reloadpt.plain.line_mode import LineMode
from reloadpt.plain.lines import InputEnded
from reloadpt.plain.session import SpokenOutput
from reloadpt.plain.talk import Talk
from reloadpt.program.library import Library
from reloadpt.program.plan import DoseOverride
from reloadpt.program.programme import Dose, Exercise, ExerciseType, Frequency, Phase

MORNING = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
ASKED = " Answers: "
WRONG = "That is not one of the answers."
NOTHING_DUE = "Nothing is due now"
MOST_LINES = 5000

Policy = Callable[[str, list[str]], str]


def answers_of(line: str) -> list[str]:
    """The answers that a waiting line names in full."""
    return line.rpartition(ASKED)[2].removesuffix(".").split(", ")


class Lists:
    """The lists of answers that were named in full, to know them again where a line is short."""

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}

    def of(self, line: str) -> list[str]:
        """The answers that ``line`` waits for; none where it waits for none."""
        if ASKED in line:
            answers = answers_of(line)
            self._known[answers[0]] = answers
            return answers
        if not line.endswith("?"):
            return []
        return next((answers for first, answers in self._known.items() if line.endswith(f"{first}?")), [])


def agreeable(line: str, answers: list[str]) -> str:
    """What a person without trouble says; they leave when nothing more is due."""
    if line.startswith(NOTHING_DUE):
        raise InputEnded
    if any(answer.startswith("Enter") for answer in answers):
        return ""
    if "0 to 10" in answers:
        return "3" if "The pain you came for" in line else "1"
    if "yes" in answers:
        return "yes"
    return "none of these" if "none of these" in answers else answers[0].split(" to ")[0]


@dataclass
class Person:
    """Answers each waiting line by ``policy``; where nothing is said the clock turns, as far as was waited for.

    ``at`` holds what they say, or what happens, once, right after a certain line.
    """

    clock: HandClock
    policy: Policy = agreeable
    at: dict[str, str | Callable[[], object]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    waited: list[str] = field(default_factory=list)
    talk: Talk | None = None
    answered: int = 0
    """How many lines had been said at the last answer: where none came since, the words go on."""

    def write(self, text: str) -> None:
        assert text.endswith("\n")
        assert text[:-1].isprintable(), f"more than text: {text!r}"
        assert len(self.said) < MOST_LINES, f"it goes round and round: {self.said[-4:]}"
        self.said.append(text[:-1])
        self.times.append(self.clock.seconds)

    def read(self, seconds: float | None) -> str | None:
        last = self.said[-1]
        act = self.at.pop(last, None)
        if isinstance(act, str):
            return act
        if act is not None:
            act()
        if self.waits and self.answered == len(self.said):
            return ""
        if self.waits:
            self.answered = len(self.said)
            self.waited.append(last)
            assert self.talk
            return self.policy(last, list(self.talk.waiting))
        assert seconds is not None, f"it waits, and does not say for what: {last}"
        self.clock.turn(seconds)
        return None

    @property
    def waits(self) -> bool:
        """Whether the last line waits for an answer: it names the answers, or ends with a question mark."""
        return ASKED in self.said[-1] or self.said[-1].endswith("?")

    @property
    def told(self) -> str:
        """Everything said so far."""
        return "\n".join(self.said)

    def when(self, line: str) -> float:
        """When a line was said first, in the clock's seconds."""
        return self.times[self.said.index(line)]


def converse(
    places: Places,
    person: Person,
    *,
    self_paced: bool = False,
    aloud: SpokenOutput | None = None,
    given: Path | None = None,
) -> Person:
    """Run the line mode until the person leaves."""
    person.talk = talk = Talk(person, person.write)
    clock = person.clock
    LineMode(
        places, talk, clock.wall, clock.ticks,
        self_paced=self_paced, aloud=aloud, out_folder=places.data, given=given,
    ).run()  # fmt: skip
    return person


def events(places: Places, *kinds: type) -> list[object]:
    """What the journal on disk says, of these kinds."""
    entries = Record.open(places.journal, MORNING).journal.entries()
    return [entry.event for entry in entries if isinstance(entry.event, kinds)]


def only(
    dose: Dose, kind: ExerciseType = "isometric", text: str = "Own exercise", phase: Phase = "activate"
) -> dict[str, Any]:
    """What makes a plan deal one exercise of this dose alone, with ``text`` wherever it has words."""
    library = Library()
    muscles = ("lumbar-paraspinals", "multifidus")
    shipped = [exercise.id for muscle in muscles for exercise in library.programme(muscle).exercises]
    exercise = Exercise(
        id="multifidus/own", name=text, phase=phase, intent="wake", type=kind, movement="own",
        position="sitting", equipment=("none",), dose=dose, setup=(text, text), cue=text, mistake=text,
        feel=text, ease=text, evidence="general practice",
    )  # fmt: skip
    return {
        "exercises": (exercise,),
        "doses": tuple(DoseOverride(exercise=each, omit=True) for each in shipped),
    }


TWO_LONG_HOLDS = Dose(sets=2, reps=1, hold_s=40, rest_s=30, often=Frequency(times=3, per="day"))
