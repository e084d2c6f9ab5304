"""Somebody needled only where there are no exercises: asked each day, told the after-care, and dealt nothing."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

import pytest
from diary import DAY_0, Diary, plan_for

from reloadpt.dialogue.asks import Choice, Marks, Saying, Words
from reloadpt.dialogue.emergency import ask_emergency
from reloadpt.plain.head import finish
from reloadpt.program.check import InvalidFile, read_form
from reloadpt.program.making import plan_file
from reloadpt.program.plan import Plan

SCALENES = {"muscle": "scalenes", "side": "left", "needled_at": DAY_0.isoformat()}


def scalenes(**fields: Any) -> Diary:
    return Diary(plan_for(also_needled=[SCALENES], start_pain=3, **fields))


def test_the_signs_of_the_muscle_are_asked_and_nothing_is_dealt() -> None:
    diary = scalenes()
    first = diary.today(0)
    assert first.ask is not None
    assert set(first.ask.signs) == {"ST", "SN", "SA", "SI", "SB", "SF"}, "of the neck, the chest and the arm"
    assert [(site.muscle, site.side) for site in first.ask.soreness] == [("scalenes", "left")]
    assert [first.items, first.suits, first.next_at] == [(), True, None]
    assert any(note.startswith("There are no exercises here for what was needled.") for note in first.notes)
    later = diary.live("3 3 3 3 3 3 3 3").today(8)
    assert later.ask is not None
    assert set(later.ask.signs) == {"SW", "SK", "SA", "SI"}, (
        "chest and bleeding for a week, the neck for 28 days"
    )


def test_the_after_care_asks_for_no_exercises() -> None:
    care = scalenes().today(1).aftercare
    assert care is not None
    assert care.window == "24-72"
    assert not any("exercise" in sentence.lower() for sentence in care.do)
    assert any("hard" in sentence or "effort" in sentence for sentence in care.avoid)


def test_weeks_without_anything_dealt_are_told_as_nothing_that_should_have_been() -> None:
    diary = scalenes().live("3 " * 14)
    assert {evidence.rule for evidence in diary.today(14, time(23)).evidence} == set()


def test_without_a_therapist_it_names_a_physiotherapist_or_a_doctor() -> None:
    notes = " ".join(scalenes(made_by=None).today(1).notes)
    assert "your therapist" not in notes
    assert "Ask a physiotherapist or your doctor for exercises." in notes


def test_a_plan_file_may_name_no_muscle_with_exercises_but_not_none_at_all(tmp_path: Path) -> None:
    path = tmp_path / "scalenes.plan.json"
    path.write_bytes(plan_file(scalenes().plan))
    assert read_form(path, Plan).also_needled[0].muscle == "scalenes"
    path.write_text(path.read_text().replace("also_needled", "note"))
    with pytest.raises(InvalidFile):
        read_form(path, Plan)


def test_a_number_that_was_typed_is_read_back_and_can_be_mended() -> None:
    answers: list[object] = ["other", "912", "no", "other", "112", "yes"]
    asked: list[str] = []

    async def ask(question: object) -> object:
        assert isinstance(question, Choice | Words | Marks | Saying)
        asked.append(question.question)
        answer = answers.pop(0)
        return question.read(str(answer)) if isinstance(question, Words) else answer

    assert finish(ask_emergency(ask, "Europe/Berlin")) == "112"  # type: ignore[arg-type]  # answers of any kind
    assert asked[2] == "In an emergency you call 912. Is it so?"
