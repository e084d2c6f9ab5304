"""One window of the browser: a process of the app, and the socket between it and the page."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

LARGEST_MESSAGE = 64 * 1024
HEARTBEAT_S = 15.0
LAST_WORDS_S = 5.0
"""So long an app that is told to end may take; what it had saved is saved."""
WIDEST, HIGHEST = 400, 150
"""The largest screen that is drawn, in cells."""


class Window(AppService):
    """A process of the app for one page; it ends with the page."""

    def __init__(self, command: Sequence[str], socket: web.WebSocketResponse) -> None:
        super().__init__(
            command[0],
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self._say_goodbye,
            download_manager=DownloadManager(),
        )
        self._arguments = command
        self._socket = socket

    async def _say_goodbye(self) -> None:
        await self._socket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start it without a shell, in a group of its own: an interrupt is the server's to pass on."""
        self._process = await asyncio.create_subprocess_exec(
            *self._arguments,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width=width, height=height),
            start_new_session=True,
        )
        self._stdin = self._process.stdin
        return self._process

    async def serve(self, width: int, height: int) -> None:
        """Pass on what is typed and clicked, until the page goes or the app ends."""
        await self.start(*_size(width, height))
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    await self._take(message.data)
        finally:
            await self.end()

    async def end(self) -> None:
        """Let the app end; one that does not is killed."""
        if self._process is None:
            return
        try:
            async with asyncio.timeout(LAST_WORDS_S):
                await self.stop()
                await self._process.wait()
        except (TimeoutError, ConnectionError):
            if self._process.returncode is None:
                self._process.kill()
            await self._process.wait()

    async def _take(self, text: str) -> None:
        match _read(text):
            case ["stdin", str(typed)]:
                await self.send_bytes(typed.encode(errors="replace"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                await self.set_terminal_size(*_size(width, height))
            case ["ping", when]:
                await self._socket.send_json(["pong", when])
            case ["focus", *_]:
                await self.focus()
            case ["blur", *_]:
                await self.blur()


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _size(width: int, height: int) -> tuple[int, int]:
    return min(max(width, 1), WIDEST), min(max(height, 1), HIGHEST)
