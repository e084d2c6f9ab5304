"""Muscles that are commonly needled and have no programme: named with their signs, and without exercises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class OtherMuscle:
    """A muscle, or a part of the body, without a programme.

    ``name`` is what a patient calls it, ``latin`` its own name, empty for a part of the body; ``codes`` are its
    warning signs beside those that are asked everywhere.
    """

    muscle: str
    name: str
    latin: str
    region: str
    codes: tuple[str, ...]

    @property
    def label(self) -> str:
        """``Side of the neck (sternocleidomastoid)``."""
        return f"{self.name} ({self.latin})" if self.latin else self.name


_ROWS = (
    ("sternocleidomastoid", "Side and front of the neck", "sternocleidomastoid", "head and neck", "SN ST SV"),
    ("scalenes", "Side of the neck, deep", "scalenes", "head and neck", "SN ST SA"),
    ("serratus-anterior", "Ribs below the armpit", "serratus anterior", "chest", "ST"),
    ("serratus-posterior", "Ribs beside the spine", "serratus posterior", "back", "ST SN"),
    ("intercostals", "Between the ribs", "intercostals", "chest", "ST"),
    ("subscapularis", "Under the shoulder blade", "subscapularis", "shoulder", "ST SA"),
    ("latissimus-teres-major", "Back of the armpit", "latissimus and teres major", "shoulder", "ST SA"),
    ("abdominals", "Belly", "abdominals", "belly", "ST SP SR"),
    ("diaphragm", "Under the ribs", "diaphragm", "belly", "ST SP"),
    ("thenar-interossei", "Hand", "thenar muscles and interossei", "arm", "SA"),
    ("brachioradialis", "Forearm, the thumb side", "brachioradialis", "arm", "SA SV"),
    ("supinator", "Forearm, deep below the elbow", "supinator", "arm", "SA SV"),
    ("popliteus", "Back of the knee", "popliteus", "lower leg and foot", "SG SV"),
    ("peroneals", "Outside of the shin", "peroneals", "lower leg and foot", "SG SV"),
    ("tibialis-posterior", "Deep in the calf", "tibialis posterior", "lower leg and foot", "SG SV"),
    (
        "coccygeus-levator-ani",
        "Pelvic floor, at the tailbone",
        "coccygeus and levator ani",
        "pelvis",
        "SL SP",
    ),
    ("elsewhere-head-neck", "Somewhere else: head, face or neck", "", "head and neck", "SN ST SJ"),
    ("elsewhere-chest", "Somewhere else: chest or ribs", "", "chest", "ST"),
    ("elsewhere-shoulder-arm", "Somewhere else: shoulder, arm or hand", "", "shoulder", "ST SA SV"),
    ("elsewhere-back", "Somewhere else: back", "", "back", "ST SN SL SR SP"),
    ("elsewhere-belly", "Somewhere else: belly or flank", "", "belly", "ST SP SR"),
    ("elsewhere-pelvis-hip", "Somewhere else: pelvis, buttock or hip", "", "pelvis", "SL SP SG SV"),
    ("elsewhere-leg", "Somewhere else: leg or foot", "", "thigh", "SG SV"),
)
OTHER_MUSCLES: Mapping[str, OtherMuscle] = {
    row[0]: OtherMuscle(*row[:4], codes=tuple(row[4].split())) for row in _ROWS
}
"""By slug; the signs by region are general practice."""

WITHIN = {
    "rhomboids": "middle-lower-trapezius",
    "supraspinatus": "rotator-cuff",
    "infraspinatus": "rotator-cuff",
    "teres-minor": "rotator-cuff",
    "suboccipitals": "cervical-paraspinals",
    "soleus": "calf",
    "gastrocnemius": "calf",
    "gluteus-minimus": "gluteus-medius",
    "glute-min": "gluteus-medius",
    "iliacus": "hip-flexors",
    "psoas": "hip-flexors",
    "iliopsoas": "hip-flexors",
    "rectus-femoris": "hip-flexors",
    "obturator-internus": "piriformis",
    "masseter": "jaw",
    "temporalis": "jaw",
    "pterygoids": "jaw",
    "ql": "quadratus-lumborum",
    "tfl": "tensor-fasciae-latae",
    "itb": "tensor-fasciae-latae",
}
"""The programme that another name of a muscle is found in."""
ALSO_CALLED = {"scm": "sternocleidomastoid", "lats": "latissimus-teres-major", "latissimus": "latissimus-teres-major",
               "teres-major": "latissimus-teres-major", "levator-ani": "coccygeus-levator-ani",
               "coccygeus": "coccygeus-levator-ani", "thenar": "thenar-interossei",
               "interossei": "thenar-interossei"}  # fmt: skip
"""Other names of the muscles without a programme."""


def muscle_slug(name: str) -> str:
    """The slug that a muscle is known by here: its own, or that of what another name of it stands for."""
    slug = "-".join(name.casefold().split())
    return WITHIN.get(slug) or ALSO_CALLED.get(slug) or slug
