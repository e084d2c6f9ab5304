"""A programme file to begin from: the shipped one of a muscle to change, or one filled by example."""

from __future__ import annotations

import re
from pathlib import Path

from reloadpt.files import Trouble, clip, reason
from reloadpt.program.library import Library

EXAMPLE = Path(__file__).with_name("example.json")
SCHEMA_BESIDE = "programme.schema.json"
SCHEMA_OF_A_CHECKOUT = "../docs/programme.schema.json"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def starting_text(muscle: str, library: Library) -> str:
    """The text of a programme for ``muscle`` that passes the check.

    Where ``library`` has the muscle it is that programme; else the example with its names put in.
    """
    if not _SLUG.fullmatch(muscle) or len(muscle) > 60:
        raise Trouble(
            f"{clip(muscle)} cannot name a programme: write small letters and hyphens, such as rotator-cuff."
        )
    if muscle in library.paths:
        shipped = library.paths[muscle].read_text(encoding="utf-8")
        return shipped.replace(f'"{SCHEMA_OF_A_CHECKOUT}"', f'"{SCHEMA_BESIDE}"', 1)
    text = EXAMPLE.read_text(encoding="utf-8")
    return text.replace("my-muscle", muscle).replace("My muscle", muscle.replace("-", " ").capitalize())


def write_starting(path: Path, muscle: str, library: Library) -> None:
    """Write a programme to begin from to ``path``; what is there already is never replaced."""
    text = starting_text(muscle, library)
    if (path.parent / SCHEMA_OF_A_CHECKOUT).is_file():
        text = text.replace(f'"{SCHEMA_BESIDE}"', f'"{SCHEMA_OF_A_CHECKOUT}"', 1)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
    except FileExistsError:
        raise Trouble(
            f"{path}: there is a file of this name already. Name another with -o; nothing was written."
        ) from None
    except OSError as error:
        raise Trouble(f"{path}: cannot be written ({reason(error)}).") from error
