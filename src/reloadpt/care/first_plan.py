"""The first plan: taken from a file, or made of a few answers by a patient alone, gentle then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from reloadpt import wording
from reloadpt.care.due import may_be_alone
from reloadpt.care.record import Record
from reloadpt.files import Trouble
from reloadpt.program.check import read_form
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, ScreeningStops, make_plan
from reloadpt.program.plan import Plan, Target
from reloadpt.program.programme import Programme, Side

MOST_FILES = 7
SIDES: tuple[tuple[Side, str], ...] = (
    ("both", "Both, or in the middle"),
    ("left", "Left"),
    ("right", "Right"),
)
WHEN = (
    ("1 h", "In the last two hours"),
    ("6 h", "Earlier today"),
    ("24 h", "Yesterday"),
    ("48 h", "Two days ago"),
    ("72 h", "Three days ago or more"),
)
"""How long ago the needling was, as nearly as it need be known."""


def plan_files() -> list[Path]:
    """The plan files in the places where a downloaded file lands."""
    folders = (Path.cwd(), Path.home(), Path.home() / "Downloads", Path.home() / "Desktop")
    return list(islice(dict.fromkeys(path for folder in folders for path in _plans_in(folder)), MOST_FILES))


def _plans_in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.plan.json"))
    except OSError:
        return []


def path_of(typed: str) -> Path:
    """The path that was typed, or dropped into the terminal with quotes round it."""
    return Path(typed.strip("'\" ")).expanduser()


def use_plan(record: Record, library: Library, path: Path, at: datetime) -> None:
    """Take a plan file into use; ``Trouble`` where it cannot be."""
    plan = read_form(path, Plan)
    for target in plan.targets:
        library.programme(target.muscle)
    if plan.blocked_by:
        raise Trouble(wording.screening_stop(plan.blocked_by))
    record.start_plan(plan, at)


def muscles_to_choose(library: Library) -> list[Programme]:
    """The muscles that may be exercised without a therapist's plan, by region and name."""
    programmes = [library.programme(muscle) for muscle in library.muscles]
    open_to_all = [programme for programme in programmes if may_be_alone(programme)]
    return sorted(open_to_all, key=lambda programme: (programme.region, programme.name))


def stop_if_barred(answers: ScreeningAnswers) -> None:
    """Raise ``ScreeningStops`` after any yes: without a therapist there is nobody to weigh it."""
    barring = tuple(answer.item for answer in answers.screened() if answer.answer == "yes")
    if barring:
        raise ScreeningStops(barring)


def plan_made_alone(
    library: Library, muscles: Sequence[str], side: str, ago: str, answers: ScreeningAnswers, at: datetime
) -> Plan:
    """The plan of a patient without a therapist; ``side`` is of ``SIDES`` and ``ago`` of ``WHEN``."""
    needled_at = at - timedelta(hours=int(ago.removesuffix(" h")))
    targets = tuple(
        Target(
            muscle=muscle,
            intent="wake" if library.programme(muscle).default_intent == "wake" else "calm",
            side=next(side_word for side_word, _ in SIDES if side_word == side),
            needled_at=needled_at,
        )
        for muscle in muscles
    )
    return make_plan(patient="me", targets=targets, answers=answers, at=at, made_by=None)
