"""A page for each programme, to read on paper and sign: all it says, what it rests on, and its version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from reloadpt import __version__
from reloadpt.files import replace_file
from reloadpt.program.exercise_words import PHASE_DAYS, exercise_in_words
from reloadpt.program.library import Library
from reloadpt.program.plan import ProgrammeReview
from reloadpt.program.programme import PHASES, BodyEffects, Exercise, Programme
from reloadpt.program.signing import last_review, programme_hash, review_in_words
from reloadpt.share.page_text import page_environment


def write_pack(folder: Path, library: Library, reviews: Sequence[ProgrammeReview]) -> list[Path]:
    """Write the pages of all programmes into ``folder``, those of an earlier pack replaced; return them."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for muscle in library.muscles:
        sha256 = programme_hash(library, muscle)
        page = folder / f"{muscle}.review.html"
        signed = last_review(tuple(reviews), muscle, sha256)
        replace_file(page, render_review_page(library.programme(muscle), sha256, signed))
        pages.append(page)
    return pages


def render_review_page(programme: Programme, sha256: str, signed: ProgrammeReview | None) -> bytes:
    """The page of one programme; nothing in it runs and nothing is fetched."""

    page = (
        page_environment()
        .get_template("review.html.j2")
        .render(
            programme=programme,
            sha256=sha256,
            signed=review_in_words(signed, programme.short_name) if signed else "",
            phases=PHASES,
            phase_days=PHASE_DAYS,
            words=lambda exercise: exercise_in_words(exercise, programme),
            marks=_marks,
            first=lambda exercise: programme.find_exercise(exercise.instead_of),
            app=f"reloadpt {__version__}",
        )
    )
    return page.lstrip().encode()


def _marks(exercise: Exercise) -> str:
    """What an exercise asks, does to the body and waits for, in short."""
    does = [
        field.name.replace("_", " ")
        for field in fields(BodyEffects)
        if getattr(exercise.effects, field.name, False)
    ]
    parts = [
        f"for {exercise.intent}",
        exercise.position,
        f"asks {', '.join(sorted(exercise.demands))}" if exercise.demands else "",
        f"needs {', '.join(exercise.equipment)}",
        "what it does to the body was never said"
        if exercise.effects is None
        else f"does: {', '.join(does) or 'none of the six'}",
        "demanding" if exercise.demanding else "",
        f"from day {exercise.from_day}" if exercise.from_day else "",
        "optional" if exercise.optional else "",
    ]
    return "; ".join(filter(None, parts))
