"""After-care by the clock: the window that holds, what it says, and when it ends."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from diary import DAY_0, LIBRARY, Diary, plan_for

from reloadpt import wording
from reloadpt.care.aftercare import aftercare
from reloadpt.care.today import today_at
from reloadpt.journal.events import Cleared, FlagRaised


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


@pytest.mark.parametrize("hours", [3, 25, 73])
def test_on_a_day_that_is_closed_to_exercise_it_asks_for_none(hours: int) -> None:
    diary = Diary(plan_for("quadriceps:calm"))
    at = DAY_0 + timedelta(hours=hours)

    def asked() -> list[str]:
        found = today_at(diary.plan, LIBRARY, diary.history, at).aftercare
        assert found is not None
        return [sentence for sentence in found.do if "exercises" in sentence]

    assert len(asked()) == 1
    diary.write(at - timedelta(minutes=30), FlagRaised(code="ST"))
    assert asked() == []
    seen_at = (at - timedelta(minutes=20)).isoformat()
    diary.write(
        at - timedelta(minutes=10), Cleared(code="ST", by="a doctor", seen_at=seen_at, how="in_person")
    )
    assert asked() == [], "checked today: no exercise until tomorrow"


def test_who_is_alone_is_sent_to_a_physiotherapist_or_a_doctor_when_it_stays_sore() -> None:
    at = DAY_0 + timedelta(hours=73)
    plan = plan_for("quadriceps:calm", made_by=None)
    found = aftercare(plan, LIBRARY, Diary(plan).history, at)
    assert found is not None
    assert found.note == "Still sore 72 hours after the needle: tell a physiotherapist or your doctor."
    plan = plan_for("quadriceps:calm")
    found = aftercare(plan, LIBRARY, Diary(plan).history, at)
    assert found is not None
    assert found.note == "Still sore 72 hours after the needle: tell your therapist."


def test_no_sentence_tells_of_toxins_or_tells_not_to_worry() -> None:
    sentences = [
        sentence.text
        for part in (wording.AFTERCARE_DO, wording.AFTERCARE_AVOID)
        for window in part.values()
        for sentence in window
    ]
    assert not [text for text in sentences if "toxin" in text or "worry" in text]
