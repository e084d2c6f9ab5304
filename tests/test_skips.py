from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SKIPPED = """
import pytest

@pytest.mark.skipif(True, reason="needs a horse")
def test_with_a_horse():
    pass
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere CI lacks what Linux has")
@pytest.mark.parametrize(("ci", "code", "said"), [("true", 1, "needs a horse"), ("", 0, "1 skipped")])
def test_a_skip_fails_in_ci_and_nowhere_else(tmp_path: Path, ci: str, code: int, said: str) -> None:
    (tmp_path / "test_horse.py").write_text(SKIPPED, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "skips", "--rootdir", str(tmp_path), str(tmp_path)],
        env={**os.environ, "CI": ci, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code, run.stdout
    assert said in run.stdout
