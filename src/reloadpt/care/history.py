"""What the journal says, folded: plan, needlings, check-ins, sessions and locks. It knows no present time.

Folding is incremental, so that a saved history and the entries after it give the same as all entries from the
first. For Today only the last weeks are kept, and the states they led to; a report folds everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Literal

import msgspec

from reloadpt.care.muscle_state import MuscleStates
from reloadpt.care.safety import CLASSES, SignLock
from reloadpt.care.signs import Sign, clear_signs, end_by_plan, locks_of, raise_sign
from reloadpt.clock import as_day, is_sound
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import (
    ActivityRated,
    Amended,
    AnyEvent,
    AtHand,
    CheckedIn,
    Cleared,
    ConcernTold,
    Confirmed,
    Due,
    Eased,
    EmergencyNumber,
    ExerciseRated,
    FlagRaised,
    FlagWithdrawn,
    Item,
    LogOpened,
    Lost,
    MissedExplained,
    Needled,
    Note,
    Paused,
    PlanStarted,
    ScreeningAnswered,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
    Shared,
    Side,
    Worried,
)
from reloadpt.program.lenient import read_logged_plan
from reloadpt.program.plan import AlsoNeedled, Plan, Target

Amendable = CheckedIn | SetDone | SetSkipped | ExerciseRated | Note
NEVER_CHANGED = frozenset({"kind", "at", "flags", "asked", "form", "source"})
"""What no correction changes: what happened and when, how it was written, which signs were asked and answered."""
NOT_THE_PATIENTS = (LogOpened, PlanStarted, Due, ConcernTold, Shared, Lost)
"""Entries that say nothing of what the patient did."""
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
    """One session: what was dealt, and what became of it.

    ``session`` is its id, ``n`` the entry that opened it, ``day`` the day it began; ``items`` what was dealt, ``eased`` the doses made easier in it,
    ``entries`` its sets and ratings in the order they were written. Where it was closed at ``closed_at``: ``how`` it
    ended, the ``worst`` pain in it (0-10) and the patient's ``note``. ``confirmed_by`` is the ``n`` of the entry that
    confirmed all sets before it, ``left_open`` how often it was asked and not confirmed.
    """

    session: str
    n: int | None = None
    day: date
    opened_at: datetime
    items: tuple[Item, ...] = ()
    eased: list[Eased] = []
    entries: list[CorrectableEntry] = []
    how: str | None = None
    worst: int | None = None
    note: str = ""
    closed_at: datetime | None = None
    confirmed_by: int = -1
    left_open: int = 0

    def sets(self) -> Iterator[SetDone | SetSkipped]:
        """The sets done and left out, as corrected, in the order they were written."""
        return (entry.event for entry in self.entries if isinstance(entry.event, SetDone | SetSkipped))

    def sets_done(self) -> Iterator[SetDone]:
        """The sets done, as corrected."""
        return (entry.event for entry in self.entries if isinstance(entry.event, SetDone))

    def sets_skipped(self) -> Iterator[SetSkipped]:
        """The sets left out, as corrected."""
        return (entry.event for entry in self.entries if isinstance(entry.event, SetSkipped))

    def ratings(self) -> Iterator[ExerciseRated]:
        """How the exercises felt, as corrected."""
        return (entry.event for entry in self.entries if isinstance(entry.event, ExerciseRated))

    def day_of(self, entry: CorrectableEntry) -> date:
        """The day that a set of this session is of: the one it was written down for, else that it began on."""
        told_later = isinstance(entry.event, SetDone) and entry.event.for_day is not None
        return entry.day if told_later else self.day

    @property
    def sets_dealt(self) -> int:
        """How many sets were dealt, both sides counted."""
        return sum(item.sets_in_all for item in self.items if not item.optional)

    @property
    def items_now(self) -> tuple[Item, ...]:
        """The items with the doses that were made easier in this session; ``items`` are as they were dealt."""
        eased = {(easing.exercise, easing.side): easing for easing in self.eased}
        return tuple(_eased_item(item, eased.get((item.exercise, item.side))) for item in self.items)

    def item(self, exercise: str) -> Item | None:
        """The item of an exercise, where it was dealt."""
        return next((item for item in self.items if item.exercise == exercise), None)


class ActivityScore(msgspec.Struct, frozen=True, kw_only=True):
    """An activity rated by entry ``n``, 0 unable to 10 as before."""

    n: int
    at: datetime
    activity: str
    score: int


class Telling(msgspec.Struct, kw_only=True, frozen=True):
    """When a cause was told last; ``known``: the therapist was told of it since."""

    day: date
    known: bool = False


class Needling(msgspec.Struct, kw_only=True, frozen=True):
    """One needling of one muscle, from a plan or told later."""

    muscle: str
    side: Side = "both"
    needled_at: datetime
    stim: bool = False


class PlanPeriod(msgspec.Struct, kw_only=True, frozen=True):
    """A plan came into force with entry ``n``; ``misfits`` are the places where it does not fit, absent from it.

    ``names_signs``: it says which signs its maker has seen to; plans of older versions do not.
    """

    n: int
    at: datetime
    plan: Plan
    misfits: tuple[str, ...] = ()
    names_signs: bool = True

    @property
    def id(self) -> str:
        """The plan's own id."""
        return self.plan.id

    @property
    def made_at(self) -> datetime | None:
        """When the plan was made, where it says so."""
        return None if "made_at" in self.misfits else self.plan.made_at

    @property
    def unread(self) -> tuple[str, ...]:
        """The places that a plan cannot do without: all but times beside which the rest still holds."""
        return tuple(place for place in self.misfits if place not in ("made_at", "ends", "next_visit"))

    @property
    def is_sound(self) -> bool:
        """Whether the needlings of all its targets can be reckoned with."""
        return not any(re.fullmatch(r"targets(\[\d+\](\.needled_at)?)?", place) for place in self.misfits)


class Worry(msgspec.Struct, frozen=True, kw_only=True):
    """What else worried the patient, told by entry ``n`` in their own ``words``."""

    n: int
    at: datetime
    words: str


class LaterAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What entry ``n`` answered of one condition that the screening had left open."""

    n: int
    at: datetime
    item: str
    answer: Literal["no", "yes", "unanswered"]
    baby_due: date | None = None


class History(msgspec.Struct, kw_only=True, dict=True):
    """Everything the ``entries`` so far say, of the ``log`` and ``patient`` (an alias) that opened it.

    ``last_at`` is the time of the last one, ``not_understood`` counts those that could not be taken in,
    ``lost`` the lines of a damaged log that could not be read. ``dues`` is
    what was due by day, as it was written last, ``period`` the plan in force, ``plan_starts`` all plans; ``sessions`` are by id, ``session_numbers`` the last number used on
    a day. ``signs`` are the warning signs that were ever marked, ``worries`` what else worried the patient;
    ``missed`` are the days explained, ``corrections`` counts what was corrected, ``active_at`` is when the patient
    last wrote anything, in entry ``active_n``; ``told`` holds when each cause to speak was told last, ``hurt_in`` by exercise the sessions in which it was stopped for
    pain, ``spoke`` when the therapist was spoken to. ``zone`` is the patient's last, ``emergency`` the number that was
    told since the plan began, ``number_zone`` the zone it is for. ``screenings`` is what was answered later of what a
    screening had left open.

    Where the oldest days were left out, up to ``trimmed_to``, ``states`` is what they led to;
    ``reaches_back`` says that an entry since has changed one of them, so that all must be folded again.
    """

    log: str = ""
    patient: str = ""
    entries: int = 0
    last_at: datetime | None = None
    not_understood: int = 0
    lost: int = 0
    period: PlanPeriod | None = None
    plan_starts: list[PlanPeriod] = []
    needlings: list[Needling] = []
    checkins: list[CorrectableEntry] = []
    dues: dict[str, Due] = {}
    sessions: dict[str, Session] = {}
    session_numbers: dict[str, int] = {}
    signs: list[Sign] = []
    worries: list[Worry] = []
    pauses: list[Paused] = []
    at_hand: list[AtHand] = []
    missed: list[MissedExplained] = []
    activities: list[ActivityScore] = []
    notes: list[CorrectableEntry] = []
    corrections: int = 0
    hurt_in: dict[str, list[str]] = {}
    spoke: list[datetime] = []
    active_at: datetime | None = None
    active_n: int | None = None
    zone: str | None = None
    emergency: EmergencyNumber | None = None
    number_zone: str | None = None
    screenings: list[LaterAnswer] = []
    told: dict[str, Telling] = {}
    trimmed_to: date | None = None
    states: MuscleStates | None = None
    reaches_back: bool = False

    def fold(self, entries: Iterable[Entry]) -> None:
        """Take in entries, in their order."""
        for entry in entries:
            self.entries += 1
            if not is_sound(entry.at):
                self.not_understood += 1
                continue
            self.last_at = entry.at
            if entry.event is None:
                self.not_understood += 1
            elif isinstance(entry.event, Lost):
                self.lost += entry.event.lines
            else:
                if not isinstance(entry.event, NOT_THE_PATIENTS):
                    self.active_at, self.active_n = entry.at, entry.n
                self._take(entry.n, entry.at, entry.event)

    def _take(self, n: int, at: datetime, event: AnyEvent) -> None:
        match event:
            case SetDone() | SetSkipped() | ExerciseRated():
                self._take_into_session(n, at, event)
            case CheckedIn():
                self.checkins.append(_correctable(n, _moment_of(at, event), event))
                self._enter(self.checkins[-1], None)
                self._reach(self.checkins[-1].day)
                self.zone = event.zone or self.zone
                for code in event.flags:
                    self._mark(Sign(n=n, at=at, marked_at=at, code=code))
            case SessionOpened():
                self._open(n, at, event)
            case SessionClosed():
                self._close(at, event)
            case PlanStarted():
                self._start_plan(read_plan_period(event, n, at))
            case Needled():
                self._needle(event)
            case Cleared():
                self._clear(at, event)
            case Amended():
                self._amend(event)
            case _:
                self._take_the_rest(n, at, event)

    def _take_the_rest(self, n: int, at: datetime, event: AnyEvent) -> None:
        match event:
            case FlagRaised() | FlagWithdrawn() | Worried() | EmergencyNumber() | ScreeningAnswered():
                self._take_sign(n, at, event)
            case Due() if self._can_be_due(event, at):
                self.dues[event.day] = event
            case LogOpened():
                self.log, self.patient = event.log, event.patient
                self.zone = self.number_zone = event.zone
            case Paused() | AtHand():
                self._take_days(event)
            case MissedExplained():
                self.missed.append(event)
            case ActivityRated():
                rated = ActivityScore(n=n, at=at, activity=event.activity, score=event.score)
                self.activities.append(rated)
            case Note():
                self.notes.append(_correctable(n, at, event))
                self._enter(self.notes[-1], None)
            case Confirmed() | Eased():
                self._take_of_sets(n, event)
            case ConcernTold() | Shared():
                self._note_telling(at, event)
            case _:
                self.not_understood += 1

    def _take_days(self, event: Paused | AtHand) -> None:
        """Take in what holds of some days; told anew, of the same first day, it replaces what was told before."""
        if isinstance(event, Paused):
            self.pauses = [*(pause for pause in self.pauses if pause.from_ != event.from_), event]
        else:
            self.at_hand = [*(told for told in self.at_hand if told.from_ != event.from_), event]

    def _take_sign(
        self,
        n: int,
        at: datetime,
        event: FlagRaised | FlagWithdrawn | Worried | EmergencyNumber | ScreeningAnswered,
    ) -> None:
        match event:
            case FlagRaised():
                self._mark(
                    Sign(
                        n=n,
                        at=at,
                        marked_at=at,
                        code=event.code,
                        advice=event.advice,
                        words=event.words,
                        muscles=event.muscles,
                    )
                )
            case FlagWithdrawn():
                self.signs.append(Sign(n=n, at=at, marked_at=at, code=event.code, withdrawn=True))
            case Worried():
                self.worries.append(Worry(n=n, at=at, words=event.words))
            case ScreeningAnswered():
                due = as_day(event.baby_due or "")
                self.screenings += [
                    LaterAnswer(n=n, at=at, item=told.item, answer=told.answer, baby_due=due)
                    for told in event.answers
                ]
            case EmergencyNumber():
                self.emergency, self.number_zone = event, event.zone or self.zone
                self.zone = self.number_zone

    def _note_telling(self, at: datetime, event: ConcernTold | Shared) -> None:
        if isinstance(event, ConcernTold):
            self.told[event.cause] = Telling(day=at.date(), known=event.to == "therapist")

    def _can_be_due(self, due: Due, at: datetime) -> bool:
        """Whether it tells of a day from the first plan on that has begun, each exercise of a side once."""
        begun = self.trimmed_to or next((period.at.date() for period in self.plan_starts), date.max)
        day, since = as_day(due.day), [as_day(item.since) for item in due.items]
        return (
            day is not None
            and begun <= day <= at.date()
            and all(since)
            and len({(item.exercise, side) for item in due.items for side in item.sides})
            == sum(len(item.sides) for item in due.items)
        )

    def _start_plan(self, period: PlanPeriod) -> None:
        if self.period is not None and self.period.id == period.id:
            return
        self.period = period
        self.patient = period.plan.patient or self.patient
        if period.plan.has or period.plan.weights_kg:
            self.at_hand = [told for told in self.at_hand if told.from_]
        self.hurt_in.clear()
        self.emergency, self.number_zone = None, self.zone
        self.not_understood += bool(period.unread)
        if period.is_sound:
            seen = period.plan.signs_seen if period.names_signs else None
            self.signs = end_by_plan(self.signs, period.at, period.plan.made_by, period.made_at, seen)
            self.plan_starts.append(period)
            self._reach(period.at.date())
        for target in period.plan.targets:
            self._needle(target)
        for also in period.plan.also_needled:
            self._needle(also)

    def _mark(self, sign: Sign) -> None:
        self.signs = raise_sign(self.signs, sign)

    def _clear(self, at: datetime, cleared: Cleared) -> None:
        self.signs = clear_signs(self.signs, at, cleared)
        for sign in self.signs:
            if sign.ended_at == at and sign.checked_on:
                self._reach(sign.checked_on)
        if cleared.code not in CLASSES:
            self.hurt_in.clear()
            self.spoke.append(at)
            self._reach(at.date())

    def _needle(self, told: Needled | Target | AlsoNeedled) -> None:
        needling = Needling(muscle=told.muscle, side=told.side, needled_at=told.needled_at, stim=told.stim)
        if needling.needled_at.tzinfo is None or not is_sound(needling.needled_at):
            self.not_understood += 1
        elif needling not in self.needlings:
            self.needlings.append(needling)
            self._reach(needling.needled_at.date())

    def _reach(self, day: date) -> None:
        """Note where something new belongs to a day that was left out already."""
        self.reaches_back = self.reaches_back or (self.trimmed_to is not None and day < self.trimmed_to)

    def _open(self, n: int, at: datetime, event: SessionOpened) -> None:
        self._reach(at.date())
        name = event.session
        if name in self.sessions:
            self.forget_numbers()
        self.sessions[name] = Session(session=name, n=n, day=at.date(), opened_at=at, items=event.items)
        self.zone = event.zone or self.zone
        self._number(name)

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

    def _take_of_sets(self, n: int, event: Confirmed | Eased) -> None:
        """Take in what is said of the sets of a session that was opened before."""
        session = self.sessions.get(event.session)
        if session is None:
            self.reaches_back = self.reaches_back or self.trimmed_to is not None
            self.not_understood += self.trimmed_to is None
        elif isinstance(event, Eased):
            session.eased.append(event)
        elif not event.yes:
            session.left_open += 1
        else:
            session.confirmed_by = n
            for entry in session.entries:
                if isinstance(entry.event, SetDone) and not entry.event.is_confirmed:
                    entry.event = msgspec.structs.replace(entry.event, confirmed=True)

    def _take_into_session(self, n: int, at: datetime, event: SetDone | SetSkipped | ExerciseRated) -> None:
        entry = _correctable(n, at, event)
        session = self.sessions.get(event.session)
        if session is None:
            session = Session(session=event.session, day=entry.day, opened_at=at)
            self.sessions[event.session] = session
            self._number(event.session)
        session.entries.append(entry)
        self._enter(entry, session)
        self._reach(entry.day)
        if isinstance(event, SetSkipped) and event.reason == "pain":
            self._count_hurt(session, event.exercise)

    def _count_hurt(self, session: Session, exercise: str) -> None:
        """Note whether an exercise was stopped for pain in a session, once for the session."""
        hurt = (exercise, "pain") in ((skip.exercise, skip.reason) for skip in session.sets_skipped())
        sessions = self.hurt_in.setdefault(exercise, [])
        if hurt and session.session not in sessions:
            sessions.append(session.session)
        elif not hurt and session.session in sessions:
            sessions.remove(session.session)

    def _amend(self, event: Amended) -> None:
        entry, session = self.find(event.amends)
        if entry is None:
            self.reaches_back = self.reaches_back or self.trimmed_to is not None
            self.not_understood += self.trimmed_to is None
            return
        self.corrections += 1
        self._correct(entry, event, confirmed=session is not None and entry.n < session.confirmed_by)
        if session is not None and isinstance(entry.first, SetSkipped) and entry.first.reason == "pain":
            self._count_hurt(session, entry.first.exercise)

    def _correct(self, entry: CorrectableEntry, event: Amended, *, confirmed: bool) -> None:
        """Correct an entry; a set that a person corrects is confirmed by that."""
        if event.change is None:
            entry.event = None
            return
        change = {name: value for name, value in event.change.items() if name not in NEVER_CHANGED}
        if isinstance(entry.first, SetDone) and not entry.first.is_confirmed and (change or confirmed):
            change = {"confirmed": True} | change
        try:
            entry.event = msgspec.convert(msgspec.to_builtins(entry.first) | change, type(entry.first))
            entry.day = _day_of(entry.at, entry.event)
        except msgspec.ValidationError:
            self.not_understood += 1

    def find(self, n: int) -> tuple[CorrectableEntry | None, Session | None]:
        """The entry ``n`` where it is one that may be corrected, and the session that it is of."""
        return self._by_number.get(n, (None, None))

    @cached_property
    def _by_number(self) -> dict[int, tuple[CorrectableEntry, Session | None]]:
        """The entries that may be corrected, each with its session; the one that was opened last where several have one."""
        by_number: dict[int, tuple[CorrectableEntry, Session | None]] = {}
        for entry in reversed((*self.checkins, *self.notes)):
            by_number[entry.n] = entry, None
        for session in self.sessions.values():
            by_number |= {entry.n: (entry, session) for entry in reversed(session.entries)}
        return by_number

    def _enter(self, entry: CorrectableEntry, session: Session | None) -> None:
        """Let an entry be found by its number; a number that stands twice is looked for anew."""
        by_number: dict[int, tuple[CorrectableEntry, Session | None]] | None = vars(self).get("_by_number")
        if by_number is None:
            return
        if entry.n in by_number:
            self.forget_numbers()
        else:
            by_number[entry.n] = entry, session

    def forget_numbers(self) -> None:
        """Find entries anew: some were left out."""
        vars(self).pop("_by_number", None)

    # What others ask -------------------------------------------------------------------------------------

    @property
    def plan(self) -> Plan | None:
        """The plan in force, as far as it could be read, with the emergency number and the screening told since."""
        if self.period is None:
            return None
        plan = self.with_later_screening(self.period)
        if self.emergency is None:
            return plan
        return replace(plan, contact=replace(plan.contact, emergency=self.emergency.number))

    @property
    def later_screening(self) -> dict[str, LaterAnswer]:
        """What was answered later of what the plan in force leaves open, by condition."""
        return self._later_screening(self.period) if self.period else {}

    def with_later_screening(self, period: PlanPeriod, until: date = date.max) -> Plan:
        """The plan of a period with what was answered later, up to a day, of what its screening left open."""
        later = self._later_screening(period, until)
        due = [answer.baby_due for answer in later.values() if answer.baby_due]
        answers = {item: answer.answer for item, answer in later.items()}
        return period.plan.answered_later(answers, max(due, default=None))

    def _later_screening(self, period: PlanPeriod, until: date = date.max) -> dict[str, LaterAnswer]:
        """A yes outlasts the plan that it was told in, a no does not: it may have changed since."""
        last = {answer.item: answer for answer in self.screenings if answer.at.date() <= until}
        return {
            item: answer
            for item in period.plan.open_items
            if (answer := last.get(item))
            and (answer.answer == "yes" or (answer.answer == "no" and answer.n > period.n))
        }

    @property
    def locks(self) -> list[SignLock]:
        """The locks of the signs that nobody has cleared; a faint's ends by itself."""
        return locks_of(self.signs)

    @property
    def plan_started_at(self) -> datetime | None:
        """When the plan in force came into force."""
        return self.period.at if self.period else None

    @property
    def stopped_for_pain(self) -> dict[str, int]:
        """In how many sessions each exercise was stopped for pain, since the plan or a word with the therapist."""
        return {exercise: len(sessions) for exercise, sessions in self.hurt_in.items() if sessions}

    def check_ins(self) -> Iterator[tuple[datetime, CheckedIn]]:
        """The check-ins, as corrected, in the order they were written."""
        return ((entry.at, entry.event) for entry in self.checkins if isinstance(entry.event, CheckedIn))

    def needled_last(self, muscle: str, side: Side) -> datetime | None:
        """The latest needling of a muscle on a side."""
        of_muscle = [needling for needling in self.needlings if needling.muscle == muscle]
        times = (needling.needled_at for needling in of_muscle if same_side(needling.side, side))
        return max(times, default=None)

    def open_session(self) -> Session | None:
        """The session that was begun and not ended, if the last one is so."""
        last = self.last_opened()
        return last if last is not None and last.how is None else None

    def last_opened(self) -> Session | None:
        """The session that was opened last; what was only written down later is none."""
        return next((session for session in reversed(self.sessions.values()) if session.items), None)

    def next_session(self, day: date) -> str:
        """An id for a new session that no session of this log has had."""
        return f"{day.isoformat()}.{self.session_numbers.get(day.isoformat(), 0) + 1}"


def read_plan_period(started: PlanStarted, n: int, at: datetime) -> PlanPeriod:
    """Read the plan that entry ``n`` started."""
    plan, misfits = read_logged_plan(started.plan, at)
    named = started.plan.get("signs_seen") is not None
    return PlanPeriod(n=n, at=at, plan=plan, misfits=misfits, names_signs=named)


def same_side(one: Side, other: Side) -> bool:
    """Whether what is of one side is of the other too; ``both`` is of either."""
    return one == other or "both" in (one, other)


def _eased_item(item: Item, eased: Eased | None) -> Item:
    """An item at the dose it was made easier to; never at a higher one, whatever a log says."""
    if eased is None:
        return item
    reps = min(item.reps, eased.reps or item.reps)
    hold_s = min(item.hold_s, max(1, int(eased.hold_s))) if eased.hold_s else item.hold_s
    return msgspec.structs.replace(item, reps=reps, hold_s=hold_s)


def _correctable(n: int, at: datetime, event: Amendable) -> CorrectableEntry:
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
