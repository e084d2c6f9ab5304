"""Reads typed lines with a limit to the patience, so that a set being timed never waits for the keyboard."""

from __future__ import annotations

import os
import queue
import select
import signal
import sys
import threading
import time
from types import FrameType
from typing import BinaryIO, Protocol

LONGEST = 65536
"""Bytes of one line that are kept: more than the longest note, whatever its letters."""
LOOK_S = 0.5
"""Waiting for the reader thread is cut into so long, or an interrupt would not be heard on every system."""


class InputEnded(Exception):
    """The input is over, or the person leaves."""


class LineSource(Protocol):
    """Where typed lines come from."""

    def read(self, seconds: float | None) -> str | None:
        """The next line without its end; None where none came within ``seconds`` (None: however long).

        Raises ``InputEnded`` at the end of the input.
        """


class LineBuffer:
    """Bytes as they come, handed out as lines. A last line without its end counts as one."""

    def __init__(self) -> None:
        self._bytes = b""
        self._over = False

    def take(self, piece: bytes) -> None:
        """Take in what was read; nothing means that the input is over."""
        self._over = self._over or not piece
        self._bytes += piece
        if b"\n" not in self._bytes:
            self._bytes = self._bytes[:LONGEST]

    def line(self) -> str | None:
        """The next line that is whole, if there is one. Raises ``InputEnded`` where none will come."""
        if b"\n" not in self._bytes and not self._over:
            return None
        if not self._bytes:
            raise InputEnded
        line, _, self._bytes = self._bytes.partition(b"\n")
        return line[:LONGEST].decode(errors="replace").removesuffix("\r")


class SelectedLines:
    """Lines from a file descriptor that the system can wait for: a terminal, a pipe or a file, on POSIX."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._buffered = LineBuffer()

    def read(self, seconds: float | None) -> str | None:
        """See ``LineSource``."""
        until = None if seconds is None else time.monotonic() + seconds
        while (line := self._buffered.line()) is None:
            wait = None if until is None else max(until - time.monotonic(), 0)
            if not select.select([self._handle], [], [], wait)[0]:
                return None
            self._buffered.take(self._piece())
        return line

    def _piece(self) -> bytes:
        try:
            return os.read(self._handle, 65536)
        except OSError:
            return b""  # a terminal that has gone away


class ThreadedLines:
    """Lines from any stream, read by a thread of its own: where the system cannot wait for a console."""

    def __init__(self, stream: BinaryIO) -> None:
        self._buffered = LineBuffer()
        self._pieces: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._fill, args=(stream,), daemon=True).start()

    def _fill(self, stream: BinaryIO) -> None:
        while piece := stream.readline(LONGEST):
            self._pieces.put(piece)
        self._pieces.put(b"")

    def read(self, seconds: float | None) -> str | None:
        """See ``LineSource``."""
        until = None if seconds is None else time.monotonic() + seconds
        while (line := self._buffered.line()) is None:
            wait = LOOK_S if until is None else min(until - time.monotonic(), LOOK_S)
            try:
                self._buffered.take(self._pieces.get(timeout=max(wait, 0)))
            except queue.Empty:
                if until is not None and time.monotonic() >= until:
                    return None
        return line


class InterruptedLines:
    """Lines of which an interrupt (Ctrl-C) is the end: heard while waiting, never while something is written."""

    def __init__(self, lines: LineSource) -> None:
        self._lines = lines
        self._waiting = False
        self._interrupted = False
        signal.signal(signal.SIGINT, self._interrupt)

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        self._interrupted = True
        if self._waiting:
            raise InputEnded

    def read(self, seconds: float | None) -> str | None:
        """See ``LineSource``."""
        self._waiting = True
        try:
            if self._interrupted:
                raise InputEnded
            return self._lines.read(seconds)
        finally:
            self._waiting = False


class NoLines:
    """No input at all: it is over before it begins."""

    def read(self, seconds: float | None) -> str | None:  # noqa: ARG002
        """See ``LineSource``."""
        raise InputEnded


def standard_lines() -> LineSource:
    """The lines of this process's standard input, ended by an interrupt too."""
    if sys.stdin is None:
        return NoLines()
    threaded = sys.platform == "win32"
    lines = ThreadedLines(sys.stdin.buffer) if threaded else SelectedLines(sys.stdin.fileno())
    return InterruptedLines(lines)
