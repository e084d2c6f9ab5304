"""The figure of one exercise as an author writes it: a view, things in the room, and two or more keyframes.

Names of postures, joints and points are checked in ``words``, which knows the nearest right word; the models only
mark for the JSON Schema which list a name is from.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

View = Literal["side", "corner", "front", "back", "high", "above", "feet"]
PropKind = Literal[
    "anchor", "backpack", "ball", "band", "belt", "bench", "chair", "dumbbell", "foam-roller",
    "hand", "heat-pack", "kettlebell", "mat", "mirror", "pillow", "step", "stick", "table", "towel", "twist-bar",
    "wall",
]  # fmt: skip
Way = Literal["up", "down", "ahead", "behind", "right", "left", "round"]

Name = Annotated[str, Field(min_length=1, max_length=40)]
Degrees = Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)]
Metres = Annotated[float, Field(ge=-3, le=3, allow_inf_nan=False)]
Spot = tuple[Metres, Metres]


# Which of the lists in ``words`` a name is from; ``words.schema_with_words`` writes the list itself in its place.
PostureName = Annotated[Name, WithJsonSchema({"type": "string", "enum": "postures"})]
PointName = Annotated[Name, WithJsonSchema({"type": "string", "enum": "points"})]
EndName = Annotated[Name, WithJsonSchema({"type": "string", "enum": "ends"})]
PartName = Annotated[Name, WithJsonSchema({"type": "string", "enum": "parts"})]
ReachName = Annotated[Name, WithJsonSchema({"type": "string", "enum": "reach"})]
TieName = Annotated[Name, WithJsonSchema({"type": "string", "enum": "ties"})]


class Model(BaseModel):
    """A frozen model that refuses names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Frame(Model):
    """One keyframe: a posture by name, and only what differs from it."""

    posture: Annotated[PostureName, Field(description="a posture of the library, or a close-up")]
    angles: Annotated[
        dict[Name, Degrees],
        Field(
            json_schema_extra={"propertyNames": {"enum": "angles"}},
            description="joint angles in degrees that differ from the posture, by the neutral-zero method: "
            "flexion is positive. A name without _left or _right sets both sides",
            max_length=60,
        ),
    ] = {}
    reach: Annotated[
        dict[EndName, ReachName | Spot],
        Field(
            description="where a hand or foot goes: to a point of the body, to floor or wall, or to "
            "[metres ahead, metres up]",
            max_length=4,
        ),
    ] = {}

    def __hash__(self) -> int:
        return hash(self.posture)  # dicts have none; figures are keys of caches


class Prop(Model):
    """A thing in the room. What ``at`` and ``to`` mean depends on the kind."""

    kind: PropKind
    at: Annotated[
        PointName | None, Field(description="the point of the body that holds it, lies on it or touches it")
    ] = None
    to: Annotated[
        TieName | None,
        Field(description="the other end of a band, belt or stick: a point, or where it is tied"),
    ] = None


class Region(Model):
    """A place on the body that swells with the movement and settles again: breath, or a gentle squeeze."""

    at: Annotated[tuple[PointName, ...], Field(min_length=1, max_length=4, description="one to four places")]
    does: Annotated[
        Literal["swells", "tightens", "softens"],
        Field(
            description="swells: grows on the way out (breath); tightens: draws together and darkens "
            "(squeeze); softens: spreads and fades (letting go)"
        ),
    ] = "swells"


class Arrow(Model):
    """Which way a place presses, or goes where the movement is too small to see; it grows on the way out."""

    at: PointName
    way: Annotated[
        Way,
        Field(
            description="a direction of the room (for someone who lies on the back, ahead is where the feet "
            "point to), or round for a circle"
        ),
    ]
    into: Annotated[
        bool, Field(description="whether it ends at its place, coming from outside, and not begins there")
    ] = False


class Figure(Model):
    """How one exercise looks: out is the way from the first keyframe to the last, return is the way back.

    Write one-sided exercises for the right side; the left is mirrored from it.
    """

    view: Annotated[
        View | None,
        Field(description="where it is seen from; without it, from where the first posture shows best"),
    ] = None
    faces: Annotated[
        Literal["right", "left"], Field(description="which way a figure seen from the side looks")
    ] = "right"
    props: Annotated[tuple[Prop, ...], Field(max_length=8, description="what is needed beside a floor")] = ()
    frames: Annotated[
        tuple[Frame, ...],
        Field(min_length=1, max_length=12, description="keyframes in order; one is enough with a region"),
    ]
    stays: Annotated[
        PointName | None,
        Field(description="the point that keeps its place where the posture's own is not meant"),
    ] = None
    works: Annotated[
        tuple[PartName, ...],
        Field(max_length=8, description="the parts drawn strongest; without it, those that move"),
    ] = ()
    region: Region | None = None
    arrows: Annotated[
        tuple[Arrow, ...], Field(max_length=4, description="which way something presses, or barely moves")
    ] = ()
