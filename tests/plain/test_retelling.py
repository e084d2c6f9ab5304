"""Progress line by line: told in words, corrected and added to, with nothing but answers that are named."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app_runs import NEEDLED, HandClock, home_with_plan, low_back_plan
from plain_runs import WRONG, Person, converse
from reloadpt import wording
from reloadpt.care.record import Record
from reloadpt.files import Places
from reloadpt.journal.events import Amended, CheckedIn, Needled, Note, Paused, SetDone
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
    told = says(places, "progress").told
    for words in (
        "a change worth having",
        "Usual pain, the last days",
        "Needled on Fri 20 November",
        "sets done",
    ):
        assert words in told
    assert "●" not in told


def test_without_an_entry_it_says_what_to_do(tmp_path: Path) -> None:
    told = says(home_with_plan(tmp_path), "progress", "correct").told
    assert "first check-in" in told
    assert "nothing to correct" in told


def test_an_entry_is_corrected(places: Places) -> None:
    person = says(places, "correct", "2", "1", "6", "3", "pressed wrong")
    [corrected] = written(places, Amended)
    assert isinstance(corrected, Amended)
    assert (corrected.change, corrected.reason) == ({"pain": 6}, "pressed wrong")
    assert "What was first written stays" in person.told


def test_going_back_changes_nothing(places: Places) -> None:
    before = places.journal.read_bytes()
    for answers in (
        ("correct", "back"), ("correct", "1", "back", "back"), ("correct", "2", "1", *["back"] * 3),
        ("correct", "2", "1", "6", *["back"] * 4), ("done", "back"), ("done", "1", "back", "back"),
        ("done", "2", "1", *["back"] * 3), ("needled", "1", "1", "back", "back", "back"),
        ("away", "1", "1", "back", "back", "back"),
    ):  # fmt: skip
        says(places, *answers)
    assert places.journal.read_bytes() == before


def test_a_day_numbers_and_a_note_are_added(places: Places) -> None:
    says(places, "done", "3", "1", "2")
    added = [
        each
        for each in written(places, SetDone)
        if isinstance(each, SetDone) and each.source == "back_filled"
    ]
    assert {each.for_day for each in added} == {(EVENING - timedelta(days=2)).date().isoformat()}
    person = says(places, "done", "3", "2", "5", "1")
    assert "Something worries me" in person.told
    [told] = [each for each in written(places, CheckedIn) if isinstance(each, CheckedIn) and each.for_day]
    assert (told.pain, len(told.soreness)) == (5, 2)
    says(places, "done", "3", "3", "it went well", "")
    assert written(places, Note) == [Note(text="it went well")]


def test_one_exercise_is_added(places: Places) -> None:
    says(places, "done", "3", "3", "1", "2", "0")
    assert any(
        isinstance(each, SetDone) and each.source == "back_filled" for each in written(places, SetDone)
    )


def test_a_session_is_one_line_that_opens_and_is_taken_back_at_once(places: Places) -> None:
    sets = [each for each in written(places, SetDone) if isinstance(each, SetDone)]
    last = [each for each in sets if each.session == sets[-1].session]
    says(places, "correct", "1", "1", "1")
    taken_back = [each for each in written(places, Amended) if isinstance(each, Amended)]
    assert {each.change for each in taken_back if each.change is None} == {None}
    session = Record.open(places.journal, EVENING).history.sessions[sets[-1].session]
    assert len(taken_back) >= len(last)
    assert not list(session.sets_done())


def test_needled_again_is_written_and_what_follows_is_said(places: Places) -> None:
    person = says(places, "needled", "2", "2", "3", "yes")
    [event] = written(places, Needled)
    assert isinstance(event, Needled)
    assert (event.muscle, event.side, event.stim) == ("multifidus", "left", True)
    assert event.needled_at == EVENING - timedelta(days=1)
    assert any("needled yesterday at 17:00. It begins with gentle movement" in line for line in person.said)


def test_another_muscle_and_a_typed_time(places: Places) -> None:
    person = says(places, "needled", "3", "calf", "3", "4", "tomorrow", "2030-01-01", "yesterday 14:30", "no")
    [event] = written(places, Needled)
    assert isinstance(event, Needled)
    assert event.muscle == "calf"
    assert event.needled_at == EVENING.replace(day=22, hour=14, minute=30)
    assert sum("still to come" in line for line in person.said) == 2
    assert wording.NOT_IN_PLAN() in person.said


def test_ill_and_back_again(places: Places) -> None:
    person = says(places, "away", "2", "1", "2")
    [event] = written(places, Paused)
    assert isinstance(event, Paused)
    assert (event.from_, event.to) == ("2026-11-23", "2026-11-25")
    assert any("Monday 23 November to Wednesday 25 November" in line for line in person.said)
    person = says(places, "back again")
    assert wording.BACK_NOTED() in person.said
    history = Record.open(places.journal, EVENING).history
    assert [(pause.from_, pause.to) for pause in history.pauses] == [("2026-11-23", "2026-11-22")]


def test_share_says_where_the_file_is_and_that_nothing_was_sent(places: Places) -> None:
    person = says(places, "share")
    [report] = places.data.glob("*.html")
    assert str(report) in person.said
    assert wording.NOTHING_SENT() in person.said


def test_what_there_is_to_read_and_to_set(places: Places) -> None:
    person = says(
        places,
        "exercises",
        "bird dog",
        "1",
        "back",
        "learn",
        "1",
        "back",
        "settings",
        "4",
        "2",
        "back",
        "more",
        "why",
    )
    for words in ("Dose:", "Where this comes from:", "needled: A muscle was needled again"):
        assert any(line.startswith(words) for line in person.said), words
    assert "sound = false" in places.settings.read_text(encoding="utf-8")
