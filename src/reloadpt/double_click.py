"""What a double-click starts: the app in a terminal, else in the browser; where neither can be, a page says why.

A plan file that is dropped on it is given to the app, which asks whether to use it. It has no terminal of its own,
so whatever it has to say stands on a page.
"""

from __future__ import annotations

import html
import os
import shlex
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

from reloadpt.files import Trouble
from reloadpt.opening import has_terminal, own_command

TERMINALS = (
    ("xdg-terminal-exec",),
    ("x-terminal-emulator", "-e"),
    ("gnome-terminal", "--wait", "--"),
    ("konsole", "-e"),
    ("xfce4-terminal", "--disable-server", "-x"),
    ("kitty",),
    ("alacritty", "-e"),
    ("foot",),
    ("xterm", "-e"),
)
"""Programs that open a window with a terminal, each with what comes before the command."""
SETTLED_S = 2.0
"""A terminal that ends with an error within so many seconds has not opened."""
PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>reloadpt could not be opened</title>
<style>body {{ font: 1.3rem/1.5 sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem }}</style></head>
<body><h1>reloadpt could not be opened</h1>
<p>{words}</p>
<p>What was called saved is safe.</p></body>
</html>
"""
NEW_CONSOLE = getattr(subprocess, "CREATE_NEW_CONSOLE", 0)


def open_anywhere() -> None:
    """Open the app where it can be opened. Exits with 1, and a page that says why, where it can be nowhere."""
    command = list(own_command())
    if given := sys.argv[1:]:
        command += ["--plan", str(Path(given[0]).absolute())]
    if has_terminal():
        sys.exit(subprocess.call(command))  # noqa: S603  (the command is our own)
    if not open_in_terminal(command):
        try:
            serve_in_browser(command)
        except Trouble as trouble:
            show_page(str(trouble))
            sys.exit(1)


def open_in_terminal(command: Sequence[str]) -> bool:
    """Open ``command`` in a window of a terminal; whether there is one to open it in."""
    if sys.platform == "win32":
        subprocess.Popen(command, creationflags=NEW_CONSOLE)  # noqa: S603  (the command is our own)
        return True
    if sys.platform == "darwin":
        return _opens(["open", "-a", "Terminal", str(_as_script(command))])
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    return any(_opens([*terminal, *command]) for terminal in TERMINALS if shutil.which(terminal[0]))


def _opens(command: Sequence[str]) -> bool:
    """Start it; whether it goes on, or ends without an error."""
    opened = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603  (the command is our own)
    try:
        return opened.wait(SETTLED_S) == 0
    except subprocess.TimeoutExpired:
        return True


def _as_script(command: Sequence[str]) -> Path:
    """A script that the Terminal of macOS runs, which takes no command but a file."""
    script = Path(mkdtemp(prefix="reloadpt-")) / "reloadpt.command"
    script.write_text(f'#!/bin/sh\nrm -rf "$(dirname "$0")"\nexec {shlex.join(command)}\n', encoding="utf-8")
    script.chmod(0o700)
    return script


def serve_in_browser(command: Sequence[str]) -> None:
    """Serve ``command`` to the browser until its last page is closed. Raises ``Trouble`` where that cannot be."""
    try:
        from reloadpt.web.server import serve_app
    except ModuleNotFoundError as missing:
        raise Trouble(
            f"There is no terminal to open, and what the browser needs is not installed (no {missing.name}). "
            "Install it with: pip install 'reloadpt[web]'"
        ) from None

    def open_page(url: str) -> None:
        if not webbrowser.open(url):
            raise Trouble("There is neither a terminal nor a browser to open the app in.")

    serve_app(command, 0, open_page, until_left=True)


def show_page(words: str) -> None:
    """Say ``words`` on a page in the browser, and on stderr for whoever reads that."""
    page = Path(mkdtemp(prefix="reloadpt-")) / "reloadpt.html"
    page.write_text(PAGE.format(words=html.escape(words)), encoding="utf-8")
    webbrowser.open(page.as_uri())
    sys.stderr.write(f"{words}\n")
