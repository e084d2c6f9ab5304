"""What is said to the person stands in lines of its own: nothing floats, and nothing stands on whom to call."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widgets._toast import Toast

from app_runs import (
    HandClock,
    home_with_plan,
    into_session,
    mark_none,
    press,
    running,
    screen_name,
    text_of,
    until,
)
from reloadpt import wording
from reloadpt.care.record import Record
from reloadpt.care.safety import SignLock, advice_for
from reloadpt.files import Trouble
from reloadpt.journal.events import Note
from reloadpt.tui.patient.locked import LockedScreen
from reloadpt.tui.widgets.calls import Calls
from reloadpt.tui.widgets.key_line import KeyLine

MORNING = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
LONG = "The folder [/] is full. " * 12


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MORNING)


async def test_what_is_said_stands_above_the_keys_and_goes_with_the_next_key(
    tmp_path: Path, clock: HandClock
) -> None:
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        app.notify("It is written down.", timeout=600)
        await pilot.pause()
        assert not app.screen.query(Toast)
        rows = [row.strip() for row in text_of(app).splitlines()]
        at = next(number for number, row in enumerate(rows) if row.startswith("Space Begin"))
        assert rows[at - 1] == "It is written down."
        await press(pilot, "f5")
        assert "It is written down." not in text_of(app)


async def test_signs_that_wrap_stay_under_their_beginning(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock, (43, 40)) as (app, pilot):
        await press(pilot, "w")
        await until(pilot, lambda: screen_name(app) == "SignsScreen", "the signs")
        rows = [row.rstrip() for row in text_of(app).splitlines()]
        first = next(at for at, row in enumerate(rows) if row.startswith("  A [ ] "))
        group = [row for row in rows[first:-3] if row]
        assert len(group) > 10
        assert all(row.startswith("        ") or row[4:8] == "[ ] " for row in group)
        await pilot.click(offset=(10, first + 1))
        await pilot.pause()
        assert text_of(app).splitlines()[first].startswith("  A [x] ")


async def test_signs_that_were_left_are_not_said_to_be_written(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        before = places.journal.read_bytes()
        for back in ("escape", "f4"):
            await press(pilot, "w", "c", back)
            await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today")
            assert "Written down." not in text_of(app)
        assert places.journal.read_bytes() == before
        await press(pilot, "w")
        await mark_none(app, pilot)
        await until(pilot, lambda: "Written down." in text_of(app), "that none is written")
        assert places.journal.read_bytes() != before


async def test_ones_own_report_is_not_called_another_programs(
    tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        app.record.append([Note(text="One")], MORNING)
        await press(pilot, "s")
        await until(pilot, lambda: "Your report is ready" in text_of(app), "the report")
        app.record.append([Note(text="Two")], MORNING)
        assert app.record.take_changes() == []
        Record.open(places.journal, MORNING).append([Note(text="Elsewhere")], MORNING)
        app.record.append([Note(text="Three")], MORNING)
        assert "Another program added 1 entry" in app.record.take_changes()[0]


async def test_what_has_no_room_is_cut_with_a_mark(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock, (43, 24)) as (app, pilot):
        app.notify(LONG, timeout=600)
        await pilot.pause()
        said = str(app.screen.query_one(KeyLine).render()).splitlines()[:6]
        assert said[0].startswith("The folder [/] is full.")
        assert said[-1].endswith(" …")


async def test_nothing_outlives_its_screen(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        await press(pilot, "comma")
        app.notify("Of the settings.", timeout=600)
        await pilot.pause()
        assert "Of the settings." in text_of(app)
        app.pop_screen()
        await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today")
        assert "Of the settings." not in text_of(app)


SEVERITIES = [
    lambda app: app.notify("Sound off."),
    lambda app: app.notify(LONG, severity="warning", timeout=600),
    lambda app: app.screen.complain(str(Trouble(LONG))),
    lambda app: app.change("theme", "light"),
]


@pytest.mark.parametrize("size", [(20, 8), (40, 14), (43, 40), (80, 24)])
@pytest.mark.parametrize("say", SEVERITIES)
async def test_whom_to_call_stands_whole_whatever_is_said(
    tmp_path: Path, clock: HandClock, size: tuple[int, int], say: object
) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock, size) as (app, pilot):
        await into_session(app, pilot)
        plan = app.record.need_plan()
        lock = SignLock(code="SN", advice=advice_for("SN", plan), at=MORNING)
        await app.push_screen(LockedScreen(lock, plan))
        await pilot.pause()
        before = text_of(app)
        assert callable(say)
        say(app)
        await pilot.pause()
        assert text_of(app) == before
        assert not app.screen.query(Toast)
        words = " ".join(before.split())
        assert wording.NOT_TOLD().partition(".")[0] in words
        assert "W Worry" in words or "W Something worries me" in words
        assert "? Help" in words
        assert is_whole(app.screen, size)


def is_whole(screen: Screen[object], size: tuple[int, int]) -> bool:
    """Whether the number to call first is to be seen from its first line to its last, as digits or as typed."""
    calls, line = screen.query_one(Calls), screen.query_one(KeyLine)
    first = str(calls.render()).splitlines()
    if size[1] < 14:
        return "112" in first[1] and calls.region.y + 2 <= line.region.y
    return calls.region.y >= 0 and calls.region.bottom <= line.region.y
