"""``plan new`` by arguments, and what its screening leads to: everything that the pages can do."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pexpect
import pytest

from program_runs import LOW_BACK, Run, environment, reloadpt
from reloadpt.clock import now
from reloadpt.program.making import ScreeningAnswers
from reloadpt.program.screening import EXERCISE_ITEMS, ITEMS, THE_SEVEN, THE_WIDER, WIDER_ITEMS, effect_of
from reloadpt.wording import EXERCISE_SCREENING, SCREENING, SCREENING_WIDER

NO_STIM = ("--patient", "A-17", "--target", "multifidus:wake:both", "--emergency", "112")
NO_PHONE = ("--phone", "none")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "a.plan.json"


def new(home: Path, out: Path, *arguments: str, by: tuple[str, ...] = LOW_BACK) -> Run:
    return reloadpt(home, "plan", "new", *by, *arguments, "-o", out)


def written(out: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return told


def test_doses_and_what_is_left_out_come_from_arguments(home: Path, out: Path) -> None:
    done = new(
        home, out,
        "--dose", "multifidus/bird-dog:sets=2,reps=6,hold=8,rest=20,often=3/week,band=yellow band,from=activate",
        "--dose", "multifidus/bridge:tempo=2-1-4,load=2.5", "--omit", "multifidus/pallof-press",
    )  # fmt: skip
    assert done.code == 0, done
    dog, bridge, press = written(out)["doses"]
    assert (dog["sets"], dog["reps"], dog["hold_s"], dog["rest_s"]) == (2, 6, 8, 20)
    assert (dog["often"], dog["resistance"], dog["from_phase"]) == (
        {"times": 3, "per": "week"}, "yellow band", "activate",
    )  # fmt: skip
    assert (bridge["tempo"], bridge["load_kg"]) == ("2-1-4", 2.5)
    assert (press["exercise"], press["omit"]) == ("multifidus/pallof-press", True)


def test_a_plan_of_a_muscle_without_exercises_says_that_nothing_is_dealt(home: Path, out: Path) -> None:
    alone = ("--patient", "A-17", "--target", "serratus-anterior:left", "--emergency", "112", *NO_PHONE)
    done = new(home, out, by=alone)
    assert done.code == 0, done
    assert "Nothing is dealt: no muscle of it has exercises here." in done.err
    assert (written(out)["targets"], len(written(out)["also_needled"])) == ([], 1)
    out.unlink()
    assert new(home, out, "--target", "calf:calm:left", "--screen", "all=no", by=alone).code == 0
    assert [needled["muscle"] for needled in written(out)["also_needled"]] == ["serratus-anterior"]


def test_limits_ceilings_and_all_the_rest_come_from_arguments(home: Path, out: Path) -> None:
    done = new(
        home, out, "--target", "deltoid:calm:left:early:ceiling=reload:activate=2",
        "--limit", "reload=4", "--limit", "perform=3", "--cannot", "floor", "--cannot", "front",
        "--has", "chair", "--has", "band", "--cleared", "therapist", "--demanding", "multifidus/romanian-deadlift",
        "--ends", in_days(36), "--known-symptom", "numb left foot", "--fixed",
    )  # fmt: skip
    assert done.code == 0, done
    told = written(out)
    deltoid = told["targets"][2]
    assert (deltoid["early"], deltoid["ceiling"], deltoid["limits"]["activate"]) == (True, "reload", 2)
    assert told["limits"] == {"reload": 4, "perform": 3}
    assert (told["cannot"], told["has"], told["cleared"]) == (
        ["floor", "front"],
        ["chair", "band"],
        ["therapist"],
    )
    assert told["demanding"] == ["multifidus/romanian-deadlift"]
    assert told["ends"].startswith(in_days(36))
    assert (told["known_symptoms"], told["progression"]) == (["numb left foot"], "fixed")
    assert reloadpt(home, "plan", "check", out).code == 0
    reloadpt(home, "plan", "use", out)
    shown = reloadpt(home, "plan", "show").out
    for words in (
        "no further than reload",
        "4 in reload",
        "floor, front",
        "numb left foot",
        "stay as they are",
    ):
        assert words in shown


def in_days(days: int) -> str:
    return (now() + timedelta(days=days)).date().isoformat()


WRONG_DATES = {
    "needled tomorrow": ("--needled-at", in_days(1)),
    "needled years ago": ("--needled-at", in_days(-1099)),
    "an end in the past": ("--ends", in_days(-1)),
    "an end years ahead": ("--ends", in_days(367)),
    "a visit in the past": ("--next-visit", in_days(-1)),
    "a child due last year": ("--baby-due", in_days(-22)),
    "a child due in a year": ("--baby-due", in_days(281)),
    "a child due some day": ("--baby-due", "spring"),
}
GOOD_DATES = {
    "needled yesterday": ("--needled-at", in_days(-1)),
    "an end in a year": ("--ends", in_days(366)),
    "a child due in forty weeks": ("--baby-due", in_days(280)),
}


@pytest.mark.parametrize("name", [*WRONG_DATES, *GOOD_DATES])
def test_a_date_that_makes_no_sense_is_refused_and_nothing_is_written(
    home: Path, out: Path, name: str
) -> None:
    done = new(home, out, *(WRONG_DATES | GOOD_DATES)[name])
    assert out.exists() is (name in GOOD_DATES), done
    assert name in GOOD_DATES or (done.code == 1 and len(done.err.splitlines()) == 1), done


def test_a_plan_is_run_forward_and_says_where_there_is_nothing(home: Path, out: Path) -> None:
    done = new(
        home,
        out,
        "--cannot",
        "floor",
        "--most-exercises",
        "1",
        "--screen",
        "all=no",
        by=(*NO_STIM, *NO_PHONE),
    )
    assert [line for line in done.err.splitlines() if line.startswith("Run forward")] == [
        f"Run forward, {course} course:" for course in ("good", "middling", "poor")
    ]
    assert "prescribed sets fit into sessions of 1." in done.err
    told = json.loads(reloadpt(home, "plan", "check", out, "--json").out)
    good = told[0]
    assert [course["course"] for course in told] == ["good", "middling", "poor"]
    assert [week["week"] for week in good["weeks"]] == [1, 2, 3, 4, 5, 6]
    assert good["weeks"][0]["phases"]["multifidus"] == ["reset", "activate", "reload"]
    assert good["weeks"][5]["phases"]["multifidus"] == ["perform"]
    assert "perform" not in told[2]["weeks"][5]["phases"]["multifidus"]
    assert good["sets_left_out"] > 0


WRONG = {
    "a dose without a word": ("--dose", "multifidus/bird-dog"),
    "an unknown word": ("--dose", "multifidus/bird-dog:speed=2"),
    "a word twice": ("--dose", "multifidus/bird-dog:sets=2,sets=3"),
    "sets that are no number": ("--dose", "multifidus/bird-dog:sets=two"),
    "too many sets": ("--dose", "multifidus/bird-dog:sets=30"),
    "no sets": ("--dose", "multifidus/bird-dog:sets=0"),
    "a load that is none": ("--dose", "multifidus/bird-dog:load=nan"),
    "a load without end": ("--dose", "multifidus/bird-dog:load=1e999"),
    "an impossible frequency": ("--dose", "multifidus/bird-dog:often=3/month"),
    "an impossible tempo": ("--dose", "multifidus/bird-dog:tempo=fast"),
    "an unknown exercise": ("--dose", "multifidus/bird-cat:sets=2"),
    "an exercise of no target": ("--dose", "deltoid/pendulum:sets=2"),
    "a change twice": ("--dose", "multifidus/bridge:sets=2", "--omit", "multifidus/bridge"),
    "no exercise": ("--omit", "bridge"),
    "an unknown demanding one": ("--demanding", "multifidus/bird-cat"),
    "an unknown cleared one": ("--cleared", "multifidus/bird-cat"),
    "a limit of 11": ("--limit", "reload=11"),
    "a limit of no phase": ("--limit", "later=3"),
    "a limit twice": ("--limit", "reload=3", "--limit", "reload=4"),
    "a ceiling of no phase": ("--target", "deltoid:calm:ceiling=later"),
    "two ceilings": ("--target", "deltoid:calm:ceiling=reset:ceiling=reload"),
    "equipment nobody has": ("--has", "sofa"),
    "a body that cannot": ("--cannot", "fly"),
    "a share key that is none": ("--share-key", "age1abc"),
    "a secret share key": ("--share-key", "AGE-SECRET-KEY-1ABC"),
    "an unknown condition": ("--screen", "sunburn=no"),
    "a yes to everything": ("--screen", "wider=yes"),
    "a reason without a name": ("--screen", "infection=yes:healed"),
    "an empty reason": ("--screen", "infection=yes: :the clinic"),
    "hostile text": ("--dose", "\x1b[31m[/]<script>:sets=2"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_in_plain_words_and_nothing_is_written(
    home: Path, out: Path, name: str
) -> None:
    done = new(home, out, *WRONG[name])
    assert done.code in (1, 2)
    assert 0 < len(done.err) < 1500
    assert "Traceback" not in done.err
    assert "\x1b" not in done.err
    assert not out.exists()


def test_without_arguments_or_a_terminal_it_says_which_arguments(home: Path) -> None:
    done = reloadpt(home, "plan", "new")
    assert done.code == 2
    assert "--patient" in done.err
    assert "--target" in done.err
    assert not home.exists()
    for part in (("--patient", "A"), ("--patient", "A", "--target", "multifidus"), ("--note", "x")):
        assert "Missing option" in reloadpt(home, "plan", "new", *part).err


@pytest.mark.parametrize("condition", [*THE_SEVEN, *THE_WIDER], ids=lambda each: each.item)
def test_every_condition_has_words_and_a_source(condition: Any) -> None:
    words = SCREENING | EXERCISE_SCREENING | SCREENING_WIDER
    assert words[condition.item].text
    assert words[condition.item].source
    assert condition.source
    assert effect_of(condition.item) == condition.effect


def test_the_seven_are_never_left_out_and_the_wider_list_is_kept_where_it_was_answered() -> None:
    assert [each.answer for each in ScreeningAnswers().screened()] == ["unanswered"] * 15
    asked = (*ITEMS, *EXERCISE_ITEMS)
    assert [each.item for each in ScreeningAnswers.parse(["wider=no"]).screened()] == [*asked, *WIDER_ITEMS]
    assert [each.item for each in ScreeningAnswers.parse(["diabetes=yes"]).screened()] == [*asked, "diabetes"]
    assert {each.answer for each in ScreeningAnswers.parse(["all=no"]).screened()} == {"no"}
    unknown = ScreeningAnswers.parse(["all=no", "falls=unanswered"]).screened()
    assert [each.item for each in unknown if each.answer == "unanswered"] == ["falls"]


STIM_ONLY = [each.item for each in THE_WIDER if each.bars_stim]


@pytest.mark.parametrize("item", STIM_ONLY)
def test_what_bars_only_e_stim_is_a_caution_without_it(home: Path, out: Path, item: str) -> None:
    done = new(home, out, "--screen", f"{item}=yes")
    assert done.code == 1
    assert item in done.err
    assert not out.exists()
    done = new(home, out, "--screen", f"{item}=yes", by=(*NO_STIM, *NO_PHONE))
    assert done.code == 0
    assert "Go carefully" in done.err
    told = written(out)
    told["targets"][0]["stim"] = True
    out.write_text(json.dumps(told), encoding="utf-8")
    assert reloadpt(home, "plan", "check", out).code == 1


@pytest.mark.parametrize("item", ["active-tumour", "compromised-immunity", "needle-phobia", "lymphoedema"])
def test_what_bars_any_needle_wants_a_reason_and_a_name(home: Path, out: Path, item: str) -> None:
    assert new(home, out, "--screen", f"{item}=yes", by=(*NO_STIM, *NO_PHONE)).code == 1
    assert not out.exists()
    done = new(home, out, "--screen", f"{item}=yes:far from it:the doctor", by=(*NO_STIM, *NO_PHONE))
    assert done.code == 0
    assert "Made all the same: far from it (the doctor)." in done.err


def test_check_and_show_tell_what_to_be_careful_about(home: Path, out: Path) -> None:
    answers = ("--screen", "all=no", "--screen", "wider=no", "--screen", "anticoagulants=yes", "--screen",
               "diabetes=yes", "--screen", "compromised-immunity=yes:agreed:the doctor")  # fmt: skip
    assert new(home, out, *answers).code == 0
    reloadpt(home, "plan", "use", out)
    for told in (reloadpt(home, "plan", "check", out).err, reloadpt(home, "plan", "show").out):
        assert "Go carefully: On blood thinners" in told
        assert "Go carefully: Diabetes." in told
        assert "Refer before going on: An immune system" in told
        assert "agreed (the doctor)" in told
        assert "Not answered" not in told


def test_in_a_terminal_the_seven_are_asked_one_by_one_and_the_other_lists_at_once(
    home: Path, out: Path
) -> None:
    child = pexpect.spawn(
        sys.executable, ["-m", "reloadpt", "plan", "new", *NO_STIM, *NO_PHONE, "-o", str(out)],
        env=environment(home), encoding="utf-8", timeout=None, dimensions=(50, 100),
    )  # fmt: skip
    for _ in range(7):
        child.expect(r"\[y/n\]")
        child.sendline("n")
    child.expect("Which of these hold")
    child.sendline("1 3?")
    child.expect("Which of these hold")
    child.sendline("11, 1000")
    child.expect("Nothing was written")
    child.expect(pexpect.EOF)
    assert not out.exists()
    child = pexpect.spawn(
        sys.executable, ["-m", "reloadpt", "plan", "new", *NO_STIM, *NO_PHONE, "--screen", "all=no", "-o", str(out)],
        env=environment(home), encoding="utf-8", timeout=None, dimensions=(50, 100),
    )  # fmt: skip
    child.expect("Which of these hold")
    child.sendline("11")
    child.expect(pexpect.EOF)
    held = [each["item"] for each in written(out)["screened"] if each["answer"] == "yes"]
    assert held == ["diabetes"]


def test_the_pages_open_in_a_terminal_and_write_beside_the_person(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    assert new(home, tmp_path / "before.plan.json", "--phone", "0123", by=NO_STIM).code == 0
    child = pexpect.spawn(
        sys.executable, ["-m", "reloadpt", "plan", "new"], cwd=str(folder),
        env={**environment(home), "TERM": "xterm-256color"}, encoding="utf-8", timeout=None, dimensions=(24, 80),
    )  # fmt: skip
    steps = (
        ("A plan for whom", "A-17\r"), ("type a few letters", "lum\rmul\r"), ("Picked: Low back, the long muscles; Low back", "\r"), ("What is wanted", "\r"),
        ("so\\?", "n"), ("for the exercises", "n"), ("wider list", "n"), ("doses to begin", "\r"), ("Limits", "\r"), ("Whom to call.*0123.*112", "\r"),
        ("This is the plan", "\r"),
    )  # fmt: skip
    for shown, typed in steps:
        child.expect(shown)
        child.send(typed)
    child.expect("A-17.plan.json")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert sorted(path.name for path in folder.iterdir()) == ["A-17.handout.html", "A-17.plan.json"]
    assert reloadpt(home, "plan", "use", folder / "A-17.plan.json").code == 0


@pytest.mark.parametrize(
    ("given", "missing"), [(("--phone", "none"), "--emergency"), (("--emergency", "none"), "--phone")]
)
def test_whom_to_call_is_never_assumed(home: Path, out: Path, given: tuple[str, ...], missing: str) -> None:
    by = ("--patient", "A-17", "--target", "multifidus:wake")
    done = new(home, out, *given, by=by)
    assert done.code == 2
    assert f"Missing option '{missing}'" in done.err
    assert not out.exists()


def test_none_is_an_answer_and_is_said(home: Path, out: Path) -> None:
    by = ("--patient", "A-17", "--target", "multifidus:wake", "--phone", "none", "--emergency", "None")
    done = new(home, out, by=by)
    assert done.code == 0, done
    assert "No emergency number is given" in done.err
    assert "after a warning sign only the emergency number of your country is shown" in done.err
    assert not {"phone", "emergency"} & {name for name, value in written(out)["contact"].items() if value}


def test_in_a_terminal_the_last_numbers_are_offered_and_enter_confirms_them(home: Path, out: Path) -> None:
    by = ("--patient", "A-17", "--target", "multifidus:wake", "--screen", "all=no", "--screen", "wider=no")
    for zone, typed, number in (
        ("Europe/Berlin", ("none", ""), "112"),
        ("Asia/Tokyo", ("0123", "119"), "119"),
        ("Europe/Berlin", ("", ""), "119"),
    ):
        child = pexpect.spawn(
            sys.executable, ["-m", "reloadpt", "plan", "new", *by, "-o", str(out)],
            env=environment(home) | {"TZ": zone}, encoding="utf-8", timeout=None, dimensions=(50, 160),
        )  # fmt: skip
        child.expect("clinic's number, or none")
        child.sendline(typed[0])
        child.expect(
            "emergency number, or none [(]112, as in Germany" if number == "112" else "emergency number"
        )
        child.sendline(typed[1])
        child.expect(pexpect.EOF)
        contact = written(out)["contact"]
        assert contact["emergency"] == number
        assert contact.get("phone") == ("0123" if number == "119" else None)


def test_leaving_the_pages_writes_nothing_and_says_so(home: Path, tmp_path: Path) -> None:
    child = pexpect.spawn(
        sys.executable, ["-m", "reloadpt", "plan", "new"], cwd=str(tmp_path),
        env={**environment(home), "TERM": "xterm-256color"}, encoding="utf-8", timeout=None, dimensions=(24, 80),
    )  # fmt: skip
    child.expect("A plan for whom")
    child.send("\x1b")
    child.expect("No plan was written")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [NO_PHONE, ("--phone", "0123"), (*NO_PHONE, "--out-of-hours", "0456")])
def test_a_plan_without_a_number_of_the_clinic_says_what_that_means(
    home: Path, out: Path, given: tuple[str, ...]
) -> None:
    done = new(home, out, *given, by=NO_STIM)
    said = "No number of the clinic is given: after a warning sign only 112 is shown."
    assert done.code == 0, done
    assert "plan for A-17, 1 muscle.\n" in done.err
    assert (said in done.err) is (given == NO_PHONE)
    assert reloadpt(home, "plan", "use", out).code == 0
    assert (said in reloadpt(home, "plan", "show").out) is (given == NO_PHONE)
