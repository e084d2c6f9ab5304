"""What a run of the program asked of the system, as strace saw it: which files it made, what it called, where to."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ASKED = (
    "openat,open,creat,mkdir,mkdirat,chmod,fchmod,fchmodat,socket,connect,execve,mknod,mknodat,memfd_create"
)
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|\?)")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_MODE = re.compile(r", 0(\d+)$")
WRITES = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND")
NOT_FILES = ("/dev/", "/proc/")


@dataclass(frozen=True)
class Call:
    """One call: its name, what stands in its brackets, and the first text there, such as a path."""

    name: str
    told: str
    path: str
    went_well: bool

    @property
    def mode(self) -> int | None:
        """The mode that a new file or folder gets."""
        found = _MODE.search(self.told)
        return int(found[1], 8) if found else None

    @property
    def writes(self) -> bool:
        """Whether a file was opened to be written."""
        return self.name in ("open", "openat", "creat") and any(flag in self.told for flag in WRITES)


def under_strace(log: Path) -> tuple[str, ...]:
    """What stands before a command so that ``log`` tells what it asked; no mode is taken away by an umask."""
    loose = "import os, sys; os.umask(0); os.execvp(sys.argv[1], sys.argv[1:])"
    watch = ("strace", "-f", "-qq", "-s", "4096", "-e", "signal=none", "-e", f"trace={ASKED}", "-o", str(log))
    # what Python compiles would be written beside the code
    return (sys.executable, "-c", loose, "env", "PYTHONDONTWRITEBYTECODE=1", *watch)


def calls(log: Path) -> Iterator[Call]:
    """The calls in a log of strace; one that another interrupted is put together again."""
    begun: dict[str, str] = {}
    for line in log.read_text(errors="replace").splitlines():
        thread, _, rest = line.partition(" ")
        rest = rest.lstrip()
        if rest.endswith("<unfinished ...>"):
            begun[thread] = rest.removesuffix("<unfinished ...>").rstrip()
            continue
        if rest.startswith("<... "):
            rest = begun.pop(thread, "") + rest.partition("resumed>")[2].lstrip()
        found = _CALL.match(rest)
        if found:
            path = _STRING.search(found[2])
            yield Call(found[1], found[2], path[1] if path else "", not found[3].startswith("-"))


def check_private(log: Path, *allowed: Path) -> list[Call]:
    """That nothing was made outside ``allowed``, all of it for its owner alone, and no network was asked for."""
    seen = list(calls(log))
    assert any(call.name == "execve" for call in seen), "nothing was seen"
    for call in seen:
        if call.name in ("socket", "connect"):
            assert "AF_INET" not in call.told, call
        assert call.name not in ("chmod", "fchmod", "fchmodat", "mknod", "mknodat"), call
        if call.name in ("mkdir", "mkdirat") and call.went_well:
            assert call.mode == 0o700, call
        if (call.writes or call.name in ("mkdir", "mkdirat")) and not call.path.startswith(NOT_FILES):
            path = Path(os.path.normpath(call.path))
            assert any(path == each or each in path.parents for each in allowed), call
            assert "O_CREAT" not in call.told or call.mode == 0o600, call
    return seen


def check_modes(folder: Path) -> None:
    """That everything in a folder, itself included, is open to its owner alone."""
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
