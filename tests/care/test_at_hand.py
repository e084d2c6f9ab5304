"""What is there to exercise with: asked once when it is first needed, and gone by from then on."""

from __future__ import annotations

from typing import Any

import pytest
from diary import LIBRARY, Diary, plan_for

from reloadpt.care.at_hand import to_ask_at_hand, with_what_is_there
from reloadpt.care.in_words import full_dose
from reloadpt.dialogue.at_hand import read_weights
from reloadpt.files import Trouble
from reloadpt.journal.events import AtHand

CURLS = ("biceps-triceps:wake",)
RELOAD = "1s0 1/1s0 1/1s0 1/1"


def lived(**plan: Any) -> Diary:
    return Diary(plan_for(*CURLS, start_pain=1, most_exercises=8, **plan)).live(RELOAD)


def loads(diary: Diary, day: int) -> dict[str, tuple[float | None, str | None]]:
    return {
        item.exercise.partition("/")[2]: (item.load_kg, item.resistance)
        for item in diary.today(day).items
        if "dumbbell" in LIBRARY.exercise(item.exercise).equipment
    }


def asked(diary: Diary, day: int) -> object:
    due = diary.today(day)
    return to_ask_at_hand(diary.plan, LIBRARY, diary.history, due.items, due.at)


def test_nothing_is_asked_before_something_needs_it() -> None:
    assert asked(lived(), 1) is None


def test_it_is_asked_once_and_gone_by() -> None:
    diary = lived()
    assert loads(diary, 4) == {"curl": (None, "the lightest weight you have")}
    to_ask = to_ask_at_hand(diary.plan, LIBRARY, diary.history, diary.today(4).items, diary.at(4))
    assert to_ask
    assert to_ask.weights
    assert {"band", "dumbbell"} <= {*to_ask.equipment}
    diary.write(diary.at(4), AtHand(has=("dumbbell",), weights_kg=(4, 1, 2)))
    assert loads(diary, 4) == {"curl": (1, None)}
    assert asked(diary, 4) is None


def test_who_does_not_say_is_not_asked_again() -> None:
    diary = lived()
    diary.write(diary.at(4), AtHand())
    assert asked(diary, 4) is None
    assert loads(diary, 4) == {"curl": (None, "the lightest weight you have")}


def test_what_the_plan_says_is_not_asked() -> None:
    assert asked(lived(has=["dumbbell", "band"], weights_kg=[1, 2]), 4) is None
    only_weights = lived(has=["dumbbell", "band"])
    to_ask = to_ask_at_hand(
        only_weights.plan, LIBRARY, only_weights.history, only_weights.today(4).items, only_weights.at(4)
    )
    assert to_ask
    assert (to_ask.equipment, to_ask.weights) == ((), True)


def test_who_has_no_weights_is_dealt_none() -> None:
    diary = lived()
    diary.write(diary.at(4), AtHand(weights_kg=()))
    assert loads(diary, 4) == {}
    assert with_what_is_there(diary.plan, diary.history, diary.at(4)).has


def test_who_has_nothing_is_dealt_what_needs_nothing() -> None:
    diary = lived()
    diary.write(diary.at(4), AtHand(has=()))
    there = with_what_is_there(diary.plan, diary.history, diary.at(4))
    assert there.has == ("none",)
    assert loads(diary, 4) == {}


@pytest.mark.parametrize(("day", "away"), [(6, False), (7, True), (8, True), (9, False)])
def test_away_has_a_list_of_its_own(day: int, *, away: bool) -> None:
    diary = lived()
    diary.write(diary.at(4), AtHand(has=("dumbbell",), weights_kg=(1, 2)))
    first, last = (diary.at(day).date().isoformat() for day in (7, 8))
    diary.write(diary.at(4), AtHand(has=("dumbbell",), weights_kg=(5,), from_=first, to=last))
    there = with_what_is_there(diary.plan, diary.history, diary.at(day))
    assert there.weights_kg == ((5,) if away else (1, 2))


def test_what_is_told_anew_replaces_and_a_new_plan_that_says_it_ends_it() -> None:
    diary = lived()
    diary.write(diary.at(4), AtHand(has=("dumbbell",), weights_kg=(1, 2)))
    diary.write(diary.at(4), AtHand(has=("dumbbell",), weights_kg=(3,)))
    assert with_what_is_there(diary.plan, diary.history, diary.at(4)).weights_kg == (3,)
    diary.start(plan_for(*CURLS, id="second", weights_kg=[2]), diary.at(6))
    assert with_what_is_there(diary.plan, diary.history, diary.at(6)).weights_kg == (2,)
    diary.start(plan_for(*CURLS, id="third"), diary.at(6))
    diary.write(diary.at(6), AtHand(weights_kg=(7,)))
    diary.start(plan_for(*CURLS, id="fourth"), diary.at(7))
    assert with_what_is_there(diary.plan, diary.history, diary.at(7)).weights_kg == (7,)


@pytest.mark.parametrize(
    ("typed", "kg"),
    [
        ("1, 2 and 4", (1, 2, 4)),
        ("4 1 2", (1, 2, 4)),
        ("1,2,4", (1, 2, 4)),
        ("2.5", (2.5,)),
        ("5 lb", (2.268,)),
        ("5 lb, 2 kg", (2, 2.268)),
        ("0", ()),
        ("Not known", "not known"),
        ("200", (200,)),
    ],
)
def test_weights_are_read_as_they_are_typed(typed: str, kg: tuple[float, ...] | str) -> None:
    assert read_weights(typed, "kg") == kg


def test_pounds_are_read_where_they_are_set() -> None:
    assert read_weights("5, 10", "lb") == (2.268, 4.536)
    assert read_weights("2 kg", "lb") == (2,)


@pytest.mark.parametrize("typed", ["", "none", "2,5", "201", "-", " ".join("1" * 21)])
def test_what_is_no_weight_is_asked_again(typed: str) -> None:
    with pytest.raises(Trouble):
        read_weights(typed, "kg")


@pytest.mark.parametrize(
    ("unit", "told"), [("kg", "3×12 each side, 2.268 kg"), ("lb", "3×12 each side, 5 lb")]
)
def test_a_weight_is_shown_before_the_session_in_the_unit_that_is_set(unit: str, told: str) -> None:
    diary = lived(weights_kg=[2.268])
    [curl] = [item for item in diary.today(4).items if item.exercise == "biceps-triceps/curl"]
    assert full_dose(curl, unit) == told
