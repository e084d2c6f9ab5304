"""The keys that mean the same everywhere: on no screen of a patient one of them does something else, and B leaves each."""

from __future__ import annotations

from pathlib import Path

import pytest

from app_runs import HandClock, home_with_plan, press, running, screen_name, until
from reloadpt.tui.kit.actions import keys_of
from reloadpt.tui.kit.keyboard import KEYBOARD, KeyScope
from test_screens import FIRST_DAY, SCREENS

PATIENT = tuple(where for where in KEYBOARD if where.module.startswith(("patient.", "asks.")))
TYPED = ("WordsScreen",)
"""Where letters are typed, only Escape, Enter and the function keys are keys."""
MEANS = {
    "space": {"next", "pick", "mark", "read_on", "turn"},
    "d": {"done", "next", "pick", "accept", "sure"},
    "enter": {"done", "next", "accept", "sure"},
    "i": {"how"},
    "question_mark": {"help"},
    "w": {"signs"},
    "h": {"hurts"},
    "b": {"back", "dismiss"},
    "m": {"more"},
    "escape": {"dismiss", "hold"},
    "plus": {"more_time", "one_more"},
}
"""By key the ids of the actions that it may do: the same obvious thing on every screen."""
HOME = ("TodayScreen", "SessionScreen")
"""Today is left by Quit; in a session B goes back a set and Escape holds it."""


@pytest.mark.parametrize("where", PATIENT, ids=lambda where: where.screen)
def test_a_key_of_the_table_does_nothing_else_on_any_screen(where: KeyScope) -> None:
    if where.screen in TYPED:
        return
    does = {key: action.id for action in where.actions for key in keys_of(action)}
    for key, means in MEANS.items():
        assert does.get(key, min(means)) in means, (key, does[key])
        assert key not in where.own_signs, key
    assert does["question_mark"] == "help"
    assert does.get("w") == "signs" or where.screen == "SignsScreen"
    if where.screen not in HOME:
        assert does["b"] == does["escape"] == "dismiss"


def test_a_key_that_does_something_else_is_noticed() -> None:
    does = {"b": "sound"}
    assert does.get("b") not in MEANS["b"]


LEFT = (
    "check-in",
    "signs",
    "locked",
    "settings",
    "library",
    "watch",
    "learn",
    "more",
    "needled",
    "cards",
    "whole-day",
)


@pytest.mark.parametrize("key", ["escape", "b", "B"])
@pytest.mark.parametrize("name", LEFT)
async def test_escape_and_b_leave_a_screen(tmp_path: Path, name: str, key: str) -> None:
    screen, at, way = SCREENS[name]
    clock = HandClock(at)
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        await way(app, pilot, clock)
        await until(pilot, lambda: screen_name(app) == screen, screen)
        left = app.screen
        await press(pilot, key)
        await until(pilot, lambda: app.screen is not left, f"another screen than {screen}")


async def test_the_card_of_an_exercise_opens_from_today_and_in_a_session_closes_without_loss(
    tmp_path: Path,
) -> None:
    clock = HandClock(FIRST_DAY)
    async with running(home_with_plan(tmp_path), clock) as (app, pilot):
        await press(pilot, "down", "i")
        assert screen_name(app) == "CardsScreen"
        await press(pilot, "b")
        assert screen_name(app) == "TodayScreen"
