"""``reloadpt exercises``: the programmes, for patients to look up and for authors to check."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from reloadpt.files import Trouble, places
from reloadpt.program.check import Unfit, read_form, schema_of
from reloadpt.program.library import Library
from reloadpt.program.programme import Dose, Exercise, Often, Programme


@click.group()
def exercises() -> None:
    """The programmes: list, show, check."""


@exercises.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list, for programs.")
def list_(as_json: bool) -> None:
    """List every exercise."""
    library = Library(places().exercises)
    found = [exercise for muscle in library.muscles for exercise in library.programme(muscle).exercises]
    if as_json:
        fields = ("id", "name", "muscle", "phase", "intent", "position", "equipment")
        click.echo(
            json.dumps([{name: getattr(each, name) for name in fields} for each in found], ensure_ascii=False)
        )
        return
    width = max(len(each.id) for each in found)
    for each in found:
        click.echo(f"{each.id:<{width}}  {each.phase:<8}  {each.name}")


@exercises.command()
@click.argument("exercise_id", metavar="ID")
def show(exercise_id: str) -> None:
    """Show one exercise, or the programme of one muscle."""
    library = Library(places().exercises)
    if "/" in exercise_id:
        exercise = library.exercise(exercise_id)
        click.echo(exercise_text(exercise, library.programme(exercise.muscle)))
        return
    programme = library.programme(exercise_id)
    click.echo(f"{programme.name}\n{programme.where}\n")
    for avoid in programme.avoid:
        click.echo(f"Leave for {avoid.hours} h: {avoid.what}")
    for exercise in programme.exercises:
        click.echo(f"{exercise.phase:<8}  {exercise.name}  ({dose_text(exercise.dose)})  {exercise.id}")


@exercises.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check programme files, or all that are in use; say what is wrong by file, line and field."""
    library = Library(places().exercises)
    wrong = 0
    chosen = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    for path in chosen or list(library.paths.values()):
        try:
            programme = read_form(path, Programme)
            if programme.muscle != path.stem:
                raise Trouble(
                    f"{path}: its muscle is {programme.muscle}; name the file {programme.muscle}.json."
                )
        except Unfit as unfit:
            wrong += len(unfit.problems)
            click.echo(f"{unfit}", err=True)
        except Trouble as trouble:
            wrong += 1
            click.echo(f"{trouble}", err=True)
    click.echo(f"{len(chosen or library.paths)} files, {wrong} problems")
    sys.exit(1 if wrong else 0)


@exercises.command()
def schema() -> None:
    """Print the JSON Schema of a programme file."""
    click.echo(json.dumps(schema_of(Programme), indent=2, ensure_ascii=False))


def often_text(often: Often) -> str:
    """How often, in words."""
    per = {"day": "a day", "week": "a week", "two_days": "every two days", "needling": "after each needling"}
    times = {1: "once", 2: "twice"}.get(often.times, f"{often.times} times")
    return f"{times} {per[often.per]}"


def dose_text(dose: Dose) -> str:
    """A dose in words."""
    one = f"{dose.hold_s} s" if dose.hold_s and dose.reps == 1 else str(dose.reps)
    if dose.hold_s and dose.reps > 1:
        one += f" × {dose.hold_s} s"
    parts = [f"{dose.sets} × {one}" if dose.sets > 1 else one]
    if dose.per_side:
        parts.append("each side")
    if dose.tempo:
        parts.append(f"tempo {dose.tempo}")
    if dose.rest_s:
        parts.append(f"rest {dose.rest_s} s")
    return ", ".join([*parts, often_text(dose.often)])


def exercise_text(exercise: Exercise, programme: Programme) -> str:
    """All that is known of one exercise, as plain lines."""
    source = programme.sources.get(exercise.evidence)
    year = f" ({source.year})" if source and source.year else ""
    evidence = f"{source.by}{year}, {source.title}, {source.address}" if source else exercise.evidence
    if exercise.borrowed:
        evidence += " (found for another region or population)"
    lines = [
        f"{exercise.name}: {programme.name}",
        f"{exercise.phase}, {exercise.intent}, {exercise.position}; needs: {', '.join(exercise.equipment)}",
        f"Dose     {dose_text(exercise.dose)}",
        *(f"{n}.       {step}" for n, step in enumerate(exercise.setup, start=1)),
        f"Cue      {exercise.cue}",
        f"Feel     {exercise.feel}",
        f"Mistake  {exercise.mistake}",
        f"Easier   {exercise.easier}",
        f"Harder   {exercise.harder}",
        f"Evidence {evidence}",
    ]
    return "\n".join(lines)
