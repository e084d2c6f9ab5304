"""Corrections: what may be changed, what stays, and that the last one wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from reloadpt.care.correcting import (
    Value,
    amending_entry,
    correctable_entries,
    correctable_fields,
    event_in_words,
    field_named,
    read_value,
    restoring_entry,
    voiding_entry,
)
from reloadpt.care.history import CorrectableEntry
from reloadpt.files import Trouble
from reloadpt.journal.events import (
    Amended,
    AnyEvent,
    CheckedIn,
    ExerciseRated,
    Note,
    SetDone,
    SetSkipped,
    Soreness,
)
from sample_logs import AFTER, HOSTILE, Patient, four_days

EVENTS: tuple[AnyEvent, ...] = (
    CheckedIn(
        when="before", pain=4, worst=6, soreness=(Soreness(muscle="multifidus", side="left", score=3),)
    ),
    SetDone(session="s", exercise="multifidus/bird-dog", set=1, reps=8, source="typed"),
    SetSkipped(session="s", exercise="multifidus/bird-dog", set=2, reason="time"),
    ExerciseRated(session="s", exercise="multifidus/bird-dog", pain=2, effort=5, two_more=True),
    Note(text="it went well"),
)
CHANGES: tuple[tuple[int, str, Value, str], ...] = (
    (0, "pain", 3, "pain 3, worst 6, soreness multifidus, left 3"),
    (0, "worst", None, "pain 4, soreness multifidus, left 3"),
    (0, "soreness:multifidus:left", 0, "pain 4, worst 6, soreness multifidus, left 0"),
    (0, "soreness:multifidus:left", None, "pain 4, worst 6"),
    (1, "reps", 6, "Bird dog, set 1: 6 repetitions"),
    (1, "load_kg", 2.5, "Bird dog, set 1: 8 repetitions, 2.5 kg"),
    (2, "reason", "pain", "Bird dog, set 2 left out: It hurts"),
    (3, "pain", 5, "Bird dog: pain 5, effort 5"),
    (3, "effort", None, "Bird dog: pain 2"),
    (4, "text", "it hurt", "note: it hurt"),
)


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    return four_days(tmp_path / "journal.jsonl")


def write(patient: Patient, event: AnyEvent) -> CorrectableEntry:
    """The entry as the history has it."""
    kept = find(patient, patient.writes(event, AFTER))
    assert kept is not None
    return kept


def find(patient: Patient, n: int) -> CorrectableEntry | None:
    return patient.course.find(n)[0]


@pytest.mark.parametrize("at", range(len(CHANGES)))
def test_a_field_is_changed_and_the_rest_stays(patient: Patient, at: int) -> None:
    which, name, value, becomes = CHANGES[at]
    kept = write(patient, EVENTS[which])
    patient.writes(amending_entry(kept, {name: value}, "pressed wrong"), AFTER)
    after = find(patient, kept.n)
    assert after is not None
    assert after.event is not None
    assert event_in_words(after.event, "Bird dog") == becomes
    assert after.first == EVENTS[which], "what was first written stays"
    assert patient.course.not_understood == 0


def test_the_last_correction_wins_and_carries_the_ones_before(patient: Patient) -> None:
    kept = write(patient, EVENTS[0])
    for change in ({"pain": 3}, {"worst": 5}, {"pain": 2}):
        now = find(patient, kept.n)
        assert now is not None
        patient.writes(amending_entry(now, change, "x"), AFTER)
    after = find(patient, kept.n)
    assert after is not None
    assert isinstance(after.event, CheckedIn)
    assert (after.event.pain, after.event.worst) == (2, 5)


def test_an_entry_is_taken_back_and_brought_back(patient: Patient) -> None:
    kept = write(patient, EVENTS[1])
    for make, stands in ((voiding_entry, None), (restoring_entry, EVENTS[1])):
        now = find(patient, kept.n)
        assert now is not None
        patient.writes(make(now, "not done after all"), AFTER)
        after = find(patient, kept.n)
        assert after is not None
        assert after.event == stands


def test_what_says_so_already_is_no_correction(patient: Patient) -> None:
    kept = write(patient, EVENTS[0])
    with pytest.raises(Trouble, match="says so already"):
        amending_entry(kept, {"pain": 4}, "x")
    with pytest.raises(Trouble, match="as it was first written"):
        restoring_entry(kept, "x")
    patient.writes(voiding_entry(kept, "x"), AFTER)
    gone = find(patient, kept.n)
    assert gone is not None
    with pytest.raises(Trouble, match="taken back already"):
        voiding_entry(gone, "x")
    assert amending_entry(gone, {"pain": 4}, "x").change == {}, "a correction brings back what was taken back"


@pytest.mark.parametrize(
    "name", ["kind", "at", "flags", "asked", "source", "session", "when", "no such", "[/]"]
)
def test_kind_time_source_and_signs_are_never_changed(patient: Patient, name: str) -> None:
    kept = write(patient, CheckedIn(when="before", pain=4, asked=("SI",), flags=("SI",)))
    with pytest.raises(Trouble, match="can be changed"):
        amending_entry(kept, {name: "x"}, "x")
    # a log of another program may say so: it changes nothing
    patient.writes(Amended(amends=kept.n, change={"flags": [], "asked": [], "pain": 1}), AFTER)
    after = find(patient, kept.n)
    assert after is not None
    assert isinstance(after.event, CheckedIn)
    assert (after.event.flags, after.event.asked, after.event.pain) == (("SI",), ("SI",), 1)


def test_a_correction_never_says_that_a_set_was_timed(patient: Patient) -> None:
    kept = write(patient, EVENTS[1])
    patient.writes(Amended(amends=kept.n, change={"source": "timed", "reps": 9}), AFTER)
    after = find(patient, kept.n)
    assert after is not None
    assert isinstance(after.event, SetDone)
    assert (after.event.source, after.event.reps) == ("typed", 9)


def test_a_yes_to_a_warning_sign_is_not_taken_back(patient: Patient) -> None:
    kept = write(patient, CheckedIn(when="before", pain=4, asked=("SI",), flags=("SI",)))
    with pytest.raises(Trouble, match="that stays"):
        voiding_entry(kept, "pressed wrong")
    assert patient.record.history.locks
    patient.writes(amending_entry(kept, {"pain": 2}, "pressed wrong"), AFTER)
    patient.writes(Amended(amends=kept.n, change=None, reason="by another program"), AFTER)
    assert patient.record.history.locks, "the lock stays, whoever took the entry back"


@pytest.mark.parametrize("reason", ["", " \n", "x" * 1001])
def test_a_correction_needs_a_reason(patient: Patient, reason: str) -> None:
    kept = write(patient, EVENTS[0])
    with pytest.raises(Trouble, match="reason"):
        amending_entry(kept, {"pain": 1}, reason)
    with pytest.raises(Trouble, match="reason"):
        voiding_entry(kept, reason)


BAD = {
    "pain": ("11", "-1", "3.5", "much", "", "٣", "9" * 5000),
    "worst": ("x",),
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_what_is_no_value_is_refused_in_a_sentence(patient: Patient, name: str, text: str) -> None:
    kept = write(patient, EVENTS[0])
    with pytest.raises(Trouble, match="Nothing was changed") as trouble:
        read_value(field_named(kept, name), text)
    assert len(str(trouble.value)) < 200


def test_every_value_can_be_typed_as_it_is_shown() -> None:
    for event in EVENTS:
        assert isinstance(event, CheckedIn | SetDone | SetSkipped | ExerciseRated | Note)
        for field in correctable_fields(event):
            typed = (
                "none"
                if field.value is None
                else {True: "yes", False: "no"}.get(field.value, str(field.value))
                if isinstance(field.value, bool)
                else str(field.value)
            )
            assert read_value(field, typed) == field.value


def test_what_holds_no_number_is_not_offered(patient: Patient) -> None:
    offered = correctable_entries(patient.record.history.checkins)
    n = patient.writes(CheckedIn(when="other", asked=("SI",)), AFTER)
    assert [kept.n for kept in correctable_entries(patient.record.history.checkins)] == [
        kept.n for kept in offered
    ]
    assert n not in [kept.n for kept in offered]
    assert [kept.n for kept in offered] == sorted((kept.n for kept in offered), reverse=True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_a_note_like_any_other(patient: Patient, text: str) -> None:
    kept = write(patient, EVENTS[4])
    patient.writes(amending_entry(kept, {"text": text}, text), AFTER)
    after = find(patient, kept.n)
    assert after is not None
    assert after.event == Note(text=text)
