"""``python tests/mutants``: change one thing at a time, see whether the tests that reach it notice, print a table.

``--room care --sample 150 --seed 3`` tries some of a room; ``--changed`` the lines the change at hand touches in what
pyproject.toml guards, ``--changed-since REV`` those since a commit; ``--minutes 5`` ends in time and says what was not
tried. Exits with 1 where the unchanged program fails, where the list of equivalents is wrong, or where too many live.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS)]

from mutants.change import base_of, changed_lines, is_known  # noqa: E402
from mutants.check import Unfit, checked  # noqa: E402
from mutants.scope import scope_of  # noqa: E402


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python tests/mutants", description="See whether the tests notice a change."
    )
    parser.add_argument("--room", action="append", default=[], help="a room; again for more; all without it")
    parser.add_argument("--file", action="append", default=[], help="one module instead of rooms")
    parser.add_argument("--sample", type=int, help="of each room at most so many")
    parser.add_argument("--seed", type=int, default=0, help="which ones, and in which order")
    parser.add_argument("--minutes", type=float, default=60, help="how long it may take")
    parser.add_argument("--processes", type=int, default=min(4, os.cpu_count() or 1))
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--changed", action="store_true", help="only lines of the change at hand")
    change.add_argument("--changed-since", metavar="REV", help="only lines that differ from a commit")
    parser.add_argument("--root", type=Path, default=TESTS.parent, help="the checkout")
    options = parser.parse_args(arguments)
    scope = scope_of(options.root.resolve())
    if unknown := set(options.room) - set(scope.rooms):
        parser.error(f"There is no room {', '.join(sorted(unknown))}; there are {', '.join(scope.rooms)}.")
    files: dict[str, set[int] | None] = {}
    if options.changed and not is_known(scope.root):
        print("No history here: every line counts as changed.")  # noqa: T201
        files.update(dict.fromkeys(scope.guarded))
    elif options.changed or options.changed_since:
        base = options.changed_since or base_of(scope.root)
        print(f"Lines that differ from {base}")  # noqa: T201
        files.update(changed_lines(scope.root, base, scope.guarded))
    elif options.file:
        files.update(dict.fromkeys(options.file))
    else:
        files.update(
            dict.fromkeys(file for room in options.room or scope.rooms for file in scope.files(room))
        )
    if options.room and not options.file:
        files = {file: lines for file, lines in files.items() if scope.room(file) in options.room}
    try:
        return checked(
            scope,
            files,
            sample=options.sample,
            seed=options.seed,
            minutes=options.minutes,
            processes=options.processes,
        )
    except (Unfit, ValueError) as trouble:
        print(trouble)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
