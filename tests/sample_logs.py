"""Patients whose journals are written by the program's own record, session by session, for tests."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from reloadpt.care.record import Record
from reloadpt.care.today import today_at
from reloadpt.journal.entries import ZEROS, Entry, write_entry
from reloadpt.journal.events import (
    AnyEvent,
    CheckedIn,
    DayStanding,
    Due,
    DueItem,
    ExerciseRated,
    HowOften,
    Item,
    LogOpened,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
    Shared,
    Side,
    SkipReason,
    Soreness,
    Source,
)
from reloadpt.measures.course import Course, course_of
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, make_plan, parse_target
from reloadpt.program.plan import Plan

ZONE = timezone(timedelta(hours=1))
Said = tuple[datetime, AnyEvent]
BIRD_DOG = "multifidus/bird-dog"
NEEDLED = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)
BOTH: tuple[Side, ...] = ("both",)
TARGETS = ("lumbar-paraspinals:calm:both", "multifidus:wake:both:stim")

HOSTILE = (
    "<script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "<svg/onload=document.title='owned'>",
    '"><iframe srcdoc="<script>parent.document.title=\'owned\'</script>">',
    "'-document.title='owned'-'",
    "javascript:document.title='owned'",
    "<a href=\"javascript:document.title='owned'\">go</a>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    "</style><style>*{display:none}",
    "</title></head><body onload=document.title='owned'>",
    '<script type="application/x-ndjson" id="reloadpt-log">',
    "&lt;script&gt;",
    "\u202egnp.exe\u202c",
    "\x1b]0;owned\x07\x1b[2J",
    "[/] [red]",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "<base href=//example.invalid>",
    "<meta http-equiv=refresh content='0;url=//example.invalid'>",
)
"""Text that would do harm wherever it were taken for anything but text."""


def library() -> Library:
    return Library()


def a_plan(
    patient: str = "A-17", at: datetime = NEEDLED, targets: Sequence[str] = TARGETS, **more: Any
) -> Plan:
    found = tuple(parse_target(target, at, library()) for target in targets)
    fields: dict[str, Any] = {"made_by": "the clinic", "start_pain": 4} | more
    plan = make_plan(
        patient="A-17", targets=found, answers=ScreeningAnswers.parse(["all=no"]), at=at, **fields
    )
    # an earlier version took any alias
    return replace(plan, patient=patient)


def at(day: int, hour: float = 9) -> datetime:
    """A time so many days after the needling, at an hour of that day."""
    return NEEDLED.replace(hour=0) + timedelta(days=day, hours=hour)


def entries_of(*said: tuple[datetime, AnyEvent]) -> list[Entry]:
    """The entries of a log that begins with its first line and goes on with what is said."""
    opened = LogOpened(format="reloadpt-log/1", log=str(uuid.uuid4()), patient="A-17", app="a test")
    entries = [write_entry(0, ZEROS, said[0][0] if said else NEEDLED, opened)]
    for moment, event in said:
        entries.append(write_entry(len(entries), entries[-1].h, moment, event))
    return entries


def course(*said: tuple[datetime, AnyEvent]) -> Course:
    return course_of(entries_of(*said))


def lines_of(entries: Sequence[Entry]) -> bytes:
    return b"".join(entry.line + b"\n" for entry in entries)


def begins(plan_id: str = "p1", often: dict[str, tuple[int, str]] | None = None, **more: Any) -> PlanStarted:
    """A plan that names how often each exercise is done."""
    doses = [
        {"exercise": exercise, "often": {"times": times, "per": per}}
        for exercise, (times, per) in (often or {BIRD_DOG: (1, "day")}).items()
    ]
    plan: dict[str, Any] = {
        "format": "reloadpt-plan/1",
        "id": plan_id,
        "patient": "A-17",
        "made_by": "the clinic",
        "made_at": NEEDLED.isoformat(),
        "start_pain": 4,
        "targets": [
            {"muscle": "multifidus", "intent": "wake", "side": "both", "needled_at": NEEDLED.isoformat()}
        ],
        "doses": doses,
    }
    return PlanStarted(plan=plan | more)


def item(exercise: str = BIRD_DOG, sets: int = 4, **more: Any) -> Item:
    fields: dict[str, Any] = {
        "exercise": exercise,
        "name": exercise,
        "muscle": exercise.partition("/")[0],
        "phase": "activate",
        "intent": "wake",
        "sets": sets,
        "reps": 8,
    }
    return Item(**(fields | more))


def due(
    day: int,
    *items: Item,
    times: int = 1,
    often: tuple[int, Any] = (1, "day"),
    since: int | None = None,
    standing: DayStanding = "planned",
) -> Said:
    """What was due on a day, written down on the morning after."""
    begun = at(day if since is None else since).date().isoformat()
    due_items = tuple(
        DueItem(
            exercise=each.exercise, name=each.name, muscle=each.muscle, credits=each.credits, sides=each.sides,
            phase=each.phase, intent=each.intent, sets=each.sets, reps=each.reps, times=times, since=begun,
            often=HowOften(times=often[0], per=often[1]),
        )
        for each in items or (item(),)
    )  # fmt: skip
    return at(day + 1, 6), Due(day=at(day).date().isoformat(), standing=standing, items=due_items)


def dues(first: int, last: int, *items: Item, **more: Any) -> list[Said]:
    """The same on each day from the first to the last."""
    return [due(day, *items, **more) for day in range(first, last + 1)]


def sat(day: int, done: int | None = None, *items: Item, hour: float = 9, k: int = 1) -> list[Said]:
    """A session on a day in which the first ``done`` sets were done, or all of them."""
    moment = at(day, hour)
    session = f"{moment.date()}.{k}"
    dealt = items or (item(),)
    said: list[Said] = [(moment, SessionOpened(session=session, items=dealt))]
    every = [(each, side, n) for each in dealt for side in each.sides for n in range(1, each.sets + 1)]
    for each, side, n in every[: len(every) if done is None else done]:
        said.append((moment, SetDone(session=session, exercise=each.exercise, side=side, set=n, reps=8)))
    return [*said, (moment, SessionClosed(session=session, how="finished"))]


def filled_in(
    day: int, exercise: str, sets: int = 3, sides: tuple[Side, ...] = BOTH, k: int = 9
) -> list[Said]:
    """Sets of a day that were written down on the morning after."""
    moment = at(day + 1, 7)
    session = f"{moment.date()}.{k}"
    return [
        (moment, SessionOpened(session=session)),
        *(
            (moment, SetDone(session=session, exercise=exercise, side=side, set=number, source="back_filled",
                             for_day=at(day).date().isoformat()))
            for side in sides
            for number in range(1, sets + 1)
        ),
    ]  # fmt: skip


def rated(day: int, pain: int, hour: float = 8, sore: int | None = None) -> Said:
    soreness = () if sore is None else (Soreness(muscle="multifidus", score=sore),)
    return at(day, hour), CheckedIn(when="before", pain=pain, soreness=soreness)


def sent(day: int, hour: float = 20) -> Said:
    return at(day, hour), Shared(through=0)


class Patient:
    """One patient with a journal at ``path``, who has just been given a plan."""

    def __init__(self, path: Path, plan: Plan | None = None, at: datetime = NEEDLED) -> None:
        self.library = library()
        self.record = Record.open(path, at, self.library)
        self.plan = plan or a_plan(at=at)
        self.record.start_plan(self.plan, at)

    @property
    def path(self) -> Path:
        return self.record.journal.path

    def writes(self, event: AnyEvent, at: datetime) -> int:
        """Write one event; return its ``n``."""
        return self.record.append([event], at)[0].n

    def checks_in(
        self, at: datetime, pain: int | None, sore: dict[str, int] | None = None, **more: Any
    ) -> int:
        soreness = tuple(Soreness(muscle=muscle, score=score) for muscle, score in (sore or {}).items())
        fields: dict[str, Any] = {"when": "before", "asked": ("SI", "SB", "SF")} | more
        return self.writes(CheckedIn(pain=pain, soreness=soreness, **fields), at)

    def session(
        self,
        at: datetime,
        *,
        sets: int | None = None,
        skip: SkipReason | None = None,
        source: Source = "timed",
        pain: int = 2,
        how: str = "finished",
    ) -> str:
        """Do what is due at ``at``: all of it, or its first ``sets`` sets; the others are skipped or left."""
        items = today_at(self.plan, self.library, self.record.history, at).items
        session = self.record.history.next_session(at.date())
        events: list[AnyEvent] = [SessionOpened(session=session, items=items)]
        done = 0
        for item in items:
            for side in item.sides:
                for number in range(1, item.sets + 1):
                    if sets is None or done < sets:
                        done += 1
                        events.append(
                            SetDone(
                                session=session,
                                exercise=item.exercise,
                                side=side,
                                set=number,
                                reps=item.reps,
                                hold_s=float(item.hold_s),
                                seconds=30.0,
                                source=source,
                            )
                        )
                    elif skip:
                        events.append(
                            SetSkipped(
                                session=session, exercise=item.exercise, side=side, set=number, reason=skip
                            )
                        )
            events.append(ExerciseRated(session=session, exercise=item.exercise, side=item.side, pain=pain))
        events.append(SessionClosed(session=session, how=how, worst=pain))  # type: ignore[arg-type]
        self.record.append(events, at)
        return session

    @property
    def course(self) -> Course:
        return course_of(self.record.journal.entries())


def four_days(path: Path, plan: Plan | None = None) -> Patient:
    """A patient of four days: needled on the 20th, seen through to the evening of the 23rd."""
    patient = Patient(path, plan)
    patient.checks_in(NEEDLED + timedelta(hours=5), 4, {"lumbar-paraspinals": 3, "multifidus": 4})
    patient.session(NEEDLED + timedelta(hours=5, minutes=5))
    patient.checks_in(
        NEEDLED + timedelta(days=1), 4, {"lumbar-paraspinals": 2, "multifidus": 3}, when="morning"
    )
    patient.session(NEEDLED + timedelta(days=1, minutes=5), sets=4, skip="time")
    patient.checks_in(
        NEEDLED + timedelta(days=2), 3, {"lumbar-paraspinals": 1, "multifidus": 2}, when="morning"
    )
    patient.session(NEEDLED + timedelta(days=2, minutes=5), source="self_paced")
    patient.checks_in(
        NEEDLED + timedelta(days=3), 2, {"lumbar-paraspinals": 0, "multifidus": 1}, when="morning"
    )
    patient.session(NEEDLED + timedelta(days=3, minutes=5), sets=5, skip="pain", pain=4)
    return patient


AFTER = NEEDLED + timedelta(days=3, hours=8)
"""A moment after the last entry of ``four_days``."""
UTC_NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
