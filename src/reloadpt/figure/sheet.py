"""A contact sheet for those who make figures: every exercise of a folder, first and last keyframe, named."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from pydantic import ValidationError

from reloadpt.figure.model import Figure
from reloadpt.figure.pose import pose
from reloadpt.figure.svg import svg
from reloadpt.files import Trouble, read_json

COLUMNS = 6
WIDTH, HEIGHT, FOOT = 250, 130, 26


def contact_sheet(figures: Iterable[tuple[str, Figure]]) -> str:
    """One SVG of all figures: the first keyframe on the left, the last on the right, the name under them."""
    tiles = []
    half = WIDTH // 2 - 6
    for place, (title, figure) in enumerate(figures):
        x, y = place % COLUMNS * WIDTH, place // COLUMNS * (HEIGHT + FOOT)
        for t, left in ((0.0, x + 4), (1.0, x + WIDTH // 2 + 2)):
            opening = f'<svg x="{left}" y="{y + 4}" width="{half}" height="{HEIGHT}" '
            tiles.append(svg(pose(figure, t), title).replace("<svg ", opening, 1))
        middle = x + WIDTH // 2
        tiles.append(
            f'<text x="{middle}" y="{y + HEIGHT + 18}" text-anchor="middle">{escape(title[:44])}</text>'
        )
    rows = -(-(len(tiles) // 3) // COLUMNS) or 1
    wide, high = COLUMNS * WIDTH, rows * (HEIGHT + FOOT)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'font-family="sans-serif" font-size="11" fill="#1d3040" color="#1d3040">'
        f'<rect width="{wide}" height="{high}" fill="#fff"/>{"".join(tiles)}</svg>'
    )


def figures_in(place: Path) -> Iterator[tuple[str, Figure]]:
    """The figures of a programme file, or of all in a folder, with their exercises' ids."""
    for path in sorted(place.glob("*.json")) if place.is_dir() else [place]:
        value, _ = read_json(path)
        exercises = value.get("exercises", []) if isinstance(value, dict) else []
        for exercise in exercises if isinstance(exercises, list) else []:
            if not isinstance(exercise, dict) or "figure" not in exercise:
                continue
            title = str(exercise.get("id") or exercise.get("name") or path.stem)
            try:
                yield title, Figure.model_validate(exercise["figure"])
            except ValidationError as error:
                first = error.errors()[0]
                field = ".".join(str(part) for part in first["loc"])
                raise Trouble(f"{path}: {title}: figure.{field}: {first['msg']}.") from None


def write_sheet(arguments: list[str]) -> int:
    """Write the sheet of the folders and files given to the path given first."""
    if len(arguments) < 2:
        sys.stderr.write("usage: python -m reloadpt.figure.sheet OUT.svg|OUT.html PROGRAMMES…\n")
        return 2
    out, *places = (Path(argument) for argument in arguments)
    try:
        figures = [pair for place in places for pair in figures_in(place)]
        drawn = contact_sheet(figures)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    if out.suffix == ".html":
        drawn = f'<!doctype html><meta charset="utf-8"><title>Figures</title>{drawn}'
    out.write_text(drawn, encoding="utf-8")
    sys.stderr.write(f"{len(figures)} figures in {out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(write_sheet(sys.argv[1:]))
