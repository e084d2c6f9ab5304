"""The library and the pages to read: searched, narrowed and watched by keys alone, at any size."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from app_runs import HOSTILE, HandClock, home_with_plan, press, running, screen_name, text_of, until
from reloadpt.program.library import shipped_folder
from reloadpt.tui.patient.moving_figure import MovingFigure

MORNING = datetime.fromisoformat("2026-11-22T09:00:00+01:00")


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MORNING)


async def test_words_are_typed_and_the_exercise_is_watched_moving(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        await press(pilot, "l")
        assert "398 exercises" in text_of(app)
        await press(pilot, "slash", *"dog", "space", *"multi")
        await until(pilot, lambda: "1 exercise" in text_of(app), "one exercise")
        assert "Kneel on hands and" in text_of(app)
        await press(pilot, "enter", "space")
        assert screen_name(app) == "WatchScreen"
        figure = app.screen.query_one(MovingFigure)
        before = figure.moment
        clock.turn(2.5)
        figure.step()
        assert figure.moment > before
        await press(pilot, "space")
        stopped = figure.moment
        clock.turn(60)
        figure.step()
        assert figure.moment == stopped
        was = figure.figure
        await press(pilot, "o")
        assert figure.figure != was
        await press(pilot, "o")
        assert figure.figure == was
        await press(pilot, "escape", "escape")
        assert screen_name(app) == "TodayScreen"


async def test_a_choice_narrows_the_list_and_a_key_shows_all_again(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        await press(pilot, "l", "f", "2", "3")
        await until(pilot, lambda: "phase: reload" in text_of(app), "the phase chosen")
        listed = app.screen.query_one("#found", OptionList).option_count
        await press(pilot, "f", "3", "4")
        await until(pilot, lambda: "equipment: " in text_of(app), "the equipment chosen")
        assert app.screen.query_one("#found", OptionList).option_count < listed
        await press(pilot, "x")
        assert "398 exercises" in text_of(app)


async def test_nothing_that_fits_is_said_and_nothing_opens(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        await press(pilot, "l")
        app.screen.query_one(Input).value = HOSTILE
        await until(pilot, lambda: "Nothing fits" in text_of(app), "nothing")
        await press(pilot, "space")
        assert screen_name(app) == "LibraryScreen"


async def test_where_nothing_may_move_the_figure_stands_at_the_end(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        app.animation_level = "none"
        await press(pilot, "l")
        figure = app.screen.query_one(MovingFigure)
        for _ in range(3):
            clock.turn(1.3)
            figure.step()
            assert figure.moment == 40
        await press(pilot, "escape")


async def test_a_programme_with_hostile_text_is_shown_as_it_is(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    told = json.loads((shipped_folder() / "multifidus.json").read_text(encoding="utf-8"))
    told["name"] = told["exercises"][0]["name"] = told["exercises"][0]["cue"] = HOSTILE[:200]
    places.exercises.mkdir()
    (places.exercises / "multifidus.json").write_text(json.dumps(told), encoding="utf-8")
    (places.exercises / "calf.json").write_text("{}", encoding="utf-8")
    async with running(places, clock) as (app, pilot):
        await press(pilot, "l")
        app.screen.query_one(Input).value = "multifidus"
        await until(pilot, lambda: "[bold]x[/foo]" in text_of(app), "the hostile text")
        await press(pilot, "enter", "space")
        assert screen_name(app) == "WatchScreen"


@pytest.mark.parametrize("size", [(20, 8), (40, 14), (80, 24), (120, 40), (300, 100)])
async def test_library_and_pages_survive_any_size(
    tmp_path: Path, clock: HandClock, size: tuple[int, int]
) -> None:
    async with running(home_with_plan(tmp_path), clock, size) as (app, pilot):
        await press(pilot, "l", "down", "down", "space")
        assert screen_name(app) == "WatchScreen"
        await press(pilot, "space", "escape", "question_mark", "escape", "escape", "r", "1")
        assert screen_name(app) == "LearnScreen"
        await press(pilot, "space", "right", "left", "escape", "escape")
        assert screen_name(app) == "TodayScreen"


async def test_pages_are_read_on_with_one_key_to_the_last(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        await press(pilot, "r")
        assert "When to call" in text_of(app)
        await press(pilot, "1")
        assert "What needling does" in text_of(app)
        for _ in range(60):
            if screen_name(app) != "LearnScreen":
                break
            await press(pilot, "space")
        assert screen_name(app) == "ChoiceScreen"
        await press(pilot, "5", "right")
        assert "Page 6 of 6" in text_of(app)
        await press(pilot, "right", "left")
        assert "Page 5 of 6" in text_of(app)
