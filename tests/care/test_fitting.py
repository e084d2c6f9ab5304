"""What is dealt fits the person: their body, their home, and what the screening says of them."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from diary import DAY_0, plan_for

from reloadpt.care.history import History
from reloadpt.care.today import Today, nothing_due_sentence, today_at
from reloadpt.program.fitting import Circumstances, circumstances_of, pregnancy_weeks, what_bars
from reloadpt.program.library import Library
from reloadpt.program.programme import BodyEffects, Exercise, Programme
from reloadpt.program.starting import starting_text

NOTHING = dict.fromkeys(BodyEffects.__annotations__, False)
DAY_3 = DAY_0 + timedelta(days=1, hours=1)


def changed(exercise: dict[str, Any], name: str, **fields: Any) -> dict[str, Any]:
    effects = NOTHING | dict.fromkeys(fields.pop("effects", ()), True)
    same: dict[str, Any] = {"id": f"my-muscle/{name}", "name": name, "movement": name, "effects": effects}
    return exercise | same | fields


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """One programme: in activate a first choice on the back, and three that may stand in for it."""
    programme = json.loads(starting_text("my-muscle", Library()))
    reset, bridge, reload, perform = programme["exercises"]
    programme["exercises"] = [
        reset,
        changed(bridge, "first", asks=["overhead"]),
        changed(bridge, "on-front", position="prone", instead_of="my-muscle/first"),
        changed(bridge, "with-band", position="sitting", equipment=["band"], instead_of="my-muscle/first"),
        changed(bridge, "sitting", position="sitting", instead_of="my-muscle/first"),
        changed(reload, "hold", position="standing", dose={"sets": 1, "reps": 2, "hold_s": 30, "often": {"times": 1, "per": "day"}}),
        changed(perform, "heavy", effects=["loaded", "strain", "unsteady"]),
    ]  # fmt: skip
    for exercise in programme["exercises"]:
        exercise.pop("figure", None)
    (tmp_path / "my-muscle.json").write_text(json.dumps(programme), encoding="utf-8")
    return Library(tmp_path)


def dealt(library: Library, at: datetime = DAY_3, **plan: Any) -> list[str]:
    return [item.exercise.partition("/")[2] for item in today(library, at, **plan).items]


def today(library: Library, at: datetime = DAY_3, **plan: Any) -> Today:
    return today_at(plan_for("my-muscle:wake", **plan), library, History(), at)


def screened(**answers: str) -> list[dict[str, str]]:
    return [{"item": item.replace("_", "-"), "answer": answer} for item, answer in answers.items()]


def test_the_first_choice_alone_is_dealt_where_it_can_be(library: Library) -> None:
    assert dealt(library) == ["first"]


@pytest.mark.parametrize(
    ("plan", "stands_in"),
    [
        ({"cannot": ["back"]}, ["on-front"]),
        ({"cannot": ["overhead"]}, ["on-front"]),
        ({"cannot": ["back", "front"], "has": ["band"]}, ["with-band"]),
        ({"cannot": ["back", "front"], "has": ["step"]}, ["sitting"]),
        ({"cannot": ["back", "front"]}, ["with-band"]),
        ({"screened": screened(heart_failure="yes"), "has": ["none"]}, ["sitting"]),
    ],
)
def test_the_first_that_suits_takes_its_place(
    library: Library, plan: dict[str, Any], stands_in: list[str]
) -> None:
    assert dealt(library, **plan) == stands_in


def test_nothing_stands_in_for_what_the_therapist_left_out(library: Library) -> None:
    omitted = [{"exercise": "my-muscle/first", "omit": True}]
    assert "on-front" not in dealt(library, doses=omitted)
    assert "sitting" not in dealt(library, doses=omitted, cannot=["back"])


def test_where_nothing_suits_it_says_so_and_whom_to_call_and_breathing_is_no_stopgap(
    library: Library,
) -> None:
    omitted = [
        {"exercise": f"my-muscle/{name}", "omit": True} for name in ("on-front", "with-band", "sitting")
    ]
    due = today(library, cannot=["back"], doses=omitted)
    assert due.items == ()
    assert nothing_due_sentence(due) == (
        "Nothing in your plan suits your bed, chair and home yet. Call 0800 123."
    )
    assert "your plan says that you cannot lie on your back" in " ".join(due.notes)
    done = today(library)
    assert "suits" not in nothing_due_sentence(done)


def test_holds_are_no_longer_than_ten_seconds_with_high_blood_pressure(library: Library) -> None:
    early = [{"exercise": "my-muscle/hold", "from_phase": "activate"}]
    pressed = screened(blood_pressure="yes")
    holds = {item.exercise: item for item in today(library, doses=early, screened=pressed).items}
    assert holds["my-muscle/hold"].hold_s == 10
    assert holds["my-muscle/hold"].why.endswith("Keep breathing all the way through.")
    free = {item.exercise: item for item in today(library, doses=early).items}
    assert free["my-muscle/hold"].hold_s == 30


def test_somebody_who_falls_is_told_to_hold_on_where_the_stance_is_unsteady(library: Library) -> None:
    early = [{"exercise": "my-muscle/heavy", "from_phase": "activate"}]
    said = {
        item.exercise: item.why for item in today(library, doses=early, screened=screened(falls="yes")).items
    }
    assert said["my-muscle/heavy"].endswith("Keep a hand on something that does not move.")
    assert "hand" not in said["my-muscle/first"]


@pytest.mark.parametrize("item", ["vertebral_fracture", "heart_failure", "blood_pressure", "recent_birth"])
def test_alone_with_a_grave_condition_there_is_breathing_and_whom_to_ask(library: Library, item: str) -> None:
    answers = screened(**{item: "yes"})
    due = today(library, made_by=None, screened=answers)
    assert {each.type for each in due.items} <= {"breathe"}
    assert any("Ask a physiotherapist or your doctor which exercises suit you" in note for note in due.notes)
    by_therapist = today(library, screened=answers)
    assert any(each.type != "breathe" for each in by_therapist.items)


def test_alone_with_thin_bones_there_is_more_than_breathing(library: Library) -> None:
    assert dealt(library, made_by=None, screened=screened(osteoporosis="yes")) == ["first"]


# What bars one exercise ----------------------------------------------------------------------------


def an_exercise(library: Library, *effects: str, **fields: Any) -> tuple[Exercise, Programme]:
    programme = library.programme("my-muscle")
    values = {name: getattr(programme.exercises[1], name) for name in Exercise.__dataclass_fields__}
    said = BodyEffects(**(NOTHING | dict.fromkeys(effects, True)))
    return Exercise(**values | {"effects": said, "asks": ()} | fields), programme


@pytest.mark.parametrize(
    ("item", "barred", "allowed"),
    [
        ("osteoporosis", ["end_range_spine", "strain"], ["loaded", "end_range_joint", "unsteady", "step"]),
        ("vertebral-fracture", ["end_range_spine", "strain", "loaded"], ["end_range_joint", "unsteady", "step"]),
        ("falls", ["step"], ["unsteady", "loaded", "strain", "end_range_spine", "end_range_joint"]),
        ("joint-replacement", ["end_range_joint"], ["end_range_spine", "loaded", "strain", "unsteady", "step"]),
        ("recent-birth", ["strain"], ["end_range_spine", "end_range_joint", "loaded", "unsteady", "step"]),
        ("blood-pressure", [], ["end_range_spine", "end_range_joint", "loaded", "strain", "unsteady", "step"]),
    ],
)  # fmt: skip
def test_each_condition_bars_what_the_exercise_does_to_the_body(
    library: Library, item: str, barred: list[str], allowed: list[str]
) -> None:
    person = Circumstances(holds=(item,))
    assert [effect for effect in NOTHING if what_bars(person, *an_exercise(library, effect))] == sorted(
        barred, key=[*NOTHING].index
    )
    assert [effect for effect in allowed if what_bars(person, *an_exercise(library, effect))] == []


def test_a_therapist_allows_load_and_a_step_by_name_and_no_end_of_range(library: Library) -> None:
    broken = Circumstances(holds=("vertebral-fracture",), cleared=frozenset({"my-muscle/first"}))
    assert what_bars(broken, *an_exercise(library, "loaded")) is None
    assert what_bars(broken, *an_exercise(library, "end_range_spine"))
    falls = Circumstances(holds=("falls",), cleared=frozenset({"my-muscle/first"}))
    assert what_bars(falls, *an_exercise(library, "step")) is None


def test_what_an_exercise_does_and_never_said_bars_it_unless_it_was_chosen_by_name(library: Library) -> None:
    unknown = an_exercise(library, effects=None)
    assert what_bars(Circumstances(), *unknown) is None
    assert what_bars(Circumstances(holds=("osteoporosis",)), *unknown)
    assert (
        what_bars(Circumstances(holds=("osteoporosis",), cleared=frozenset({"my-muscle/first"})), *unknown)
        is None
    )
    assert (
        what_bars(Circumstances(holds=("osteoporosis",), own=frozenset({"my-muscle/first"})), *unknown)
        is None
    )


def test_a_question_that_is_open_bars_the_demanding_and_the_spine_and_empties_no_phase(
    library: Library,
) -> None:
    unsure = Circumstances(unsure=True)
    assert what_bars(unsure, *an_exercise(library, "end_range_spine"))
    assert what_bars(unsure, *an_exercise(library, "loaded"))
    assert what_bars(unsure, *an_exercise(library, demanding=True))
    assert what_bars(unsure, *an_exercise(library, "end_range_joint")) is None
    arm = library.programme("my-muscle")
    values = {name: getattr(arm, name) for name in Programme.__dataclass_fields__} | {"region": "arm"}
    assert what_bars(unsure, an_exercise(library, "loaded")[0], Programme(**values)) is None
    early = [{"exercise": "my-muscle/heavy", "from_phase": "activate"}]
    open_question = screened(osteoporosis="unanswered")
    assert dealt(library, doses=early, screened=open_question) == ["first"]
    alone = [*early, {"exercise": "my-muscle/first", "omit": True}]
    assert dealt(library, doses=alone, screened=open_question) == ["heavy"]


def test_who_can_only_sit_does_not_lie_on_the_side(library: Library) -> None:
    side = an_exercise(library, position="side-lying")
    assert what_bars(Circumstances(cannot=frozenset({"floor", "back", "front", "kneel"})), *side) is None
    assert what_bars(Circumstances(cannot=frozenset({"floor", "back", "front", "kneel", "stand"})), *side)


@pytest.mark.parametrize(
    ("days_to_go", "weeks", "flat"), [(169, 15, False), (168, 16, True), (1, 39, True), (-21, 43, True)]
)
def test_from_week_16_nothing_is_done_lying_flat(
    library: Library, days_to_go: int, weeks: int, *, flat: bool
) -> None:
    due = (DAY_0.date() + timedelta(days=days_to_go)).isoformat()
    plan = plan_for("my-muscle:wake", screened=screened(later_pregnancy="yes"), baby_due=due)
    assert pregnancy_weeks(plan, DAY_0.date()) == weeks
    barred = what_bars(circumstances_of(plan, DAY_0.date()), *an_exercise(library))
    assert (barred is not None) is flat


def test_weeks_go_on_by_themselves_and_end_after_the_birth() -> None:
    due = (DAY_0.date() + timedelta(days=169)).isoformat()
    plan = plan_for("multifidus:wake", baby_due=due, screened=screened(later_pregnancy="yes"))
    flat = [
        bool(circumstances_of(plan, DAY_0.date() + timedelta(days=day)).flat_by) for day in (0, 1, 190, 197)
    ]
    assert flat == [False, True, True, False]


def test_without_a_due_date_a_later_pregnancy_is_taken_to_be_in_week_16() -> None:
    plan = plan_for("multifidus:wake", screened=screened(later_pregnancy="yes"))
    assert circumstances_of(plan, DAY_0.date()).flat_by
    early = plan_for("multifidus:wake", screened=screened(first_trimester_pregnancy="yes"))
    weeks = [pregnancy_weeks(early, DAY_0.date() + timedelta(days=day)) for day in (0, 20, 21)]
    assert weeks == [13, 15, 16]
    assert pregnancy_weeks(plan_for("multifidus:wake"), date(2026, 11, 2)) is None


def test_the_shipped_low_back_has_work_for_thin_bones(library: Library) -> None:
    plan = plan_for("multifidus:wake", screened=screened(osteoporosis="yes"))
    due = today_at(plan, Library(), History(), datetime.combine(DAY_3.date(), time(10), DAY_3.tzinfo))
    assert due.items
