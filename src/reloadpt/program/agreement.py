"""What the parts of one file must say of each other, and what a programme of the form of now must say."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from reloadpt.files import clip, one_of
from reloadpt.program.plan import PLAN_FORMAT
from reloadpt.program.programme import FORMAT, BodyEffects

Place = tuple[str | int, ...]
LINKS = ("easier", "harder", "instead_of")


def disagreements(value: object) -> list[tuple[Place, str]]:
    """What is wrong in the JSON values of a programme or a plan beyond the form of each field: the place, and in words.

    A programme of an earlier form says less, and is asked for no more.
    """
    if not isinstance(value, Mapping):
        return []
    if value.get("format") == PLAN_FORMAT and value.get("targets") == [] and not value.get("also_needled"):
        return [(("targets",), "is “[]”; write a list of at least 1")]
    if value.get("format") != FORMAT:
        return []
    found: list[tuple[Place, str]] = []
    if value.get("version") is None:
        found.append((("version",), "is missing; write 1, and one more when a file that others have changes"))
    sources = value.get("sources")
    for mark, source in sources.items() if isinstance(sources, Mapping) else ():
        if isinstance(source, Mapping) and source.get("grade") is None:
            found.append((("sources", mark, "grade"), "is missing; add it"))
    written = value.get("exercises")
    exercises = [
        (number, exercise)
        for number, exercise in enumerate(written if isinstance(written, list) else [])
        if isinstance(exercise, Mapping)
    ]
    by_id = {exercise["id"]: exercise for _, exercise in exercises if isinstance(exercise.get("id"), str)}
    for number, exercise in exercises:
        found += [(("exercises", number, *place), says) for place, says in _of_exercise(exercise, by_id)]
    return found


def _of_exercise(exercise: Mapping[str, Any], by_id: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    if exercise.get("effects") is None:
        words = [*BodyEffects.__annotations__]
        yield ("effects",), f"is missing; say true or false for {', '.join(words[:-1])} and {words[-1]}"
    equipment = exercise.get("equipment")
    for place, thing in enumerate(equipment if isinstance(equipment, list) else ()):
        if thing == "mat":
            yield (
                ("equipment", place),
                "is “mat”, which nobody needs: a bed, a sofa or a carpet does; leave it out",
            )
    for link in LINKS:
        named = exercise.get(link)
        if not isinstance(named, str):
            continue
        if named == exercise.get("id"):
            yield (link,), "names the exercise itself"
        elif named not in by_id:
            near = difflib.get_close_matches(named, by_id, n=1)
            hint = f"; did you mean “{near[0]}”?" if near else ""
            yield (link,), f"is {clip(named)}, which is no exercise of this file{hint}"
        elif link == "instead_of":
            yield from _of_stand_in(exercise, by_id[named])


def _of_stand_in(exercise: Mapping[str, Any], first: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """A stand-in takes the place of an exercise that is dealt by itself, in its phase and for its intent."""
    place = ("instead_of",)
    if first.get("instead_of") is not None:
        yield (
            place,
            f"names another stand-in; name the one that both stand in for, {clip(first['instead_of'])}",
        )
    if first.get("phase") != exercise.get("phase"):
        yield (
            place,
            f"names an exercise of another phase ({clip(first.get('phase'))}); a stand-in is of the same",
        )
    served = exercise.get("intent"), first.get("intent")
    if "both" not in served and served[0] != served[1]:
        yield (
            place,
            f"names an exercise for {clip(served[1])}; this one must serve that too: {one_of([str(served[1]), 'both'])}",
        )
