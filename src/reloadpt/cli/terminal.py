"""The terminal that the commands write to: whatever they write, nothing from a file moves its cursor."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from reloadpt.files import visible


class Terminal(TextIOWrapper):
    """A stream on a terminal through which only text and line ends come."""

    def write(self, text: str, /) -> int:
        """Write text, cleaned; return how much of it was taken, which is all."""
        super().write(visible(text))
        return len(text)


def clean_streams() -> None:
    """Write UTF-8 to both streams, and only what can be seen where they are a terminal."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if not isinstance(stream, TextIOWrapper):
            continue
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        if stream.isatty():
            setattr(sys, name, Terminal(stream.buffer, "utf-8", "backslashreplace", line_buffering=True))
