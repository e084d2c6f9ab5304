"""The plan on paper: everything a patient needs beside the bed, whole on every size of paper, and safe to open."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, look

from program_runs import home_in_use, reloadpt
from reloadpt import wording
from reloadpt.care.questions import needled_muscle
from reloadpt.care.safety import signs_in_order, signs_to_ask
from reloadpt.files import Trouble
from reloadpt.program.check import fit_form
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan
from reloadpt.program.programme import Frequency
from reloadpt.share.handout import Handout, boxes, gather_handout, render_handout

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }} \u202egnp.exe'
NEEDLED = "2026-11-20T09:00:00+01:00"
AT = datetime.fromisoformat(NEEDLED)


def plan(**changes: Any) -> Plan:
    told = {
        "format": "reloadpt-plan/1",
        "id": "p1",
        "patient": "A-17",
        "made_by": "the clinic",
        "made_at": NEEDLED,
        "targets": [
            {"muscle": "lumbar-paraspinals", "intent": "calm", "needled_at": NEEDLED},
            {"muscle": "multifidus", "intent": "wake", "needled_at": NEEDLED, "stim": True},
        ],
        "contact": {"clinic": "The clinic", "phone": "040 1234", "emergency": "112"},
    }
    return fit_form(told | changes, Plan, "a plan")


def names(told: Handout) -> dict[str, list[str]]:
    return {part.phase: [card.exercise.id for card in part.cards] for part in told.parts}


@pytest.fixture(scope="module")
def told() -> Handout:
    return gather_handout(plan(), Library())


def test_it_holds_every_phase_with_pictures_doses_and_boxes(told: Handout) -> None:
    assert list(names(told)) == ["reset", "activate", "reload", "perform"]
    page = render_handout(told, None).decode()
    for part in told.parts:
        for card in part.cards:
            assert len(card.pictures) == 2
            assert card.dose in page
            assert sum(group.count for group in card.boxes) > 0
    assert page.count("<svg") == 2 * sum(len(part.cards) for part in told.parts)
    for words in (
        "040 1234",
        "Call 112 now",
        "Short of breath",
        "Still sore 72 hours",
        "Numb between the legs",
    ):
        assert words in page, words


def test_paper_warns_of_every_sign_that_is_asked_in_the_days_after() -> None:
    library = Library()
    for muscle in library.muscles:
        told = plan(targets=[{"muscle": muscle, "intent": "calm", "needled_at": NEEDLED}])
        page = render_handout(gather_handout(told, library), None).decode()
        asked = {
            code
            for day in range(28)
            for code in signs_to_ask(needled_muscle(library, muscle), AT, AT + timedelta(days=day))
        }
        for code in signs_in_order(asked):
            assert escape(wording.SIGNS[code](), quote=False) in page, (muscle, code)


def test_the_same_movement_stands_once_for_both_muscles_with_the_lower_dose(told: Handout) -> None:
    [card] = [card for part in told.parts for card in part.cards if card.exercise.movement == "bird-dog"]
    assert card.muscles == ("Low back, the long muscles", "Low back, the deep muscles")
    assert card.dose.startswith("2 sets of 4 holds of 5 seconds")


def test_what_the_plan_changes_is_changed_on_paper() -> None:
    changed = plan(
        doses=[
            {"exercise": "multifidus/bridge", "sets": 2, "reps": 6, "resistance": "yellow band"},
            {"exercise": "multifidus/romanian-deadlift", "omit": True},
        ],
        cannot=["prone"],
    )
    told = gather_handout(changed, Library())
    shown = {card.exercise.id: card for part in told.parts for card in part.cards}
    assert shown["multifidus/bridge"].dose.startswith("2 sets of 6")
    assert shown["multifidus/bridge"].load == "yellow band"
    assert "multifidus/romanian-deadlift" not in shown
    assert "multifidus/prone-multifidus-hold" not in shown
    assert "multifidus/sitting-lean-and-hold" in shown, "another takes its place"


def test_a_ceiling_and_a_plan_of_ones_own_end_the_paper_early() -> None:
    target = {"muscle": "multifidus", "intent": "wake", "needled_at": NEEDLED}
    low = gather_handout(plan(targets=[target | {"ceiling": "reload"}]), Library())
    assert list(names(low)) == ["reset", "activate", "reload"]
    alone = gather_handout(plan(targets=[target, target | {"muscle": "jaw"}], made_by=None), Library())
    assert list(names(alone)) == ["reset", "activate"]
    assert not any(each.startswith("jaw/") for part in names(alone).values() for each in part)


def test_a_left_side_is_drawn_and_named_left() -> None:
    target = {"muscle": "rotator-cuff", "intent": "wake", "needled_at": NEEDLED}
    left, right = (
        gather_handout(plan(targets=[target | {"side": side}]), Library()) for side in ("left", "right")
    )
    pairs = [
        (one, other)
        for one_part, other_part in zip(left.parts, right.parts, strict=True)
        for one, other in zip(one_part.cards, other_part.cards, strict=True)
        if one.exercise.dose.per_side
    ]
    assert pairs
    for one, other in pairs:
        assert (one.side, other.side) == ("left side", "right side")
        assert "on the left" in one.dose
        assert one.pictures != other.pictures


def test_a_movement_that_works_two_muscles_on_different_sides_stands_on_paper_for_both() -> None:
    knee = {"muscle": "quadriceps", "intent": "wake", "needled_at": NEEDLED, "side": "right"}
    hip = {**knee, "muscle": "hip-flexors"}
    for targets, side in (([knee], "right side"), ([knee, hip], "")):
        told = gather_handout(plan(targets=targets), Library())
        [card] = [
            card for part in told.parts for card in part.cards if card.exercise.movement == "split-squat"
        ]
        assert card.side == side
        assert ("on each side" in card.dose) == (side == "")


@pytest.mark.parametrize(
    ("often", "phase", "counts"),
    [
        (Frequency(times=3, per="day"), "reset", [3]),
        (Frequency(times=2, per="day"), "activate", [2, 2, 2]),
        (Frequency(times=6, per="day"), "reload", [1] * 11),
        (Frequency(times=3, per="week"), "reload", [3, 3]),
        (Frequency(times=3, per="week"), "activate", [1]),
        (Frequency(times=1, per="two_days"), "reload", [6]),
        (Frequency(times=1, per="day"), "perform", [7, 7, 7, 7]),
        (Frequency(times=1, per="needling"), "reset", [1]),
    ],
)
def test_boxes_are_as_many_as_the_days_have_times(often: Frequency, phase: Any, counts: list[int]) -> None:
    assert [group.count for group in boxes(often, phase)] == counts


def test_nothing_in_it_runs_or_asks_for_anything(tmp_path: Path) -> None:
    hostile = plan(
        patient=HOSTILE[:60], complaint=HOSTILE, note=HOSTILE, made_by=HOSTILE, known_symptoms=[HOSTILE],
        contact={"clinic": HOSTILE, "phone": HOSTILE, "out_of_hours": HOSTILE, "emergency": HOSTILE},
        doses=[{"exercise": "multifidus/bridge", "resistance": HOSTILE}],
    )  # fmt: skip
    page = render_handout(gather_handout(hostile, Library()), None).decode()
    assert not re.search(
        r"<script|<img|<link|<iframe|<object|\son\w+=\"|https?://(?!www\.w3\.org/2000/svg)", page
    )
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert 'content="default-src &#39;none&#39;; style-src' in page
    path = tmp_path / "paper.html"
    path.write_text(page, encoding="utf-8")
    seen = look(path)
    assert seen.requests == ()
    assert seen.console == ()


def test_a_number_that_is_not_known_is_written_by_hand_and_never_reads_none() -> None:
    def whom_to_call(contact: dict[str, str]) -> str:
        page = render_handout(gather_handout(plan(contact=contact), Library()), None).decode()
        return page.partition("Whom to call")[2].partition("After the needle")[0]

    to_write, no_clinic = (
        "Write the emergency number of your country here",
        "Write your clinic&#39;s number here",
    )
    bare = whom_to_call({})
    assert to_write in bare
    assert no_clinic in bare
    assert "Call the emergency number of your country now." in bare
    assert "None" not in bare
    assert "<b>" not in bare.partition("</p>")[0]
    full = whom_to_call({"phone": "040 1234", "emergency": "112"})
    assert "Emergency <b>112</b>" in full
    assert to_write not in full
    assert no_clinic not in full


def test_a_muscle_that_is_not_known_is_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Did you mean multifidus"):
        gather_handout(plan(targets=[{"muscle": "multifidos", "needled_at": NEEDLED}]), Library())


@pytest.mark.parametrize(("paper", "points"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_it_prints_with_every_exercise_whole_on_one_page(
    tmp_path: Path, told: Handout, paper: Any, points: tuple[int, int]
) -> None:
    assert CHROMIUM
    assert shutil.which("pdftotext")
    page, pdf = tmp_path / "paper.html", tmp_path / "paper.pdf"
    page.write_bytes(render_handout(told, paper))
    subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={pdf}", page.as_uri(),
        ],
        capture_output=True,
        check=True,
    )  # fmt: skip
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info)
    assert size
    assert (round(float(size[1])), round(float(size[2]))) == points
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    pages = [" ".join(each.split()) for each in text.split("\f")]
    for part in told.parts:
        for card in part.cards:
            mistake = " ".join(card.exercise.mistake.split())
            [at] = [n for n, each in enumerate(pages) if mistake in each]
            assert card.exercise.name in pages[at]
            assert card.boxes[-1].word in pages[at].partition(mistake)[2]
    assert len(pages) - 1 <= 6


def test_the_command_writes_a_private_file_and_replaces_no_other(tmp_path: Path) -> None:
    home = tmp_path / "home"
    none = reloadpt(home, "handout", "-o", tmp_path / "a.html")
    assert (none.code, none.out) == (1, "")
    assert "--plan" in none.err
    home_in_use(home)
    out = tmp_path / "a.html"
    assert reloadpt(home, "handout", "-o", out).code == 0
    assert out.stat().st_mode & 0o777 == 0o600
    used = out.read_text(encoding="utf-8")
    assert reloadpt(home, "handout", "-o", out, "--plan", tmp_path / "home.plan.json").code == 0
    assert "@page { size: letter; }" not in used
    assert reloadpt(home, "handout", "-o", out, "--paper", "letter").code == 0
    assert "@page { size: letter; }" in out.read_text(encoding="utf-8")
    other = tmp_path / "mine.html"
    other.write_text("mine", encoding="utf-8")
    assert reloadpt(home, "handout", "-o", other).code == 1
    assert other.read_text(encoding="utf-8") == "mine"
    bad = tmp_path / "bad.plan.json"
    bad.write_text(json.dumps({"format": "reloadpt-plan/1"}), encoding="utf-8")
    assert reloadpt(home, "handout", "-o", out, "--plan", bad).code == 1
