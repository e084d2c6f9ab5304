"""The first plan: taken from a file, or made of a few answers by a patient alone, gentle then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from reloadpt import wording
from reloadpt.care.due import may_be_alone
from reloadpt.files import Trouble
from reloadpt.program.check import read_form
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, ScreeningStops, make_plan
from reloadpt.program.plan import AlsoNeedled, Contact, Plan, Target
from reloadpt.program.programme import Programme, Side
from reloadpt.program.screening import ITEMS
from reloadpt.program.signing import with_versions

MOST_FILES = 7


def plan_files() -> list[Path]:
    """The plan files in the places where a downloaded file lands."""
    folders = (Path.cwd(), Path.home(), Path.home() / "Downloads", Path.home() / "Desktop")
    return list(islice(dict.fromkeys(path for folder in folders for path in _plans_in(folder)), MOST_FILES))


def _plans_in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.plan.json"))
    except OSError:
        return []


def plan_in_file(path: Path, library: Library) -> Plan:
    """The plan in a file; ``Trouble`` where it cannot be used."""
    plan = read_form(path, Plan)
    for target in plan.targets:
        library.programme(target.muscle)
    if plan.blocked_by:
        raise Trouble(wording.screening_stop(plan.blocked_by))
    return plan


def muscles_to_choose(library: Library) -> list[Programme]:
    """The muscles that may be exercised without a therapist's plan, by region and name."""
    programmes = [library.programme(muscle) for muscle in library.muscles]
    open_to_all = [programme for programme in programmes if may_be_alone(programme)]
    return sorted(open_to_all, key=lambda programme: (programme.region, programme.name))


def stop_if_barred(answers: ScreeningAnswers) -> None:
    """Raise ``ScreeningStops`` after a yes to what bars a needle: without a therapist there is nobody to weigh it.

    What is asked for the exercises' sake leaves exercises out instead.
    """
    barring = tuple(
        answer.item for answer in answers.screened() if answer.answer == "yes" and answer.item in ITEMS
    )
    if barring:
        raise ScreeningStops(barring)


def plan_alone(
    library: Library,
    needled: Sequence[tuple[str, Side, datetime]],
    answers: ScreeningAnswers,
    emergency: str | None,
    at: datetime,
    baby_due: date | None = None,
) -> Plan:
    """The plan of a patient without a therapist, gentle: muscles, sides, when needled, and the emergency number where it is known."""
    targets = tuple(
        Target(
            muscle=muscle,
            intent="wake" if library.programme(muscle).default_intent == "wake" else "calm",
            side=side,
            needled_at=needled_at,
        )
        for muscle, side, needled_at in needled
        if muscle in library.muscles
    )
    also = tuple(
        AlsoNeedled(muscle=muscle, side=side, needled_at=needled_at)
        for muscle, side, needled_at in needled
        if muscle not in library.muscles
    )
    contact = Contact(emergency=emergency)
    plan = make_plan(
        patient="me",
        targets=targets,
        also_needled=also,
        answers=answers,
        at=at,
        made_by=None,
        contact=contact,
        baby_due=baby_due,
    )
    return with_versions(plan, library, None)
