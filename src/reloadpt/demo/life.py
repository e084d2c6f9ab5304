"""One invented patient's weeks, lived as a real patient lives them.

Each day Today is asked what is due; what it asks is answered, what it deals is done with the coach, and all of it
becomes entries by the same code that serves a person. Only the clock is not waited for.
"""

from __future__ import annotations

import random
import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from reloadpt.care.answers import (
    NO_SIGNS,
    SignAnswers,
    check_in_entries,
    check_in_keys,
    sign_entries,
    signs_asked,
)
from reloadpt.care.backfill import as_dealt, sets_told_later
from reloadpt.care.following import keep_recent
from reloadpt.care.questions import CheckInQuestions, muscles_of_sign, needled_muscle, signs_now
from reloadpt.care.ratings import RatingCell, RatingSheet, Value
from reloadpt.care.record import APP
from reloadpt.care.safety import EVERYWHERE, gravest
from reloadpt.care.today import Today, today_at
from reloadpt.clock import zone
from reloadpt.coach.guided import GuidedSession
from reloadpt.demo.behaviours import SHORTEST_WEEKS, Behaviour
from reloadpt.demo.complaints import Complaint
from reloadpt.demo.memory_journal import memory_record
from reloadpt.journal.entries import FORMAT
from reloadpt.journal.events import (
    Amended,
    AnyEvent,
    CheckedIn,
    Confirmed,
    Item,
    LogOpened,
    Note,
    PlanStarted,
    Shared,
    SkipReason,
)
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, make_plan, parse_target
from reloadpt.program.plan import Contact, Plan

VISIT_EVERY = 28
"""Days between two visits, each of which begins a new plan."""
BETTER_AFTER = 35
EVENING = 21
BEDTIME = timedelta(hours=1)
"""Nothing new is begun so shortly before the end."""
OFTEN_A_DAY = ("reset", "activate")
"""In these phases one looks again on the same day; later once a day is enough."""
CONTACT = Contact(
    clinic="an invented clinic", phone="01632 960017", out_of_hours="01632 960018", emergency="112"
)
SETTLING_DAYS = 4
"""Whoever back-fills later begins like everybody else."""
SELF_PACED_S = 40.0
NOTES = ("The second exercise feels easier now.", "Slept badly, did it all the same.", "Long day at work.")


class Life:
    """The life of one invented patient up to ``until``, lived once by ``live``."""

    def __init__(
        self,
        library: Library,
        case: Complaint,
        behaviour: Behaviour,
        alias: str,
        seed: str,
        until: datetime,
        weeks: int,
    ) -> None:
        if weeks < SHORTEST_WEEKS:
            raise ValueError(f"a life lasts {SHORTEST_WEEKS} weeks at least")
        self._library = library
        self._case = case
        self._behaviour = behaviour
        self._alias = alias
        self._random = random.Random(seed)  # noqa: S311
        self._last = until - timedelta(days=behaviour.unheard_days)
        first = self._last - timedelta(days=7 * weeks)
        self._first = first.replace(hour=10, minute=0, second=0, microsecond=0)
        self._days = (self._last.date() - self._first.date()).days
        self._at = self._first
        self._rested = False
        self._hurting: str | None = None
        self._plan: Plan | None = None
        self._record, self._lines = memory_record(library)

    def live(self) -> bytes:
        """Live it; return the journal's lines."""
        record = self._record
        opened = LogOpened(format=FORMAT, log=self._uuid(), patient=self._alias, app=APP, zone=zone())
        record.history.fold([record.journal.start(opened, self._at)])
        for day in range(self._days + 1):
            moment = self._first + timedelta(days=day)
            visit = day % VISIT_EVERY == 0 and self._days - day >= 7 * SHORTEST_WEEKS
            if visit or self._plan is None:
                self._visit(day, moment)
            self._day(day, moment)
            if day and day % 7 == 0:
                self._share(moment)
            keep_recent(record.history)
        self._share(self._last)
        return self._lines.data

    # A day ------------------------------------------------------------------------------------------------

    def _day(self, day: int, moment: datetime) -> None:
        days_left = self._days - day
        if days_left < self._behaviour.silent_days or not self._comes(day, days_left):
            self._rested = True
            return
        self._rested = False
        self._at = moment.replace(hour=7, minute=self._random.randrange(60))
        if day % VISIT_EVERY == 0 and self._at < self._first + timedelta(days=day, hours=3):
            self._at = moment.replace(hour=14)
        if days_left and self._random.random() < 0.04:
            self._write(Note(text=self._random.choice(NOTES)))
        if self._behaviour.warns and days_left == 1:
            self._warn()
        if self._behaviour.source == "back_filled" and day > SETTLING_DAYS:
            self._back_fill(day)
            return
        while self._at < self._last - BEDTIME and self._at.date() == moment.date():
            today = self._open_app(day)
            if (
                today is None
                or today.next_at is None
                or today.next_at <= self._at
                or today.next_at.hour >= EVENING
            ):
                break
            self._at = today.next_at + timedelta(minutes=self._random.randrange(5, 40))

    def _comes(self, day: int, days_left: int) -> bool:
        if self._behaviour.every > 1:
            return day % self._behaviour.every == 0
        return self._rested or days_left < 2 or self._random.random() > 0.06

    def _open_app(self, day: int) -> Today | None:
        """Open the app once: answer what is asked, do what is due; what is left, where one looks again that day."""
        today = self._today()
        if today.ask:
            self._check_in(today.ask, day)
            today = self._today()
        if today.items and not today.locked:
            self._exercise(today.items, day)
        early = any(now.phase in OFTEN_A_DAY for now in today.phases.values())
        return self._today() if early else None

    def _today(self, at: datetime | None = None) -> Today:
        assert self._plan  # noqa: S101
        return today_at(self._plan, self._library, self._record.history, at or self._at)

    def _check_in(self, ask: CheckInQuestions, day: int) -> None:
        scores: dict[str, int | None] = {}
        for key in check_in_keys(ask):
            if key == "worst":
                scores[key] = min(10, self._pain(day) + 1)
            elif key.startswith("soreness"):
                scores[key] = self._sore(int(key.split()[1]))
            elif key.startswith("activity"):
                scores[key] = max(0, 9 - self._pain(day))
            else:
                scores[key] = self._pain(day)
        assert self._plan  # noqa: S101
        barrier = self._random.choice(("time", "forgot", "ill")) if ask.missed else None
        events = check_in_entries(ask, scores, barrier, NO_SIGNS, self._plan, zone(), {})
        mistyped = isinstance(events[0], CheckedIn) and day == SETTLING_DAYS and self._random.random() < 0.3
        first = self._write(*events)
        if mistyped:
            self._at += timedelta(minutes=1)
            self._write(
                Amended(amends=first, change={"worst": scores["pain"]}, reason="pressed the wrong key")
            )
        self._at += timedelta(minutes=2)

    def _warn(self) -> None:
        """Answer yes to the gravest sign that these muscles carry."""
        assert self._plan  # noqa: S101
        codes = signs_now(self._plan, self._library, self._record.history, self._at)
        muscles = [needled_muscle(self._library, target.muscle) for target in self._plan.targets]
        carried = {code for muscle in muscles for code in (*muscle.codes, *EVERYWHERE)}
        grave = gravest(carried.intersection(codes))
        assert grave  # noqa: S101
        signs = SignAnswers(codes, "full", (grave,))
        of_sign = {grave: muscles_of_sign(self._plan, self._library, grave)}
        self._write(signs_asked(signs), *sign_entries(signs, self._plan, of_sign))

    def _back_fill(self, day: int) -> None:
        """Check in, and write down what was due yesterday."""
        today = self._today()
        if today.ask:
            self._check_in(today.ask, day)
        yesterday = self._at - timedelta(days=1)
        items = self._today(yesterday.replace(hour=19)).items
        if not items:
            return
        done = [as_dealt(item, side, item.sets) for item in items for side in item.sides]
        self._write(*sets_told_later(self._record.history, done, yesterday.date(), self._at))

    # A session --------------------------------------------------------------------------------------------

    def _exercise(self, items: tuple[Item, ...], day: int) -> None:
        """Do a session with the coach, step by step, each entry at its own time."""
        began_at = self._at
        guided = GuidedSession.open(self._record, items, lambda: self._at)
        coach, now = guided.coach, 0.0
        left_out = self._exercises_left_out(items, day)
        guided.write(coach.begin(now))
        while (view := coach.view(now)).state != "finished":
            if view.state == "rate":
                guided.tell([Confirmed(session=guided.session.session)])
                ratings = self._fill_in_ratings([coach.items[index] for index in view.ratings_due], day)
                rated = ratings.ratings(guided.session.session).ratings
                guided.write(coach.rate(now, rated, self._worst(ratings)))
                continue
            item = coach.items[view.item] if view.item is not None else None
            if item and item.exercise in left_out and view.state != "hurt":
                guided.write(coach.skip(now, left_out[item.exercise]))
                continue
            boundary = coach.next_boundary()
            if boundary is None:
                now += SELF_PACED_S
            else:  # to the end of the step at once: the coach gives each cue on the way at its own time
                now = max(boundary, now + (view.step_seconds or 0) - view.step_elapsed)
            self._at = began_at + timedelta(seconds=round(now))
            guided.write(coach.done(now) if boundary is None else coach.advance(now))

    def _exercises_left_out(self, items: tuple[Item, ...], day: int) -> dict[str, SkipReason]:
        """Which exercises are left out, and why."""
        reasons: dict[str, SkipReason] = {}
        if self._behaviour.hurts and self._days - day < 2 * VISIT_EVERY:
            self._hurting = self._hurting or next(
                (item.exercise for item in items if item.phase != "reset"), None
            )
            reasons |= {item.exercise: "pain" for item in items if item.exercise == self._hurting}
        elif len(items) > 1 and self._random.random() < 0.06:
            reasons[items[-1].exercise] = self._random.choice(("time", "equipment", "unsure"))
        return reasons

    def _fill_in_ratings(self, items: list[Item], day: int) -> RatingSheet:
        sheet = RatingSheet.of(items)
        for cell in sheet.cells:
            cell.value = self._answer(cell, day)
        return sheet

    def _answer(self, cell: RatingCell, day: int) -> Value:
        match cell.kind:
            case "pain" | "worst":
                return min(10, self._pain(day) + (self._random.random() < 0.2))
            case "place":
                return "usual"
            case "effort":
                return self._random.choice((2, 3, 3, 4, 5))
            case "two_more" | "three_more":
                return self._random.random() < 0.6

    @staticmethod
    def _worst(sheet: RatingSheet) -> int | None:
        worst = (cell.value for cell in sheet.cells if cell.kind == "worst" and isinstance(cell.value, int))
        return next(worst, None)

    # How it feels -----------------------------------------------------------------------------------------

    def _pain(self, day: int) -> int:
        """The usual pain of a day: on its way from the start, a little up or down, certain on the last days."""
        behaviour, days_left = self._behaviour, self._days - day
        if behaviour.last_pain is not None and days_left < behaviour.last_days:
            return behaviour.last_pain
        start, end = behaviour.pain
        usual = start + (end - start) * min(1.0, day / min(BETTER_AFTER, self._days))
        if days_left < behaviour.last_days:
            return round(usual)
        ups = random.Random(f"{self._alias} {day}").choice((-1, 0, 0, 0, 0, 1))  # noqa: S311
        return max(0, round(usual) + (ups if day else 0))

    def _sore(self, target: int) -> int:
        """Soreness goes in three days, but for the first muscle of whoever stays sore."""
        since = (self._at - self._needled_at) / timedelta(days=1)
        passing = max(0, round(4 - 1.5 * since))
        return max(passing, self._behaviour.sore) if target == 0 else passing

    # At the clinic ----------------------------------------------------------------------------------------

    def _visit(self, day: int, moment: datetime) -> None:
        """Come to the clinic: needled again, with a new plan."""
        if day:
            self._at = moment
            self._write(Shared(through=self._record.history.entries - 1))
        self._at = self._needled_at = moment
        self._hurting = None
        plan = make_plan(
            patient=self._alias,
            targets=tuple(parse_target(target, moment, self._library) for target in self._case.targets),
            answers=ScreeningAnswers.parse(["all=no"]),
            at=moment,
            made_by="an invented clinic",
            complaint=self._case.complaint,
            start_pain=self._pain(day),
            activities=self._case.activities,
            contact=CONTACT,
            next_visit=moment + timedelta(days=VISIT_EVERY),
        )
        self._plan = replace(plan, id=self._uuid())
        self._write(PlanStarted(plan=self._plan.as_json()))

    def _share(self, moment: datetime) -> None:
        """Share the log; whoever is silent shares only at the end."""
        if (self._last - moment).days < self._behaviour.silent_days and moment != self._last:
            return
        self._at = max(self._at, moment)
        self._write(Shared(through=self._record.history.entries - 1))

    def _write(self, *events: AnyEvent) -> int:
        """Write events now; return the ``n`` of the first."""
        return self._record.append(events, self._at)[0].n

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))
