"""Makes one thing heard at a time, from a thread of its own, so that nobody ever waits for a sound."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from reloadpt.voice.programs import Playback

What = TypeVar("What")

LOOK_S = 0.05
"""What is being heard is looked at so often."""
HANGS_S = 20.0
"""Nothing that is heard takes so long; a program that does is stuck."""


class Mouth(Generic[What]):
    """Hands what it is given to the first of ``ways`` that works; what is newer ends what still goes on.

    A way that fails is not tried again, and what it was given goes to the next one. ``ways`` start what they
    are given, and raise ``OSError`` where they cannot.
    """

    def __init__(self, ways: Sequence[Callable[[What], Playback]]) -> None:
        self._ways = list(ways)
        self._changed = threading.Condition()
        self._next: What | None = None
        self._busy = False
        self._closed = False
        self._thread: threading.Thread | None = None

    @property
    def works(self) -> bool:
        """Whether a way is left that has not failed."""
        return bool(self._ways)

    @property
    def busy(self) -> bool:
        """Whether something is being heard, or about to be."""
        return self._busy

    def give(self, sound: What) -> None:
        """Let ``sound`` be heard now; comes back at once."""
        with self._changed:
            if self._closed or not self._ways:
                return
            self._next = sound
            self._busy = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="reloadpt-mouth", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def close(self) -> None:
        """End what is being heard, and be silent from now on."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(1)

    def _run(self) -> None:
        while (sound := self._wait_for_next()) is not None:
            while self._ways and not self._is_heard(sound):
                with self._changed:
                    del self._ways[0]

    def _wait_for_next(self) -> What | None:
        with self._changed:
            self._busy = self._next is not None
            self._changed.wait_for(lambda: self._closed or self._next is not None)
            sound, self._next = self._next, None
            return None if self._closed else sound

    def _is_heard(self, sound: What) -> bool:
        """Start it and stay with it until it is over or something newer came; False where it failed."""
        try:
            playing = self._ways[0](sound)
        except OSError:
            return False
        until = time.monotonic() + HANGS_S
        while (code := playing.poll()) is None:
            with self._changed:
                newer = self._changed.wait_for(lambda: self._closed or self._next is not None, LOOK_S)
            stuck = time.monotonic() > until
            if newer or stuck:
                playing.end()
                return not stuck
        return code == 0
