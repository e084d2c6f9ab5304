"""Where reloadpt keeps its files, and how it reads and writes them without losing or leaking anything."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec

from reloadpt.trouble import Trouble as Trouble  # noqa: PLC0414  (the rooms import it from here)

MEBIBYTE = 1024 * 1024
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
PERSON = re.compile(r"[0-9a-f]{16}")
"""The name of the folder of one person."""
UNREADABLE = (ValueError, RecursionError)
"""What msgspec and json raise for bytes that are no such value: malformed, not UTF-8, too deep, out of bounds."""
Draft = TypeVar("Draft", bound="FileDraft")


class Places(msgspec.Struct, frozen=True):
    """The folders of one home: ``data`` for what must last, ``config`` for what is set there.

    ``person`` is whose turn it is: the name of a folder in ``people``, or "" for who came first.
    """

    data: Path
    config: Path
    person: str = ""

    @property
    def journal(self) -> Path:
        """The journal of the patient whose turn it is."""
        return (self.people / self.person if self.person else self.data) / "journal.jsonl"

    @property
    def people(self) -> Path:
        """Where everybody but the first has a folder with a journal of their own."""
        return self.data / "people"

    @property
    def turn(self) -> Path:
        """The file that says whose turn it was last."""
        return self.data / "turn"

    @property
    def exercises(self) -> Path:
        """Programmes of the user's own, laid over the shipped ones."""
        return self.data / "exercises"

    @property
    def settings(self) -> Path:
        """What the user has set."""
        return self.config / "settings.toml"

    @property
    def templates(self) -> Path:
        """Plans that a therapist keeps under a name."""
        return self.config / "templates"

    @property
    def caseload(self) -> Path:
        """The journals a therapist has imported."""
        return self.data / "caseload"


def places() -> Places:
    """Find the user's folders, ``RELOADPT_HOME`` where it is set, else the platform's own; and whose turn it is."""
    home = os.environ.get("RELOADPT_HOME")
    if home:
        folder = Path(home).expanduser().absolute()
        found = Places(data=folder, config=folder)
    else:
        import platformdirs

        dirs = platformdirs.PlatformDirs("reloadpt", appauthor=False)
        found = Places(data=Path(dirs.user_data_dir), config=Path(dirs.user_config_dir))
    return msgspec.structs.replace(found, person=_at_turn(found))


def _at_turn(home: Places) -> str:
    """Who was at turn last; the first one in any doubt."""
    try:
        person = read_bytes(home.turn, MEBIBYTE).decode("ascii").strip()
    except (Trouble, UnicodeDecodeError):
        return ""
    return person if PERSON.fullmatch(person) and (home.people / person).is_dir() else ""


def make_private_folder(folder: Path) -> bool:
    """Make ``folder`` and its parents, each open to its owner alone; return whether there was one to make."""
    try:
        missing = [place for place in (folder, *folder.parents) if not place.exists()]
        for place in reversed(missing):
            place.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"{folder}: this folder cannot be made ({reason(error)}). Nothing was changed."
        ) from error
    return bool(missing)


def open_private(path: Path, flags: int) -> int:
    """Open ``path`` with ``os.open`` flags; a new file is private from its first byte."""
    return os.open(path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0), PRIVATE_FILE)


FULL_SYNC = 51 if sys.platform == "darwin" else None
"""F_FULLFSYNC of macOS, which not every Python names."""
HELD_OPEN_S = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""How long is waited before a replacing is tried again, each time in seconds."""
NO_FILE = "it is a pipe, a device or a socket, and not a file"


def open_to_read(path: Path, buffering: int = MEBIBYTE // 4) -> BinaryIO:
    """Open a file to read its bytes; a pipe or a device in its place is never waited for.

    Raises ``OSError``, also where it is no file.
    """
    handle = open_private(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        check_file(handle)
        return os.fdopen(handle, "rb", buffering)
    except OSError:
        os.close(handle)
        raise


def check_file(handle: int) -> None:
    """Raise ``OSError`` where what was opened is no file."""
    mode = os.fstat(handle).st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, NO_FILE)


def keep_private(place: int | Path) -> None:
    """Close to others what a copy, a backup or an umask opened to them: a file or folder, by path or as an open file."""
    if sys.platform != "win32" and os.stat(place).st_mode & 0o077:  # noqa: PTH116  (it may be an open file)
        os.chmod(place, PRIVATE_FOLDER if os.path.isdir(place) else PRIVATE_FILE)  # noqa: PTH101, PTH112


def write_all(handle: int, data: bytes) -> None:
    """Write all of ``data``, however often the system takes only a part of it."""
    while data:
        written = os.write(handle, data)
        if not written:
            raise OSError(errno.EIO, "the disk takes nothing more")
        data = data[written:]


def sync_file(handle: int) -> None:
    """Wait until what was written is on the disk; on macOS that takes more than ``fsync``, which stops at its cache."""
    if FULL_SYNC is not None:
        import fcntl

        with suppress(OSError):  # a disk of a network or of another maker may not know it
            fcntl.fcntl(handle, FULL_SYNC)
            return
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Make a new or renamed file's name last through a power cut, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        sync_file(handle)
    finally:
        os.close(handle)


class FileDraft:
    """One file being written beside its place: private from its first byte."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._draft = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
        self._handle = open_private(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        self._pieces: list[bytes] = []
        self._waiting = 0

    def write(self, data: bytes) -> int:
        """Write on, a mebibyte or more at a time; return how many bytes were taken, which is all of them."""
        self._pieces.append(data)
        self._waiting += len(data)
        if self._waiting >= MEBIBYTE:
            self._flush()
        return len(data)

    def _flush(self) -> None:
        write_all(self._handle, b"".join(self._pieces))
        self._pieces, self._waiting = [], 0

    def finish(self) -> None:
        """Wait until all of it is on the disk; the second time nothing is left to do."""
        if self._handle >= 0:
            self._flush()
            sync_file(self._handle)
            self._close()

    def _close(self) -> None:
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def place(self) -> None:
        """Put it in its place; on Windows it is tried again while another program has that open."""
        for pause in HELD_OPEN_S if sys.platform == "win32" else ():
            with suppress(PermissionError):
                self._draft.replace(self.path)
                return
            time.sleep(pause)
        self._draft.replace(self.path)

    def drop(self) -> None:
        """Leave nothing of it."""
        with suppress(OSError):
            self._close()
        self._draft.unlink(missing_ok=True)


@contextmanager
def write_together(
    folder: Path, label: str, kind: Callable[[Path], Draft]
) -> Iterator[Callable[[str], Draft]]:
    """Hand out drafts of files in ``folder``; at the end all are put in place, the last one asked for last.

    Readers see the old file or the new one, never a part.

    Raises ``Trouble`` where ``label`` cannot be written; then none was put in place.
    """
    drafts: list[Draft] = []

    def draft(name: str) -> Draft:
        drafts.append(kind(folder / name))
        return drafts[-1]

    is_new = make_private_folder(folder)
    try:
        yield draft
        for file in drafts:
            file.finish()
        for file in drafts:
            file.place()
        sync_folder(folder)
    except OSError as error:
        raise Trouble(f"{label} cannot be written ({reason(error)}). What was there is unchanged.") from error
    finally:
        for file in drafts:
            file.drop()
        if is_new:
            with suppress(OSError):  # only an empty one can be removed
                folder.rmdir()


def write_out(path: Path, data: bytes) -> None:
    """Write what a person asked for: ``-`` is the standard output, and a link is followed.

    Raises ``Trouble`` where it cannot be written there, or what is there is no file.
    """
    if is_output(path):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    replace_file(place_to_write(path), data)


def is_output(path: Path) -> bool:
    """Whether a person means the standard output."""
    return str(path) == "-"


def place_to_write(path: Path) -> Path:
    """Where a file that is written to ``path`` goes: where a link leads.

    Raises ``Trouble`` where that is a folder, or no file.
    """
    try:
        place = path.resolve() if path.is_symlink() else path
        mode = place.stat().st_mode if place.exists() else stat.S_IFREG
    except (OSError, RuntimeError) as error:
        why = reason(error) if isinstance(error, OSError) else "its links go round in a circle"
        raise Trouble(f"{path}: nothing can be written there ({why}).") from None
    if stat.S_ISDIR(mode):
        raise Trouble(f"{path}: this is a folder. Name a file; nothing was written.")
    if not stat.S_ISREG(mode):
        raise Trouble(f"{path}: {NO_FILE}. Name a file; nothing was written.")
    return place


def replace_file(path: Path, data: bytes) -> None:
    """Replace ``path`` with ``data``: readers see the old file or the new one, never a part."""
    with write_together(path.parent, f"{path}:", FileDraft) as draft:
        draft(path.name).write(data)


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a whole file of at most ``limit`` bytes, or say in a sentence why not."""
    try:
        with open_to_read(path) as handle:
            # a read makes room for all it is asked for
            data = handle.read(min(os.fstat(handle.fileno()).st_size, limit) + 1)
    except FileNotFoundError:
        raise Trouble(f"{path}: there is no such file.") from None
    except IsADirectoryError:
        raise Trouble(f"{path}: this is a folder, and a file was expected.") from None
    except OSError as error:
        raise Trouble(f"{path}: cannot be read ({reason(error)}).") from error
    if len(data) > limit:
        raise Trouble(
            f"{path}: larger than {limit // MEBIBYTE} MiB, so it is not read. Is it the right file?"
        )
    return data


def read_json(path: Path, limit: int = 4 * MEBIBYTE) -> tuple[object, str]:
    """Read a JSON file strictly; return the value and the text it was read from.

    Refused, each with the place: bytes that are not UTF-8, text that is not JSON, a name given twice in one
    object, NaN and infinities, and nesting too deep to be meant.
    """
    return read_json_bytes(read_bytes(path, limit), str(path))


def read_json_bytes(data: bytes, name: str) -> tuple[object, str]:
    """The same for bytes that were read already, from ``name``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Trouble(f"{name}, line {line}: not UTF-8 text. Is it the right file?") from None
    if not text.strip():
        raise Trouble(f"{name}: the file is empty.")
    return parse_json(text, name), text


def without_nulls(value: Any) -> Any:
    """The same without the fields that are null: they are absent."""
    if isinstance(value, dict):
        return {name: without_nulls(field) for name, field in value.items() if field is not None}
    return [without_nulls(part) for part in value] if isinstance(value, list) else value


def parse_json(text: str, name: str) -> object:
    """Parse JSON text strictly; ``name`` says where it came from when it is refused."""

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        value = dict(pairs)
        if len(value) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise Trouble(f"{name}: the name {clip(twice)} stands twice in one object. Keep one of them.")
        return value

    def refuse(word: str) -> object:
        raise Trouble(f"{name}: {word} is not a number that JSON knows.")

    try:
        value: object = json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise Trouble(f"{name}, line {error.lineno}: not JSON here ({error.msg.lower()}).") from None
    except UnicodeEncodeError:
        raise Trouble(
            f"{name}: an escape such as \\ud800 stands for half a sign. Write the sign itself."
        ) from None
    except (RecursionError, ValueError):
        raise Trouble(f"{name}: nested too deeply, or a number too long, to be meant.") from None
    return value


def reason(error: OSError) -> str:
    """The system's own words for an error, in lower case."""
    return (error.strerror or str(error)).lower()


def shorten(value: object, length: int = 60) -> str:
    """Show a value from a file on one short line, without any character that could move a cursor."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = "".join(sign if _is_text(text, at) else "·" for at, sign in enumerate(text))
    return f"{text[: length - 1]}…" if len(text) > length else text


def clip(value: object, length: int = 60) -> str:
    """Show a value from a file as ``shorten`` does, within quotes."""
    return f"“{shorten(value, length)}”"


def clean(text: str) -> str:
    """Text from anywhere on one line, without any character that could move a cursor or turn the writing round.

    Where white space or line ends were there is one space; an escape code loses the sign that makes it one.
    """
    spaced = "".join(" " if sign.isspace() else sign for sign in text)
    return " ".join("".join(sign for at, sign in enumerate(spaced) if _is_text(spaced, at)).split())


def visible(text: str) -> str:
    """Text of several lines without any character that could move a cursor or turn the writing round."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    spaced = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in text)
    return "".join(sign if sign in "\n\t" or _is_text(spaced, at) else "·" for at, sign in enumerate(spaced))


def visible_values(value: Any) -> Any:
    """A JSON value with ``visible`` texts, names and all."""
    match value:
        case str():
            return visible(value)
        case dict():
            return {visible(name): visible_values(item) for name, item in value.items()}
        case list() | tuple():
            return [visible_values(item) for item in value]
        case _:
            return value


def json_text(value: object, indent: int | None = None) -> str:
    """A JSON value as text in which every character that cannot be seen is an escape."""
    return escape_unseen(json.dumps(value, ensure_ascii=False, indent=indent))


def escape_unseen(text: str) -> str:
    """JSON text with an escape for every character that cannot be seen; the value stays the same."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        sign if sign == "\n" or sign == " " or _is_text(text, at) else json.dumps(sign)[1:-1]
        for at, sign in enumerate(text)
    )


JOINERS = "\u200c\u200d"
"""Between two letters they are spelling, as in Persian or Hindi; one makes one picture of two."""


def _is_text(text: str, at: int) -> bool:
    """Whether the sign at this place is text: can be printed, or joins the letters or pictures beside it."""
    sign = text[at]
    return sign.isprintable() or (
        sign in JOINERS and 0 < at < len(text) - 1 and all(map(_is_joined, (text[at - 1], text[at + 1])))
    )


def _is_joined(sign: str) -> bool:
    """Whether a joiner beside a sign means something: a letter, a mark, a picture or the tone of its skin."""
    category = unicodedata.category(sign)
    return category[0] in "LM" or category in ("So", "Sk")


def written(text: str) -> str:
    """Words of a person's own as they were written, joiners and line ends kept, without control signs."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def one_of(words: Iterable[str]) -> str:
    """Join words as a choice: ``a, b or c``."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def dropped_path(text: str) -> Path:
    """The path that was typed, or dropped into a terminal: each writes quotes, escapes and spaces its own way.

    The first reading that is there is taken; where none is, the plainest.
    """
    typed = text.strip("\r\n\t ")
    bare = typed[1:-1] if len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "'\"" else typed
    if bare.casefold().startswith("file:"):
        from urllib.parse import unquote, urlsplit

        bare = unquote(urlsplit(bare).path)
    unescaped = re.sub(r"\\(.)", r"\1", bare)
    readings = [_of_home(reading) for reading in dict.fromkeys((bare, unescaped, typed))]
    found = next((path for path in readings if _is_there(path)), None)
    return found or next(filter(None, map(_alike, readings)), readings[0])


def _of_home(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # there is nobody of that name
        return Path(text)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _alike(path: Path) -> Path | None:
    """The one file of a name that differs in its spaces alone, which a terminal or a mail program may change."""

    def plain(name: str) -> str:
        return " ".join(unicodedata.normalize("NFKC", name).split())

    try:
        names = [other for other in path.parent.iterdir() if plain(other.name) == plain(path.name)]
    except (OSError, ValueError):
        return None
    return names[0] if len(names) == 1 else None
