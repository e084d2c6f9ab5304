"""A patient's way through the app by keys alone: check-in, session, ratings, summary, and every way out."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app_runs import (
    HOSTILE,
    HandClock,
    back_to_today,
    fill_sheet,
    home_with_plan,
    into_session,
    low_back_plan,
    mark_none,
    press,
    running,
    screen_name,
    text_of,
    through_session,
    turn,
    until,
)
from reloadpt.care.record import Record
from reloadpt.files import Places
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import (
    Amended,
    CheckedIn,
    Cleared,
    ExerciseRated,
    FlagRaised,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
)

MORNING = datetime.fromisoformat("2026-11-22T09:00:00+01:00")


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MORNING)


def events(places: Places) -> list[object]:
    """What the journal on disk says."""
    return [entry.event for entry in Record.open(places.journal, MORNING).journal.entries()]


def of(places: Places, *kinds: type) -> list[object]:
    return [event for event in events(places) if isinstance(event, kinds)]


@pytest.mark.parametrize("back", ["space", "escape"])
async def test_a_whole_session_is_done_by_keys_and_written_down(
    tmp_path: Path, clock: HandClock, back: str
) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        assert "Space begins" in text_of(app)
        await into_session(app, pilot)
        await through_session(app, pilot, clock)
        assert screen_name(app) == "SheetScreen"
        await press(pilot, "2", "space", "1", "space")
        for _ in range(20):
            if screen_name(app) == "SheetScreen":
                await press(pilot, "space")
        await until(pilot, lambda: screen_name(app) == "SummaryScreen", "the summary")
        assert "Well done" in text_of(app)
        await press(pilot, back)
        await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today")
    opened = of(places, SessionOpened)[0]
    assert isinstance(opened, SessionOpened)
    assert len(of(places, SetDone)) == sum(item.sets_in_all for item in opened.items)
    checkin = of(places, CheckedIn)[0]
    assert isinstance(checkin, CheckedIn)
    assert (checkin.pain, checkin.flags) == (3, ())
    assert set(checkin.asked) >= {"SN", "SL"}
    rated = of(places, ExerciseRated)[0]
    assert isinstance(rated, ExerciseRated)
    assert (rated.pain, rated.place) == (2, "usual")
    closed = of(places, SessionClosed)[0]
    assert isinstance(closed, SessionClosed)
    assert closed.how == "finished"
    assert verify_file(places.journal).first_break is None


async def test_what_was_done_is_not_due_again_at_once(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await through_session(app, pilot, clock)
        await back_to_today(app, pilot)
        assert "Nothing is due now" in text_of(app)
        clock.turn(3 * 3600)
        app.screen.renew()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "Space begins" in text_of(app)


async def test_quitting_in_the_middle_loses_no_set_and_goes_on_at_the_next(
    tmp_path: Path, clock: HandClock
) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot)
        while len(of(places, SetDone)) < 2:
            await turn(app, pilot, clock, 4)
        before = session.guided.coach.view(clock.ticks()).sets_done
    done = of(places, SetDone)
    assert len(done) == before
    clock.turn(600)
    async with running(places, clock) as (app, pilot):
        assert "Space goes on at the next set" in text_of(app)
        session = await into_session(app, pilot)
        view = session.guided.coach.view(clock.ticks())
        assert view.sets_done == before
        assert view.state == "ready"
        await through_session(app, pilot, clock)
    assert len({(d.exercise, d.side, d.set) for d in of(places, SetDone) if isinstance(d, SetDone)}) == len(
        of(places, SetDone)
    )
    assert len(of(places, SessionOpened)) == 1


async def test_a_session_of_another_day_is_ended_and_a_new_one_begun(
    tmp_path: Path, clock: HandClock
) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        while not of(places, SetDone):
            await turn(app, pilot, clock, 4)
    clock.turn(24 * 3600)
    async with running(places, clock) as (app, pilot):
        assert "Space begins" in text_of(app)
        await into_session(app, pilot)
    closed = of(places, SessionClosed)[0]
    assert isinstance(closed, SessionClosed)
    assert closed.how == "abandoned"
    opened = of(places, SessionOpened)
    assert [event.session for event in opened if isinstance(event, SessionOpened)] == [
        "2026-11-22.1",
        "2026-11-23.1",
    ]


async def test_pausing_stops_the_clock_and_space_goes_on(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot)
        await turn(app, pilot, clock, 40)
        await press(pilot, "space")
        left = session.guided.coach.view(clock.ticks()).seconds_left
        await turn(app, pilot, clock, 300)
        assert session.guided.coach.view(clock.ticks()).seconds_left == left
        await press(pilot, "space")
        await turn(app, pilot, clock, 8)
        assert session.guided.coach.view(clock.ticks()).seconds_left == pytest.approx(left - 8)


async def test_time_in_which_the_machine_slept_does_not_count(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot)
        await turn(app, pilot, clock, 40)
        done = len(of(places, SetDone))
        clock.sleep(3600)
        session.wake()
        await pilot.pause()
        assert "slept" in text_of(app)
        assert len(of(places, SetDone)) == done
        await press(pilot, "space")
        await turn(app, pilot, clock, 4)
        assert not session.guided.coach.view(clock.ticks()).paused


async def test_a_program_held_still_invents_no_time(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot)
        await turn(app, pilot, clock, 40)
        done = len(of(places, SetDone))
        clock.turn(900)
        session.wake()
        await pilot.pause()
        assert len(of(places, SetDone)) == done
        assert session.guided.coach.view(clock.ticks()).paused


async def test_done_early_writes_what_was_completed(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await turn(app, pilot, clock, 30 + 20)
        await press(pilot, "d")
    done = of(places, SetDone)[0]
    assert isinstance(done, SetDone)
    assert done.reps == 3
    assert done.seconds == pytest.approx(20)


async def test_skipping_asks_why_and_writes_every_set_left_out(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await press(pilot, "s")
        assert screen_name(app) == "ChoiceScreen"
        await press(pilot, "2")
        await until(pilot, lambda: screen_name(app) == "SessionScreen", "the session again")
    skipped = of(places, SetSkipped)
    opened = of(places, SessionOpened)[0]
    assert isinstance(opened, SessionOpened)
    assert len(skipped) == opened.items[0].sets_in_all
    assert {event.reason for event in skipped if isinstance(event, SetSkipped)} == {"time"}


async def test_it_hurts_is_one_key_and_stops_that_exercise(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await turn(app, pilot, clock, 36)
        await press(pilot, "h")
        assert {event.reason for event in of(places, SetSkipped) if isinstance(event, SetSkipped)} == {"pain"}
        assert "Left out for today" in text_of(app)


async def test_in_a_narrow_window_the_set_stands_below_the_name(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock, (43, 24)) as (app, pilot):
        session = await into_session(app, pilot)
        await turn(app, pilot, clock, 36)
        rows = [row.strip() for row in text_of(app).splitlines()]
        at = rows.index(session.guided.coach.items[0].name)
        assert rows[at + 1].startswith("Set 1 of ")
        assert "Exercise 1 of " in rows[at + 1]


async def test_what_ends_with_pain_is_saved_and_not_praised(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        while not of(places, SetDone):
            await turn(app, pilot, clock, 4)
        await press(pilot, "h", "x")
        for _ in range(20):
            if screen_name(app) != "SummaryScreen":
                await press(pilot, *(("y",) if screen_name(app) == "TallyScreen" else ("minus",)))
        await until(pilot, lambda: screen_name(app) == "SummaryScreen", "the summary")
        assert "It is saved." in text_of(app)
        assert "Well done" not in text_of(app)


async def test_back_takes_the_last_set_back_and_the_journal_says_so(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot)
        while not of(places, SetDone):
            await turn(app, pilot, clock, 4)
        await press(pilot, "b")
        assert session.guided.coach.view(clock.ticks()).sets_done == 0
    amended = of(places, Amended)[0]
    assert isinstance(amended, Amended)
    assert amended.change is None
    history = Record.open(places.journal, MORNING).history
    sitting = history.open_session()
    assert sitting is not None
    assert not list(sitting.sets_done())


async def test_stopping_keeps_what_was_done(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        while not of(places, SetDone):
            await turn(app, pilot, clock, 4)
        await press(pilot, "x")
        await back_to_today(app, pilot)
    closed = of(places, SessionClosed)[0]
    assert isinstance(closed, SessionClosed)
    assert closed.how == "stopped"
    assert len(of(places, SetDone)) == 1


async def test_a_warning_sign_locks_and_says_that_nobody_was_told(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await press(pilot, "w", "a", "enter", "1")
        await until(pilot, lambda: screen_name(app) == "LockedScreen", "the lock")
        assert "Call 112 now" in text_of(app)
        assert "Nobody has been told." in text_of(app)
        await press(pilot, "escape")
        await press(pilot, "space")
        await until(pilot, lambda: screen_name(app) == "LockedScreen", "the lock again")
    assert len(of(places, FlagRaised)) == 1
    async with running(places, clock) as (app, pilot):
        await press(pilot, "space")
        await until(pilot, lambda: screen_name(app) == "LockedScreen", "the lock after a restart")
        await press(pilot, "c")
        await press(pilot, *"the clinic", "enter", "1", *"hospital", "enter", "1", "1")
        await until(pilot, lambda: bool(of(places, Cleared)), "the unlocking")
        await until(pilot, lambda: "No exercise today" in text_of(app), "Today without exercises")


async def test_a_warning_sign_in_the_session_ends_it(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await press(pilot, "w", "a", "enter", "1")
        await until(pilot, lambda: screen_name(app) == "LockedScreen", "the lock")
    closed = of(places, SessionClosed)[0]
    assert isinstance(closed, SessionClosed)
    assert closed.how == "flagged"


async def test_none_of_these_needs_its_own_key(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await press(pilot, "w", "space", "enter")
        assert screen_name(app) == "SignsScreen"
        await mark_none(app, pilot)
        await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today")
    asked = of(places, CheckedIn)[0]
    assert isinstance(asked, CheckedIn)
    assert asked.asked
    assert asked.flags == ()


async def test_pain_is_typed_each_time_and_the_last_number_stands_beside_it(
    tmp_path: Path, clock: HandClock
) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await through_session(app, pilot, clock)
        await back_to_today(app, pilot)
        clock.turn(3 * 3600)
        await press(pilot, "space")
        assert "last 3" in text_of(app)
        await press(pilot, "space", "space")
        assert screen_name(app) == "SheetScreen", "Space takes nothing over"
        await fill_sheet(app, pilot, "4", "2")
        await mark_none(app, pilot)
    last = of(places, CheckedIn)[-1]
    assert isinstance(last, CheckedIn)
    assert (last.pain, last.same) == (4, False)


async def test_without_a_plan_it_asks_what_it_must_and_deals_only_gently(
    tmp_path: Path, clock: HandClock
) -> None:
    places = Places(data=tmp_path / "home", config=tmp_path / "home")
    async with running(places, clock) as (app, pilot):
        assert screen_name(app) == "ChoiceScreen"
        await press(pilot, "2")
        for page in ("Page 1 of 5", "Page 2 of 5"):
            assert page in text_of(app)
            await press(pilot, "n")
        assert "Which muscles were needled" in text_of(app)
        await press(pilot, "space", "enter")
        await fill_sheet(app, pilot, "1", "5")
        await press(pilot, "end", "space")
        await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today")
        assert "Your own plan: only the gentle phases" in text_of(app)
    record = Record.open(places.journal, MORNING)
    assert record.plan is not None
    assert record.plan.self_made
    assert record.plan.unanswered == ()
    clock.turn(30 * 24 * 3600)
    async with running(places, clock) as (app, pilot):
        due = app.today()
        assert due is not None
        assert {item.phase for item in due.items} <= {"reset", "activate"}


async def test_a_screening_yes_makes_no_plan(tmp_path: Path, clock: HandClock) -> None:
    places = Places(data=tmp_path / "home", config=tmp_path / "home")
    async with running(places, clock) as (app, pilot):
        await press(pilot, "2", "space", "enter")
        await until(pilot, lambda: "Speak to your therapist" in text_of(app), "the word to stop")
    assert not places.journal.exists()


async def test_hostile_text_reaches_every_screen_and_harms_none(tmp_path: Path, clock: HandClock) -> None:
    exercise = low_back_plan()
    plan = low_back_plan(patient=HOSTILE[:60], note=HOSTILE[:300], made_by=HOSTILE[:200])
    assert exercise.id != plan.id
    places = home_with_plan(tmp_path, plan)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await through_session(app, pilot, clock)
        await back_to_today(app, pilot)
        assert "\x1b" not in text_of(app)
        await press(pilot, "question_mark")
        assert screen_name(app) == "HelpScreen"


@pytest.mark.parametrize("size", [(20, 8), (40, 12), (80, 24), (120, 40), (300, 100)])
async def test_every_size_shows_the_number_and_goes_on(
    tmp_path: Path, clock: HandClock, size: tuple[int, int]
) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock, size) as (app, pilot):
        await into_session(app, pilot)
        await turn(app, pilot, clock, 36)
        for width, height in ((20, 8), (300, 100), (33, 9), size):
            await pilot.resize_terminal(width, height)
            await turn(app, pilot, clock, 4)
        assert text_of(app).strip()
        await through_session(app, pilot, clock)
    assert of(places, SetDone)


async def test_the_first_minute_with_a_plan_ends_in_the_first_exercise(
    tmp_path: Path, clock: HandClock
) -> None:
    places = home_with_plan(tmp_path)
    started = clock.at
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot)
        await turn(app, pilot, clock, 32)
        assert session.guided.coach.view(clock.ticks()).state == "work"
    assert clock.at - started < timedelta(minutes=1)


async def test_two_quick_presses_leave_only_one_screen(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        await into_session(app, pilot)
        await through_session(app, pilot, clock)
        for _ in range(20):
            await pilot.press("space", "space")
        await back_to_today(app, pilot)
        assert app.is_running


async def test_the_report_is_made_from_today_and_says_that_nothing_was_sent(
    tmp_path: Path, clock: HandClock
) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):
        app.patient.out_folder = tmp_path
        await press(pilot, "s")
        await until(pilot, lambda: "Your report is ready" in text_of(app), "the report")
        assert "Nothing was sent" in text_of(app)
        await press(pilot, "space")
        await back_to_today(app, pilot)
    (report,) = tmp_path.glob("reloadpt-A-17-*.html")
    assert report.stat().st_mode & 0o077 == 0
    assert b"plan_started" in report.read_bytes()


async def test_space_goes_on_only_where_no_number_is_needed(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    record = Record.open(places.journal, MORNING)
    record.append([CheckedIn(when="before", pain=3)], MORNING - timedelta(days=1))
    async with running(places, clock) as (app, pilot):
        await press(pilot, "space")
        await until(pilot, lambda: screen_name(app) == "SheetScreen", "the sheet")
        sheet = app.screen
        await press(pilot, "space", "3", "space", "space", "space", "space")
        assert app.screen is sheet, "soreness was never said, and is not taken for granted"
        assert len(of(places, CheckedIn)) == 1
