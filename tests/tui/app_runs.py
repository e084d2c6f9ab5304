"""The app on real files with a clock that a test turns by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ear import Ear
from pilots import Pilot
from reloadpt.care.record import Record
from reloadpt.files import Places
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, make_plan, parse_target
from reloadpt.program.plan import Contact, Plan
from reloadpt.tui.kit.keyed_screen import DEAD_S
from reloadpt.tui.patient.app import ReloadApp
from reloadpt.tui.patient.session import SessionScreen

NEEDLED = datetime.fromisoformat("2026-11-20T09:00:00+01:00")
LOW_BACK = ("lumbar-paraspinals:calm:both", "multifidus:wake:both:stim")
STEP_S = 4.0
HOSTILE = (
    "[/] [bold]x[/foo] \x1b[31m\x1b]0;title\x07 <script>alert(1)</script> \u202egnp.exe 💥" + "long " * 60
)


class HandClock:
    """A wall clock and a monotonic one that stand still until they are turned."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.seconds = 1000.0

    def wall(self) -> datetime:
        return self.at

    def ticks(self) -> float:
        return self.seconds

    def turn(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.seconds += seconds

    def sleep(self, seconds: float) -> None:
        """The machine sleeps: only the wall clock goes on."""
        self.at += timedelta(seconds=seconds)


def low_back_plan(at: datetime = NEEDLED, **changes: Any) -> Plan:
    """The plan of a needled low back, screened and with whom to call."""
    library = Library()
    alias = changes.pop("patient", "A-17")
    plan = make_plan(
        patient="A-17",
        targets=tuple(parse_target(text, at, library) for text in LOW_BACK),
        answers=ScreeningAnswers.parse(["all=no"]),
        at=at,
        made_by=changes.pop("made_by", "the clinic"),
        contact=changes.pop("contact", Contact(clinic="The clinic", phone="040 1234", emergency="112")),
        **changes,
    )
    # an earlier version took any alias
    return replace(plan, patient=alias)


def home_with_plan(folder: Path, plan: Plan | None = None) -> Places:
    """A home in which the low back plan is in use."""
    places = Places(data=folder / "home", config=folder / "home")
    Record.open(places.journal, NEEDLED).start_plan(plan or low_back_plan(), NEEDLED)
    return places


@asynccontextmanager
async def running(
    places: Places,
    clock: HandClock,
    size: tuple[int, int] = (80, 24),
    ear: Ear | None = None,
    given: Path | None = None,
) -> AsyncIterator[tuple[ReloadApp, Pilot[None]]]:
    """The app, open on its first screen."""
    app = ReloadApp(places, wall=clock.wall, ticks=clock.ticks, voice=ear or Ear(), given=given)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield app, pilot


async def until(pilot: Pilot[None], held: Callable[[], object], what: str) -> None:
    """Let the app work until something holds."""
    try:
        while not held():
            await pilot.pause()
    except BaseException as ended:
        ended.add_note(f"never came to this: {what}, on {pilot.app.screen!r}")
        raise


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one by one, letting the app settle after each."""
    for key in keys:
        clock = getattr(getattr(pilot.app, "ticks", None), "__self__", None)
        if isinstance(clock, HandClock) and type(pilot.app.screen).__name__ in ("SheetScreen", "SignsScreen"):
            clock.turn(0.5)  # a hand that does not tremble
        if (
            key == "space"
            and isinstance(clock, HandClock)
            and getattr(pilot.app.screen, "space_is_dead", False)
        ):
            clock.turn(DEAD_S)  # a hand that looks first
        await pilot.press(key)
        await pilot.pause()
        await pilot.pause()


async def fill_sheet(app: ReloadApp, pilot: Pilot[None], *keys: str) -> None:
    """Answer the rows of a sheet one after the other, and send it; what no key is given for is left out."""
    sheet, given = app.screen, iter(keys)
    for _ in range(40):
        if app.screen is not sheet:
            return
        key = next(given, "minus")
        await press(pilot, key, *(() if key == "minus" else ("space",)))
    raise AssertionError("the sheet never ends")


async def mark_none(app: ReloadApp, pilot: Pilot[None]) -> None:
    """Read the warning signs to their end, and say none of these."""
    signs = app.screen
    for _ in range(40):
        if app.screen is not signs:
            return
        await press(pilot, "space" if "Read on" in text_of(app) else "n")
    raise AssertionError("the signs never end")


def screen_name(app: ReloadApp) -> str:
    """The name of the screen on top."""
    return type(app.screen).__name__


async def into_session(
    app: ReloadApp, pilot: Pilot[None], *, pain: str = "3", read: bool = True
) -> SessionScreen:
    """From Today through the check-in into the session, by keys; the first card is read, unless it is to be seen."""
    await press(pilot, "space")
    while not isinstance(app.screen, SessionScreen):
        match screen_name(app):
            case "SheetScreen":
                await fill_sheet(app, pilot, pain, *["1"] * 10)
            case "ChoiceScreen":
                await press(pilot, "1")
            case "SignsScreen":
                await mark_none(app, pilot)
            case "TallyScreen":
                await press(pilot, "y")
            case _:
                await pilot.pause()
    if read:
        await read_card(app, pilot)
    return app.screen


def state_of(app: ReloadApp) -> str:
    """What the session is at: a card, a set, a rest."""
    screen = app.screen
    assert isinstance(screen, SessionScreen), screen
    return screen.guided.coach.view(app.ticks()).state


async def read_card(app: ReloadApp, pilot: Pilot[None]) -> None:
    """Read what waits to be read, and be ready."""
    clock = getattr(app.ticks, "__self__", None)
    assert isinstance(clock, HandClock)
    if isinstance(app.screen, SessionScreen) and state_of(app) == "card":
        clock.turn(1.5)  # at once it would be dead
        await press(pilot, "space")


async def turn(app: ReloadApp, pilot: Pilot[None], clock: HandClock, seconds: float) -> None:
    """Turn the clock on in looks of a few seconds, as a running app has them; cards are read on the way."""
    while seconds > 0:
        clock.turn(min(STEP_S, seconds))
        seconds -= STEP_S
        if isinstance(app.screen, SessionScreen):
            app.screen.wake()
        await pilot.pause()
        await read_card(app, pilot)


async def through_session(
    app: ReloadApp, pilot: Pilot[None], clock: HandClock, *, confirm: bool = True
) -> None:
    """Let the time of a session pass until something is asked; that it is what was done is confirmed."""
    for _ in range(1000):
        if screen_name(app) == "TallyScreen" and confirm:
            await press(pilot, "y")
            await until(pilot, lambda: screen_name(app) != "TallyScreen", "what comes after the tally")
        if not isinstance(app.screen, SessionScreen):
            return
        await turn(app, pilot, clock, STEP_S)
    raise AssertionError("the session never ends")


async def back_to_today(app: ReloadApp, pilot: Pilot[None]) -> None:
    """By Space through ratings and summary, until Today stands there and nothing is under way."""
    while True:
        under_way = any(worker.group == "flow" and not worker.is_finished for worker in app.workers)
        if screen_name(app) == "TallyScreen":
            await press(pilot, "y")
        elif screen_name(app) in ("SheetScreen", "SummaryScreen"):
            await press(pilot, "space")
        elif screen_name(app) == "TodayScreen" and not under_way:
            return
        await pilot.pause()


def text_of(app: ReloadApp) -> str:
    """What stands on the screen, as plain text."""
    return "\n".join(
        "".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()
    )
