"""Which version of each programme a plan goes by, and who read and signed it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from reloadpt import wording
from reloadpt.files import MEBIBYTE, Trouble, read_bytes, replace_file, shorten
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan, ProgrammeReview

NAME = "programme-reviews.json"
_LONGEST = 100


def programme_hash(library: Library, muscle: str) -> str:
    """SHA-256 of the bytes of a programme's file, in hex."""
    library.programme(muscle)
    return hashlib.sha256(read_bytes(library.paths[muscle], 4 * MEBIBYTE)).hexdigest()


def kept_reviews(folder: Path) -> tuple[ProgrammeReview, ...]:
    """The reviews that were made here, the oldest first; ``Trouble`` where their file cannot be read."""
    path = folder / NAME
    if not path.exists():
        return ()
    try:
        return msgspec.json.decode(read_bytes(path, 4 * MEBIBYTE), type=tuple[ProgrammeReview, ...])
    except (msgspec.MsgspecError, ValueError):
        raise Trouble(
            f"{path}: does not hold reviews of programmes. Move it away and review them again."
        ) from None


def keep_review(folder: Path, review: ProgrammeReview) -> None:
    """Keep one review more; the same person's of the same bytes is not kept twice."""
    others = [
        kept
        for kept in kept_reviews(folder)
        if (kept.muscle, kept.sha256, kept.by) != (review.muscle, review.sha256, review.by)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    told = msgspec.json.encode([*others, review])
    replace_file(folder / NAME, msgspec.json.format(told, indent=1) + b"\n")


def last_review(reviews: tuple[ProgrammeReview, ...], muscle: str, sha256: str) -> ProgrammeReview | None:
    """The last review of exactly these bytes; None where nobody signed them."""
    signed = [review for review in reviews if (review.muscle, review.sha256) == (muscle, sha256)]
    return signed[-1] if signed else None


def with_versions(plan: Plan, library: Library, folder: Path | None) -> Plan:
    """The plan with the versions of its programmes, and the reviews kept in ``folder`` that are of their bytes."""
    muscles = sorted({target.muscle for target in plan.targets})
    reviews = kept_reviews(folder) if folder else ()
    found = [last_review(reviews, muscle, programme_hash(library, muscle)) for muscle in muscles]
    return replace(
        plan,
        versions={muscle: library.programme(muscle).version for muscle in muscles},
        reviews=tuple(review for review in found if review),
    )


def signing_in_words(plan: Plan, name: Callable[[str], str]) -> list[str]:
    """Who reviewed each programme of a plan, and which nobody signed; ``name`` is a muscle as people read it.

    Nothing of a plan that says no versions: it was made before programmes had any.
    """
    reviewed = {review.muscle: review for review in plan.reviews if review.muscle in plan.versions}
    lines = [review_in_words(review, name(muscle)) for muscle, review in reviewed.items()]
    if unsigned := [name(muscle) for muscle in plan.versions if muscle not in reviewed]:
        muscles = ", ".join(unsigned)
        by = plan.made_by and shorten(plan.made_by, _LONGEST)
        lines.append(
            wording.UNSIGNED(muscles=muscles, by=by) if by else wording.UNSIGNED_ALONE(muscles=muscles)
        )
    return lines


def review_in_words(review: ProgrammeReview, name: str) -> str:
    """Who read which version of a programme, and when."""
    return wording.SIGNED(
        muscle=name,
        version=review.version,
        by=shorten(review.by, _LONGEST),
        role=shorten(review.role, _LONGEST),
        day=review.day,
    )


def other_versions(plan: Plan, library: Library) -> list[str]:
    """What is another programme here than the one that the plan was made with."""
    lines = []
    signed = {review.muscle: review.sha256 for review in plan.reviews}
    for muscle, version in plan.versions.items():
        if muscle not in library.paths:
            continue
        programme = library.programme(muscle)
        if programme.version != version:
            lines.append(
                wording.OTHER_VERSION(muscle=programme.short_name, planned=version, here=programme.version)
            )
        elif muscle in signed and programme_hash(library, muscle) != signed[muscle]:
            lines.append(wording.OTHER_FILE_THAN_SIGNED(muscle=programme.short_name, version=version))
    return lines
