"""Keys: one registry feeds bindings, key line, palette, help and docs; keys that are set hold or are named."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import pexpect
import pytest
from textual.screen import Screen
from textual.widgets import Input, OptionList

import reloadpt.tui
from app_runs import (
    HandClock,
    home_with_plan,
    into_session,
    mark_none,
    press,
    running,
    screen_name,
    text_of,
    turn,
    until,
)
from plan_runs import making
from program_runs import environment
from reloadpt.care.record import Record
from reloadpt.files import Places
from reloadpt.journal.events import SetDone
from reloadpt.tui.kit.actions import keys_of
from reloadpt.tui.kit.changed_keys import changed_keys
from reloadpt.tui.kit.keyboard import KEYBOARD, KeyScope, keys_in_words
from reloadpt.tui.patient.app import ReloadApp
from reloadpt.tui.widgets.key_line import KeyLine

MORNING = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
DOCS = Path(__file__).parents[3] / "docs" / "keys.md"


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MORNING)


def screens() -> dict[str, type[Screen[object]]]:
    """Every screen that has keys of its own."""
    found = {}
    for module in pkgutil.walk_packages(reloadpt.tui.__path__, "reloadpt.tui."):
        for each in vars(importlib.import_module(module.name)).values():
            own = isinstance(each, type) and each.__module__ == module.name and issubclass(each, Screen)
            if own and "BINDINGS" in vars(each):
                found[each.__name__] = each
    return found


def test_every_screen_takes_its_keys_from_the_registry() -> None:
    assert set(screens()) == {where.screen for where in KEYBOARD}
    for where in KEYBOARD:
        bound = {(binding.id, binding.key) for binding in screens()[where.screen].BINDINGS}  # type: ignore[union-attr]
        assert bound == {(action.id, action.keys) for action in where.actions}, where.screen


@pytest.mark.parametrize("where", KEYBOARD, ids=lambda where: where.screen)
def test_every_action_can_be_done_on_its_screen(where: object) -> None:
    assert where in KEYBOARD
    for each in KEYBOARD:
        if each is where:
            for action in each.actions:
                assert hasattr(screens()[each.screen], f"action_{action.id}"), action.id


def test_no_two_actions_of_a_screen_have_the_same_key() -> None:
    for where in KEYBOARD:
        keys = Counter(key for action in where.actions for key in keys_of(action))
        assert max(keys.values()) == 1, where.screen
        # letters answered by the screen itself are not those of its actions
        assert not [key for key in keys if len(key) == 1 and key in where.own_signs], where.screen


def test_the_page_about_keys_lists_them_all() -> None:
    """After a change: ``python -m reloadpt.tui.kit.keyboard`` prints what belongs there."""
    assert DOCS.read_text(encoding="utf-8").endswith(keys_in_words())


def test_keys_that_are_set_replace_those_that_were() -> None:
    keymap, wrong = changed_keys({"done": "f", "signs": "f2, !", "skip": "ctrl+k", "leave": "Q"}, "x")
    assert keymap == {"done": "f", "signs": "f2,exclamation_mark", "skip": "ctrl+k", "leave": "Q"}
    assert not wrong


def test_two_actions_may_change_places() -> None:
    assert changed_keys({"done": "s", "skip": "d"}, "x") == ({"done": "s", "skip": "d"}, ())


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"donne": "f"}, "there is no action “donne”; done is one."),
        ({"\x1b[31m": "f"}, "there is no action “·[31m”."),
        ({"done": "ctrl+c"}, "done is “ctrl+c”, and that is no key that can be set."),
        ({"done": "tab"}, "done is “tab”, and that"),
        ({"done": "left"}, "done is “left”, and that"),
        ({"done": "hyper+x"}, "done is “hyper+x”, and that"),
        ({"done": "f13"}, "done is “f13”, and that"),
        ({"done": "ab"}, "done is “ab”, and that"),
        ({"done": "ä"}, "done is “ä”, and that"),
        ({"done": ""}, "done is nothing, and that"),
        ({"done": "s"}, "S would be both done and skip in “In a session”. So done keeps the key it had."),
        (
            {"leave_out": "5"},
            "5 for leave_out is an answer in “A sheet of numbers”. leave_out keeps the key it had.",
        ),
        ({"sure": "a"}, "A for sure is an answer in “Warning signs”. sure keeps the key it had."),
        ({"page_back": "x"}, "X for page_back is an answer in “A plan: lines to fill”."),
    ],
)
def test_a_key_that_cannot_be_is_named_and_the_old_one_holds(given: dict[str, str], says: str) -> None:
    keymap, wrong = changed_keys(given | {"signs": "f2"}, "settings.toml")
    assert keymap == {"signs": "f2"}
    assert len(wrong) == 1
    assert wrong[0].startswith("settings.toml, [keys]: ")
    assert says in wrong[0]
    assert wrong[0].isprintable()


def test_what_goes_back_for_one_clash_makes_no_other() -> None:
    keymap, wrong = changed_keys({"done": "s", "skip": "x"}, "x")
    assert keymap == {}
    assert len(wrong) == 2


def with_settings(folder: Path, text: str) -> Places:
    places = home_with_plan(folder)
    places.settings.write_text(text, encoding="utf-8")
    return places


def said(app: ReloadApp) -> str:
    """What is said above the keys."""
    return "\n".join(app.screen.query_one(KeyLine).said)


def sets_done(places: Places) -> int:
    entries = Record.open(places.journal, MORNING).journal.entries()
    return sum(isinstance(entry.event, SetDone) for entry in entries)


async def test_a_key_that_is_set_works_and_is_shown_everywhere(tmp_path: Path, clock: HandClock) -> None:
    places = with_settings(tmp_path, '[keys]\ndone = "f"\nnext = "g"\nskip = "f3"\n')
    async with running(places, clock) as (app, pilot):
        assert "G begins" in text_of(app)
        await press(pilot, "space")
        assert screen_name(app) == "TodayScreen"
        await press(pilot, "g", "3", "g", "1", "g", "1")
        await mark_none(app, pilot)
        await until(pilot, lambda: screen_name(app) == "SessionScreen", "a session")
        clock.turn(2)
        await press(pilot, "g")
        await turn(app, pilot, clock, 30 + 20)
        assert "G Pause   F Done   H It hurts" in text_of(app)
        assert "F3 Skip" in text_of(app)
        await press(pilot, "d", "enter")
        assert sets_done(places) == 0
        await press(pilot, "f")
        assert sets_done(places) == 1
        await press(pilot, "question_mark")
        assert " F  Done" in text_of(app)
        await press(pilot, "escape", "ctrl+p")
        await until(pilot, lambda: screen_name(app) == "CommandPalette", "the palette")


async def test_a_letter_does_the_same_as_a_capital(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        await press(pilot, "W")
        await until(pilot, lambda: screen_name(app) == "SignsScreen", "the signs")
        while "Read on" in text_of(app):
            await press(pilot, "space")
        await press(pilot, "C", "C", "N")
        await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today, with none of them")
        assert "Written down." in said(app)


async def test_a_capital_that_is_set_does_what_it_was_set_to(tmp_path: Path, clock: HandClock) -> None:
    places = with_settings(tmp_path, '[keys]\nsettings = "M"\n')
    async with running(places, clock) as (app, pilot):
        await press(pilot, "M")
        await until(pilot, lambda: screen_name(app) == "SettingsScreen", "the settings")
        await press(pilot, "f4", "m")
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "more")


async def test_capitals_that_are_typed_stay_words(tmp_path: Path, clock: HandClock) -> None:
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        await press(pilot, "M", "7", *"WHQ")
        assert screen_name(app) == "WordsScreen"
        assert app.screen.query_one(Input).value == "WHQ"


async def test_what_is_wrong_with_keys_and_settings_is_named_at_the_start(
    tmp_path: Path, clock: HandClock
) -> None:
    places = with_settings(tmp_path, 'theme = "blue"\n[keys]\ndone = "s"\njump = "[/]"\n')
    async with running(places, clock, (120, 40)) as (app, pilot):
        await until(pilot, lambda: "theme is “blue”" in said(app), "the theme named")
        assert "would be both done and skip" in said(app)
        assert "no action “jump”" in said(app)
        assert "begins" in text_of(app)


async def test_the_palette_offers_what_can_be_done_here_and_does_it(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock, (100, 50)) as (app, pilot):
        session = await into_session(app, pilot)
        await turn(app, pilot, clock, 40)
        offered = {command.title for command in app.get_system_commands(session)}
        assert offered >= {"Done", "Skip", "It hurts", "Stop", "Something worries me"}
        assert not offered & {"Theme", "Quit", "Screenshot", "Keys"}
        await press(pilot, "ctrl+p", *"worries")
        palette = app.screen
        await until(pilot, lambda: palette.query_one(OptionList).option_count, "something found")
        await press(pilot, "down", "enter")
        await until(pilot, lambda: screen_name(app) == "SignsScreen", "the signs")


async def test_a_session_is_done_without_the_keyboard(tmp_path: Path, clock: HandClock) -> None:
    places = home_with_plan(tmp_path)
    async with running(places, clock) as (app, pilot):

        async def click(words: str, within: str = "") -> None:
            """Click where these words stand, in a line with others."""
            clock.turn(0.5)
            lines = text_of(app).replace("\u00a0", " ").splitlines()
            y = next(n for n, line in enumerate(lines) if words in line and within in line)
            await pilot.click(offset=(lines[y].index(words) + 1, y))
            await pilot.pause()

        await click("Begin")
        await until(pilot, lambda: screen_name(app) == "SheetScreen", "the sheet")
        await click(" 3 ", within="> ")
        await click("Next")
        await click(" 2 ", within="> ")
        await click("Send")
        await until(pilot, lambda: screen_name(app) == "SignsScreen", "the signs")
        while "Read on" in text_of(app):
            await click("Read on")
        await click("None of these")
        await until(pilot, lambda: screen_name(app) == "SessionScreen", "a session")
        clock.turn(2)
        await click("I am ready")
        await click("Begin now")
        await turn(app, pilot, clock, 20)
        await click("Pause")
        await click("Go on")
        await click("Done")
        assert sets_done(places) == 1
        await click("Skip")
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "why")
        await click("2 ")
        await until(pilot, lambda: screen_name(app) == "SessionScreen", "a session")
        await click("X Stop")
        await until(pilot, lambda: screen_name(app) == "SheetScreen", "the ratings")
        for _ in range(6):
            if screen_name(app) == "SheetScreen":
                await click("Send" if "Send" in text_of(app) else "Next")
        await until(pilot, lambda: screen_name(app) == "SummaryScreen", "the summary")
        await click("Back to Today")
        await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today")
        await click("M More")
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "more")
        await click("Settings")
        await until(pilot, lambda: screen_name(app) == "SettingsScreen", "the settings")
        await click("Motion")
        await until(pilot, lambda: not app.settings.motion, "motion turned off")
        await click("Back")
        await until(pilot, lambda: screen_name(app) == "TodayScreen", "Today")


async def test_a_line_is_typed_and_accepted_by_a_click(tmp_path: Path, clock: HandClock) -> None:
    async with running(Places(tmp_path / "h", tmp_path / "h"), clock) as (app, pilot):
        await until(pilot, lambda: screen_name(app) == "ChoiceScreen", "the first question")
        await press(pilot, "1")
        await until(pilot, lambda: screen_name(app) in ("WordsScreen", "ChoiceScreen"), "where it is")
        if screen_name(app) == "ChoiceScreen":
            await press(pilot, "end", "enter")
            await until(pilot, lambda: screen_name(app) == "WordsScreen", "where it is")
        app.screen.query_one(Input).value = str(tmp_path / "none.plan.json")
        await pilot.click(KeyLine, offset=(3, 0))
        await until(pilot, lambda: "there is no such file" in text_of(app), "that there is none")


@pytest.mark.parametrize(
    ("size", "rows"),
    [
        ((20, 8), ["Space Begin   …", "W Worry   ? Help"]),
        ((33, 12), ["Space Begin   I How   …", "W Worry   ? Help"]),
        ((43, 40), ["Space Begin   I How", "A Done without the screen   M More", "Q Quit   W Worry   ? Help"]),
        (
            (80, 24),
            ["Space Begin   I How   A Done without the screen   M More   Q Quit", "W Something worries me   ? Help"],
        ),
    ],
)  # fmt: skip
async def test_the_key_line_breaks_no_word_and_marks_what_it_leaves_out_but_never_worry_and_help(
    tmp_path: Path, clock: HandClock, size: tuple[int, int], rows: list[str]
) -> None:
    async with running(home_with_plan(tmp_path), clock, size) as (app, _):
        assert str(app.screen.query_one(KeyLine).render()).splitlines() == rows


@pytest.mark.parametrize("where", KEYBOARD, ids=lambda where: where.screen)
def test_worry_and_help_have_a_key_on_every_screen_of_a_patient(where: KeyScope) -> None:
    """The list of signs is what the first of them opens; where letters are typed they have other keys."""
    if where.module.startswith(("patient.", "asks.")):
        ids = {action.id.removesuffix("_typing") for action in where.actions}
        assert ids >= ({"help"} if where.screen == "SignsScreen" else {"help", "signs"})


async def test_pages_that_make_a_plan_take_changed_keys_too(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text('theme = "light"\n[keys]\non = "f5"\n', encoding="utf-8")
    async with making(tmp_path) as keys:
        assert keys.app.theme == "reload-light"
        assert "F5 Go on" in keys.text
        await keys.type("A-17")
        await keys.press("f5")
        await keys.until_page("MusclesPage")


@pytest.mark.parametrize("mouse", ["true", "false"])
def test_the_mouse_is_asked_for_only_where_it_is_on(tmp_path: Path, mouse: str) -> None:
    places = with_settings(tmp_path, f"mouse = {mouse}\n")
    child = pexpect.spawn(
        sys.executable, ["-m", "reloadpt"], env={**environment(places.data), "TERM": "xterm-256color"},
        dimensions=(24, 80), timeout=None,
    )  # fmt: skip
    child.expect("Begin")
    written = child.before
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert (b"\x1b[?1000h" in written) is (mouse == "true")
