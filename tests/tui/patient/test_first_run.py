"""The first questions: a wrong key is mended where it was pressed, and what stops a person stays until they have read it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from app_runs import HandClock, fill_sheet, low_back_plan, press, running, screen_name, text_of, until
from reloadpt.files import Places
from reloadpt.program.making import plan_file
from reloadpt.tui.patient.app import ReloadApp

MORNING = datetime.fromisoformat("2026-11-22T09:00:00+01:00")


@asynccontextmanager
async def welcomed(folder: Path) -> AsyncIterator[tuple[ReloadApp, Pilot[None], Places]]:
    """The app where nothing is yet, on its first question."""
    places = Places(folder / "home", folder / "home")
    async with running(places, HandClock(MORNING)) as (app, pilot):
        await until(pilot, lambda: "Reloadpt guides you" in text_of(app), "the first question")
        yield app, pilot, places


async def test_back_leads_to_the_question_before_and_what_was_answered_stays(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as (app, pilot, _):
        await press(pilot, "2", "n", "n", "space", "enter")
        assert "On which side?" in text_of(app)
        await press(pilot, "escape")
        assert "Which muscles" in text_of(app)
        assert "[x]" in text_of(app)
        await press(pilot, "escape", "escape")
        assert "Page 1 of 5" in text_of(app)
        await press(pilot, "n", "n", "enter")
        await fill_sheet(app, pilot, "1", "1")
        await press(pilot, "end", "space")
        await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today")
        assert app.record.plan
        assert app.record.plan.unanswered == ()
        assert app.record.plan.contact.emergency is None


async def test_what_is_not_known_is_unanswered_and_leaving_keeps_what_was_said(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as (app, pilot, _):
        await press(pilot, "2", "space", "space", "enter", "escape", "escape", "escape")
        await until(pilot, lambda: "There is no plan here yet." in text_of(app), "Today")
        await press(pilot, "space", "2")
        assert "[?]" in text_of(app)
        await press(pilot, "enter", "n", "space", "enter")
        await fill_sheet(app, pilot, "1", "1")
        await press(pilot, "end", "space")
        await until(pilot, lambda: app.record.plan is not None, "a plan")
        assert app.record.need_plan().unanswered == ("first-trimester-pregnancy",)


async def test_a_yes_stops_in_words_that_stay_and_a_wrong_key_can_be_mended(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as (app, pilot, _):
        await press(pilot, "2", *["down"] * 6, "space", "enter")
        told = " ".join(text_of(app).split())
        assert "Speak to your therapist first." in told
        assert "You answered yes to: Surgery in the area in the last weeks." in told
        await press(pilot, "2")
        assert "Page 1 of 5" in text_of(app)
        await press(pilot, *["down"] * 6, "space", "space", "n", "n")
        assert "Which muscles" in text_of(app)


async def test_after_a_yes_there_is_no_way_on(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as (app, pilot, places):
        await press(pilot, "2", "space", "enter", "1")
        await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today")
        assert "There is no plan here yet." in text_of(app)
        await press(pilot, "p")
        assert "Add" not in text_of(app)
    assert not places.journal.exists()


async def test_a_file_that_cannot_be_used_is_asked_for_again_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    async with welcomed(tmp_path) as (app, pilot, _):
        await press(pilot, "1", *"none", "enter")
        assert "none: there is no such file." in text_of(app)
        assert screen_name(app) == "WordsScreen"
        assert app.screen.query_one(Input).value == "none", "what was typed stays to be mended"
        (tmp_path / "a.plan.json").write_text("{", encoding="utf-8")
        (tmp_path / "b.plan.json").write_bytes(plan_file(low_back_plan()))
        await press(pilot, "escape", "escape", "space")
        assert "b.plan.json" in text_of(app)
        await press(pilot, "1")
        assert "notJSONhere" in "".join(text_of(app).split())
        assert screen_name(app) == "ChoiceScreen"
        await press(pilot, "2")
        await until(pilot, lambda: "Step " in text_of(app), "Today")
