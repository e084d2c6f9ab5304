"""Going on after a break: the damaged log is kept whole, and a new one carries every line of it that can be read.

A line whose own hash fits is believed, wherever it stands, and is carried as it is, in its place and at its time. In
the place of one that cannot be read stands a ``Lost``, so that a line of the new log is that of the old one with the
same number. What was damaged and can still be read is believed only for what locks, and for the plan where there is
no better one.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from reloadpt.files import Trouble, clip, open_to_read, reason, replace_file
from reloadpt.journal.aside import keep_beside
from reloadpt.journal.chain import verify_log
from reloadpt.journal.entries import (
    FORMAT,
    SEAL,
    ZEROS,
    Entry,
    Misfit,
    can_go_on,
    check_line,
    escape,
    line_hash,
    read_line,
    write_entry,
)
from reloadpt.journal.events import (
    Amended,
    AnyEvent,
    Continues,
    FlagRaised,
    LogOpened,
    Lost,
    PlanStarted,
    Shared,
)
from reloadpt.journal.locks import append_lock
from reloadpt.journal.people import NOT_KNOWN
from reloadpt.journal.salvage import Salvage, is_line, salvage_log

_HEAD = re.compile(rb'\{\s*"n"\s*:\s*\d+\s*,\s*"prev"\s*:\s*"[0-9a-f]{32}"\s*,\s*')


def mend(path: Path, at: datetime, app: str) -> str:
    """Keep a broken log as ``.broken-<utc>`` and start a new one that goes on from it.

    Returns:
        What was done, in a sentence or two; a log without a break is left as it is.

    Raises:
        Trouble: it could not be done, or the log is of a format that this version only reads; the log is as
            it was.
    """
    try:
        with append_lock(path):
            with open_to_read(path) as stream:
                verdict = verify_log(stream)
                if verdict.first_break is None:
                    return f"{path}: every line fits. Nothing was changed."
                salvage = salvage_log(stream)
                opened = salvage.opened or _damaged_opening(salvage)
                if opened and not can_go_on(opened):
                    raise Trouble(
                        f"{path}, {verdict.first_break}. The log has the format {clip(opened.format)}, "
                        "which this version only reads: update reloadpt."
                    )
                stream.seek(0)
                copy = keep_beside(path, "broken", at, stream)
            log = _mended_log(opened, salvage, verdict.h, at, app)
            # the old log is whole beside it by now; the new one takes its name at once or not at all
            replace_file(path, b"".join(line + b"\n" for line in log))
            # what was folded from the old log must not be missed in the new one
            path.with_suffix(".state.json").unlink(missing_ok=True)
    except OSError as error:
        raise Trouble(f"{path}: the log could not be mended ({reason(error)}). It is as it was.") from error
    return f"The log is damaged: {verdict.first_break}. {_mended_in_words(copy, salvage)}"


def _mended_log(
    opened: LogOpened | None, salvage: Salvage, last_h: str, at: datetime, app: str
) -> list[bytes]:
    first = LogOpened(
        format=FORMAT,
        log=str(uuid.uuid4()),
        patient=opened.patient if opened else _alias_of(salvage),
        app=app,
        zone=opened.zone if opened else None,
        continues=Continues(log=opened.log, h=last_h) if opened else None,
    )
    head = write_entry(0, ZEROS, at, first)
    log, h = [head.line], head.h
    numbers: dict[int, int] = {}
    any_kept = salvage.kept > 0
    for found, event in _carried(salvage):
        entry = found if any_kept else msgspec.structs.replace(found, at=at)
        line = _carried_line(entry, event, len(log), h, numbers)
        h = line[-SEAL:][6:-2].decode()
        if is_line(entry) or entry.n not in numbers:
            numbers[entry.n] = len(log)
        log.append(line)
    return log


def _carried(salvage: Salvage) -> Iterator[tuple[Entry, AnyEvent | None]]:
    """What a mended log carries, in order: an entry as it is, or an event that is written anew at its time."""
    has_plan = any(is_line(entry) and isinstance(entry.event, PlanStarted) for entry in salvage.entries)
    damaged_plan = None if has_plan else _last_damaged_plan(salvage)
    for entry in salvage.entries:
        if is_line(entry):
            if not isinstance(entry.event, LogOpened):
                yield entry, None
            continue
        if entry.n > 0:
            yield entry, entry.event
        event = _damaged_event(entry)
        if isinstance(event, FlagRaised) or (event is not None and event == damaged_plan):
            yield entry, event


def _carried_line(entry: Entry, event: AnyEvent | None, n: int, prev: str, numbers: dict[int, int]) -> bytes:
    """The line of the new log for an entry of the old one; a ``Lost`` where it cannot be carried."""
    event = event or _renumbered(entry, n, numbers)
    if event is not None:
        return write_entry(n, prev, entry.at, event).line
    head = _HEAD.match(entry.line)
    told = entry.line[head.end() : -SEAL] if head else _told_anew(entry.line)
    body = b'{"n":%d,"prev":"%b",%b' % (n, prev.encode(), told)
    line = b'%b,"h":"%b"}' % (body, line_hash(body).encode())
    try:
        check_line(line, n, prev)
    except Misfit as misfit:
        return write_entry(n, prev, entry.at, Lost(line=entry.n + 1, wrong=str(misfit))).line
    return line


def _renumbered(entry: Entry, n: int, numbers: dict[int, int]) -> AnyEvent | None:
    """An event that names another entry by a number which is another one now; None where nothing changes.

    Where the other entry is lost it names what stands in its place, or itself, and so none.
    """
    match entry.event:
        case Amended(amends=number) if numbers.get(number, n) != number:
            return msgspec.structs.replace(entry.event, amends=numbers.get(number, n))
        case Shared(through=number) if numbers.get(number, number) != number:
            return msgspec.structs.replace(entry.event, through=numbers.get(number, number))
        case _:
            return None


def _told_anew(line: bytes) -> bytes:
    """What a line of another writer tells after its first two fields, as we would write it."""
    fields = json.loads(line)
    told = {name: value for name, value in fields.items() if name not in ("n", "prev", "h")}
    return escape(json.dumps(told).encode())[1:-1]


def _damaged_event(entry: Entry) -> AnyEvent | None:
    """What a damaged line says, where it can still be read."""
    try:
        return read_line(entry.line).event
    except Misfit:
        return None


def _damaged_opening(salvage: Salvage) -> LogOpened | None:
    events = (_damaged_event(entry) for entry in salvage.entries if not is_line(entry) and entry.n == 0)
    return next((event for event in events if isinstance(event, LogOpened)), None)


def _last_damaged_plan(salvage: Salvage) -> PlanStarted | None:
    events = (_damaged_event(entry) for entry in salvage.entries if not is_line(entry))
    return next((event for event in reversed([*events]) if isinstance(event, PlanStarted)), None)


def _alias_of(salvage: Salvage) -> str:
    plans = (entry.event for entry in salvage.entries if isinstance(entry.event, PlanStarted))
    plan = next(plans, None) or _last_damaged_plan(salvage)
    return str(plan.plan.get("patient") or NOT_KNOWN)[:200] if plan else NOT_KNOWN


def _mended_in_words(copy: Path, salvage: Salvage) -> str:
    if not salvage.kept:
        return f"All of it is kept as {copy.name}, and a new, empty log goes on from it."
    return (
        f"All of it is kept as {copy.name}, and a new log goes on with every line of it that can be read. "
        f"{salvage.in_words()}"
    )
