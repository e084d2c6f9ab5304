"""What a session lets be heard and seen at its cues, and how each of it is turned off and on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from textual.geometry import Region

from app_runs import HandClock, home_with_plan, into_session, press, running, text_of, through_session
from ear import Ear
from looks import lines_of
from reloadpt.coach.cues import LAST_SECONDS
from reloadpt.settings import read_settings
from reloadpt.tui.patient.app import ReloadApp

MORNING = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
NO_VOICE = "No voice [/] is here. Get one."


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MORNING)


async def test_every_cue_of_a_session_is_heard_in_its_order(tmp_path: Path, clock: HandClock) -> None:
    ear = Ear()
    async with running(home_with_plan(tmp_path), clock, ear=ear) as (app, pilot):
        session = await into_session(app, pilot)
        sets = sum(item.sets_in_all for item in session.guided.session.items)
        await through_session(app, pilot, clock)
    kinds = ear.kinds()
    assert kinds[:2] == ["card", "get_ready"]
    assert kinds.count("go") == kinds.count("done") == sets
    assert kinds.count("rest") > 0
    assert kinds.count("count") >= sets
    assert [kind for kind in kinds if kind in LAST_SECONDS][:3] == ["three", "two", "one"]
    assert kinds[-1] == "rate"
    assert ear.closed


@pytest.mark.parametrize(("key", "setting"), [("t", "sound"), ("v", "speech"), ("c", "count_aloud")])
async def test_each_is_turned_by_a_key_of_its_own_and_stays_so(
    tmp_path: Path, clock: HandClock, key: str, setting: str
) -> None:
    ear = Ear()
    places = home_with_plan(tmp_path)
    before = read_settings(places.settings)[0]
    async with running(places, clock, ear=ear) as (app, pilot):
        await into_session(app, pilot)
        await press(pilot, key, "d")
        after = ear.heard[-1][1]
        changed = {name for name in after.__struct_fields__ if getattr(after, name) != getattr(before, name)}
        assert changed == {setting}
        assert read_settings(places.settings)[0] == after
        await press(pilot, key, "b")
        assert ear.heard[-1][1] == before


async def test_without_a_voice_a_quiet_line_says_how_to_get_one(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock, ear=Ear(NO_VOICE)) as (app, pilot):
        await into_session(app, pilot)
        assert NO_VOICE not in text_of(app)
        await press(pilot, "v")
        assert NO_VOICE in text_of(app)


async def test_a_set_that_begins_or_ends_is_seen_as_a_flash_unless_that_is_off(
    tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reloadpt.tui.patient.session.FLASH_S", 3600.0)
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        session = await into_session(app, pilot)
        state = session.query_one("#state")
        assert not state.has_class("flash")
        await press(pilot, "d")
        assert state.has_class("flash")
        state.remove_class("flash")
        await press(pilot, "b")
        app.change("flash", False)
        await press(pilot, "d")
        assert not state.has_class("flash")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_flash_is_seen_without_any_colour(
    tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    monkeypatch.setattr("reloadpt.tui.patient.session.FLASH_S", 3600.0)
    async with running(home_with_plan(tmp_path), clock, size) as (app, pilot):
        session = await into_session(app, pilot)
        state = session.query_one("#state")
        assert not _reversed_cells(app, state.region)
        await press(pilot, "d")
        assert _reversed_cells(app, state.region) == state.region.area
        state.remove_class("flash")
        await pilot.pause()
        assert not _reversed_cells(app, state.region)


def _reversed_cells(app: ReloadApp, region: Region) -> int:
    lines = lines_of(app)[region.y : region.bottom]
    return sum(len(each.text) for line in lines for each in line if each.style and each.style.reverse)
