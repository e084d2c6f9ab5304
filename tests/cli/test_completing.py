"""The shell's Tab: bash, zsh and fish are given a script, and are told what may follow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reloadpt.program.library import shipped_folder


def asked(home: Path, line: str, shell: str = "bash") -> str:
    """What the program answers when the shell asks what may follow ``line``, which ends with the word begun."""
    words = line.split(" ")
    environment = {
        **os.environ,
        "RELOADPT_HOME": str(home),
        "_RELOADPT_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    run = subprocess.run(
        [sys.executable, "-m", "reloadpt"], env=environment, capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    return run.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_given_its_script(tmp_path: Path, shell: str) -> None:
    environment = {**os.environ, "RELOADPT_HOME": str(tmp_path), "_RELOADPT_COMPLETE": f"{shell}_source"}
    run = subprocess.run(
        [sys.executable, "-m", "reloadpt"], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0
    assert "_RELOADPT_COMPLETE" in run.stdout
    assert "terminal" not in run.stdout


def test_commands_muscles_and_exercises_follow(tmp_path: Path) -> None:
    assert "plain,exercises" in asked(tmp_path, "reloadpt ex").splitlines()
    muscles = asked(tmp_path, "reloadpt exercises new m").splitlines()
    assert muscles == [f"plain,{path.stem}" for path in sorted(shipped_folder().glob("m*.json"))]
    assert "plain,multifidus/" in asked(tmp_path, "reloadpt exercises show multif").splitlines()
    shown = asked(tmp_path, "reloadpt exercises show multifidus/b").splitlines()
    assert "plain,multifidus/bird-dog" in shown
    assert all(line.startswith("plain,multifidus/b") for line in shown)
    assert asked(tmp_path, "reloadpt exercises show nobody/").strip() == ""


def test_without_a_caseload_no_patient_follows(tmp_path: Path) -> None:
    assert asked(tmp_path, "reloadpt clinic show A").strip() == ""
