"""Every screen as it was looked at and accepted, cell by cell: its text, and its colours in three themes; two sizes.

A new screen is a line in ``SCREENS`` (or in ``PLAN_PAGES`` or ``CLINIC``): the name of its class, the moment, and the way there. After
a change that is meant, look at the new pictures, then write them down with
``RELOADPT_ACCEPT_SCREENS=1 pytest tests/tui/test_screens.py``.

In every theme the text of every screen is measured against its ground as it is drawn.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import combinations
from math import dist
from pathlib import Path
from typing import Any

import pytest
from rich.style import Style
from textual.color import Color
from textual.pilot import Pilot
from textual.theme import Theme
from textual.widgets import Input

from app_runs import (
    HandClock,
    home_with_plan,
    into_session,
    low_back_plan,
    press,
    running,
    screen_name,
    through_session,
    turn,
    until,
)
from clinic_runs import Keys as ClinicKeys
from clinic_runs import clinic, home_of, imported, write_reports
from looks import colours_in, contrast, least_contrast, lines_of, text_in
from plan_runs import Keys, making, numbers, to_doses
from reloadpt.files import Places
from reloadpt.tui.kit.keyboard import KEYBOARD
from reloadpt.tui.kit.settings_app import SettingsApp
from reloadpt.tui.kit.themes import COLOUR_BLIND, DARK, HIGH_CONTRAST, LIGHT, TERMINAL, THEMES
from reloadpt.tui.patient.app import ReloadApp
from sample_logs import AFTER, four_days

KEPT = Path(__file__).with_name("screens")
SIZES = ((80, 24), (120, 40))
KEPT_THEMES = (DARK, LIGHT, HIGH_CONTRAST)
LEAST = {HIGH_CONTRAST.name: 7.0}
LEAST_OF_ALL = 4.5
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


async def card(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
    await into_session(app, pilot, read=False)
    await pilot.pause()


async def tally(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
    await into_session(app, pilot)
    await through_session(app, pilot, clock, confirm=False)
    await press(pilot, "down", "minus")


async def summary(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
    await ratings(app, pilot, clock)
    while screen_name(app) == "SheetScreen":
        await press(pilot, "space")
    await until(pilot, lambda: screen_name(app) == "SummaryScreen", "the summary")


async def locked(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
    await press(pilot, "w", "a", "enter", "1")
    await until(pilot, lambda: screen_name(app) == "LockedScreen", "the lock")


async def words(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
    await locked(app, pilot, clock)
    await press(pilot, "c")
    await until(pilot, lambda: screen_name(app) == "WordsScreen", "a line to type")


SCREENS: dict[str, tuple[str, datetime, Way]] = {
    "today-first-day": ("TodayScreen", FIRST_DAY, stay),
    "today": ("TodayScreen", THIRD_DAY, stay),
    "cards": ("CardsScreen", THIRD_DAY, by_keys("down", "i")),
    "whole-day": ("WholeDayScreen", THIRD_DAY, by_keys("m", "1")),
    "check-in": ("SheetScreen", FIRST_DAY, by_keys("space", "3", "space")),
    "signs": ("SignsScreen", THIRD_DAY, by_keys("w", "c")),
    "locked": ("LockedScreen", THIRD_DAY, locked),
    "card": ("SessionScreen", THIRD_DAY, card),
    "hurt": ("SessionScreen", THIRD_DAY, in_session(50, "h", "6")),
    "tally": ("TallyScreen", THIRD_DAY, tally),
    "session-ready": ("SessionScreen", THIRD_DAY, in_session(8)),
    "session-work": ("SessionScreen", THIRD_DAY, in_session(40)),
    "session-paused": ("SessionScreen", THIRD_DAY, in_session(40, "space")),
    "session-rest": ("SessionScreen", THIRD_DAY, in_session(96)),
    "skip": ("ChoiceScreen", THIRD_DAY, in_session(40, "s")),
    "help": ("HelpScreen", THIRD_DAY, in_session(40, "question_mark")),
    "settings": ("SettingsScreen", THIRD_DAY, by_keys("comma", "down")),
    "ratings": ("SheetScreen", THIRD_DAY, ratings),
    "summary": ("SummaryScreen", THIRD_DAY, summary),
    "words": ("WordsScreen", THIRD_DAY, words),
    "library": ("LibraryScreen", THIRD_DAY, by_keys("l", "down")),
    "watch": ("WatchScreen", THIRD_DAY, by_keys("l", "down", "space", "space")),
    "learn": ("LearnScreen", THIRD_DAY, by_keys("r", "1")),
    "more": ("ChoiceScreen", THIRD_DAY, by_keys("m")),
    "needled": ("ChoiceScreen", THIRD_DAY, by_keys("m", "9")),
}
IMPORT_SCREEN = "ImportScreen"
FIRST_RUN: dict[str, tuple[str, tuple[str, ...]]] = {
    "screening": ("SeveralScreen", ("2", "space")),
    "sides": ("SheetScreen", ("2", "n", "n", "space", "enter", "1")),
    "welcome": ("ChoiceScreen", ()),
    "needled-muscles": ("SeveralScreen", ("2", "n", "n", "down", "space")),
}


async def muscles(keys: Keys) -> None:
    await keys.type("A-17\n")
    await keys.until_page("MusclesPage")
    await keys.type("lum\nmul\n")


async def targets(keys: Keys) -> None:
    await muscles(keys)
    await keys.press("enter")
    await keys.until_page("TargetsPage")


async def screening(keys: Keys) -> None:
    await targets(keys)
    await keys.press("enter")
    await keys.until_page("ScreeningPage")
    await keys.press("down", "space")


async def last(keys: Keys) -> None:
    await to_doses(keys)
    await keys.press("enter")
    await keys.until_page("FormPage")
    await keys.press("enter")
    await keys.pilot.pause()
    numbers(keys)
    await keys.press("enter")
    await keys.until_page("LastPage")


async def form(keys: Keys) -> None:
    await keys.type("A-17")


PLAN_PAGES: dict[str, tuple[str, Callable[[Keys], Awaitable[None]]]] = {
    "plan-form": ("FormPage", form),
    "plan-muscles": ("MusclesPage", muscles),
    "plan-targets": ("TargetsPage", targets),
    "plan-screening": ("ScreeningPage", screening),
    "plan-doses": ("DosesPage", to_doses),
    "plan-last": ("LastPage", last),
}


async def marked(keys: ClinicKeys) -> None:
    await keys.press("down")


def patient(part: str) -> Callable[[ClinicKeys], Awaitable[None]]:
    async def way(keys: ClinicKeys) -> None:
        await keys.press("down", "enter")
        await keys.until_screen("PatientScreen")
        await keys.until(lambda: "check-in: pain 8" in keys.text)
        await keys.press(part)

    return way


async def needled(keys: ClinicKeys) -> None:
    await keys.press("slash")
    await keys.type("h-4")
    await keys.press("enter", "enter")
    await keys.until_screen("PatientScreen")
    await keys.press("p")
    await keys.until_screen("NeedledPage")
    await keys.press("space")


CLINIC: dict[str, tuple[str, Callable[[ClinicKeys], Awaitable[None]]]] = {
    "clinic-overview": ("OverviewScreen", marked),
    "clinic-why": ("PatientScreen", patient("1")),
    "clinic-course": ("PatientScreen", patient("2")),
    "clinic-sessions": ("PatientScreen", patient("3")),
    "clinic-exercises": ("PatientScreen", patient("4")),
    "clinic-doses": ("PatientScreen", patient("5")),
    "clinic-said": ("PatientScreen", patient("6")),
    "clinic-visits": ("PatientScreen", patient("7")),
    "plan-needled": ("NeedledPage", needled),
}
of_sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def hold_to(name: str, shown: str) -> None:
    """Compare a screen with the one that was accepted."""
    shown = "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"
    path = KEPT / f"{name}.txt"
    if os.environ.get("RELOADPT_ACCEPT_SCREENS"):
        assert not os.environ.get("CI"), "a screen is accepted by who looked at it, never by CI"
        KEPT.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


async def hold_in_every_theme(
    name: str, size: tuple[int, int], app: SettingsApp[Any], pilot: Pilot[Any]
) -> None:
    """Compare text and colours with what was accepted, and measure the contrast of all text."""
    for entry in app.screen.query(Input):
        entry.cursor_blink = False
    parts = [text_in(app)]
    for theme in THEMES:
        app.theme = theme.name
        await pilot.pause()
        if theme in KEPT_THEMES:
            parts.append(f"=== {theme.name}\n{colours_in(app)}")
        if theme is TERMINAL:
            assert colours_of_its_own(app) == set()
        else:
            ratio, text = least_contrast(app)
            least = LEAST.get(theme.name, LEAST_OF_ALL)
            assert ratio >= least, f"{theme.name}: “{text}” stands off its ground by {ratio:.1f}:1 only"
    app.theme = DARK.name
    hold_to(f"{name}-{size[0]}x{size[1]}", "\n".join(parts))


def colours_of_its_own(app: SettingsApp[Any]) -> set[str]:
    """Colours on the screen that are not the terminal's."""
    styles = [segment.style for line in lines_of(app) for segment in line if segment.style]
    colours = [colour for style in styles for colour in (style.color, style.bgcolor) if colour]
    return {colour.name for colour in colours if not colour.is_system_defined}


@of_sizes
@pytest.mark.parametrize("name", SCREENS)
async def test_the_screen_is_as_it_was_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)  # the settings screen tells where its file is
    screen, at, way = SCREENS[name]
    clock = HandClock(at)
    async with running(home_with_plan(Path()), clock, size) as (app, pilot):
        await way(app, pilot, clock)
        await pilot.pause()
        assert screen_name(app) == screen
        await hold_in_every_theme(name, size, app, pilot)


def in_progress(*keys: str) -> Way:
    async def way(app: ReloadApp, pilot: Pilot[None], clock: HandClock) -> None:
        await press(pilot, "p")
        await until(pilot, lambda: screen_name(app) == "ProgressScreen", "progress")
        await press(pilot, *keys)

    return way


PROGRESS: dict[str, tuple[str, Way]] = {
    "progress": ("ProgressScreen", in_progress()),
    "progress-further": ("ProgressScreen", in_progress("space")),
    "correct": ("ChoiceScreen", in_progress("c")),
    "add": ("ChoiceScreen", in_progress("a", "3")),
}


@pytest.mark.parametrize(
    ("name", "size"),
    # on a large terminal there is nothing further to read
    [(name, size) for name in PROGRESS for size in SIZES if (name, size) != ("progress-further", SIZES[1])],
    ids=lambda each: each if isinstance(each, str) else f"{each[0]}x{each[1]}",
)
async def test_progress_is_as_it_was_accepted(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    screen, way = PROGRESS[name]
    places, clock = Places(tmp_path / "h", tmp_path / "h"), HandClock(AFTER)
    four_days(places.journal, low_back_plan(start_pain=4)).record.keep_state()
    async with running(places, clock, size) as (app, pilot):
        await way(app, pilot, clock)
        assert screen_name(app) == screen
        await hold_in_every_theme(name, size, app, pilot)


@of_sizes
@pytest.mark.parametrize("name", FIRST_RUN)
async def test_the_first_questions_are_as_they_were_accepted(
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    screen, keys = FIRST_RUN[name]
    async with running(Places(tmp_path / "h", tmp_path / "h"), HandClock(THIRD_DAY), size) as (app, pilot):
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "the first question")
        await press(pilot, *keys)
        assert screen_name(app) == screen
        await hold_in_every_theme(name, size, app, pilot)


@of_sizes
@pytest.mark.parametrize("name", PLAN_PAGES)
async def test_the_page_of_a_plan_is_as_it_was_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)  # the last page tells what it will write
    screen, way = PLAN_PAGES[name]
    async with making(Path(), size) as keys:
        await way(keys)
        await keys.pilot.pause()
        assert keys.page == screen
        await hold_in_every_theme(name, size, keys.app, keys.pilot)


@pytest.fixture(scope="module")
def caseload(tmp_path_factory: pytest.TempPathFactory) -> Places:
    folder = tmp_path_factory.mktemp("clinic")
    return imported(folder, write_reports(folder / "reports"))


@of_sizes
@pytest.mark.parametrize("name", CLINIC)
async def test_the_screen_of_the_clinic_is_as_it_was_accepted(
    tmp_path: Path, caseload: Places, name: str, size: tuple[int, int]
) -> None:
    screen, way = CLINIC[name]
    async with clinic(caseload, tmp_path, size) as keys:
        await way(keys)
        assert keys.screen == screen
        await hold_in_every_theme(name, size, keys.app, keys.pilot)


async def test_the_marked_patient_is_seen_without_any_colour(
    tmp_path: Path, caseload: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    async with clinic(caseload, tmp_path) as keys:
        await keys.press("down")
        lines = lines_of(keys.app)
        lined = [line for line in lines if any(each.style and each.style.underline for each in line)]
        assert ["F-2" in "".join(each.text for each in line) for line in lined] == [True]


@of_sizes
async def test_taking_reports_in_is_as_it_was_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)  # the files are named with their folder
    inbox = write_reports(Path("inbox"), "F-2", "S-3")
    (inbox / "bad.jsonl").write_text("no log\n")
    async with clinic(home_of(tmp_path), Path(), size) as keys:
        await keys.press("i")
        await keys.until_screen("WordsScreen")
        await keys.type("inbox")
        await keys.press("enter")
        await keys.until(lambda: "Imported: 3 of 3 files" in keys.text)
        assert keys.screen == IMPORT_SCREEN
        await hold_in_every_theme("clinic-import", size, keys.app, keys.pilot)


def test_every_screen_was_looked_at() -> None:
    tables = (SCREENS, FIRST_RUN, PLAN_PAGES, PROGRESS, CLINIC)
    seen = {each[0] for table in tables for each in table.values()} | {IMPORT_SCREEN}
    assert {where.screen for where in KEYBOARD} == seen


def test_a_screen_that_changed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RELOADPT_ACCEPT_SCREENS", raising=False)
    kept = (KEPT / "welcome-80x24.txt").read_text(encoding="utf-8")
    for was, becomes in (("Reloadpt", "Reloadqt"), (DARK.primary, LIGHT.primary), ("bold", "italic")):
        assert was in kept
        with pytest.raises(AssertionError):
            hold_to("welcome-80x24", kept.replace(was, becomes))


def test_ci_accepts_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELOADPT_ACCEPT_SCREENS", "1")
    monkeypatch.setenv("CI", "true")
    before = (KEPT / "welcome-80x24.txt").read_text(encoding="utf-8")
    with pytest.raises(AssertionError, match="never by CI"):
        hold_to("welcome-80x24", "something else")
    assert (KEPT / "welcome-80x24.txt").read_text(encoding="utf-8") == before


async def test_text_that_does_not_stand_off_its_ground_is_noticed(tmp_path: Path) -> None:
    pale = dataclasses.replace(LIGHT, name="reload-pale", variables={**LIGHT.variables, "quiet": "#8a8f91"})
    async with running(home_with_plan(tmp_path), HandClock(THIRD_DAY)) as (app, pilot):
        app.register_theme(pale)
        app.theme = pale.name
        await pilot.pause()
        ratio, text = least_contrast(app)
        assert ratio < LEAST_OF_ALL
        assert text


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(Style.parse("#000000 on #ffffff")) == pytest.approx(21)
    assert contrast(Style.parse("#777777 on #ffffff")) == pytest.approx(4.48, abs=0.01)


async def test_no_color_leaves_no_colour_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    clock = HandClock(THIRD_DAY)
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        await press(pilot, "comma", "down")
        styles = {segment.style for line in lines_of(app) for segment in line if segment.style}
        colours = [colour for style in styles for colour in (style.color, style.bgcolor) if colour]
        assert all(colour.is_default for colour in colours)
        marked = [
            segment.text
            for line in lines_of(app)
            for segment in line
            if segment.style and segment.style.underline
        ]
        assert any("Motion" in text for text in marked)
        await press(pilot, "escape")
        await into_session(app, pilot)
        await turn(app, pilot, clock, 40)
        styles = {segment.style for line in lines_of(app) for segment in line if segment.style}
        assert all(colour.is_default for style in styles for colour in (style.color, style.bgcolor) if colour)
        assert "▸ " in text_in(app)


SEEN_WITH = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""What is left of red, green and blue (linear), by Machado, Oliveira and Fernandes 2009, severity 1."""
LEAST_APART = 0.2


@pytest.mark.parametrize("vision", SEEN_WITH)
def test_states_stay_apart_in_the_colour_blind_safe_theme_and_not_in_others(vision: str) -> None:
    assert _least_apart(COLOUR_BLIND, vision) >= LEAST_APART
    assert _least_apart(DARK, vision) < LEAST_APART


def _least_apart(theme: Theme, vision: str) -> float:
    seen = [_seen(_colour(theme, name), vision) for name in ("go", "calm", "warning", "error")]
    return min(dist(a, b) for a, b in combinations(seen, 2))


def _colour(theme: Theme, name: str) -> Color:
    named = {"warning": theme.warning, "error": theme.error} | theme.variables
    return Color.parse(str(named[name]))


def _seen(colour: Color, vision: str) -> tuple[float, ...]:
    linear = [(part / 255) ** 2.2 for part in colour.rgb]
    seen = [sum(by * part for by, part in zip(row, linear, strict=True)) for row in SEEN_WITH[vision]]
    return tuple(min(max(part, 0.0), 1.0) ** (1 / 2.2) for part in seen)
