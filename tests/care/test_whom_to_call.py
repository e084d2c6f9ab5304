"""No number that a patient reads is made up, and nobody is said to know who was not told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from diary import LIBRARY, LOW_BACK, Diary, plan_for

from reloadpt import wording
from reloadpt.care.emergency_numbers import is_elsewhere, number_of_zone
from reloadpt.care.history import History
from reloadpt.care.safety import CLASSES, advice_for, call_line, lock_in_words, whom_to_call
from reloadpt.journal.events import EmergencyNumber, FlagRaised, Worried
from reloadpt.plain.today import today_in_lines
from reloadpt.wording import Sentence, addressed

NUMBERS = re.compile(r"\b(?:112|911|999|000|111|119|995|116 ?117|\d{5,})\b")
KNOWS = re.compile(
    r"\b(therapist|clinic|doctor) (was told|has been told|knows|will|has read|reads|sees)\b", re.IGNORECASE
)
THEIR_OWN_WORD = {"SPOKE", "WAY_TOLD"}
"""What the patient says of somebody whom they told themselves."""


def every_sentence() -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for name, value in vars(wording).items():
        parts: Any = value.items() if isinstance(value, dict) else [("", value)]
        for key, part in parts:
            for sentence in part if isinstance(part, tuple) else (part,):
                if isinstance(sentence, Sentence):
                    found[
                        f"{name} {key}".strip() if sentence is part else f"{name} {key} {sentence.text}"
                    ] = sentence
    return found


def test_no_sentence_holds_a_number_to_call_and_none_says_that_somebody_knows() -> None:
    sentences = every_sentence()
    assert len(sentences) > 400
    for name, sentence in sentences.items():
        assert not NUMBERS.search(sentence.text), name
        assert name in THEIR_OWN_WORD or not KNOWS.search(sentence.text), name


@pytest.mark.parametrize(
    "text", ["Call 112 now.", "Ring 0301234567.", "Your therapist has been told.", "The clinic knows."]
)
def test_such_a_sentence_would_be_found(text: str) -> None:
    assert NUMBERS.search(text) or KNOWS.search(text)


CONTACTS: tuple[dict[str, str], ...] = ({}, {"phone": "71 81"}, {"out_of_hours": "72 82"}, {"emergency": "73 83"},
            {"phone": "71 81", "out_of_hours": "72 82", "emergency": "73 83", "clinic": "The clinic"})  # fmt: skip


@pytest.mark.parametrize("contact", CONTACTS)
@pytest.mark.parametrize("made_by", ["the clinic", None])
@pytest.mark.parametrize("code", [*CLASSES, "unknown"])
def test_every_number_that_is_shown_is_the_plans(
    contact: dict[str, str], made_by: str | None, code: str
) -> None:
    diary = Diary(plan_for("calf:calm", contact=contact, made_by=made_by))
    plan = diary.plan
    diary.write(diary.at(0), FlagRaised(code=code, advice=advice_for(code, plan)))
    due = diary.today(0)
    assert due.locked is not None
    calls = whom_to_call(code, plan.contact)
    shown = [*lock_in_words(due.locked, plan), *today_in_lines(due, LIBRARY, "kg"), call_line(plan)]
    shown += [f"{call.says} {call.number}" for call in calls]
    told = " ".join(shown).replace("10 minutes", "").replace("22 November", "")
    for number in contact.values():
        told = told.replace(number, "")
    assert not re.search(r"\d\d", re.sub(r"\b(Monday )?2 November\b", "", told)), told
    assert "your clinic" not in told or "phone" in contact
    assert "emergency" in contact or "the emergency number of your country" in told
    if made_by is None:
        assert "your therapist" not in told.lower()
        assert "Nobody has been told. Call." in told


def test_a_number_told_on_a_journey_takes_the_place_of_the_plans_until_the_next_plan() -> None:
    diary = Diary(plan_for(*LOW_BACK, contact={"emergency": "999", "phone": "040 1"}))
    diary.write(diary.at(1), EmergencyNumber(number="119", zone="Asia/Tokyo"))
    plan = diary.history.plan
    assert plan is not None
    assert (plan.contact.emergency, plan.contact.phone) == ("119", "040 1")
    assert diary.history.number_zone == "Asia/Tokyo"
    diary.write(diary.at(2), EmergencyNumber(number=None, zone="Asia/Seoul"))
    assert diary.history.plan is not None
    assert diary.history.plan.contact.emergency is None
    later = diary.at(3)
    diary.start(
        plan_for(*LOW_BACK, id="second", made_at=later.isoformat(), contact={"emergency": "112"}), later
    )
    assert diary.history.plan is not None
    assert diary.history.plan.contact.emergency == "112"


@pytest.mark.parametrize(
    ("before", "now", "elsewhere"),
    [
        ("Europe/Berlin", "Europe/Berlin", False),
        ("Europe/Berlin", "Asia/Tokyo", True),
        ("Europe/Berlin", "Europe/Paris", True),
        ("America/New_York", "America/Chicago", False),
        ("Europe/Berlin", "Pacific/Fiji", True),
        ("Europe/Berlin", None, False),
        (None, "Asia/Tokyo", False),
    ],
)
def test_another_country_is_known_by_its_zone(before: str | None, now: str | None, elsewhere: bool) -> None:  # noqa: FBT001  (a case of the table)
    assert is_elsewhere(History(number_zone=before), now) is elsewhere


def test_a_zone_that_tells_no_country_suggests_nothing() -> None:
    assert number_of_zone("Europe/Berlin") == ("112", "Germany")
    assert number_of_zone("America/Chicago") == ("911", "the United States")
    assert number_of_zone("Etc/UTC") is None
    assert number_of_zone(None) is None


def test_who_is_alone_reads_of_a_physiotherapist_or_a_doctor() -> None:
    assert addressed("Your therapist knows.", alone=True) == "A physiotherapist or your doctor knows."
    assert addressed("Ask your therapist, I told my therapist.", alone=True) == (
        "Ask a physiotherapist or your doctor, I told a physiotherapist or my doctor."
    )
    assert addressed("Ask your therapist.", alone=False) == "Ask your therapist."


def test_a_worry_locks_nothing_and_a_professionals_word_ends_a_stop_of_somebody_alone() -> None:
    diary = Diary(plan_for("calf:calm", made_by=None))
    diary.write(diary.at(0), Worried(words="my ear rings"))
    assert diary.today(0).locked is None
    diary.live("3 3/9 3/9 3/9 3")
    assert diary.today(5).states.muscles["calf:both"].stopped
    from reloadpt.journal.events import Cleared

    told = Cleared(code="spoke", by="Dr. Sommer", seen_at="", how="by_phone")
    diary.write(diary.at(5) + timedelta(hours=1), told)
    assert not diary.today(6).states.muscles["calf:both"].stopped
