"""A therapist's whole round in a real terminal, by keys alone; and the demo, which leaves nothing behind."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import pexpect
import pytest

from clinic_runs import write_reports
from program_runs import reloadpt
from terminal_runs import Terminal


def in_folder(folder: Path, *arguments: str) -> tuple[str, ...]:
    folder.mkdir(exist_ok=True)
    return ("sh", "-c", f'cd "{folder}" && exec "{sys.executable}" -m reloadpt {" ".join(arguments)}')


def test_import_open_the_worst_read_why_mark_it_seen_change_the_plan_write_it(tmp_path: Path) -> None:
    write_reports(tmp_path / "inbox", "F-2", "S-3")
    (tmp_path / "inbox" / "bad.html").write_bytes(b"no report")
    home, plans = tmp_path / "home", tmp_path / "plans"
    terminal = Terminal(home, in_folder(plans, "clinic"))
    try:
        terminal.until("Nobody here yet")
        terminal.press("i")
        terminal.until("Import which file or folder?")
        terminal.press(f"{tmp_path / 'inbox'}\r")
        terminal.until("Imported: 3 of 3 files")
        terminal.until("1 rejected")
        terminal.press(" ")
        terminal.until("2 patients")
        terminal.until("this week F-2")
        terminal.press(" ")
        terminal.until("check-in: pain 8")
        terminal.press("m")
        terminal.until("Which did you see?")
        terminal.press("1")
        terminal.until("A note for later")
        terminal.press("called\r")
        terminal.until("seen 26", ": called")
        terminal.press("p")
        terminal.until("Limits, and what is at home")
        terminal.press("activate=5 reload=5 perform=5\r")
        terminal.until("what was needled again today?")
        terminal.press(" ")
        terminal.until("needled today")
        terminal.press("\r")
        terminal.until("Which muscles were needled?")
        terminal.press("\r")
        terminal.until("What is wanted of each?")
        terminal.press("\r")
        terminal.until("is any of these so?")
        terminal.press("n")
        terminal.until("for the exercises")
        terminal.press("n")
        terminal.until("and any of these?")
        terminal.press("n")
        terminal.until("The doses to begin with")
        terminal.press("+\r")
        terminal.until("Whom to call")
        terminal.press("\r")
        terminal.until("This is the plan")
        terminal.press("\r")
        terminal.until("F-2.plan.json")
        terminal.press("\x1b")
        terminal.until("2 patients")
        terminal.press("q")
        terminal.child.expect(pexpect.EOF)
        assert terminal.child.wait() == 0
    finally:
        terminal.kill()
    assert reloadpt(home, "plan", "check", plans / "F-2.plan.json").code == 0
    assert (plans / "F-2.handout.html").stat().st_size > 10_000
    listed = json.loads(reloadpt(home, "clinic", "list", "--json").out)
    assert {each["patient"] for each in listed} == {"F-2", "S-3"}
    [flares] = [each for each in listed if each["patient"] == "F-2"]
    assert all(alert["seen"]["note"] == "called" for alert in flares["alerts"])
    plan = json.loads((plans / "F-2.plan.json").read_text())
    assert plan["patient"] == "F-2"
    assert plan["start_pain"] == 8


@pytest.mark.parametrize("clinic", [(), ("--clinic",)], ids=["patient", "clinic"])
def test_the_demo_says_that_all_is_invented_touches_no_home_and_is_gone_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clinic: tuple[str, ...]
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    home = tmp_path / "home"
    terminal = Terminal(home, in_folder(tmp_path / "here", "demo", *clinic))
    try:
        terminal.until("invented data")
        [folder] = temporary.glob("reloadpt-demo-*")
        assert folder.stat().st_mode & 0o777 == 0o700
        terminal.press("\x11")
        terminal.child.expect(pexpect.EOF)
        assert terminal.child.wait() == 0
    finally:
        terminal.kill()
    assert list(temporary.iterdir()) == []
    assert not home.exists()
    assert list((tmp_path / "here").iterdir()) == []


def test_a_demo_whose_window_is_closed_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    terminal = Terminal(tmp_path / "home", in_folder(tmp_path / "here", "demo"))
    try:
        terminal.until("invented data")
        terminal.child.kill(signal.SIGHUP)
        terminal.child.expect(pexpect.EOF)
        terminal.child.wait()
    finally:
        terminal.kill()
    assert list(temporary.iterdir()) == []


def test_without_a_terminal_the_demo_and_the_app_say_so(tmp_path: Path) -> None:
    for arguments in (("demo",), ("demo", "--clinic"), ("clinic",)):
        done = reloadpt(tmp_path / "home", *arguments)
        assert done.code == 2
        assert "terminal" in done.err
    assert not (tmp_path / "home").exists()


def test_a_watched_folder_is_taken_in_from_the_command_line_until_it_is_ended(tmp_path: Path) -> None:
    drop, waiting = tmp_path / "drop", write_reports(tmp_path / "waiting", "S-3")
    drop.mkdir()
    terminal = Terminal(
        tmp_path / "home", in_folder(tmp_path / "here", "clinic", "import", "--watch", f'"{drop}"')
    )
    try:
        terminal.until("There was nothing to import")
        (drop / "S-3.jsonl").write_bytes((waiting / "S-3.jsonl").read_bytes())
        terminal.until("1 new.")
        terminal.press("\x03")
        terminal.child.expect("Watched no more")
    finally:
        terminal.kill()
    missing = reloadpt(tmp_path / "home", "clinic", "import", "--watch", tmp_path / "nowhere")
    assert missing.code == 1
    assert "no such folder" in missing.err
    assert reloadpt(tmp_path / "home", "clinic", "import").code == 2
