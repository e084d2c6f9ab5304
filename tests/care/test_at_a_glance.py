"""What Today says first: the step in words, the one thing to know, what to avoid, and what comes then."""

from __future__ import annotations

from datetime import datetime

import msgspec
import pytest
from diary import Diary, plan_for

from reloadpt.care.at_a_glance import steps_sentence, to_know, what_to_avoid
from reloadpt.care.phases import CurrentPhase

NEEDLED = datetime.fromisoformat("2026-11-20T09:00:00+01:00")


def now(phase: str, day: int) -> CurrentPhase:
    return msgspec.convert({"phase": phase, "day": day, "rule": "x", "needled_at": NEEDLED}, CurrentPhase)


@pytest.mark.parametrize(
    ("phases", "says"),
    [
        ([now("reset", 0)], "Step 1 of 4: gentle movement. The day of the needle"),
        ([now("activate", 3)], "Step 2 of 4: gentle work. Day 3 after the needle"),
        ([now("reload", 4)], "Step 3 of 4: building up. Day 4 after the needle"),
        ([now("perform", 15)], "Step 4 of 4: full strength. Day 15 after the needle"),
        ([now("activate", 2), now("activate", 9)], "Step 2 of 4: gentle work. Day 2 after the needle"),
        ([now("perform", 20), now("activate", 2)], "Steps 2 to 4 of 4"),
        ([], ""),
    ],
)
def test_the_step_is_told_in_words(phases: list[CurrentPhase], says: str) -> None:
    assert steps_sentence(phases) == says


def test_an_ordinary_day_has_nothing_to_know_and_says_what_to_avoid() -> None:
    due = Diary(plan_for("multifidus:wake")).today(2)
    assert due.items
    assert to_know(due) == ()
    assert what_to_avoid(due).startswith("Avoid today: all-out effort")
    later = Diary(plan_for("multifidus:wake")).today(8)
    assert what_to_avoid(later) == "", "no after-care any more"


def test_what_has_to_be_told_is_what_to_know() -> None:
    diary = Diary(plan_for("multifidus:wake"))
    diary.rate(4, 3, 7)
    due = diary.today(4)
    assert to_know(due) == tuple(concern.text for concern in due.concerns) != ()
