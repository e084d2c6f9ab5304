"""What a patient answered, as the entries that it makes: the same on a screen and line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import get_args

from reloadpt import wording
from reloadpt.care.questions import CheckInQuestions
from reloadpt.care.safety import advice_for, gravest
from reloadpt.journal.events import (
    ActivityRated,
    AnyEvent,
    CheckedIn,
    Cleared,
    FlagRaised,
    MissedExplained,
    SkipReason,
    Soreness,
)
from reloadpt.program.plan import Contact

PAIN_ENDS, ABLE_ENDS, SORE_ENDS = (
    (least(), most()) for least, most in (wording.PAIN_ENDS, wording.ABLE_ENDS, wording.SORE_ENDS)
)
REASONS: tuple[SkipReason, ...] = get_args(SkipReason)
SKIP_REASONS = tuple((reason, wording.SKIP_REASONS[reason]()) for reason in REASONS)


def check_in_keys(ask: CheckInQuestions) -> tuple[str, ...]:
    """What the numbers of a check-in are called among its scores, in the order they are asked."""
    return (
        "pain",
        *(("worst",) if ask.worst else ()),
        *(f"soreness {number}" for number in range(len(ask.soreness))),
        *(f"activity {number}" for number in range(len(ask.activities))),
    )


def check_in_entries(
    ask: CheckInQuestions,
    scores: Mapping[str, int | None],
    barrier: str | None,
    marked: Sequence[str],
    contact: Contact,
    zone: str | None,
) -> list[AnyEvent]:
    """The entries of a check-in, to be written together.

    ``scores`` are by the keys of ``check_in_keys``, None where left out; ``barrier`` is what stood in the way
    of missed days; ``marked`` are the signs answered yes, the gravest of which locks.
    """
    soreness = [
        Soreness(muscle=site.muscle, side=site.side, score=score)
        for number, site in enumerate(ask.soreness)
        if (score := scores[f"soreness {number}"]) is not None
    ]
    check_in = CheckedIn(
        when=ask.when,
        pain=scores["pain"],
        worst=scores.get("worst"),
        soreness=tuple(soreness),
        asked=ask.signs,
        flags=tuple(marked),
        same=scores["pain"] is not None and scores["pain"] == ask.last_pain,
        zone=zone,
    )
    rated = [
        ActivityRated(activity=activity, score=score)
        for number, activity in enumerate(ask.activities)
        if (score := scores[f"activity {number}"]) is not None
    ]
    days = (ask.missed or ()) if barrier is not None else ()
    missed = [MissedExplained(day=day.isoformat(), barrier=barrier or "") for day in days]
    flag = flag_of(marked, contact)
    return [check_in, *rated, *missed, *([flag] if flag else [])]


def signs_answered(codes: Sequence[str], marked: Sequence[str]) -> CheckedIn:
    """The entry of signs asked by themselves: what was asked is kept, not only the yes."""
    return CheckedIn(when="other", asked=tuple(codes), flags=tuple(marked))


def flag_of(marked: Sequence[str], contact: Contact) -> FlagRaised | None:
    """The entry that locks, for the gravest of the signs answered yes; None where there is none."""
    code = gravest(marked)
    return FlagRaised(code=code, advice=advice_for(code, contact)) if code else None


def clearing_entry(code: str, by: str, seen_at: datetime) -> Cleared:
    """The entry that ends the lock of ``code``: seen by whom, and when."""
    return Cleared(code=code, by=by, seen_at=seen_at.isoformat(timespec="seconds"))
