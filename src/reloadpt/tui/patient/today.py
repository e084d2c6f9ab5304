"""Today: what is due, why, and one key to begin."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reloadpt import wording
from reloadpt.care.exercise_outcomes import sets_whole
from reloadpt.care.in_words import full_dose, muscle_in_words, sided_name
from reloadpt.care.instructions import what_to_fetch
from reloadpt.care.safety import call_line, not_told, stays_closed
from reloadpt.care.today import Today, nothing_due_sentence
from reloadpt.coach.timeline import planned_seconds, timeline
from reloadpt.files import Trouble
from reloadpt.journal.events import Item
from reloadpt.settings import WeightUnit
from reloadpt.tui.kit import actions as a
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.widgets.hung_text import HangingLine, HangingText
from reloadpt.tui.widgets.key_line import KeyLine

ALWAYS = (a.MORE, a.TO_PROGRESS, a.TO_LIBRARY, a.TO_LEARN, a.TO_SETTINGS, a.HELP, a.LEAVE)
FIRST_DAY = ("0-2", "2-24")
"""On the day of the needle what to do and avoid comes before the exercises."""
CARE_INDENT = 9


class TodayScreen(PatientPage[None]):
    """The screen the app opens on; everything starts here and comes back here."""

    CSS_PATH = "today.tcss"
    BINDINGS = a.bindings(*a.TODAY)

    def __init__(self) -> None:
        super().__init__()
        self._flows = 0
        """How many are under way; two while one takes the place of another."""

    def compose(self) -> ComposeResult:
        """Empty places, filled by ``renew``."""
        with VerticalScroll(classes="page"):
            yield Static(id="heading", classes="title")
            yield Static(id="phases", classes="quiet")
            yield Static(id="offer", classes="said gap")
            yield HangingText(id="aftercare", classes="gap")
            yield Vertical(id="items")
            yield HangingText(id="later-care", classes="gap")
            yield Static(id="notes", classes="quiet gap")
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask whose turn it is where several have a journal here; show Today, or ask the first questions."""
        app = self.record_app
        self._follow(self._begin()) if app.given or app.home.people.is_dir() else self._greet()

    async def _begin(self) -> None:
        from reloadpt.dialogue.given_plan import take_given_plan
        from reloadpt.dialogue.turns import ask_turn

        app, given = self.record_app, self.record_app.given
        app.given = None
        if not given or not await take_given_plan(given, app.home, app.library, app.turn_to, app.head):
            app.turn_to(await ask_turn(app.home, app.head))
        self._greet()

    def _greet(self) -> None:
        for notice in self.record_app.record.notices:
            self.notify(notice, markup=False, timeout=30)
        if self.record_app.record.plan is None:
            self.action_next()

    def on_screen_resume(self) -> None:
        """At the start, and whenever one comes back: things have changed."""
        if not self._flows:
            self.renew()

    def renew(self) -> None:
        """Work out Today again and show it."""
        for change in self.record_app.record.take_changes():
            self.notify(change, severity="warning", markup=False, timeout=30)
        due = self.record_app.today()
        session = self.record_app.record.history.open_session()
        keys = self.query_one(KeyLine)
        if due is None:
            self._show(None, "Welcome to reloadpt", "", wording.NO_PLAN_YET(key=self.key(a.NEXT)), "")
            keys.show((a.NEXT, "Set up a plan"), *ALWAYS)
            return
        alone = f"   ({wording.OWN_PLAN()})" if due.plan.self_made else ""
        heading = f"Today, {due.at:%A} {due.at.day} {due.at:%B}{alone}"
        phases = "   ".join(
            f"{muscle_in_words(key, self.record_app.library)}: {now.phase}, day {now.day}"
            for key, now in due.phases.items()
        )
        notes = "\n".join(filter(None, (*due.notes, "" if due.locked else call_line(due.plan))))
        if due.locked:
            offer = f"{stays_closed(due.locked.code)}\n{not_told(due.plan)}"
            self._show(due, heading, phases, offer, notes)
            keys.show((a.NEXT, "Whom to call"), *ALWAYS)
        elif session and session.day == due.at.date():
            done, dealt = sets_whole(session)
            offer = f"A session is under way: {done} of {dealt} sets are saved.\n{self.key(a.NEXT)} goes on at the next set."
            self._show(due, heading, phases, offer, notes)
            keys.show((a.NEXT, "Go on"), a.RESUME_END, a.SIGNS, *ALWAYS)
        elif due.items:
            self._show(
                due,
                heading,
                phases,
                "\n".join(filter(None, (_offer(due, self.key(a.NEXT)), self._to_fetch(due)))),
                notes,
                [_card(item, self.record_app.settings.weights) for item in due.items],
            )
            keys.show((a.NEXT, "Begin"), a.SIGNS, *([a.SPOKE] if due.evidence else []), *ALWAYS)
        else:
            self._show(due, heading, phases, nothing_due_sentence(due), notes)
            first = [(a.NEXT, "Check in")] if due.ask else []
            keys.show(*first, a.SIGNS, a.TO_SHARE, *([a.SPOKE] if due.evidence else []), *ALWAYS)

    def _to_fetch(self, due: Today) -> str:
        return what_to_fetch(due.plan, self.record_app.library, due.items)

    def _show(
        self,
        due: Today | None,
        heading: str,
        phases: str,
        offer: str,
        notes: str,
        cards: Sequence[Content] = (),
    ) -> None:
        for name, text in (("heading", heading), ("phases", phases), ("offer", offer), ("notes", notes)):
            self.query_one(f"#{name}", Static).update(Content(text))
        for name, lines in zip(("aftercare", "later-care"), _care(due), strict=True):
            self.query_one(f"#{name}", HangingText).show(lines)
        place = self.query_one("#items", Vertical)
        widgets = list(place.query(Static))
        for card, content in zip(widgets, cards, strict=False):
            card.update(content)
        for card in widgets[len(cards) :]:
            card.remove()
        place.mount_all(Static(content, classes="card") for content in cards[len(widgets) :])

    def action_next(self) -> None:
        """Begin, go on, or show whom to call."""
        from reloadpt.tui.patient import flows

        self._follow(flows.begin_next_step(self.record_app))

    def action_signs(self) -> None:
        """Ask about the warning signs, at any time."""
        if self.record_app.record.plan is None:
            super().action_signs()
        else:
            self._go("signs")

    def action_end_open(self) -> None:
        """End the session that was begun."""
        from reloadpt.coach.guided import abandon

        if self.record_app.record.history.open_session():
            try:
                abandon(self.record_app.record, self.record_app.wall())
            except Trouble as trouble:
                self.complain(str(trouble))
            self.renew()

    def action_spoke(self) -> None:
        """The therapist knows, and says that it may go on."""
        self._go("spoke")

    def action_more(self) -> None:
        """Everything else that can be done from here."""
        from reloadpt.tui.patient import flows

        if self.record_app.record.plan is not None:
            self._follow(flows.more(self.record_app))

    def action_library(self) -> None:
        """Look at all exercises."""
        self.record_app.open_screen("LibraryScreen")

    def action_progress(self) -> None:
        """How it has gone."""
        self.record_app.open_screen("ProgressScreen")

    def action_settings(self) -> None:
        """Change how it looks, moves and sounds."""
        self.record_app.open_screen("SettingsScreen")

    def action_learn(self) -> None:
        """Read about needling and the days after."""
        from reloadpt.tui.patient.learn import read_pages

        self._follow(read_pages(self.record_app))

    def action_share(self) -> None:
        """Make the one file for the therapist."""
        self._go("share")

    def action_leave(self) -> None:
        """Leave the app."""
        self.app.exit()

    def _go(self, word: str) -> None:
        from reloadpt.tui.patient import flows

        if self.record_app.record.plan is not None:
            self._follow(flows.begin_way(self.record_app, word))

    def _follow(self, flow: Coroutine[None, None, None]) -> None:
        self.run_worker(self._followed(flow), exclusive=True, group="flow")

    async def _followed(self, flow: Coroutine[None, None, None]) -> None:
        """Go through ``flow``; from one of its screens to the next nothing of Today is seen in between."""
        self._flows += 1
        self.add_class("asking")
        self.query_one(KeyLine).show()
        try:
            await self.follow(flow)
        finally:
            self._flows -= 1
            if not self._flows and self.is_running:
                self.remove_class("asking")
                self.renew()


def _offer(due: Today, key: str) -> str:
    minutes = max(round(planned_seconds(timeline(due.items)) / 60), 1)
    count = len(due.items)
    return f"{count} exercise{'s' * (count > 1)}, about {minutes} minute{'s' * (minutes > 1)}. {key} begins."


def _care(due: Today | None) -> tuple[Sequence[HangingLine], Sequence[HangingLine]]:
    """The after-care of this window: before the exercises on the first day, after them later."""
    care = due.aftercare if due else None
    if due is None or care is None:
        return (), ()
    lines = [HangingLine(Content.styled(wording.AFTER_NEEDLE(until=f"{care.ends_at:%A %H:%M}"), "bold"))]
    for label, sentences in (("do", care.do), ("avoid", care.avoid)):
        lines += [
            HangingLine(Content(sentence), f"  {label}" if at == 0 else "", CARE_INDENT)
            for at, sentence in enumerate(sentences)
        ]
    lines += [HangingLine(Content.styled(care.note, "$quiet"))] if care.note else []
    return (lines, ()) if care.window in FIRST_DAY else ((), lines)


def _card(item: Item, unit: WeightUnit) -> Content:
    return Content.assemble((sided_name(item), "bold"), f"   {full_dose(item, unit)}\n", (item.why, "$quiet"))
