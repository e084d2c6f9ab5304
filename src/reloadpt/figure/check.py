"""What is wrong with a figure, in words that its author can act on."""

from __future__ import annotations

import math
from collections.abc import Iterator

from reloadpt.figure.anatomy import LIMITS, SIDED
from reloadpt.figure.closeups import CLOSE_UPS
from reloadpt.figure.drawing import Camera, arrow_direction, view_of
from reloadpt.figure.keys import solved_keyframes
from reloadpt.figure.model import Arrow, Figure, Frame
from reloadpt.figure.placing import SolvedKeyframe, solve_body
from reloadpt.figure.words import FigureProblem, wrong_words

ROOM = 0.03
"""How far in metres a point may be from where it is said to be: skin gives, and shoulder blades glide."""

SHOWS = 0.4
"""What share of an arrow has to be seen, the rest pointing at the eye."""

STILL = 0.5
"""Angles that differ by less than this, in degrees, do not show."""

_PLAIN = {"palm": "hand", "fingers": "fingers", "ball": "foot", "neck_base": "upper back", "neck_top": "neck",
          "mid_back": "back", "toe": "toes", "waist": "low back"}  # fmt: skip


def problems(figure: Figure) -> list[FigureProblem]:
    """Everything wrong with a figure: wrong words first, as nothing can be drawn until they are right."""
    faults = list(wrong_words(figure))
    if faults:
        return faults
    faults = [problem for index, frame in enumerate(figure.frames) for problem in _out_of_range(index, frame)]
    if figure.frames[0].posture not in CLOSE_UPS:
        for index, key in enumerate(solved_keyframes(figure)):
            faults += _unreachable(index, figure.frames[index], key)
    faults += [
        problem
        for index, arrow in enumerate(figure.arrows)
        for problem in _hidden_arrows(index, arrow, figure)
    ]
    if not figure.region and not figure.arrows and not _moves(figure):
        faults.append(
            FigureProblem(
                "frames",
                "Nothing moves: the keyframes are all alike. Change an angle, or add a region or an arrow.",
            )
        )
    return faults


def _out_of_range(index: int, frame: Frame) -> Iterator[FigureProblem]:
    """Angles that no joint reaches."""
    close = CLOSE_UPS.get(frame.posture)
    limits = close.moves if close else LIMITS | SIDED
    for name, value in frame.angles.items():
        low, high = limits[name]
        if not low <= value <= high:
            yield FigureProblem(
                f"frames.{index}.angles.{name}",
                f"{value:g} is further than {name} goes: {low:g} to {high:g}.",
            )


def _unreachable(index: int, frame: Frame, key: SolvedKeyframe) -> Iterator[FigureProblem]:
    """What cannot be where it is said to be: hands and feet out of reach, parts below the floor."""
    skeleton = solve_body(key)
    for end, distance in skeleton.short.items():
        if distance <= ROOM:
            continue
        if end in key.reach:
            to = key.reach[end]
            goal = to if isinstance(to, str) else f"[{', '.join(f'{part:g}' for part in to)}]"
            suffix, sentence = f".reach.{end}", f"cannot reach {goal}: it ends {distance * 100:.0f} cm short."
        else:
            suffix, sentence = (
                "",
                (
                    f"cannot stay where {frame.posture} puts it: it ends {distance * 100:.0f} cm away. "
                    "Move the body less, or write angles for that limb to free it."
                ),
            )
        yield FigureProblem(f"frames.{index}{suffix}", f"{_point_in_words(end)} {sentence}")
    for name, depth in skeleton.sunk.items():
        if depth > ROOM:
            yield FigureProblem(
                f"frames.{index}",
                f"{_point_in_words(name)} would be {depth * 100:.0f} cm below the floor, so the whole body is lifted. "
                "Change the angles that lead there.",
            )


def _hidden_arrows(index: int, arrow: Arrow, figure: Figure) -> Iterator[FigureProblem]:
    """An arrow that points at the eye shows nothing."""
    way = arrow_direction(arrow.way, close=figure.frames[0].posture in CLOSE_UPS)
    across, up, _ = Camera(view_of(figure), flipped=False).see(way)
    if arrow.way != "round" and math.hypot(across, up) < SHOWS:
        yield FigureProblem(
            f"arrows.{index}.way",
            f"An arrow {arrow.way} points at the eye in the view “{view_of(figure)}”. Choose another view.",
        )


def _point_in_words(name: str) -> str:
    """A point of the skeleton as a person would say it."""
    stem, _, side = name.rpartition("_")
    if side not in ("left", "right"):
        return f"The {_PLAIN.get(name, name)}"
    return f"The {side} {_PLAIN.get(stem, stem)}"


def _moves(figure: Figure) -> bool:
    if figure.frames[0].posture in CLOSE_UPS:
        first = figure.frames[0].angles
        return any(
            abs(frame.angles.get(name, 0.0) - first.get(name, 0.0)) > STILL
            for frame in figure.frames
            for name in frame.angles.keys() | first.keys()
        )
    bodies = [solve_body(key).points for key in solved_keyframes(figure)]
    return any(math.dist(points[name], bodies[0][name]) > ROOM / 6 for points in bodies for name in bodies[0])
