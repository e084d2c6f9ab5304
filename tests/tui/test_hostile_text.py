"""Whatever stands in a plan or a programme reaches every screen as text: no markup, no escape, no turned line."""

from __future__ import annotations

import random
import re
import sys
from datetime import datetime
from pathlib import Path

import pexpect
import pytest

from app_runs import (
    HOSTILE,
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
from looks import assert_only_text, text_in, widths
from plain_runs import only
from program_runs import environment
from reloadpt.files import Trouble
from reloadpt.program.plan import Contact, Plan
from reloadpt.program.programme import Dose, Frequency

MORNING = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
EVIL = (HOSTILE[:110] + "\u202b\u2067\u200fשלום [link=x]\x9b2J\x07\r👩‍👩‍👧 $quiet {x} " + "x" * 300)[:300]
PIECES = ("[/]", "[bold]x", "[link=x]")


def hostile_plan() -> Plan:
    """A plan whose every word is hostile, with one exercise of the therapist's own."""
    dose = Dose(sets=2, reps=2, tempo="2-1-2", rest_s=10, often=Frequency(times=3, per="day"))
    changes = only(dose, text=EVIL[:200], kind="activation")
    contact = Contact(clinic=EVIL, phone=EVIL[:200], emergency="112")
    return low_back_plan(
        patient=EVIL[:60], note=EVIL, made_by=EVIL, known_symptoms=(EVIL,), contact=contact, **changes
    )


def test_a_text_of_ten_thousand_signs_is_refused_in_words() -> None:
    with pytest.raises(Trouble, match="at most 300 signs"):
        low_back_plan(made_by=EVIL + "x" * 9_700)


@pytest.mark.parametrize("size", [(20, 8), (80, 24), (120, 40)])
async def test_hostile_text_reaches_every_screen_as_text(tmp_path: Path, size: tuple[int, int]) -> None:
    clock = HandClock(MORNING)
    places = home_with_plan(tmp_path, hostile_plan())
    seen: set[str] = set()
    met = ""
    async with running(places, clock, size) as (app, pilot):

        async def look(*keys: str) -> None:
            nonlocal met
            await press(pilot, *keys)
            seen.add(screen_name(app))
            assert_only_text(app)
            met += text_in(app)

        await look()
        await look("question_mark")
        await look("escape", "w")
        await look("escape", "comma")
        await press(pilot, "escape")
        await into_session(app, pilot)
        await look()
        await turn(app, pilot, clock, 31)
        await look()
        await look("space")
        await look("s")
        await look("escape", "space", "e")
        await turn(app, pilot, clock, 16)
        await look()
        await through_session(app, pilot, clock)
        await look("4")
        for _ in range(20):
            if screen_name(app) == "SheetScreen":
                await look("space")
        await until(pilot, lambda: screen_name(app) == "SummaryScreen", "the summary")
        await look()
        await look("space", "w", "c", "enter", "1")
        await until(pilot, lambda: screen_name(app) == "LockedScreen", "the lock")
        await look()
        await look("c")
    assert seen >= {
        "TodayScreen", "HelpScreen", "SignsScreen", "SettingsScreen", "SessionScreen", "ChoiceScreen",
        "SheetScreen", "SummaryScreen", "LockedScreen", "WordsScreen",
    }  # fmt: skip
    for piece in PIECES[: 1 if size[0] < 80 else 2]:
        assert piece in met, "the hostile text was not met"


def test_hostile_text_never_reaches_the_terminal_as_an_order(tmp_path: Path) -> None:
    """What is written to a real terminal holds no title, no link, and no order that the text brought."""
    places = home_with_plan(tmp_path, hostile_plan())
    child = pexpect.spawn(
        sys.executable, ["-m", "reloadpt"], env={**environment(places.data), "TERM": "xterm-256color"},
        dimensions=(24, 80), timeout=None, encoding="utf-8",
    )  # fmt: skip
    child.expect("Step ")
    child.expect("Quit")
    written = child.before + child.after
    child.send("q")
    child.expect(pexpect.EOF)
    written += child.before
    child.close()
    assert not re.search(r"\x1b\]|\x9b|\x07|[\u202a-\u202e\u2066-\u2069]", written)
    assert "\x1b[31m" not in written


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_hundred_sizes_during_a_session_and_it_goes_on(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    clock = HandClock(MORNING)
    places = home_with_plan(tmp_path, hostile_plan() if seed == 2 else None)
    async with running(places, clock) as (app, pilot):
        session = await into_session(app, pilot)
        for _ in range(50):
            width, height = chance.randint(20, 300), chance.randint(8, 100)
            await pilot.resize_terminal(width, height)
            await turn(app, pilot, clock, 1)
            assert app.size == (width, height)
            assert session.guided.coach.view(clock.ticks()).state != "finished"
        await until(pilot, lambda: widths(app) == {app.size.width}, "lines as wide as the terminal")
        assert_only_text(app)
        await pilot.resize_terminal(80, 24)
        await through_session(app, pilot, clock)
        assert screen_name(app) == "SheetScreen"
