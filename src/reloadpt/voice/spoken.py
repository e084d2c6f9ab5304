"""Text as it is best read aloud: doses in words, seconds in full, plain signs."""

from __future__ import annotations

import re

DOSE = re.compile(
    r"(?P<sets>\d+)×(?:(?P<reps>\d+)×(?=\d+ s))?(?P<last>\d+)(?P<unit> s\b)?(?P<side> each side)?"
)
SECONDS = re.compile(r"\b(\d+) s\b")
SIGNS = str.maketrans(
    {"×": " x ", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "·": "-", "°": " degrees "}
)  # fmt: skip


def spoken_text(text: str) -> str:
    """The text with its doses and seconds in words, and without the signs that are read badly or not at all.

    ``3×8 each side`` becomes ``3 sets of 8, each side``, and ``3×4×10 s`` ``3 sets of 4, 10 seconds each``.
    """
    spoken = SECONDS.sub(lambda dose: seconds_in_words(int(dose[1])), DOSE.sub(_dose, text))
    return re.sub(" +", " ", spoken.translate(SIGNS)) if not spoken.isascii() else spoken


def seconds_in_words(count: float) -> str:
    """``1 second``, ``30 seconds``."""
    return counted_in_words(round(count), "second")


def counted_in_words(count: int, what: str) -> str:
    """``1 set``, ``3 sets``."""
    return f"{count} {what}{'s' * (count != 1)}"


def _dose(dose: re.Match[str]) -> str:
    sets = counted_in_words(int(dose["sets"]), "set")
    side = ", each side" if dose["side"] else ""
    if not dose["unit"]:
        return f"{sets} of {dose['last']}{side}"
    length = seconds_in_words(int(dose["last"]))
    if dose["reps"]:
        return f"{sets} of {dose['reps']}, {length} each{side}"
    return f"{sets} of {length}{side}"
