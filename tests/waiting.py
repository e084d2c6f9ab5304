"""Waiting for what comes, however long a busy machine takes: only the test runner ends a wait for what never does."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(held: Callable[[], object], what: str, look_every_s: float = 0.02) -> None:
    """Let other threads and processes work until something holds; ``what`` is said where the wait is ended."""
    try:
        while not held():
            time.sleep(look_every_s)
    except BaseException as ended:
        ended.add_note(f"never came to this: {what}")
        raise
