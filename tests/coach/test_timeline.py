"""A session laid out in time: what a person is led through, and for how long."""

from __future__ import annotations

from typing import Any

import pytest

from reloadpt.coach.dose import Beat, beats_of
from reloadpt.coach.timeline import SetKey, Step, planned_seconds, timeline
from reloadpt.journal.events import Item


def item(exercise: str = "multifidus/swell", **dose: Any) -> Item:
    return Item(
        exercise=exercise, name=exercise, muscle="multifidus", phase="reload", intent="wake",
        **{"sets": 1, **dose},
    )  # fmt: skip


BREATHING = item("lumbar-paraspinals/breathing", reps=10, tempo="4-0-6", position="supine")
BIRD_DOG = item(
    "multifidus/bird-dog", sets=3, reps=4, hold_s=10, rep_rest_s=3, rest_s=30, per_side=True,
    position="quadruped",
)  # fmt: skip
STRETCH = item("lumbar-paraspinals/child", sets=3, hold_s=20, rest_s=15, position="kneeling")
HINGE = item("multifidus/hinge", sets=2, reps=8, tempo="3-1-2", rest_s=90, position="standing")


def kinds(steps: tuple[Step, ...]) -> list[str]:
    return [step.kind for step in steps]


def test_breathing_is_paced_in_and_out_without_a_hold_of_no_length() -> None:
    assert beats_of(BREATHING)[:4] == (
        Beat("out", 4, 1), Beat("return", 6, 1), Beat("out", 4, 2), Beat("return", 6, 2),
    )  # fmt: skip
    assert timeline([BREATHING]) == (
        Step("ready", 0, "both", 1, 30),
        Step("work", 0, "both", 1, 100, 10, beats_of(BREATHING)),
        Step("rate"),
    )


def test_bird_dog_alternates_sides_and_rests_once_a_round() -> None:
    steps = timeline([BIRD_DOG])
    assert [(step.kind, step.side, step.set, step.seconds) for step in steps] == [
        ("ready", "left", 1, 60),
        ("work", "left", 1, 49), ("switch", "right", 1, 10), ("work", "right", 1, 49), ("rest", "left", 2, 30),
        ("work", "left", 2, 49), ("switch", "right", 2, 10), ("work", "right", 2, 49), ("rest", "left", 3, 30),
        ("work", "left", 3, 49), ("switch", "right", 3, 10), ("work", "right", 3, 49),
        ("rate", None, None, None),
    ]  # fmt: skip


def test_holds_are_repeated_with_a_rest_between_them_and_none_after() -> None:
    assert beats_of(item(reps=2, hold_s=10, rep_rest_s=5)) == (
        Beat("hold", 10, 1), Beat("rest", 5, 1), Beat("hold", 10, 2),
    )  # fmt: skip
    assert beats_of(item(reps=2, hold_s=10)) == (Beat("hold", 10, 1), Beat("hold", 10, 2))
    assert beats_of(item(hold_s=20)) == (Beat("hold", 20, 1),)


def test_a_tempo_wins_over_a_hold_unless_it_is_of_no_length() -> None:
    assert beats_of(item(tempo="2-1-2", hold_s=9))[1] == Beat("hold", 1, 1)
    assert beats_of(item(tempo="0-0-0", hold_s=9)) == (Beat("hold", 9, 1),)


@pytest.mark.parametrize("unpaced", [item(reps=12), item(reps=12, tempo="0-0-0")])
def test_what_has_neither_tempo_nor_hold_waits_for_the_person(unpaced: Item) -> None:
    assert timeline([unpaced])[1] == Step("work", 0, "both", 1, None, 12, ())


def test_self_paced_leaves_every_set_to_the_person_but_not_its_rests() -> None:
    steps = timeline([BIRD_DOG], self_paced=True)
    assert {step.seconds for step in steps if step.kind == "work"} == {None}
    assert planned_seconds(steps) == 60 + 3 * 10 + 2 * 30


def test_getting_ready_takes_longer_into_another_position_and_longest_down_to_the_floor() -> None:
    seated = item("cervical/nod", position="sitting", reps=2, tempo="1-0-1")
    again = item("cervical/turn", position="sitting", reps=2, tempo="1-0-1")
    planned = [seated, again, BREATHING, STRETCH, BIRD_DOG, HINGE]
    assert [step.seconds for step in timeline(planned) if step.kind == "ready"] == [30, 10, 30, 60, 30, 30]
    assert timeline([BREATHING], position="supine")[0].seconds == 10
    assert timeline([BREATHING], position=None)[0].seconds == 30
    assert timeline([STRETCH], position=None)[0].seconds == 60, "on the way down"
    assert timeline([STRETCH], position="")[0].seconds == 60, "from the keyboard"


def test_a_card_waits_before_the_first_set_of_an_exercise_that_it_is_for_and_once() -> None:
    left = item("multifidus/reach", sets=2, hold_s=5, side="left")
    right = item("multifidus/reach", sets=2, hold_s=5, side="right")
    steps = timeline([HINGE, left, right], cards={"multifidus/reach"})
    assert kinds(steps)[:8] == ["ready", "work", "rest", "work", "card", "ready", "work", "work"]
    assert kinds(steps).count("card") == 1
    assert steps[4] == Step("card", 1, "left", 1)
    assert kinds(timeline([HINGE])).count("card") == 0


def test_what_was_added_to_get_ready_is_there_each_time() -> None:
    assert timeline([HINGE], more={"multifidus/hinge": 60, "other": 30})[0].seconds == 30 + 60


def test_rounds_without_a_rest_run_on_but_a_change_of_side_takes_time() -> None:
    assert kinds(timeline([item(sets=2, hold_s=5)])) == ["ready", "work", "work", "rate"]
    assert kinds(timeline([item(sets=2, hold_s=5, per_side=True)])) == [
        "ready", "work", "switch", "work", "switch", "work", "switch", "work", "rate",
    ]  # fmt: skip


def test_what_is_done_needs_no_step() -> None:
    done = {SetKey("multifidus/bird-dog", "left", 1), SetKey("multifidus/bird-dog", "right", 1)}
    steps = timeline([BIRD_DOG, HINGE], done=done)
    assert steps[0] == Step("ready", 0, "left", 2, 60)
    assert sum(step.kind == "work" for step in steps) == 4 + 2
    everything = {SetKey("multifidus/hinge", "both", number) for number in (1, 2)}
    assert timeline([HINGE], done=everything) == (Step("rate"),)


def test_rating_each_exercise_follows_it_and_a_last_step_closes() -> None:
    steps = timeline([STRETCH, HINGE], rate="each")
    assert [step.item for step in steps if step.kind == "rate"] == [0, 1, None]
    assert kinds(timeline([STRETCH, HINGE])).count("rate") == 1


def test_the_seconds_add_up_for_the_session_and_for_each_item() -> None:
    steps = timeline([BREATHING, BIRD_DOG, STRETCH])
    assert planned_seconds(steps, 0) == 30 + 100
    assert planned_seconds(steps, 1) == 60 + 6 * 49 + 3 * 10 + 2 * 30
    assert planned_seconds(steps, 2) == 30 + 3 * 20 + 2 * 15
    assert planned_seconds(steps) == sum(planned_seconds(steps, index) for index in range(3))
