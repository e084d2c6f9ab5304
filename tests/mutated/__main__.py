"""``python tests/mutated [COUNT] [--seed N] [KIND]…``: give so many changed inputs (10,000) to the commands.

Prints for each kind how many were tried and what was answered that must not be; exits with 1 where anything was.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "tui")]

from museum.commands import room  # noqa: E402  (found by the path above)
from mutated.inputs import KINDS, try_caseload, try_kind  # noqa: E402

WHEN = datetime.fromisoformat("2026-11-24T09:00:00+01:00")
CASELOAD = "caseload"


def tried(name: str, seed: int) -> list[str]:
    """Try one input of a kind, made from a seed."""
    chance = random.Random(f"{name} {seed}")  # noqa: S311  (nothing is kept secret by it)
    with room(WHEN) as here:
        return try_caseload(here, chance) if name == CASELOAD else try_kind(here, name, chance)


def main(arguments: list[str]) -> int:
    seed = int(arguments[arguments.index("--seed") + 1]) if "--seed" in arguments else 0
    words = [word for word in arguments if word not in ("--seed", str(seed))]
    count = next((int(word) for word in words if word.isdecimal()), 10_000)
    kinds = [word for word in words if word in (*KINDS, CASELOAD)] or [*KINDS, CASELOAD]
    tries, wrong = Counter[str](), Counter[str]()
    for number in range(count):
        name = kinds[number % len(kinds)]
        found = tried(name, seed + number)
        tries[name] += 1
        wrong[name] += bool(found)
        for answer in found:
            print(f"{name}, seed {seed + number}: {answer}", file=sys.stderr)  # noqa: T201
    for name in kinds:
        print(f"{name:<28} {tries[name]:>6} tried  {wrong[name]:>4} answered as they must not be")  # noqa: T201
    return 1 if wrong.total() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
