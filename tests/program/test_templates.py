"""A plan kept under a name: what comes with it, and that nothing of the patient does."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from program_runs import reloadpt
from reloadpt.files import Trouble
from reloadpt.program.check import read_form
from reloadpt.program.making import plan_file
from reloadpt.program.plan import Contact, DoseOverride, Limits, Plan
from reloadpt.program.templates import find_template, keep_template, template_of, templates_in
from sample_logs import NEEDLED, a_plan

DOSE = DoseOverride(exercise="multifidus/bird-dog", sets=2, reps=6)


def plan_to_keep() -> Plan:
    return a_plan(
        patient="A-17",
        complaint="low back pain",
        known_symptoms=("numb left foot",),
        contact=Contact(clinic="River Physio", phone="555 01", emergency="112"),
        doses=(DOSE,),
        limits=Limits(reload=4),
        most_exercises=3,
        cleared=("therapist",),
        cannot=("floor",),
        share_key=None,
        next_visit=NEEDLED,
    )


def test_what_is_wanted_is_kept_and_nothing_of_the_patient(tmp_path: Path) -> None:
    path = keep_template(tmp_path, template_of(plan_to_keep(), "My low back"))
    assert path.name == "my-low-back.template.json"
    text = path.read_text()
    for word in (
        "A-17",
        "numb left foot",
        "555 01",
        "River Physio",
        "needled_at",
        "therapist",
        "floor",
        "screened",
    ):
        assert word not in text
    kept = find_template(tmp_path, "my LOW back")
    assert [target.muscle for target in kept.targets] == [target.muscle for target in plan_to_keep().targets]
    assert (kept.doses, kept.limits, kept.most_exercises) == ((DOSE,), Limits(reload=4), 3)
    assert kept.complaint == "low back pain"


def test_kept_again_it_is_replaced_and_what_is_none_is_passed_over(tmp_path: Path) -> None:
    keep_template(tmp_path, template_of(plan_to_keep(), "My low back"))
    keep_template(tmp_path, template_of(plan_to_keep(), "my low-back"))
    (tmp_path / "broken.template.json").write_text("{")
    assert [template.name for template in templates_in(tmp_path)] == ["my low-back"]
    with pytest.raises(Trouble, match="There are: “my low-back”"):
        find_template(tmp_path, "shoulder")


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x1b[2Jb"])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(Trouble, match="1 to 80 signs"):
        template_of(plan_to_keep(), name)
    assert template_of(plan_to_keep(), "x" * 80)


def test_by_commands_it_is_kept_listed_given_to_a_colleague_and_prescribed(tmp_path: Path) -> None:
    mine, colleague = tmp_path / "mine", tmp_path / "colleague"
    (tmp_path / "plan.json").write_bytes(plan_file(plan_to_keep()))
    kept = reloadpt(mine, "plan", "keep", tmp_path / "plan.json", "My low back")
    assert kept.code == 0, kept.err
    assert reloadpt(mine, "plan", "templates").out.startswith("My low back: ")
    [file] = mine.rglob("*.template.json")
    common = ("--patient", "B-22", "--needled-at", "2026-11-28T10:00:00+01:00", "--screen", "all=no",
              "--phone", "none", "--emergency", "112")  # fmt: skip
    for home, template, out in ((mine, "my low back", "b.json"), (colleague, file, "c.json")):
        made = reloadpt(home, "plan", "new", "--template", template, *common, "-o", tmp_path / out)
        assert made.code == 0, made.err
        plan = read_form(tmp_path / out, Plan)
        assert plan.patient == "B-22"
        assert {target.needled_at for target in plan.targets} == {
            datetime.fromisoformat("2026-11-28T10:00:00+01:00")
        }
        assert (plan.doses, plan.limits, plan.most_exercises) == ((DOSE,), Limits(reload=4), 3)
        assert plan.complaint == "low back pain"
        assert plan.known_symptoms == ()
    other = reloadpt(mine, "plan", "new", "--template", "my low back", *common, "--most-exercises", "5",
                     "--limit", "reload=2", "-o", tmp_path / "d.json")  # fmt: skip
    assert other.code == 0, other.err
    plan = read_form(tmp_path / "d.json", Plan)
    assert (plan.most_exercises, plan.limits.reload) == (5, 2)
    refused = reloadpt(mine, "plan", "use", file)
    assert refused.code == 1
    assert "a plan kept as a template, “My low back”; `reloadpt plan new --template` takes it." in refused.err
    assert json.loads(file.read_text())["format"] == "reloadpt-template/1"
