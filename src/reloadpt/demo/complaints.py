"""What invented patients come with: a complaint, the muscles that are needled for it, and what matters to them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Complaint:
    """One complaint. ``targets`` are written as for ``plan new``; the first is the one that stays sore."""

    complaint: str
    targets: tuple[str, ...]
    activities: tuple[str, ...]


LOW_BACK = Complaint(
    "low back pain",
    ("lumbar-paraspinals:calm:both", "multifidus:wake:both:stim"),
    ("sit for an hour", "lift a full basket"),
)
CASES = (
    LOW_BACK,
    Complaint("stiff neck and shoulders", ("upper-trapezius:calm:both", "middle-lower-trapezius:wake:both"),
         ("work at a desk", "look over the shoulder")),
    Complaint("pain at the side of the hip", ("tensor-fasciae-latae:calm:right", "gluteus-medius:wake:right"),
         ("climb stairs", "lie on that side")),
    Complaint("calf pain after running", ("calf:calm:left", "tibialis-anterior:wake:left"),
         ("run for twenty minutes", "walk downstairs")),
    Complaint("pain in the front of the shoulder", ("pectorals:calm:left", "rotator-cuff:wake:left"),
         ("reach a high shelf", "sleep through the night")),
    Complaint("pain in the back of the thigh", ("hamstrings:calm:right", "gluteus-maximus:wake:both"),
         ("walk uphill", "bend to tie a shoe")),
    Complaint("pain at the outer elbow", ("forearm-extensors:calm:right",),
         ("open a jar", "carry a bag")),
)  # fmt: skip
