"""A plan made page by page with keys alone: the low back example, every way back, and what must not pass."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from app_runs import HOSTILE
from plan_runs import AT, Keys, making, numbers, plans_in, to_doses
from reloadpt.clinic.key import make_key
from reloadpt.program.check import read_form
from reloadpt.program.plan import Plan
from reloadpt.program.remembered import NAME
from reloadpt.program.screening import NEVER_LEFT_OUT, WIDER_ITEMS

MOST_KEYS = 33
"""With the number typed once; at a second a key and five to read each page, under two minutes."""
LATER = datetime.fromisoformat("2026-11-27T09:30:00+01:00")


def written(folder: Path, name: str = "A-17.plan.json") -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "plans" / name).read_text(encoding="utf-8"))
    return told


async def to_the_end(keys: Keys) -> None:
    """From the doses on, taking everything as it is."""
    await keys.press("enter")
    await keys.until_page("FormPage")
    await keys.press("enter")
    numbers(keys)
    await keys.press("enter")
    await keys.until_page("LastPage")


async def test_the_low_back_example_takes_few_keys(tmp_path: Path) -> None:
    async with making(tmp_path) as keys:
        await to_doses(keys)
        await keys.press("enter")
        await keys.until_page("FormPage")
        await keys.press("enter")
        await keys.pilot.pause()
        await keys.press("down")
        await keys.type("040 1234")
        numbers(keys)
        await keys.press("enter")
        await keys.until_page("LastPage")
        assert "Low back, the deep muscles" in keys.text
        assert "with e-stim" in keys.text
        await keys.press("enter")
        assert keys.count <= MOST_KEYS
    plan = read_form(tmp_path / "plans" / "A-17.plan.json", Plan)
    assert [(each.muscle, each.intent, each.side, each.stim) for each in plan.targets] == [
        ("lumbar-paraspinals", "calm", "both", False),
        ("multifidus", "wake", "both", True),
    ]
    assert {each.needled_at for each in plan.targets} == {AT}
    assert {each.item: each.answer for each in plan.screened} == dict.fromkeys(
        (*NEVER_LEFT_OUT, *WIDER_ITEMS), "no"
    )
    assert (plan.doses, plan.contact.phone, plan.made_by) == ((), "040 1234", "the clinic")
    assert (tmp_path / "plans" / "A-17.plan.json").stat().st_mode & 0o077 == 0
    handout = (tmp_path / "plans" / "A-17.handout.html").read_text(encoding="utf-8")
    assert "040 1234" in handout
    assert "Bird dog" in handout


async def test_whom_to_call_is_remembered_and_a_second_plan_takes_another_name(tmp_path: Path) -> None:
    async with making(tmp_path) as keys:
        await to_doses(keys)
        await keys.press("enter")
        await keys.until_page("FormPage")
        await keys.press("enter")
        await keys.pilot.pause()
        await keys.type("The clinic")
        numbers(keys)
        await keys.press("enter")
        await keys.until_page("LastPage")
        await keys.press("space")
    first = (tmp_path / "plans" / "A-17.plan.json").read_bytes()
    assert (tmp_path / "home" / NAME).stat().st_mode & 0o077 == 0
    async with making(tmp_path, at=LATER) as keys:
        await to_doses(keys)
        await to_the_end(keys)
        assert "A-17-2.plan.json" in keys.text
        await keys.press("enter")
    assert (tmp_path / "plans" / "A-17.plan.json").read_bytes() == first
    assert written(tmp_path, "A-17-2.plan.json")["contact"]["clinic"] == "The clinic"


@pytest.mark.parametrize("kept", ["", "[]", "{not json", '{"made_by": 7}', "[" * 100_000])
async def test_what_cannot_be_remembered_is_passed_over(tmp_path: Path, kept: str) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / NAME).write_text(kept, encoding="utf-8")
    async with making(tmp_path) as keys:
        await to_doses(keys)
        await to_the_end(keys)
        await keys.press("enter")
    assert written(tmp_path)["contact"]["emergency"] == "112"


async def test_doses_are_changed_left_out_turned_on_and_restored(tmp_path: Path) -> None:
    async with making(tmp_path, size=(120, 40)) as keys:
        await to_doses(keys)
        await keys.press("minus", "right", "minus", "minus", "right", "plus")
        # breathing is paced by repetitions: it got no hold, and one set is the least
        assert "has no hold" in keys.text
        await keys.press("right", "minus")
        await keys.press("down", "o", "down", "o", "o", "down", "t")
        assert "dealt anyway" in keys.text
        await keys.press("down", "down", "down", "t", "down")
        await keys.press("left", "left", "left", "plus", "r")
        await to_the_end(keys)
        await keys.press("enter")
    told = written(tmp_path)
    doses = {each["exercise"]: each for each in told["doses"]}
    assert set(doses) == {"lumbar-paraspinals/90-90-belly-breathing", "lumbar-paraspinals/sitting-breathing"}
    breathing = doses["lumbar-paraspinals/90-90-belly-breathing"]
    assert (breathing["sets"], breathing["reps"], breathing["hold_s"]) == (None, 8, None)
    assert breathing["often"] == {"times": 2, "per": "day"}
    assert doses["lumbar-paraspinals/sitting-breathing"]["omit"] is True
    assert told["demanding"] or told["cleared"]


async def test_a_long_how_often_does_not_run_into_what_stands_after_it(tmp_path: Path) -> None:
    async with making(tmp_path, size=(80, 24)) as keys:
        await keys.type("A-17\n")
        await keys.until_page("MusclesPage")
        await keys.type("hamstrings\n\n")
        await keys.until_page("TargetsPage")
        await keys.press("c", "enter")
        await keys.until_page("ScreeningPage")
        await keys.press("n", "n", "n")
        await keys.until_page("DosesPage")
        line = next(line for line in keys.text.splitlines() if "Diver" in line)
        assert "1 in 2 days each side" in line


async def test_what_bars_a_plan_wants_a_reason_and_a_name(tmp_path: Path) -> None:
    async with making(tmp_path) as keys:
        await keys.type("A-17\n")
        await keys.until_page("MusclesPage")
        await keys.type("mul\n\n")
        await keys.until_page("TargetsPage")
        await keys.press("e", "enter")
        await keys.until_page("ScreeningPage")
        await keys.press("enter")
        assert keys.page == "ScreeningPage"
        assert "N if none" in keys.text
        await keys.press("up", "up", "space")
        assert "Bars needling as planned: A pacemaker" in keys.text
        await keys.press("n")
        assert "One is marked" in keys.text
        await keys.press("enter", "n", "n")
        await keys.until_page("FormPage")
        await keys.press("enter")
        assert "needs a reason and a name" in keys.text
        await keys.type("far from it\n")
        assert keys.page == "FormPage"
        await keys.type("the cardiologist\n")
        await keys.until_page("DosesPage")
        await to_the_end(keys)
        assert "Made all the same" in keys.text
        await keys.press("enter")
    kept = next(each for each in written(tmp_path)["screened"] if each["item"] == "pacemaker")
    assert kept["override"] == {"reason": "far from it", "by": "the cardiologist"}


async def test_leaving_the_override_goes_back_to_the_screening_and_writes_nothing(tmp_path: Path) -> None:
    async with making(tmp_path) as keys:
        await keys.type("A-17\n")
        await keys.until_page("MusclesPage")
        await keys.type("mul\n\n")
        await keys.until_page("TargetsPage")
        await keys.press("enter")
        await keys.until_page("ScreeningPage")
        await keys.press("space", "enter", "n", "n")
        await keys.until_page("FormPage")
        await keys.press("escape")
        await keys.until_page("ScreeningPage")
        assert "any of these" in keys.text
        for _ in range(5):
            await keys.press("escape")
        await keys.until_page("FormPage")
        assert "A-17" in keys.text
        await keys.press("escape")
        assert keys.app.return_value is None
    assert plans_in(tmp_path) == []


async def test_every_page_goes_back_and_keeps_what_was_given(tmp_path: Path) -> None:
    async with making(tmp_path) as keys:
        await to_doses(keys)
        await keys.press("plus")
        await to_the_end(keys)
        seen = []
        for _ in range(8):
            seen.append(keys.page)
            await keys.press("escape")
            await keys.pilot.pause()
        assert seen == [
            "LastPage", "FormPage", "FormPage", "DosesPage",
            "ScreeningPage", "ScreeningPage", "ScreeningPage", "TargetsPage",
        ]  # fmt: skip
        assert keys.page == "MusclesPage"
        assert "Picked: Low back, the long muscles; Low back, the deep muscles" in keys.text
        await keys.press("enter", "enter", "n", "n", "n")
        await keys.until_page("DosesPage")
        assert "2*" in keys.text
        await to_the_end(keys)
        await keys.press("enter")
    assert [each["sets"] for each in written(tmp_path)["doses"]] == [2]


async def test_a_muscle_without_a_default_wants_calm_or_wake_and_sides_can_part(tmp_path: Path) -> None:
    async with making(tmp_path) as keys:
        await keys.type("B\n")
        await keys.until_page("MusclesPage")
        await keys.type("delt\n\n")
        await keys.until_page("TargetsPage")
        await keys.press("enter")
        assert keys.page == "TargetsPage"
        assert "Say calm or wake first" in keys.text
        await keys.press("c", "d", "down", "c", "p", "p", "y", "s")
        assert "Left and right stand" in keys.text
        await keys.press("enter", "n", "n", "n")
        await keys.until_page("DosesPage")
        await to_the_end(keys)
        await keys.press("enter")
    left, right = written(tmp_path, "B.plan.json")["targets"]
    assert (left["side"], left["intent"], left["ceiling"], left["early"]) == ("left", "calm", None, False)
    assert (right["side"], right["intent"], right["ceiling"], right["early"]) == (
        "right", "wake", "activate", True,
    )  # fmt: skip


async def test_limits_equipment_and_dates_are_read_and_what_is_wrong_is_said(tmp_path: Path) -> None:
    async with making(tmp_path, size=(120, 40)) as keys:
        await to_doses(keys)
        await keys.press("enter")
        await keys.until_page("FormPage")
        for wrong, says in (("reload=11", "0 to 10"), ("later=3", "PHASE=N"), ("reload", "whole number")):
            await keys.press("home", *["delete"] * 12)
            await keys.type(f"{wrong}\n")
            assert says in keys.text
        await keys.press("home", *["delete"] * 12)
        await keys.type("reload=4 perform=3")
        await keys.press("down", "down", "backspace")
        await keys.type("3")
        await keys.press("down")
        await keys.type("fixed")
        await keys.press("down")
        await keys.type("floor front")
        await keys.press("down")
        await keys.type("chair sofa\n")
        assert "“sofa” is not known here" in keys.text
        await keys.press(*["backspace"] * 5, "down")
        await keys.type("numb left foot")
        await keys.press("down")
        await keys.type("sit an hour, lift the child")
        await keys.press("down")
        await keys.type("2026-12-20\n")
        await keys.pilot.pause()
        assert "Whom to call" in keys.text
        await keys.press("enter")
        assert "Type the number, or none" in keys.text, "no number is assumed"
        numbers(keys)
        await keys.press("end", *["down"] * 4)
        await keys.type("soon\n")
        assert "is not a time" in keys.text
        await keys.press(*["backspace"] * 4)
        await keys.type("2026-11-27 09:00")
        await keys.press("down")
        await keys.type("age1abc\n")
        assert "is not an age key" in keys.text
        await keys.press(*["backspace"] * 7, "enter")
        await keys.until_page("LastPage")
        await keys.press("enter")
    plan = read_form(tmp_path / "plans" / "A-17.plan.json", Plan)
    assert (plan.limits.reload, plan.limits.perform, plan.limits.activate) == (4, 3, None)
    assert (plan.most_exercises, plan.progression, plan.cannot, plan.has) == (
        3, "fixed", ("floor", "front"), ("chair",),
    )  # fmt: skip
    assert plan.activities == ("sit an hour", "lift the child")
    assert plan.known_symptoms == ("numb left foot",)
    assert plan.next_visit is not None
    assert plan.ends is not None


async def test_the_clinics_own_key_stands_there_already(tmp_path: Path) -> None:
    public = make_key(tmp_path / "home")
    async with making(tmp_path) as keys:
        await to_doses(keys)
        await to_the_end(keys)
        await keys.press("enter")
    assert written(tmp_path)["share_key"] == public


@pytest.mark.parametrize("wrong", ["tomorrow", "2026-11-21 09:00", "25:00"])
async def test_a_needling_that_cannot_be_is_refused(tmp_path: Path, wrong: str) -> None:
    async with making(tmp_path) as keys:
        await keys.type("A")
        await keys.press("down", *["backspace"] * 3)
        await keys.type(f"{wrong}\n")
        assert keys.page == "FormPage"
        assert "Needled at" in keys.text
        await keys.press(*["backspace"] * 20)
        await keys.type("08:00\n")
        await keys.until_page("MusclesPage")
        await keys.type("mul\n\n")
        await keys.until_page("TargetsPage")
        await keys.press("enter", "n", "n", "n")
        await keys.until_page("DosesPage")
        await to_the_end(keys)
        await keys.press("enter")
    told = written(tmp_path, "A.plan.json")["targets"][0]["needled_at"]
    assert datetime.fromisoformat(told).astimezone() == AT.astimezone().replace(hour=8, minute=0)
    assert AT - datetime.fromisoformat(told) < timedelta(days=1)


@pytest.mark.parametrize("alias", ["../../etc/passwd", "[/] [bold]x[/foo]", "a/b\\c", "…", "<b>&", "-"])
async def test_an_alias_is_never_a_path_nor_markup(tmp_path: Path, alias: str) -> None:
    async with making(tmp_path) as keys:
        keys.app.screen.query(Input).first().value = alias
        await keys.press("enter")
        await keys.until_page("MusclesPage")
        await keys.type("mul\n\n")
        await keys.until_page("TargetsPage")
        await keys.press("enter", "n", "n", "n")
        await keys.until_page("DosesPage")
        await to_the_end(keys)
        await keys.press("enter")
    handout, name = plans_in(tmp_path)
    assert name == handout.replace(".handout.html", ".plan.json")
    assert written(tmp_path, name)["patient"] == alias
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "plans"]


async def test_a_space_goes_on_with_a_name_and_else_marks_the_line(tmp_path: Path) -> None:
    async with making(tmp_path) as keys:
        await keys.type("A-17\n")
        await keys.until_page("MusclesPage")
        await keys.type("low")
        lines = [line for line in keys.text.splitlines() if "[ ]" in line]
        assert ["Low back" in line for line in lines[:2]] == [True, True], (
            "the name shown comes before others"
        )
        assert any("lower trapezius" in line for line in lines[2:])
        await keys.press("space")
        await keys.type("back, the d")
        assert "Picked: none yet" in keys.text
        await keys.press("enter")
        assert "Picked: Low back, the deep muscles" in keys.text
        await keys.type("lum ")
        assert "Picked: Low back, the deep muscles; Low back, the long muscles" in keys.text
        await keys.type("low")
        await keys.press("down", "down", "up", "space")
        assert "Picked: Low back, the deep muscles" in keys.text, "on a line that was gone to, a space marks"
        assert "the long muscles" not in keys.text.split("Picked:")[1].splitlines()[0]


async def test_hostile_text_is_refused_or_shown_as_it_is(tmp_path: Path) -> None:
    async with making(tmp_path) as keys:
        for text in (HOSTILE, "\x1b[31mA", "A\u202egnp", "x" * 61, "", "   "):
            keys.app.screen.query(Input).first().value = text
            await keys.press("enter")
            assert keys.page == "FormPage"
        keys.app.screen.query(Input).first().value = "A"
        await keys.press("enter")
        await keys.until_page("MusclesPage")
        await keys.type("[/]zz\n")
        assert "None has this" in keys.text
        await keys.press("enter", "space", "up", "down")
        assert keys.page == "MusclesPage"


@pytest.mark.parametrize("size", [(20, 8), (40, 14), (80, 24), (300, 100)])
async def test_every_page_survives_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with making(tmp_path, size=size) as keys:
        await to_doses(keys)
        for _ in range(12):
            await keys.press("down")
        await keys.pilot.resize_terminal(20, 8)
        await keys.pilot.pause()
        await to_the_end(keys)
        await keys.press("up", "down", "enter")
    assert plans_in(tmp_path) == ["A-17.handout.html", "A-17.plan.json"]


async def test_a_file_that_came_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    async with making(tmp_path) as keys:
        await to_doses(keys)
        await to_the_end(keys)
        other = tmp_path / "plans" / "A-17.plan.json"
        other.write_text("mine", encoding="utf-8")
        await keys.press("enter")
        while "Nothing was written" not in keys.text:
            await keys.pilot.pause()
        await keys.press("enter")
    assert other.read_text(encoding="utf-8") == "mine"
    assert plans_in(tmp_path) == ["A-17-2.handout.html", "A-17-2.plan.json", "A-17.plan.json"]


async def test_keys_in_a_hurry_keep_their_order_and_leave_no_page_twice(tmp_path: Path) -> None:
    async with making(tmp_path) as keys:
        await keys.pilot.press("A", "enter", "enter", "enter")
        await keys.until_page("MusclesPage")
        await keys.pilot.press(*"lum", "enter", *"mul", "enter", "enter", "enter", "enter")
        await keys.until_page("TargetsPage", "ScreeningPage")
        while keys.page == "TargetsPage":
            await keys.press("enter")
        await keys.pilot.press("n", "n", "n")
        await keys.until_page("ScreeningPage", "DosesPage")
