"""The state file beside a journal: what was folded from it so far, kept to make the next start cheap."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from reloadpt.files import MEBIBYTE, UNREADABLE, Trouble, read_bytes, replace_file
from reloadpt.journal.entries import Mark
from reloadpt.journal.events import Hash, Ordinal


class _Checkpoint(msgspec.Struct, frozen=True):
    offset: Ordinal
    n: Ordinal
    h: Hash
    version: str
    sum: str
    payload: msgspec.Raw


_decode = msgspec.json.Decoder(_Checkpoint).decode


class KeptState(NamedTuple):
    """A ``payload`` as it was kept for a ``version``, folded up to ``mark``."""

    mark: Mark
    version: str
    payload: bytes


def load(path: Path) -> KeptState | None:
    """Read what ``save`` wrote; None in any doubt: it can always be rebuilt."""
    try:
        checkpoint = _decode(read_bytes(path, 256 * MEBIBYTE))
    except (Trouble, *UNREADABLE):
        return None
    payload = bytes(checkpoint.payload)
    if checkpoint.sum != _sum(payload):
        return None
    return KeptState(Mark(checkpoint.offset, checkpoint.n, checkpoint.h), checkpoint.version, payload)


def save(path: Path, mark: Mark, version: str, payload: bytes) -> None:
    """Keep ``payload``, one JSON value, as what was folded up to ``mark``.

    Raises ``Trouble`` where it cannot be written; what was kept before is unchanged.
    """
    checkpoint = _Checkpoint(*mark, version=version, sum=_sum(payload), payload=msgspec.Raw(payload))
    replace_file(path, msgspec.json.encode(checkpoint))


def _sum(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()
