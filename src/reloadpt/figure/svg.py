"""A picture as SVG for paper and report: one self-contained fragment in the colour of the text around it."""

from __future__ import annotations

import math
from html import escape
from itertools import groupby
from zlib import crc32

from reloadpt.figure.drawing import Circle, Path, Tone, outline, picture
from reloadpt.figure.pose import Pose
from reloadpt.figure.props import Stroke

SCALE = 100
"""Units of the picture per metre."""

GAP = 0.011
"""The gap between a part and what lies behind it, as a share of the picture's longer side."""

_CARRIES = ("trunk", "neck", "jaw")
"""The parts that others grow out of."""

_INK: dict[Tone, float] = {"far": 0.3, "body": 0.55, "work": 1.0, "thing": 0.8, "bone": 0.25, "region": 0.5}


def svg(moment: Pose, title: str) -> str:
    """The picture of one moment; ``title`` is read out in its place."""
    flat = picture(moment)
    left, bottom, right, top = (edge * SCALE for edge in flat.bounds)
    box = f"{left:.1f} {-top:.1f} {right - left:.1f} {top - bottom:.1f}"
    groups = [(part, list(group)) for part, group in groupby(flat.shapes, key=lambda shape: shape.part)]
    hulls = ["".join(_hull(shape.circles) for shape in group) for _, group in groups]
    mark = f"f{crc32(''.join([box, title, *hulls]).encode()):08x}"
    size = f'x="{left:.1f}" y="{-top:.1f}" width="{right - left:.1f}" height="{top - bottom:.1f}"'
    gap = 2 * GAP * max(right - left, top - bottom)
    defined, drawn = [], []
    for index, (part, group) in enumerate(groups):
        defined.append(f'<g id="{mark}p{index}">{hulls[index]}</g>')
        above_it = range(index + 1, len(groups))
        cuts = []
        for above in above_it:
            cuts.append(f'<use href="#{mark}p{above}" stroke="#000" stroke-width="{gap:.1f}"/>')
            root = flat.roots.get(groups[above][0])
            if root and part in _CARRIES:
                cuts.append(f'{_hull((root,))[:-2]} fill="#fff"/>')
        cuts += [f'<use href="#{mark}p{above}" fill="#000"/>' for above in above_it]
        mask = ""
        if cuts:
            defined.append(
                f'<mask id="{mark}m{index}" maskUnits="userSpaceOnUse" {size}>'
                f'<rect {size} fill="#fff"/>{"".join(cuts)}</mask>'
            )
            mask = f' mask="url(#{mark}m{index})"'
        drawn.append(f'<g{mask}><use href="#{mark}p{index}" opacity="{_INK[group[0].tone]}"/></g>')
    covers = "".join(
        f'<use href="#{mark}p{index}" fill="#000" stroke="#000" stroke-width="{gap:.1f}"/>'
        for index in range(len(groups))
    )
    defined.append(
        f'<mask id="{mark}b" maskUnits="userSpaceOnUse" {size}><rect {size} fill="#fff"/>{covers}</mask>'
    )
    behind, before = (
        "".join(_path(path) for path in flat.paths if path.over == over) for over in (False, True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{box}" fill="currentColor">'
        f"<title>{escape(title)}</title><defs>{''.join(defined)}</defs>"
        f'<g mask="url(#{mark}b)">{behind}</g>{"".join(drawn)}{before}</svg>'
    )


_STROKES: dict[Stroke, str] = {
    "whole": 'stroke-opacity=".8" stroke-width="2.2"',
    "dashed": 'stroke-opacity=".8" stroke-width="1.8" stroke-dasharray="4 3"',
    "ground": 'stroke-opacity=".45" stroke-width="1.4"',
    "sheet": 'stroke-opacity=".3" stroke-width="1.2" stroke-dasharray="3 3"',
    "band": 'stroke-opacity=".8" stroke-width="2.4"',
}


def _path(path: Path) -> str:
    steps = "L".join(f"{x * SCALE:.1f} {-y * SCALE:.1f}" for x, y in path.points)
    return (
        f'<path d="M{steps}" fill="none" stroke="currentColor" stroke-linejoin="round" '
        f'stroke-linecap="round" {_STROKES[path.stroke]}/>'
    )


def _hull(circles: tuple[Circle, ...]) -> str:
    arcs = outline(circles)
    if len(arcs) == 1:
        only = arcs[0][0]
        return f'<circle cx="{only.x * SCALE:.1f}" cy="{-only.y * SCALE:.1f}" r="{only.r * SCALE:.1f}"/>'
    steps = []
    for circle, begin, end in arcs:
        radius = circle.r * SCALE
        large = 1 if end - begin > math.pi else 0
        steps.append(f"{_on(circle, begin)}A{radius:.1f} {radius:.1f} 0 {large} 0 {_on(circle, end)}")
    return f'<path d="M{"L".join(steps)}Z"/>'


def _on(circle: Circle, angle: float) -> str:
    x, y = circle.x + circle.r * math.cos(angle), circle.y + circle.r * math.sin(angle)
    return f"{x * SCALE:.1f} {-y * SCALE:.1f}"
