"""What the journal says, folded: plan, needlings, check-ins, sessions and locks. It knows no present time.

Folding is incremental, so that a saved history and the entries after it give the same as all entries from the
first. For Today only the last weeks are kept, and the standings they led to; a report folds everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

import msgspec

from reloadpt.care.muscle_state import MuscleStates
from reloadpt.care.safety import CLASSES, IT_HURTS, SignLock, locks_after_plan
from reloadpt.care.terms import PlanTerms, is_sound, read_terms
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import (
    ActivityRated,
    Amended,
    AnyEvent,
    CheckedIn,
    Cleared,
    Eased,
    ExerciseRated,
    FlagRaised,
    Item,
    LogOpened,
    MissedExplained,
    Needled,
    Note,
    Paused,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
    Shared,
    Side,
)

Amendable = CheckedIn | SetDone | SetSkipped | ExerciseRated | Note
NEVER_CHANGED = frozenset({"kind", "at", "flags", "asked", "source"})
"""What no correction changes: what happened and when, how it was written, which signs were asked and answered."""
MORNING, NOON = time(8), time(12)
"""The time of day of what was written down later, where nothing says it."""


class CorrectableEntry(msgspec.Struct, kw_only=True):
    """An entry that may be corrected: as it was first written, and as it stands (None: void).

    ``at`` is when it was written; of a check-in that was written down later, a time of the day that it is of.
    """

    n: int
    at: datetime
    day: date
    first: Amendable
    event: Amendable | None


class Session(msgspec.Struct, kw_only=True):
    """One session: what was dealt, and what became of it."""

    session: str
    day: date
    opened_at: datetime
    items: tuple[Item, ...] = ()
    eased: list[Eased] = []
    kept: list[CorrectableEntry] = []
    how: str | None = None
    worst: int | None = None
    note: str = ""
    closed_at: datetime | None = None

    def sets(self) -> Iterator[SetDone | SetSkipped]:
        """The sets done and left out, as corrected, in the order they were written."""
        return (kept.event for kept in self.kept if isinstance(kept.event, SetDone | SetSkipped))

    def sets_done(self) -> Iterator[SetDone]:
        """The sets done, as corrected."""
        return (kept.event for kept in self.kept if isinstance(kept.event, SetDone))

    def sets_skipped(self) -> Iterator[SetSkipped]:
        """The sets left out, as corrected."""
        return (kept.event for kept in self.kept if isinstance(kept.event, SetSkipped))

    def ratings(self) -> Iterator[ExerciseRated]:
        """How the exercises felt, as corrected."""
        return (kept.event for kept in self.kept if isinstance(kept.event, ExerciseRated))

    @property
    def sets_dealt(self) -> int:
        """How many sets were dealt, both sides counted."""
        return sum(item.sets_in_all for item in self.items if not item.optional)

    @property
    def items_now(self) -> tuple[Item, ...]:
        """The items with the doses that were made easier in this session; ``items`` are as they were dealt."""
        eased = {(each.exercise, each.side): each for each in self.eased}
        return tuple(_eased(item, eased.get((item.exercise, item.side))) for item in self.items)

    def item(self, exercise: str) -> Item | None:
        """The item of an exercise, where it was dealt."""
        return next((item for item in self.items if item.exercise == exercise), None)


class Needling(msgspec.Struct, kw_only=True, frozen=True):
    """One needling of one muscle, from a plan or told later."""

    muscle: str
    side: Side = "both"
    needled_at: datetime
    stim: bool = False


class History(msgspec.Struct, kw_only=True):
    """Everything the entries say so far.

    Where the oldest days were left out, up to ``trimmed_to``, ``states`` is what they led to;
    ``reaches_back`` says that an entry since has changed one of them, so that all must be folded again.
    """

    log: str = ""
    patient: str = ""
    entries: int = 0
    last_at: datetime | None = None
    not_understood: int = 0
    plan: dict[str, Any] | None = None
    plan_started_at: datetime | None = None
    plans: list[str] = []
    plan_starts: list[PlanTerms] = []
    needlings: list[Needling] = []
    checkins: list[CorrectableEntry] = []
    sessions: dict[str, Session] = {}
    session_numbers: dict[str, int] = {}
    locks: list[SignLock] = []
    flags_raised: int = 0
    pauses: list[Paused] = []
    missed: list[MissedExplained] = []
    activities: list[tuple[datetime, ActivityRated]] = []
    notes: list[CorrectableEntry] = []
    corrections: int = 0
    hurt_in: dict[str, list[str]] = {}
    spoke: list[datetime] = []
    shared_through: int | None = None
    shared_at: datetime | None = None
    trimmed_to: date | None = None
    states: MuscleStates | None = None
    reaches_back: bool = False

    def fold(self, entries: Iterable[Entry]) -> None:
        """Take in entries, in their order."""
        for entry in entries:
            self.entries += 1
            self.last_at = entry.at
            if entry.event is None:
                self.not_understood += 1
            else:
                self._take(entry.n, entry.at, entry.event)

    def _take(self, n: int, at: datetime, event: AnyEvent) -> None:
        match event:
            case SetDone() | SetSkipped() | ExerciseRated():
                self._take_in_sitting(n, at, event)
            case CheckedIn():
                self.checkins.append(_keep(n, _moment_of(at, event), event))
                self._reach(self.checkins[-1].day)
                for code in event.flags:
                    self._lock(SignLock(code=code, advice="", at=at))
            case SessionOpened():
                self._open(at, event)
            case SessionClosed():
                self._close(at, event)
            case PlanStarted():
                self._start_plan(at, event)
            case Needled():
                self._needle(
                    Needling(
                        muscle=event.muscle, side=event.side, needled_at=event.needled_at, stim=event.stim
                    )
                )
            case Cleared():
                self._clear(at, event.code)
            case Amended():
                self._amend(event)
            case _:
                self._take_the_rest(n, at, event)

    def _take_the_rest(self, n: int, at: datetime, event: AnyEvent) -> None:
        match event:
            case FlagRaised():
                self.flags_raised += 1
                self._lock(SignLock(code=event.code, advice=event.advice, at=at))
            case LogOpened():
                self.log, self.patient = event.log, event.patient
            case Paused():
                # told anew, of the same first day, it takes the place of what was told before
                self.pauses = [*(pause for pause in self.pauses if pause.from_ != event.from_), event]
            case MissedExplained():
                self.missed.append(event)
            case ActivityRated():
                self.activities.append((at, event))
            case Note():
                self.notes.append(_keep(n, at, event))
            case Eased() if event.session in self.sessions:
                self.sessions[event.session].eased.append(event)
            case Shared():
                self.shared_through, self.shared_at = event.through, at
            case _:
                self.not_understood += 1

    def _start_plan(self, at: datetime, event: PlanStarted) -> None:
        plan_id = str(event.plan.get("id", ""))
        if self.plan is not None and self.plan.get("id") == plan_id:
            return
        self.plan, self.plan_started_at = event.plan, at
        self.plans.append(plan_id)
        self.patient = str(event.plan.get("patient", self.patient))
        self.hurt_in.clear()
        try:
            terms = read_terms(event.plan, at)
        except (msgspec.ValidationError, OverflowError):
            self.not_understood += 1
        else:
            self.locks = locks_after_plan(self.locks, terms.made_by, terms.made_at)
            self.plan_starts.append(terms)
            self._reach(at.date())
        for target in event.plan.get("targets", ()):
            try:
                self._needle(msgspec.convert(target, Needling))
            except msgspec.ValidationError:
                self.not_understood += 1

    def _lock(self, lock: SignLock) -> None:
        """Lock for a sign that was answered yes; each sign once, with the advice that was given."""
        if lock.code == IT_HURTS or (not lock.advice and any(each.code == lock.code for each in self.locks)):
            return
        self.locks = [each for each in self.locks if each.code != lock.code or each.advice]
        self.locks.append(lock)

    def _clear(self, at: datetime, code: str) -> None:
        self.locks = [lock for lock in self.locks if lock.code != code]
        if code not in CLASSES:
            self.hurt_in.clear()
            self.spoke.append(at)
            self._reach(at.date())

    def _needle(self, needling: Needling) -> None:
        if needling.needled_at.tzinfo is None or not is_sound(needling.needled_at):
            self.not_understood += 1
        elif needling not in self.needlings:
            self.needlings.append(needling)
            self._reach(needling.needled_at.date())

    def _reach(self, day: date) -> None:
        """Note where something new belongs to a day that was left out already."""
        self.reaches_back = self.reaches_back or (self.trimmed_to is not None and day < self.trimmed_to)

    def _open(self, at: datetime, event: SessionOpened) -> None:
        self._reach(at.date())
        self.sessions[event.session] = Session(
            session=event.session, day=at.date(), opened_at=at, items=event.items
        )
        self._number(event.session)

    def _number(self, session: str) -> None:
        """Note the number of a session, so that no other gets it."""
        day, _, number = session.rpartition(".")
        if number.isdecimal() and len(number) < 6:
            self.session_numbers[day] = max(self.session_numbers.get(day, 0), int(number))

    def _close(self, at: datetime, event: SessionClosed) -> None:
        session = self.sessions.get(event.session)
        if session is None:
            self.not_understood += 1
            return
        session.how, session.worst, session.note = event.how, event.worst, event.note
        session.closed_at = at

    def _take_in_sitting(self, n: int, at: datetime, event: SetDone | SetSkipped | ExerciseRated) -> None:
        kept = _keep(n, at, event)
        session = self.sessions.get(event.session)
        if session is None:
            session = Session(session=event.session, day=kept.day, opened_at=at)
            self.sessions[event.session] = session
            self._number(event.session)
        session.kept.append(kept)
        self._reach(kept.day)
        if isinstance(event, SetSkipped) and event.reason == "pain":
            self._count_hurt(session, event.exercise)

    def _count_hurt(self, session: Session, exercise: str) -> None:
        """Note whether an exercise was stopped for pain in a session, once for the session."""
        hurt = any(each.exercise == exercise and each.reason == "pain" for each in session.sets_skipped())
        sessions = self.hurt_in.setdefault(exercise, [])
        if hurt and session.session not in sessions:
            sessions.append(session.session)
        elif not hurt and session.session in sessions:
            sessions.remove(session.session)

    def _amend(self, event: Amended) -> None:
        kept, session = self.find(event.amends)
        if kept is None:
            self.reaches_back = self.reaches_back or self.trimmed_to is not None
            self.not_understood += self.trimmed_to is None
            return
        self.corrections += 1
        self._correct(kept, event)
        if session is not None and isinstance(kept.first, SetSkipped) and kept.first.reason == "pain":
            self._count_hurt(session, kept.first.exercise)

    def _correct(self, kept: CorrectableEntry, event: Amended) -> None:
        if event.change is None:
            kept.event = None
            return
        change = {name: value for name, value in event.change.items() if name not in NEVER_CHANGED}
        try:
            kept.event = msgspec.convert(msgspec.to_builtins(kept.first) | change, type(kept.first))
            kept.day = _day_of(kept.at, kept.event)
        except msgspec.ValidationError:
            self.not_understood += 1

    def find(self, n: int) -> tuple[CorrectableEntry | None, Session | None]:
        """The entry ``n`` where it is one that may be corrected, and the session that it is of."""
        for session in reversed(self.sessions.values()):
            for kept in session.kept:
                if kept.n == n:
                    return kept, session
        return next((kept for kept in (*self.checkins, *self.notes) if kept.n == n), None), None

    # What others ask -------------------------------------------------------------------------------------

    @property
    def stopped_for_pain(self) -> dict[str, int]:
        """In how many sessions each exercise was stopped for pain, since the plan or a word with the therapist."""
        return {exercise: len(sessions) for exercise, sessions in self.hurt_in.items() if sessions}

    def check_ins(self) -> Iterator[tuple[datetime, CheckedIn]]:
        """The check-ins, as corrected, in the order they were written."""
        return ((kept.at, kept.event) for kept in self.checkins if isinstance(kept.event, CheckedIn))

    def last_reading(self) -> tuple[datetime, CheckedIn] | None:
        """The latest check-in, as corrected."""
        return max(self.check_ins(), key=lambda check_in: check_in[0], default=None)

    def soreness_of(self, muscle: str, side: Side) -> tuple[datetime, int] | None:
        """The latest soreness of a muscle, and when it was given."""
        given = (
            (at, each.score)
            for at, check_in in self.check_ins()
            for each in check_in.soreness
            if each.muscle == muscle and same_side(each.side, side)
        )
        return max(given, key=lambda pair: pair[0], default=None)

    def times_done(self, exercise: str) -> list[datetime]:
        """When an exercise was done, one time a session, credits counted, oldest first."""
        times = []
        for session in self.sessions.values():
            credited = {exercise} | {item.exercise for item in session.items if exercise in item.credits}
            if any(done.exercise in credited for done in session.sets_done()):
                times.append(session.opened_at)
        return sorted(times)

    def needled_last(self, muscle: str, side: Side) -> datetime | None:
        """The latest needling of a muscle on a side."""
        return max(
            (
                each.needled_at
                for each in self.needlings
                if each.muscle == muscle and same_side(each.side, side)
            ),
            default=None,
        )

    def open_sitting(self) -> Session | None:
        """The session that was begun and not ended, if the last one is so."""
        last = self.last_opened()
        return last if last is not None and last.how is None else None

    def last_opened(self) -> Session | None:
        """The session that was opened last; what was only written down later is none."""
        return next((session for session in reversed(self.sessions.values()) if session.items), None)

    def next_session(self, day: date) -> str:
        """An id for a new session that no session of this log has had."""
        return f"{day.isoformat()}.{self.session_numbers.get(day.isoformat(), 0) + 1}"


def same_side(one: Side, other: Side) -> bool:
    """Whether what is of one side is of the other too; ``both`` is of either."""
    return one == other or "both" in (one, other)


def _eased(item: Item, eased: Eased | None) -> Item:
    """An item at the dose it was made easier to; never at a higher one, whatever a log says."""
    if eased is None:
        return item
    reps = min(item.reps, eased.reps or item.reps)
    hold_s = min(item.hold_s, max(1, int(eased.hold_s))) if eased.hold_s else item.hold_s
    return msgspec.structs.replace(item, reps=reps, hold_s=hold_s)


def _keep(n: int, at: datetime, event: Amendable) -> CorrectableEntry:
    return CorrectableEntry(n=n, at=at, day=_day_of(at, event), first=event, event=event)


def _day_of(at: datetime, event: Amendable) -> date:
    """The day an entry is of: that of writing, or the earlier one that it was written down for."""
    for_day = event.for_day if isinstance(event, SetDone | CheckedIn) else None
    try:
        return min(date.fromisoformat(for_day), at.date()) if for_day else at.date()
    except ValueError:
        return at.date()


def _moment_of(at: datetime, event: CheckedIn) -> datetime:
    """When a check-in was, or stands among the others where it was written down for an earlier day."""
    day = _day_of(at, event)
    if day == at.date():
        return at
    return datetime.combine(day, MORNING if event.when == "morning" else NOON, at.tzinfo)
