"""The journal goes away in the middle, in both heads: said, offered elsewhere, never first questions, and brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app_runs import (
    HandClock,
    back_to_today,
    home_with_plan,
    into_session,
    press,
    running,
    screen_name,
    text_of,
    through_session,
    turn,
    until,
)
from plain_runs import MORNING, Person, agreeable, converse, events
from reloadpt import wording
from reloadpt.files import Places
from reloadpt.journal.chain import verify_file
from reloadpt.journal.elsewhere import files_elsewhere, place_elsewhere
from reloadpt.journal.events import FlagRaised, Note, SessionClosed, SetDone
from reloadpt.plain.lines import InputEnded
from reloadpt.tui.patient.session import SessionScreen

ELSEWHERE, LEAVE = "1", "3"


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MORNING)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("HOME", str(tmp_path))
    return home_with_plan(tmp_path)


def take(places: Places) -> None:
    places.data.rename(places.data.with_name("away"))


def bring(places: Places) -> None:
    places.data.with_name("away").rename(places.data)


def answering(choice: str) -> Person:
    """Somebody agreeable who answers the offer so."""
    offered = False

    def policy(line: str, answers: list[str]) -> str:
        nonlocal offered
        if line.startswith("Nothing is due now"):
            raise InputEnded
        if (
            answers
            and answers[0] == "1 to 3"
            and any(wording.ASK_ELSEWHERE().rstrip("?") in told for told in person.said[-6:])
        ):
            if offered and choice == LEAVE:
                raise InputEnded
            offered = True
            return choice
        return agreeable(line, answers)

    person = Person(HandClock(MORNING), policy)
    return person


def test_the_line_mode_writes_on_elsewhere_and_the_next_start_brings_it_back(places: Places) -> None:
    person = answering(ELSEWHERE)
    person.at["Rest 20 seconds."] = lambda: take(places)
    converse(places, person)
    assert "1 of 8 sets saved." in person.told
    assert "8 of 8 sets saved elsewhere." in person.told
    assert "your journal is gone from its place" in person.told
    assert wording.NO_PLAN_YET(key="Enter") not in person.told
    assert not places.data.exists()
    bring(places)
    again = converse(places, Person(HandClock(MORNING)))
    assert (
        "had been written elsewhere, while your journal was out of reach: now in your journal" in again.told
    )
    assert len(events(places, SetDone)) == 8
    assert len(events(places, SessionClosed)) == 1
    assert verify_file(places.journal).whole
    assert not place_elsewhere().exists()


def test_the_line_mode_calls_nothing_saved_where_it_is_left_unsaved(places: Places) -> None:
    person = answering(LEAVE)
    person.at["Rest 20 seconds."] = lambda: take(places)
    converse(places, person)
    assert "2 of 8 sets saved" not in person.told
    assert "NOT SAVED." in person.told
    assert files_elsewhere() == []
    bring(places)
    assert len(events(places, SetDone)) == 1


async def test_the_screen_writes_on_elsewhere_and_brings_it_back(places: Places, clock: HandClock) -> None:
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot)
        await turn(app, pilot, clock, 30 + 20)
        await press(pilot, "d")
        await until(pilot, lambda: "1 of 8 sets saved" in text_of(app), "the first set")
        take(places)
        await turn(app, pilot, clock, 40)
        await press(pilot, "d")
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "the offer")
        assert wording.ASK_ELSEWHERE() in text_of(app)
        assert "NOT saved" in text_of(app)
        await press(pilot, ELSEWHERE)
        await until(pilot, lambda: app.screen is session, "the session again")
        assert "sets saved elsewhere" in text_of(app)
        await press(pilot, "space")
        bring(places)
        await through_session(app, pilot, clock)
        await back_to_today(app, pilot)
    assert len(events(places, SetDone)) == 8
    assert verify_file(places.journal).whole
    assert not place_elsewhere().exists()


async def test_the_screen_says_not_saved_to_the_end_where_it_is_left(
    places: Places, clock: HandClock
) -> None:
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        take(places)
        await turn(app, pilot, clock, 30 + 20)
        await press(pilot, "d")
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "the offer")
        await press(pilot, LEAVE)
        await until(pilot, lambda: isinstance(app.screen, SessionScreen), "the session again")
        assert "NOT SAVED" in text_of(app)
        assert app.record.plan is not None
    assert files_elsewhere() == []


async def test_whom_to_call_comes_before_where_it_is_written(places: Places, clock: HandClock) -> None:
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        take(places)
        await press(pilot, "w")
        await until(pilot, lambda: screen_name(app) == "SignsScreen", "the signs")
        await press(pilot, "a")
        signs = app.screen
        for _ in range(20):
            if app.screen is not signs:
                break
            await press(pilot, "enter" if "Read on" not in text_of(app) else "space")
        await press(pilot, "1")
        await until(pilot, lambda: screen_name(app) == "LockedScreen", "whom to call")
        assert "112" in text_of(app)
        await press(pilot, "escape")
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "the offer")
        await press(pilot, ELSEWHERE)
        await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today")
        assert app.record.history.locks
    bring(places)
    assert len(events(places, FlagRaised)) == 1


async def test_what_is_told_from_today_is_offered_too(places: Places, clock: HandClock) -> None:
    async with running(places, clock) as (app, pilot):
        take(places)
        worker = app.run_worker(_note(app))
        await until(pilot, lambda: screen_name(app) == "WordsScreen", "the note")
        await press(pilot, *"sore", "enter")
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "the offer")
        await press(pilot, ELSEWHERE)
        await until(pilot, lambda: worker.is_finished, "the end")
    bring(places)
    assert [note.text for note in events(places, Note) if isinstance(note, Note)] == ["sore"]


async def _note(app: object) -> None:
    from reloadpt.dialogue.later import write_note

    await write_note(app.patient, app.head)  # type: ignore[attr-defined]
