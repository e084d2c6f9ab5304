"""Lets a session be heard: tones where the machine has a player, else the terminal's bell; and a voice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from reloadpt.coach.cues import LAST_SECONDS, Cue
from reloadpt.journal.events import Item
from reloadpt.program.programme import Exercise
from reloadpt.settings import Settings
from reloadpt.voice.mouth import Mouth
from reloadpt.voice.programs import Kinds, Playback, no_voice, players, speakers
from reloadpt.voice.tones import BELLS, tones_heard
from reloadpt.voice.words import PASSING, words_at

LATE_S = 1.0
"""A cue that comes later than this is not heard any more; others have come since."""
NOT_HEARD = "The voice of this computer cannot be heard: it found no loudspeaker. The settings turn it off."

Ring = Callable[[], object]


class CueOutput(Protocol):
    """What lets a session be heard."""

    def heed(
        self,
        cues: Sequence[Cue],
        now: float,
        wanted: Settings,
        items: Sequence[Item],
        exercises: Mapping[str, Exercise],
    ) -> str:
        """Let be heard what is due by ``now`` and wanted: ``sound``, ``speech`` and ``count_aloud``, each alone.

        Once, a sentence where a voice is wanted and there is none; else nothing.
        """

    def trouble(self) -> str:
        """Why nothing is spoken, where it is so, and how to get a voice; else nothing."""

    def close(self) -> None:
        """Be silent."""


class BellPattern:
    """A pattern of bells: each ``ring`` when it is due, ``pattern`` in seconds from now."""

    def __init__(self, ring: Ring, pattern: Sequence[float], ticks: Callable[[], float]) -> None:
        self._ring = ring
        self._ticks = ticks
        self._due = [ticks() + seconds for seconds in pattern]
        self.poll()

    def poll(self) -> int | None:
        """See ``Playback``."""
        while self._due and self._due[0] <= self._ticks():
            self._ring()
            del self._due[0]
        return None if self._due else 0

    def end(self) -> None:
        """See ``Playback``."""
        self._due.clear()


class Voice:
    """What a session sounds like. Nothing here makes the caller wait, and nothing that is not heard raises.

    ``ring`` rings the terminal's bell, from any thread; None where there is none.
    """

    def __init__(self, ring: Ring | None, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ring = ring
        self._ticks = ticks
        self._tones: Mouth[Kinds] | None = None
        self._words: Mouth[str] | None = None
        self._instructing = False
        """Whether what is being said is an instruction, which a passing word does not cut short."""
        self._told = ""

    def heed(
        self,
        cues: Sequence[Cue],
        now: float,
        wanted: Settings,
        items: Sequence[Item],
        exercises: Mapping[str, Exercise],
    ) -> str:
        """See ``CueOutput``."""
        timely = [cue for cue in cues if now - cue.due <= LATE_S]
        kinds = tones_heard(cue.kind for cue in timely)
        if wanted.sound and kinds:
            self._sounding().give(kinds)
        if not (wanted.speech or wanted.count_aloud):
            return ""
        by_tone = LAST_SECONDS if wanted.sound else ()
        worth = [cue for cue in timely if cue.kind not in by_tone]
        words = words_at(worth, items, exercises, speech=wanted.speech, count_aloud=wanted.count_aloud)
        passing = all(cue.kind in PASSING for cue in worth)
        mouth = self._speaking()
        if words and not (passing and self._instructing and mouth.busy):
            self._instructing = not passing
            mouth.give(words)
        return self._once(self.trouble())

    def trouble(self) -> str:
        """See ``CueOutput``."""
        if self._speaking().works:
            return ""
        return NOT_HEARD if speakers() else no_voice()

    def close(self) -> None:
        """See ``CueOutput``."""
        for mouth in (self._tones, self._words):
            if mouth is not None:
                mouth.close()

    def _once(self, sentence: str) -> str:
        new = sentence != self._told
        self._told = sentence
        return sentence if new else ""

    def _sounding(self) -> Mouth[Kinds]:
        if self._tones is None:
            ways = [player.start for player in players()]
            self._tones = Mouth([*ways, *([partial(_rung, self._ring, self._ticks)] if self._ring else [])])
        return self._tones

    def _speaking(self) -> Mouth[str]:
        if self._words is None:
            self._words = Mouth([speaker.start for speaker in speakers()])
        return self._words


def _rung(ring: Ring, ticks: Callable[[], float], kinds: Kinds) -> Playback:
    return BellPattern(ring, BELLS[kinds[-1]], ticks)
