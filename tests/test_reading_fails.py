"""What is there and cannot be read: one sentence and exit code 1, and nothing that is no file is ever waited for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from program_runs import environment, home_in_use, reloadpt
from reloadpt.clinic import receiving
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.importing import import_all
from reloadpt.crash import NAME as NOTE
from reloadpt.crash import crash_sentence, exit_code
from reloadpt.files import Trouble, read_bytes, write_out
from reloadpt.journal.chain import verify_file
from reloadpt.measures.course import Course
from reloadpt.trouble import Fault
from sample_logs import at, begins, entries_of, lines_of, sat

WAIT_S = 60
COMMANDS = (
    ("today",), ("checkin", "--pain", "3"), ("log", "show"), ("log", "verify"), ("plan", "show"), ("share", "-o", "r.html"),
    ("export", "--as", "csv", "-o", "out"), ("clinic", "list"), ("clinic", "verify"), ("remind", "-o", "r.ics"), ("--plain",),
)  # fmt: skip
KEPT = (
    "journal.jsonl",
    "journal.state.json",
    "settings.toml",
    "thresholds.json",
    "clinic.key",
    "turn",
    "caseload/joined.jsonl",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = home_in_use(tmp_path_factory.mktemp("whole") / "home")
    assert reloadpt(home, "checkin", "--pain", "4").code == 0
    return home


def put(home: Path, name: str, kind: str) -> None:
    path = home / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "link to nowhere":
            path.symlink_to(home / "nowhere")
        case "link to itself":
            path.symlink_to(path)
        case "device":
            path.symlink_to("/dev/zero")


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to nowhere", "link to itself", "device"])
@pytest.mark.parametrize("name", KEPT)
def test_what_is_no_file_in_the_place_of_one_is_never_waited_for(
    whole: Path, tmp_path: Path, name: str, kind: str
) -> None:
    home = tmp_path / "home"
    shutil.copytree(whole, home)
    put(home, name, kind)
    commands = COMMANDS if name == "journal.jsonl" and kind == "pipe" else (("today",), ("clinic", "list"))
    for arguments in commands:
        done = subprocess.run(
            [sys.executable, "-m", "reloadpt", *arguments], env=environment(home), cwd=tmp_path,
            capture_output=True, text=True, timeout=WAIT_S, check=False, input="",
        )  # fmt: skip
        assert done.returncode in (0, 1), done
        assert not (home / NOTE).exists()
        if done.returncode:
            assert name.rsplit("/", maxsplit=1)[-1] in done.stderr
            assert done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize("arguments", [("plan", "check"), ("plan", "use"), ("clinic", "import"), ("log", "verify"), ("exercises", "check")])  # fmt: skip
def test_a_file_that_is_named_and_is_none_is_told(
    whole: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    for path in (tmp_path / "pipe.json", Path("/dev/zero"), tmp_path / "nothing"):
        done = reloadpt(whole, *arguments, path)
        assert done.code == 1, done


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("arguments", [("today",), ("log", "show"), ("log", "show", "--json"), ("log", "schema"), ("--help",)])  # fmt: skip
def test_a_full_disk_behind_the_output_is_no_mistake_of_ours(whole: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reloadpt", *arguments], env=environment(whole), stdout=full,
            stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done
    assert "no space left" in done.stderr.lower()
    assert not (whole / NOTE).exists()


def test_what_the_system_says_is_told_with_the_file() -> None:
    error = OSError(5, "Input/output error", "/home/x/a.jsonl")
    assert exit_code(error) == 1
    assert crash_sentence(error).startswith("/home/x/a.jsonl: the system says: Input/output error.")


# Our own mistakes -----------------------------------------------------------------------------------------


def test_a_mistake_of_ours_is_never_called_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops this file and no other, is noted, and ends with 70."""
    monkeypatch.setenv("RELOADPT_HOME", str(tmp_path))
    logs = [tmp_path / f"{n}.jsonl" for n in range(2)]
    for n, path in enumerate(logs):
        path.write_bytes(lines_of(entries_of((at(0), begins(f"p{n}", patient=f"P-{n}")), *sat(n))))

    class Broken(Course):
        def fold(self, entries: object) -> None:
            if any(entry.n == 4 for entry in entries):  # type: ignore[attr-defined]  # whatever it is
                raise KeyError("ours")

    monkeypatch.setattr(receiving, "Course", Broken)
    results = list(import_all(logs, Caseload(tmp_path / "caseload"), None))
    assert [(result.kind, result.fault) for result in results] == [("rejected", True)] * 2
    assert "a mistake in it, not in the log" in results[0].why
    assert (tmp_path / NOTE).exists()
    assert exit_code(Fault("x")) == 70
    assert exit_code(Trouble("x")) == 1


# Where things are written ---------------------------------------------------------------------------------


def test_a_link_is_followed_and_what_is_no_file_refused(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "there")
    write_out(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there").read_bytes() == b"new"
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    for name in ("pipe", "round", "."):
        with pytest.raises(Trouble):
            write_out(tmp_path / name, b"x")
    with pytest.raises(Trouble):
        write_out(Path("/dev/null"), b"x")
    assert read_bytes(tmp_path / "there", 10) == b"new"


def test_a_dash_is_the_output(whole: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(whole, home)
    for arguments, begins_with in (
        (("share", "-o", "-"), "<!DOCTYPE html>"), (("handout", "-o", "-"), "<!DOCTYPE html>"), (("remind", "-o", "-"), "BEGIN:VCALENDAR"),
    ):  # fmt: skip
        done = reloadpt(home, *arguments, cwd=tmp_path)
        assert done.code == 0, done
        assert done.out.lower().startswith(begins_with.lower())
    assert not (tmp_path / "-").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_report_that_did_not_go_out_is_not_noted(whole: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(whole, home)
    arguments = [sys.executable, "-m", "reloadpt", "share", "-o", "-"]
    before = (home / "journal.jsonl").read_bytes().count(b'"kind":"shared"')
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(arguments, env=environment(home), stdout=full, check=False)
    assert done.returncode == 1
    assert (home / "journal.jsonl").read_bytes().count(b'"kind":"shared"') == before
    went_out = reloadpt(home, "share", "-o", "-")
    assert went_out.code == 0
    assert (home / "journal.jsonl").read_bytes().count(b'"kind":"shared"') == before + 1


def test_a_report_that_is_not_written_is_not_noted(whole: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(whole, home)
    before = (home / "journal.jsonl").read_bytes()
    os.mkfifo(tmp_path / "pipe.html")
    for out in (tmp_path / "pipe.html", tmp_path / "nowhere" / "r.html", tmp_path):
        assert reloadpt(home, "share", "-o", out).code == 1
    assert (home / "journal.jsonl").read_bytes() == before
    assert reloadpt(home, "share", "-o", tmp_path / "r.html").code == 0
    assert verify_file(home / "journal.jsonl").entries == before.count(b"\n") + 2  # what was due, and shared
    assert (home / "journal.jsonl").read_bytes() in (tmp_path / "r.html").read_bytes()


def test_a_folder_that_was_opened_to_others_is_closed_again(whole: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(whole, home)
    home.chmod(0o755)
    assert reloadpt(home, "checkin", "--pain", "3").code == 0
    assert home.stat().st_mode & 0o777 == 0o700
