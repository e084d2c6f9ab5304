"""What a screen says of its keys is true after every key was set anew: no key is named that is not the one."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

import reloadpt
from app_runs import HandClock, home_with_plan, low_back_plan, press, running, screen_name, until
from clinic_runs import clinic, home_of, imported, write_reports
from looks import text_in
from plan_runs import making
from reloadpt.files import Places
from reloadpt.tui.kit.actions import KEY_NAMES, Action, keys_of, printed
from reloadpt.tui.kit.keyboard import KEYBOARD
from reloadpt.tui.kit.settings_app import SettingsApp
from sample_logs import AFTER, four_days
from test_screens import CLINIC, FIRST_RUN, PLAN_PAGES, PROGRESS, SCREENS, THIRD_DAY

ACTIONS = {where.screen: where.actions for where in KEYBOARD}
WORDS = sorted({name for name in KEY_NAMES.values() if name.isalpha() and name.isascii()})
"""Keys whose names are words, such as Space: no screen may have them in its text now."""


def every_key_anew() -> dict[str, str]:
    """A key for each action that has none of those it had, and that no other action of its screens has."""
    found: dict[str, str] = {}
    for where in KEYBOARD:
        for action in where.actions:
            if action.id not in found:
                rivals = [each for each in KEYBOARD if action.id in {one.id for one in each.actions}]
                taken = {found.get(one.id) for each in rivals for one in each.actions}
                keys = (f"alt+{letter}" for letter in string.ascii_lowercase)
                found[action.id] = next(key for key in keys if key not in taken)
    return found


ANEW = every_key_anew()


def set_anew(places: Places) -> Places:
    places.config.mkdir(parents=True, exist_ok=True)
    lines = "".join(f'{name} = "{key}"\n' for name, key in ANEW.items())
    places.settings.write_text(f"[keys]\n{lines}", encoding="utf-8")
    return places


@pytest.fixture(autouse=True)
def _fingers_that_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """Press the key that an action has now where a test presses the one it had."""
    pressed = Pilot.press

    async def press_anew(pilot: Pilot[Any], *keys: str) -> None:
        for key in keys:
            actions = ACTIONS.get(type(pilot.app.screen).__name__, ())
            await pressed(pilot, next((ANEW[each.id] for each in actions if key in keys_of(each)), key))

    monkeypatch.setattr(Pilot, "press", press_anew)


def old_key_in(text: str, actions: tuple[Action, ...]) -> str | None:
    """The first place in ``text`` that names a key as it was."""
    labels = "|".join(re.escape(f"{printed(key)} {each.label}") for each in actions for key in keys_of(each))
    found = re.search(rf"\b({'|'.join(WORDS)})\b|\([A-Z?/]\)|(?<![\w+])({labels or '$^'})", text)
    return found.group() if found else None


def hold(app: SettingsApp[Any], screen: str) -> None:
    assert app.settings_problems == ()
    assert type(app.screen).__name__ == screen
    text = text_in(app)
    assert old_key_in(text, ACTIONS[screen]) is None, text
    assert "Alt+" in text, text


@pytest.mark.parametrize("name", [name for name in SCREENS if name != "summary"])
async def test_a_screen_of_the_patient_names_keys_as_they_are_set(tmp_path: Path, name: str) -> None:
    screen, at, way = SCREENS[name]
    clock = HandClock(at)
    async with running(set_anew(home_with_plan(tmp_path)), clock) as (app, pilot):
        await way(app, pilot, clock)
        hold(app, screen)
        if name == "ratings":  # and on to what follows, which no other way is shorter to
            for _ in range(20):
                if screen_name(app) == screen:
                    await press(pilot, "space")
            await until(pilot, lambda: screen_name(app) == "SummaryScreen", "the summary")
            hold(app, "SummaryScreen")


@pytest.mark.parametrize("name", PROGRESS)
async def test_progress_names_keys_as_they_are_set(tmp_path: Path, name: str) -> None:
    screen, way = PROGRESS[name]
    places, clock = set_anew(Places(tmp_path / "h", tmp_path / "h")), HandClock(AFTER)
    four_days(places.journal, low_back_plan(start_pain=4))
    async with running(places, clock) as (app, pilot):
        await way(app, pilot, clock)
        hold(app, screen)


async def test_empty_progress_names_keys_as_they_are_set(tmp_path: Path) -> None:
    async with running(set_anew(home_with_plan(tmp_path)), HandClock(THIRD_DAY)) as (app, pilot):
        await press(pilot, "p")
        assert "goes back to Today" in text_in(app)
        hold(app, "ProgressScreen")


@pytest.mark.parametrize("name", FIRST_RUN)
async def test_the_first_questions_name_keys_as_they_are_set(tmp_path: Path, name: str) -> None:
    screen, keys = FIRST_RUN[name]
    places = set_anew(Places(tmp_path / "h", tmp_path / "h"))
    async with running(places, HandClock(THIRD_DAY)) as (app, pilot):
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "the first question")
        await press(pilot, *keys)
        hold(app, screen)


@pytest.mark.parametrize("name", PLAN_PAGES)
async def test_a_page_of_a_plan_names_keys_as_they_are_set(tmp_path: Path, name: str) -> None:
    screen, way = PLAN_PAGES[name]
    set_anew(home_of(tmp_path))
    async with making(tmp_path) as keys:
        await way(keys)
        hold(keys.app, screen)


async def test_the_page_of_reasons_and_complaints_name_keys_as_they_are_set(tmp_path: Path) -> None:
    set_anew(home_of(tmp_path))
    async with making(tmp_path) as keys:
        await keys.type("A-17\n")
        await keys.until_page("MusclesPage")
        await keys.press("enter")
        assert f"mark one with {printed(ANEW['mark'])}." in keys.text
        await keys.type("mul\n\n")
        await keys.until_page("TargetsPage")
        await keys.press("enter")
        await keys.until_page("ScreeningPage")
        await keys.press("space", "enter")
        await keys.press("n", "n")
        await keys.until_page("FormPage")
        assert f"{printed(ANEW['page_back'])} goes back to the screening." in " ".join(keys.text.split())
        hold(keys.app, "FormPage")


@pytest.fixture(scope="module")
def caseload(tmp_path_factory: pytest.TempPathFactory) -> Places:
    folder = tmp_path_factory.mktemp("clinic")
    return set_anew(imported(folder, write_reports(folder / "reports")))


@pytest.mark.parametrize("name", CLINIC)
async def test_a_screen_of_the_clinic_names_keys_as_they_are_set(
    tmp_path: Path, caseload: Places, name: str
) -> None:
    screen, way = CLINIC[name]
    async with clinic(caseload, tmp_path) as keys:
        await way(keys)
        hold(keys.app, screen)


@asynccontextmanager
async def _nobody(folder: Path) -> AsyncIterator[Any]:
    async with clinic(set_anew(home_of(folder)), folder) as keys:
        await keys.until(lambda: "Nobody here yet" in keys.text)
        yield keys


async def test_the_empty_clinic_says_what_to_do_where_the_list_will_begin(tmp_path: Path) -> None:
    async with _nobody(tmp_path) as keys:
        hold(keys.app, "OverviewScreen")
        lines = keys.text.splitlines()
        told = next(number for number, line in enumerate(lines) if "Nobody here yet" in line)
        assert told <= len(lines) // 4
        assert f"Press {printed(ANEW['import'])} to take in" in lines[told]
        assert "Open" not in keys.text


async def test_a_search_that_finds_nobody_names_the_key_that_shows_all(
    tmp_path: Path, caseload: Places
) -> None:
    async with clinic(caseload, tmp_path) as keys:
        await keys.press("slash")
        await keys.type("zzzz")
        await keys.until(lambda: f"{printed(ANEW['all_again'])} shows all again." in keys.words)


def test_a_key_named_as_it_was_is_noticed() -> None:
    actions = ACTIONS["TodayScreen"]
    assert old_key_in("3 exercises. Space begins.", actions) == "Space"
    assert old_key_in("Alt+A Begin   W Something worries me", actions) == "W Something worries me"
    assert old_key_in("Alt+A begins.   Alt+W Something worries me", actions) is None


# The source ---------------------------------------------------------------------------------------------------

NAMED = re.compile(
    rf"\b({'|'.join(WORDS)}|Escape|Tab)\b|\([A-Z?/]\)|(?<![\w+-])([B-HJ-Z]|I(?= take| show)) [a-z]+s\b"
)
SHOWN_IN = ("tui", "voice", "care", "measures", "learn", "wording.py")


def words_in(source: str) -> Iterator[str]:
    """Every string of a program but its docstrings and the names of keys themselves."""
    tree = ast.parse(source)
    left_out: set[ast.AST] = {each.value for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        if isinstance(each, ast.Assign) and getattr(each.targets[0], "id", "") == "KEY_NAMES":
            left_out |= set(ast.walk(each))
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each not in left_out:
            yield each.value


def test_no_sentence_of_a_screen_has_the_name_of_a_key_in_it() -> None:
    root = Path(reloadpt.__file__).parent
    files = [path for path in root.rglob("*.py") if path.relative_to(root).parts[0] in SHOWN_IN]
    assert len(files) > 50
    found = [(path.name, text) for path in files for text in words_in(path.read_text()) if NAMED.search(text)]
    assert found == []


def test_a_sentence_with_the_name_of_a_key_is_noticed() -> None:
    for text in ("Space begins.", "Back with Esc", "V turns it off.", "off (T)", "I takes in reports"):
        assert NAMED.search(next(words_in(f"say({text!r})")))
    for text in ("A set is done.", "I was seen", "Enterprise"):
        assert not NAMED.search(text)
