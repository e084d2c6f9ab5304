"""Textual's pilot, without its bound of 30 seconds for a screen to settle, which a busy machine can use up."""

from __future__ import annotations

from textual.pilot import Pilot as Pilot  # noqa: PLC0414  (tests import it from here)

Pilot._wait_for_screen.__defaults__ = (None,)
