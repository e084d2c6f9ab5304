"""The low back of somebody of seventy-five with thin bones who cannot get to the floor, from the plan to week six."""

from __future__ import annotations

import json
from pathlib import Path

from program_runs import reloadpt
from reloadpt.care.forecast import COURSES, run_forward
from reloadpt.program.check import read_form
from reloadpt.program.fitting import circumstances_of, what_bars
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan

PERSON = ("--patient", "A-75", "--target", "lumbar-paraspinals:calm", "--target", "multifidus:wake", "--cannot", "floor",
          "--has", "none", "--start-pain", "4", "--emergency", "112", "--phone", "0123", "--screen", "all=no",
          "--screen", "osteoporosis=yes")  # fmt: skip
NOT_FOR_THEM = {"lumbar-paraspinals/knees-to-chest", "multifidus/bird-dog", "multifidus/romanian-deadlift",
                "lumbar-paraspinals/hip-hinge-with-load"}  # fmt: skip
"""Bends the spine to its end, is done on hands and knees, or is heavy."""


def test_there_is_something_that_suits_on_every_day_of_six_weeks(tmp_path: Path) -> None:
    home, out, paper = tmp_path / "home", tmp_path / "a.plan.json", tmp_path / "paper.html"
    made = reloadpt(home, "plan", "new", *PERSON, "-o", out)
    assert made.code == 0, made
    assert "NOTHING" not in made.err
    assert "nothing of" not in made.err
    good, middling, poor = json.loads(reloadpt(home, "plan", "check", out, "--json").out)
    for course in (good, middling, poor):
        assert course["nothing"] == course["easier"] == []
        assert all(week["exercises"] for week in course["weeks"])
        assert not NOT_FOR_THEM & {name for week in course["weeks"] for name in week["exercises"]}
    assert good["weeks"][5]["phases"] == {"lumbar-paraspinals": ["perform"], "multifidus": ["perform"]}
    assert poor["stopped"]
    assert reloadpt(home, "plan", "use", out).code == 0
    assert reloadpt(home, "handout", "-o", paper).code == 0
    page = paper.read_text(encoding="utf-8")
    library, plan = Library(), read_form(out, Plan)
    on_paper = [name for name in NOT_FOR_THEM if f"<h3>{library.exercise(name).name}" in page]
    assert on_paper == []
    person = circumstances_of(plan, plan.made_at.date())
    assert what_bars(person, library.exercise("multifidus/bird-dog"), library.programme("multifidus"))
    for course_of_pain in COURSES:
        days = list(run_forward(plan, library, course_of_pain))
        assert len(days) == 42
        for day in days:
            assert day.items or not day.sets
            for item in day.items:
                programme = library.programme(item.exercise.partition("/")[0])
                assert what_bars(person, library.exercise(item.exercise), programme) is None
