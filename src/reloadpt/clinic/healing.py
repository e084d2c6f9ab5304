"""Two copies of one log, of which one is damaged: each line from whichever has it whole."""

from __future__ import annotations

from reloadpt.journal.salvage import is_line, salvage_log


def heal(stored: bytes, incoming: bytes) -> bytes | None:
    """The lines of a log that two copies of it make together, in their order; None where they contradict.

    Where neither has a line whole, its damaged bytes stay.
    """
    whole: dict[int, bytes] = {}
    damaged: dict[int, bytes] = {}
    for copy in (stored, incoming):
        numbers: dict[int, bytes] = {}
        for entry in salvage_log(copy).entries:
            if not is_line(entry):
                damaged.setdefault(entry.n, entry.line)
            elif whole.get(entry.n, entry.line) != entry.line:
                return None
            else:
                numbers.setdefault(entry.n, entry.line)
        whole |= numbers
    lines = {number: line for number, line in damaged.items() if line} | whole
    return b"".join(lines[number] + b"\n" for number in sorted(lines))
