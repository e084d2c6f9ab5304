"""The journal on disk: entries are appended so that what was called saved stays saved.

An append holds a lock, reads what another program added, writes once and waits for the disk. Only the bytes
up to the last LF count: a tail that a crash tore off is set aside, never joined to the next line. Works with
plain files and a lock of each system; only Linux was run.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reloadpt.files import (
    Trouble,
    check_file,
    clip,
    keep_private,
    make_private_folder,
    open_private,
    open_to_read,
    reason,
    replace_file,
    write_all,
)
from reloadpt.journal import checkpoint
from reloadpt.journal.aside import keep_beside
from reloadpt.journal.chain import Break, rest_of_tail, verify_log
from reloadpt.journal.ends import end_of, line_stands
from reloadpt.journal.entries import LONGEST, START, Entry, Mark, Misfit, can_go_on, check_line, write_entry
from reloadpt.journal.events import Event, LogOpened
from reloadpt.journal.locks import FileLock, LockTaken, NoLock, append_lock


class NotSaved(Trouble):
    """The entry is not saved."""


class OutOfReach(NotSaved):
    """The log is gone from its place, or the disk fails there; it could be written in another place meanwhile."""


class Replaced(NotSaved):
    """Another program put other content in the journal's place; it must be read again from the start."""


class Broken(Trouble):
    """A complete line does not fit; ``first_break`` names it. Mending the journal goes on from there."""

    def __init__(self, path: Path, first_break: Break) -> None:
        super().__init__(f"{path}, {first_break}.")
        self.first_break = first_break


class Journal:
    """One log on disk.

    ``mark`` is the place up to which entries were handed out; None before anything was read. Whoever folds
    all that ``entries`` and ``append`` hand out has folded the log up to ``mark``. ``set_aside`` is where the
    last torn tail was kept, if there was one. ``went_back``: when the state was loaded last, it was one kept for a
    line that the log no longer has, which is shorter now, or another one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mark: Mark | None = None
        self.set_aside: Path | None = None
        self.went_back = False
        self._name = str(path)
        self._turn = threading.Lock()
        self._handle = -1
        self._file = (0, 0)
        self._end: tuple[int, int, int] | None = None
        self._lock = append_lock(path)
        self._gave_up: str | None = None

    @property
    def exists(self) -> bool:
        """Whether a log was started here: a file without one complete line is none yet."""
        try:
            with open_to_read(self.path) as stream:
                return any(b"\n" in piece for piece in iter(lambda: stream.read(LONGEST), b""))
        except FileNotFoundError:
            if self.path.is_symlink():
                raise Trouble(f"{self.path}: this link leads nowhere. Put back what it led to.") from None
            return False
        except OSError as error:
            raise Trouble(f"{self.path}: cannot be read ({reason(error)}).") from error

    def start(self, opened: LogOpened, at: datetime) -> Entry:
        """Start a log with its first line.

        Raises ``Trouble`` where a log is here already, or it cannot be written; nothing was changed.
        """
        entry = write_entry(0, START.h, at, opened)
        make_private_folder(self.path.parent)
        try:
            with self._turn, self._lock:
                if self.exists:
                    raise Trouble(f"{self.path}: a log is here already. Nothing was changed.")
                if self.path.exists() and self.path.stat().st_size:
                    with open_to_read(self.path) as stream:
                        keep_beside(self.path, "torn-0", at, stream)
                replace_file(self.path, entry.line + b"\n")
        except (NoLock, OSError) as error:
            raise self._not_saved(error) from error
        self.mark = START.after(entry)
        return entry

    def append(self, events: Sequence[Event], at: datetime) -> tuple[Entry, ...]:
        """Append events in one write, and return once they are on the disk.

        Without events it only makes ready: the last line is checked, and a torn tail set aside.

        Returns:
            Every entry that is new since ``mark``: first those another program added, last these.

        Raises:
            NotSaved: nothing of it is saved. After a write that failed twice this object stays read-only.
            Replaced: the journal is another one now; nothing is saved.
            Broken: the last line, or one that another program added, does not fit; nothing is saved.
            Trouble: an event cannot be written as a line; nothing is saved.
        """
        with self._turn:
            if self._gave_up:
                raise OutOfReach(self._gave_up)
            try:
                with self._lock:
                    mark, added = self.mark or START, list[Entry]()
                    # pathlib's stat would cost as much again
                    now = os.stat(self._name)  # noqa: PTH116
                    if self._end != (now.st_dev, now.st_ino, now.st_size):
                        mark, added = self._catch_up(at)
                    self.mark, written = self._write(mark, events, at)
                    self._end = (*self._file, self.mark.offset)
            except (NoLock, OSError) as error:
                raise self._not_saved(error) from error
        return (*added, *written)

    def entries(self, after: Mark | None = None) -> Iterator[Entry]:
        """Read the complete lines that follow ``after``, or all; a torn tail is left alone.

        Each of them is checked; what stands before ``after`` is not read. ``mark`` moves when reading ends.

        Raises:
            Broken: at the first line that does not fit.
            Replaced: no line of the journal ends at ``after`` any more.
            Trouble: the file cannot be read.
        """
        mark = after or START
        try:
            stream = open_to_read(self.path)
        except OSError as error:
            raise Trouble(f"{self.path}: cannot be read ({reason(error)}).") from error
        with stream:
            if not line_stands(stream, mark):
                raise self._replaced()
            stream.seek(mark.offset)
            offset, n, h = mark
            try:
                while piece := stream.readline(LONGEST + 2):
                    try:
                        if not piece.endswith(b"\n"):
                            rest_of_tail(stream, piece)
                            return
                        entry = check_line(piece[:-1], n + 1, h)
                    except Misfit as misfit:
                        raise Broken(self.path, Break(n + 2, str(misfit))) from None
                    offset, n, h = offset + len(piece), entry.n, entry.h
                    yield entry
            finally:
                self.mark, self._end = Mark(offset, n, h), None

    @contextmanager
    def session(self) -> Iterator[None]:
        """Hold the lock of a whole session.

        Raises:
            LockTaken: another window has a session open.
            OutOfReach: this folder takes no lock, or is gone.
        """
        lock = FileLock(self.path.with_suffix(".session.lock"))
        with ExitStack() as held:
            try:
                held.enter_context(lock)
            except LockTaken:
                raise LockTaken(
                    "Another window has a session open. Finish or close that one, then come back."
                ) from None
            except NoLock as error:
                raise OutOfReach(str(error)) from error
            yield

    def first_line(self) -> bytes:
        """The first line, without its LF; nothing where it cannot be read."""
        try:
            with open_to_read(self.path, LONGEST) as stream:
                return stream.readline(LONGEST + 2).removesuffix(b"\n")
        except OSError:
            return b""

    def anew(self) -> Journal:
        """The same journal, with nothing of it read yet."""
        return Journal(self.path)

    def load_checkpoint(self, version: str) -> tuple[Mark, bytes] | None:
        """What ``save_checkpoint`` kept for ``version``; None unless the log still has that line there."""
        kept = checkpoint.load(self._state)
        stands = self._has(kept.mark) if kept else None
        self.went_back = stands is False
        if kept is None or not stands or kept.version != version:
            return None
        return kept.mark, kept.payload

    def save_checkpoint(self, mark: Mark, version: str, payload: bytes) -> None:
        """Keep ``payload``, one JSON value, as what was folded up to ``mark``. It can always be rebuilt.

        Nothing is kept where the log no longer has that line there: it may have been removed on purpose.

        Raises ``Trouble`` where it cannot be written.
        """
        if self._has(mark):
            checkpoint.save(self._state, mark, version, payload)

    def _has(self, mark: Mark) -> bool | None:
        """Whether the log still has its line there; None where it cannot be read, which says nothing of it."""
        try:
            with open_to_read(self.path) as stream:
                return line_stands(stream, mark)
        except FileNotFoundError:
            return False
        except OSError:
            return None

    def close(self) -> None:
        """Let go of the open files; the next append opens them again."""
        self._close_file()
        self._lock.close()

    def __del__(self) -> None:
        self.close()

    def _close_file(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle, self._end = -1, None

    @property
    def _state(self) -> Path:
        return self.path.with_suffix(".state.json")

    def _catch_up(self, at: datetime) -> tuple[Mark, list[Entry]]:
        """Open the file, read what is new since ``mark`` and set a torn tail aside; return the end of the log."""
        self._close_file()
        self._lock.renew()
        self._handle = open_private(self.path, os.O_RDWR | os.O_APPEND)
        check_file(self._handle)
        keep_private(self._handle)
        with suppress(OSError):  # a folder of somebody else's stays as it is
            keep_private(self.path.parent)
        status = os.fstat(self._handle)
        self._file = (status.st_dev, status.st_ino)
        added: list[Entry] = []
        with os.fdopen(os.dup(self._handle), "rb") as stream:
            try:
                self._check_format(stream)
                mark = self.mark or end_of(stream)
            except Misfit:
                mark = START
            moved = mark == self.mark and not line_stands(stream, mark)
            verdict = verify_log(stream, START if moved else mark, added.append)
            if moved and verdict.whole:
                raise self._replaced()
            if verdict.first_break:
                raise Broken(self.path, verdict.first_break)
            if verdict.torn:
                stream.seek(verdict.end.offset)
                self.set_aside = keep_beside(self.path, f"torn-{verdict.end.n + 1}", at, stream)
                os.ftruncate(self._handle, verdict.end.offset)
        return verdict.end, added

    def _check_format(self, stream: BinaryIO) -> None:
        stream.seek(0)
        opened = check_line(stream.readline(LONGEST + 2).removesuffix(b"\n"), START.n + 1, START.h).event
        if not isinstance(opened, LogOpened) or not can_go_on(opened):
            format_found = clip(opened.format) if isinstance(opened, LogOpened) else "another"
            raise NotSaved(
                f"{self.path}: this log has the format {format_found}, which this version only reads; "
                "the entry is NOT saved. Update reloadpt."
            )

    def _write(self, mark: Mark, events: Sequence[Event], at: datetime) -> tuple[Mark, list[Entry]]:
        """Write the lines of events after ``mark``, the end of the file; return the new end."""
        entries: list[Entry] = []
        n, h = mark.n, mark.h
        for event in events:
            entry = write_entry(n + 1, h, at, event)
            n, h = entry.n, entry.h
            entries.append(entry)
        data = b"".join([entry.line + b"\n" for entry in entries])
        for last in (False, True) if data else ():
            try:
                write_all(self._handle, data)
                os.fsync(self._handle)
                break
            except OSError as error:
                if last or not _roll_back(self._handle, mark):
                    self._gave_up = (
                        f"{self.path}: this entry is NOT saved ({reason(error)}), and nothing more can be "
                        "until that is put right and the app is started again. What was saved before is safe."
                    )
                    _roll_back(self._handle, mark)
                    raise OutOfReach(self._gave_up) from error
        return Mark(mark.offset + len(data), n, h), entries

    def _not_saved(self, error: NoLock | OSError) -> NotSaved:
        if isinstance(error, LockTaken):
            return NotSaved(
                f"{self.path}: this entry is NOT saved, because another program keeps the log locked. "
                "Close it and try again."
            )
        why = reason(error) if isinstance(error, OSError) else str(error)
        return OutOfReach(f"{self.path}: this entry is NOT saved ({why.rstrip('.')}).")

    def _replaced(self) -> Replaced:
        return Replaced(
            f"{self.path}: another program changed what was there. The entry is NOT saved; read the log again."
        )


def _roll_back(handle: int, mark: Mark) -> bool:
    """Cut the file back to ``mark``, wait for the disk and read it again; say whether that went well."""
    try:
        os.ftruncate(handle, mark.offset)
        os.fsync(handle)
        with os.fdopen(os.dup(handle), "rb") as stream:
            return stream.seek(0, os.SEEK_END) == mark.offset and line_stands(stream, mark)
    except (OSError, Misfit):
        return False
