"""The commands as a person calls them: what they answer, on which stream, with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from program_runs import LOW_BACK, environment, home_in_use, in_terminal, reloadpt
from reloadpt import __version__
from reloadpt.files import without_nulls
from reloadpt.program.library import Library
from reloadpt.program.programme import PHASES

BAD: dict[str, bytes] = {
    "empty": b"",
    "not JSON": b"hello",
    "wrong type": b"[1, 2]",
    "missing field": b'{"format": "reloadpt-plan/1"}',
    "unknown muscle": json.dumps(
        {
            "format": "reloadpt-plan/1",
            "id": "x",
            "patient": "A",
            "made_at": "2026-11-20T09:30:00+01:00",
            "targets": [{"muscle": "multifidos", "needled_at": "2026-11-20T09:00:00+01:00"}],
        }
    ).encode(),
    "deep": b"[" * 200_000,
    "binary": bytes(range(256)) * 40,
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_the_version_is_a_line_on_stdout(home: Path) -> None:
    done = reloadpt(home, "--version")
    assert (done.code, done.out, done.err) == (0, f"reloadpt {__version__}\n", "")


def test_without_a_terminal_the_app_says_what_to_do_instead(home: Path) -> None:
    done = reloadpt(home)
    assert done.code == 2
    assert "--plain" in done.err
    assert "\x1b" not in done.out + done.err


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("today", "--at", "tomorrow"), ("plan", "new"), ("--wrong",)]
)
def test_a_wrong_call_exits_with_2(home: Path, arguments: tuple[str, ...]) -> None:
    done = reloadpt(home, *arguments)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_help_lists_every_command(home: Path) -> None:
    done = reloadpt(home, "--help")
    assert done.code == 0
    for command in ("today", "plan", "log", "share", "clinic", "exercises"):
        assert command in done.out


@pytest.mark.parametrize("arguments", [("today",), ("plan", "show"), ("log", "show"), ("log", "verify")])
def test_before_there_is_a_plan_it_says_how_to_get_one(home: Path, arguments: tuple[str, ...]) -> None:
    done = reloadpt(home, *arguments)
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert not home.exists()


def test_a_plan_is_made_checked_used_and_shown(home: Path, tmp_path: Path) -> None:
    plan = tmp_path / "a17.plan.json"
    assert reloadpt(home, "plan", "new", *LOW_BACK, "--screen", "all=no", "-o", plan).code == 0
    told = json.loads(plan.read_text(encoding="utf-8"))
    assert [target["intent"] for target in told["targets"]] == ["calm", "wake"]
    assert told["targets"][1]["stim"] is True
    assert {each["answer"] for each in told["screened"]} == {"no"}
    assert plan.stat().st_mode & 0o077 == 0
    assert reloadpt(home, "plan", "check", plan).code == 0
    assert "in use" in reloadpt(home, "plan", "use", plan).err
    assert "already" in reloadpt(home, "plan", "use", plan).err
    shown = json.loads(reloadpt(home, "plan", "show", "--json").out)
    assert without_nulls(shown) == without_nulls(told)
    assert len(reloadpt(home, "log", "show", "--json").out.splitlines()) == 2


def test_screening_that_was_not_answered_is_written_and_shown_as_unanswered(
    home: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "a17.plan.json"
    done = reloadpt(home, "plan", "new", *LOW_BACK, "-o", plan)
    assert done.code == 0
    assert "Not answered" in done.err
    told = json.loads(plan.read_text(encoding="utf-8"))
    assert len(told["screened"]) == 15
    assert {each["answer"] for each in told["screened"]} == {"unanswered"}
    reloadpt(home, "plan", "use", plan)
    assert "Not answered" in reloadpt(home, "plan", "show").out
    assert "Not answered" in reloadpt(home, "today").out


@pytest.mark.parametrize("item", ["pacemaker", "active-tumour", "recent-surgery", "infection"])
def test_a_barring_answer_makes_no_plan_without_a_reason_and_a_name(
    home: Path, tmp_path: Path, item: str
) -> None:
    plan = tmp_path / "a17.plan.json"
    done = reloadpt(home, "plan", "new", *LOW_BACK, "--screen", f"{item}=yes", "-o", plan)
    assert done.code == 1
    assert item in done.err
    assert not plan.exists()
    override = f"{item}=yes:far from the area:the clinic"
    assert reloadpt(home, "plan", "new", *LOW_BACK, "--screen", override, "-o", plan).code == 0
    told = json.loads(plan.read_text(encoding="utf-8"))
    kept = next(each for each in told["screened"] if each["item"] == item)
    assert kept["override"] == {"reason": "far from the area", "by": "the clinic"}
    kept["override"] = None
    plan.write_text(json.dumps(told), encoding="utf-8")
    for command in ("check", "use"):
        assert reloadpt(home, "plan", command, plan).code == 1
    assert not (home / "journal.jsonl").exists()


@pytest.mark.parametrize("target", ["multifidos:wake", "multifidus:sleep", "multifidus:wake:calm", "deltoid"])
def test_a_wrong_target_is_named(home: Path, tmp_path: Path, target: str) -> None:
    plan = tmp_path / "p.plan.json"
    done = reloadpt(home, "plan", "new", "--patient", "A", "--target", target, "-o", plan)
    assert done.code == 1
    assert target.split(":", maxsplit=1)[0] in done.err
    assert not plan.exists()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_plan_file_changes_nothing(home: Path, tmp_path: Path, name: str) -> None:
    home_in_use(home)
    before = (home / "journal.jsonl").read_bytes()
    plan = tmp_path / "bad.plan.json"
    plan.write_bytes(BAD[name])
    for command in ("check", "use"):
        done = reloadpt(home, "plan", command, plan)
        assert done.code == 1
        assert 0 < len(done.err) < 600
        assert "Traceback" not in done.err
    assert (home / "journal.jsonl").read_bytes() == before


def test_a_plan_of_200_megabytes_is_refused_at_once(home: Path, tmp_path: Path) -> None:
    plan = tmp_path / "big.plan.json"
    with plan.open("wb") as handle:
        handle.truncate(200 * 1024 * 1024)
    done = reloadpt(home, "plan", "use", plan)
    assert done.code == 1
    assert "larger than" in done.err
    assert not home.exists()


def test_today_is_reset_on_the_first_day_and_activate_on_the_third(home: Path) -> None:
    home_in_use(home)
    first = json.loads(reloadpt(home, "today", "--at", "2026-11-20T15:00:00+01:00", "--json").out)
    assert first["phase"] == {"lumbar-paraspinals": "reset", "multifidus": "reset"}
    third = json.loads(reloadpt(home, "today", "--at", "2026-11-22T09:00:00+01:00", "--json").out)
    assert third["phase"] == {"lumbar-paraspinals": "activate", "multifidus": "activate"}
    for told in (first, third):
        assert set(told) == {"phase", "items", "locked", "checkin"}
        assert told["locked"] is None
        assert told["checkin"] is True
        assert 0 < len(told["items"]) <= 4
        for item in told["items"]:
            assert set(item) == {
                "exercise", "side", "phase", "intent", "sets", "reps", "hold_s", "load_kg", "rest_s", "why",
            }  # fmt: skip
            assert item["why"]
    woken = [item for item in third["items"] if item["intent"] == "wake"]
    assert woken
    assert not any("stretch" in item["exercise"] for item in woken)


@pytest.mark.parametrize("broken", ["byte", "missing", "swapped", "twice"])
def test_a_journal_that_was_changed_is_named_by_line(home: Path, tmp_path: Path, broken: str) -> None:
    home_in_use(home)
    lines = (home / "journal.jsonl").read_bytes().splitlines(keepends=True)
    assert reloadpt(home, "log", "verify").code == 0
    # three lines are needed to swap two of them
    from reloadpt.journal.entries import read_line, write_line
    from reloadpt.journal.events import Note

    last = read_line(lines[-1].rstrip(b"\n"))
    for text in ("one", "two"):
        line = write_line(last.n + 1, last.h, last.at, Note(text=text))
        last = read_line(line)
        lines.append(line + b"\n")
    match broken:
        case "byte":
            lines[2] = lines[2].replace(b"one", b"ona")
            at = 3
        case "missing":
            del lines[2]
            at = 3
        case "swapped":
            lines[2], lines[3] = lines[3], lines[2]
            at = 3
        case _:
            lines.insert(3, lines[2])
            at = 4
    file = tmp_path / "changed.jsonl"
    file.write_bytes(b"".join(lines))
    done = reloadpt(home, "log", "verify", file)
    assert done.code == 1
    assert f"line {at}" in done.err


def test_a_torn_tail_is_told_and_is_no_break(home: Path) -> None:
    home_in_use(home)
    with (home / "journal.jsonl").open("ab") as handle:
        handle.write(b'{"n":2,"prev":"')
    done = reloadpt(home, "log", "verify")
    assert done.code == 0
    assert "torn" in done.err


def test_exercises_are_listed_shown_and_checked(home: Path, tmp_path: Path) -> None:
    told = json.loads(reloadpt(home, "exercises", "list", "--json").out)
    library = Library()
    assert len(told) == sum(len(library.programme(muscle).exercises) for muscle in library.muscles)
    fields = {"id", "name", "muscle", "phase", "intent", "position", "equipment"}
    assert set(told[0]) == fields | {"version", "reviewed_by"}
    shown = reloadpt(home, "exercises", "show", "multifidus/bird-dog")
    assert "Bird dog" in shown.out
    assert reloadpt(home, "exercises", "show", "multifidus/bird-dogg").code == 1
    assert reloadpt(home, "exercises", "check").code == 0
    bad = tmp_path / "multifidus.json"
    bad.write_text('{\n"format": "reloadpt-programme/9"}', encoding="utf-8")
    done = reloadpt(home, "exercises", "check", bad)
    assert done.code == 1
    assert f"{bad}, line 2: format" in done.err


def test_a_figure_is_drawn_where_it_is_asked_for_and_in_a_terminal(home: Path) -> None:
    plain = reloadpt(home, "exercises", "show", "multifidus/bird-dog").out
    drawn = reloadpt(home, "exercises", "show", "multifidus/bird-dog", "--figure").out
    assert not any(0x2800 <= ord(sign) <= 0x28FF for sign in plain)
    assert drawn.endswith(plain)
    figure = drawn.removesuffix(plain).splitlines()
    assert sum(0x2800 < ord(sign) <= 0x28FF for sign in drawn) > 100
    assert max(map(len, figure)) <= 80
    assert figure[-2].split() == ["start", "end"]
    shown = in_terminal(home, "exercises", "show", "multifidus/bird-dog")
    assert sum(0x2800 < ord(sign) <= 0x28FF for sign in shown) > 100
    narrow = in_terminal(home, "exercises", "show", "multifidus/bird-dog", size=(8, 20))
    assert "Bird dog" in narrow
    assert not any(0x2800 <= ord(sign) <= 0x28FF for sign in narrow)


def test_a_new_programme_passes_the_check_and_replaces_nothing(home: Path, tmp_path: Path) -> None:
    made = reloadpt(home, "exercises", "new", "my-arm", cwd=tmp_path)
    assert (made.code, made.out) == (0, "")
    path = tmp_path / "my-arm.json"
    assert reloadpt(home, "exercises", "check", path).code == 0
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["muscle"] == "my-arm"
    assert {each["phase"] for each in told["exercises"]} == set(PHASES)
    path.write_text("mine", encoding="utf-8")
    again = reloadpt(home, "exercises", "new", "my-arm", cwd=tmp_path)
    assert again.code == 1
    assert "nothing was written" in again.err
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_new_programme_of_a_known_muscle_is_a_copy_to_change(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "multifidus.json"
    assert reloadpt(home, "exercises", "new", "multifidus", "-o", path).code == 0
    (tmp_path / "programme.schema.json").write_text(reloadpt(home, "exercises", "schema").out)
    checked = reloadpt(home, "exercises", "check", tmp_path)
    assert (checked.code, checked.out) == (0, "1 file, 0 problems\n")
    assert len(json.loads(path.read_text(encoding="utf-8"))["exercises"]) == 17


@pytest.mark.parametrize("muscle", ["../x", "My Arm", "", "x" * 61, "a--b"])
def test_a_new_programme_needs_a_name_that_can_be_a_file(home: Path, tmp_path: Path, muscle: str) -> None:
    done = reloadpt(home, "exercises", "new", muscle, cwd=tmp_path)
    assert done.code == 1
    assert "small letters" in done.err
    assert not list(tmp_path.iterdir())


def test_the_pages_to_read_are_listed_and_told_as_plain_text(home: Path) -> None:
    assert len(reloadpt(home, "learn").out.splitlines()) == 6
    page = reloadpt(home, "learn", "soreness")
    assert page.code == 0
    assert "[1] Martín-Pintado-Zugasti 2016" in page.out
    wrong = reloadpt(home, "learn", "sorness")
    assert wrong.code == 1
    assert "needling, overactive" in wrong.err


QUICK = [
    ("--help",),
    ("exercises", "show", "multifidus/bird-dog", "--figure"),
    ("exercises", "new", "my-arm"),
    ("handout", "-o", "paper.html"),
    ("learn", "soreness"),
    ("--version",),
    ("today",),
    ("log", "show"),
    ("log", "verify"),
    ("plan", "show"),
    ("exercises", "list"),
    ("share", "-o", "out.html"),
    ("export", "--as", "csv", "-o", "out"),
    ("export", "--as", "fhir", "-o", "out.json"),
    ("export", "--as", "jsonl", "-o", "out.jsonl"),
    ("remind", "-o", "out.ics"),
    ("clinic", "export", "--as", "csv", "-o", "out"),
    ("clinic", "list"),
]


@pytest.mark.parametrize("arguments", QUICK, ids=" ".join)
def test_what_needs_no_screen_does_not_import_textual_or_numpy(
    home: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    home_in_use(home)
    script = (
        "import sys\n"
        "from reloadpt.__main__ import main\n"
        "try:\n    main()\n"
        "except SystemExit as leave:\n    code = leave.code\n"
        "else:\n    code = 0\n"
        "heavy = {'textual', 'numpy', 'rich'} & set(sys.modules)\n"
        "sys.stderr.write(f'HEAVY {sorted(heavy)} {code}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        env=environment(home),
        cwd=tmp_path,
        check=False,
    )
    assert "HEAVY [] 0" in done.stderr, done.stderr


def test_the_app_does_import_textual(home: Path) -> None:
    """The check above can fail: the app's own module brings Textual in."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys, reloadpt.tui.patient.app; print('textual' in sys.modules)"],
        capture_output=True,
        text=True,
        env=environment(home),
        check=True,
    )
    assert done.stdout == "True\n"
