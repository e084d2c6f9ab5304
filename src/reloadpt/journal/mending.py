"""Going on after a break: the damaged log is kept whole, and a new one continues it.

The new log carries the plan and what is locked, so that a patient is neither shut out nor let past a warning.
A line whose own hash fits is believed, wherever it stands. One that was damaged and can still be read is
believed only for what locks, and for the plan where there is no better one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reloadpt.files import MEBIBYTE, Trouble, clip, reason, replace_file
from reloadpt.journal.aside import keep_beside
from reloadpt.journal.chain import verify_log
from reloadpt.journal.entries import (
    FORMAT,
    LONGEST,
    ZEROS,
    Entry,
    Misfit,
    can_go_on,
    check_line,
    read_line,
    write_entry,
)
from reloadpt.journal.events import (
    AnyEvent,
    Cleared,
    Continues,
    Event,
    FlagRaised,
    LogOpened,
    Needled,
    PlanStarted,
)
from reloadpt.journal.locks import append_lock
from reloadpt.journal.people import NOT_KNOWN


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
            with path.open("rb") as stream:
                verdict = verify_log(stream)
                if verdict.first_break is None:
                    return f"{path}: every line fits. Nothing was changed."
                opened, carried = _carry(stream)
                if opened and not can_go_on(opened):
                    raise Trouble(
                        f"{path}, {verdict.first_break}. The log has the format {clip(opened.format)}, "
                        "which this version only reads: update reloadpt."
                    )
                stream.seek(0)
                copy = keep_beside(path, "broken", at, stream)
            log = _new_log(opened, carried, verdict.h, at, app)
            # the old log is whole beside it by now; the new one takes its name at once or not at all
            replace_file(path, b"".join(entry.line + b"\n" for entry in log))
            # what was folded from the old log must not be missed in the new one
            path.with_suffix(".state.json").unlink(missing_ok=True)
    except OSError as error:
        raise Trouble(f"{path}: the log could not be mended ({reason(error)}). It is as it was.") from error
    return f"The log is damaged: {verdict.first_break}. {_mended_in_words(copy, log)}"


def _new_log(
    opened: LogOpened | None, carried: list[Event], last_h: str, at: datetime, app: str
) -> list[Entry]:
    plan = next((event.plan for event in carried if isinstance(event, PlanStarted)), {})
    first = LogOpened(
        format=FORMAT,
        log=str(uuid.uuid4()),
        patient=opened.patient if opened else str(plan.get("patient") or NOT_KNOWN)[:200],
        app=app,
        zone=opened.zone if opened else None,
        continues=Continues(log=opened.log, h=last_h) if opened else None,
    )
    log = [write_entry(0, ZEROS, at, first)]
    for event in carried:
        log.append(write_entry(len(log), log[-1].h, at, event))
    return log


def _carry(stream: BinaryIO) -> tuple[LogOpened | None, list[Event]]:
    """What the log was opened with, and the plan, the needlings since, and the signs not cleared."""
    opened: LogOpened | None = None
    plan: PlanStarted | None = None
    plan_is_sure = False
    needled: list[Event] = []
    flags: list[FlagRaised] = []
    for event, sure in _readable(stream):
        match event:
            case LogOpened():
                opened = opened or event
            case PlanStarted() if sure or not plan_is_sure:
                same = plan is not None and plan.plan.get("id") == event.plan.get("id")
                if not same:
                    needled.clear()
                    if sure:
                        flags.clear()
                if not (same and plan_is_sure):
                    plan, plan_is_sure = event, sure
            case Needled() if sure:
                needled.append(event)
            case FlagRaised() if event not in flags:
                flags.append(event)
            case Cleared() if sure:
                flags = [flag for flag in flags if flag.code != event.code]
            case _:
                pass
    return opened, [*([plan] if plan else []), *needled, *flags]


def _readable(stream: BinaryIO) -> Iterator[tuple[AnyEvent, bool]]:
    """The event of every complete line that can still be read, and whether its own hash fits."""
    stream.seek(0)
    while piece := stream.readline(LONGEST + 2):
        if not piece.endswith(b"\n"):
            # a tail, or a line longer than any of ours: pass over the rest of it
            while piece and not piece.endswith(b"\n"):
                piece = stream.readline(MEBIBYTE)
            continue
        try:
            entry, sure = check_line(piece[:-1]), True
        except Misfit:
            try:
                entry, sure = read_line(piece[:-1]), False
            except Misfit:
                continue
        if entry.event is not None:
            yield entry.event, sure


def _mended_in_words(copy: Path, log: list[Entry]) -> str:
    flags = sum(isinstance(entry.event, FlagRaised) for entry in log)
    words = ["your plan"] if any(isinstance(entry.event, PlanStarted) for entry in log) else []
    if flags:
        words.append("1 warning sign" if flags == 1 else f"{flags} warning signs")
    goes_on = f"a new log goes on with {' and '.join(words)}" if words else "a new, empty log goes on from it"
    return f"All of it is kept as {copy.name}, and {goes_on}."
