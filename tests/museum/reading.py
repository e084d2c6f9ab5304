"""How an exhibit is read, as text: taken or refused and in which words, whole or damaged, what it holds.

It goes through the program's commands, so that whatever is renamed inside, the same is asked. Of what is
taken only that is told which no rule of care decides.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from museum.commands import Room, room
from museum.exhibits import KEY, Exhibit
from reloadpt.settings import Settings, read_settings

NOT_KNOWN = re.compile(r"^ *(\d+)  \S+ \S+  .*\(this version does not know it\)$", re.MULTILINE)


def reading(exhibit: Exhibit) -> str:
    """Read an exhibit as the program of now reads it. The exhibit itself is only copied."""
    with room(exhibit.day) as here:
        if exhibit.path.is_dir():
            shutil.copytree(exhibit.path, here.path / exhibit.path.name)
        else:
            shutil.copyfile(exhibit.path, here.path / exhibit.path.name)
        return "\n".join(READERS[exhibit.kind](exhibit.path, here)) + "\n"


def _plan(path: Path, here: Room) -> list[str]:
    check = here.call("plan", "check", here.path / path.name)
    if check.code:
        return check.lines()
    # which conditions were not answered is told in words of care, and stands with the figures
    lines = [
        f"$ {check.call} -> 0",
        f"  {check.out.strip()}",
        *here.call("plan", "use", here.path / path.name).lines(),
    ]
    told, used = json.loads(path.read_text("utf-8-sig")), _plan_in_use(here)
    lost = sorted(_lost_places(told, used))
    return [*lines, *(f"lost: {place}" for place in lost), f"in use: {_plan_in_words(used)}"]


def _programme(path: Path, here: Room) -> list[str]:
    return [
        *here.call("exercises", "check", here.path / path.name).lines(),
        *_exercises(here, {path.stem: path}),
    ]


def _own_exercises(path: Path, here: Room) -> list[str]:
    files = {file.stem: file for file in sorted(path.glob("*.json"))}
    checks = [here.call("exercises", "check", here.path / path.name / file.name) for file in files.values()]
    return [*(line for check in checks for line in check.lines()), *_exercises(here, files)]


def _exercises(here: Room, files: dict[str, Path]) -> list[str]:
    """What the program has in these files' place, once they lie in its folder for a person's own programmes."""
    own = here.home / "exercises"
    own.mkdir()
    for file in files.values():
        shutil.copyfile(file, own / file.name)
    listed = here.call("exercises", "list", "--json")
    if listed.code:
        return listed.lines()
    return [
        f"$ {listed.call} -> 0",
        *(
            "  "
            + " ".join(
                (*(exercise[name] for name in ("id", "phase", "intent", "position")), *exercise["equipment"])
            )
            for exercise in json.loads(listed.out)
            if exercise["muscle"] in files
        ),
    ]


def _journal(path: Path, here: Room) -> list[str]:
    lines = here.call("log", "verify", here.path / path.name).lines()
    lines += here.call("clinic", "import", here.path / path.name).lines()
    shutil.copyfile(path, here.home / "journal.jsonl")
    return [*lines, *_opening(here)]


def _home(path: Path, here: Room) -> list[str]:
    here.home.rmdir()
    shutil.copytree(path, here.home)
    return [*here.call("log", "verify").lines(), *_opening(here), f"there: {_names_in(here.home)}"]


def _opening(here: Room) -> list[str]:
    """What the journal of the home holds as it lies there, and again where opening it changed it."""
    journal = here.home / "journal.jsonl"
    before = journal.read_bytes()
    lines = _entry_counts(here)
    # what had to be done to open it is said to stderr; what is due stands with the figures
    lines += here.call("today", "--json").lines(out=False)
    shown = here.call("plan", "show", "--json")
    lines += shown.lines(out=False)
    if not shown.code:
        lines.append(f"in use: {_plan_in_words(json.loads(shown.out))}")
    if journal.read_bytes() != before:
        lines += ["after that:", *_entry_counts(here)]
    return lines


def _entry_counts(here: Room) -> list[str]:
    """How many entries of each kind the journal of the home holds, and how many of them are not understood."""
    told = here.call("log", "show", "--json")
    kinds = [str(json.loads(line)["kind"]) for line in told.out_lines]
    if told.code == 0:
        odd = Counter(kinds[int(n)] for n in NOT_KNOWN.findall(here.call("log", "show").out))
    else:
        odd = Counter()
    lines = told.lines(out=False)
    for kind, count in sorted(Counter(kinds).items()):
        name = kind if re.fullmatch(r"\w+", kind) else json.dumps(kind)
        lines.append(f"  {name} {count}" + (f", not understood {odd[kind]}" if odd[kind] else ""))
    return lines


def _report(path: Path, here: Room) -> list[str]:
    lines = []
    report = here.path / path.name
    if path.name.endswith(".age"):
        lines += here.call("clinic", "import", report).lines()
        here.call("clinic", "key")
        lines += [
            "with another key:",
            *here.call("clinic", "import", report).lines(),
            "with the clinic's key:",
        ]
        shutil.copyfile(path.with_name(KEY), here.home / KEY)
    lines += here.call("clinic", "import", report).lines()
    for log in sorted(here.home.glob("caseload/*/*.jsonl")):
        shutil.copyfile(log, here.home / "journal.jsonl")
        lines += [*here.call("log", "verify").lines(), *_entry_counts(here)]
    return lines


def _caseload(path: Path, here: Room) -> list[str]:
    shutil.copytree(path, here.home / "caseload")
    rows = here.call("clinic", "list", "--json")
    lines = rows.lines(out=False)
    if rows.code == 0:
        lines += [f"  {alias}" for alias in sorted(row["patient"] for row in json.loads(rows.out))]
        lines += [
            f"  {line.strip()}" for line in here.call("clinic", "list").out_lines if line.startswith("  ! ")
        ]
    logs = [log.relative_to(path) for log in sorted(path.glob("*/*.jsonl"))]
    for log in logs:
        lines += here.call("log", "verify", here.path / path.name / log).lines()
    for log in logs:
        lines += here.call("clinic", "import", here.path / path.name / log).lines()
    return lines


def _settings(path: Path, here: Room) -> list[str]:
    """No command says what is set: this is asked of the reader itself."""
    found, wrong = read_settings(here.path / path.name)
    plain = msgspec.to_builtins(Settings())
    changed = {name: value for name, value in msgspec.to_builtins(found).items() if value != plain[name]}
    said = [f"! {here.placeless(sentence)}" for sentence in wrong]
    values = [f"  {name} = {json.dumps(value)}" for name, value in changed.items()]
    return [*said, *(values or ["as without a file"])]


def _thresholds(path: Path, here: Room) -> list[str]:
    shutil.copyfile(path, here.home / "thresholds.json")
    return here.call("clinic", "list").lines()


READERS: dict[str, Callable[[Path, Room], list[str]]] = {
    "plans": _plan,
    "programmes": _programme,
    "exercises": _own_exercises,
    "journals": _journal,
    "homes": _home,
    "reports": _report,
    "caseloads": _caseload,
    "settings": _settings,
    "thresholds": _thresholds,
}
"""How the exhibits of each kind are read."""


def _plan_in_use(here: Room) -> dict[str, Any]:
    used: dict[str, Any] = json.loads(here.call("plan", "show", "--json").out)
    return used


def _plan_in_words(plan: dict[str, Any]) -> str:
    sites = (f"{target.get('muscle')}:{target.get('side', 'both')}" for target in plan.get("targets", ()))
    return f"{plan.get('id')} for {plan.get('patient')}, {', '.join(sites)}"


def _lost_places(told: Any, used: Any, place: str = "plan") -> list[str]:
    """The places of a written file that are another value, or none, in what was made of it."""
    if isinstance(told, dict) and isinstance(used, dict):
        return [
            lost
            for name, value in told.items()
            if name != "$schema"
            for lost in (
                [f"{place}.{name}"]
                if name not in used
                else _lost_places(value, used[name], f"{place}.{name}")
            )
        ]
    if isinstance(told, list) and isinstance(used, list) and len(told) == len(used):
        return [
            lost
            for n, pair in enumerate(zip(told, used, strict=True))
            for lost in _lost_places(*pair, f"{place}[{n}]")
        ]
    return [] if told == used else [place]


def _names_in(home: Path) -> str:
    return ", ".join(sorted(file.name for file in home.iterdir() if file.suffix != ".lock"))
