"""``python packaging/try_folder.py FOLDER``: what a patient and a therapist do, by the packed programs alone.

No Python is on the path of what is started. Says what held; ends with an error at the first thing that does not.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path

PROGRAMMES = "28 files, 0 problems"
PLAN = (
    "--patient", "A-17", "--target", "lumbar-paraspinals:calm:both", "--target", "multifidus:wake:both:stim",
    "--needled-at", (datetime.now().astimezone() - timedelta(hours=26)).isoformat(timespec="minutes"),
    "--phone", "none", "--emergency", "none", "--screen", "all=no",
)  # fmt: skip


class Folder:
    """The packed programs, with a home of their own."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._suffix = ".exe" if sys.platform == "win32" else ""
        self._folder = folder
        self._home = home
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
        self._environment = {
            **kept, "HOME": str(home), "USERPROFILE": str(home), "RELOADPT_HOME": str(home / "data"),
            "PATH": str(home), "PYTHONUTF8": "1", "LANG": "C.UTF-8",
        }  # fmt: skip

    def start(self, program: str, *arguments: str) -> subprocess.Popen[str]:
        """One of its programs, in the home's folder."""
        return subprocess.Popen(
            [str(self._folder / f"{program}{self._suffix}"), *arguments], env=self._environment, cwd=self._home,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def call(self, *arguments: str, typed: str = "", code: int = 0) -> str:
        """What the command writes; it must end with ``code``."""
        child = self.start("reloadpt", *arguments)
        out, err = child.communicate(typed)
        must(child.returncode == code, f"reloadpt {' '.join(arguments)}: {child.returncode}\n{out}\n{err}")
        return out + err


def must(held: object, words: str) -> None:
    """End with an error where something does not hold."""
    if not held:
        raise SystemExit(f"It did not hold: {words}")


def whole_way(packed: Folder, home: Path) -> None:
    """From the programmes to the therapist's list, through a session of the line mode."""
    listed = json.loads(packed.call("exercises", "list", "--json").splitlines()[0])
    must(bool(listed), "exercises list --json is empty")
    must(PROGRAMMES in packed.call("exercises", "check"), "not all programmes are there")
    packed.call("plan", "new", *PLAN, "-o", "a17.plan.json")
    packed.call("plan", "use", "a17.plan.json")
    said = packed.call("--plain", "--self-paced", typed="how it is now\n3\n")
    must("Goodbye." in said, "the line mode did not end with its input")
    packed.call("share", "-o", "report.html")
    packed.call("export", "--as", "fhir", "-o", "record.fhir.json")
    packed.call("handout", "-o", "paper.html")
    packed.call("clinic", "import", "report.html")
    must("A-17" in packed.call("clinic", "list"), "the therapist's list does not name the patient")
    must((home / "paper.html").stat().st_size > 10_000, "the handout is empty")
    packed.call(code=2)  # as from cron: no terminal, nothing is opened


def in_browser(packed: Folder) -> None:
    """``serve`` gives its page and the files of it."""
    child = packed.start("reloadpt", "serve")
    assert child.stdout is not None
    url = child.stdout.readline().strip()
    try:
        for part, words in (("", b"textual-terminal"), ("textual.js", b"function"), ("mono.ttf", b"")):
            with urllib.request.urlopen(url + part) as answer:
                must(words in answer.read(), f"{part or 'the page'} is not served")
    finally:
        child.send_signal(signal.SIGTERM)
        child.communicate()


def main() -> None:
    """Try the folder that is named."""
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        packed = Folder(folder, home)
        whole_way(packed, home)
        in_browser(packed)
    print(f"{folder}: from the plan to the therapist's list, and in the browser, without another Python")


if __name__ == "__main__":
    main()
