"""The line mode from its first line to its last: Today, and from there everything a patient does."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from reloadpt import wording
from reloadpt.care.answers import check_in_entries, clearing_entry, flag_of, signs_answered
from reloadpt.care.instructions import instructions
from reloadpt.care.next_step import NextStep, next_step
from reloadpt.care.questions import CheckInQuestions, signs_now
from reloadpt.care.record import Record
from reloadpt.care.safety import SAME_DAY, SPOKE, advice_for, lock_in_force
from reloadpt.care.today import Today, today_at
from reloadpt.clock import now, zone
from reloadpt.coach.guided import GuidedSession, abandon
from reloadpt.files import Places, Trouble
from reloadpt.plain import first_run, questions
from reloadpt.plain.lines import InputEnded
from reloadpt.plain.session import SIGNS, LineSession, SpokenOutput
from reloadpt.plain.talk import AnswerWord, Talk, enter
from reloadpt.plain.today import next_step_offer, saved_sets, summary, today_in_lines
from reloadpt.program.library import Library
from reloadpt.settings import read_settings

BEGIN = enter("Begin: a few questions where they are due, then the exercises.", "begin")
CHECK_IN = enter("Say how it is now.", "check in")
GO_ON = enter("Go on with the session, at its next set.", "go on")
LOOK_AGAIN = enter("Look again what is due.", "look again")
END = AnswerWord("end", "End the session that was begun. What was done stays.")
TOLD = AnswerWord("spoke", wording.SPOKE(), "spoke to my therapist")
SEEN = AnswerWord("seen", wording.SEEN())
PROGRESS = AnswerWord(
    "progress", "Hear how it has gone; correct it, or add what was done away from the screen."
)


class LineMode:
    """The patient's way through the files at ``places``, by ``talk``.

    ``wall`` tells the time of day, ``ticks`` seconds that never run backward; they pass while lines are
    awaited, and nothing else waits. With ``self_paced`` nothing is timed: each set waits for Enter. A session
    is heard only where ``aloud`` is given: a screen reader must not be talked over.
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
    ) -> None:
        self._talk = talk
        self._wall = wall
        self._ticks = ticks
        self._self_paced = self_paced
        self._aloud = aloud
        self._settings, self._settings_problems = read_settings(places.settings)
        self._library = Library(places.exercises)
        self._record = Record.open(places.journal, wall(), self._library)
        self._lines_shown: list[str] = []

    def run(self) -> None:
        """Go from one thing to the next until the input is over; what was saved stays saved.

        Raises ``Trouble`` where Today cannot be worked out at all.
        """
        try:
            self._talk.say("Reloadpt, line by line.", *self._settings_problems, *self._record.notices)
            while True:
                self._step()
        except InputEnded:
            self._talk.say(self._goodbye())
        finally:
            self._record.keep_state()

    def _step(self) -> None:
        """Show what is new on Today, ask what to do, and do it; what goes wrong is said."""
        due = self._today()
        act = self._first_run if due is None else self._ask_what_next(due)
        try:
            act()
        except Trouble as trouble:
            self._talk.say(str(trouble))

    def _today(self) -> Today | None:
        plan = self._record.plan
        return None if plan is None else today_at(plan, self._library, self._record.history, self._wall())

    def _ask_what_next(self, due: Today) -> Callable[[], None]:
        session = self._record.history.open_session()
        step = next_step(due, session)
        lines = today_in_lines(due, self._library)
        self._talk.say(*(line for line in lines if line not in self._lines_shown))
        self._lines_shown = lines
        acts = self._acts(due, step)
        chosen = self._talk.ask(next_step_offer(due, step, session), tuple(acts))
        return next(act for word, act in acts.items() if word is chosen)

    def _acts(self, due: Today, step: NextStep) -> dict[AnswerWord, Callable[[], None]]:
        """What can be done from here, by its word."""
        if step == "call":
            return {LOOK_AGAIN: self._look_again, SEEN: self._note_seen}
        acts: dict[AnswerWord, Callable[[], None]] = {}
        if step == "go_on":
            acts = {GO_ON: self._go_on, END: self._end}
        elif due.items:
            acts = {BEGIN: self._begin}
        elif due.ask is not None:
            acts = {CHECK_IN: self._begin}
        else:
            acts = {LOOK_AGAIN: self._look_again}
        acts[SIGNS] = self._signs_on_demand
        if due.concerns and step != "go_on":
            acts[TOLD] = self._note_spoke
        acts[PROGRESS] = self._progress
        return acts

    # What can be done -------------------------------------------------------------------------------------

    def _first_run(self) -> None:
        first_run.ask_for_plan(self._talk, self._record, self._library, self._wall)

    def _progress(self) -> None:
        from reloadpt.plain.retelling import Retelling

        due = self._today()
        if due is not None:
            Retelling(self._talk, self._record, self._library, self._wall).run()

    def _look_again(self) -> None:
        self._lines_shown = []

    def _begin(self) -> None:
        """Ask what is due, then guide what is due."""
        if self._record.history.open_session():
            abandon(self._record, self._wall())
        due = self._today()
        if due is not None and due.ask is not None and not self._check_in(due.ask):
            return
        due = self._today()
        if due is not None and not due.locked and due.items:
            ask_each = self._settings.ask_after_each_exercise
            self._guide(
                GuidedSession.open(
                    self._record, due.items, self._wall, self_paced=self._self_paced, ask_each=ask_each
                )
            )

    def _go_on(self) -> None:
        ask_each = self._settings.ask_after_each_exercise
        self._guide(
            GuidedSession.resume(self._record, self._wall, self_paced=self._self_paced, ask_each=ask_each)
        )

    def _end(self) -> None:
        abandon(self._record, self._wall())

    def _check_in(self, ask: CheckInQuestions) -> bool:
        """Ask what is due and write it; False where the person went back, or a sign closed the day."""
        plan = self._record.need_plan()
        answers = questions.ask_check_in(self._talk, ask)
        if answers is None:
            return False
        entries = check_in_entries(ask, answers.scores, answers.barrier, answers.marked, plan.contact, zone())
        self._record.append(entries, self._wall())
        self._talk.say("Saved.")
        return not answers.marked

    def _signs(self) -> tuple[str, ...] | None:
        """Ask about the warning signs and write what was asked; None where the person went back."""
        plan = self._record.need_plan()
        codes = signs_now(plan, self._library, self._record.history, self._wall())
        if not codes:
            self._talk.say(wording.NO_SIGN_LEFT(advice=advice_for(SAME_DAY, plan.contact)))
            return None
        marked = questions.ask_signs(self._talk, codes, plan.known_symptoms)
        if isinstance(marked, AnswerWord):
            return None
        self._record.append([signs_answered(codes, marked)], self._wall())
        self._talk.say("Saved.")
        return marked

    def _signs_on_demand(self) -> None:
        marked = self._signs()
        flag = flag_of(marked or (), self._record.need_plan().contact)
        if flag is not None:
            self._record.append([flag], self._wall())

    def _note_spoke(self) -> None:
        self._clear(SPOKE)

    def _note_seen(self) -> None:
        lock = lock_in_force(self._record.history.locks, self._wall())
        if lock is not None:
            self._clear(lock.code)

    def _clear(self, code: str) -> None:
        by = questions.ask_who_spoke(self._talk)
        if by is not None:
            at = self._wall()
            self._record.append([clearing_entry(code, by, at)], at)
            self._talk.say("Saved.")

    def _guide(self, guided: GuidedSession) -> None:
        """Guide a session to its end, then say what was done."""
        exercises = instructions(self._record.plan, self._library, guided.session.items)
        LineSession(
            self._talk,
            guided,
            exercises,
            self._wall,
            self._ticks,
            self._signs,
            self_paced=self._self_paced,
            aloud=self._aloud,
        ).run()
        session = self._record.history.sessions.get(guided.session.session)
        if session is not None and session.how in ("finished", "stopped"):
            self._talk.say(*summary(session))

    def _goodbye(self) -> str:
        session = self._record.history.open_session()
        if session is not None and session.day == self._wall().date():
            return f"Goodbye. {saved_sets(session)}; the session can be gone on with."
        return "Goodbye. What was saved stays."
