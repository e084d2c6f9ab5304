"""The session: one thing at a time, large enough for two metres, in time with the coach."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Static

from reloadpt import wording
from reloadpt.care.exercise_outcomes import exercise_outcomes
from reloadpt.care.safety import call_line
from reloadpt.coach.coach import MoreTime, Output, Voided
from reloadpt.coach.cues import Cue
from reloadpt.coach.guided import GuidedSession
from reloadpt.coach.view import View
from reloadpt.coach.watch import Watch
from reloadpt.dialogue.asks import go_through, typed_number
from reloadpt.figure.mirror import mirrored
from reloadpt.figure.model import Figure
from reloadpt.files import Trouble
from reloadpt.journal.events import ExerciseRated, Item
from reloadpt.journal.journal import OutOfReach
from reloadpt.program.programme import Exercise
from reloadpt.tui.kit.actions import DONE, NEXT, SESSION, SIGNS, SKIP, bindings
from reloadpt.tui.kit.keyed_screen import DEAD_S
from reloadpt.tui.patient import session_words as words
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.widgets.bar import Bar
from reloadpt.tui.widgets.big_text import BigText
from reloadpt.tui.widgets.clipped_text import ClippedText
from reloadpt.tui.widgets.figure_view import FigureView
from reloadpt.tui.widgets.hung_text import HangingLine, HangingText
from reloadpt.tui.widgets.key_line import KeyLine
from reloadpt.tui.widgets.pace import Pace
from reloadpt.voice.spoken import seconds_in_words
from reloadpt.voice.words import work_in_words

FRAME_S = 0.5
MOVING_FRAME_S = 1 / 12
FLASH_S = 0.4
LEAST_WAIT_S = 0.005
DRAWING_S = 0.05
"""So close before a cue no frame is begun, or the cue would wait for it."""
FLASHING = frozenset({"go", "rest", "switch", "done"})
"""When a set begins and when it ends."""
ROOMY_ROWS = 30
"""Rows of a terminal from which the word of the moment stands in large letters above the number."""
MOODS = ("working", "resting", "waiting")
WAITING_TO_BE_READ = frozenset({"card", "hurt"})
DIGITS = "0123456789"
SCROLLING = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}


class SessionScreen(PatientPage[None]):
    """Guides one session; it ends by itself once the last entry is written."""

    BINDINGS = bindings(*SESSION)
    CSS_PATH = "session.tcss"

    def __init__(self, guided: GuidedSession, exercises: dict[str, Exercise]) -> None:
        super().__init__()
        self.guided = guided
        self._exercises = exercises
        self._timer: Timer | None = None
        self._asking = False
        self._drawn: tuple[str, str | None] | None = None
        self._card: list[HangingLine] = []
        self._reading = False
        """Whether the card was asked for, and stands where the number was."""
        self._pain: int | None = None
        """How strong it is after a stop for pain, as typed so far."""
        self._moment: tuple[object, ...] = ()
        self._moment_at = float("-inf")
        """The step that is shown, and since when."""
        self._elsewhere: Literal["", "asked", "over"] = ""
        """Whether it was offered to write on in another place."""
        self._sets = sum(item.sets_in_all for item in guided.session.items)

    def compose(self) -> ComposeResult:
        """What it is, the large number, the pace, and how far."""
        with Vertical(classes="page", id="session"):
            with Horizontal(id="head"):
                yield Static(id="name", classes="title")
                yield Static(id="where", classes="quiet")
            yield ClippedText(id="cue", classes="said")
            with Horizontal(id="middle"):
                with Vertical(id="count"):
                    yield BigText(id="state")
                    yield BigText(id="number")
                    yield Static(id="unit")
                with VerticalScroll(id="card", can_focus=False):
                    yield HangingText(id="card-lines")
                yield FigureView(id="figure")
            yield Pace(id="pace")
            yield Static(id="next", classes="quiet")
            with Horizontal(id="foot"):
                yield Bar(id="progress")
                yield Static(id="left", classes="quiet")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin, or go on where it was left."""
        app = self.record_app
        self.set_class(app.settings.big_digits, "big-digits")
        self._watch = Watch(app.ticks(), app.wall().timestamp())
        for stop in (app.app_suspend_signal, app.app_resume_signal):
            stop.subscribe(self, self._stopped, immediate=True)
        self._take(self.guided.coach.begin(app.ticks()))

    def on_resize(self) -> None:
        """Where there is much room the word of the moment is large too."""
        self.set_class(self.app.size.height >= ROOMY_ROWS, "roomy")

    def on_screen_suspend(self) -> None:
        """Something opens over the session: time stands still, and coming back waits for Space."""
        if self.is_running and not self._answered:
            self._hold()

    def on_screen_resume(self) -> None:
        """Back again; where a warning sign ended it meanwhile there is nothing to come back to."""
        if self._timer is not None:
            self._take(())

    def _hold(self) -> None:
        """Let time stand still where it runs."""
        now = self.record_app.ticks()
        view = self.guided.coach.view(now)
        if (not view.paused and view.step_seconds is not None) or view.state == "work":
            self._take(self.guided.coach.pause(now))

    def on_unmount(self) -> None:
        """Let go; what is not ended can be gone on with."""
        self.guided.leave()

    # Time -------------------------------------------------------------------------------------------------

    def wake(self) -> None:
        """Cross what has passed, show how things stand, and be woken at the next boundary or frame."""
        app = self.record_app
        now = app.ticks()
        coach = self.guided.coach
        if self._watch.gap(now, app.wall().timestamp()):
            self._take(coach.slept(now))
        else:
            self._take(coach.advance(now))

    def _take(self, outputs: Sequence[Output]) -> None:
        """Let cues be heard, write what happened, show it, and go on to what follows."""
        self._let_hear([output for output in outputs if isinstance(output, Cue)])
        for output in outputs:
            if isinstance(output, MoreTime):
                app = self.record_app
                app.change("getting_ready", {**app.settings.getting_ready, output.exercise: output.seconds})
        try:
            self.guided.write(outputs)
        except Trouble as trouble:
            if self._elsewhere == "" and isinstance(trouble, OutOfReach):
                self._elsewhere = "asked"
                self.run_worker(self._write_elsewhere(), exclusive=True, group="elsewhere")
            elif outputs:
                self.notify(str(trouble), severity="error", markup=False, timeout=60)
        for change in self.guided.record.take_changes():
            self.notify(change, severity="warning", markup=False, timeout=60)
        view = self.guided.coach.view(self.record_app.ticks())
        if view.state == "finished":
            if self._elsewhere != "asked":
                self.answer(None)
            return
        self._show(view)
        if view.state == "rate" and not self._asking:
            self._ask_ratings()
        self._wait(view)

    async def _write_elsewhere(self) -> None:
        """Offer once to write on in another place, while time stands still; with no it is NOT SAVED until the end."""
        from reloadpt.dialogue.elsewhere import of_head, within_reach

        app = self.record_app
        try:
            await within_reach(app.patient, of_head(app.head), lambda: self.guided.write(()))
        except Trouble as trouble:
            self.notify(str(trouble), severity="error", markup=False, timeout=60)
        self._elsewhere = "over"
        if self.is_current:
            self._take(())

    def _stopped(self, _app: object) -> None:
        """Ctrl-Z, or ``fg`` after it: however short it was, nobody was guided meanwhile."""
        self._take(self.guided.coach.slept(self.record_app.ticks()))

    def _wait(self, view: View) -> None:
        if self._timer is not None:
            self._timer.stop()
        moving = (view.state in ("work", "ready", "card") or self._reading) and self._moves
        wait = 1.0 if view.paused and not self._reading else MOVING_FRAME_S if moving else FRAME_S
        due = self.guided.coach.next_boundary()
        if due is not None:
            until_due = max(due - self.record_app.ticks(), LEAST_WAIT_S)
            wait = until_due if until_due < wait + DRAWING_S else wait
        self._timer = self.set_timer(wait, self.wake)

    def _let_hear(self, cues: Sequence[Cue]) -> None:
        """Let cues be heard and seen; first of all, since they were due before anything else is done."""
        if not cues:
            return
        app = self.record_app
        problem = app.voice.heed(cues, app.ticks(), app.settings, self.guided.coach.items, self._exercises)
        if problem:
            self.notify(problem, markup=False, timeout=10)
        for cue in cues:
            self._heed(cue)

    def _heed(self, cue: Cue) -> None:
        if cue.kind == "nothing_done":
            self.notify(
                f"Nothing is complete yet. {self.key(SKIP)} leaves this exercise out.",
                markup=False,
                timeout=4,
            )
        elif cue.kind == "no_easier":
            self.notify(wording.NO_EASIER(key=self.key(SKIP)), markup=False, timeout=4)
        elif cue.kind == "easier" and cue.item is not None and cue.before is not None:
            now, before = work_in_words(self.guided.coach.items[cue.item]), work_in_words(cue.before)
            self.notify(wording.EASIER_NOW(now=now, before=before), markup=False, timeout=8)
        elif cue.kind == "more_time":
            sentence = wording.MORE_REST if self._view().state == "rest" else wording.MORE_READY
            self.notify(sentence(time=seconds_in_words(cue.seconds or 0)), markup=False, timeout=6)
        elif cue.kind in FLASHING and self.record_app.settings.flash:
            self.flash()

    def flash(self) -> None:
        """Something to see where nothing may be heard."""
        state = self.query_one("#state")
        state.add_class("flash")
        self.set_timer(FLASH_S, lambda: state.remove_class("flash"))

    # Looks ------------------------------------------------------------------------------------------------

    def _show(self, view: View) -> None:
        items = self.guided.coach.items
        item = items[view.item] if view.item is not None else None
        if item is None:
            return
        moment = (view.state, view.item, view.side, view.set_number)
        if moment != self._moment:
            self._moment, self._moment_at = moment, self.record_app.ticks()
            self._pain = None
        self._text("name", item.name)
        self._text("where", words.where_words(view, items))
        exercise = self._exercises.get(item.exercise)
        self.set_class(self._reading or view.state in WAITING_TO_BE_READ, "reading")
        self.set_class(view.state == "hurt", "hurt")
        self._show_card(view, item, exercise)
        self.query_one("#cue", ClippedText).show(words.cue_words(view, exercise))
        self._show_figure(view, item, exercise)
        state = self.query_one("#state", BigText)
        state.text, mood_now = words.state_word(view, item)
        digits = self.query_one("#number", BigText)
        for mood in MOODS:
            state.set_class(mood == mood_now, mood)
            digits.set_class(mood == mood_now, mood)
        number, widest, unit = words.number_of(view, item, self.key(DONE))
        digits.widest, digits.text = widest, number
        self._text("unit", unit)
        self.query_one(Pace).parts = words.pace_of(view, item, moving=self.app.animation_level != "none")
        self._text("next", words.next_words(view, items, self.key(NEXT)))
        self.query_one("#progress", Bar).fraction = view.fraction
        saved = self.guided.saved_in_words(view.sets_done, self._sets)
        self._text("left", f"  {saved}, {words.clock(view.seconds_left, minutes=True)} left")
        self.query_one(KeyLine).show(*words.keys_now(view))

    def _show_figure(self, view: View, item: Item, exercise: Exercise | None) -> None:
        place = self.query_one(FigureView)
        which = (item.exercise, view.side)
        if which != self._drawn:
            self._drawn = which
            figure = Figure.model_validate(exercise.figure) if exercise and exercise.figure else None
            place.figure = mirrored(figure) if figure and view.side == "left" else figure
            self.set_class(figure is not None, "with-figure")
        moment = words.preview(self.record_app.ticks()) if self._reading else words.moment_of(view)
        place.show(moment if self._moves else 0.0)

    def _show_card(self, view: View, item: Item, exercise: Exercise | None) -> None:
        """What is to be read: the card of an exercise, or what came of stopping it for pain."""
        key = self.key(NEXT)
        if view.state == "hurt":
            saved = next(
                outcome
                for outcome in exercise_outcomes(self.guided.session)
                if outcome.item.exercise == item.exercise
            )
            plan = self.record_app.record.plan
            lines = words.hurt_lines(saved, self._pain, key, self.key(SIGNS), call_line(plan))
        elif self._reading or view.state == "card":
            lines = words.card_text(item, exercise, view.card_because or "")
        else:
            return
        shown = self.query_one("#card-lines", HangingText)
        if lines != self._card:
            self._card = lines
            shown.show(lines)

    @property
    def _moves(self) -> bool:
        """Whether the figure is to move: not where motion is turned off for all of the app."""
        return self.has_class("with-figure") and self.app.animation_level != "none"

    def _text(self, name: str, text: str) -> None:
        widget = self.query_one(f"#{name}", Static)
        before = str(widget.content)
        if before != text:
            # each has one line: none moves while its length stays
            widget.update(Content(text), layout=cell_len(before) != cell_len(text))

    # Actions ----------------------------------------------------------------------------------------------

    def action_next(self) -> None:
        """The next obvious thing: from a card get ready, hold what runs, go on with what is held."""
        coach, now = self.guided.coach, self.record_app.ticks()
        view = coach.view(now)
        if view.paused:
            self._reading = False
            self._watch.gap(now, self.record_app.wall().timestamp())
            self._take(coach.go_on(now))
        elif view.state in ("card", "hurt", "ready") and now - self._moment_at < DEAD_S:
            coach.notice_key()
        elif view.state == "hurt":
            self._tell_pain()
            self._take(coach.done(now))
        elif view.state == "card" or view.step_seconds is None:
            self._take(coach.done(now))
        else:
            self._take(coach.pause(now))

    def on_key(self, event: Key) -> None:
        """Any key says that somebody is there; after a stop for pain a digit says how strong it is."""
        self.guided.coach.notice_key()
        if event.character and event.character in DIGITS and self._view().state == "hurt":
            event.stop()
            self.action_pain(typed_number(self._pain, int(event.character)))
        elif event.key in SCROLLING and self.has_class("reading"):
            event.stop()
            self.query_one("#card").scroll_relative(y=SCROLLING[event.key], animate=False)

    def action_pain(self, score: int) -> None:
        """How strong it is now, typed or touched; it is written when one goes on."""
        self._pain = score
        self._show(self._view())

    def _tell_pain(self) -> None:
        """Write how strong it is after a stop for pain, where that was told."""
        coach, view = self.guided.coach, self._view()
        if view.state == "hurt" and self._pain is not None and view.ratings_due:
            item = coach.items[view.ratings_due[0]]
            session = self.guided.session.session
            rating = ExerciseRated(session=session, exercise=item.exercise, side=item.side, pain=self._pain)
            self._take(coach.rate(self.record_app.ticks(), [rating]))

    def _view(self) -> View:
        return self.guided.coach.view(self.record_app.ticks())

    def action_how(self) -> None:
        """Show the card, while time stands still; again, or Space, goes on."""
        view = self._view()
        if view.item is None or view.state in ("card", "hurt"):
            return
        self._reading = not self._reading
        self._hold()
        self._show(self._view())

    def action_more_time(self) -> None:
        """More time to get ready, or to rest."""
        self._take(self.guided.coach.more_time(self.record_app.ticks()))

    def action_done(self) -> None:
        """This set is done, or begins now."""
        self._reading = False
        if self._view().state == "hurt":
            self._tell_pain()
        self._take(self.guided.coach.done(self.record_app.ticks()))

    def action_back(self) -> None:
        """Close the card; else start the set again, or take the last one back, and say what came back."""
        if self._reading:
            self.action_how()
            return
        hurt = self._view().state == "hurt"
        outputs = self.guided.coach.back(self.record_app.ticks())
        self._take(outputs)
        taken_back = [output for output in outputs if isinstance(output, Voided)]
        if hurt and taken_back:
            self.notify(words.taken_back(taken_back, self.guided.coach.items), markup=False, timeout=12)

    def action_easier(self) -> None:
        """Make the rest of this exercise easier."""
        self._take(self.guided.coach.easier(self.record_app.ticks()))

    def action_stop(self) -> None:
        """End the session here."""
        self._tell_pain()
        self._take(self.guided.coach.stop(self.record_app.ticks()))

    def action_sound(self) -> None:
        """Turn the tones off or on."""
        self._turn("sound", "Tones")

    def action_speech(self) -> None:
        """Turn the voice off or on."""
        self._turn("speech", "Voice")

    def action_count_aloud(self) -> None:
        """Turn counting aloud off or on."""
        self._turn("count_aloud", "Count aloud")

    def _turn(self, setting: str, named: str) -> None:
        """Turn what is heard off or on, and say so; or why it will not be heard."""
        app = self.record_app
        on = not getattr(app.settings, setting)
        app.change(setting, on)
        trouble = app.voice.trouble() if on and setting != "sound" else ""
        self.notify(
            trouble or f"{named} {'on' if on else 'off'}.", markup=False, timeout=10 if trouble else 2
        )

    def action_hurts(self) -> None:
        """Stop this exercise, and write down that it hurt; time stands still."""
        self._reading = False
        self._take(self.guided.coach.skip(self.record_app.ticks(), "pain"))

    def action_skip(self) -> None:
        """Ask why, and leave the rest of this exercise out."""
        self.run_worker(self._skip(), exclusive=True, group="asking")

    def action_signs(self) -> None:
        """Something worries them: pause, and show the warning signs."""
        self.run_worker(self.worry_here(), exclusive=True, group="signs")

    def action_hold(self) -> None:
        """Hold what runs; close the card."""
        self._reading = False
        self._hold()
        self._show(self._view())

    def action_more(self) -> None:
        """What is heard, and all other settings; time stands still."""
        self.run_worker(self._more(), exclusive=True, group="asking")

    async def _more(self) -> None:
        from reloadpt.tui.asks.choice import ChoiceScreen

        heard = {"sound": "Tones", "speech": "Voice", "count_aloud": "Count aloud"}
        options = [
            (name, f"{label}: turn {'off' if getattr(self.record_app.settings, name) else 'on'}")
            for name, label in heard.items()
        ]
        chosen = await self.app.push_screen_wait(
            ChoiceScreen(wording.ASK_CHANGE(), [*options, ("settings", "All settings")])
        )
        if chosen in heard:
            self._turn(chosen, heard[chosen])
        elif chosen is not None:
            self.record_app.open_screen("SettingsScreen")

    async def _skip(self) -> None:
        from reloadpt.dialogue.in_session import skip_reason

        self._take(self.guided.coach.pause(self.record_app.ticks()))
        reason = await go_through(self.record_app.head, skip_reason)
        if reason is not None:
            self._reading = False
            self._take(self.guided.coach.skip(self.record_app.ticks(), reason))
            self._hold()

    async def worry_here(self) -> None:
        """Ask about the warning signs, also over what was opened over the session; one that is marked ends it."""
        from reloadpt.dialogue.signs import signs_in_session

        self._tell_pain()
        self._hold()
        raised = await signs_in_session(self.record_app.patient, self.record_app.head)
        if raised is not None:
            self._elsewhere = "over"  # whom to call comes first
            self._take(self.guided.coach.flag(self.record_app.ticks()))
            while self.app.screen is not self and self in self.app.screen_stack:
                self.app.pop_screen()
            self.answer(None)

    def _ask_ratings(self) -> None:
        self._asking = True
        self.run_worker(self._ratings(), exclusive=True, group="asking")

    async def _ratings(self) -> None:
        from reloadpt.dialogue.in_session import EndAnswers, end_session, rate

        coach = self.guided.coach
        while (view := coach.view(self.record_app.ticks())).state == "rate":
            items = [coach.items[index] for index in view.ratings_due]
            session = self.guided.session
            answers: EndAnswers | None
            if view.item is None:
                answers = await go_through(self.record_app.head, partial(end_session, session, items))
            else:
                felt = await go_through(self.record_app.head, partial(rate, session.session, items))
                answers = None if felt is None else EndAnswers(ratings=felt)
            if answers is None:
                if view.item is None:
                    self._take(coach.back(self.record_app.ticks()))
                continue
            try:
                self.guided.tell(answers.confirming)
            except Trouble as trouble:
                self.complain(str(trouble))
            self._take(coach.rate(self.record_app.ticks(), answers.ratings.ratings, answers.ratings.worst))
        self._asking = False
