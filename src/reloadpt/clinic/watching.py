"""A folder that reports are dropped into: what is new in it, as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from reloadpt.clinic.importing import is_importable
from reloadpt.files import Trouble

LOOK_MS = 300
"""How often it is looked whether to stop."""


def dropped_files(
    folder: Path, stop: Event | None = None, enough: Callable[[], bool] = lambda: False
) -> Iterator[tuple[Path, ...]]:
    """First the folder itself, then the files that came or changed, some at a time.

    It goes on until ``stop`` is set or ``enough`` says so; both are looked at a few times a second.

    Raises ``Trouble`` where there is no such folder, or watchfiles is not installed.
    """
    try:
        from watchfiles import Change, watch
    except ImportError:
        raise Trouble(
            "Watching a folder needs watchfiles, which is not installed: `pip install 'reloadpt[clinic]'`."
        ) from None
    if not folder.is_dir():
        raise Trouble(f"{folder}: there is no such folder to watch.")
    feed = watch(folder, stop_event=stop, rust_timeout=LOOK_MS, yield_on_timeout=True, raise_interrupt=True)
    next(feed)
    yield (folder,)
    for changes in feed:
        if enough():
            return
        changed = sorted({Path(path) for change, path in changes if change != Change.deleted})
        reports = tuple(
            path for path in changed if is_importable(path.name) and path.is_file() and not path.is_symlink()
        )
        if reports:
            yield reports
