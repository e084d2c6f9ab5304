"""Serves the app to a browser on this machine: one page, its socket, and the few files the page is made of."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from importlib.resources import files
from pathlib import Path

import textual_serve
from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp.web_protocol import RequestHandler

from reloadpt.files import Trouble, reason
from reloadpt.web.guard import NAMES, Address, Refusal
from reloadpt.web.window import HEARTBEAT_S, LARGEST_MESSAGE, Window

MOST_WINDOWS = 4
MOST_CONNECTIONS = 64
BACKLOG = 16
"""Connections are taken so many at a time, so there may be as many more than the most."""
CLOSING_S = 3.0
NEVER_S = 120.0
"""A page that was not asked for within so long never will be."""
AGAIN_S = 10.0
"""A page that is loaded anew is closed and opened within so long."""
ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
"""What ends it; each system has some of them."""
FIRST_REQUEST_S = 3.0
"""A connection that has not asked by then for what is at the secret address is closed."""
TOO_MANY = f"{MOST_WINDOWS} windows are open already. Close one, then open this address again."
OURS = files("reloadpt.web")
THEIRS = Path(textual_serve.__file__).parent / "static"
PARTS = {
    "page.css": (OURS / "page.css", "text/css"),
    "page.js": (OURS / "page.js", "text/javascript"),
    "textual.js": (THEIRS / "js" / "textual.js", "text/javascript"),
    "xterm.css": (THEIRS / "css" / "xterm.css", "text/css"),
    "mono.ttf": (THEIRS / "fonts" / "RobotoMono-VariableFont_wght.ttf", "font/ttf"),
}
"""All files that are served beside the page. The terminal and its font come with textual-serve."""


class TooManyConnections(asyncio.Protocol):
    """A connection beyond the last one that is taken: closed at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See ``asyncio``."""
        transport.close()


class Server:
    """Serves ``command``, a program with the app, at an address that holds a new secret."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._windows: set[Window] = set()
        self._came, self._left = asyncio.Event(), asyncio.Event()
        self._known: set[object] = set()
        """The connections that knew the address."""
        self._address = Address(0, secrets.token_urlsafe(32))

    @contextlib.asynccontextmanager
    async def serving(self, port: int) -> AsyncIterator[Address]:
        """Serve at ``port`` of this machine (0: any that is free), until the context ends and every app with it."""
        listening = _listen(port)
        self._address = Address(listening.getsockname()[1], self._address.secret)
        app = web.Application(middlewares=[self._guard])
        place = f"/{self._address.secret}"
        app.router.add_get(f"{place}/", self._page)
        app.router.add_get(f"{place}/ws", self._socket)
        app.router.add_get(f"{place}/{{part}}", self._part)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=CLOSING_S)
        await runner.setup()
        server = runner.server
        assert server is not None  # noqa: S101  (it was just set up)

        loop = asyncio.get_running_loop()

        def take() -> asyncio.Protocol:
            if len(server.connections) >= MOST_CONNECTIONS:
                return TooManyConnections()
            connection = server()
            self._known &= {*server.connections}
            loop.call_later(FIRST_REQUEST_S, self._drop_unknown, connection)
            return connection

        taking = await loop.create_server(take, sock=listening, backlog=BACKLOG)
        try:
            yield self._address
        finally:
            taking.close()
            await asyncio.gather(*(window.end() for window in tuple(self._windows)))
            await runner.cleanup()

    def _drop_unknown(self, connection: RequestHandler) -> None:
        if connection not in self._known:
            connection.force_close()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse whoever may not speak to it; say to the browser what the page may do."""
        is_socket = request.headers.get("Upgrade") is not None
        refused = self._address.refusal(request.path, request.headers, socket=is_socket)
        if refused is not None:
            return self._answer(_text(refused))
        self._known.add(request.protocol)
        try:
            return self._answer(await handler(request))
        except web.HTTPException as error:
            return self._answer(_text(Refusal(error.status, "There is nothing here.")))

    def _answer(self, response: web.StreamResponse) -> web.StreamResponse:
        if not response.prepared:
            sockets = " ".join(f"ws://{host}" for host in self._address.hosts)
            response.headers.update(
                {
                    # the terminal writes style elements of its own, and draws its glyphs on canvases
                    "Content-Security-Policy": "default-src 'none'; script-src 'self'; font-src 'self'; img-src data:; "
                    f"style-src 'self' 'unsafe-inline'; connect-src {sockets}; "
                    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                    "Cross-Origin-Opener-Policy": "same-origin",
                    "Cross-Origin-Resource-Policy": "same-origin",
                    "Referrer-Policy": "no-referrer",
                    "X-Content-Type-Options": "nosniff",
                    "Cache-Control": "no-store",
                }
            )
        return response

    async def _page(self, request: web.Request) -> web.StreamResponse:
        if len(self._windows) >= MOST_WINDOWS:
            return _text(Refusal(503, TOO_MANY))
        page = (OURS / "page.html").read_text(encoding="utf-8")
        return web.Response(
            text=page.replace("SOCKET", f"ws://{request.host}/{self._address.secret}/ws"),
            content_type="text/html",
        )

    async def _part(self, request: web.Request) -> web.StreamResponse:
        part = PARTS.get(request.match_info["part"])
        if part is None:
            raise web.HTTPNotFound
        return web.Response(body=part[0].read_bytes(), content_type=part[1])

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if len(self._windows) >= MOST_WINDOWS:
            return _text(Refusal(503, TOO_MANY))
        page = web.WebSocketResponse(heartbeat=HEARTBEAT_S, max_msg_size=LARGEST_MESSAGE)
        window = Window(self._command, page)
        self._windows.add(window)
        self._came.set()
        try:
            await page.prepare(request)
            await window.serve(_number(request, "width", 80), _number(request, "height", 24))
        finally:
            self._windows.discard(window)
            if not self._windows:
                self._left.set()
        return page

    async def left(self) -> None:
        """Wait until the last page was closed, and not opened again for a while.

        Raises ``Trouble`` where none ever comes.
        """
        try:
            async with asyncio.timeout(NEVER_S):
                await self._came.wait()
        except TimeoutError:
            raise Trouble("The browser did not open the page of the app.") from None
        while True:
            await self._left.wait()
            self._left.clear()
            await asyncio.sleep(AGAIN_S)
            if not self._windows:
                return


def serve_app(
    command: Sequence[str], port: int, say: Callable[[str], object], *, until_left: bool = False
) -> None:
    """Serve until an interrupt, or with ``until_left`` until the last page is closed.

    ``say`` is given the address to open. Raises ``Trouble`` where it cannot be served.
    """

    async def until_interrupted() -> None:
        interrupted = asyncio.Event()
        loop = asyncio.get_running_loop()
        with contextlib.suppress(NotImplementedError):  # on Windows it ends by KeyboardInterrupt
            for number in ENDING:
                loop.add_signal_handler(number, interrupted.set)
        server = Server(command)
        async with server.serving(port) as address:
            await asyncio.to_thread(say, address.url)
            waits = [interrupted.wait(), *([server.left()] if until_left else [])]
            over = [asyncio.ensure_future(wait) for wait in waits]
            ended, others = await asyncio.wait(over, return_when=asyncio.FIRST_COMPLETED)
            for other in others:
                other.cancel()
            for end in ended:
                end.result()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(until_interrupted())


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((NAMES[0], port))
    except OSError as error:
        listening.close()
        raise Trouble(
            f"Port {port} cannot be used ({reason(error)}). Without --port a free one is found."
        ) from None
    return listening


def _number(request: web.Request, name: str, otherwise: int) -> int:
    typed = request.query.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else otherwise


def _text(refused: Refusal) -> web.Response:
    return web.Response(status=refused.status, text=f"{refused.says}\n")
