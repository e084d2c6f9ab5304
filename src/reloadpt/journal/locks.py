"""Locks between the programs of one user: held by one at a time, let go by the system when it dies.

Built on portalocker for every system; only Linux was run.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reloadpt.files import Trouble, open_private, reason

_PAUSE_S = 0.002


class NoLock(Trouble):
    """The lock could not be had."""


class Held(NoLock):
    """Another program holds the lock."""


@contextmanager
def held(path: Path, patience_s: float = 0.0) -> Iterator[None]:
    """Hold the lock file ``path``, waiting up to ``patience_s`` seconds for another holder to let go.

    Raises:
        Held: another program still holds it.
        NoLock: it cannot be locked at all.
    """
    # not at the top: importing it costs more than reading a journal does
    import portalocker

    try:
        handle = open_private(path, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise NoLock(f"{path}: cannot be opened for writing ({reason(error)}).") from error
    try:
        until = time.monotonic() + patience_s
        while True:
            try:
                portalocker.lock(handle, portalocker.LOCK_EX | portalocker.LOCK_NB)
                break
            except portalocker.AlreadyLocked:
                if time.monotonic() >= until:
                    raise Held(f"{path}: another program holds this lock.") from None
                time.sleep(_PAUSE_S)
            except portalocker.LockException as error:
                raise NoLock(f"{path}: cannot be locked ({error}).") from error
        try:
            yield
        finally:
            portalocker.unlock(handle)
    finally:
        os.close(handle)
