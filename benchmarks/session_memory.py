"""Memory of a running session in a real terminal, against the smallest Textual app that also imports pydantic.

Run: ``python benchmarks/session_memory.py``. Linux only: it asks /proc.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect

from first_frame import FLOOR
from session_cpu import read_for, session_at_work

REACH = 1.6


def resident(pid: int) -> int:
    """Bytes of memory that a process holds."""
    line = next(
        line
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        if line.startswith("VmRSS")
    )
    return int(line.split()[1]) * 1024


def floor() -> int:
    """What the smallest app holds some seconds after it was drawn."""
    child = pexpect.spawn(
        sys.executable,
        ["-c", FLOOR],
        env={**os.environ, "TERM": "xterm-256color"},
        dimensions=(24, 80),
        timeout=30,
    )
    child.expect_exact("floor is shown")
    read_for(child, 3.0)
    held = resident(child.pid)
    child.close(force=True)
    return held


def main() -> None:
    least = floor()
    with session_at_work() as child:
        held = resident(child.pid)
    ratio = held / least
    print(f"smallest app {least / 1e6:.0f} MB, session {held / 1e6:.0f} MB: {ratio:.2f}, to reach {REACH}")
    sys.exit(0 if ratio <= REACH else 1)


if __name__ == "__main__":
    main()
