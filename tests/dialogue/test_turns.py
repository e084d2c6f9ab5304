"""Several people in one home: a journal each, and whose turn it is asked at the start."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pytest

from app_runs import HandClock, home_with_plan, low_back_plan, press, running, until
from plain_runs import MORNING, Person, converse
from program_runs import environment, reloadpt
from reloadpt.care.record import AnotherPatient, Record
from reloadpt.files import Places, places
from reloadpt.journal.chain import verify_file
from reloadpt.journal.journal import Journal
from reloadpt.journal.people import alias_of, is_one_patient, newcomer, people_in, turn_of
from reloadpt.plain.lines import InputEnded
from reloadpt.program.making import plan_file


def plan_of(folder: Path, alias: str) -> Path:
    path = folder / f"{alias}.plan.json"
    path.write_bytes(plan_file(low_back_plan(patient=alias)))
    return path


def home_of_two(folder: Path) -> Places:
    """A home of A-17 and B-22, who was here last."""
    first = home_with_plan(folder)
    second = newcomer(first)
    Record.open(second.journal, MORNING).start_plan(low_back_plan(patient="B-22"), MORNING)
    return second


def test_a_plan_for_another_alias_never_goes_into_the_log(tmp_path: Path) -> None:
    home = home_with_plan(tmp_path)
    before = home.journal.read_bytes()
    record = Record.open(home.journal, MORNING)
    with pytest.raises(AnotherPatient, match="“A-17”, and this plan is for “B-22”"):
        record.start_plan(low_back_plan(patient="B-22"), MORNING)
    assert home.journal.read_bytes() == before


@pytest.mark.parametrize(
    ("alias", "other", "same"),
    [("A-17", "A-17", True), ("A-17", "B-22", False), ("me", "A-17", True), ("A-17", "me", True), ("unknown", "A-17", True)],
)  # fmt: skip
def test_only_who_is_nobody_else_goes_on_in_a_log(alias: str, other: str, *, same: bool) -> None:
    assert is_one_patient(alias, other) is same


def test_plan_use_begins_another_journal_where_that_is_said_and_finds_it_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    a, b = plan_of(tmp_path, "A-17"), plan_of(tmp_path, "B-22")
    assert reloadpt(home, "plan", "use", a).code == 0
    refused = reloadpt(home, "plan", "use", b)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "--another" in refused.err
    assert not (home / "people").exists()
    assert reloadpt(home, "plan", "use", b, "--another").code == 0
    assert reloadpt(home, "checkin", "--pain", "4").err.startswith("It is the turn of B-22 now.")
    assert "A-17" in reloadpt(home, "plan", "use", a).err
    assert reloadpt(home, "--for", "B-22", "log", "show").out.count("B-22") > 0
    nobody = reloadpt(home, "--for", "C", "log", "show")
    assert (nobody.code, nobody.err.count("\n")) == (1, 1)
    assert len(list(home.glob("people/*/journal.jsonl"))) == 1
    [other] = home.glob("people/*/journal.jsonl")
    for journal in (home / "journal.jsonl", other):
        assert verify_file(journal).whole
    assert b"B-22" not in (home / "journal.jsonl").read_bytes()
    assert b"A-17" not in other.read_bytes()
    assert reloadpt(home, "forget", stdin="forget\n").code == 0
    assert not (home / "people").exists()


def test_in_a_terminal_it_is_asked_whether_it_is_another_person(tmp_path: Path) -> None:
    home = home_with_plan(tmp_path).data
    for answer, people in (("n", 1), ("y", 2)):
        child = pexpect.spawn(
            sys.executable, ["-m", "reloadpt", "plan", "use", str(plan_of(tmp_path, "B-22"))],
            env=environment(home), encoding="utf-8", timeout=None, dimensions=(24, 200),
        )  # fmt: skip
        child.expect("Is B-22 another person")
        child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == (0 if answer == "y" else 1)
        assert len(people_in(Places(home, home))) == people


def test_the_turn_is_kept_and_any_doubt_leads_to_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = home_of_two(tmp_path)
    monkeypatch.setenv("RELOADPT_HOME", str(second.data))
    assert places() == second
    assert [person.alias for person in people_in(second)] == ["B-22", "A-17"]
    for odd in (b"", b"\x80", b"../../etc", b"0" * 16, b"x" * 5000):
        second.turn.write_bytes(odd)
        assert places().person == ""
    turn_of(places(), second.person)
    assert places() == second


def test_a_log_is_named_by_the_alias_that_it_names_last(tmp_path: Path) -> None:
    home = home_with_plan(tmp_path, low_back_plan(patient="me", made_by=None))
    assert alias_of(home.journal) == "me"
    Record.open(home.journal, MORNING).start_plan(low_back_plan(patient="A-17"), MORNING)
    assert alias_of(home.journal) == "A-17"
    assert alias_of(tmp_path / "none.jsonl") == ""


async def test_the_app_asks_whose_turn_it_is_the_last_one_a_key_away(tmp_path: Path) -> None:
    second = home_of_two(tmp_path)
    for key, alias in (("space", "B-22"), ("2", "A-17")):
        async with running(second, HandClock(MORNING)) as (app, pilot):
            await until(pilot, lambda: type(app.screen).__name__ == "ChoiceScreen", "the question")
            await press(pilot, key)
            await until(pilot, lambda: type(app.screen).__name__ == "TodayScreen", "Today")
            assert app.record.plan is not None
            assert app.record.plan.patient == alias


async def test_a_home_of_one_is_not_asked(tmp_path: Path) -> None:
    async with running(home_with_plan(tmp_path), HandClock(MORNING)) as (app, _):
        assert type(app.screen).__name__ == "TodayScreen"


def test_the_line_mode_asks_whose_turn_it_is(tmp_path: Path) -> None:
    second = home_of_two(tmp_path)
    answers = iter(["2", "how it is now", "4"])

    def answer(line: str, words: list[str]) -> str:
        for said in answers:
            return said
        raise InputEnded

    person = converse(second, Person(HandClock(MORNING), answer))
    assert any("Whose turn is it" in line for line in person.said)
    first = turn_of(second, "")
    assert [entry.kind for entry in Journal(first.journal).entries()][:2] == ["log_opened", "plan_started"]
