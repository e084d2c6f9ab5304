"""``reloadpt exercises``: the programmes, for patients to look up and for authors to check."""

from __future__ import annotations

import shutil
import sys
from itertools import dropwhile
from pathlib import Path

import click

from reloadpt import wording
from reloadpt.cli.completing import complete_exercises, complete_muscles
from reloadpt.clock import now
from reloadpt.files import Trouble, json_text, places
from reloadpt.phrases import count_phrase
from reloadpt.program.cells import table_in_words
from reloadpt.program.check import InvalidFile, fit_form, read_form, schema_of
from reloadpt.program.exercise_words import dose_in_words, exercise_in_words
from reloadpt.program.library import Library, programme_files
from reloadpt.program.plan import ProgrammeReview
from reloadpt.program.programme import Exercise, Programme
from reloadpt.program.signing import keep_review, kept_reviews, last_review, programme_hash, review_in_words
from reloadpt.program.starting import SCHEMA_BESIDE, write_starting

WIDEST = 100
"""Figures are drawn no wider, in columns."""
FIGURE_LINES = 12


@click.group()
def exercises() -> None:
    """The programmes: list, show, check."""


@exercises.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list, for programs.")
def list_(as_json: bool) -> None:
    """List every exercise."""
    library = Library(places().exercises)
    found = [exercise for muscle in library.muscles for exercise in library.programme(muscle).exercises]
    reviews = kept_reviews(places().config)
    if as_json:
        fields = ("id", "name", "muscle", "phase", "intent", "position", "equipment")
        signed = {
            muscle: last_review(reviews, muscle, programme_hash(library, muscle))
            for muscle in library.muscles
        }
        rows = [
            {name: getattr(exercise, name) for name in fields}
            | {
                "version": library.programme(exercise.muscle).version,
                "reviewed_by": (review := signed[exercise.muscle]) and review.by,
            }
            for exercise in found
        ]
        click.echo(json_text(rows))
        return
    width = max(len(exercise.id) for exercise in found)
    for exercise in found:
        click.echo(f"{exercise.id:<{width}}  {exercise.phase:<8}  {exercise.name}")
    for muscle in library.muscles:
        programme = library.programme(muscle)
        review = last_review(reviews, muscle, programme_hash(library, muscle))
        click.echo(
            review_in_words(review, programme.short_name)
            if review
            else wording.NOT_SIGNED(muscle=programme.short_name, version=programme.version)
        )


@exercises.command()
@click.argument("muscle", shell_complete=complete_muscles)
@click.option("--by", required=True, help="Your name, as it is to stand in plans.")
@click.option("--role", required=True, help="What you are, such as: physiotherapist.")
def review(muscle: str, by: str, role: str) -> None:
    """Sign the programme of MUSCLE: that you read exactly this file, and stand by it.

    Plans made here carry it. A changed file is not signed any more.
    """
    library = Library(places().exercises)
    programme = library.programme(muscle)
    signed = fit_form(
        {
            "muscle": muscle,
            "version": programme.version,
            "sha256": programme_hash(library, muscle),
            "by": by.strip(),
            "role": role.strip(),
            "day": now().date().isoformat(),
        },
        ProgrammeReview,
        "The review",
    )
    keep_review(places().config, signed)
    click.echo(review_in_words(signed, programme.short_name), err=True)


@exercises.command()
@click.argument("exercise_id", metavar="ID", shell_complete=complete_exercises)
@click.option("--figure/--no-figure", default=None,
              help="Draw its figure in braille dots; in a terminal as usual.")  # fmt: skip
def show(exercise_id: str, figure: bool | None) -> None:
    """Show one exercise with its figure, or the programme of one muscle."""
    library = Library(places().exercises)
    if "/" in exercise_id:
        exercise = library.exercise(exercise_id)
        if figure or (figure is None and sys.stdout.isatty()):
            click.echo(figure_text(exercise, shutil.get_terminal_size().columns), nl=False)
        click.echo(exercise_text(exercise, library.programme(exercise.muscle)))
        return
    programme = library.programme(exercise_id)
    click.echo(f"{programme.name}\n{programme.where}\n")
    for avoid in programme.avoid:
        click.echo(f"Leave for {avoid.hours} h: {avoid.what}")
    for exercise in programme.exercises:
        click.echo(f"{exercise.phase:<8}  {exercise.name}  ({dose_in_words(exercise)})  {exercise.id}")


@exercises.command()
@click.option("--pack", type=click.Path(path_type=Path, file_okay=False),
              help="Write a page a programme to read and sign into this folder.")  # fmt: skip
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...], pack: Path | None) -> None:
    """Check programme files, or all that are in use; say what is wrong by file, line and field.

    Of all that are in use it also prints where there is nothing to do for people who cannot do some things.
    """
    library = Library(places().exercises)
    wrong = 0
    chosen = [file for path in paths for file in (programme_files(path) if path.is_dir() else [path])]
    for path in chosen or list(library.paths.values()):
        try:
            programme = read_form(path, Programme)
            if programme.muscle != path.stem:
                raise Trouble(
                    f"{path}: its muscle is {programme.muscle}; name the file {programme.muscle}.json."
                )
        except InvalidFile as unfit:
            wrong += len(unfit.problems)
            click.echo(f"{unfit}", err=True)
        except Trouble as trouble:
            wrong += 1
            click.echo(f"{trouble}", err=True)
    click.echo(f"{count_phrase(len(chosen or library.paths), 'file')}, {count_phrase(wrong, 'problem')}")
    if pack and not wrong:
        from reloadpt.share.review_pack import write_pack

        for page in write_pack(pack, library, kept_reviews(places().config)):
            click.echo(f"{page}", err=True)
    if not chosen and not wrong:
        click.echo("\n".join(table_in_words([library.programme(muscle) for muscle in library.muscles])))
    sys.exit(1 if wrong else 0)


@exercises.command()
@click.argument("muscle", shell_complete=complete_muscles)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False),
              help="The file; MUSCLE.json if absent.")  # fmt: skip
def new(muscle: str, out: Path | None) -> None:
    """Write a programme to begin from: filled by example, or a copy of the one that is there.

    It passes `exercises check` as it stands. A file that is there already is never replaced.
    """
    path = out or Path(f"{muscle}.json")
    write_starting(path, muscle, Library(places().exercises))
    click.echo(
        f"{path}: a programme to begin from. `reloadpt exercises check {path}` says what is wrong.", err=True
    )
    click.echo(f"For words as you type: `reloadpt exercises schema > {SCHEMA_BESIDE}` beside it.", err=True)
    click.echo(f"In use it is once it stands in {places().exercises}.", err=True)


@exercises.command()
def schema() -> None:
    """Print the JSON Schema of a programme file."""
    click.echo(json_text(schema_of(Programme), indent=2))


def figure_text(exercise: Exercise, columns: int) -> str:
    """The figure at its start and at its end, side by side in braille; empty where there is no room."""
    from reloadpt.figure.braille import LEAST_WIDTH, braille
    from reloadpt.figure.model import Figure
    from reloadpt.figure.pose import pose

    width = (min(columns, WIDEST) - 2) // 2
    if exercise.figure is None or width < LEAST_WIDTH:
        return ""
    figure = Figure.model_validate(exercise.figure)
    first, last = (braille(pose(figure, moment), width, FIGURE_LINES) for moment in (0.0, 1.0))
    drawn = [f"{left:<{width}}  {right}".rstrip(" \u2800") for left, right in zip(first, last, strict=True)]
    shown = dropwhile(lambda line: not line, drawn)
    return "\n".join([*shown, f"{'start':^{width}}  {'end':^{width}}".rstrip(), "", ""])


def exercise_text(exercise: Exercise, programme: Programme) -> str:
    """All that is known of one exercise, as plain lines."""
    lines = [
        f"{exercise.name}: {programme.name}",
        f"{exercise.phase}, {exercise.intent}, {exercise.position}; needs: {', '.join(exercise.equipment)}",
        *(f"{word:<8} {said}" for word, said in exercise_in_words(exercise, programme)),
    ]
    return "\n".join(lines)
