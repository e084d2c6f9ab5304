"""The other side of a figure: what was left is right, and a figure that faced right faces left."""

from __future__ import annotations

from reloadpt.figure.anatomy import SIGNED
from reloadpt.figure.model import Arrow, Figure, Frame, Prop, Way

_OTHER = {"left": "right", "right": "left"}
_ACROSS: dict[Way, Way] = {"left": "right", "right": "left"}


def other_side(name: str) -> str:
    """The same name on the other side of the body; names without a side stay."""
    stem, line, side = name.rpartition("_")
    return f"{stem}{line}{_OTHER.get(side, side)}" if stem else _OTHER.get(name, name)


def mirrored(figure: Figure) -> Figure:
    """The figure for the other side; mirrored twice it is the same again."""
    region = figure.region
    return figure.model_copy(
        update={
            "faces": _OTHER[figure.faces],
            "frames": tuple(_frame(frame) for frame in figure.frames),
            "props": tuple(_prop(prop) for prop in figure.props),
            "stays": figure.stays and other_side(figure.stays),
            "works": tuple(other_side(part) for part in figure.works),
            "region": region and region.model_copy(update={"at": tuple(other_side(at) for at in region.at)}),
            "arrows": tuple(_arrow(arrow) for arrow in figure.arrows),
        }
    )


def _frame(frame: Frame) -> Frame:
    return frame.model_copy(
        update={
            "angles": {
                other_side(name): -value if name in SIGNED else value for name, value in frame.angles.items()
            },
            "reach": {
                other_side(end): other_side(to) if isinstance(to, str) else to
                for end, to in frame.reach.items()
            },
        }
    )


def _prop(prop: Prop) -> Prop:
    return prop.model_copy(
        update={"at": prop.at and other_side(prop.at), "to": prop.to and other_side(prop.to)}
    )


def _arrow(arrow: Arrow) -> Arrow:
    return arrow.model_copy(update={"at": other_side(arrow.at), "way": _ACROSS.get(arrow.way, arrow.way)})
