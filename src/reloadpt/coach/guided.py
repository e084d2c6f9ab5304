"""A session under way: what the coach puts out is in the journal before it is called saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile

from reloadpt.care.confirming import confirmed_by_ratings
from reloadpt.care.days import short_work_on
from reloadpt.care.history import History, Session
from reloadpt.care.instructions import exercises_met
from reloadpt.care.questions import after_session
from reloadpt.care.record import Record
from reloadpt.clock import zone
from reloadpt.coach.coach import Coach, MoreTime, Outcome, Output, Voided
from reloadpt.coach.cues import Cue
from reloadpt.coach.timeline import SetKey
from reloadpt.files import Trouble
from reloadpt.journal.events import AnyEvent, ExerciseRated, Item, SessionClosed, SessionOpened, SetDone, Side
from reloadpt.settings import Settings


@dataclass(frozen=True)
class Guidance:
    """How a person wants to be guided: ``self_paced`` leaves every set to them, with ``ask_each`` how it felt is asked
    after each exercise, with ``wait_each`` every exercise waits for them. ``more`` are the seconds that exercises have
    to get ready beside the usual.
    """

    self_paced: bool = False
    ask_each: bool = False
    wait_each: bool = False
    more: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings, *, self_paced: bool = False) -> Guidance:
        """As it is set."""
        return cls(
            self_paced=self_paced,
            ask_each=settings.ask_after_each_exercise,
            wait_each=settings.wait_before_each_exercise,
            more=settings.getting_ready,
        )


@contextmanager
def _session_lock(record: Record, at: datetime) -> Iterator[ExitStack]:
    """Hold the lock of a session, with all that other windows wrote until now read; let go unless it is taken over."""
    with ExitStack() as locks:
        locks.enter_context(record.session())
        record.append([], at)
        yield locks


class GuidedSession:
    """One session, from its first step to its last entry; ``wall`` tells the time of writing.

    Where how it felt is one question about the whole session it stays at the end. Holds the lock of the session until ``leave``: another window cannot guide the same patient meanwhile.
    """

    def __init__(
        self,
        record: Record,
        session: Session,
        wall: Callable[[], datetime],
        locks: ExitStack,
        guidance: Guidance,
    ) -> None:
        self.record = record
        self._opened_as = session
        self._wall = wall
        self._unsaved: list[AnyEvent | Voided] = []
        self._locks = locks
        self.new = {item.exercise for item in session.items} - exercises_met(record.history)
        """The exercises that come the first time in this plan."""
        self.coach = Coach(
            session.session,
            session.items_now,
            resolved=set_outcomes(session),
            rated=already_rated(record.history, session),
            rate="each" if guidance.ask_each and not after_session(session.items).worst else "end",
            self_paced=guidance.self_paced,
            new=() if guidance.self_paced else self.new,  # where all waits, no card needs to
            wait_each=guidance.wait_each and not guidance.self_paced,
            more=guidance.more,
        )

    @classmethod
    def open(
        cls,
        record: Record,
        items: Sequence[Item],
        wall: Callable[[], datetime],
        guidance: Guidance | None = None,
    ) -> GuidedSession:
        """Open a new session of ``items``; it is in the journal before the first step.

        Raises ``Trouble``, with nothing written, while another window has a session open, or where one was
        there since ``items`` were dealt.
        """
        at = wall()
        sessions_before = len(record.history.sessions)
        with _session_lock(record, at) as locks:
            if len(record.history.sessions) > sessions_before:
                raise Trouble("A session was done in another window meanwhile. Look again what is due.")
            session = record.history.next_session(at.date())
            record.append([SessionOpened(session=session, zone=zone(), items=tuple(items))], at)
            opened = record.history.sessions[session]
            return cls(record, opened, wall, locks.pop_all(), guidance or Guidance())

    @classmethod
    def resume(
        cls, record: Record, wall: Callable[[], datetime], guidance: Guidance | None = None
    ) -> GuidedSession:
        """Go on with the session that was begun and not ended, at its next set."""
        with _session_lock(record, wall()) as locks:
            session = record.history.open_session()
            if session is None:
                raise Trouble("There is no session to go on with.")
            return cls(record, session, wall, locks.pop_all(), guidance or Guidance())

    def write(self, outputs: Sequence[Output]) -> tuple[Cue, ...]:
        """Write what happened to the journal; return the cues, which were due whatever the disk does.

        Raises ``NotSaved`` where it did not reach the disk; it is kept, and written with the next.
        """
        self._unsaved += [output for output in outputs if not isinstance(output, Cue | MoreTime)]
        at = self._wall()
        while self._unsaved:
            first = self._unsaved[0]
            if isinstance(first, Voided):
                self.record.void(self.session, first.exercise, first.side, first.set, at)
                del self._unsaved[0]
            else:
                together = list(takewhile(lambda output: not isinstance(output, Voided), self._unsaved))
                self.record.append([event for event in together if not isinstance(event, Voided)], at)
                del self._unsaved[: len(together)]
                if any(isinstance(event, ExerciseRated) for event in together):
                    self.record.append(confirmed_by_ratings(self.session), at)
                if any(isinstance(event, SessionClosed) for event in together):
                    self.leave()
        return tuple(output for output in outputs if isinstance(output, Cue))

    def tell(self, events: Sequence[AnyEvent]) -> None:
        """Write what the person says of the session; raises ``NotSaved`` as ``write`` does."""
        self._unsaved += events
        self.write(())

    @property
    def session(self) -> Session:
        """The session as the record has it now."""
        return self.record.history.sessions.get(self._opened_as.session, self._opened_as)

    @property
    def all_saved(self) -> bool:
        """Whether all that happened is in the journal."""
        return not self._unsaved

    def saved_in_words(self, done: int, sets: int) -> str:
        """How many of the sets are saved, and whether elsewhere; or that not all of it is."""
        if not self.all_saved:
            return "NOT SAVED"
        return f"{done} of {sets} sets saved{' elsewhere' if self.record.is_elsewhere else ''}"

    def leave(self) -> None:
        """Let go of the session and keep the state; it can be gone on with if it was not ended."""
        self._locks.close()
        self.record.keep_state()


def set_outcomes(session: Session) -> dict[SetKey | tuple[str, Side, int], Outcome]:
    """What became of each set so far, in the order it was written; one that was left half-way is done in part."""
    outcomes: dict[SetKey | tuple[str, Side, int], Outcome] = {}
    for event in session.sets():
        key = SetKey(event.exercise, event.side, event.set)
        outcome: Outcome = "done" if isinstance(event, SetDone) else "skipped"
        outcomes[key] = "part" if outcomes.get(key, outcome) != outcome else outcome
    return outcomes


def abandon(record: Record, at: datetime) -> None:
    """Close the session that was begun and not ended, as abandoned; what was done in it stays.

    Raises ``Trouble``, with nothing written, while another window guides it.
    """
    with _session_lock(record, at):
        session = record.history.open_session()
        if session is not None:
            record.append([SessionClosed(session=session.session, how="abandoned")], at)


def already_rated(history: History, session: Session) -> set[tuple[str, Side]]:
    """The exercises and sides that are rated already: in this session, or short work in another one of its day."""
    short = short_work_on(history, session.day)
    return {
        (rating.exercise, rating.side)
        for other in history.sessions.values()
        if other.day == session.day
        for rating in other.ratings()
        if other.session == session.session or rating.exercise in short
    }
