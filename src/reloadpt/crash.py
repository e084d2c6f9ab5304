"""What is said when reloadpt itself fails: one plain sentence, and a note that holds nothing anybody wrote.

A traceback shows values, and the values here are about somebody's health. The note has the places in the code
and the kinds of the errors, no value and no message; it stays in the user's own folder.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress

from reloadpt import __version__
from reloadpt.trouble import Fault, Trouble

NAME = "crash.txt"
EXIT_CODE = 70
"""Neither done, nor no, nor called wrongly: a mistake in reloadpt itself (EX_SOFTWARE of sysexits.h)."""
_MOST_ERRORS = 10
_MOST_PLACES = 60


def crash_sentence(error: BaseException) -> str:
    """The sentence for an error that ends the program; for one that nobody foresaw a note is kept too."""
    cause = _unwrapped(error)
    if isinstance(cause, OSError):
        place = f"{cause.filename}: " if cause.filename else ""
        words = f"{place}the system says: {cause.strerror or cause}. Reloadpt cannot go on until that is put right."
        cause = Trouble(f"{words} What was called saved is safe.")
    if isinstance(cause, Trouble):
        # names of files and what stands in them may be any text; none of it moves a cursor
        return "".join(sign if sign.isprintable() or sign == "\n" else "·" for sign in str(cause))
    words = "Reloadpt stopped because of a mistake in it, not in what you did. What was called saved is safe."
    return f"{words}{keep_note(cause)}"


def keep_note(cause: BaseException) -> str:
    """Keep a note of where a mistake of ours happened; the sentence that says so, "" where it cannot be kept."""
    try:
        from reloadpt.files import places, replace_file

        note = places().data / NAME
        replace_file(note, "".join(f"{line}\n" for line in anonymous(cause)).encode())
    except Exception:  # noqa: BLE001  (where no note can be kept it is still said)
        return ""
    return f" Where it happened is noted in {note}, without anything you wrote: please pass that on."


def exit_code(error: BaseException) -> int:
    """1 where the program said no or the system did, 70 where it failed itself."""
    cause = _unwrapped(error)
    return 1 if isinstance(cause, Trouble | OSError) and not isinstance(cause, Fault) else EXIT_CODE


def let_go_of_output() -> None:
    """Let nothing more be written to an output that takes nothing: the end of the program would stumble over it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def anonymous(error: BaseException) -> list[str]:
    """Version, time and, for each error of the chain, its kind and the places it went through."""
    from datetime import UTC, datetime
    from traceback import walk_tb

    python = ".".join(map(str, sys.version_info[:3]))
    lines = [
        f"reloadpt {__version__}, Python {python}, {sys.platform}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    ]
    for cause in _chain(error):
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        through = [
            f"  {frame.f_globals.get('__name__', '?')}:{line} in {frame.f_code.co_name}"
            for frame, line in walk_tb(cause.__traceback__)
        ]
        lines += through[-_MOST_PLACES:]
    return lines


def silence_tracebacks() -> None:
    """Let nothing but that sentence reach the terminal, whatever fails where; and no core dump keep anything."""
    sys.excepthook = lambda _kind, error, _trace: _say(error)
    threading.excepthook = lambda failed: _say(failed.exc_value)
    sys.unraisablehook = lambda _unraisable: None
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _say(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit | KeyboardInterrupt):
        sys.stderr.write(f"{crash_sentence(error)}\n")


def _unwrapped(error: BaseException) -> BaseException:
    """The error itself, where one of the app's workers wraps it."""
    wrapped = getattr(error, "error", None)
    return wrapped if isinstance(wrapped, BaseException) else error


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from."""
    cause: BaseException | None = error
    for _ in range(_MOST_ERRORS):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or cause.__context__
