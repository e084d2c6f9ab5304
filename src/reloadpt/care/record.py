"""The patient's journal and what it says, kept in step: what every way of meeting the patient works with."""

from __future__ import annotations

import gc
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path

import msgspec

from reloadpt import __version__
from reloadpt.care.due import due_entries
from reloadpt.care.following import keep_recent
from reloadpt.care.history import History, Session
from reloadpt.care.today import concerns_told
from reloadpt.clock import is_sound, zone
from reloadpt.files import UNREADABLE, Trouble, clip
from reloadpt.journal.copies import copies_of
from reloadpt.journal.elsewhere import (
    LogElsewhere,
    clear_elsewhere,
    entries_elsewhere,
    files_elsewhere,
    follow_on,
    ids_of,
    place_elsewhere,
)
from reloadpt.journal.entries import FORMAT, START, Entry, told_part
from reloadpt.journal.events import (
    Amended,
    AnyEvent,
    CheckedIn,
    Due,
    LogOpened,
    PlanStarted,
    SessionClosed,
    SetDone,
    SetSkipped,
    Shared,
)
from reloadpt.journal.journal import Broken, Journal, NotSaved, OutOfReach, Replaced
from reloadpt.journal.people import is_one_patient
from reloadpt.program.ending import with_usual_end
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan

STATE_VERSION = "history/17"
"""Changes whenever what is folded changes; an older state is then rebuilt."""
TAKEN_BACK = "went back"
"""The reason of a set that was taken back by a key of its session."""
APP = f"reloadpt {__version__}"
GAINED = "Another program added {entries} to your journal meanwhile. Nothing is lost."
WRITTEN_AGAIN = (
    "Your journal was replaced by an older copy, or cut, while this was open. {entries} that it no longer held: written "
    "again."
)
NOT_WRITTEN_AGAIN = (
    "Your journal was changed by another program: {entries} that had been saved are not in it any more."
)
GONE = (
    "{path}: your journal is gone from its place, or cannot be reached there, so this is NOT saved. Perhaps a drive or a "
    "synced folder is away."
)
OTHERS = "{path}: the journal of {alias} lies there now, so this is NOT saved. Put yours back."
BROUGHT_BACK = (
    "{entries} that had been written elsewhere, while your journal was out of reach: now in your journal."
)
ELSEWHERE_NOW = "What you do now is written in {path}, until your journal is in its place again."
LIES_ELSEWHERE = (
    "Entries that were written while a journal was out of reach lie in {folder}. If they are yours, leave here, put your "
    "journal back in its place ({path}) and start again: then they are taken into it."
)
TORN = (
    "The last line of your journal was cut off by an interruption and had not been called saved. What there is of "
    "it is kept as {name}; everything before it is there."
)
WENT_BACK = (
    "Your journal does not reach as far as when it was last open here, or is another one: perhaps an older copy was "
    "put back. It goes on from what is here. If a sync or backup program has a newer copy, keep that one safe."
)


class AnotherPatient(Trouble):
    """A plan is not for the patient whose log it is."""

    def __init__(self, alias: str, other: str) -> None:
        super().__init__(
            f"The journal here is that of {clip(alias)}, and this plan is for {clip(other)}. Nothing was changed. "
            "Another person gets a journal of their own: `reloadpt plan use FILE --another`."
        )


class Record:
    """The journal at ``path`` with its history folded, and whatever is appended folded too.

    With a ``library`` what was due is written down before what is appended, in the same write.
    ``notices`` holds sentences about what had to be done to open it, to be shown once.
    """

    def __init__(self, path: Path, library: Library | None = None) -> None:
        self.journal = Journal(path)
        self._library = library
        self._reckoned_on: date | None = None
        self.history = History()
        self.notices: list[str] = []
        self._in_doubt = False
        self._written: list[Entry] = []
        """What this program called saved since its start."""
        self._opening = b""
        self._end = (START.n, START.h)
        """The last entry that is folded: its number and hash. Beyond the journal's, where that is out of reach."""
        self._elsewhere: LogElsewhere | None = None
        self._was_gone = False
        self._changes: list[str] = []

    @classmethod
    def open(cls, path: Path, at: datetime, library: Library | None = None) -> Record:
        """Open a record, reading no more than is new since its state was kept.

        The end of the journal is looked at too: a torn tail is set aside, and a journal with a line that does
        not fit is kept whole beside a new one that goes on from it. ``notices`` says so, and where the journal can
        only be read, ends earlier than it did, or has a copy beside it that holds more.
        """
        record = cls(path, library)
        as_found = record.journal
        try:
            record._read()
            if record.journal.exists:
                record.append([], at)
                record._bring_back()
            elif files_elsewhere():
                record.notices.append(LIES_ELSEWHERE.format(folder=place_elsewhere(), path=path))
        except Broken:
            record._mend(at)
        except NotSaved as trouble:
            record.notices.append(f"{trouble} What is written here can be read, and nothing can be added.")
        if as_found.went_back and not record.notices:
            record.notices.append(WENT_BACK)
        if record.journal.set_aside:
            record.notices.append(TORN.format(name=record.journal.set_aside.name))
        record.notices += map(str, copies_of(path))
        return record

    def _mend(self, at: datetime) -> None:
        from reloadpt.journal.mending import mend

        self.notices.append(mend(self.journal.path, at, APP))
        self._start_over()
        self._read()

    def _start_over(self) -> None:
        self.journal = self.journal.anew()
        self.history = History()

    def _read(self) -> None:
        checkpoint = self.journal.load_checkpoint(STATE_VERSION)
        if not self.journal.exists:
            return
        if checkpoint is not None:
            try:
                self.history = msgspec.json.decode(checkpoint[1], type=History)
                self.history.fold(self.journal.entries(checkpoint[0]))
            except (*UNREADABLE, Replaced):
                checkpoint = None
        if checkpoint is None or self.history.reaches_back:
            self._start_over()
            with _no_circles():
                self.history.fold(self.journal.entries())
                self._reached()
                self.keep_state()
        self._reached()
        self._opening = self.journal.first_line()

    def _reached(self) -> None:
        """All of the journal is folded, as far as it reaches."""
        mark = self.journal.mark or START
        self._end = (mark.n, mark.h)

    def _put(self, events: Sequence[AnyEvent], at: datetime) -> tuple[Entry, ...]:
        """Append to the journal; what comes back is to be folded."""
        entries = self.journal.append(events, at)
        self._reached()
        return entries

    @property
    def plan(self) -> Plan | None:
        """The plan in use; fields that this version does not know are passed over.

        Raises ``Trouble`` where one that it knows does not fit.
        """
        period = self.history.period
        if period and period.unread:
            raise Trouble(f"The plan in the journal cannot be used: {period.unread[0]} does not fit.")
        return self.history.plan

    def append(self, events: Sequence[AnyEvent], at: datetime) -> tuple[Entry, ...]:
        """Write events and fold them, with whatever another program wrote meanwhile; return their entries.

        Raises ``NotSaved`` where they are not on the disk; the next call begins with a fresh look at it.
        """
        if not is_sound(at):
            raise NotSaved(
                f"The clock of this computer says {at:%Y}, so nothing is saved. Set it right, and try again."
            )
        if self._elsewhere is not None and not self._come_back(at):
            return self._append_elsewhere(self._elsewhere, events, at)
        if self._in_doubt or (self.journal.mark is None and self.journal.exists):
            # a log that another window began is read from its first line
            self._look_again(at)
            self._in_doubt = False
        entries, due = self._put_with_due(events, at)
        self.history.fold(entries)
        self._written += entries[len(entries) - len(events) :]
        self._say_gained(entries[: max(len(entries) - len(due) - len(events), 0)])
        if self.history.reaches_back:
            self._start_over()
            self._read()
        if due and len(entries) > len(due) + len(events):
            # another program wrote since it was reckoned
            self._reckoned_on = None
            self.history.fold(self._put(self._due(events, at), at))
        if any(isinstance(event, CheckedIn | SessionClosed) for event in events):
            self._note_told(at)
        return entries[len(entries) - len(events) :]

    def _put_with_due(self, events: Sequence[AnyEvent], at: datetime) -> tuple[tuple[Entry, ...], list[Due]]:
        """Append events behind what was due, as it was reckoned at first; raises ``NotSaved``, and is in doubt then."""
        due = self._due(events, at)
        try:
            entries = self._put([*due, *events], at)
        except Replaced:
            self._look_again(at)
            entries = self._put([*self._due(events, at), *events], at)
        except Broken:
            self._mend(at)
            self._write_again()
            entries = self._put([*self._due(events, at), *events], at)
        except NotSaved as trouble:
            self._in_doubt = True
            self._reckoned_on = None
            if self.history.entries and not self._is_there():
                raise self._gone() from trouble
            raise
        return entries, due

    def take_changes(self) -> list[str]:
        """What happened to the journal beside this program since it was last asked, to be said on the spot."""
        said, self._changes = self._changes, []
        return said

    def _say_gained(self, others: Sequence[Entry]) -> None:
        """Say what others wrote; a report that was shared is no news, and mostly of this very program."""
        count = sum(not isinstance(entry.event, Due | Shared) for entry in others)
        if count and self._written:
            self._changes.append(GAINED.format(entries=_entries(count)))

    def _look_again(self, at: datetime, sentence: str = WRITTEN_AGAIN) -> None:
        """Read the journal from its start, and write again what this program wrote and it no longer holds.

        Raises ``NotSaved`` where that cannot be; then what was folded stays.
        """
        before, end, opening = self.history, self._end, self._opening
        if before.entries and not self._is_there():
            raise self._gone()
        try:
            self._start_over()
            try:
                self._read()
            except Broken:
                self._mend(at)
            if not is_one_patient(before.patient, self.history.patient):
                raise OutOfReach(OTHERS.format(path=self.journal.path, alias=clip(self.history.patient)))
            self._write_again(sentence)
        except Trouble as trouble:
            self.history, self._end, self._opening = before, end, opening
            if isinstance(trouble, NotSaved):
                raise
            raise OutOfReach(f"{trouble} This is NOT saved.") from trouble

    def _write_again(self, sentence: str = WRITTEN_AGAIN) -> None:
        """Write again what this program called saved and the journal no longer holds; name what cannot be."""
        if not self._written:
            return
        lost = self._missing(self._written)
        before = {*map(id, lost)}
        self._written = [entry for entry in self._written if id(entry) not in before]
        count = 0
        try:
            for written in self._write_missing(lost):
                self._written.append(written)
                count += 1
        except NotSaved:
            self._written += lost[count:]
            self._changes.append(NOT_WRITTEN_AGAIN.format(entries=_entries(len(lost) - count)))
            raise
        if count:
            self._changes.append(sentence.format(entries=_entries(count)))

    def _missing(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those of ``entries`` that the journal does not hold; that a report was shared need not be said again."""
        there = {told_part(entry.line) for entry in self.journal.anew().entries()}
        return [
            entry
            for entry in entries
            if told_part(entry.line) not in there and entry.event and not isinstance(entry.event, Shared)
        ]

    def _write_missing(self, entries: Sequence[Entry]) -> Iterator[Entry]:
        """Write entries at the end of the journal, each with the time that it has, and give each as it stands there."""
        numbers: dict[int, int] = {}
        for entry in entries:
            event = entry.event
            if event is None:
                continue
            if isinstance(event, Amended):
                event = msgspec.structs.replace(event, amends=numbers.get(event.amends, event.amends))
            written = self._put([event], entry.at)
            self.history.fold(written)
            numbers[entry.n] = written[-1].n
            yield written[-1]

    # Out of reach -----------------------------------------------------------------------------------------

    @property
    def is_elsewhere(self) -> bool:
        """Whether what is written now goes to another place, since the journal is out of reach."""
        return self._elsewhere is not None

    def session(self) -> AbstractContextManager[None]:
        """Hold the lock of a whole session, where the journal is in reach; raises as ``Journal.session`` does."""
        return nullcontext() if self.is_elsewhere else self.journal.session()

    def write_elsewhere(self, at: datetime) -> Path:
        """From now on write in another place, with all that this program wrote so far; return the file.

        The journal gets it as soon as it is in its place again, or at the next start at which it is.

        Raises ``Trouble`` where it cannot be written there either.
        """
        self._was_gone = not self._is_there()
        self._elsewhere = LogElsewhere(self._opening, self._written, at)
        self._changes.append(ELSEWHERE_NOW.format(path=self._elsewhere.path))
        return self._elsewhere.path

    def hold(self, events: Sequence[AnyEvent], at: datetime) -> None:
        """Reckon with events that could not be saved: a sign that was marked locks. They are written with the next."""
        self._fold_beyond(follow_on(*self._end, events, at))
        self._in_doubt = True

    def _append_elsewhere(
        self, elsewhere: LogElsewhere, events: Sequence[AnyEvent], at: datetime
    ) -> tuple[Entry, ...]:
        due = self._due(events, at)
        entries = follow_on(*self._end, [*due, *events], at)
        try:
            elsewhere.write(entries)
        except Trouble as trouble:
            self._reckoned_on = None
            raise NotSaved(f"{trouble} This is NOT saved.") from trouble
        self._fold_beyond(entries)
        return entries[len(due) :]

    def _fold_beyond(self, entries: Sequence[Entry]) -> None:
        """Fold entries that do not stand in the journal yet."""
        self.history.fold(entries)
        self._written += entries
        if entries:
            self._end = (entries[-1].n, entries[-1].h)

    def _come_back(self, at: datetime) -> bool:
        """Write into the journal what was written elsewhere, if it is in its place again; say whether it is."""
        if self._elsewhere is None or not self._was_gone or not self._is_there():
            return False
        try:
            self._look_again(at, BROUGHT_BACK)
        except NotSaved:
            return False
        clear_elsewhere(self._elsewhere.path)
        self._elsewhere, self._in_doubt = None, False
        return True

    def _bring_back(self) -> None:
        """At a start: write into the journal what was written elsewhere of it, and say so."""
        for path in files_elsewhere():
            entries = entries_elsewhere(path, ids_of(self._opening))
            if entries:
                count = sum(1 for _ in self._write_missing(self._missing(entries)))
                clear_elsewhere(path)
                self.notices.append(BROUGHT_BACK.format(entries=_entries(count)))

    def _is_there(self) -> bool:
        try:
            return self.journal.exists
        except Trouble:
            return False

    def _gone(self) -> OutOfReach:
        """The journal is not where it was; nothing is begun anew."""
        return OutOfReach(GONE.format(path=self.journal.path))

    def _note_told(self, at: datetime) -> None:
        """Write down which causes Today tells now; where that cannot be, they are told again another day."""
        if self._library is None or self.history.plan is None:
            return
        try:
            told = concerns_told(self.need_plan(), self._library, self.history, at)
            if told:
                self.history.fold(self._put(told, at))
        except Trouble:
            self._in_doubt = True

    def _due(self, events: Sequence[AnyEvent], at: datetime) -> list[Due]:
        """What was due, where it is to be written down before ``events``; days that are over are looked at once."""
        if not events or self._library is None or self.history.plan is None:
            return []
        days_before, self._reckoned_on = self._reckoned_on != at.date(), at.date()
        try:
            plan = self.need_plan()
            return due_entries(plan, self._library, self.history, events, at, days_before=days_before)
        except Trouble:
            return []

    def start_plan(self, plan: Plan, at: datetime) -> bool:
        """Take a plan into use; False where it was in use already. The first plan starts the log.

        Raises ``AnotherPatient`` where the log is somebody else's.
        """
        if self.history.plan is not None and self.history.plan.id == plan.id:
            return False
        if not is_one_patient(self.history.patient, plan.patient):
            raise AnotherPatient(self.history.patient, plan.patient)
        if not self.journal.exists:
            log = str(uuid.uuid4())
            opened = LogOpened(format=FORMAT, log=log, patient=plan.patient, app=APP, zone=zone())
            first = self.journal.start(opened, at)
            self.history.fold([first])
            self._opening = first.line
            self._reached()
        lasting = with_usual_end(plan, self._library) if self._library else plan
        self.append([PlanStarted(plan=lasting.as_json())], at)
        return True

    def need_plan(self) -> Plan:
        """The plan in use, or a sentence about how to get one."""
        if self.plan is None:
            raise Trouble(
                "There is no plan in use. `reloadpt plan use FILE` takes one; `reloadpt` alone asks for one."
            )
        return self.plan

    def void(self, session: Session, exercise: str, side: str, number: int, at: datetime) -> None:
        """Take back what stands of a set, done, skipped, or both; the lines stay, as corrected."""
        of_set = (exercise, side, number)
        state = [
            entry.n
            for entry in session.entries
            if isinstance(entry.event, SetDone | SetSkipped)
            and (entry.event.exercise, entry.event.side, entry.event.set) == of_set
        ]
        self.append([Amended(amends=n, change=None, reason=TAKEN_BACK) for n in state], at)

    def keep_state(self) -> None:
        """Keep what was folded, so that the next start need not; where that cannot be, nothing is lost."""
        if self.journal.mark is None or self._end != (self.journal.mark.n, self.journal.mark.h):
            return
        keep_recent(self.history)
        try:
            self.journal.save_checkpoint(self.journal.mark, STATE_VERSION, msgspec.json.encode(self.history))
        except Trouble:
            return


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


@contextmanager
def _no_circles() -> Iterator[None]:
    """Keep the collector of circles out of a long fold, which makes none and takes twice as long with it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
