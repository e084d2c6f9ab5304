"""Why a dose is as it is: a reason compares with what the exercise was dealt with the last time."""

from __future__ import annotations

import pytest
from diary import LOW_BACK, Diary, plan_for
from hypothesis import given, settings
from hypothesis import strategies as st

from reloadpt.care.doses import work
from reloadpt.journal.events import Item

DAY = st.sampled_from(
    ["2/1", "2/1", "2/1+", "2/1+", "2/5", "2/3s5", "2s1", "-", "-", "N2/1s1", "4/2", "2/1x", "2/", "/1"]
)


def last_dealt(diary: Diary, item: Item) -> Item | None:
    found = [
        dealt
        for session in diary.history.sessions.values()
        for dealt in session.items
        if item.exercise in (dealt.exercise, *dealt.credits)
    ]
    return found[-1] if found else None


def dose(item: Item) -> tuple[object, ...]:
    return item.sets, item.reps, item.hold_s, item.tempo, item.load_kg, item.resistance


def check(item: Item, before: Item | None) -> str:
    """What a reason says of the change; fails where that is not so."""
    why = item.why
    if " again: " in why or " again (" in why or why.startswith("Kept at"):
        assert before, why
        assert dose(item) == dose(before), why
        return "same"
    if why.startswith(("Up to", "Back up to")):
        assert before, why
        assert work(item) > work(before), why
        return "up"
    if why.startswith("Down to"):
        assert before, why
        assert work(item) < work(before), why
        return "down"
    return ""


def lived(words: list[str]) -> set[str]:
    diary, said = Diary(plan_for(*LOW_BACK, start_pain=2)), set()
    for day, word in enumerate(["2s2", "2/1s1", "2/1s1", *words]):
        said |= {check(item, last_dealt(diary, item)) for item in diary.today(day).items}
        diary.live(word)
        said |= {check(item, last_dealt(diary, item)) for item in diary.today(day).items}
    return said


@settings(max_examples=25, deadline=None)
@given(st.lists(DAY, min_size=6, max_size=24))
def test_nothing_is_called_the_same_after_a_change(words: list[str]) -> None:
    lived(words)


def test_the_lives_above_hold_every_kind_of_change() -> None:
    words = "2/1 2/1 2/1 2/1 2/1+ 2/1+ 2/1+ 2/1+ 2/1+ 2/1+ 2/1+ 2/1+ 2/6 2/1 2/1 2/1 2/1 2/1 2/1 2/1"
    assert lived(words.split()) >= {"same", "up", "down"}


def test_a_reason_that_says_again_after_a_change_fails() -> None:
    item = Item(exercise="multifidus/bridge", name="Bridge", muscle="multifidus", phase="reload", intent="wake",
                sets=3, reps=10, tempo="2-2-3", why="3×10 again: pain 1 during Monday, 2 on Tuesday morning.")  # fmt: skip
    import msgspec

    with pytest.raises(AssertionError):
        check(item, msgspec.structs.replace(item, reps=8))
