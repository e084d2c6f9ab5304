"""Whatever stands in a report reaches the therapist's screens as text, and the pages of a next plan too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from clinic_runs import Keys, clinic, home_of
from looks import assert_only_text, text_in
from reloadpt.journal.events import (
    ActivityRated,
    Amended,
    AnyEvent,
    ExerciseRated,
    MissedExplained,
    Note,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
)
from reloadpt.program.check import read_form
from reloadpt.program.plan import Contact, Plan
from reloadpt.program.programme import Dose, Exercise, Frequency
from reloadpt.tui.clinic.parts import PARTS
from sample_logs import BIRD_DOG, HOSTILE, Said, a_plan, at, begins, entries_of, item, lines_of, rated, sent

HURT = HOSTILE[4] + HOSTILE[-2] + "[/] [red] \x1b[2J"
EVIL = "[/] [bold]x[/b] [link=x] \x1b[31m\x1b]0;owned\x07\x9b2J\r $quiet {x} \u202egnp.exe\u202c \u2067\u200fשלום 👩‍👩‍👧 💥 "
"""Markup, orders to a terminal, marks that turn the writing round, signs of several code points."""
OWN = "multifidus/own-move"
SIZES = [(80, 24), (120, 40), (20, 8), (300, 100)]


def evil(length: int) -> str:
    return (EVIL + "<b>" + HOSTILE[0] + "x" * length)[:length]


def log_with_hostile_words() -> bytes:
    told: list[Said] = [
        (
            at(0),
            begins(
                patient=HURT[:60], complaint=HURT, next_visit=HURT, contact={"clinic": HURT}, made_by=HURT
            ),
        ),
        rated(1, 8, sore=5),
        (
            at(1),
            SessionOpened(
                session=HURT, items=(item("multifidus/" + HURT[:20], name=HURT, why=HURT, resistance=HURT),)
            ),
        ),
        (at(1), SetDone(session=HURT, exercise="multifidus/" + HURT[:20], set=1)),
        (at(1), SessionClosed(session=HURT, how="finished", note=HURT)),
        (at(2), Note(text=HURT)),
        (at(2), MissedExplained(day="2026-11-21", barrier=HURT)),
        (at(2), ActivityRated(activity=HURT, score=3)),
        (at(3), Amended(amends=6, change={"text": HURT}, reason=HURT)),
        rated(3, 9),
        rated(4, 9),
        sent(5),
    ]
    return lines_of(entries_of(*told))


def own_exercise(text: str) -> Exercise:
    return Exercise(
        id=OWN, name=text[:200], phase="activate", intent="wake", type="activation", movement="own-move",
        position="sitting", equipment=("none",), dose=Dose(sets=2, reps=2, tempo="2-1-2", often=Frequency(times=1, per="day")),
        setup=(text, text), cue=text, mistake=text, feel=text, ease=text, evidence="general practice",
    )  # fmt: skip


def log_with_a_hostile_plan(plan: dict[str, Any], words: str) -> bytes:
    """A log whose plan can be read, and whose exercises hurt: both are where the next plan begins."""
    dealt = (item(OWN, 3, name=words[:200]), item(BIRD_DOG, 3, name=words[:200], resistance=words[:300]))
    said: list[Said] = [(at(0), PlanStarted(plan=plan)), rated(1, 5)]
    for day in (1, 2, 3):
        session = f"{at(day).date()}.1"
        events: list[AnyEvent] = [SessionOpened(session=session, items=dealt)]
        for each in dealt:
            events.append(SetDone(session=session, exercise=each.exercise, set=1, reps=8))
            events.append(ExerciseRated(session=session, exercise=each.exercise, pain=9))
        events.append(SessionClosed(session=session, how="finished", note=words))
        said += [(at(day), event) for event in events]
    return lines_of(entries_of(*said, (at(3), Note(text=words)), sent(5)))


async def open_the_patient(keys: Keys) -> None:
    await keys.press("i")
    await keys.until_screen("WordsScreen")
    await keys.type("inbox")
    await keys.press("enter")
    await keys.until(lambda: getattr(keys.app.screen, "_over", False))
    await keys.press("space")
    await keys.until_screen("OverviewScreen")
    await keys.until(lambda: bool(keys.app.patients))
    await keys.press("down", "enter")
    await keys.until_screen("PatientScreen")


def inbox_with(folder: Path, lines: bytes) -> Path:
    inbox = folder / "inbox"
    inbox.mkdir()
    (inbox / "one.jsonl").write_bytes(lines)
    return inbox


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_and_any_size_reach_every_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    (inbox_with(tmp_path, log_with_hostile_words()) / "[red][] \x1b[2J.html").write_bytes(b"no report")
    async with clinic(home_of(tmp_path), tmp_path, size) as keys:
        await open_the_patient(keys)
        for number in range(1, len(PARTS) + 1):
            await keys.press(str(number), "down")
            assert_only_text(keys.app)
        await keys.press("m")
        await keys.until(lambda: keys.screen in ("WordsScreen", "ChoiceScreen"))
        assert_only_text(keys.app)
        await keys.press("escape")
        await keys.until_screen("PatientScreen")
        await keys.press("p")
        await keys.until_screen("FormPage")
        assert_only_text(keys.app)
        await keys.press("escape")
        await keys.until_screen("PatientScreen")
        await keys.press("question_mark")
        await keys.until_screen("HelpScreen")
        assert_only_text(keys.app)
        await keys.press("escape", "escape")
        await keys.until_screen("OverviewScreen")


async def mend_the_form(keys: Keys) -> None:
    """Type anew what the form does not take, told line by line."""
    page = keys.app.screen
    for entry in page.query(Input):
        if not entry.value.isprintable() or len(entry.value) > 300:
            await keys.press("enter")
            assert keys.app.screen is page, "it went on with what cannot be read"
            entry.focus()
            await keys.press("ctrl+u")
            await keys.type("x")
            assert_only_text(keys.app)


async def through_the_pages(keys: Keys, over: Callable[[], bool]) -> dict[str, str]:
    """From the patient through the pages of the next plan until it is ``over``; what each shows on the way."""
    seen: dict[str, str] = {}
    ways = {
        "NeedledPage": ("enter",), "MusclesPage": ("enter",), "TargetsPage": ("enter",), "ScreeningPage": ("n",),
        "DosesPage": ("down", "o", "o", "plus", "enter"), "FormPage": ("enter",),
    }  # fmt: skip
    for _ in range(12):
        page = keys.app.screen
        assert_only_text(keys.app)
        seen[keys.screen] = seen.get(keys.screen, "") + text_in(keys.app)
        if over():
            return seen
        if keys.screen == "FormPage":
            await mend_the_form(keys)
        await keys.press(*ways[keys.screen])
        await keys.until(lambda page=page: keys.app.screen is not page and keys.app.screen.is_mounted)  # type: ignore[misc]
    raise AssertionError(f"never came to the end: {[*seen]}")


@pytest.mark.parametrize("size", [(80, 24), (20, 8)])
async def test_a_hostile_plan_goes_through_the_pages_of_the_next_one(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    words = evil(300)
    plan = a_plan(
        words[:60], complaint=words, note=words, made_by=words, known_symptoms=(words,), activities=(words,),
        contact=Contact(clinic=words, phone=words[:200], out_of_hours=words[:200], emergency="112"),
        exercises=(own_exercise(words),),
    )  # fmt: skip
    inbox_with(tmp_path, log_with_a_hostile_plan(plan.as_json(), evil(9_000)))
    async with clinic(home_of(tmp_path), tmp_path, size) as keys:
        await open_the_patient(keys)
        for number in range(1, len(PARTS) + 1):
            await keys.press(str(number), "down")
            assert_only_text(keys.app)
        await keys.press("p")
        await keys.until(lambda: keys.screen.endswith("Page"))
        seen = await through_the_pages(keys, lambda: keys.screen == "LastPage")
        await keys.press("enter")
        await keys.until_screen("PatientScreen")
    [written] = tmp_path.glob("*.plan.json")
    found = read_form(written, Plan)
    assert found.exercises == plan.exercises
    assert len(seen) == 7
    if size[0] >= 80:
        assert "[bold]x[/b]" in seen["NeedledPage"], "the hostile text was not met"


async def test_ten_thousand_signs_in_a_plan_are_refused_in_words_and_break_no_page(tmp_path: Path) -> None:
    words = evil(10_000)
    own = replace(own_exercise("short"), cue=words)
    contact = Contact(clinic="Practice", phone="555 0100", out_of_hours="none", emergency="112")
    plan = replace(a_plan(), exercises=(own,), note=words, contact=contact).as_json() | {"patient": words}
    inbox_with(tmp_path, log_with_a_hostile_plan(plan, evil(9_000)))
    async with clinic(home_of(tmp_path), tmp_path) as keys:
        await open_the_patient(keys)
        assert_only_text(keys.app)
        await keys.press("p")
        await keys.until(lambda: keys.screen.endswith("Page"))
        await through_the_pages(keys, lambda: "at most 300 signs" in keys.notes)
        assert "exercises" in keys.notes
    assert not list(tmp_path.glob("*.plan.json"))
