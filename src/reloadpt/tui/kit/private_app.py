"""An app that shows nothing of what it works with when it fails: one sentence, after the terminal is its own again."""

from __future__ import annotations

import logging
from typing import TypeVar

from rich.text import Text
from textual.app import App

from reloadpt import crash

Answer = TypeVar("Answer")


class PrivateApp(App[Answer]):
    """What every app of ours stands on. Textual would print the failed call with the values it worked on."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        # a task that nobody waited for is told there, with its values
        tasks = logging.getLogger("asyncio")
        tasks.addHandler(logging.NullHandler())
        tasks.propagate = False

    def _fatal_error(self) -> None:
        """Say it and end; Textual calls this for whatever no one caught, and has no other place to step in."""
        error = self._exception or RuntimeError()
        self._return_code = crash.exit_code(error)
        if self._exit_renderables:
            self._close_messages_no_wait()
        else:
            self.panic(Text(crash.crash_sentence(error)))
