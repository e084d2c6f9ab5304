"""Change each threshold of care by one, one by one, and say where no test notices: ``python tests/thresholds_changed.py``.

A name as argument looks at that one alone; ``-1`` first makes each one smaller instead of larger.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from reloadpt.care.thresholds import PROPOSED, Thresholds

HERE = Path(__file__).parent
NOTICED_BY = (
    "care/test_edges.py", "care/test_worked_courses.py", "measures/test_alerts.py", "care/test_doses.py",
    "care/test_safety.py", "care/test_once.py", "care/test_questions.py", "care/test_dealing.py",
    "care/test_following.py", "care/test_worked_cases.py",
)  # fmt: skip
"""Numbers stand in them by hand; the quickest first, for the first that fails ends a run."""
SMALLER = 0.1
"""What one is for a share."""


def is_noticed(name: str, sign: int) -> bool:
    """Whether a test fails once a threshold is one more, or one less."""
    by = sign * (SMALLER if isinstance(getattr(PROPOSED, name), float) else 1)
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "change_threshold",
            "-p",
            "no:randomly",
            *NOTICED_BY,
        ],
        cwd=HERE,
        env={**os.environ, "THRESHOLD": f"{name}:{by}", "PYTHONPATH": str(HERE)},
        capture_output=True,
        check=False,
    )
    return run.returncode == 1


def main() -> int:
    """Look at each, and say which no test noticed."""
    told = [word for word in sys.argv[1:] if word != "-1"]
    sign = -1 if "-1" in sys.argv[1:] else 1
    names = told or [field.name for field in msgspec.structs.fields(Thresholds)]
    unnoticed = 0
    for name in names:
        if not is_noticed(name, sign):
            unnoticed += 1
            sys.stdout.write(f"not noticed: {name} {sign:+d}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(names) - unnoticed} of {len(names)} noticed\n")
    return int(unnoticed > 0)


if __name__ == "__main__":
    sys.exit(main())
