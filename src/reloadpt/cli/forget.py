"""``reloadpt forget``: show what is kept on this machine, and remove it once that is confirmed."""

from __future__ import annotations

import sys

import click

from reloadpt.files import MEBIBYTE, Places, open_to_read, places, shorten
from reloadpt.forgetting import PARTS, Part, StoredFile, foreign_files, remove_files, stored_files

WORD = "forget"
ITSELF: tuple[Part, ...] = ("record", "settings")
NAMES: dict[Part, str] = {
    "record": "Your journal, and what belongs to it",
    "settings": "What was set and remembered",
    "exercises": "Programmes of your own",
    "caseload": "The caseload: your patients' journals, your keys and thresholds",
}
NOT_REACHED = (
    "Reports, plans and exports that you saved elsewhere, sent or printed are not reached from here, nor is any "
    "backup or synced copy. The files were deleted, not overwritten: who examines the disk may still find traces."
)
SHOWN = 12


@click.command(name="forget")
@click.argument("parts", nargs=-1, type=click.Choice(PARTS), metavar="[record|settings|exercises|caseload]…")
def forget_command(parts: tuple[Part, ...]) -> None:
    """Remove what is kept here, after showing what that is and asking you to type a word.

    Without a part named: your record and settings. The caseload and programmes of your own go only where they
    are named.
    """
    here = places()
    chosen = tuple(part for part in PARTS if part in (parts or ITSELF))
    found = stored_files(here)
    for line in _part_lines(here, found, chosen):
        click.echo(line, err=True)
    if not any(found[part] for part in chosen):
        click.echo("There is nothing of it here.", err=True)
        return
    click.echo(f"Type {WORD} to remove it for good, anything else to leave it: ", nl=False, err=True)
    if sys.stdin is None or sys.stdin.readline().strip().casefold() != WORD:
        click.echo("Nothing was removed.", err=True)
        sys.exit(1)
    done = remove_files(here, chosen)
    click.echo(f"{_files(done.removed)} removed.", err=True)
    for path, why in done.failures:
        click.echo(f"{_shown_path(path)}: could not be removed ({why}).", err=True)
    click.echo(NOT_REACHED, err=True)
    sys.exit(1 if done.failures else 0)


def _part_lines(here: Places, found: dict[Part, list[StoredFile]], chosen: tuple[Part, ...]) -> list[str]:
    lines = []
    for part, paths in found.items():
        if not paths:
            continue
        files = [one for one in paths if not one.folder]
        size = sum(one.size for one in files)
        stays = "" if part in chosen else f" It stays; `reloadpt forget {part}` removes it."
        lines.append(f"{NAMES[part]}: {_files(len(files))}, {_size(size)}.{stays}")
        if part in chosen:
            lines += [f"  {_shown_path(one.path)}{_file_note(one)}" for one in files[:SHOWN]]
            if len(files) > SHOWN:
                lines.append(f"  … and {len(files) - SHOWN} more")
    lines += [f"{_shown_path(path)}: not ours by its name; it stays." for path in foreign_files(here)]
    return lines


def _file_note(found: StoredFile) -> str:
    if found.points_to is not None:
        return f" (a link; {_shown_path(found.points_to)} itself stays)"
    if found.path.name == "journal.jsonl":
        with open_to_read(found.path) as stream:
            count = sum(piece.count(b"\n") for piece in iter(lambda: stream.read(MEBIBYTE), b""))
        return f" ({count} entries, {_size(found.size)})"
    return f" ({_size(found.size)})"


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _size(size: int) -> str:
    for unit, size_of in (("MiB", MEBIBYTE), ("KiB", 1024)):
        if size >= size_of:
            return f"{size / size_of:.1f} {unit}"
    return f"{size} bytes"


def _shown_path(path: object) -> str:
    return shorten(str(path), 400)
