"""A plan file that the program was started with is asked about first, in both heads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app_runs import HandClock, home_with_plan, low_back_plan, press, running, until
from plain_runs import MORNING, Person, converse
from reloadpt.files import Places
from reloadpt.journal.people import people_in
from reloadpt.plain.lines import InputEnded
from reloadpt.program.making import plan_file


def plan_of(folder: Path, alias: str) -> Path:
    path = folder / f"{alias}.plan.json"
    path.write_bytes(plan_file(low_back_plan(patient=alias, note="A plan of another day.")))
    return path


def aliases(home: Places) -> list[str]:
    return [person.alias for person in people_in(home)]


async def by_keys(home: Places, given: Path, keys: str) -> str:
    async with running(home, HandClock(MORNING), given=given) as (app, pilot):
        await until(pilot, lambda: type(app.screen).__name__ == "ChoiceScreen", "the question")
        await press(pilot, *keys)
        await until(pilot, lambda: type(app.screen).__name__ == "TodayScreen", "Today")
        return app.record.plan.note if app.record.plan else ""


def by_lines(home: Places, given: Path, lines: Sequence[str]) -> list[str]:
    answers = iter(lines)

    def answer(line: str, words: list[str]) -> str:
        for said in answers:
            return said
        raise InputEnded

    return converse(home, Person(HandClock(MORNING), answer), given=given).said


@pytest.mark.parametrize(("key", "note"), [("1", "A plan of another day."), ("2", "")])
async def test_the_same_persons_next_plan_is_used_when_that_is_said(
    tmp_path: Path, key: str, note: str
) -> None:
    home = home_with_plan(tmp_path)
    assert await by_keys(home, plan_of(tmp_path, "A-17"), key) == note
    assert aliases(home) == ["A-17"]
    lined = home_with_plan(tmp_path / "lines")
    before = lined.journal.read_bytes()
    said = by_lines(lined, plan_of(tmp_path, "A-17"), [key])
    assert "A plan for A-17 was given. Use it from now on:" in said
    assert (b"A plan of another day." in lined.journal.read_bytes()) is bool(note)
    assert note or lined.journal.read_bytes() == before


@pytest.mark.parametrize(("key", "people"), [("1", ["B-22", "A-17"]), ("2", ["A-17"])])
async def test_a_plan_for_another_begins_a_journal_of_their_own_or_nothing(
    tmp_path: Path, key: str, people: list[str]
) -> None:
    home = home_with_plan(tmp_path)
    before = home.journal.read_bytes()
    await by_keys(home, plan_of(tmp_path, "B-22"), key)
    again = Places(home.data, home.config, _turn(home))
    assert aliases(again) == people
    assert home.journal.read_bytes() == before
    lined = home_with_plan(tmp_path / "lines")
    said = by_lines(lined, plan_of(tmp_path, "B-22"), [key])
    assert any(
        line.startswith("This plan is for B-22, and the journal here is that of A-17.") for line in said
    )
    assert sorted(aliases(lined)) == sorted(people)


def _turn(home: Places) -> str:
    return home.turn.read_text(encoding="utf-8").strip() if home.turn.exists() else ""


async def test_the_first_plan_takes_the_place_of_the_first_questions(tmp_path: Path) -> None:
    home = Places(tmp_path / "home", tmp_path / "home")
    assert await by_keys(home, plan_of(tmp_path, "A-17"), "1") == "A plan of another day."
    assert aliases(home) == ["A-17"]


async def test_what_is_no_plan_is_named_and_the_day_goes_on(tmp_path: Path) -> None:
    home = home_with_plan(tmp_path)
    wrong = tmp_path / "letter.txt"
    wrong.write_text("Dear all", encoding="utf-8")
    assert await by_keys(home, wrong, "1") == ""
    said = by_lines(home_with_plan(tmp_path / "lines"), wrong, ["1"])
    assert "This file cannot be used as a plan:" in said
    assert any(str(wrong) in line for line in said)
