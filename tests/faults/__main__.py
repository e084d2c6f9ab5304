"""``python tests/faults``: try every fault on the real program and print what was called saved and what was found.

``--quick`` tries each a few times; names after it choose faults. Exits with 1 where anything that was called saved
is not there.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "tui"), str(TESTS / "plain")]

from faults.suite import faults, run  # noqa: E402
from faults.table import Row, table  # noqa: E402


def main(arguments: list[str]) -> int:
    quick = "--quick" in arguments
    names = [each for each in arguments if each != "--quick"]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="reloadpt-faults-") as folder:
        for name, fault in faults(quick=quick).items():
            if names and name not in names:
                continue
            try:
                row = run(name, fault, Path(folder))
            except AssertionError as error:
                row = Row(name, 1, 1, 0, said=f"the suite says: {error}")
            rows.append(row)
            print(f"{row.fault}: {'equal' if row.equal else 'NOT EQUAL'}", file=sys.stderr)  # noqa: T201
    print(table(rows))  # noqa: T201
    print("\nWhat the program said:")  # noqa: T201
    for row in rows:
        if row.said:
            print(f"- {row.fault}: {row.said}")  # noqa: T201
    return 0 if rows and all(row.equal for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
