"""The real program in processes of its own, as a person or a script calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pexpect

import one_zone  # noqa: F401  (the processes are in the zone that it sets)

LOW_BACK = (
    "--patient", "A-17", "--target", "lumbar-paraspinals:calm:both",
    "--target", "multifidus:wake:both:stim", "--needled-at", "2026-11-20T09:00:00+01:00",
    "--phone", "none", "--emergency", "112",
)  # fmt: skip


AS_ANYONE = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""Before a call: root goes without its power to pass over what a file's mode says, as anyone does."""


@dataclass(frozen=True)
class Run:
    """What a command answered."""

    code: int
    out: str
    err: str


def environment(home: Path) -> dict[str, str]:
    """This process's environment with ``home`` as the one folder of reloadpt."""
    # a size that a test runner sets would win over that of the pseudo-terminal
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    return {**kept, "RELOADPT_HOME": str(home)}


def reloadpt(
    home: Path, *arguments: str | Path, cwd: Path | None = None, stdin: str = "", through: Sequence[str] = ()
) -> Run:
    """Call ``reloadpt`` with ``home`` as its one folder, without a terminal; ``through`` stands before the call."""
    done = subprocess.run(
        [*through, sys.executable, "-m", "reloadpt", *map(str, arguments)],
        capture_output=True,
        text=True,
        input=stdin,
        env=environment(home),
        cwd=cwd,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def in_terminal(home: Path, *arguments: str | Path, size: tuple[int, int] = (24, 80)) -> str:
    """What ``reloadpt`` writes in a pseudo-terminal of ``size`` rows and columns."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "reloadpt", *map(str, arguments)],
        env=environment(home),
        dimensions=size,
        encoding="utf-8",
        timeout=None,
    )
    child.expect(pexpect.EOF)
    child.close()
    return str(child.before)


def home_in_use(home: Path) -> Path:
    """A home in which the low back plan is in use, screened."""
    plan = home.parent / f"{home.name}.plan.json"
    for arguments in (("new", *LOW_BACK, "--screen", "all=no", "-o", plan), ("use", plan)):
        done = reloadpt(home, "plan", *arguments)
        assert done.code == 0, done
    return home
