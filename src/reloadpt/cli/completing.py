"""What a shell offers when Tab is pressed: muscles, exercises, and the patients of the caseload."""

from __future__ import annotations

import click

from reloadpt.files import Trouble, places


def complete_muscles(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
    """The muscles that begin so."""
    from reloadpt.program.library import Library

    return [muscle for muscle in Library(places().exercises).paths if muscle.startswith(typed)]


def complete_exercises(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """The muscles that begin so, each ready to go on; behind a muscle the ids of its exercises."""
    from reloadpt.program.library import Library

    muscle, slash, _ = typed.partition("/")
    if not slash:
        return [f"{muscle}/" for muscle in complete_muscles(ctx, param, typed)]
    try:
        exercises = Library(places().exercises).programme(muscle).exercises
    except Trouble:
        return []
    return [exercise.id for exercise in exercises if exercise.id.startswith(typed)]


def complete_patients(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
    """The aliases in the caseload that begin so."""
    from reloadpt.clinic.caseload import Caseload

    aliases = {patient.summary.patient for patient in Caseload(places().caseload).patients()}
    return sorted(alias for alias in aliases if alias.startswith(typed))
