"""What follows from an exhibit by the rules of now, as text: what is due, what a therapist sees, what is exported.

The rules of care may change all of it on purpose; so no test holds it, and ``compare`` shows what is new.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from museum.commands import Answer, Room, lines_of, room
from museum.exhibits import Exhibit

FHIR_OF = ("corrected.jsonl", "needled-again.jsonl", "signs-and-cleared.jsonl", "every-kind-of-entry.jsonl")
"""The journals whose bundle is written down whole; it says the same as the tables, at ten times the length."""


def figures(exhibit: Exhibit) -> str | None:
    """What follows from an exhibit, or None where nothing does. The exhibit itself is only copied."""
    of_kind = OF_KIND.get(exhibit.kind)
    if of_kind is None or exhibit.path.name.startswith(("damaged-", "odd-", "no-log-", "torn-")):
        return None
    with room(exhibit.day) as here:
        return "\n".join(of_kind(exhibit.path, here)) + "\n"


def _journal(path: Path, here: Room) -> list[str]:
    shutil.copyfile(path, here.home / "journal.jsonl")
    return _of_a_home(here, fhir=path.name in FHIR_OF)


def _home(path: Path, here: Room) -> list[str]:
    shutil.copytree(path, here.home, dirs_exist_ok=True)
    return _due(here)


def _of_a_home(here: Room, *, fhir: bool) -> list[str]:
    journal = here.home / "journal.jsonl"
    lines = _due(here)
    here.call("clinic", "import", journal)
    lines += [*here.call("clinic", "list").lines(), *_json(here.call("clinic", "list", "--json"))]
    lines += here.call("export", "--as", "csv", "-o", here.path / "csv").lines()
    for table in sorted((here.path / "csv").glob("*.csv")):
        lines += [f"{table.name}:", *(f"  {row}" for row in lines_of(table.read_bytes().decode("utf-8-sig")))]
    if fhir:
        lines += here.call("export", "--as", "fhir", "-o", here.path / "bundle.json").lines()
        lines += [f"  {line}" for line in lines_of((here.path / "bundle.json").read_text("utf-8"))]
    return lines


def _due(here: Room) -> list[str]:
    """What is due an hour after the last entry, on the morning after and at noon three days later."""
    last = _last(here.home / "journal.jsonl")
    lines = []
    morning = (last + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)
    for at in (last + timedelta(hours=1), morning, morning + timedelta(days=2, hours=4)):
        here.at = at
        lines += here.call("today", "--at", at.isoformat()).lines()
        lines += _json(here.call("today", "--at", at.isoformat(), "--json"))
    return lines


def _json(answer: Answer) -> list[str]:
    """The answer with each thing of a list on its own line."""
    return [part for line in answer.lines() for part in line.replace("}, {", "},\n    {").split("\n")]


def _last(journal: Path) -> datetime:
    times = re.findall(
        rb'^\{"n" ?: ?\d+ ?, ?"prev" ?: ?"[0-9a-f]+" ?, ?"at" ?: ?"([^"]+)"',
        journal.read_bytes(),
        re.MULTILINE,
    )
    return datetime.fromisoformat(times[-1].decode())


def _plan(path: Path, here: Room) -> list[str]:
    """What is due on the first days of a plan, where it can be used."""
    file = here.path / path.name
    shutil.copyfile(path, file)
    lines = here.call("plan", "check", file).lines()
    if here.call("plan", "use", file).code:
        return lines
    needled = min(
        datetime.fromisoformat(target["needled_at"])
        for target in json.loads(path.read_text("utf-8-sig"))["targets"]
    )
    for days in (0.25, 2, 9):
        here.at = needled + timedelta(days=days)
        lines += here.call("today", "--at", here.at.isoformat()).lines()
    return lines


def _caseload(path: Path, here: Room) -> list[str]:
    shutil.copytree(path, here.home / "caseload")
    lines = [*here.call("clinic", "list").lines(), *_json(here.call("clinic", "list", "--json"))]
    for patient in sorted(folder.name for folder in path.iterdir() if folder.is_dir()):
        lines += here.call("clinic", "show", patient).lines()
    return lines


OF_KIND: dict[str, Callable[[Path, Room], list[str]]] = {
    "journals": _journal,
    "homes": _home,
    "plans": _plan,
    "caseloads": _caseload,
}
"""What is asked of the exhibits of each kind."""
