"""``reloadpt --version`` against ``python -c "import click"``, whole processes in turn.

Run: ``python benchmarks/version.py [--runs 21]``.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

REACH = 1.2


def took(command: list[str]) -> float:
    """Seconds that ``command`` takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21)
    options = parser.parse_args()
    ours = [sys.executable, "-m", "reloadpt", "--version"]
    floor = [sys.executable, "-c", "import click"]
    pairs = [(took(ours), took(floor)) for _ in range(options.runs + 2)][2:]
    ratio = statistics.median(a / b for a, b in pairs)
    for name, found in (
        ("reloadpt --version", [a for a, _ in pairs]),
        ("import click", [b for _, b in pairs]),
    ):
        print(f"{name:<20} {min(found):.3f} {statistics.median(found):.3f} {max(found):.3f} s")
    print(f"ratio, pair by pair: {ratio:.2f}, to reach {REACH}")
    sys.exit(0 if ratio <= REACH else 1)


if __name__ == "__main__":
    main()
