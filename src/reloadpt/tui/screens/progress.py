"""Progress: pain and soreness over time, what was done, what changed and why; entries are corrected from here."""

from __future__ import annotations

from collections.abc import Coroutine

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import WorkerCancelled

from reloadpt import wording
from reloadpt.care.in_words import short_name
from reloadpt.files import Trouble, clean
from reloadpt.measures.adherence import MuscleSets
from reloadpt.measures.calendar import CalendarDay
from reloadpt.measures.course import course_at
from reloadpt.measures.meant import Programmes
from reloadpt.measures.progress import Progress, progress_of
from reloadpt.measures.progress_words import (
    STATE_WORDS,
    adherence_sentence,
    corrections_sentence,
    dose_change_lines,
    pain_sentence,
    soreness_sentence,
)
from reloadpt.tui.actions import ADD_AWAY, BACK_TO_TODAY, CORRECT, HELP, NEXT, PROGRESS, bindings
from reloadpt.tui.screens.page import PatientPage
from reloadpt.tui.widgets.bar import filled
from reloadpt.tui.widgets.key_line import KeyLine
from reloadpt.tui.widgets.rating_chart import BOTH, NEEDLE, ChartLine, RatingChart

PAIN, SORE = "●", "○"
STATES = {
    "done": ("●", "$go"),
    "part": ("◐", "$go"),
    "beside": ("+", "$go"),
    "left": ("·", "$foreground"),
    "paused": ("–", "$quiet"),
    "locked": ("!", "$error"),
    "free": (" ", ""),
}
MOST_CHANGES = 8
BAR_WIDE = 12
NAME_WIDE = 22


class ProgressScreen(PatientPage[None]):
    """How it has gone, on one page that can be read on."""

    DEFAULT_CSS = """
    ProgressScreen {
        .heading { text-style: bold; width: 100%; height: auto; margin-top: 1; }
        #beside { height: auto; }
        #beside > Vertical { height: auto; width: 1fr; }
        #beside > #days { width: 36; }
    }
    ProgressScreen.-narrow #beside { layout: vertical; }
    ProgressScreen.-narrow #beside > Vertical { width: 100%; }
    """
    BINDINGS = bindings(*PROGRESS)

    def compose(self) -> ComposeResult:
        """A place for the page; it is filled by ``renew``."""
        yield VerticalScroll(classes="page", id="reading")
        yield KeyLine()

    async def on_mount(self) -> None:
        """Show it."""
        self.query_one("#reading").focus()
        await self.renew()

    async def renew(self) -> None:
        """Work out how it has gone, and show it."""
        try:
            told = self._progress()
        except Trouble as trouble:
            self.notify(str(trouble), severity="error", markup=False, timeout=30)
            told = None
        text = self.query_one("#reading", VerticalScroll)
        with self.app.batch_update():
            await text.remove_children()
            await text.mount_all(self._empty() if told is None or told.is_empty else self._page(told))
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        """Space reads on as long as there is more."""
        text = self.query_one("#reading", VerticalScroll)
        more = text.scroll_offset.y < text.max_scroll_y
        add = [ADD_AWAY] if self.reload.record.plan else []
        correct = [CORRECT] if self.query(RatingChart) or self.query("#beside") else []
        self.query_one(KeyLine).show(
            (NEXT, "Read on" if more else "Back to Today"), *correct, *add, HELP, BACK_TO_TODAY
        )

    def _progress(self) -> Progress | None:
        app = self.reload
        if app.record.plan is None:
            return None
        return progress_of(course_at(app.places.journal), Programmes(app.library), app.wall())

    def _empty(self) -> list[Widget]:
        return [
            Static("Progress", classes="title"),
            Static(wording.PROGRESS_NONE(), classes="said gap"),
            Static(
                f"{self.key(NEXT)} goes back to Today, where the first check-in begins.", classes="said gap"
            ),
        ]

    def _page(self, told: Progress) -> list[Widget]:
        return [
            Static("Pain and soreness", classes="title"),
            *_said(pain_sentence(told), soreness_sentence(told)),
            *_chart(told),
            Horizontal(
                Vertical(
                    Static("Days", classes="heading"),
                    Static(_calendar(told.calendar)),
                    Static(_states(told.calendar), classes="quiet"),
                    id="days",
                ),
                Vertical(
                    Static("Sets by muscle", classes="heading"),
                    Static(Content("\n").join(self._muscle(each, told) for each in told.muscles)),
                    *_said(adherence_sentence(told)),
                ),
                id="beside",
            ),
            Static("What changed, and why", classes="heading"),
            *_changes(told),
            *_said(corrections_sentence(told)),
        ]

    def _muscle(self, each: MuscleSets, told: Progress) -> Content:
        try:
            name = short_name(self.reload.library.programme(each.muscle))
        except Trouble:
            name = clean(each.muscle)
        most = max((muscle.done for muscle in told.muscles), default=0) or 1
        full, empty = filled(each.done / most, BAR_WIDE)
        short = name if len(name) <= NAME_WIDE else f"{name[: NAME_WIDE - 1]}…"
        return Content.assemble(
            f"{short:<{NAME_WIDE}} ", (full, "$primary"), (empty, "$empty-bar"), f" {each.done}"
        )

    def action_next(self) -> None:
        """Read on; at the end, back to Today."""
        text = self.query_one("#reading", VerticalScroll)
        if text.scroll_offset.y < text.max_scroll_y:
            text.scroll_relative(y=max(text.size.height - 2, 1), animate=False)
            self.call_after_refresh(self._show_keys)
        else:
            self.answer(None)

    def action_correct(self) -> None:
        """Correct an entry."""
        from reloadpt.dialogue.correct import correct

        self._run(correct(self.reload.patient, self.reload.head))

    def action_add(self) -> None:
        """Write down what was done away from the screen."""
        from reloadpt.dialogue.later import done_later

        if self.reload.record.plan is not None:
            self._run(done_later(self.reload.patient, self.reload.head))

    def _run(self, flow: Coroutine[None, None, None]) -> None:
        self.run_worker(self._guarded(flow), exclusive=True, group="flow")

    async def _guarded(self, flow: Coroutine[None, None, None]) -> None:
        try:
            await flow
        except Trouble as trouble:
            self.notify(str(trouble), severity="error", markup=False, timeout=30)
        except WorkerCancelled:
            return
        await self.renew()

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002
        """Back to Today."""
        self.answer(None)


def _said(*sentences: str) -> list[Widget]:
    return [Static(Content(sentence), classes="said") for sentence in sentences if sentence]


def _chart(told: Progress) -> list[Widget]:
    lines = (
        ChartLine("soreness where the needle was", told.sorest, SORE, "$accent", every=3),
        ChartLine("usual pain", told.pain_readings, PAIN, "$primary"),
    )
    if not any(line.ratings for line in lines):
        return []
    legend: list[str | tuple[str, str]] = [
        (PAIN, "bold $primary"), " usual pain   ", (SORE, "bold $accent"), " soreness (the sorest place)   ",
        (BOTH, "bold"), " both   ", (NEEDLE, "$quiet"), " needled",
    ]  # fmt: skip
    chart = RatingChart(lines, told.needled, told.first_day, told.at.date())
    return [chart, Static(Content.assemble(*legend))]


def _calendar(weeks: tuple[tuple[CalendarDay, ...], ...]) -> Content:
    rows = [Content.assemble((f"{'':8}Mo  Tu  We  Th  Fr  Sa  Su", "$quiet"))]
    for week in weeks:
        parts: list[str | tuple[str, str]] = [(f"{week[0].day.day:>2} {week[0].day:%b}  ", "$quiet")]
        for each in week:
            sign, style = STATES[each.state]
            parts += [(NEEDLE if each.needled else " ", "$quiet"), (sign, style), "  "]
        rows.append(Content.assemble(*parts))
    return Content("\n").join(rows)


def _states(weeks: tuple[tuple[CalendarDay, ...], ...]) -> Content:
    there = {each.state for week in weeks for each in week}
    known = [
        f"{STATES[state][0]} {STATE_WORDS[state]}" for state in STATES if state in there and state != "free"
    ]
    return Content("\n").join((Content("  ".join(known)), Content(f"{NEEDLE} needled")))


def _changes(told: Progress) -> list[Widget]:
    found = [
        Static(Content.assemble((what, "bold"), "\n", (why, "$quiet")), classes="said")
        for what, why in dose_change_lines(told, MOST_CHANGES)
    ]
    return [*found] or [Static(wording.NO_CHANGE_YET(), classes="said")]
