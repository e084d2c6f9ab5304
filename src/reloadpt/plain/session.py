"""Guides one session line by line, in time with the coach, or at the person's own pace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from reloadpt import wording
from reloadpt.care.answers import SKIP_REASONS
from reloadpt.care.exercise_outcomes import exercise_outcomes
from reloadpt.care.safety import call_line
from reloadpt.coach.coach import MoreTime, Output, Voided
from reloadpt.coach.cues import Cue
from reloadpt.coach.guided import GuidedSession
from reloadpt.coach.view import View
from reloadpt.coach.watch import Watch
from reloadpt.dialogue.asks import go_through
from reloadpt.dialogue.elsewhere import of_head, within_reach
from reloadpt.dialogue.in_session import EndAnswers, end_session, rate, skip_reason
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Trouble
from reloadpt.journal.events import ExerciseRated, Item, SetDone, SkipReason
from reloadpt.journal.journal import OutOfReach
from reloadpt.plain import guiding
from reloadpt.plain.head import LineHead, finish
from reloadpt.plain.talk import NUMBER_WORDS, AnswerWord, Talk, enter
from reloadpt.program.programme import Exercise
from reloadpt.settings import Settings
from reloadpt.voice.spoken import seconds_in_words
from reloadpt.voice.voice import CueOutput
from reloadpt.voice.words import set_in_words

LOOK_S = 1.0
"""Time that counts is looked at so often, to notice when the machine slept."""
STEP_BEGINS = frozenset({"card", "get_ready", "go", "hurt", "rest", "switch", "rate"})

PAUSE = AnswerWord("pause", "Let time stand still.", also=("p", "wait"))
DONE = AnswerWord(
    "done", "This set is done: write down what was completed. Before a set: begin now.", also=("d", "now")
)
MORE_TIME = AnswerWord(
    "more time", "More time to get ready, kept for this exercise; or to rest.", also=("+", "more")
)
SKIP = AnswerWord(
    "skip", "Leave the rest of this exercise out. A reason may follow at once, as in: skip time.", also=("s",)
)
HURTS = AnswerWord("hurts", wording.STOP_IT_HURTS(), also=("h", "it hurts", "hurt", "ouch"))
UNDO = AnswerWord("back", "Start this set again, or take the last one back.", also=("b",))
EASIER = AnswerWord(
    "easier", "Fewer repetitions, or shorter holds, for the rest of this exercise.", also=("e",)
)
STOP = AnswerWord("stop", "End the session here. What was done stays.", also=("x",))
SIGNS = AnswerWord("signs", "Something worries you: the list of warning signs.", also=("w", "warning signs"))
HOW = AnswerWord("how", "Say how this exercise is done, what to take care of, and how it should feel.")
ANY_TIME = (DONE, MORE_TIME, SKIP, HURTS, UNDO, EASIER, STOP, SIGNS, HOW)

GO_ON = enter("Go on.", "continue")
START = enter("Start this set.", "start")
SET_DONE = AnswerWord("", "This set is done: write it down.", "Enter when done", also=("done", "d"))
NEXT = enter("Hold what runs, a set, a rest or a countdown.", "hold")
READY = enter("I am ready: count down to the first set.", "get ready")
NEXT_EXERCISE = enter("On to the next exercise, when you are ready.", "go on")
MISTAKE = AnswerWord("back", "I said it by mistake: take the stop back.", also=("b",))
AT_CARD = (READY, MORE_TIME, EASIER, SKIP, UNDO, STOP, SIGNS, HOW)
AFTER_HURT = (NEXT_EXERCISE, MISTAKE, STOP, SIGNS)
PAIN_WORDS = {AnswerWord(str(score), "", also=(name,)): score for score, name in enumerate(NUMBER_WORDS)}
TIMED = (NEXT, PAUSE, *ANY_TIME)

REASON_WORDS: dict[AnswerWord, SkipReason] = {
    AnswerWord(f"skip {reason.replace('_', ' ')}", "", also=(f"skip {reason.split('_')[-1]}",)): reason
    for reason, _ in SKIP_REASONS
}
"""Skipping with the reason in the same breath; the list of answers names ``skip`` alone."""


class SpokenOutput(NamedTuple):
    """What lets the session be heard beside its lines, and what of it is wanted."""

    voice: CueOutput
    wanted: Settings


class LineSession:
    """Guides ``guided`` to its end. ``wall`` tells the time of day, ``ticks`` seconds that never run backward.

    Time passes only while lines are awaited.
    """

    def __init__(
        self,
        talk: Talk,
        head: LineHead,
        patient: Respondent,
        guided: GuidedSession,
        exercises: Mapping[str, Exercise],
        wall: Callable[[], datetime],
        ticks: Callable[[], float],
        ask_signs: Callable[[], tuple[str, str] | None],
        keep_time: Callable[[str, int], None],
        *,
        self_paced: bool,
        aloud: SpokenOutput | None = None,
    ) -> None:
        self._talk = talk
        self._head = head
        self._patient = patient
        self._offered = False
        """Whether it was offered to write on in another place."""
        self._guided = guided
        self._coach = guided.coach
        self._exercises = exercises
        self._wall = wall
        self._ticks = ticks
        self._ask_signs = ask_signs
        self._keep_time = keep_time
        self._self_paced = self_paced
        self._aloud = aloud
        self._watch = Watch(ticks(), wall().timestamp())
        self._sets = sum(item.sets_in_all for item in guided.session.items)
        self._introduced: set[int] = set()
        self._trouble = ""
        """What was said last about an entry that cannot be written."""
        self._held_until: float | None = None
        """Time does not count until then: the first words about an exercise are heard, or one rests unhurried."""
        self._waits_for: tuple[object, ...] | None = None
        """The moment whose answers have been named already."""
        self._nearly_over: tuple[object, ...] | None = None
        """The long wait of which the last seconds have been told."""

    def run(self) -> None:
        """Guide from the first step, or the next, to the last entry; it is let go of however this ends."""
        try:
            with self._watch.of_stops():
                self._guide()
        finally:
            self._guided.leave()

    def _guide(self) -> None:
        if not self._self_paced:
            names = ", ".join(word.name for word in TIMED)
            self._talk.say(f"While it runs you can type, at any time: {names}, help, quit.")
        self._take(self._coach.begin(self._ticks()))
        while (view := self._view()).state != "finished":
            self._look_after(view)

    # Time -------------------------------------------------------------------------------------------------

    def _view(self) -> View:
        return self._coach.view(self._ticks())

    def _look_after(self, view: View) -> None:
        """One look: hear what is typed until the next thing is due, cross what has passed, do what was said."""
        if view.state == "rate":
            self._rate(view)
            return
        if self._held_until is not None and not self._self_paced:
            word = self._hear_while_reading(self._held_until)
        elif view.paused or view.step_seconds is None:
            word = self._hear_however_long(view)
        else:
            word = self._hear_until_due(view)
        now = self._ticks()
        slept = self._watch.gap(now, self._wall().timestamp()) and not view.paused
        self._take(self._coach.slept(now) if slept else self._coach.advance(now))
        if word is not None and not (slept and word.typed == ""):  # what Enter means has changed meanwhile
            self._waits_for = None
            self._do(word)

    def _hear_while_reading(self, until: float) -> AnswerWord | None:
        seconds = until - self._ticks()
        if seconds <= 0:
            self._held_until = None
            self._take(self._coach.go_on(self._ticks()))
            return None
        return self._hear(TIMED, min(seconds, LOOK_S))

    def _hear_until_due(self, view: View) -> AnswerWord | None:
        due = self._coach.next_boundary()
        wait = LOOK_S if due is None else min(max(due - self._ticks(), 0), LOOK_S)
        item = self._item(view.item)
        seconds = guiding.long_wait_left(view, item) if item else None
        if seconds is not None:
            which = (view.state, view.item, view.side, view.set_number, view.rep)
            if seconds > guiding.NEARLY_S:
                wait = min(wait, seconds - guiding.NEARLY_S)
            elif which != self._nearly_over:
                self._nearly_over = which
                self._talk.say(f"{seconds_in_words(seconds)} left.")
        return self._hear(TIMED, wait)

    def _hear(self, words: Sequence[AnswerWord], wait: float) -> AnswerWord | None:
        names = ", ".join(word.name for word in words)
        return self._talk.hear(
            (*words, *REASON_WORDS), wait, lambda: None, f"That is not one of these: {names}, help, quit."
        )

    def _hear_however_long(self, view: View) -> AnswerWord | None:
        item = self._item(view.item)
        if item is None:
            return None
        question = guiding.waiting_sentence(view, item, self_paced=self._self_paced)
        if view.state == "hurt":
            words: tuple[AnswerWord, ...] = AFTER_HURT
        elif view.state == "card":
            words = AT_CARD
        elif view.state == "work" and not view.paused:
            words = (SET_DONE, PAUSE, *ANY_TIME[1:])
        elif self._self_paced and view.state != "work":
            words = (START, *ANY_TIME[1:])
        else:
            words = (GO_ON, *ANY_TIME)

        others = "0 to 10" if view.state == "hurt" and view.ratings_due else ""

        def prompt() -> None:
            self._talk.prompt(question if others or view.state != "hurt" else "Written down.", words, others)

        which = (question, words, others)
        if which != self._waits_for:
            self._waits_for = which
            prompt()
        wait = None if view.paused else LOOK_S
        if self._held_until is not None:
            wait = max(self._held_until - self._ticks(), 0)
        scores = tuple(PAIN_WORDS) if others else ()
        word = self._talk.hear((*words, *scores, *REASON_WORDS), wait, prompt)
        if word is None and self._held_until is not None and self._ticks() >= self._held_until:
            self._held_until = None
            self._talk.say(f"{seconds_in_words(view.step_seconds or 0)} of rest are over.")
            prompt()
        return word

    # What comes out ---------------------------------------------------------------------------------------

    def _take(self, outputs: Sequence[Output]) -> None:
        """Write what happened, say it, and wait where the person's own time begins."""
        self._let_hear([output for output in outputs if isinstance(output, Cue)])
        try:
            self._write(outputs)
            self._trouble = ""
            self._talk.say(*self._guided.record.take_changes())
        except Trouble as trouble:
            if str(trouble) != self._trouble or not all(isinstance(output, Cue) for output in outputs):
                self._talk.say(str(trouble))
            self._trouble = str(trouble)
        to_read = 0.0
        for output in outputs:
            if isinstance(output, Cue) and output.kind in STEP_BEGINS:
                self._held_until = self._waits_for = None
                to_read = 0.0
            to_read = self._say(output) or to_read
        view = self._view()
        waits = self._self_paced or to_read
        if waits and view.state in ("ready", "rest", "switch") and not view.paused:
            self._take(self._coach.pause(self._ticks()))
            if not self._self_paced:
                self._held_until = self._ticks() + to_read
            elif view.state == "rest":
                self._held_until = self._ticks() + (view.step_seconds or 0)

    def _write(self, outputs: Sequence[Output]) -> None:
        """Write what happened; where the journal is out of reach it is offered once to write on elsewhere."""
        try:
            self._guided.write(outputs)
        except OutOfReach:
            if self._offered:
                raise
            self._offered = True
            finish(within_reach(self._patient, of_head(self._head), lambda: self._guided.write(())))

    def _say(self, output: Output) -> float:
        """Say what came; the seconds that it takes to hear before time may count."""
        match output:
            case MoreTime():
                self._keep_time(output.exercise, output.seconds)
            case Cue(kind="get_ready"):
                return self._get_ready(output)
            case Cue(kind="card"):
                self._introduce(output)
            case Cue(kind="hurt"):
                self._say_hurt(output)
            case _:
                self._talk.say(self._line_of(output))
        return 0.0

    def _let_hear(self, cues: Sequence[Cue]) -> None:
        if cues and self._aloud is not None:
            voice, wanted = self._aloud
            self._talk.say(voice.heed(cues, self._ticks(), wanted, self._coach.items, self._exercises))

    def _line_of(self, output: Output) -> str:
        match output:
            case Cue(kind="go" | "go_on") if self._self_paced:
                return ""  # the question that follows says it
            case Cue(kind="more_time"):
                rest = self._view().state == "rest"
                sentence = wording.MORE_REST if rest else wording.MORE_READY
                return sentence(time=seconds_in_words(output.seconds or 0))
            case Cue(kind="go_on") if self._view().state == "ready":
                view = self._view()
                return guiding.ready_sentence((view.step_seconds or 0) - view.step_elapsed)
            case Cue():
                item = self._item(output.item)
                return guiding.cue_sentence(output, item) if item else ""
            case SetDone():
                return guiding.set_done_sentence(output, self._item_of(output), self._saved())
            case Voided():
                return guiding.undo_sentence(output, self._item_of(output))
            case _:
                return ""

    def _get_ready(self, cue: Cue) -> float:
        """Say which set is next, introducing an exercise that is new; the seconds that takes to hear."""
        item = self._item(cue.item)
        if item is None or cue.item is None:
            return 0.0
        if cue.item not in self._introduced:
            return guiding.reading_seconds(self._introduce(cue))
        if not self._self_paced:
            set_words = set_in_words(item, cue.set, cue.side)
            self._talk.say(f"{item.name}, {set_words}.", guiding.ready_sentence(cue.seconds or 0))
        return 0.0

    def _introduce(self, cue: Cue) -> list[str]:
        """Say how an exercise is done, the first time in a plan with all that its card says."""
        item = self._item(cue.item)
        if item is None or cue.item is None:
            return []
        exercise = self._exercises.get(item.exercise)
        known = cue.item in self._introduced
        self._introduced.add(cue.item)
        if known:
            lines = [f"{item.name}, {set_in_words(item, cue.set, cue.side)}."]
        else:
            lines = guiding.introduction(item, exercise, cue.item + 1, len(self._coach.items))
            if exercise is not None and item.exercise in self._guided.new:
                lines = [*lines[: lines.index(" ".join(exercise.setup)) + 1], *guiding.card(exercise)]
        if self._view().card_because == "alone":
            lines.append(wording.ALONE_CARD())
        self._talk.say(*lines)
        return lines

    def _say_hurt(self, cue: Cue) -> None:
        item = self._item(cue.item)
        plan = self._guided.record.plan
        for saved in exercise_outcomes(self._guided.session):
            if item is not None and saved.item.exercise == item.exercise:
                self._talk.say(*guiding.hurt_sentences(saved, call_line(plan)))
                return

    def _item_of(self, event: SetDone | Voided) -> Item:
        """The item of a set, with the dose it has by now."""
        return next(
            item for item in self._coach.items if item.exercise == event.exercise and event.side in item.sides
        )

    def _saved(self) -> str:
        return f"{self._guided.saved_in_words(self._view().sets_done, self._sets)}."

    def _item(self, index: int | None) -> Item | None:
        return self._coach.items[index] if index is not None else None

    # What is typed ----------------------------------------------------------------------------------------

    def _do(self, word: AnswerWord) -> None:
        now = self._ticks()
        self._coach.notice_key()
        if word.typed == "":
            self._next()
            return
        self._held_until = None
        if word in REASON_WORDS:
            self._take(self._coach.skip(now, REASON_WORDS[word]))
        elif word is SKIP:
            self._skip()
        elif word is SIGNS:
            self._signs()
        elif word is HOW:
            self._how()
        elif word is HURTS:
            self._take(self._coach.skip(now, "pain"))
        elif word in PAIN_WORDS:
            self._tell_pain(PAIN_WORDS[word])
        else:
            act = {
                PAUSE: self._coach.pause,
                DONE: self._coach.done,
                MORE_TIME: self._coach.more_time,
                MISTAKE: self._coach.back,
                UNDO: self._coach.back,
                EASIER: self._coach.easier,
                STOP: self._coach.stop,
            }[word]
            self._take(act(now))

    def _next(self) -> None:
        """The next obvious thing: hold what runs, go on with what is held, get ready after a card."""
        now, view = self._ticks(), self._view()
        if self._held_until is not None and not self._self_paced:
            self._held_until = now
        elif view.paused and not (self._self_paced and view.state != "work"):
            self._take(self._coach.go_on(now))
        elif view.step_seconds is not None and not (self._self_paced and view.state != "work"):
            self._take(self._coach.pause(now))
        else:
            self._take(self._coach.done(now))

    def _tell_pain(self, score: int) -> None:
        """Write how strong it is after a stop for pain."""
        item = self._item(self._view().item)
        if item is not None:
            session = self._guided.session.session
            rating = ExerciseRated(session=session, exercise=item.exercise, side=item.side, pain=score)
            self._take(self._coach.rate(self._ticks(), [rating]))

    def _skip(self) -> None:
        self._take(self._coach.pause(self._ticks()))
        reason = finish(go_through(self._head, skip_reason))
        if reason is not None:
            self._take(self._coach.skip(self._ticks(), reason))
            self._held_until = None
            if self._view().step_seconds is not None and not self._self_paced:
                self._take(self._coach.pause(self._ticks()))

    def _signs(self) -> None:
        self._take(self._coach.pause(self._ticks()))
        raised = self._ask_signs()
        if raised is not None:
            self._offered = True  # whom to call comes first
            self._take(self._coach.flag(self._ticks()))

    def _how(self) -> None:
        self._take(self._coach.pause(self._ticks()))
        item = self._item(self._view().item)
        if item is not None:
            self._talk.say(*guiding.explanation(item, self._exercises.get(item.exercise)))

    def _rate(self, view: View) -> None:
        items = [self._coach.items[index] for index in view.ratings_due]
        session = self._guided.session
        answers: EndAnswers | None
        if view.item is None:
            answers = finish(go_through(self._head, partial(end_session, session, items)))
        else:
            felt = finish(go_through(self._head, partial(rate, session.session, items)))
            answers = None if felt is None else EndAnswers(ratings=felt)
        if answers is None:
            self._take(self._coach.back(self._ticks()))
            return
        try:
            self._guided.tell(answers.confirming)
        except Trouble as trouble:
            self._talk.say(str(trouble))
        self._take(self._coach.rate(self._ticks(), answers.ratings.ratings, answers.ratings.worst))
