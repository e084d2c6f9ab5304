"""What is installed, built with and run by others is named exactly: by version and hash, or by commit."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXACT = re.compile(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^ ;]+")


def pinned(text: str) -> dict[str, str]:
    """Versions by name, in lower case."""
    lines = (line.partition(";")[0].strip(" \\") for line in text.splitlines() if re.match(r"[A-Za-z]", line))
    return {
        name.lower().replace("_", "-"): version
        for name, _, version in (line.partition("==") for line in lines)
    }


def test_what_is_installed_at_the_start_has_hashes_and_the_versions_of_the_tests() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z])", text.partition("\n")[2])
    assert all(EXACT.match(entry) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    here, tested = pinned(text), pinned((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    assert {name for name in here.keys() & tested.keys() if here[name] != tested[name]} == set()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {re.split(r"[>=<;\[ ]", each)[0] for each in project["project"]["dependencies"]}
    assert needed <= here.keys()
    assert "--require-hashes -r requirements.txt" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_what_builds_it_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    builds = project["build-system"]["requires"]
    assert all(EXACT.fullmatch(each) for each in builds)
    here = pinned((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert {
        name: version for name, _, version in (each.partition("==") for each in builds)
    }.items() <= here.items()


def test_actions_are_named_by_commit() -> None:
    workflows = [*(ROOT / ".github" / "workflows").glob("*.y*ml")]
    used = [
        found for path in workflows for found in re.findall(r"uses: *(\S+)", path.read_text(encoding="utf-8"))
    ]
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action) for action in used)
