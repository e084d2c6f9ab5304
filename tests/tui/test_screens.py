"""Every screen as it was looked at and accepted: its text, cell by cell, in two sizes.

After a change that is meant, look at the new pictures, then write them down with
``RELOADPT_ACCEPT_SCREENS=1 pytest tests/tui/test_screens.py``.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from app_runs import (
    HandClock,
    home_with_plan,
    into_session,
    low_back_plan,
    press,
    running,
    screen_name,
    text_of,
    through_session,
    turn,
    until,
)
from reloadpt.files import Places
from reloadpt.tui.app import ReloadApp
from sample_logs import AFTER, four_days

KEPT = Path(__file__).with_name("screens")
SIZES = ((80, 24), (120, 40))
FIRST_DAY = datetime.fromisoformat("2026-11-20T10:00:00+01:00")
THIRD_DAY = datetime.fromisoformat("2026-11-22T09:00:00+01:00")

Way = Callable[[ReloadApp, "Pilot[None]", HandClock], Awaitable[object]]


async def stay(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
    await pilot.pause()


def by_keys(*keys: str) -> Way:
    async def way(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
        await press(pilot, *keys)

    return way


def in_session(seconds: float, *keys: str) -> Way:
    async def way(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
        await into_session(app, pilot)
        await turn(app, pilot, clock, seconds)
        await press(pilot, *keys)
        # the flash at the start of a set lasts in real time
        app.screen.query("#state").remove_class("flash")
        await pilot.pause()

    return way


async def ratings(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
    await into_session(app, pilot)
    await through_session(app, pilot, clock)
    await press(pilot, "4")


async def summary(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
    await ratings(app, pilot, clock)
    while screen_name(app) == "RatingsScreen":
        await press(pilot, "space")
    await until(pilot, lambda: screen_name(app) == "SummaryScreen", "the summary")


async def locked(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
    await press(pilot, "w", "a", "enter")
    await until(pilot, lambda: screen_name(app) == "LockedScreen", "the lock")


SCREENS: dict[str, tuple[datetime, Way]] = {
    "today-first-day": (FIRST_DAY, stay),
    "today": (THIRD_DAY, stay),
    "pain": (FIRST_DAY, by_keys("space")),
    "signs": (THIRD_DAY, by_keys("w", "b")),
    "locked": (THIRD_DAY, locked),
    "session-ready": (THIRD_DAY, in_session(8)),
    "session-work": (THIRD_DAY, in_session(40)),
    "session-paused": (THIRD_DAY, in_session(40, "space")),
    "session-rest": (THIRD_DAY, in_session(96)),
    "skip": (THIRD_DAY, in_session(40, "s")),
    "help": (THIRD_DAY, in_session(40, "question_mark")),
    "settings": (THIRD_DAY, by_keys("comma", "down")),
    "ratings": (THIRD_DAY, ratings),
    "summary": (THIRD_DAY, summary),
}


def hold_to(name: str, shown: str) -> None:
    """Compare a screen with the one that was accepted."""
    shown = "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"
    path = KEPT / f"{name}.txt"
    if os.environ.get("RELOADPT_ACCEPT_SCREENS"):
        KEPT.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_the_screen_is_as_it_was_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)  # the settings screen tells where its file is
    at, way = SCREENS[name]
    clock = HandClock(at)
    async with running(home_with_plan(Path()), clock, size) as (app, pilot):
        await way(app, pilot, clock)
        await pilot.pause()
        hold_to(f"{name}-{size[0]}x{size[1]}", text_of(app))


PROGRESS = {
    "progress": by_keys("p"),
    "progress-further": by_keys("p", "space"),
    "correct": by_keys("p", "c"),
    "add": by_keys("p", "a", "3"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PROGRESS)
async def test_progress_is_as_it_was_accepted(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    places, clock = Places(tmp_path / "h", tmp_path / "h"), HandClock(AFTER)
    four_days(places.journal, low_back_plan(start_pain=4)).record.keep_state()
    async with running(places, clock, size) as (app, pilot):
        await PROGRESS[name](app, pilot, clock)
        hold_to(f"{name}-{size[0]}x{size[1]}", text_of(app))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_first_screen_of_all_is_as_it_was_accepted(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(Places(tmp_path / "h", tmp_path / "h"), HandClock(THIRD_DAY), size) as (app, pilot):
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "the first question")
        hold_to(f"welcome-{size[0]}x{size[1]}", text_of(app))


def test_a_screen_that_changed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RELOADPT_ACCEPT_SCREENS", raising=False)
    kept = (KEPT / "welcome-80x24.txt").read_text(encoding="utf-8")
    with pytest.raises(AssertionError):
        hold_to("welcome-80x24", kept.replace("Welcome", "Welcoma"))
