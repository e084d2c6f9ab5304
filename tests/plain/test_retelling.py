"""Progress line by line: told in words, corrected and added to, with nothing but answers that are named."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app_runs import NEEDLED, HandClock, home_with_plan, low_back_plan
from plain_runs import WRONG, Person, converse
from reloadpt.care.record import Record
from reloadpt.files import Places
from reloadpt.journal.events import Amended, CheckedIn, Note, SetDone
from reloadpt.plain.lines import InputEnded
from sample_logs import four_days

EVENING = NEEDLED + timedelta(days=3, hours=8)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    home = Places(data=tmp_path / "home", config=tmp_path / "home")
    four_days(home.journal, low_back_plan(start_pain=4)).record.keep_state()
    return home


def says(places: Places, *answers: str) -> Person:
    """A person who gives these answers one after the other, and leaves."""
    waiting = list(answers)

    def policy(line: str, named: list[str]) -> str:
        if not waiting:
            raise InputEnded
        return waiting.pop(0)

    person = converse(places, Person(HandClock(EVENING), policy))
    assert not waiting
    assert WRONG not in person.told
    return person


def written(places: Places, kind: type) -> list[object]:
    entries = Record.open(places.journal, EVENING).journal.entries()
    return [entry.event for entry in entries if isinstance(entry.event, kind)]


def test_progress_is_told_in_words(places: Places) -> None:
    told = says(places, "progress", "").told
    for words in (
        "a change worth having",
        "Usual pain, the last days",
        "Needled on Fri 20 November",
        "sets done",
    ):
        assert words in told
    assert "●" not in told


def test_without_an_entry_it_says_what_to_do(tmp_path: Path) -> None:
    told = says(home_with_plan(tmp_path), "progress", "correct", "").told
    assert "first check-in" in told
    assert "nothing to correct" in told


def test_an_entry_is_corrected(places: Places) -> None:
    person = says(places, "progress", "correct", "1", "1", "6", "pressed wrong", "")
    [corrected] = written(places, Amended)
    assert isinstance(corrected, Amended)
    assert (corrected.change, corrected.reason) == ({"pain": 6}, "pressed wrong")
    assert "What was first written stays" in person.told


def test_going_back_changes_nothing(places: Places) -> None:
    before = places.journal.read_bytes()
    for answers in (
        ("correct", "back"), ("correct", "1", "back"), ("correct", "1", "1", "back"),
        ("correct", "1", "1", "6", "back"), ("add", "back"), ("add", "1", "back"), ("add", "2", "1", "back"),
    ):  # fmt: skip
        says(places, "progress", *answers, "")
    assert places.journal.read_bytes() == before


def test_a_day_numbers_and_a_note_are_added(places: Places) -> None:
    says(places, "progress", "add", "3", "1", "2", "")
    added = [
        each
        for each in written(places, SetDone)
        if isinstance(each, SetDone) and each.source == "back_filled"
    ]
    assert {each.for_day for each in added} == {(EVENING - timedelta(days=2)).date().isoformat()}
    person = says(places, "progress", "add", "3", "2", "5", "leave out", "1", "")
    assert "signs" in person.told
    [told] = [each for each in written(places, CheckedIn) if isinstance(each, CheckedIn) and each.for_day]
    assert (told.pain, len(told.soreness)) == (5, 1)
    says(places, "progress", "add", "3", "3", "it went well", "")
    assert written(places, Note) == [Note(text="it went well")]


def test_one_exercise_is_added(places: Places) -> None:
    says(places, "progress", "add", "3", "2", "1", "2", "0", "")
    assert any(
        isinstance(each, SetDone) and each.source == "back_filled" for each in written(places, SetDone)
    )
