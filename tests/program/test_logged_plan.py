"""A plan out of a log: what fits of it stands, what does not is absent and told by its place, and nothing crashes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app_runs import low_back_plan
from reloadpt.care.history import read_plan_period
from reloadpt.care.record import Record
from reloadpt.files import Trouble
from reloadpt.journal.events import PlanStarted
from reloadpt.program.check import InvalidFile, fit_form
from reloadpt.program.lenient import read_logged_plan
from reloadpt.program.plan import Plan

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PLAN = low_back_plan()
GOOD = PLAN.as_json() | {
    "start_pain": 3,
    "limits": {"reset": 1, "activate": None, "reload": 4, "perform": 5},
    "doses": [{"exercise": "multifidus/bird-dog", "sets": 2, "often": {"times": 3, "per": "week"}}],
}
AS_A_FILE = fit_form(GOOD, Plan, "a plan")
TARGET, OTHER = GOOD["targets"]


def test_a_plan_that_fits_is_read_as_it_would_be_from_a_file() -> None:
    assert read_logged_plan(GOOD, AT) == (AS_A_FILE, ())


@pytest.mark.parametrize(
    ("change", "misfits"),
    [
        ({"start_pain": 11}, ["start_pain"]),
        ({"start_pain": "3"}, ["start_pain"]),
        ({"most_exercises": 0}, ["most_exercises"]),
        ({"limits": {"reset": 99, "reload": 4}}, ["limits.reset"]),
        ({"limits": "none"}, ["limits"]),
        ({"contact": {"phone": 112}}, ["contact.phone"]),
        ({"doses": [{"exercise": "a/b", "tempo": "x"}, "odd", {"sets": 2}]},
         ["doses[0].tempo", "doses[1]", "doses[2].exercise"]),
        ({"doses": [{"exercise": "a/b", "often": {"times": 0, "per": "day"}}]},
         ["doses[0].often.times", "doses[0].often.times"]),
        ({"exercises": [{"id": "a/b"}]}, ["exercises[0].name"]),
        ({"targets": [TARGET | {"side": "up"}]}, ["targets[0].side"]),
        ({"targets": [TARGET, TARGET]}, ["targets"]),
        ({"targets": [TARGET | {"muscle": 5}, OTHER]}, ["targets[0].muscle"]),
        ({"ends": "9999-12-30T00:00:00Z"}, ["ends"]),
        ({"ends": "2026-12-30T00:00:00"}, ["ends"]),
        ({"made_at": None}, ["made_at"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_absent_and_the_rest_stands(change: dict[str, Any], misfits: list[str]) -> None:
    plan, places = read_logged_plan(GOOD | change, AT)
    assert list(places) == list(dict.fromkeys(misfits))
    [name] = change
    assert replace(plan, **{name: getattr(AS_A_FILE, name)}) == AS_A_FILE


def test_of_a_list_the_items_that_fit_stay() -> None:
    plan, _ = read_logged_plan(GOOD | {"targets": [TARGET | {"muscle": 5}, OTHER, OTHER]}, AT)
    assert [target.muscle for target in plan.targets] == [OTHER["muscle"]]


def test_a_plan_that_says_no_time_ends_six_weeks_after_it_started() -> None:
    plan, _ = read_logged_plan({"id": "p"}, AT)
    assert (plan.over_at, plan.targets, plan.guided) == (AT + timedelta(weeks=6), (), True)


@pytest.mark.parametrize(
    "targets",
    [
        "none",
        ["none"],
        [TARGET, OTHER | {"needled_at": "0001-01-01T00:00:00Z"}],
        [TARGET | {"needled_at": "2026-11-20T09:00:00"}],
        [{"muscle": "multifidus"}],
    ],
)
def test_a_needling_that_nobody_can_reckon_with_makes_a_plan_unsound(targets: Any) -> None:
    assert not read_plan_period(PlanStarted(plan=GOOD | {"targets": targets}), 1, AT).is_sound


@pytest.mark.parametrize("targets", [[TARGET], [], [TARGET | {"muscle": 5}]])
def test_a_plan_whose_needlings_are_known_or_absent_is_sound(targets: Any) -> None:
    assert read_plan_period(PlanStarted(plan=GOOD | {"targets": targets}), 1, AT).is_sound


def test_a_file_with_such_a_needling_is_refused() -> None:
    with pytest.raises(InvalidFile, match="needled in the year 1"):
        fit_form(GOOD | {"targets": [TARGET | {"needled_at": "0001-01-01T00:00:00Z"}]}, Plan, "a plan")


def test_nothing_is_dealt_from_a_plan_of_which_something_is_lost(tmp_path: Path) -> None:
    record = Record.open(tmp_path / "journal.jsonl", AT)
    record.start_plan(PLAN, AT)
    record.append([PlanStarted(plan=GOOD | {"id": "p2", "ends": "0001-01-01T00:00:00Z"})], AT)
    assert record.plan is not None
    assert record.plan.id == "p2"
    record.append([PlanStarted(plan=GOOD | {"id": "p3", "cannot": ["fly"]})], AT)
    with pytest.raises(Trouble, match=r"cannot be used: cannot\[0\] does not fit"):
        _ = record.plan


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "both", "9999-12-31T23:59:59-12:00", "0-0-0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*TARGET, *GOOD["doses"][0]]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*GOOD]), JSON, max_size=4))
def test_whatever_stands_in_it_there_is_a_plan_to_reckon_with(odd: dict[str, Any]) -> None:
    period = read_plan_period(PlanStarted(plan=GOOD | odd), 1, AT)
    assert period.plan.over_at + timedelta(weeks=2) > datetime(1990, 1, 1, tzinfo=UTC)
    assert set(period.misfits) <= set(read_plan_period(PlanStarted(plan=GOOD | odd), 1, AT).misfits)
    assert read_logged_plan(period.plan.as_json(), AT)[0] == period.plan
