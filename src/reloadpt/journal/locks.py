"""Locks between the programs of one user: held by one at a time, let go by the system when it dies.

On Windows portalocker does it. Elsewhere it would call flock as well, but importing it takes 40 ms and each
lock 6 µs, a quarter of what an append may cost. Only Linux was run.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from reloadpt.files import Trouble, open_private, reason

_PAUSE_S = 0.002
_PATIENCE_S = 10.0

if sys.platform == "win32":
    import portalocker

    def _lock(handle: int) -> None:
        try:
            portalocker.lock(handle, portalocker.LOCK_EX | portalocker.LOCK_NB)
        except portalocker.AlreadyLocked:
            raise BlockingIOError from None
        except portalocker.LockException as error:
            raise OSError(str(error)) from error

    _unlock = portalocker.unlock
else:
    import fcntl

    _ALONE_AND_NOW = fcntl.LOCK_EX | fcntl.LOCK_NB

    def _lock(handle: int) -> None:
        fcntl.flock(handle, _ALONE_AND_NOW)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class NoLock(Trouble):
    """The lock could not be had."""


class LockTaken(NoLock):
    """Another program holds the lock."""


class FileLock:
    """A lock file, to be held with ``with``, again and again but not twice at a time.

    Waits up to ``patience_s`` seconds for another holder to let go.

    Raises on entering:
        LockTaken: another program still holds it.
        NoLock: it cannot be locked at all.
    """

    def __init__(self, path: Path, patience_s: float = 0.0) -> None:
        self.path = path
        self.patience_s = patience_s
        self._handle = -1

    def __enter__(self) -> None:
        until = 0.0
        while True:
            try:
                if self._handle < 0:
                    self._handle = open_private(self.path, os.O_RDWR | os.O_CREAT)
                _lock(self._handle)
                return
            except BlockingIOError:
                until = until or time.monotonic() + self.patience_s
                if time.monotonic() >= until:
                    raise LockTaken(f"{self.path}: another program holds this lock.") from None
                time.sleep(_PAUSE_S)
            except OSError as error:
                raise NoLock(f"{self.path}: cannot be locked ({reason(error)}).") from error

    def __exit__(self, *_: object) -> None:
        if self._handle >= 0:
            _unlock(self._handle)

    def renew(self) -> None:
        """While held: let go, and hold the file that has the name now; someone may have removed the old one."""
        self.close()
        self.__enter__()

    def close(self) -> None:
        """Let go of the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __del__(self) -> None:
        self.close()


def append_lock(log: Path) -> FileLock:
    """The lock that whoever changes ``log`` holds meanwhile."""
    return FileLock(log.with_suffix(".lock"), _PATIENCE_S)
