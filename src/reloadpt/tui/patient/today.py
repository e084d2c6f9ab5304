"""Today: what is due, why, and one key to begin."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from reloadpt import wording
from reloadpt.care.at_a_glance import FIRST_DAY, steps_sentence, to_know, what_then, what_to_avoid
from reloadpt.care.exercise_outcomes import sets_whole
from reloadpt.care.history import Session
from reloadpt.care.in_words import sets_and_load, sided_name
from reloadpt.care.instructions import instructions, what_to_fetch
from reloadpt.care.safety import call_line, not_told, stays_closed
from reloadpt.care.today import Today, nothing_due_sentence
from reloadpt.coach.timeline import planned_seconds, timeline
from reloadpt.files import Trouble
from reloadpt.journal.events import Item
from reloadpt.tui.kit import actions as a
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.widgets.hung_text import HangingLine, HangingText
from reloadpt.tui.widgets.key_line import KeyLine, Shown

ALWAYS = (a.MORE, a.LEAVE)
DID_AWAY = "Done without the screen"
SCROLLED = 3
"""Lines that a key scrolls where there is nothing more to mark."""
BESIDE_FROM = 66
"""From so many columns on a dose stands beside its exercise, below another in one column."""
CARE_INDENT = 9
ITEM_INDENT = 4
GAP = 3
BROAD = (110, 34)
"""From so many columns and rows on the marked exercise moves beside the list, and the last days stand below it."""


class TodayScreen(PatientPage[None]):
    """The screen the app opens on; everything starts here and comes back here."""

    CSS_PATH = "today.tcss"
    BINDINGS = a.bindings(*a.TODAY)

    def __init__(self) -> None:
        super().__init__()
        self._flows = 0
        """How many are under way; two while one takes the place of another."""
        self._items: tuple[Item, ...] = ()
        self._at = 0
        """Which of them is marked."""
        self._days_of: tuple[int, date] | None = None
        """The entries and the day of which the last days are shown."""

    def compose(self) -> ComposeResult:
        """Empty places, filled by ``renew``."""
        with VerticalScroll(classes="page", id="day", can_focus=False):
            with Horizontal(id="top"):
                yield Static(id="heading", classes="title")
                yield Static(id="step", classes="quiet")
            with Horizontal(id="both"):
                with Vertical(id="first"):
                    yield Static(id="offer", classes="gap")
                    yield Static(id="need", classes="said")
                    yield HangingText(id="aftercare", classes="gap")
                    yield Vertical(id="items")
                    yield Static(id="why", classes="quiet gap")
                    yield Static(id="know", classes="said gap")
                    yield Static(id="alone", classes="said")
                    with Horizontal(id="last", classes="gap"):
                        yield Static(id="then")
                        yield Static(id="number")
                yield Vertical(id="beside")
            yield Horizontal(id="below")
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
        self._items, self._at = (due.items if due else ()), 0
        self.query_one("#day").scroll_home(animate=False)
        if due is None:
            self._say(heading="Welcome to reloadpt", offer=wording.NO_PLAN_YET(key=self.key(a.NEXT)))
            self._show_items()
            self.query_one(KeyLine).show((a.NEXT, "Set up a plan"), *ALWAYS)
            return
        session = self.record_app.record.history.open_session()
        if session and session.day != due.at.date():
            session = None
        if due.locked or session:
            self._items = ()
        self._say(
            heading=f"{due.at:%A} {due.at.day} {due.at:%B}",
            step=steps_sentence([*due.phases.values()]),
            offer=self._offer(due, session),
            need=what_to_fetch(due.plan, self.record_app.library, self._items),
            know="\n".join(
                [*([wording.OWN_PLAN().capitalize() + "."] if due.plan.self_made else []), *to_know(due)]
            ),
            alone="" if due.locked or _is_first_day(due) else what_to_avoid(due),
            then="" if session else what_then(due),
            number="" if due.locked else call_line(due.plan),
        )
        self.query_one("#aftercare", HangingText).show(
            care_lines(due) if _is_first_day(due) and not due.locked else ()
        )
        self._show_items()
        self.query_one(KeyLine).show(*self._keys(due, session), *ALWAYS)
        self.call_after_refresh(self._show_broad)

    def _keys(self, due: Today, session: Session | None) -> list[Shown]:
        """What the keys do now, the next obvious thing first."""
        if due.locked:
            return [(a.NEXT, "Whom to call")]
        spoke = [a.SPOKE] if due.evidence else []
        if session:
            return [(a.NEXT, "Go on"), a.RESUME_END, (a.ADD_AWAY, DID_AWAY)]
        if due.items:
            return [(a.NEXT, "Begin"), a.HOW, (a.ADD_AWAY, DID_AWAY), *spoke]
        first: list[Shown] = [(a.NEXT, "Check in")] if due.ask else []
        return [*first, (a.ADD_AWAY, DID_AWAY), a.TO_SHARE, *spoke]

    def _offer(self, due: Today, session: Session | None) -> str:
        """The one thing to do."""
        if due.locked:
            return f"{stays_closed(due.locked.code)}\n{not_told(due.plan)}"
        if session:
            done, dealt = sets_whole(session)
            return f"A session is under way: {done} of {dealt} sets are saved.\n{self.key(a.NEXT)} goes on at the next set."
        return _offer(due, self.key(a.NEXT)) if due.items else nothing_due_sentence(due)

    def _say(self, **texts: str) -> None:
        """Show these texts in their places; the others are empty, and take no room."""
        for name in ("heading", "step", "offer", "need", "why", "know", "alone", "then", "number"):
            place = self.query_one(f"#{name}", Static)
            place.update(Content(texts.get(name, "")))
            place.display = bool(texts.get(name))

    def _show_items(self) -> None:
        """The exercises, a line each, the marked one with why it is there."""
        place = self.query_one("#items", Vertical)
        rows = list(place.query(HangingText))
        lines = [self._lines(at, item) for at, item in enumerate(self._items)]
        for row, line in zip(rows, lines, strict=False):
            row.show(line)
        for row in rows[len(lines) :]:
            row.remove()
        place.mount_all(HangingText(line) for line in lines[len(rows) :])
        why = self.query_one("#why", Static)
        why.display = bool(self._items) and not self.query_one("#aftercare").display
        if self._items:
            why.update(Content(self._items[self._at].why))

    def _lines(self, at: int, item: Item) -> list[HangingLine]:
        here = at == self._at
        style = "bold $primary" if here else "bold"
        click = Style.from_meta({"@click": f"screen.mark({at})"})
        mark = Content.styled(f"{'>' if here else ' '} {at + 1} ", style)
        name = Content.styled(sided_name(item), style)
        dose = Content.styled(
            sets_and_load(item, self.record_app.settings.weights), "$foreground" if here else "$quiet"
        )
        if self.app.size.width < BESIDE_FROM:
            below = HangingLine(dose.stylize(click), " " * ITEM_INDENT, ITEM_INDENT)
            return [HangingLine(name.stylize(click), mark.stylize(click), ITEM_INDENT), below]
        wide = ITEM_INDENT + max(len(sided_name(dealt)) for dealt in self._items) + GAP
        return [HangingLine(dose.stylize(click), (mark + name).stylize(click), wide)]

    def on_resize(self) -> None:
        """Lines follow the width; where there is much room there is more to see."""
        self.set_class(self._is_broad, "broad")
        self._show_items()
        self.call_after_refresh(self._show_broad)

    @property
    def _is_broad(self) -> bool:
        return self.app.size.width >= BROAD[0] and self.app.size.height >= BROAD[1]

    async def _show_broad(self) -> None:
        """Where there is much room: the marked exercise moves, and the last days stand below; after the first frame."""
        if self._is_broad and self.is_running and self.record_app.record.plan is not None:
            from reloadpt.tui.patient.last_days import show_last_days, show_moving

            item = self._items[self._at] if self._items else None
            await show_moving(self.record_app, self.query_one("#beside"), item)
            of = (self.record_app.record.history.entries, self.record_app.wall().date())
            if of != self._days_of:
                self._days_of = of
                self.set_class(await show_last_days(self.record_app, self.query_one("#below")), "with-days")

    async def action_mark(self, at: int) -> None:
        """Mark an exercise; the marked one again, by a click, opens its card."""
        if at == self._at:
            self.action_how()
        else:
            await self._mark(at)

    async def _mark(self, at: int) -> None:
        self._at = at
        self._show_items()
        self.query_one("#items", Vertical).query(HangingText)[at].scroll_visible(animate=False)
        await self._show_broad()

    async def action_mark_above(self) -> None:
        """The exercise above; at the first one further up."""
        if self._items and self._at:
            await self._mark(self._at - 1)
        else:
            self.query_one("#day").scroll_relative(y=-SCROLLED, animate=False)

    async def action_mark_below(self) -> None:
        """The exercise below; at the last one further down."""
        if self._at + 1 < len(self._items):
            await self._mark(self._at + 1)
        else:
            self.query_one("#day").scroll_relative(y=SCROLLED, animate=False)

    def action_how(self) -> None:
        """The card of the marked exercise."""
        if self._items:
            app = self.record_app
            app.open_screen(
                "CardsScreen", self._items, instructions(app.record.plan, app.library, self._items), self._at
            )

    def action_add(self) -> None:
        """Write down what was done without the screen."""
        self._go("done")

    def action_hurts(self) -> None:
        """Say how it is now."""
        self._go("sore")

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


def _is_first_day(due: Today) -> bool:
    """Whether what to do and leave alone after the needle comes before the exercises."""
    return due.aftercare is not None and due.aftercare.window in FIRST_DAY


def care_lines(due: Today) -> list[HangingLine]:
    """The after-care of this window: until when, what to do, what to leave alone."""
    care = due.aftercare
    if care is None:
        return []
    lines = [HangingLine(Content.styled(wording.AFTER_NEEDLE(until=f"{care.ends_at:%A %H:%M}"), "bold"))]
    for label, words in (("do", " ".join(care.do)), ("avoid", f"{'; '.join(care.avoid)}.")):
        lines += [HangingLine(Content(words), f"  {label}", CARE_INDENT)] if words else []
    return [*lines, *([HangingLine(Content.styled(care.note, "$quiet"))] if care.note else [])]
