"""Sets that somebody did: which sessions are still to be confirmed, and the entries that confirm or mend their sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from reloadpt.care.history import CorrectableEntry, History, Session
from reloadpt.journal.events import Amended, AnyEvent, Confirmed, Item, SetDone, SetSkipped

ASKED_FOR = timedelta(days=3)
"""So long afterwards one still knows what one did."""
MOST_ASKED = 2
"""At the end of a session and once more at the next start."""
NOT_DONE = "not done, said at the end"
DONE_TOO = "done after all, said at the end"


def to_confirm(history: History, at: datetime) -> Session | None:
    """The last session with sets that rest on the clock alone, if it is over and was not left open twice."""
    session = history.last_opened()
    if session is None or session.how is None or not at - ASKED_FOR <= session.opened_at <= at:
        return None
    return session if is_unconfirmed(session) and session.left_open < MOST_ASKED else None


def is_unconfirmed(session: Session) -> bool:
    """Whether a set of a session rests on the clock alone."""
    return any(not event.is_confirmed for event in session.sets_done())


def confirmed_by_ratings(session: Session) -> tuple[Confirmed, ...]:
    """The entry that confirms all sets so far, where each that rests on the clock is of an exercise that was rated.

    Who says how an exercise felt has done it.
    """
    rated = {
        (rating.exercise, side)
        for rating in session.ratings()
        if (rating.pain, rating.effort, rating.two_more) != (None, None, None)
        for side in (("left", "right", "both") if rating.side == "both" else (rating.side,))
    }
    open_sets = {(event.exercise, event.side) for event in session.sets_done() if not event.is_confirmed}
    return (Confirmed(session=session.session),) if open_sets and open_sets <= rated else ()


def confirming_entries(session: Session, counts: Mapping[int, int]) -> tuple[AnyEvent, ...]:
    """The entries after which the sets of ``session`` are as the person says: ``counts`` by the index of an item.

    Of an item that is not named the sets stand as they are. With no counts at all it is left open.
    """
    if not counts:
        return (Confirmed(session=session.session, yes=False),)
    mended: list[AnyEvent] = []
    for index, item in enumerate(session.items_now):
        written = _sets_of(session, item, SetDone)
        count = counts.get(index, len(written))
        mended += [
            Amended(amends=entry.n, change=None, reason=NOT_DONE) for entry in list(written.values())[count:]
        ]
        mended += _added(session, item, count - len(written))
    return (*mended, Confirmed(session=session.session))


def _sets_of(
    session: Session, item: Item, kind: type[SetDone] | type[SetSkipped]
) -> dict[tuple[int, str], CorrectableEntry]:
    """The entries of sets of ``item`` of one kind that stand, by set and side, in their order."""
    return {
        (entry.event.set, entry.event.side): entry
        for entry in session.entries
        if isinstance(entry.event, kind)
        and entry.event.exercise == item.exercise
        and entry.event.side in item.sides
    }


def _added(session: Session, item: Item, count: int) -> Sequence[AnyEvent]:
    """The first ``count`` sets of ``item`` that are not done, as done; that one was left out is taken back."""
    done, skipped = _sets_of(session, item, SetDone), _sets_of(session, item, SetSkipped)
    keys = [(number, side) for number in range(1, item.sets + 1) for side in item.sides]
    added: list[AnyEvent] = []
    for number, side in [key for key in keys if key not in done][: max(count, 0)]:
        if (number, side) in skipped:
            added.append(Amended(amends=skipped[number, side].n, change=None, reason=DONE_TOO))
        added.append(
            SetDone(
                session=session.session,
                exercise=item.exercise,
                side=side,
                set=number,
                reps=item.reps,
                hold_s=item.hold_s or None,
                load_kg=item.load_kg,
                source="typed",
            )
        )
    return added
