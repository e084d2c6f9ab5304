"""Whole sessions by keys with a clock turned by hand: the journal holds exactly what a person did, and who said so."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import pytest

from app_runs import (
    HandClock,
    back_to_today,
    home_with_plan,
    into_session,
    press,
    read_card,
    running,
    screen_name,
    state_of,
    text_of,
    through_session,
    turn,
    until,
)
from reloadpt.care.record import Record
from reloadpt.files import Places
from reloadpt.journal.events import Amended, Confirmed, ExerciseRated, SessionClosed, SetDone, SetSkipped
from reloadpt.settings import read_settings

MORNING = datetime.fromisoformat("2026-11-22T09:00:00+01:00")


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MORNING)


def of(places: Places, kind: type) -> list[object]:
    entries = Record.open(places.journal, MORNING).journal.entries()
    return [entry.event for entry in entries if isinstance(entry.event, kind)]


def unconfirmed(places: Places) -> int:
    """How many sets rest on the clock alone, by all that the journal says."""
    sessions = Record.open(places.journal, MORNING).history.sessions.values()
    return sum(not event.is_confirmed for session in sessions for event in session.sets_done())


async def alone(app: object, clock: HandClock, seconds: float) -> None:
    """Nobody is there: time passes, and no key is pressed."""
    from reloadpt.tui.patient.app import ReloadApp
    from reloadpt.tui.patient.session import SessionScreen

    assert isinstance(app, ReloadApp)
    for _ in range(int(seconds / 4)):
        clock.turn(4)
        if isinstance(app.screen, SessionScreen):
            app.screen.wake()


async def test_the_first_session_of_a_plan_waits_at_each_new_exercise_and_is_confirmed_at_its_end(
    tmp_path: Path, clock: HandClock
) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot, read=False)
        await alone(app, clock, 3600)
        assert state_of(app) == "card"
        assert "NEW" in text_of(app)
        assert "Stop if:" in text_of(app)
        assert not of(places, SetDone)
        await through_session(app, pilot, clock, confirm=False)
        assert screen_name(app) == "TallyScreen"
        assert unconfirmed(places) == 8
        await press(pilot, "space", "space", "space")
        assert screen_name(app) == "TallyScreen", "Space confirms nothing"
        await press(pilot, "y")
        await back_to_today(app, pilot)
    assert [event.yes for event in of(places, Confirmed) if isinstance(event, Confirmed)] == [True]
    assert unconfirmed(places) == 0
    clock.turn(4 * 3600)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot, read=False)
        assert state_of(app) == "ready", "nothing is new any more"


async def test_a_session_left_alone_holds_no_more_than_one_exercise_and_says_that_nobody_confirmed_it(
    tmp_path: Path, clock: HandClock
) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await alone(app, clock, 7200)
        assert state_of(app) == "card"
        done = of(places, SetDone)
        assert {event.exercise for event in done if isinstance(event, SetDone)} == {
            "lumbar-paraspinals/pelvic-tilts"
        }
        assert unconfirmed(places) == 2
    clock.turn(24 * 3600)
    async with running(places, clock) as (app, pilot):
        await press(pilot, "space")
        await until(pilot, lambda: screen_name(app) == "TallyScreen", "asked at the next start")
        assert "Pelvic tilts: 2 of 2 sets" in text_of(app)
        await press(pilot, "minus", "y")
        await until(pilot, lambda: screen_name(app) == "SheetScreen", "the check-in")
    assert [event.change for event in of(places, Amended) if isinstance(event, Amended)] == [None]
    assert unconfirmed(places) == 0
    session = next(iter(Record.open(places.journal, MORNING).history.sessions.values()))
    assert len(list(session.sets_done())) == 1


async def test_not_sure_leaves_it_open_and_is_asked_once_more(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await alone(app, clock, 3600)
        await press(pilot, "x")
        await until(pilot, lambda: screen_name(app) == "TallyScreen", "the tally")
        await press(pilot, "l")
        await until(pilot, lambda: screen_name(app) == "SheetScreen", "the ratings")
        while screen_name(app) == "SheetScreen":
            await press(pilot, "minus")
        await until(pilot, lambda: screen_name(app) == "SummaryScreen", "the summary")
        assert "nobody confirmed" in text_of(app)
        assert "To call The clinic: 040 1234." in text_of(app)
        await back_to_today(app, pilot)
        assert unconfirmed(places) == 2
        await press(pilot, "space")
        await until(pilot, lambda: screen_name(app) == "TallyScreen", "asked once more")
        await press(pilot, "l")
        await until(pilot, lambda: screen_name(app) != "TallyScreen", "what comes next")
        await press(pilot, "escape")
        await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today")
        await press(pilot, "space")
        await until(pilot, lambda: screen_name(app) not in ("TodayScreen", "TallyScreen"), "no third time")
    assert unconfirmed(places) == 2


async def test_one_that_is_held_and_given_more_time_at_each_step(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot)
        coach = session.guided.coach
        await turn(app, pilot, clock, 4)
        await press(pilot, "plus", "space")
        assert coach.view(clock.ticks()).paused
        assert "Time stands still. Space goes on." in text_of(app)
        await alone(app, clock, 1000)
        assert state_of(app) == "ready"
        assert not of(places, SetDone)
        await press(pilot, "space")
        await turn(app, pilot, clock, 60 + 20)  # 4 s of the 60 had passed, so 24 s of work: four of 2-2-2
        assert state_of(app) == "work"
        await press(pilot, "space")
        await alone(app, clock, 1000)
        assert not of(places, SetDone)
        await press(pilot, "space", "d")
        assert state_of(app) == "rest"
        await press(pilot, "plus", "space")
        await alone(app, clock, 1000)
        assert state_of(app) == "rest"
        await press(pilot, "x")
    done = of(places, SetDone)
    assert [(event.reps, event.confirmed) for event in done if isinstance(event, SetDone)] == [(4, True)]
    assert read_settings(places.settings)[0].getting_ready == {"lumbar-paraspinals/pelvic-tilts": 30}


async def test_one_that_hurts_stands_still_tells_what_is_saved_and_takes_a_number(
    tmp_path: Path, clock: HandClock
) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await turn(app, pilot, clock, 30 + 20)
        await press(pilot, "h")
        shown = text_of(app)
        for words in (
            "Stopped. Left out for today: Pelvic tilts.",
            "Saved: 3 of 10.",
            "How strong is it now?",
            "Press W now.",
            "Still there tonight? To call The clinic: 040 1234.",
        ):
            assert words in shown
        await press(pilot, "b")
        assert "The stop of Pelvic tilts is taken back, 2 sets with it." in text_of(app)
        assert state_of(app) == "ready"
        await press(pilot, "d")
        await turn(app, pilot, clock, 8)
        await press(pilot, "h", "7")
        await alone(app, clock, 5000)
        assert state_of(app) == "hurt"
        await press(pilot, "space")
        assert state_of(app) == "card"
    rated = of(places, ExerciseRated)
    assert [event.pain for event in rated if isinstance(event, ExerciseRated)] == [7]
    session = next(iter(Record.open(places.journal, MORNING).history.sessions.values()))
    assert [(event.set, event.reps) for event in session.sets_done()] == [(1, 1)]
    assert {event.reason for event in session.sets_skipped()} == {"pain"}
    assert len(of(places, SetSkipped)) == 4, "those that were taken back stay, as corrected"


async def test_space_is_dead_for_a_moment_where_something_new_came(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        await into_session(app, pilot, read=False)
        await pilot.press("space")
        await pilot.pause()
        assert state_of(app) == "card"
        await read_card(app, pilot)
        await pilot.press("space")
        await pilot.pause()
        assert state_of(app) == "ready"
        assert "Ready" in str(app.screen.query_one("#state").text)  # type: ignore[attr-defined]


async def test_space_is_dead_for_a_second_on_every_screen_that_came(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        for _ in range(3):
            await pilot.press("space")
            await pilot.pause()
        assert screen_name(app) == "TodayScreen", "it has only just come"
        clock.turn(0.99)
        await pilot.press("space")
        await pilot.pause()
        assert screen_name(app) == "TodayScreen"
        clock.turn(0.01)
        await pilot.press("space")
        await until(pilot, lambda: screen_name(app) == "SheetScreen", "the check-in")
        await pilot.press("3", "space")
        await pilot.pause()
        assert app.screen.query_one("#row-0").content.plain.startswith("> "), "the row has not moved on"  # type: ignore[attr-defined]
        clock.turn(1)
        await pilot.press("space")
        await pilot.pause()
        assert not app.screen.query_one("#row-0").content.plain.startswith("> ")  # type: ignore[attr-defined]


OPENED = {
    "help": ("question_mark", "HelpScreen", ("escape",)),
    "palette": ("ctrl+p", "CommandPalette", ("escape",)),
    "signs": ("w", "SignsScreen", ("escape",)),
    "why it is left out": ("s", "ChoiceScreen", ("escape",)),
    "the card": ("i", "SessionScreen", ()),
}


@pytest.mark.parametrize("name", OPENED)
@pytest.mark.parametrize("seconds", [10, 30 + 14])
async def test_whatever_opens_over_a_session_stops_the_time_and_coming_back_waits(
    tmp_path: Path, clock: HandClock, name: str, seconds: float
) -> None:
    key, screen, back = OPENED[name]
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot)
        await turn(app, pilot, clock, seconds)
        before = session.guided.coach.view(clock.ticks())
        await press(pilot, key)
        await until(pilot, lambda: screen_name(app) == screen, screen)
        await pilot.pause()
        for _ in range(500):
            clock.turn(4)
            session.wake()
        await press(pilot, *back)
        await until(pilot, lambda: screen_name(app) == "SessionScreen", "the session")
        await alone(app, clock, 600)
        view = session.guided.coach.view(clock.ticks())
        assert (view.paused, view.state) == (True, before.state)
        assert view.step_elapsed == before.step_elapsed
        await press(pilot, "space")
        assert not session.guided.coach.view(clock.ticks()).paused
    assert not of(places, SetDone)


async def test_settings_over_a_session_stop_it_too_and_a_sign_there_ends_it(
    tmp_path: Path, clock: HandClock
) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot)
        await turn(app, pilot, clock, 30 + 14)
        app.open_screen("SettingsScreen")
        await until(pilot, lambda: screen_name(app) == "SettingsScreen", "the settings")
        await pilot.pause()
        assert session.guided.coach.view(clock.ticks()).paused
        await press(pilot, "w")
        await until(pilot, lambda: screen_name(app) == "SignsScreen", "the signs")
        await press(pilot, "a", "enter")
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "asked back")
        await press(pilot, "1")
        await until(pilot, lambda: screen_name(app) == "LockedScreen", "whom to call")
    closed = of(places, SessionClosed)
    assert [event.how for event in closed if isinstance(event, SessionClosed)] == ["flagged"]


async def test_every_exercise_waits_and_a_clicker_goes_on_where_that_is_set(
    tmp_path: Path, clock: HandClock
) -> None:
    places = home_with_plan(tmp_path)
    places.settings.write_text("clicker = true\nwait_before_each_exercise = true\n", encoding="utf-8")
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot, read=False)
        clock.turn(2)
        await press(pilot, "pagedown")
        assert state_of(app) == "ready"
        await press(pilot, "full_stop")
        assert session.guided.coach.view(clock.ticks()).paused
        await press(pilot, "right")
        assert not session.guided.coach.view(clock.ticks()).paused
        await press(pilot, "d", "pageup")
        assert state_of(app) == "ready", "back from the set"


SILENT_KEYS = (
    "space",
    "plus",
    "i",
    "escape",
    "b",
    "h",
    "e",
    "s",
    "question_mark",
    "w",
    "m",
    "v",
    "minus",
    "l",
    "x",
    "down",
)
"""None of them says that a set was done: no D, no Enter, no Y, and no number."""


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_is_pressed_no_set_is_confirmed_without_a_confirming_act(
    tmp_path: Path, clock: HandClock, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  (a game, not a secret)
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await alone(app, clock, 30 + 70)  # a set that the clock alone has counted
        for _ in range(25):
            await alone(app, clock, chance.choice([0, 4, 40, 120]))
            if screen_name(app) in ("TodayScreen", "LockedScreen"):
                break
            await press(pilot, chance.choice(SILENT_KEYS))
            await pilot.pause()
    assert of(places, SetDone), "nothing was done: this shows nothing"
    assert unconfirmed(places) == len([*_done(places)])


async def test_a_confirming_act_is_seen_by_the_same_count(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await alone(app, clock, 60)
        await press(pilot, "d")
    assert unconfirmed(places) < len([*_done(places)])


def _done(places: Places) -> list[SetDone]:
    sessions = Record.open(places.journal, MORNING).history.sessions.values()
    return [event for session in sessions for event in session.sets_done()]
