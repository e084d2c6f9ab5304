"""What the tests of the journal write: every kind of event, hostile text, and a writer that is not ours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from reloadpt.journal.events import (
    ActivityRated,
    Amended,
    AnyEvent,
    AtHand,
    CheckedIn,
    Cleared,
    ConcernTold,
    ConditionAnswer,
    Confirmed,
    Due,
    DueItem,
    Eased,
    EmergencyNumber,
    Event,
    ExerciseRated,
    FlagRaised,
    FlagWithdrawn,
    HowOften,
    Item,
    LogOpened,
    Lost,
    MissedExplained,
    Needled,
    Note,
    NothingFor,
    Paused,
    PlanStarted,
    ScreeningAnswered,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
    Shared,
    Soreness,
    Worried,
)
from reloadpt.journal.journal import Journal

AT = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=1)))
OPENED = LogOpened(
    format="reloadpt-log/1",
    log="5b2f8f0e-7f5b-4f0e-9a51-0f6a1f0d9a11",
    patient="A-17",
    app="reloadpt 0.1.0",
    zone="Europe/Berlin",
)
PLAN = {"format": "reloadpt-plan/1", "id": "p1", "patient": "A-17", "targets": [{"muscle": "multifidus"}]}
SET = SetDone(
    session="2026-11-22.1", exercise="multifidus/bird-dog", side="left", set=1, reps=6, seconds=42.5
)

EVERY_KIND: tuple[AnyEvent, ...] = (
    PlanStarted(plan=PLAN),
    Needled(muscle="multifidus", side="left", needled_at=AT, stim=True, by="the clinic"),
    CheckedIn(
        when="before",
        session="2026-11-22.1",
        pain=3,
        worst=5,
        soreness=(Soreness(muscle="multifidus", side="both", score=2),),
        asked=("ST", "SI"),
        form="full",
        flags=("SI",),
        same=True,
        zone="Europe/Berlin",
    ),
    SessionOpened(
        session="2026-11-22.1",
        zone="Europe/Berlin",
        items=(
            Item(
                exercise="multifidus/bird-dog",
                name="Bird dog",
                muscle="multifidus",
                credits=("multifidus/bird-dog", "lumbar-paraspinals/bird-dog"),
                phase="activate",
                intent="wake",
                sets=2,
                reps=6,
                hold_s=3,
                tempo="3-1-3",
                rest_s=60,
                per_side=True,
                load_kg=2.5,
                resistance="yellow band",
                why="Day 2: wake it gently.",
                rule="phase",
            ),
        ),
    ),
    SET,
    SetDone(session="2026-11-22.1", exercise="multifidus/bird-dog", side="left", set=2, confirmed=False),
    Confirmed(session="2026-11-22.1"),
    SetSkipped(session="2026-11-22.1", exercise="multifidus/bird-dog", side="right", set=1, reason="pain"),
    Eased(session="2026-11-22.1", exercise="multifidus/bird-dog", reps=4, hold_s=3.0),
    ExerciseRated(
        session="2026-11-22.1",
        exercise="multifidus/bird-dog",
        side="both",
        pain=2,
        place="usual",
        effort=4,
        two_more=True,
    ),
    SessionClosed(session="2026-11-22.1", how="finished", worst=3, note="went well"),
    FlagRaised(code="SI", advice="Call the clinic today.", words="with a fever", muscles=("multifidus",)),
    FlagWithdrawn(code="SB"),
    Worried(words="my ear rings"),
    Cleared(code="SI", by="the clinic", seen_at="2026-11-22", how="in_person", where="the practice"),
    EmergencyNumber(number="119", zone="Asia/Tokyo"),
    ScreeningAnswered(
        answers=(
            ConditionAnswer(item="osteoporosis", answer="yes"),
            ConditionAnswer(item="falls", answer="no"),
            ConditionAnswer(item="infection"),
        ),
        baby_due="2027-03-01",
    ),
    Paused(from_="2026-12-01", to="2026-12-08", reason="holiday"),
    AtHand(has=("dumbbell",), weights_kg=(1.0, 2.0, 4.0)),
    AtHand(has=(), from_="2026-12-01", to="2026-12-08"),
    MissedExplained(day="2026-11-21", barrier="time"),
    ActivityRated(activity="lift the child", score=4),
    ConcernTold(cause="stopped multifidus both", to="therapist"),
    Lost(line=7, lines=2, wrong="is not JSON"),
    Note(text='<b>5 > 3 & "so"</b> \u2028 \\u003c \0 \r é 腰'),
    Due(
        day="2026-11-22",
        standing="planned",
        items=(
            DueItem(
                exercise="multifidus/bird-dog",
                name="Bird dog",
                muscle="multifidus",
                credits=("lumbar-paraspinals/bird-dog",),
                sides=("left", "right"),
                phase="activate",
                intent="wake",
                sets=2,
                reps=6,
                hold_s=3,
                load_kg=2.5,
                times=2,
                since="2026-11-22",
                often=HowOften(times=2, per="day"),
            ),
        ),
        left_out=3,
    ),
    Due(
        day="2026-11-21",
        standing="nothing_possible",
        nothing=(NothingFor(muscle="multifidus", why="It needs what is not at home."),),
    ),
    Shared(to=None, through=3),
    Amended(amends=5, change={"reps": 5}, reason="miscounted"),
    Amended(amends=5, change=None, reason="went back"),
)

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--",
    "]]>",
    "&lt;",
    ',"h":"00000000000000000000000000000000"}',
    '","kind":"cleared","x":"',
    "\r\n",
    "\0",
    "\x7f\x1b[2J",
    "\u2028\u2029\ufeff",
    "\\u003c\\",
    "[/] [bold]",
    "=cmd|' /C calc'!A0",
    "💪" * 50,
)
text = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
name = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
score = st.none() | st.integers(0, 10)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
times = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
events: st.SearchStrategy[AnyEvent] = st.one_of(
    st.sampled_from(EVERY_KIND),
    st.builds(Note, text=text),
    st.builds(PlanStarted, plan=st.dictionaries(text, plain, max_size=4)),
    st.builds(
        Amended, amends=st.integers(0, 2**53), change=st.none() | st.dictionaries(text, plain, max_size=3)
    ),
    st.builds(Needled, muscle=name, needled_at=times, by=st.none() | text),
    st.builds(FlagRaised, code=name, advice=text),
    st.builds(
        SetDone,
        session=name,
        exercise=name,
        set=st.integers(1, 20),
        load_kg=st.none() | st.floats(0, 1000),
        seconds=st.none() | st.floats(0, 86400),
    ),
    st.builds(
        CheckedIn, when=st.sampled_from(("before", "morning", "other")), pain=score, flags=st.tuples(text)
    ),
)


def opened_again(**changed: Any) -> LogOpened:
    told = {name: getattr(OPENED, name) for name in OPENED.__struct_fields__}
    return LogOpened(**told | changed)


def journal_at(folder: Path, told: Sequence[Event] = EVERY_KIND) -> Journal:
    """A journal of ours in ``folder`` with these events."""
    journal = Journal(folder / "journal.jsonl")
    journal.start(OPENED, AT)
    journal.append(told, AT)
    return journal


def foreign_line(n: int, prev: str, at: str, kind: str, fields: dict[str, Any], **style: Any) -> bytes:
    """One line, LF included, by a program that knows only the page about the format."""
    body = json.dumps({"n": n, "prev": prev, "at": at, "kind": kind, **fields}, **style)[:-1]
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        body = body.replace(sign, escaped)
    raw = body.encode("utf-8")
    return raw + b',"h":"' + hashlib.sha256(raw).hexdigest()[:32].encode() + b'"}\n'


def foreign_log(*told: tuple[str, dict[str, Any]], **style: Any) -> bytes:
    """A log by that program, its first line included."""
    log, prev = b"", "0" * 32
    first = {
        "format": "reloadpt-log/1",
        "log": "f0",
        "patient": "B-2",
        "app": "x",
        "zone": None,
        "continues": None,
    }
    for n, (kind, fields) in enumerate((("log_opened", first), *told)):
        line = foreign_line(n, prev, f"2026-11-22T09:00:{n:02}+01:00", kind, fields, **style)
        prev = line[-35:-3].decode()
        log += line
    return log


def resealed(line: bytes) -> bytes:
    """A line with its hash made to fit again: what is wrong with it then is something else."""
    body = line[:-40]
    return body + b',"h":"' + hashlib.sha256(body).hexdigest()[:32].encode() + b'"}'
