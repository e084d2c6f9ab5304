"""Copies of the checkout: each process that tries a mutant works in one, and the program it starts is the mutant too."""

from __future__ import annotations

import shutil
from pathlib import Path

LINKED = ("node_modules", ".venv")
LEFT_OUT = (*LINKED, ".git", ".mutants", ".hypothesis", "*_cache", "__pycache__", "dist", "pictures")


def copied(root: Path, tree: Path) -> Path:
    """Copy a checkout to ``tree``; what is big and never written to is linked."""
    shutil.copytree(root, tree, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for name in LINKED:
        if (root / name).exists():
            (tree / name).symlink_to(root / name)
    return tree


def put(tree: Path, file: str, text: str) -> None:
    """Write one module of a copy anew; what was compiled of it before goes, since two writes may share a second."""
    path = tree / file
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()
    path.write_text(text, encoding="utf-8")
