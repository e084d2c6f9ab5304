"""The tones of a session, made from nothing: each a few notes, as the bytes of a wave that any player takes."""

from __future__ import annotations

import io
import math
import wave
from array import array
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from reloadpt.coach.cues import CueKind

RATE = 22050
"""Samples a second, of 16 bits, one channel."""
HEADER = 44
"""Bytes of a wave file before its samples."""
LOUDNESS = 0.6
FADE_S = 0.012
"""A note swells and fades for so long, or it would click."""
BETWEEN_S = 0.2
"""Silence between two tones that come at once."""
C5, E5, G5, C6 = 523.25, 659.26, 783.99, 1046.5
"""Between 500 and 1100 Hz: what an old ear still hears well, and what a laptop's small loudspeaker can play."""


class Tone(NamedTuple):
    """A pitch in hertz, 0 for silence, and how many seconds it lasts."""

    pitch: float
    seconds: float


TONES: dict[CueKind, tuple[Tone, ...]] = {
    "get_ready": (Tone(C5, 0.15), Tone(0, 0.08), Tone(C5, 0.15)),
    "three": (Tone(E5, 0.12),),
    "two": (Tone(E5, 0.12),),
    "one": (Tone(E5, 0.12),),
    "go": (Tone(C6, 0.45),),
    "rest": (Tone(G5, 0.2), Tone(C5, 0.35)),
    "switch": (Tone(C5, 0.15), Tone(G5, 0.15), Tone(C5, 0.15), Tone(G5, 0.15)),
    "done": (Tone(C5, 0.12), Tone(E5, 0.12), Tone(G5, 0.25)),
    "rate": (Tone(G5, 0.15), Tone(0, 0.08), Tone(G5, 0.15)),
    "finished": (Tone(C5, 0.15), Tone(E5, 0.15), Tone(G5, 0.15), Tone(C6, 0.4)),
}
BELLS: dict[CueKind, tuple[float, ...]] = {
    "get_ready": (0,),
    "three": (0,),
    "two": (0,),
    "one": (0,),
    "go": (0, 0.2),
    "rest": (0, 0.2, 0.4),
    "switch": (0, 0.2, 0.4, 0.6),
    "done": (0, 0.6),
    "rate": (0, 0.6, 1.2),
    "finished": (0, 0.2, 0.8, 1.0),
}
"""Where a terminal's bell is all there is: when it rings, in seconds. A bell has one pitch, but it has rhythm."""


def tones_heard(kinds: Iterable[CueKind]) -> tuple[CueKind, ...]:
    """The tones of cues that come at once, in order; ``go`` waits for nothing, so it comes alone."""
    toned = tuple(kind for kind in kinds if kind in TONES)
    return ("go",) if "go" in toned else toned


@cache
def wave_of(kinds: tuple[CueKind, ...]) -> bytes:
    """The tones of ``kinds`` as a whole wave file, in memory; without its ``HEADER`` bytes, raw samples."""
    samples = array("h", (round(32767 * sample) for note in _notes(kinds) for sample in _sounding(note)))
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes(samples.tobytes())
    return file.getvalue()


def _notes(kinds: tuple[CueKind, ...]) -> Iterable[Tone]:
    for at, kind in enumerate(kinds):
        if at:
            yield Tone(0, BETWEEN_S)
        yield from TONES[kind]


def _sounding(note: Tone) -> Iterable[float]:
    """The samples of a note, from -1 to 1."""
    count = round(note.seconds * RATE)
    fade = FADE_S * RATE
    turn = 2 * math.pi * note.pitch / RATE
    for at in range(count):
        edge = min(at, count - 1 - at)
        swell = 0.5 - 0.5 * math.cos(math.pi * edge / fade) if edge < fade else 1.0
        yield LOUDNESS * swell * math.sin(turn * at)
