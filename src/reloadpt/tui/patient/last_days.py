"""What Today shows beside it where there is much room: the marked exercise moving, the last days, the course of pain."""

from __future__ import annotations

from datetime import timedelta

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reloadpt import wording
from reloadpt.care.instructions import instructions
from reloadpt.files import Trouble
from reloadpt.journal.events import Item
from reloadpt.measures import progress_words
from reloadpt.measures.calendar import CalendarDay
from reloadpt.measures.course import course_at
from reloadpt.measures.progress import progress_of
from reloadpt.tui.patient.moving_figure import MovingFigure
from reloadpt.tui.patient.progress import PAIN, STATES
from reloadpt.tui.patient.record_app import RecordApp
from reloadpt.tui.widgets.rating_chart import NEEDLE, ChartLine, RatingChart

DAYS = 7
SHOWN_DAYS = 14
"""The course of pain goes back so many days."""
MOST_ENTRIES = 20_000
"""A longer journal takes too long to be read again for a glance; Progress reads it."""


async def show_moving(app: RecordApp, place: Widget, item: Item | None) -> None:
    """Let the exercise of ``item`` move in ``place``, or nothing."""
    if item is None:
        await place.remove_children()
        return
    figures = place.query(MovingFigure)
    if not figures:
        await place.mount(MovingFigure(id="moving"), Static(id="how", classes="quiet"))
    exercise = instructions(app.record.plan, app.library, [item]).get(item.exercise)
    if place.query_one(MovingFigure).exercise is not exercise:
        place.query_one(MovingFigure).exercise = exercise
        place.query_one("#how", Static).update(Content(" ".join(exercise.setup) if exercise else ""))


async def show_last_days(app: RecordApp, place: Widget) -> bool:
    """Show in ``place`` the last seven days and the course of pain; False where there is nothing to show yet."""
    await place.remove_children()
    if app.record.history.entries > MOST_ENTRIES:
        return False
    try:
        progress = progress_of(course_at(app.home.journal), app.wall())
    except Trouble:
        return False
    if progress.is_empty:
        return False
    today = progress.at.date()
    known = [day for week in progress.calendar for day in week if progress.first_day <= day.day <= today]
    # what was planned for today stands in the journal once something is done
    days = [day for day in known if day.day < today or day.state != "free"][-DAYS:]
    begin = max(progress.first_day, progress.at.date() - timedelta(days=SHOWN_DAYS))
    needled = [moment for moment in progress.needled if moment.date() >= begin]
    pain = [rating for rating in progress.pain_readings if rating.at.date() >= begin]
    week = Vertical(
        Static("The last days", classes="title"),
        *(Static(_day_line(day), classes="said") for day in days),
        id="week",
    )
    chart = RatingChart([ChartLine("usual pain", pain, PAIN, "$primary")], needled, begin, progress.at.date())
    sentence = Static(Content(progress_words.pain_sentence(progress)), classes="quiet")
    course = Vertical(Static(wording.PAIN_BY_DAY(), classes="title"), sentence, chart, id="course")
    await place.mount(week, *([course] if pain else []))
    return True


def _day_line(day: CalendarDay) -> Content:
    """A day: its name, how it went by a sign and in words, and whether a needle fell on it."""
    sign, style = STATES[day.state]
    needled = f"  {NEEDLE} needled" if day.needled else ""
    return Content.assemble(
        (f"{day.day:%a} {day.day.day:>2}  ", "$quiet"),
        (f"{sign} ", style),
        progress_words.STATE_WORDS[day.state],
        (needled, "$quiet"),
    )
