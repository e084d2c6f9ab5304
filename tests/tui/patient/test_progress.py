"""Progress by keys alone: what is shown, what is corrected, what is added, at any size."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_runs import (
    HOSTILE,
    NEEDLED,
    HandClock,
    home_with_plan,
    low_back_plan,
    press,
    running,
    screen_name,
    text_of,
    until,
)
from profiles import tries
from reloadpt.care.record import Record
from reloadpt.files import Places
from reloadpt.journal.events import Amended, CheckedIn, Note, SetDone
from reloadpt.measures.trends import Rating
from reloadpt.tui.widgets.rating_chart import BOTH, NEEDLE, ChartLine, chart_rows
from sample_logs import Patient, four_days

EVENING = NEEDLED + timedelta(days=3, hours=8)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A home of four days."""
    home = Places(data=tmp_path / "home", config=tmp_path / "home")
    four_days(home.journal, low_back_plan(start_pain=4)).record.keep_state()
    return home


def written(places: Places, *kinds: type) -> list[object]:
    entries = Record.open(places.journal, EVENING).journal.entries()
    return [entry.event for entry in entries if isinstance(entry.event, kinds)]


async def test_it_shows_the_chart_the_days_the_muscles_and_what_changed(places: Places) -> None:
    async with running(places, HandClock(EVENING), (100, 50)) as (app, pilot):
        await press(pilot, "p")
        text = text_of(app)
        for words in ("change worth having", NEEDLE, "Days", "multifidus", "planned sets", "What changed"):
            assert words in text
        await press(pilot, "space")
        assert screen_name(app) == "TodayScreen", "all was in sight, so Space goes back"


async def test_space_reads_on_and_then_goes_back(places: Places) -> None:
    async with running(places, HandClock(EVENING)) as (app, pilot):
        await press(pilot, "p")
        assert "Read on" in text_of(app)
        await press(pilot, "space")
        assert screen_name(app) == "ProgressScreen"
        for _ in range(5):
            if screen_name(app) == "ProgressScreen":
                await press(pilot, "space")
        assert screen_name(app) == "TodayScreen"


async def test_with_nothing_written_it_says_what_to_do(tmp_path: Path) -> None:
    async with running(home_with_plan(tmp_path), HandClock(NEEDLED)) as (app, pilot):
        await press(pilot, "p")
        assert "first check-in" in text_of(app)
        assert "Correct" not in text_of(app)
        await press(pilot, "c")
        await press(pilot, "space")
        assert screen_name(app) == "TodayScreen"


async def test_a_score_is_corrected_by_keys(places: Places) -> None:
    async with running(places, HandClock(EVENING)) as (app, pilot):
        await press(pilot, "p", "c")
        options = app.screen._options  # type: ignore[attr-defined]
        at = next(at for at, (_, label) in enumerate(options) if "pain 2, soreness" in label)
        await press(pilot, *["down"] * at, "space", "1", "5", "space", "1")
        await until(pilot, lambda: screen_name(app) == "ProgressScreen", "back on progress")
        assert "5 now" in text_of(app)
    [corrected] = written(places, Amended)
    assert isinstance(corrected, Amended)
    assert corrected.change == {"pain": 5}
    assert corrected.reason


async def test_an_entry_is_taken_back_and_leaving_on_the_way_changes_nothing(places: Places) -> None:
    before = places.journal.read_bytes()
    async with running(places, HandClock(EVENING)) as (app, pilot):
        for keys in (
            ("c", "escape"),
            ("c", "2", "escape", "escape"),
            ("c", "2", "1", "escape", "escape", "escape"),
            ("c", "2", "1", "3", "space", *["escape"] * 4),
        ):
            await press(pilot, "p", *keys)
            await until(pilot, lambda: screen_name(app) == "ProgressScreen", "back on progress")
            await press(pilot, "escape")
        assert places.journal.read_bytes() == before
        await press(pilot, "p", "c", "2", "5", "2")
        await until(pilot, lambda: screen_name(app) == "ProgressScreen", "back on progress")
    [corrected] = written(places, Amended)
    assert isinstance(corrected, Amended)
    assert corrected.change is None


async def test_a_day_done_away_is_added_as_it_was_planned(places: Places) -> None:
    async with running(places, HandClock(EVENING)) as (app, pilot):
        await press(pilot, "p", "a", "3", "1", "2", "space")
        await until(pilot, lambda: screen_name(app) == "ProgressScreen", "back on progress")
    sets = [event for event in written(places, SetDone) if isinstance(event, SetDone)]
    added = [event for event in sets if event.source == "back_filled"]
    assert added
    assert {event.for_day for event in added} == {(EVENING - timedelta(days=2)).date().isoformat()}


async def test_some_of_it_and_another_exercise_are_added(places: Places) -> None:
    async with running(places, HandClock(EVENING)) as (app, pilot):
        await press(pilot, "p", "a", "3", "2", "space", "enter")
        if "how many" in text_of(app):
            await press(pilot, "1")
        await press(pilot, "minus")
        await until(pilot, lambda: screen_name(app) == "ProgressScreen", "back on progress")
        await press(pilot, "a", "1")
        others = [key for key, _ in app.screen._options]  # type: ignore[attr-defined]
        await press(pilot, str(others.index("other") + 1), "1", "2", "0", "space")
        await until(pilot, lambda: screen_name(app) == "ProgressScreen", "back on progress")
    added = [
        each
        for each in written(places, SetDone)
        if isinstance(each, SetDone) and each.source == "back_filled"
    ]
    assert {each.for_day for each in added} == {(EVENING - timedelta(days=2)).date().isoformat(), None}


async def test_numbers_and_a_note_are_added(places: Places) -> None:
    async with running(places, HandClock(EVENING)) as (app, pilot):
        await press(pilot, "p", "a", "2")
        others = [key for key, _ in app.screen._options]  # type: ignore[attr-defined]
        await press(pilot, str(others.index("numbers") + 1), "6", "space", "minus")
        await until(pilot, lambda: screen_name(app) == "ProgressScreen", "back on progress")
        await press(pilot, "a", "1")
        others = [key for key, _ in app.screen._options]  # type: ignore[attr-defined]
        await press(pilot, str(others.index("note") + 1), "h", "i", "enter")
        await until(pilot, lambda: screen_name(app) == "ProgressScreen", "back on progress")
    told = [each for each in written(places, CheckedIn) if isinstance(each, CheckedIn) and each.for_day]
    assert [(each.pain, len(each.soreness), each.for_day) for each in told] == [
        (6, 0, (EVENING - timedelta(days=1)).date().isoformat())
    ]
    assert written(places, Note) == [Note(text="hi")]


@pytest.mark.parametrize("size", [(20, 8), (40, 12), (80, 24), (120, 40), (300, 100)])
async def test_hostile_text_is_shown_at_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    places = Places(data=tmp_path / "home", config=tmp_path / "home")
    plan = low_back_plan(patient=HOSTILE[:40], note=HOSTILE)
    patient = Patient(places.journal, plan)
    patient.checks_in(NEEDLED + timedelta(hours=1), 4, {"multifidus": 3})
    patient.writes(Note(text=HOSTILE), NEEDLED + timedelta(hours=2))
    async with running(places, HandClock(EVENING), size) as (app, pilot):
        await press(pilot, "p", "c", "1", "1")
        assert "\x1b" not in text_of(app)
        await press(pilot, *["escape"] * 2, "a", "escape")
        await until(pilot, lambda: screen_name(app) == "ProgressScreen", "back on progress")


# The chart ------------------------------------------------------------------------------------------------


def ratings(*scores: tuple[float, int]) -> list[Rating]:
    begin = datetime(2026, 11, 20, tzinfo=NEEDLED.tzinfo)
    return [Rating(n, begin + timedelta(days=day), score) for n, (day, score) in enumerate(scores)]


BEGIN, END = date(2026, 11, 20), date(2026, 11, 29)


def rows(*lines: ChartLine, width: int = 44, height: int = 13) -> list[str]:
    return [
        "".join(sign for sign, _ in row)
        for row in chart_rows(lines, [ratings((0, 0))[0].at], BEGIN, END, width, height)
    ]


def test_each_number_has_a_row_of_its_own() -> None:
    for score in range(11):
        shown = rows(ChartLine("pain", ratings((5, score)), "●", ""))
        [row] = [at for at, line in enumerate(shown) if "●" in line]
        assert row == 11 - score
    assert [line[:3] for line in shown[1::2][:6]] == [" 10", "  8", "  6", "  4", "  2", "  0"]


def test_two_lines_that_meet_are_told_apart_by_their_marks() -> None:
    pain = ChartLine("pain", ratings((1, 4), (3, 2)), "●", "")
    sore = ChartLine("sore", ratings((1, 4), (3, 5)), "○", "", every=3)
    shown = "\n".join(rows(pain, sore))
    assert (shown.count(BOTH), shown.count("●"), shown.count("○"), shown.count(NEEDLE)) == (1, 1, 1, 1)


def test_no_line_is_drawn_over_days_without_a_rating() -> None:
    def dots(*scores: tuple[float, int]) -> int:
        text = "".join(rows(ChartLine("pain", ratings(*scores), "●", "")))
        return sum("\u2800" < sign <= "\u28ff" for sign in text)

    assert dots((0, 3), (3, 3)) > 0
    assert dots((0, 3), (6, 3)) == 0


@tries(60)
@given(
    st.integers(0, 300), st.integers(0, 100), st.integers(0, 400),
    st.lists(st.tuples(st.floats(-5, 500), st.integers(0, 10)), max_size=12),
)  # fmt: skip
def test_it_fits_any_size_and_any_days(
    width: int, height: int, days: int, scores: list[tuple[float, int]]
) -> None:
    found = ratings(*sorted(scores))
    shown = chart_rows(
        [ChartLine("pain", found, "●", "")],
        [each.at for each in found],
        BEGIN,
        BEGIN + timedelta(days=days),
        width,
        height,
    )
    assert len(shown) <= height
    assert all(len(row) <= width for row in shown)
