"""After-care by the clock: the window that holds, what it says, and when it ends."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from diary import DAY_0, LIBRARY, Diary, plan_for

from reloadpt import wording
from reloadpt.care.aftercare import aftercare


@pytest.mark.parametrize(
    ("hours", "window"),
    [
        (0, "0-2"),
        (1.99, "0-2"),
        (2, "2-24"),
        (23.9, "2-24"),
        (24, "24-72"),
        (72, "72"),
        (167, "72"),
        (168, None),
    ],
)
def test_the_window_by_the_hours_since_the_needle(hours: float, window: str | None) -> None:
    plan = plan_for("quadriceps:calm")
    found = aftercare(plan, LIBRARY, Diary(plan).history, DAY_0 + timedelta(hours=hours))
    assert (found and found.window) == window
    if found:
        assert found.do
        assert found.avoid
        assert found.needled_at <= DAY_0 + timedelta(hours=hours) < found.ends_at


def test_what_a_programme_asks_to_leave_alone_stands_with_its_end() -> None:
    diary = Diary(plan_for("lumbar-paraspinals:calm"))
    now = diary.today(1).aftercare
    assert now is not None
    assert any("bending" in avoid and "until tomorrow at 09:00" in avoid for avoid in now.avoid)
    later = diary.today(2).aftercare
    assert later is not None
    assert not any("bending" in avoid for avoid in later.avoid)


def test_a_new_needling_begins_it_again() -> None:
    diary = Diary(plan_for("quadriceps:calm"))
    diary.needle(5, when=time(9))
    found = diary.today(5).aftercare
    assert found is not None
    assert found.window == "0-2"


def test_a_needling_still_to_come_says_nothing_yet() -> None:
    plan = plan_for("quadriceps:calm")
    assert aftercare(plan, LIBRARY, Diary(plan).history, DAY_0 - timedelta(hours=1)) is None


def test_no_sentence_tells_of_toxins_or_tells_not_to_worry() -> None:
    sentences = [
        sentence.text
        for part in (wording.AFTERCARE_DO, wording.AFTERCARE_AVOID)
        for window in part.values()
        for sentence in window
    ]
    assert not [text for text in sentences if "toxin" in text or "worry" in text]
