"""A life told again of another patient: another alias, log and plans, the same days and numbers.

Living a year asks Today a thousand times; telling it again only chains the lines anew. So a caseload of any size
is made from a few lives.
"""

from __future__ import annotations

import random
import uuid

import msgspec

from reloadpt.journal.entries import SEAL, START, Entry, line_hash, read_line, write_line
from reloadpt.journal.events import LogOpened, PlanStarted

_PREV = b'"prev":"'
_RENAMED = (b',"kind":"log_opened",', b',"kind":"plan_started",')


def rewrite_for(lines: bytes, alias: str, seed: str) -> bytes:
    """Tell the life in ``lines`` of ``alias``; ``seed`` makes the ids."""
    ids = random.Random(f"told {seed}")  # noqa: S311
    rewritten: list[bytes] = []
    h = START.h
    for line in lines.splitlines():
        begin = line.index(_PREV) + len(_PREV)
        if any(kind in line[: begin + 120] for kind in _RENAMED):
            new = _renamed(read_line(line), h, alias, str(uuid.UUID(int=ids.getrandbits(128), version=4)))
            h = new[-SEAL + 6 : -2].decode()
        else:
            body = line[:begin] + h.encode() + line[begin + len(h) : -SEAL]
            h = line_hash(body)
            new = b'%b,"h":"%b"}' % (body, h.encode())
        rewritten.append(new)
    return b"\n".join(rewritten) + b"\n"


def _renamed(entry: Entry, prev: str, alias: str, new_id: str) -> bytes:
    event = entry.event
    if isinstance(event, LogOpened):
        event = msgspec.structs.replace(event, log=new_id, patient=alias)
    elif isinstance(event, PlanStarted):
        event = PlanStarted(plan=event.plan | {"id": new_id, "patient": alias})
    assert event  # noqa: S101
    return write_line(entry.n, prev, entry.at, event)
