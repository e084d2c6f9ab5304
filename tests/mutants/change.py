"""Which lines a change touches, as git tells it: of a branch, of the last hours, or since a commit that is named."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
HOURS = 4
HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def is_known(root: Path) -> bool:
    """Return whether git knows the folder: not where only its files were brought there."""
    return git(root, "rev-parse", "--is-inside-work-tree", or_else="") == "true"


def base_of(root: Path) -> str:
    """Return the commit that the change at hand stands on.

    ``RELOADPT_BASE`` where it is set; else where the branch left origin/main; else the last commit older than the
    newest by 4 hours, so that the pushes of one afternoon are one change; else the one before the newest. Where the
    clone holds only one commit that is the empty tree: everything is new.
    """
    if named := os.environ.get("RELOADPT_BASE"):
        return named
    head = git(root, "rev-parse", "HEAD")
    left = git(root, "merge-base", "HEAD", "origin/main", or_else="")
    if left and left != head:
        return left
    moment = int(git(root, "log", "-1", "--format=%ct")) - HOURS * 3600
    older = git(root, "rev-list", "-1", f"--before={moment}", "HEAD")
    return older or git(root, "rev-parse", "--verify", "--quiet", "HEAD~1", or_else=EMPTY_TREE)


def changed_lines(root: Path, base: str, files: tuple[str, ...]) -> dict[str, set[int]]:
    """Return the lines of each file, counted from 1, that differ from ``base`` in the checkout as it lies there."""
    lines: dict[str, set[int]] = {}
    for file in files:
        said = git(root, "diff", "--no-ext-diff", "--no-color", "-U0", base, "--", file)
        touched = {
            line
            for begin, count in HUNK.findall(said)
            for line in range(int(begin), int(begin) + int(count or 1))
        }
        if touched:
            lines[file] = touched
    return lines


def git(root: Path, *arguments: str, or_else: str | None = None) -> str:
    """Return what git says, stripped; ``or_else`` where it fails and that is given, CalledProcessError otherwise."""
    done = subprocess.run(["git", "-C", str(root), *arguments], check=False, capture_output=True, text=True)
    if done.returncode and or_else is not None:
        return or_else
    done.check_returncode()
    return done.stdout.strip()
