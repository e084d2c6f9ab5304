"""A patient's days in a few signs, lived through what is really dealt: the builder of the care tests.

One word a day: ``4/3s2`` is usual pain 4 in the morning, then what is due with pain 3 during, and soreness 2.
``4`` is a morning without exercise, ``4/`` exercise without a rating, ``/3`` exercise without a morning rating,
``-`` nothing at all. Behind the pain during: ``+`` means that two more would have gone well with little effort,
``x`` that an exercise was stopped because it hurt, ``?`` that nobody confirmed the sets. ``N`` before it all: needled on that day at 7:00.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone, tzinfo
from typing import Any

from reloadpt.care.following import keep_recent
from reloadpt.care.history import History
from reloadpt.care.in_words import short_dose
from reloadpt.care.questions import after_session
from reloadpt.care.today import Today, today_at
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import (
    AnyEvent,
    CheckedIn,
    ExerciseRated,
    Item,
    Needled,
    Paused,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
    Soreness,
)
from reloadpt.program.check import fit_form
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan
from reloadpt.program.screening import ITEMS

ZONE = timezone(timedelta(hours=1))
DAY_0 = datetime(2026, 11, 2, 9, 0, tzinfo=ZONE)
"""A Monday: the needling of every case, at nine in the morning."""
LIBRARY = Library()
MORNING, EVENING = time(10, 0), time(18, 0)
LOW_BACK = ("lumbar-paraspinals:calm", "multifidus:wake:stim")
_WORD = re.compile(r"(?P<n>N?)(?P<pain>\d*)(?P<did>/(?P<during>\d*)(?P<how>[+x?]*))?(?:s(?P<sore>\d+))?$")


def plan_for(*targets: str, needled_at: datetime = DAY_0, **fields: Any) -> Plan:
    """A plan by a therapist, all screening answered no."""
    made: dict[str, Any] = {
        "format": "reloadpt-plan/1",
        "id": "first",
        "patient": "A-17",
        "made_by": "the clinic",
        "made_at": needled_at.isoformat(),
        "targets": [_target(text, needled_at) for text in targets],
        "screened": [{"item": item, "answer": "no"} for item in ITEMS],
        "contact": {"phone": "0800 123"},
    }
    return fit_form(made | fields, Plan, "the plan")


def _target(text: str, needled_at: datetime) -> dict[str, Any]:
    muscle, *words = text.split(":")
    made: dict[str, Any] = {"muscle": muscle, "needled_at": needled_at.isoformat()}
    for word in words:
        name, _, value = word.partition("=")
        if word in ("calm", "wake"):
            made["intent"] = word
        elif word in ("left", "right", "both"):
            made["side"] = word
        elif name == "ceiling":
            made["ceiling"] = value
        else:
            made[word] = True
    return made


@dataclass
class Diary:
    """A patient and what is written about them. Days count from the needling, 0 is its day."""

    plan: Plan
    history: History = field(default_factory=History)
    zone: tzinfo = ZONE
    entries: list[Entry] = field(default_factory=list)
    next_day: int = 0

    def __post_init__(self) -> None:
        self.write(self.plan.made_at, PlanStarted(plan=self.plan.as_json()))

    def write(self, at: datetime, *events: AnyEvent) -> None:
        """Put events into the journal."""
        for event in events:
            n = len(self.entries)
            kind = str(event.__struct_config__.tag)
            entry = Entry(n=n, prev="", at=at, kind=kind, event=event, why=None, h="", line=b"")
            self.entries.append(entry)
            self.history.fold([entry])

    def start(self, plan: Plan, at: datetime) -> None:
        """Take another plan into use."""
        self.plan = plan
        self.write(at, PlanStarted(plan=plan.as_json()))

    def at(self, day: int, when: time = MORNING) -> datetime:
        """A time on a day."""
        return datetime.combine(DAY_0.date() + timedelta(days=day), when, self.zone)

    def today(self, day: int, when: time = MORNING) -> Today:
        """What is due."""
        return today_at(self.history.plan or self.plan, LIBRARY, self.history, self.at(day, when))

    def rate(
        self, day: int, pain: int | None, sore: int | None = None, when: time = MORNING, **more: Any
    ) -> None:
        """Check in; ``sore`` is the soreness of every needled muscle."""
        said = () if sore is None else tuple(
            Soreness(muscle=target.muscle, side=target.side, score=sore) for target in self.plan.targets
        )  # fmt: skip
        self.write(self.at(day, when), CheckedIn(when="morning", pain=pain, soreness=said, **more))

    def exercise(
        self,
        day: int,
        during: int | None = 0,
        *,
        room: bool = False,
        hurt: bool = False,
        confirmed: bool | None = None,
        when: time = MORNING,
        of: str = "",
    ) -> tuple[Item, ...]:
        """Do all that is due (of one muscle): every set, each exercise rated alike; return it."""
        at = self.at(day, when)
        items = tuple(item for item in self.today(day, when).items if of in item.exercise)
        if not items:
            return ()
        session = self.history.next_session(at.date())
        self.write(at, SessionOpened(session=session, items=items))
        self.write(at + timedelta(minutes=10), *done(session, items, hurt=hurt, confirmed=confirmed))
        asked = after_session(items)
        for each in asked.exercises if during is not None else ():
            self.write(
                at + timedelta(minutes=20),
                ExerciseRated(
                    session=session,
                    exercise=each.exercise,
                    pain=during,
                    effort=(2 if room else 8) if each.effort else None,
                    two_more=room if each.two_more else None,
                    three_more=room if each.three_more else None,
                ),
            )
        worst = during if asked.worst else None
        self.write(at + timedelta(minutes=21), SessionClosed(session=session, how="finished", worst=worst))
        return items

    def live(self, words: str, first: int | None = None) -> Diary:
        """Live days, one word each (see the top of this file), from where it stopped."""
        day = self.next_day if first is None else first
        for word in words.split():
            if word != "-":
                self._day(day, word)
            day += 1
        self.next_day = day
        return self

    def _day(self, day: int, word: str) -> None:
        found = _WORD.match(word)
        assert found, f"{word!r} is no day"
        if found["n"]:
            self.needle(day)
        pain, sore = found["pain"], found["sore"]
        if pain or sore:
            self.rate(day, int(pain) if pain else None, int(sore) if sore else None)
        if found["did"]:
            during = int(found["during"]) if found["during"] else None
            how = found["how"]
            self.exercise(
                day, during, room="+" in how, hurt="x" in how, confirmed=False if "?" in how else None
            )

    def needle(self, day: int, muscles: Iterable[str] = (), when: time = time(7)) -> None:
        """Tell a needling of all muscles, or of some."""
        at = self.at(day, when)
        for target in self.plan.targets:
            if not muscles or target.muscle in muscles:
                self.write(at, Needled(muscle=target.muscle, side=target.side, needled_at=at))

    def pause(self, first: int, last: int) -> None:
        """Tell of days away, before the first of them."""
        days = {"from_": self.at(first).date().isoformat(), "to": self.at(last).date().isoformat()}
        self.write(self.at(first - 1, EVENING), Paused(**days))

    def forget(self) -> Diary:
        """Keep only the last weeks, as the program does between two starts."""
        keep_recent(self.history)
        return self


def done(
    session: str, items: Sequence[Item], *, hurt: bool = False, confirmed: bool | None = None
) -> list[AnyEvent]:
    """Every set of the items done; where it hurt, the last set of each was left out for pain."""
    events: list[AnyEvent] = []
    for item in items:
        for side in item.sides:
            for number in range(1, item.sets + 1):
                if hurt and number == item.sets:
                    events.append(
                        SetSkipped(
                            session=session, exercise=item.exercise, side=side, set=number, reason="pain"
                        )
                    )
                else:
                    events.append(
                        SetDone(
                            session=session,
                            exercise=item.exercise,
                            side=side,
                            set=number,
                            reps=item.reps,
                            confirmed=confirmed,
                        )
                    )
    return events


def doses(due: Today) -> dict[str, str]:
    """The doses that are due, by the exercise's own name."""
    return {item.exercise.partition("/")[2]: short_dose(item) for item in due.items}


def phases(due: Today) -> str:
    """The phases, the muscles in the plan's order."""
    return " ".join(now.phase for now in due.phases.values())
