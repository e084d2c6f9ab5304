"""The words an author may use, by kind, and the nearest right one to a word that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from reloadpt.figure.anatomy import PARTS, SIDED, SIDES, WHOLE
from reloadpt.figure.closeups import CLOSE_UPS, CloseUp
from reloadpt.figure.landmarks import LANDMARKS
from reloadpt.figure.mirror import other_side
from reloadpt.figure.model import Figure, Frame
from reloadpt.figure.postures import POSTURES
from reloadpt.figure.props import TIES, prop_place
from reloadpt.files import clip, one_of

Kind = Literal["postures", "angles", "points", "ends", "reach", "ties", "parts"]


def schema_with_words(schema: dict[str, Any]) -> dict[str, Any]:
    """A JSON Schema in which every list that a model names as ``enum`` is written out."""
    return {key: _with_words(key, value) for key, value in schema.items()}


def _with_words(key: str, value: object) -> object:
    if isinstance(value, dict):
        return schema_with_words(value)
    if isinstance(value, list):
        return [_with_words("", inner) for inner in value]
    return list(_WORDS[value]) if key == "enum" and isinstance(value, str) else value


def nearest(word: str, kind: Kind) -> str:
    """A hint at the right word, ready to end a sentence: the nearest one, or where the list is."""
    plain = word.lower().replace("-", "_").replace(" ", "_")
    turned = "_".join(reversed(plain.split("_")))
    words = _WORDS[kind]
    matches = [spelling for spelling in (turned, f"{plain}_right") if spelling in words]
    for spelling in (plain, word.lower(), turned):
        matches = matches or get_close_matches(spelling, words, n=1, cutoff=0.5)
    return f"Did you mean “{matches[0]}”?" if matches else "The figures guide lists them."


_SIDED = tuple(f"{joint}_{side}" for joint in SIDED for side in SIDES)
_BODY = (*WHOLE, *SIDED, *_SIDED)
_CLOSE = tuple({name: None for close in CLOSE_UPS.values() for name in close.moves})
_WORDS: dict[str, tuple[str, ...]] = {
    "postures": (*POSTURES, *CLOSE_UPS),
    "angles": tuple(dict.fromkeys((*_BODY, *_CLOSE))),
    "points": LANDMARKS,
    "ends": tuple(f"{end}_{side}" for end in ("hand", "foot") for side in SIDES),
    "reach": (*LANDMARKS, "floor"),
    "ties": (*LANDMARKS, *TIES),
    "parts": PARTS,
}


@dataclass(frozen=True)
class FigureProblem:
    """Something wrong with a figure: where, as ``frames.1.angles.knee_left``, and what, in plain sentences."""

    where: str
    what: str


def wrong_words(figure: Figure) -> Iterator[FigureProblem]:
    """Names that nobody knows, each with the nearest right one."""
    for index, frame in enumerate(figure.frames):
        yield from _wrong_in_frame(f"frames.{index}", frame)
    for index, prop in enumerate(figure.props):
        yield from _wrong_word(f"props.{index}.at", prop.at, "points", "place on the body")
        yield from _wrong_word(f"props.{index}.to", prop.to, "ties", "place on the body or tie")
    yield from _wrong_word("stays", figure.stays, "points", "place on the body")
    for index, part in enumerate(figure.works):
        yield from _wrong_word(f"works.{index}", part, "parts", "part of the body")
    for index, name in enumerate(figure.region.at if figure.region else ()):
        yield from _wrong_word(f"region.at.{index}", name, "points", "place on the body")
    for index, arrow in enumerate(figure.arrows):
        yield from _wrong_word(f"arrows.{index}.at", arrow.at, "points", "place on the body")
    postures = {frame.posture for frame in figure.frames}
    if not postures & CLOSE_UPS.keys():
        for index, prop in enumerate(figure.props):
            if prop.kind == "hand":
                yield FigureProblem(
                    f"props.{index}.kind", "A hand beside the body is for close-ups. Write a reach instead."
                )
    elif len(postures) > 1:
        yield FigureProblem("frames", "A close-up can only be followed by the same close-up.")
    else:
        yield from _not_shown(figure, CLOSE_UPS[postures.pop()])


def _not_shown(figure: Figure, close: CloseUp) -> Iterator[FigureProblem]:
    """Places that a close-up does not show."""
    places = {f"region.at.{index}": at for index, at in enumerate(figure.region.at if figure.region else ())}
    places |= {f"arrows.{index}.at": arrow.at for index, arrow in enumerate(figure.arrows)}
    for index, prop in enumerate(figure.props):
        places |= {f"props.{index}.at": prop_place(prop)}
        if prop.to and prop.to not in TIES:
            places |= {f"props.{index}.to": prop.to}
    for where, name in places.items():
        if (name if figure.faces == "right" else other_side(name)) not in close.points:
            yield FigureProblem(
                where, f"This close-up does not show {clip(name)}, only {one_of(close.points)}."
            )


def _wrong_in_frame(where: str, frame: Frame) -> Iterator[FigureProblem]:
    yield from _wrong_word(f"{where}.posture", frame.posture, "postures", "posture")
    close = CLOSE_UPS.get(frame.posture)
    for name in frame.angles:
        place = f"{where}.angles.{name}"
        if close and name not in close.moves:
            yield FigureProblem(place, f"In {frame.posture} only {one_of(close.moves)} can move.")
        elif not close and name in _CLOSE and name not in _BODY:
            yield FigureProblem(place, f"{clip(name)} moves only in a close-up.")
        else:
            yield from _wrong_word(place, name, "angles", "joint")
    for end, to in frame.reach.items():
        if close:
            yield FigureProblem(f"{where}.reach", "In a close-up nothing reaches: write its values instead.")
            return
        yield from _wrong_word(f"{where}.reach.{end}", end, "ends", "hand or foot")
        if isinstance(to, str):
            yield from _wrong_word(f"{where}.reach.{end}", to, "reach", "place to reach for")


def _wrong_word(where: str, word: str | None, kind: Kind, what: str) -> Iterator[FigureProblem]:
    if word is not None and word not in _WORDS[kind]:
        yield FigureProblem(where, f"{clip(word)} is not a {what} we know. {nearest(word, kind)}")
