"""The line mode from its first line to its last: Today, and from there everything a patient does."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from reloadpt import wording
from reloadpt.care.instructions import instructions
from reloadpt.care.next_step import NextStep, next_step
from reloadpt.care.record import Record
from reloadpt.care.safety import call_line, lock_in_words
from reloadpt.care.today import Today
from reloadpt.clock import now
from reloadpt.coach.guided import Guidance, GuidedSession, abandon
from reloadpt.dialogue.check_in import check_in
from reloadpt.dialogue.elsewhere import of_head, within_reach
from reloadpt.dialogue.first_questions import first_questions
from reloadpt.dialogue.given_plan import take_given_plan
from reloadpt.dialogue.in_session import confirm_last_session
from reloadpt.dialogue.opening import before_session
from reloadpt.dialogue.respondent import Respondent
from reloadpt.dialogue.signs import seen_and_may_go_on, signs_in_session
from reloadpt.dialogue.turns import ask_turn
from reloadpt.dialogue.ways import Way, open_ways
from reloadpt.files import Places, Trouble
from reloadpt.plain.head import LineHead, finish
from reloadpt.plain.lines import InputEnded
from reloadpt.plain.session import LineSession, SpokenOutput
from reloadpt.plain.talk import AnswerWord, Talk, enter
from reloadpt.plain.today import next_step_offer, saved_sets, summary, today_in_lines
from reloadpt.program.library import Library
from reloadpt.settings import change_setting, read_settings
from reloadpt.wording import addressed

Result = TypeVar("Result")

BEGIN = enter("Begin: a few questions where they are due, then the exercises.", "begin")
CHECK_IN = enter("Say how it is now.", "check in")
GO_ON = enter("Go on with the session, at its next set.", "go on")
LOOK_AGAIN = enter("Look again what is due.", "look again")
SET_UP = enter("Answer the first questions.", "begin")
END = AnswerWord("end", "End the session that was begun. What was done stays.")
SEEN = AnswerWord("seen", wording.SEEN())
MORE = AnswerWord("more", "Say everything else that can be done from here.", also=("m",))
WHY = AnswerWord("why", "Say why each exercise is there.")
PROGRESS = AnswerWord("progress", "Hear how it has gone.")
EXERCISES = AnswerWord("exercises", "Search all exercises, and hear how one is done.")
LEARN = AnswerWord("learn", "Read about needling and the days after, with sources.")
SETTINGS = AnswerWord("settings", "Hear what is set, and set it otherwise.")
SHORT = {"signs": "w", "share": "s", "note": "n"}


class LineMode:
    """The patient's way through the files at ``places``, by ``talk``.

    ``wall`` tells the time of day, ``ticks`` seconds that never run backward; they pass while lines are
    awaited, and nothing else waits. With ``self_paced`` nothing is timed: each set waits for Enter. A session
    is heard only where ``aloud`` is given: a screen reader must not be talked over. ``given`` is a plan file that
    is asked about first.
    """

    def __init__(
        self,
        places: Places,
        talk: Talk,
        wall: Callable[[], datetime] = now,
        ticks: Callable[[], float] = time.monotonic,
        *,
        self_paced: bool = False,
        aloud: SpokenOutput | None = None,
        out_folder: Path | None = None,
        given: Path | None = None,
    ) -> None:
        self._talk = talk
        self._given = given
        talk.worded = self._worded
        self._head = LineHead(talk)
        self._wall = wall
        self._ticks = ticks
        self._self_paced = self_paced
        self._aloud = aloud
        self._out_folder = out_folder or Path.home()
        self._settings_problems = read_settings(places.settings)[1]
        self._open(places)

    def _open(self, places: Places) -> None:
        """Open the record of whose turn it is."""
        self._places = places
        library = Library(places.exercises)
        self._record = Record.open(places.journal, self._wall(), library)
        self._patient = Respondent(
            self._record,
            library,
            self._wall,
            self._out_folder,
            weights=lambda: read_settings(self._places.settings)[0].weights,
        )
        self._shown: list[str] = []

    def _turn_to(self, places: Places) -> Respondent:
        if places != self._places:
            self._record.keep_state()
            self._open(places)
        return self._patient

    def _takes(self, given: Path) -> bool:
        library = self._patient.library
        return finish(take_given_plan(given, self._places, library, self._turn_to, self._head))

    def _worded(self, line: str) -> str:
        plan = self._record.history.plan
        return addressed(line, alone=plan is not None and plan.self_made)

    def run(self) -> None:
        """Go from one thing to the next until the input is over; what was saved stays saved.

        Raises ``Trouble`` where Today cannot be worked out at all.
        """
        try:
            self._talk.say("Reloadpt, line by line.", *self._settings_problems)
            if not self._given or not self._takes(self._given):
                self._turn_to(finish(ask_turn(self._places, self._head)))
            self._talk.say(*self._record.notices)
            while True:
                self._step()
        except InputEnded:
            self._talk.say(self._goodbye())
        finally:
            self._record.keep_state()

    def _step(self) -> None:
        """Show what is new on Today, ask what to do, and do it; what goes wrong is said."""
        due = self._patient.today()
        act = self._first_questions if due is None else self._ask_what_next(due)
        try:
            act()
        except Trouble as trouble:
            self._talk.say(str(trouble))
        self._talk.say(*self._record.take_changes())

    def _ask_what_next(self, due: Today) -> Callable[[], None]:
        session = self._record.history.open_session()
        step = next_step(due, session)
        lines = today_in_lines(due, self._patient.library, self._patient.weights())
        self._talk.say(*(line for line in lines if line not in self._shown))
        self._shown = lines
        acts, more = self._acts(due, step), self._more(due)
        named = tuple(acts)
        more = {word: act for word, act in more.items() if word.typed not in {known.typed for known in named}}
        chosen = self._talk.ask(next_step_offer(due, step, session), named, more=tuple(more))
        acts[MORE] = lambda: self._talk.say(*(f"{word.name}: {word.does}" for word in more))
        return next(act for word, act in (acts | more).items() if word is chosen)

    def _acts(self, due: Today, step: NextStep) -> dict[AnswerWord, Callable[[], None]]:
        """What can be done from here and is named, by its word."""
        acts: dict[AnswerWord, Callable[[], None]]
        if step == "call":
            acts = {LOOK_AGAIN: self._look_again, SEEN: self._seen}
        elif step == "go_on":
            acts = {GO_ON: self._go_on, END: self._end}
        elif due.items:
            acts = {BEGIN: self._begin}
        elif due.ask is not None:
            acts = {CHECK_IN: self._begin}
        else:
            acts = {LOOK_AGAIN: self._look_again}
        ways = {way.word: way for way in open_ways(self._patient)}
        named = ("signs",) if step == "call" else ("signs", "spoke")
        acts |= {_word(ways[name]): partial(self._go, ways[name]) for name in named if name in ways}
        return acts | {PROGRESS: self._progress, MORE: self._look_again}

    def _more(self, due: Today) -> dict[AnswerWord, Callable[[], None]]:
        """Everything else that can be done from here."""
        ways = {_word(way): partial(self._go, way) for way in open_ways(self._patient)}
        return {
            **ways,
            WHY: lambda: self._talk.say(*(f"{item.name}: {item.why}" for item in due.items)),
            EXERCISES: self._exercises,
            LEARN: self._learn,
            SETTINGS: self._change_settings,
        }

    # What can be done -------------------------------------------------------------------------------------

    def _go(self, way: Way) -> None:
        finish(way.begin(self._patient, self._head))

    def _first_questions(self) -> None:
        finish(first_questions(self._patient, self._head))
        if self._record.plan is None:
            self._talk.ask(wording.NO_PLAN_YET(key="Enter"), (SET_UP,))

    def _progress(self) -> None:
        from reloadpt.plain.reading import progress_lines

        self._talk.say(*progress_lines(self._patient))

    def _exercises(self) -> None:
        from reloadpt.plain.reading import read_exercises

        read_exercises(self._patient, self._talk)

    def _learn(self) -> None:
        from reloadpt.plain.reading import say_pages

        say_pages(self._talk)

    def _change_settings(self) -> None:
        from reloadpt.plain.reading import change_settings

        change_settings(self._places.settings, self._talk)

    def _look_again(self) -> None:
        self._shown = []

    def _seen(self) -> None:
        finish(seen_and_may_go_on(self._patient, self._head))

    def _begin(self) -> None:
        """Ask what is due, then guide what is due."""
        if self._record.history.open_session():
            self._end()
        if not finish(confirm_last_session(self._patient, self._head)):
            return
        due = self._patient.today()
        if due is not None and due.ask is not None:
            if not finish(check_in(self._patient, self._head)):
                return
            if not self._record.is_elsewhere:
                self._talk.say("Saved.")
        finish(before_session(self._patient, self._head))
        due = self._patient.today()
        if due is not None and not due.locked and due.items:
            items = due.items
            self._guide(lambda: GuidedSession.open(self._record, items, self._wall, self._guidance))

    def _go_on(self) -> None:
        self._guide(lambda: GuidedSession.resume(self._record, self._wall, self._guidance))

    @property
    def _guidance(self) -> Guidance:
        return Guidance.of(read_settings(self._places.settings)[0], self_paced=self._self_paced)

    def _keep_time(self, exercise: str, seconds: int) -> None:
        """Keep that an exercise needs more time to get ready; where it cannot be kept it holds for this session."""
        path = self._places.settings
        more = read_settings(path)[0].getting_ready
        try:
            change_setting(path, "getting_ready", {**more, exercise: seconds})
        except Trouble as trouble:
            self._talk.say(str(trouble))

    def _end(self) -> None:
        self._within_reach(lambda: abandon(self._record, self._wall()))

    def _within_reach(self, act: Callable[[], Result]) -> Result:
        """Do what writes; where the journal is out of reach it is offered to write on elsewhere."""
        return finish(within_reach(self._patient, of_head(self._head), act))

    def _signs(self) -> tuple[str, str] | None:
        return finish(signs_in_session(self._patient, self._head))

    def _guide(self, begin: Callable[[], GuidedSession]) -> None:
        """Guide a session to its end, then say what was done, or whom to call."""
        guided = self._within_reach(begin)
        exercises = instructions(self._record.plan, self._patient.library, guided.session.items)
        LineSession(
            self._talk,
            self._head,
            self._patient,
            guided,
            exercises,
            self._wall,
            self._ticks,
            self._signs,
            self._keep_time,
            self_paced=self._self_paced,
            aloud=self._aloud,
        ).run()
        session = self._record.history.sessions.get(guided.session.session)
        if not guided.all_saved:
            due = self._patient.today()
            if due is not None and due.locked:
                self._talk.say(*lock_in_words(due.locked, due.plan))
            self._within_reach(lambda: guided.write(()))
        if session is not None and session.how in ("finished", "stopped"):
            self._talk.say(*summary(session), call_line(self._record.plan))

    def _goodbye(self) -> str:
        session = self._record.history.open_session()
        if session is not None and session.day == self._wall().date():
            return f"Goodbye. {saved_sets(session)}; the session can be gone on with."
        return "Goodbye. What was saved stays."


def _word(way: Way) -> AnswerWord:
    short = SHORT.get(way.word)
    return AnswerWord(way.word, way.says, also=(short,) if short else ())
