"""What became of the mutants of each room, and the ones that lived, as text."""

from __future__ import annotations

from dataclasses import dataclass, field

from mutants.crew import Outcome
from mutants.operators import Mutant

HEAD = ("room", "tried", "killed", "of them timed out", "survived", "killed, %", "equivalent", "not tried")
NOTHING_RAN = 5  # pytest's exit code where no test was left


@dataclass
class Tally:
    """The figures of one room; ``waiting`` are those still to be tried, ``unread`` those whose tests are not known."""

    killed: int = 0
    timed_out: int = 0
    equivalent: int = 0
    unread: int = 0
    waiting: int = 0
    survivors: list[tuple[Mutant, str]] = field(default_factory=list)

    @property
    def tried(self) -> int:
        """How many were tried to an end."""
        return self.killed + len(self.survivors)

    def count(self, mutant: Mutant, outcome: Outcome) -> None:
        """Count a mutant by how the run of its tests ended: one that took too long was noticed."""
        if outcome.code in {0, NOTHING_RAN}:
            self.lives(mutant, f"{outcome.answer.get('ran', 0)} tests")
            return
        self.waiting -= 1
        self.killed += 1
        self.timed_out += outcome.code is None

    def lives(self, mutant: Mutant, why: str) -> None:
        """Count a mutant that nothing noticed."""
        self.waiting -= 1
        self.survivors.append((mutant, why))

    def row(self, room: str) -> tuple[str, ...]:
        """Return its row of the table."""
        rate = f"{100 * self.killed / self.tried:.0f}" if self.tried else "–"
        counts = (self.tried, self.killed, self.timed_out, len(self.survivors))
        return (room, *map(str, counts), rate, str(self.equivalent), str(self.waiting + self.unread))


def table(tallies: dict[str, Tally]) -> str:
    """Return the table by room, and below it each survivor with its place and what was changed."""
    rows = [HEAD, *(tally.row(room) for room, tally in tallies.items()), whole(tallies).row("all")]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    survivors = sorted(
        (mutant.file, mutant.first, mutant.change, why)
        for tally in tallies.values()
        for mutant, why in tally.survivors
    )
    if survivors:
        lines += ["", "Survived:"]
        lines += [f"{file}:{line}: {change}  ({why})" for file, line, change, why in survivors]
    return "\n".join(lines)


def whole(tallies: dict[str, Tally]) -> Tally:
    """Return the sum of all rooms."""
    total = Tally()
    for tally in tallies.values():
        total.killed += tally.killed
        total.timed_out += tally.timed_out
        total.equivalent += tally.equivalent
        total.unread += tally.unread
        total.waiting += tally.waiting
        total.survivors += tally.survivors
    return total
