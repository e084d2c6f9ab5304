"""``python tests/museum``: put up the files of a day, and look what the program of now makes of earlier ones.

``make DAY`` adds a folder for a day, such as 2026-11-30; what is there is never written again. ``compare`` shows what
differs now, of what is held and of the figures; ``enter`` writes those figures down as they are now. Both take
beginnings of names, such as 2026-11-30/journals, and mean all without any. ``twice`` makes all files two times and
says which differ.
"""

from __future__ import annotations

import difflib
import filecmp
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "journal")]

from museum.commands import lines_of  # noqa: E402  (found by the path above)
from museum.exhibits import FIGURES, MUSEUM, READ, SUMS, Exhibit, days, exhibits, sums  # noqa: E402
from museum.figures import figures  # noqa: E402
from museum.making import make  # noqa: E402
from museum.reading import reading  # noqa: E402


def main(arguments: list[str]) -> int:
    match arguments:
        case ["make", day] if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            return put_up(MUSEUM / day)
        case ["compare", *names]:
            return compare(names)
        case ["enter", *names]:
            return enter(names)
        case ["twice"]:
            return twice()
    print(__doc__)  # noqa: T201
    return 2


def put_up(day: Path) -> int:
    """Make the folder of a new day, with the texts beside the files; 1 where it is there, or a later one is."""
    there = days(day.parent)
    if there and there[-1].name >= day.name:
        print(f"The files of {there[-1].name} are kept as they are. Give a later day; nothing was written.")  # noqa: T201
        return 1
    with tempfile.TemporaryDirectory(dir=day.parent, prefix=".making-") as folder:
        made = Path(folder) / day.name
        make(made)
        (made / SUMS).write_text(sums(made), encoding="utf-8")
        for exhibit in list(exhibits(made)):
            exhibit.write_text(READ, reading(exhibit))
            _enter(exhibit)
        made.rename(day)
    return 0


def compare(names: list[str]) -> int:
    """Print what is read and reckoned otherwise than written down; 1 where anything is."""
    differs = 0
    for exhibit in _named(names):
        for ending, now in ((READ, reading(exhibit)), (FIGURES, figures(exhibit))):
            before = exhibit.text(ending)
            lines = difflib.unified_diff(
                lines_of(before), lines_of(now or ""), f"{exhibit.name}{ending}", "now", lineterm="", n=1
            )
            for line in lines:
                print(line)  # noqa: T201
            differs += before != (now or "")
    print(f"{differs} texts differ.")  # noqa: T201
    return 1 if differs else 0


def enter(names: list[str]) -> int:
    """Write the figures down as they are now. How a file is read is held, and changed by hand alone."""
    for exhibit in _named(names):
        _enter(exhibit)
    return 0


def twice() -> int:
    """Make all files two times; print the names of those that differ, 1 where one does that should not."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        day = "2000-01-01"
        make(Path(one) / day)
        make(Path(other) / day)
        found = {
            file.relative_to(folder)
            for folder in map(Path, (one, other))
            for file in folder.rglob("*.*")
            if file.is_file()
        }
        equal, *others = filecmp.cmpfiles(one, other, sorted(map(str, found)), shallow=False)
    different = [name for names in others for name in names]
    print(f"{len(equal)} files are the same.", *different, sep="\n")  # noqa: T201
    return 0 if all(name.endswith((".age", ".key")) for name in different) else 1


def _named(names: list[str]) -> Iterator[Exhibit]:
    for day in days():
        for exhibit in exhibits(day):
            if not names or exhibit.name.startswith(tuple(names)):
                yield exhibit


def _enter(exhibit: Exhibit) -> None:
    told = figures(exhibit)
    if told is not None:
        exhibit.write_text(FIGURES, told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
