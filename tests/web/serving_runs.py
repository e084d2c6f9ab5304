"""``reloadpt serve`` as a process, the app it starts with its clocks running fast, and a browser to look at it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte
from playwright.sync_api import Page, WebSocket, sync_playwright

from program_runs import environment

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
FAST = (
    "import sys, reloadpt.web.server as server\n"
    "server.serve_app((sys.executable, sys.argv[1], sys.argv[2]), 0, lambda url: print(url, flush=True))"
)
FAST_APP = Path(__file__).parents[1] / "tui" / "fast_app.py"
LOOKS = 100
LOOKS_MS = 200
"""A hand looks before it presses Space, which is dead for a second of the app's clock on what has just come."""
NO_BOUND = 0.0
"""What Playwright takes for a wait that has none."""


class Serving:
    """A server in a process of its own."""

    def __init__(self, home: Path, *, fast: bool = False) -> None:
        command = ("-c", FAST, str(FAST_APP), str(home)) if fast else ("-m", "reloadpt", "serve")
        self.child = subprocess.Popen(
            [sys.executable, *command],
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.child.stdout
        self.url = self.child.stdout.readline().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/([\w-]{43})/", self.url)
        assert found, (self.url, self.child.stderr and self.child.stderr.read())
        self.port, self.secret = int(found[1]), found[2]

    def apps(self) -> list[int]:
        """The processes of the app that it started."""
        children = Path(f"/proc/{self.child.pid}/task")
        told = [part.joinpath("children").read_text(encoding="ascii") for part in children.iterdir()]
        return [int(each) for line in told for each in line.split()]

    def end(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """End it by a signal; its exit code, and what it said on stderr."""
        if self.child.poll() is None:
            self.child.send_signal(number)
        _, said = self.child.communicate()
        return self.child.returncode, said


@contextmanager
def serving(home: Path, *, fast: bool = False) -> Iterator[Serving]:
    served = Serving(home, fast=fast)
    try:
        yield served
    finally:
        served.end(signal.SIGKILL)


class Seen:
    """A page in a browser: what it asked for, what it complained of, and the text that its terminal shows."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self._heard(message.type, message.text))

    def _heard(self, kind: str, text: str) -> None:
        # what it sends while it closes says nothing about the page
        if kind == "error" and "already in CLOSING or CLOSED" not in text:
            self.complaints.append(text)

    def _listen(self, socket: WebSocket) -> None:
        self.requests.append(socket.url)
        socket.on("framereceived", self._shown)
        socket.on("framesent", self._resized)

    def _shown(self, data: bytes | str) -> None:
        if isinstance(data, bytes):
            self._stream.feed(data)

    def _resized(self, sent: bytes | str) -> None:
        if isinstance(sent, str) and sent.startswith('["resize"'):
            size = json.loads(sent)[1]
            self._screen.resize(size["height"], size["width"])

    def open(self, url: str) -> None:
        """Go there, and wait until the app shows something."""
        self.page.goto(url)
        self.page.wait_for_selector("body.-first-byte")

    @property
    def lines(self) -> list[str]:
        return [line.replace("\u00a0", " ") for line in self._screen.display]

    def until(self, *texts: str) -> str:
        """Look until one of ``texts`` is in the terminal; return it."""
        try:
            while not (found := [text for text in texts if text in "\n".join(self.lines)]):
                self.page.wait_for_timeout(30)
        except BaseException as ended:
            ended.add_note("\n".join((f"none of {texts} came:", *self.lines)))
            raise
        return found[0]

    def press(self, key: str) -> None:
        """Press a key, and wait until it is seen that it was."""
        if key == "Space":
            self.page.wait_for_timeout(LOOKS_MS)
        before = self.lines
        self.page.keyboard.press(key)
        self._changed(before)

    def _changed(self, before: list[str]) -> None:
        # a key may come too late to change anything: this wait only goes easy, and what follows waits for its own
        for _ in range(LOOKS):
            if self.lines != before:
                break
            self.page.wait_for_timeout(30)
        self.page.wait_for_timeout(100)

    def click(self, text: str) -> None:
        """Click where ``text`` stands in the terminal, once it does."""
        self.until(text)
        row = next(at for at, line in enumerate(self.lines) if text in line)
        column = self.lines[row].index(text) + 1
        box = self.page.locator(".xterm-screen").bounding_box()
        assert box
        width, height = box["width"] / self._screen.columns, box["height"] / self._screen.lines
        before = self.lines
        self.page.mouse.click(box["x"] + (column + 0.5) * width, box["y"] + (row + 0.5) * height)
        self._changed(before)


@contextmanager
def browser(*, width: int = 1000, height: int = 700) -> Iterator[Seen]:
    """A page of a fresh browser."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), timeout=NO_BOUND)
        try:
            page = started.new_page(viewport={"width": width, "height": height})
            page.set_default_timeout(NO_BOUND)
            yield Seen(page)
        finally:
            started.close()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
