"""Progress: pain and soreness over time, what was done, what changed and why; entries are corrected from here."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reloadpt import wording
from reloadpt.care.in_words import short_name
from reloadpt.files import Trouble, clean
from reloadpt.measures import progress_words
from reloadpt.measures.adherence import MuscleSets
from reloadpt.measures.calendar import CalendarDay
from reloadpt.measures.course import course_at
from reloadpt.measures.progress import Progress, progress_of
from reloadpt.tui.kit.actions import ADD_AWAY, BACK_TO_TODAY, CORRECT, HELP, NEXT, PROGRESS, bindings
from reloadpt.tui.patient.page import PatientPage
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

    CSS_PATH = "progress.tcss"
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
            progress = self._progress()
        except Trouble as trouble:
            self.complain(str(trouble))
            progress = None
        text = self.query_one("#reading", VerticalScroll)
        with self.app.batch_update():
            await text.remove_children()
            await text.mount_all(
                self._empty() if progress is None or progress.is_empty else self._page(progress)
            )
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        """Space reads on as long as there is more."""
        text = self.query_one("#reading", VerticalScroll)
        more = text.scroll_offset.y < text.max_scroll_y
        add = [ADD_AWAY] if self.record_app.record.plan else []
        correct = [CORRECT] if self.query(RatingChart) or self.query("#beside") else []
        self.query_one(KeyLine).show(
            (NEXT, "Read on" if more else "Back to Today"), *correct, *add, HELP, BACK_TO_TODAY
        )

    def _progress(self) -> Progress | None:
        app = self.record_app
        if app.record.plan is None:
            return None
        return progress_of(course_at(app.places.journal), app.wall())

    def _empty(self) -> list[Widget]:
        return [
            Static("Progress", classes="title"),
            Static(wording.PROGRESS_NONE(), classes="said gap"),
            Static(
                f"{self.key(NEXT)} goes back to Today, where the first check-in begins.", classes="said gap"
            ),
        ]

    def _page(self, progress: Progress) -> list[Widget]:
        return [
            Static("Pain and soreness", classes="title"),
            *_sentences(progress_words.pain_sentence(progress), progress_words.soreness_sentence(progress)),
            *_chart(progress),
            Horizontal(
                Vertical(
                    Static("Days", classes="heading"),
                    Static(_calendar(progress.calendar)),
                    Static(_states(progress.calendar), classes="quiet"),
                    id="days",
                ),
                Vertical(
                    Static("Sets by muscle", classes="heading"),
                    Static(Content("\n").join(self._muscle(muscle, progress) for muscle in progress.muscles)),
                    *_sentences(progress_words.adherence_sentence(progress)),
                ),
                id="beside",
            ),
            Static("What changed, and why", classes="heading"),
            *_changes(progress),
            *_sentences(progress_words.corrections_sentence(progress)),
        ]

    def _muscle(self, sets: MuscleSets, progress: Progress) -> Content:
        try:
            name = short_name(self.record_app.library.programme(sets.muscle))
        except Trouble:
            name = clean(sets.muscle)
        most = max((muscle.done for muscle in progress.muscles), default=0) or 1
        full, empty = filled(sets.done / most, BAR_WIDE)
        short = name if len(name) <= NAME_WIDE else f"{name[: NAME_WIDE - 1]}…"
        return Content.assemble(
            f"{short:<{NAME_WIDE}} ", (full, "$primary"), (empty, "$empty-bar"), f" {sets.done}"
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

        self._run(correct(self.record_app.patient, self.record_app.head))

    def action_add(self) -> None:
        """Write down what was done away from the screen."""
        from reloadpt.dialogue.later import done_later

        if self.record_app.record.plan is not None:
            self._run(done_later(self.record_app.patient, self.record_app.head))

    def _run(self, flow: Coroutine[Any, Any, None]) -> None:
        self.run_worker(self._followed(flow), exclusive=True, group="flow")

    async def _followed(self, flow: Coroutine[Any, Any, None]) -> None:
        if await self.follow(flow):
            await self.renew()


def _sentences(*sentences: str) -> list[Widget]:
    return [Static(Content(sentence), classes="said") for sentence in sentences if sentence]


def _chart(progress: Progress) -> list[Widget]:
    lines = (
        ChartLine("soreness where the needle was", progress.sorest, SORE, "$accent", every=3),
        ChartLine("usual pain", progress.pain_readings, PAIN, "$primary"),
    )
    if not any(line.ratings for line in lines):
        return []
    legend: list[str | tuple[str, str]] = [
        (PAIN, "bold $primary"), " usual pain   ", (SORE, "bold $accent"), " soreness (the sorest place)   ",
        (BOTH, "bold"), " both   ", (NEEDLE, "$quiet"), " needled",
    ]  # fmt: skip
    chart = RatingChart(lines, progress.needled, progress.first_day, progress.at.date())
    return [chart, Static(Content.assemble(*legend))]


def _calendar(weeks: tuple[tuple[CalendarDay, ...], ...]) -> Content:
    rows = [Content.assemble((f"{'':8}Mo  Tu  We  Th  Fr  Sa  Su", "$quiet"))]
    for week in weeks:
        parts: list[str | tuple[str, str]] = [(f"{week[0].day.day:>2} {week[0].day:%b}  ", "$quiet")]
        for day in week:
            sign, style = STATES[day.state]
            parts += [(NEEDLE if day.needled else " ", "$quiet"), (sign, style), "  "]
        rows.append(Content.assemble(*parts))
    return Content("\n").join(rows)


def _states(weeks: tuple[tuple[CalendarDay, ...], ...]) -> Content:
    states = {day.state for week in weeks for day in week}
    legend = [
        f"{STATES[state][0]} {progress_words.STATE_WORDS[state]}"
        for state in STATES
        if state in states and state != "free"
    ]
    return Content("\n").join((Content("  ".join(legend)), Content(f"{NEEDLE} needled")))


def _changes(progress: Progress) -> list[Widget]:
    changes = [
        Static(Content.assemble((change, "bold"), "\n", (why, "$quiet")), classes="said")
        for change, why in progress_words.dose_change_lines(progress, MOST_CHANGES)
    ]
    return [*changes] or [Static(wording.NO_CHANGE_YET(), classes="said")]
