"""Versions and reviews travel: signed at the clinic, carried by the plan, told wherever it is shown."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from program_runs import Run, reloadpt
from reloadpt.program.library import Library

WHO = (
    "--patient",
    "A-17",
    "--target",
    "multifidus:wake",
    "--emergency",
    "112",
    "--phone",
    "none",
    "--screen",
    "all=no",
)
SIGNED = "reviewed by B. Reader (physiotherapist)"
UNSIGNED = (
    "The general programme is not signed off yet (Low back, the deep muscles); the clinic chose it for you."
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def sign(home: Path, muscle: str = "multifidus") -> Run:
    return reloadpt(home, "exercises", "review", muscle, "--by", "B. Reader", "--role", "physiotherapist")


def plan(home: Path, out: Path) -> dict[str, Any]:
    done = reloadpt(home, "plan", "new", *WHO, "-o", out)
    assert done.code == 0, done
    told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return told


def own_programme(home: Path, **changes: Any) -> None:
    told = json.loads(Library().paths["multifidus"].read_text(encoding="utf-8")) | changes
    folder = home / "exercises"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "multifidus.json").write_text(json.dumps(told), encoding="utf-8")


def test_a_review_is_of_exactly_these_bytes_and_goes_into_plans(home: Path, tmp_path: Path) -> None:
    done = sign(home)
    assert done.code == 0, done
    assert SIGNED in done.err
    told = plan(home, tmp_path / "a.plan.json")
    version = Library().programme("multifidus").version
    assert told["versions"] == {"multifidus": version}
    [review] = told["reviews"]
    assert review["sha256"] == hashlib.sha256(Library().paths["multifidus"].read_bytes()).hexdigest()
    assert (review["by"], review["role"], review["version"]) == ("B. Reader", "physiotherapist", version)
    reloadpt(home, "plan", "use", tmp_path / "a.plan.json")
    for shown in (reloadpt(home, "today").out, reloadpt(home, "plan", "show").out):
        assert SIGNED in shown
        assert "not signed off" not in shown
    listed = reloadpt(home, "exercises", "list").out
    assert listed.count(SIGNED) == 1
    assert listed.count("not signed off yet") == 27
    rows = json.loads(reloadpt(home, "exercises", "list", "--json").out)
    assert {row["muscle"] for row in rows if row["reviewed_by"]} == {"multifidus"}


def test_without_a_review_it_says_so_on_today_paper_and_report(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.plan.json"
    assert plan(home, out).get("reviews", []) == []
    reloadpt(home, "plan", "use", out)
    assert UNSIGNED in reloadpt(home, "today").out
    reloadpt(home, "handout", "-o", tmp_path / "paper.html")
    assert UNSIGNED in (tmp_path / "paper.html").read_text(encoding="utf-8")
    reloadpt(home, "share", "-o", tmp_path / "report.html")
    assert "is not signed off yet (Multifidus); the clinic chose it" in (tmp_path / "report.html").read_text(
        "utf-8"
    )


def test_a_changed_file_is_not_signed_and_another_version_is_told(home: Path, tmp_path: Path) -> None:
    sign(home)
    out = tmp_path / "a.plan.json"
    plan(home, out)
    reloadpt(home, "plan", "use", out)
    own_programme(home, where="Somewhere else.")
    today = reloadpt(home, "today").out
    assert "is not the file that was signed for your plan. Tell your therapist." in today
    assert plan(home, tmp_path / "b.plan.json").get("reviews", []) == []
    own_programme(home, version=Library().programme("multifidus").version + 1)
    today = reloadpt(home, "today").out
    assert "Your plan was made with version" in today
    assert "not the file" not in today


def test_a_plan_without_versions_says_nothing_of_them(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.plan.json"
    told = {name: value for name, value in plan(home, out).items() if name not in ("versions", "reviews")}
    out.write_text(json.dumps(told), encoding="utf-8")
    reloadpt(home, "plan", "use", out)
    assert "signed" not in reloadpt(home, "today").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("multifidos", "--by", "B", "--role", "r"), "multifidus"),
        (("multifidus", "--by", " ", "--role", "r"), "by"),
        (("multifidus", "--by", "B"), "--role"),
    ],
)
def test_a_review_that_cannot_be_is_refused(home: Path, arguments: tuple[str, ...], says: str) -> None:
    done = reloadpt(home, "exercises", "review", *arguments)
    assert done.code in (1, 2)
    assert says in done.err
    assert not list(home.rglob("programme-reviews.json"))


def test_the_pack_has_a_page_a_programme_with_all_it_says(home: Path, tmp_path: Path) -> None:
    sign(home)
    own_programme(home, where="<script>alert(1)</script>")
    done = reloadpt(home, "exercises", "check", "--pack", tmp_path / "pack")
    assert done.code == 0, done
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "pack").iterdir()}
    assert len(pages) == 28
    for muscle in Library().muscles:
        page, programme = pages[f"{muscle}.review.html"], Library().programme(muscle)
        assert all(f"{exercise.id}: for " in page for exercise in programme.exercises)
        assert f"Version {programme.version}," in page
    assert "<script>" not in pages["multifidus.review.html"]
    assert "Not signed off yet." in pages["multifidus.review.html"]
    signed = reloadpt(
        tmp_path / "other", "exercises", "review", "jaw", "--by", "B. Reader", "--role", "dentist"
    )
    assert signed.code == 0
    reloadpt(tmp_path / "other", "exercises", "check", "--pack", tmp_path / "signed")
    assert "reviewed by B. Reader (dentist)" in (tmp_path / "signed" / "jaw.review.html").read_text("utf-8")
