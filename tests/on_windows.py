"""``python on_windows.py ARGUMENTS``: ``reloadpt`` in a process that looks like Windows, as far as Linux can.

What Windows lacks is gone: signals, modules, calls; files that are open in another program cannot be replaced at once.
The libraries are loaded before, as they look at the system too. With ``--all-modules`` every module is imported and
nothing else; with ``--app`` the app is opened on a screen in memory, and closed.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import pkgutil
import signal
import sys
import types
from collections.abc import Sequence
from pathlib import Path

LIBRARIES = (
    "aiohttp.web", "click.testing", "concurrent.futures.process", "icalendar", "jinja2", "multiprocessing.pool",
    "platformdirs", "pydantic", "pyrage", "subprocess", "tempfile", "textual.app", "textual.drivers.linux_driver", "textual.pilot", "textual.widgets",
    "textual_serve.app_service", "textual_serve.download_manager", "tomlkit", "watchfiles", "webbrowser", "zoneinfo",
    "distributed", "pyarrow.parquet", "pyarrow.csv", "dask",
)  # fmt: skip
MODULES = ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty")
SIGNALS = ("SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGTSTP", "SIGUSR1", "SIGWINCH")
CALLS = ("chown", "fchmod", "fork", "getegid", "geteuid", "getgid", "getuid", "mkfifo", "setsid")
replaced: dict[str, int] = {}


class Portalocker(types.ModuleType):
    """The part of portalocker that is called on Windows."""

    LOCK_EX, LOCK_NB = 1, 2
    AlreadyLocked = type("AlreadyLocked", (Exception,), {})
    LockException = type("LockException", (Exception,), {})

    @staticmethod
    def lock(handle: int, flags: int) -> None:
        """Nobody else is here."""

    @staticmethod
    def unlock(handle: int) -> None:
        """Nobody else is here."""


def no_handler(*_: object) -> None:
    raise NotImplementedError


def replace(self: Path, target: Path) -> Path:
    """A file is held open by another program at the first try."""
    replaced[str(target)] = replaced.get(str(target), 0) + 1
    if replaced[str(target)] % 2:
        raise PermissionError(13, "it is open in another program", str(target))
    os.replace(self, target)  # noqa: PTH105  (this stands in for the other)
    return target


def become_windows() -> None:
    for library in LIBRARIES:
        importlib.import_module(library)
    for name in MODULES:
        vars(sys)["modules"][name] = None  # so an import of it fails
    for name in SIGNALS:
        delattr(signal, name)
    for name in CALLS:
        delattr(os, name)
    asyncio.BaseEventLoop.add_signal_handler = no_handler  # type: ignore[assignment]
    asyncio.SelectorEventLoop.add_signal_handler = no_handler  # type: ignore[method-assign,assignment]
    sys.modules["portalocker"] = Portalocker("portalocker")
    Path.replace = replace  # type: ignore[method-assign,assignment]
    sys.platform = "win32"


def import_all() -> int:
    import reloadpt

    names = [found.name for found in pkgutil.walk_packages(reloadpt.__path__, "reloadpt.")]
    for name in names:
        if name != "reloadpt.__main__":
            importlib.import_module(name)
    return len(names)


async def open_and_close() -> str:
    from reloadpt.files import places
    from reloadpt.tui.patient.app import ReloadApp

    os.environ["TEXTUAL_DRIVER"] = (
        "textual.drivers.headless_driver:HeadlessDriver"  # that of Windows needs Windows
    )
    app = ReloadApp(places())
    async with app.run_test() as pilot:
        await pilot.pause()
        shown = type(app.screen).__name__
        await pilot.press("q")
    return shown


def main(arguments: Sequence[str]) -> None:
    become_windows()
    if arguments == ["--all-modules"]:
        sys.stdout.write(f"{import_all()}\n")
        return
    if arguments == ["--app"]:
        sys.stdout.write(f"{asyncio.run(open_and_close())}\n")
        return
    from reloadpt.__main__ import main as reloadpt

    sys.argv[1:] = arguments
    reloadpt()


if __name__ == "__main__":
    main(sys.argv[1:])
